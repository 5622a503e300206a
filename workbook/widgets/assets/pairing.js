// Two cards side by side, one tap after the other; then the sorted list with its line. The kernel knows who is next.
function render({ model, el }) {
  el.classList.add("wb-pairing-host");
  let told = null;
  let before = "";
  let lost = false;
  let status = null;
  let error = null;
  let saveButton = null;

  const counted = ([one, several], count) => fillWords(count === 1 ? one : several, { count });
  const say = (words, mood) => tellState(status, words, mood);
  const said = h("p", { class: "wb-hidden", role: "status" });
  const send = (message) => { if (!lost) model.send(message); };
  const tap = (answer) => { if (told.pair) send({ do: "tap", this: told.pair[0], that: told.pair[1], answer }); };

  const lines = (card) => card.lines.map(labelledLine);

  // The two

  const KEYS = { 1: "this", 2: "that", 3: "neither", ArrowLeft: "this", ArrowRight: "that", ArrowDown: "neither" };
  const onKey = (event) => {
    const answer = KEYS[event.key];
    if (!answer || event.repeat || event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input, textarea, summary")) return;
    event.preventDefault();
    tap(answer);
  };
  const side = (key, answer) => {
    const card = told.cards[key];
    return h("div", { class: "wb-card wb-pair-card", onclick: (event) => { if (!event.target.closest("button")) tap(answer); } },
      h("h3", { class: "wb-h3", dir: "auto" }, card.title), card.what ? h("p", { class: "wb-pair-what", dir: "auto" }, card.what) : null, lines(card),
      button(told.words[answer], () => tap(answer), { class: "wb-pair-choose", "aria-label": `${told.words[answer]}: ${card.title}`, "data-at": answer }));
  };
  const progress = () => !told.taps ? counted(told.words.most, told.most_left) : `${counted(told.words.done, told.taps)} ${counted(told.words.left, told.most_left)}`;
  const asking = () => {
    const [this_, that] = told.pair;
    const title = h("h3", { class: "wb-h3", id: newId("pair") }, told.words.question);
    return h("div", { class: "wb-pair", role: "group", "aria-labelledby": title.id, onkeydown: onKey }, title,
      h("p", { class: "wb-meta" }, progress()),
      h("div", { class: "wb-pair-cards" }, side(this_, "this"), side(that, "that")),
      h("div", { class: "wb-pair-foot" }, button(told.words.neither, () => tap("neither"), { "data-at": "neither" }),
        told.taps ? button(told.words.undo, () => send({ do: "undo" }), { class: "wb-button--quiet", "data-at": "undo" }) : null),
      h("p", { class: "wb-hint" }, told.words.keys));
  };

  // The list

  const line = () => {
    const all = told.order.length;
    const move = (down, label, off) => button(label, () => { if (!off) send({ do: "line", down }); },
      { class: "wb-beginning", "aria-disabled": off ? "true" : null, "data-at": down ? "down" : "up" });
    return h("li", { class: "wb-pair-line", "data-line": "" }, h("span", { class: "wb-pair-line-words" }, told.words.line),
      h("span", { class: "wb-pair-line-moves" }, move(false, told.words.up, told.acceptable === 0), move(true, told.words.down, told.acceptable === all)));
  };
  const inList = (key, place) => {
    const card = told.cards[key];
    return h("li", { class: `wb-pair-item ${place < told.acceptable ? "" : "wb-pair-item--below"}`, "data-key": key },
      h("span", { class: "wb-pair-rank", "aria-hidden": "true" }, place < told.acceptable ? `${place + 1}` : "–"),
      h("span", { dir: "auto" }, card.title, card.what ? h("span", { class: "wb-meta wb-pair-item-what" }, card.what) : null));
  };
  const sorted = () => {
    const items = told.order.map(inList);
    items.splice(told.acceptable, 0, line());
    const title = h("h3", { class: "wb-h3 wb-pair-sorted", tabindex: "-1", "data-at": "sorted", id: newId("sorted") }, told.words.sorted);
    return h("div", { class: "wb-pair-list", role: "group", "aria-labelledby": title.id }, title, h("p", { class: "wb-meta" }, told.words.sorted_hint),
      h("ol", {}, items),
      h("div", { class: "wb-actions" },
        told.taps ? button(told.words.undo, () => send({ do: "undo" }), { class: "wb-button--quiet", "data-at": "undo" }) : null,
        told.order.length > 1 ? button(told.words.afresh, () => send({ do: "afresh" }), { class: "wb-button--quiet", "data-at": "afresh" }) : null));
  };

  const save = () => {
    if (lost || saveButton.getAttribute("aria-disabled") === "true") return;
    saveButton.setAttribute("aria-disabled", "true");
    error.hidden = true;
    send({ do: "save" });
  };
  const seal = () => {
    const { words, sealed, room } = told;
    saveButton = button(sealed ? words.save_again : words.save, save, { class: "wb-button--first", "data-at": "save" });
    return h("div", { class: "wb-card wb-seal" }, h("p", { class: "wb-hint" }, words.note), sealed ? h("p", { class: "wb-kept" }, sealed) : null, error,
      h("div", { class: "wb-foot" }, saveButton,
        sealed ? button(words.withdraw, () => send({ do: "withdraw" }), { class: "wb-button--quiet", "data-at": "withdraw" }) : null,
        h("span", { class: "wb-room" }, room), status));
  };

  const draw = () => {
    const { words, pair, order, sealed, state } = told;
    const at = el.contains(document.activeElement) ? document.activeElement.dataset.at : null;
    const title = h("h2", { class: "wb-h2", id: newId("pairing") }, words.title);
    status = h("p", { class: "wb-state", role: "status", "aria-live": "polite" }, status?.textContent ?? "");
    onceItStands(() => say(state.words, state.mood));
    error = h("p", { class: "wb-error wb-error--general", role: "alert", hidden: true });
    saveButton = null;
    const nobody = !pair && !order.length;
    drawAbove(el, h("section", { class: "wb-pairing", "aria-labelledby": title.id }, title, h("p", {}, words.intro),
      told.left_out ? h("p", { class: "wb-note" }, told.left_out) : null,
      nobody ? h("p", { class: "wb-empty" }, words.empty) : pair ? asking() : sorted(),
      pair || nobody ? (sealed ? h("p", { class: "wb-kept" }, sealed, " ", nobody ? "" : words.sealed_before) : null) : seal(),
      pair || nobody ? status : null), said);
    if (lost) saveButton?.setAttribute("aria-disabled", "true");
    if (!at) return;
    const again = [...el.querySelectorAll("[data-at]")].find((each) => each.dataset.at === at) ?? el.querySelector("[data-at=sorted], [data-at=this]");
    again?.focus({ preventScroll: true });
    if (pair) onceItStands(() => tellOnce(said, `${told.cards[pair[0]].title} · ${told.cards[pair[1]].title}. ${progress()}`));
  };

  const show = (showing) => {
    const now = JSON.stringify({ ...showing, state: null });
    told = showing;
    if (now === before) { say(showing.state.words, showing.state.mood); saveButton?.removeAttribute("aria-disabled"); return; }
    before = now;
    draw();
  };

  const unwatch = watchingConnection((isLost) => { lost = isLost; }, say, () => ({ saveButton, status }));
  const unkeyed = savedByKey(el, () => ({ saveButton, status, byKey: false }));
  return living(model, el, { show, ...savingAnswers(el, say, () => ({ saveButton, error })) }, () => { unwatch(); unkeyed(); });
}

export default { render };
