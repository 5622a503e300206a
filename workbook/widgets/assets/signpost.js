// A sentence with a button that turns to another page. A button, not a link: the list at the side has the links.
function render({ model, el }) {
  el.classList.add("wb-signpost-host");
  const show = ({ words, label, page }) => {
    el.replaceChildren(h("div", { class: "wb-signpost" }, h("p", {}, words),
      button(label, () => goTo({ page }))));
  };
  return living(model, el, { show });
}

export default { render };
