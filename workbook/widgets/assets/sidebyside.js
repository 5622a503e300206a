// Two of several versions beside each other, each chosen from a list.
function render({ model, el }) {
  el.classList.add("wb-sidebyside-host");
  const chosen = { left: null, right: null };

  const show = ({ words, versions }) => {
    const title = h("h2", { class: "wb-h2" }, words.title);
    if (!versions.length) {
      el.replaceChildren(h("section", { class: "wb-card" }, title, h("p", { class: "wb-empty" }, words.empty)));
      return;
    }
    const last = versions.length - 1;
    const side = (name, first) => {
      const place = Math.min(chosen[name] ?? first, last);
      const id = newId(name);
      const text = h("p", { class: "wb-slip-text wb-version", dir: "auto" }, versions[place][1]);
      const list = h("select", { id, class: "wb-input", autocomplete: "off", onchange: (event) => {
        chosen[name] = Number(event.target.value);
        text.textContent = versions[chosen[name]][1];
      } }, versions.map(([when], at) => h("option", { value: String(at), selected: at === place }, when)));
      return h("div", {}, h("label", { for: id, class: "wb-label" }, words[name]), list, text);
    };
    el.replaceChildren(h("section", { class: "wb-card" }, title,
      h("div", { class: "wb-sides" }, side("left", Math.max(last - 1, 0)), last > 0 ? side("right", last) : null)));
  };

  return living(model, el, { show });
}

export default { render };
