// One card of a deck at a time. It turns where nothing speaks against motion; its words are there at once.
function render({ model, el }) {
  el.classList.add("wb-deck-host");
  let before = "";
  let side = "";
  const spoken = h("p", { class: "wb-hidden", role: "status" });

  const move = (label, by) => button(label, () => model.send({ do: "move", by }), { class: "wb-button--quiet" });
  const face = (card, words, lines) => h("div", { class: "wb-deck-face" },
    h("h3", { class: "wb-deck-words", tabindex: "-1", dir: "auto" }, card.front), lines);

  const front = (card, words) => face(card, words, h("div", { class: "wb-deck-answers", role: "group", "aria-label": card.front },
    Object.entries(words.answers).map(([answer, label]) => button(label, () => model.send({ do: "answer", answer }),
      { class: answer === card.answer ? "wb-deck-chosen" : "", "aria-pressed": String(answer === card.answer) }))));
  const back = (card, words) => face(card, words, [
    h("p", { class: "wb-deck-fact", dir: "auto" }, card.back),
    card.source ? h("p", { class: "wb-source" }, `${words.source} ${card.source}.`) : null,
    h("p", { class: "wb-deck-answer" }, fillWords(words.answered, { answer: words.answers[card.answer] ?? "" }), " ",
      button(words.turn_back, () => model.send({ do: "turn" }), { class: "wb-button--quiet" }))]);
  const end = (words, answered, count) => h("div", { class: "wb-deck-face" },
    h("h3", { class: "wb-deck-words", tabindex: "-1" }, fillWords(words.end, { answered, count })), h("p", {}, words.end_note));

  const show = ({ focus, ...told }) => {
    const now = JSON.stringify(told);
    if (now === before && !focus) return; // something else was written; whoever reads here is not disturbed
    before = now;
    const { words, card, at, count, answered, open, said } = told;
    const had = el.contains(document.activeElement);
    const turned = card ? (open ? back : front)(card, words) : end(words, answered, count);
    const nav = card
      ? [at > 1 ? move(words.previous, -1) : null,
         card.answer && !open ? button(words.turn, () => model.send({ do: "turn" }), { class: "wb-button--quiet" }) : null,
         move(card.answer ? words.next : words.skip, 1)]
      : [move(words.previous, -1), button(words.again, () => model.send({ do: "again" }), {})];
    const title = h("h2", { class: "wb-h2", id: newId("deck") }, words.title);
    const progress = card ? fillWords(words.progress, { at, count }) : "";
    drawAbove(el, h("section", { class: `wb-deck${open ? " wb-deck--open" : ""}`, "aria-labelledby": title.id }, title,
      h("p", { class: "wb-hint" }, words.hint),
      h("div", { class: "wb-card wb-deck-card" },
        h("p", { class: "wb-deck-progress" }, h("span", {}, progress), card ? h("span", {}, open ? words.back : words.front) : null),
        turned, h("div", { class: "wb-actions wb-deck-nav" }, nav))), spoken);
    onceItStands(() => tellOnce(spoken, [said, progress, card && open ? words.back : ""].filter(Boolean).join(" ")));
    const laid = `${card?.key ?? ""} ${open}`;
    if (side && laid !== side) turned.classList.add("wb-deck-face--turning");
    side = laid;
    if (focus || had) el.querySelector(".wb-deck-words").focus({ preventScroll: true });
    if (focus) el.querySelector(".wb-deck").scrollIntoView({ block: "nearest" });
  };

  const refused = ({ rule }) => el.querySelector(".wb-deck-card")?.append(h("p", { class: "wb-error", role: "alert" }, rule));
  return living(model, el, { show, refused });
}

export default { render };
