// A file made by the kernel when it is asked for, handed to the browser's own way of saving.
function render({ model, el }) {
  el.classList.add("wb-download-host");
  const show = ({ label, hint }) => {
    const error = h("p", { class: "wb-error", role: "alert", hidden: true });
    el.replaceChildren(h("div", { class: "wb-download" }, button(label, () => model.send({ do: "make" })),
      hint ? h("p", { class: "wb-hint" }, hint) : null, error));
  };
  const file = (about) => saveFile(about, about.text);
  return living(model, el, { show, file, refused: refusing(el) });
}

export default { render };
