// Small cards side by side; the one that is taken up is named below them, and what belongs to it follows there.
function render({ model, el }) {
  el.classList.add("wb-fan-host");
  let tiles = [];
  const head = h("div", { class: "wb-fan-head" });
  const root = () => document.querySelector(".wb-root"); // where another page says which card it leads to
  const mark = (card) => {
    tiles.forEach(({ name, tile }) => tile.setAttribute("aria-expanded", String(name === card.name)));
    head.replaceChildren(h("h2", { class: "wb-h2", tabindex: "-1" }, card.title), h("p", { class: "wb-intro" }, card.intro));
  };
  // What belongs to a card is shown by the kernel; the card is marked once that stands.
  const take = (card) => model.send({ do: "open", card: card.name });
  const opened = ({ card: name }) => {
    mark(tiles.find((each) => each.name === name).card);
    head.firstChild.focus();
  };
  const show = ({ label, cards, open }) => {
    tiles = cards.map((card) => ({ name: card.name, card, tile: h("button", { type: "button", class: "wb-tile", "aria-expanded": "false", onclick: () => { delete root().dataset.card; take(card); } },
      h("span", { class: "wb-tile-title" }, card.title), h("span", { class: "wb-tile-line" }, card.line)) }));
    el.replaceChildren(h("ul", { class: "wb-fan", "aria-label": label }, tiles.map(({ tile }) => h("li", {}, tile))), head);
    const first = tiles.find(({ name }) => name === (root().dataset.card ?? open));
    if (!first) return;
    if (first.name === open) mark(first.card); else take(first.card);
  };
  const asked = ({ detail }) => {
    const found = detail.card && tiles.find(({ name }) => name === detail.card);
    if (found) requestAnimationFrame(() => take(found.card));
  };
  window.addEventListener("wb-go", asked);
  return living(model, el, { show, opened }, () => { window.removeEventListener("wb-go", asked); });
}

export default { render };
