// A question with the exact text that it is about. It takes the focus when it appears.
function render({ model, el }) {
  el.classList.add("wb-confirm-host");
  const show = ({ words, lines }) => {
    const title = h("h2", { class: "wb-h2", id: newId("confirm"), tabindex: "-1" }, words.title);
    const error = h("p", { class: "wb-error", role: "alert", hidden: true });
    el.replaceChildren(h("section", { class: "wb-card wb-confirm", "aria-labelledby": title.id }, title,
      h("div", { class: "wb-exact" }, lines.map(labelledLine)),
      h("p", { class: "wb-hint" }, words.note), error,
      h("div", { class: "wb-foot" }, button(words.yes, () => model.send({ do: "yes" }), { class: "wb-button--first" }),
        button(words.no, () => model.send({ do: "no" }), { class: "wb-button--quiet" }))));
    title.focus();
  };
  return living(model, el, { show, refused: refusing(el) });
}

export default { render };
