// Things to tick, and one file of those that are.
function render({ model, el }) {
  el.classList.add("wb-ticked-host");
  const show = ({ words, items }) => {
    const off = new Set([...el.querySelectorAll("input:not(:checked)")].map((each) => each.value));
    const title = h("h2", { class: "wb-h2", id: newId("ticked") }, words.heading);
    const error = h("p", { class: "wb-error", role: "alert", hidden: true });
    const make = () => {
      error.hidden = true;
      model.send({ do: "make", ticked: [...el.querySelectorAll("input:checked")].map((each) => each.value) });
    };
    el.replaceChildren(h("section", { class: "wb-card wb-dates", "aria-labelledby": title.id }, title, h("p", {}, items.length ? words.note : words.empty),
      items.length ? [h("fieldset", { class: "wb-formats", "aria-labelledby": title.id }, items.map(([value, label]) => h("label", { class: "wb-check" },
        h("input", { type: "checkbox", value, checked: !off.has(value), autocomplete: "off" }), h("span", {}, label)))),
      error, h("div", { class: "wb-foot" }, button(words.make, make))] : null));
  };
  const file = (about) => saveFile(about, about.text);
  return living(model, el, { show, file, refused: refusing(el) });
}

export default { render };
