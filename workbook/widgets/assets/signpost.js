// A sentence with a button that turns to another page. A button, not a link: the list at the side has the links.
function render({ model, el }) {
  el.classList.add("wb-signpost-host");
  const show = ({ words, label, page }) => {
    el.replaceChildren(h("div", { class: "wb-signpost" }, h("p", {}, words),
      button(label, () => window.dispatchEvent(new CustomEvent("wb-go", { detail: { page } })))));
  };
  const stop = hearing(model, { show, clear: () => el.replaceChildren() });
  model.send({ do: "ready" });
  return () => { stop(); el.replaceChildren(); };
}

export default { render };
