// Which days are looked at: three chips, or two dates.
function render({ model, el }) {
  el.classList.add("wb-span-host");
  const show = ({ words, chips, since, until, said }) => {
    const at = el.contains(document.activeElement) ? document.activeElement.dataset.at : null;
    const title = h("h2", { class: "wb-h2", id: newId("span") }, words.title);
    const error = h("p", { class: "wb-error", hidden: true, id: newId("error") });
    const day = (name, label, value) => {
      const id = newId(name);
      const input = h("input", { type: "date", class: "wb-input", id, value, autocomplete: "off", "data-at": name, "aria-describedby": error.id, onchange: choose });
      return h("div", { class: "wb-span-day", "data-field": name }, h("label", { for: id, class: "wb-label" }, label), input);
    };
    function choose() {
      const [from, to] = el.querySelectorAll("input");
      model.send({ do: "choose", since: from.validity.badInput ? "?" : from.value, until: to.validity.badInput ? "?" : to.value });
    }
    el.replaceChildren(h("section", { class: "wb-card wb-span", "aria-labelledby": title.id }, title,
      h("div", { class: "wb-actions" }, chips.map(({ name, label, is_set: isSet }) =>
        button(label, () => model.send({ do: "chip", name }), { "aria-pressed": String(isSet), "data-at": name }))),
      h("div", { class: "wb-span-days" }, day("since", words.since, since), day("until", words.until, until)), error,
      h("p", { class: "wb-hint", role: "status" }, said)));
    if (at) el.querySelector(`[data-at="${at}"]`)?.focus({ preventScroll: true });
  };
  const refused = ({ field, rule }) => {
    const error = el.querySelector(".wb-error");
    unmarkWrong(el, error);
    const wrong = el.querySelector(`[data-field="${field}"]`) ?? el.querySelector("[data-field]");
    markWrong(wrong, error, rule);
    wrong.querySelector("input").focus({ preventScroll: true });
    el.querySelector("[role=status]").textContent = "";
  };
  return living(model, el, { show, refused });
}

export default { render };
