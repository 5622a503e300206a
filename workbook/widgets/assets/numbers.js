// People to call, by themselves.
function render({ model, el }) {
  el.classList.add("wb-numbers-host");
  const show = ({ words, countries, left }) => el.replaceChildren(helplines(words, countries, left).section);
  const stop = hearing(model, { show, clear: () => el.replaceChildren() });
  model.send({ do: "ready" });
  return () => { stop(); el.replaceChildren(); };
}

export default { render };
