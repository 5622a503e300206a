// The faces that the app ships, where the page brings none, as in JupyterLab: asked for once for the whole window.
const askForFaces = (model, families) => {
  const missing = families.filter((family) => ![...document.fonts].some((each) => each.family.replaceAll('"', "") === family));
  if (missing.length) model.send({ do: "faces", families: missing });
};
const takeFace = async ({ family }, [bytes]) => { document.fonts.add(await new FontFace(family, bytes, { weight: "200 900" }).load()); };
