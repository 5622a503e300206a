// What one comes home to: one card, the path of steps below it, a question at the end.
function render({ model, el }) {
  el.classList.add("wb-path-host");
  // Buttons, not links: the list at the side already has a link to each page.
  const turn = (page) => () => goTo({ page });
  const stop = (item, words) => h("li", { class: `wb-stop wb-stop--${item.state ?? "none"}` },
    h("span", { class: "wb-stop-mark", "aria-hidden": "true" }),
    h("div", { class: "wb-stop-words" },
      item.page ? h("button", { type: "button", class: "wb-stop-open", onclick: turn(item.page) }, item.title) : h("span", {}, item.title),
      h("span", { class: "wb-meta" }, item.note)),
    item.act ? button(words[item.act], () => model.send({ do: item.act, step: item.step }), { class: "wb-button--quiet", "data-at": item.step, "aria-label": `${words[item.act]}: ${item.title}` }) : null);
  // The page of the small cards may not stand yet; it finds there which of them is wanted.
  const turnTo = (card) => () => {
    el.closest(".wb-root").dataset.card = card;
    goTo({ page: "cards", card });
  };
  const show = ({ left_off: leftOff, card, cards, path, words, question }) => {
    const at = el.contains(document.activeElement) ? document.activeElement.dataset.at : null;
    el.replaceChildren(
      leftOff ? h("p", { class: "wb-left-off" }, leftOff) : "",
      h("section", { class: "wb-card wb-next", "aria-label": words.next },
        h("p", { class: "wb-next-words" }, card.words),
        h("div", { class: "wb-foot" },
          card.page ? button(card.button, turn(card.page), { class: "wb-button--first", "data-at": "card" }) : null,
          card.name ? button(words.not_today, () => model.send({ do: "not_today", thing: card.name }), { class: "wb-button--quiet", "data-at": "not_today" }) : null)),
      h("section", { class: "wb-at-hand", "aria-label": cards.title }, h("h2", { class: "wb-h3" }, cards.title),
        h("ul", {}, cards.at_hand.map(({ name, title }) => h("li", {}, button(title, turnTo(name)))))),
      h("section", { class: "wb-path", "aria-label": words.title }, h("h2", { class: "wb-h2" }, words.title), h("ol", {}, path.map((item) => stop(item, words)))),
      h("p", { class: "wb-question" }, question));
    if (at) (el.querySelector(`[data-at="${at}"]`) ?? el.querySelector("[data-at], button"))?.focus({ preventScroll: true });
  };
  return living(model, el, { show });
}

export default { render };
