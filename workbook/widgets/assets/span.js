// Which days are looked at: chips for the usual ones, or two dates. A browser tells of a date at each digit of its
// year, so the fields stay as they are while one types into them.
function render({ model, el }) {
  el.classList.add("wb-span-host");
  const error = h("p", { class: "wb-error", hidden: true, id: newId("error") });
  const described = h("p", { class: "wb-hint", role: "status" });
  const chosen = h("div", { class: "wb-actions" });
  let inputs = {};

  const typed = ({ value, validity }) => (validity.badInput ? "?" : value);
  const choose = debounce(400, () => model.send({ do: "choose", since: typed(inputs.since), until: typed(inputs.until) }));
  const day = (name, label) => {
    const id = newId(name);
    inputs[name] = h("input", { type: "date", class: "wb-input", id, autocomplete: "off", "aria-describedby": error.id, onchange: choose });
    return h("div", { class: "wb-span-day", "data-field": name }, h("label", { for: id, class: "wb-label" }, label), inputs[name]);
  };
  const draw = (words) => {
    const title = h("h2", { class: "wb-h2", id: newId("span") }, words.title);
    el.replaceChildren(h("section", { class: "wb-card wb-span", "aria-labelledby": title.id }, title, chosen,
      h("div", { class: "wb-span-days" }, day("since", words.since), day("until", words.until)), error, described));
  };
  const chip = ({ name, label, is_set: isSet }) => button(label, () => { choose.cancel(); model.send({ do: "chip", name }); },
    { "aria-pressed": String(isSet), "data-at": name });

  const show = ({ words, chips, since, until, said }) => {
    if (!el.firstChild) draw(words);
    const at = chosen.contains(document.activeElement) ? document.activeElement.dataset.at : null;
    chosen.replaceChildren(...chips.map(chip));
    if (at) chosen.querySelector(`[data-at="${at}"]`)?.focus({ preventScroll: true });
    for (const [name, value] of Object.entries({ since, until })) if (inputs[name] !== document.activeElement) inputs[name].value = value;
    unmarkWrong(el, error);
    tellOnce(described, said);
  };
  const refused = ({ field, rule }) => {
    unmarkWrong(el, error);
    const wrong = el.querySelector(`[data-field="${field}"]`) ?? el.querySelector("[data-field]");
    markWrong(wrong, error, rule);
    wrong.querySelector("input").focus({ preventScroll: true });
    described.textContent = "";
  };
  return living(model, el, { show, refused }, () => { choose.cancel(); });
}

export default { render };
