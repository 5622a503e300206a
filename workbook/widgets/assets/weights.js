// What counts, and how much: one row a criterion, and a line for one of one's own.
function render({ model, el }) {
  el.classList.add("wb-weights-host");
  let rows = [];
  let changed = null;
  let list = null;
  let words = null;
  let heaviest = 5;

  const row = (one) => {
    const must = h("input", { type: "checkbox", id: newId("must"), autocomplete: "off", checked: one.must_have, onchange: () => { one.must_have = must.checked; changed(); } });
    const options = Array.from({ length: heaviest + 1 }, (_, weight) => ({ value: weight, label: String(weight) }));
    return h("li", {},
      radioRow({ label: one.name, shape: "weight", options, value: one.weight, changed: (weight) => { one.weight = weight; changed(); } }),
      h("div", { class: "wb-row-foot" },
        h("label", { class: "wb-check", for: must.id }, must, h("span", {}, words.must_have, h("span", { class: "wb-hidden" }, `: ${one.name}`))),
        one.given ? null : button(words.remove, () => { rows = rows.filter((each) => each !== one); drawRows(); changed(); list.querySelector("input")?.focus(); },
          { class: "wb-button--quiet", "aria-label": `${words.remove}: ${one.name}` })));
  };
  const drawRows = () => list.replaceChildren(...rows.map(row));

  const adding = () => {
    const id = newId("own");
    const error = h("p", { class: "wb-error", id: `${id}-error`, hidden: true });
    const input = h("input", { type: "text", id, class: "wb-input", autocomplete: "off", dir: "auto", maxlength: "300", "aria-describedby": error.id,
      onkeydown: (event) => { if (event.key === "Enter") { event.preventDefault(); add(); } } });
    const add = () => {
      const name = input.value.trim().replace(/\s+/g, " ");
      const isTwice = rows.some((each) => each.name.toLowerCase() === name.toLowerCase());
      const isRight = Boolean(name) && !isTwice;
      isRight ? unmarkWrong(field, error) : markWrong(field, error, isTwice ? words.twice : words.nameless);
      if (isRight) { rows = [...rows, { name, weight: 3, must_have: false, given: false }]; drawRows(); input.value = ""; changed(); }
      input.focus();
    };
    const field = h("div", { class: "wb-field" }, h("label", { for: id, class: "wb-label" }, words.own),
      h("div", { class: "wb-add" }, input, button(words.add, add)), error);
    return field;
  };

  return foldedForm({
    model, el,
    values: () => ({ rows }),
    body: (told, onChange) => {
      ({ words, heaviest } = told);
      rows = told.rows.map((each) => ({ ...each }));
      changed = onChange;
      list = h("ul", { class: "wb-row-list" });
      drawRows();
      return [h("p", { class: "wb-ends", "aria-hidden": "true" }, h("span", {}, words.ends[0]), h("span", {}, words.ends[1])), list, adding()];
    },
  });
}

export default { render };
