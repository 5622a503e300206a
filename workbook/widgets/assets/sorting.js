// Cards in a few places. With room: the next card on top, a column a place below. Without: one list of radio groups.
function render({ model, el }) {
  el.classList.add("wb-sorting-host");
  let told = null;
  let before = "";
  let placed = {};
  let pile = []; // the order in which unsorted cards come up
  let narrow = false;
  let lost = false;
  let status = null;
  const said = h("p", { class: "wb-hidden", role: "status" });
  const numbers = numbering();
  let progress = null;
  let error = null;
  let saveButton = null;

  const places = () => Object.entries(told.words.places);
  const titleOf = (key) => told.cards.find((card) => card.key === key)?.title ?? "";
  const say = (words, mood) => tellState(status, words, mood);
  const count = () => fillWords(told.words.progress, { count: Object.keys(placed).length, all: told.cards.length });

  const put = (key, place) => {
    if (!told.cards.some((card) => card.key === key) || placed[key] === place) return;
    placed = { ...placed, [key]: place };
    model.send({ do: "change", values: { places: placed }, number: numbers.next() });
    error.hidden = true;
    say(...unsaved(lost));
    said.textContent = `${fillWords(told.words.moved, { card: titleOf(key), place: told.words.places[place] })} ${count()}`;
    progress.textContent = count();
  };
  const save = () => {
    if (lost || saveButton.getAttribute("aria-disabled") === "true") return;
    saveButton.setAttribute("aria-disabled", "true");
    model.send({ do: "save", values: { places: placed }, number: numbers.next() });
  };
  const withdraw = () => { if (!lost) model.send({ do: "withdraw" }); };

  const lines = (card) => card.lines.map(labelledLine);
  const folded = (card, label) => card.lines.length || (label === told.words.about && card.what)
    ? h("details", { class: "wb-more wb-sort-about" }, h("summary", { "aria-label": `${label}: ${card.title}` }, label),
      label === told.words.about && card.what ? h("p", { class: "wb-line", dir: "auto" }, card.what) : null, lines(card)) : null;
  const draggable = (card) => ({ draggable: "true", ondragstart: (event) => {
    event.dataTransfer.setData("text/plain", card.key);
    event.dataTransfer.effectAllowed = "move";
  } });

  // With room

  const next = () => pile.find((key) => !placed[key]);
  const putAndGoOn = (key, place) => { put(key, place); draw(next() ? `${next()} ${place}` : "done"); };
  const onTop = () => {
    const card = told.cards.find(({ key }) => key === next());
    if (!card) return h("p", { class: "wb-sort-done", tabindex: "-1", "data-at": "done" }, told.words.done);
    return h("div", { class: "wb-card wb-sort-top", ...draggable(card) },
      h("h3", { class: "wb-h3", dir: "auto" }, card.title), h("p", { class: "wb-sort-what", dir: "auto" }, card.what), lines(card),
      h("div", { class: "wb-sort-choose", role: "group", "aria-label": `${told.words.question} ${card.title}` },
        places().map(([place, label]) => button(label, () => putAndGoOn(card.key, place), { "data-at": `${card.key} ${place}` }))),
      pile.filter((key) => !placed[key]).length > 1
        ? button(told.words.later, () => { pile = [...pile.filter((key) => key !== card.key), card.key]; draw(`${next()} ${places()[0][0]}`); }, { class: "wb-button--quiet wb-sort-later" }) : null);
  };
  const inColumn = (card, here) => h("li", { class: "wb-sort-card", "data-key": card.key, ...draggable(card) },
    h("h4", { class: "wb-h3", dir: "auto" }, card.title), folded(card, told.words.about),
    h("div", { class: "wb-sort-moves" }, places().filter(([place]) => place !== here).map(([place, label]) =>
      button(label, () => { put(card.key, place); draw(`${card.key} move`); },
        { class: "wb-beginning", "aria-label": `${label}: ${card.title}`, "data-at": place === places().find(([each]) => each !== here)[0] ? `${card.key} move` : `${card.key} other` }))));
  const column = ([place, label]) => {
    const here = told.cards.filter(({ key }) => placed[key] === place);
    const over = (on) => (event) => { if (on) event.preventDefault(); event.currentTarget.classList.toggle("wb-sort-column--over", on); };
    const title = h("h3", { class: "wb-h3", id: newId("place") }, label);
    return h("section", { class: `wb-sort-column`, "data-place": place, "aria-labelledby": title.id,
      ondragover: over(true), ondragleave: over(false),
      ondrop: (event) => { event.preventDefault(); put(event.dataTransfer.getData("text/plain"), place); draw(); } },
      title, here.length ? h("ul", {}, here.map((card) => inColumn(card, place))) : h("p", { class: "wb-meta" }, told.words.nothing_here));
  };
  const wide = () => [onTop(), h("div", { class: "wb-sort-columns" }, places().map(column))];

  // Without

  const inList = (card) => {
    const name = newId("sort");
    const title = h("h3", { class: "wb-h3", id: `${name}-title`, dir: "auto" }, card.title);
    return h("li", { class: "wb-sort-card", "data-key": card.key }, title, h("p", { class: "wb-sort-what", dir: "auto" }, card.what), folded(card, told.words.more),
      h("div", { class: "wb-options wb-options--places", role: "radiogroup", "aria-labelledby": title.id }, places().map(([place, label]) => {
        const input = h("input", { type: "radio", name, id: newId("place"), autocomplete: "off", "data-at": `${card.key} ${place}`,
          checked: placed[card.key] === place, onchange: () => put(card.key, place) });
        return h("label", { class: "wb-option", for: input.id }, input, h("span", { class: "wb-option-face" }, h("span", { class: "wb-option-label" }, label)));
      })));
  };
  const list = () => h("ul", { class: "wb-sort-list" }, told.cards.map(inList));

  const draw = (focusOn) => {
    if (!told) return;
    const { words, state, sealed, room } = told;
    const at = focusOn ?? (el.contains(document.activeElement) ? document.activeElement.dataset.at : null);
    const unfolded = [...el.querySelectorAll("details[open]")].map((each) => each.closest("[data-key]")?.dataset.key);
    const words_ = { state: status?.textContent ?? state.words, mood: status?.dataset.mood ?? state.mood };
    const title = h("h2", { class: "wb-h2", id: newId("sort") }, words.title);
    progress = h("p", { class: "wb-meta" }, count());
    status = h("p", { class: "wb-state", role: "status", "aria-live": "polite" }, words_.state);
    status.dataset.mood = words_.mood;
    error = h("p", { class: "wb-error wb-error--general", role: "alert", hidden: true });
    saveButton = button(sealed ? words.save_again : words.save, save, { class: "wb-button--first", "data-at": "save" });
    drawAbove(el, h("section", { class: "wb-sorting", "aria-labelledby": title.id }, title, h("p", {}, words.intro), progress,
      narrow ? list() : wide(),
      h("div", { class: "wb-card wb-seal" }, h("p", { class: "wb-hint" }, words.note), sealed ? h("p", { class: "wb-kept" }, sealed) : null, error,
        h("div", { class: "wb-foot" }, saveButton, sealed ? button(words.withdraw, withdraw, { class: "wb-button--quiet", "data-at": "save" }) : null, room ? h("span", { class: "wb-room" }, room) : null, status))), said);
    if (lost) saveButton.setAttribute("aria-disabled", "true");
    el.querySelectorAll("details").forEach((each) => { if (unfolded.includes(each.closest("[data-key]")?.dataset.key)) each.open = true; });
    if (at) [...el.querySelectorAll("[data-at]")].find((each) => each.dataset.at === at)?.focus({ preventScroll: true });
  };

  const show = (showing) => {
    const now = JSON.stringify({ ...showing, state: null, heard: null });
    const isBehind = numbers.isBehind(showing.heard);
    const sayState = () => { if (!isBehind) say(showing.state.words, showing.state.mood); };
    if (now === before) { sayState(); return; }
    before = now;
    told = showing;
    const keys = showing.cards.map(({ key }) => key);
    placed = isBehind ? Object.fromEntries(Object.entries(placed).filter(([key]) => keys.includes(key))) : { ...showing.places };
    pile = [...pile.filter((key) => keys.includes(key)), ...keys.filter((key) => !pile.includes(key))];
    narrow = isNarrow(el);
    draw();
    onceItStands(sayState);
  };

  const watch = new ResizeObserver(() => { if (told && el.clientWidth && isNarrow(el) !== narrow) { narrow = isNarrow(el); draw(); } });
  watch.observe(el);
  const unwatch = watchingConnection((isLost) => { lost = isLost; }, say, () => ({ saveButton, status }));
  const unkeyed = savedByKey(el, () => ({ saveButton, status, byKey: false }));
  return living(model, el, { show, ...savingAnswers(el, say, () => ({ saveButton, error }), numbers) }, () => { watch.disconnect(); unwatch(); unkeyed(); });
}

export default { render };
