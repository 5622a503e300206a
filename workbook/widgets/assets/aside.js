// A few calm sentences that come and go. What is said anew takes the focus: what was pressed may be gone.
function render({ model, el }) {
  el.classList.add("wb-aside-host");
  const turn = (page) => () => goTo({ page });
  const way = ({ name, words, page, label }) => h("li", {}, h("p", {}, h("strong", {}, name), " ", words),
    page ? button(label, turn(page), { class: "wb-button--quiet" }) : null);
  const show = ({ said, anew }) => {
    el.hidden = !said;
    el.replaceChildren();
    if (!said) return;
    const title = h("h2", { class: "wb-h2", id: newId("aside"), tabindex: "-1" }, said.title);
    const error = h("p", { class: "wb-error", role: "alert", hidden: true });
    el.append(h("section", { class: "wb-card wb-aside", "aria-labelledby": title.id }, title,
      said.sentences.map((words) => h("p", {}, words)),
      said.ways_title ? h("h3", { class: "wb-h3" }, said.ways_title) : null,
      said.ways.length ? h("ul", { class: "wb-ways" }, said.ways.map(way)) : null,
      said.end ? h("p", {}, said.end) : null, error,
      said.button ? h("div", { class: "wb-foot" }, button(said.button, () => model.send({ do: "act" })),
        said.other ? button(said.other, () => model.send({ do: "other" }), { class: "wb-button--quiet" }) : null, said.hint ? h("span", { class: "wb-hint" }, said.hint) : null) : null));
    if (anew) title.focus();
  };
  return living(model, el, { show, refused: refusing(el) });
}

export default { render };
