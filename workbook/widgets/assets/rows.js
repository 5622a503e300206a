// A folded form of rows: what both the weights and the ratings have in common.

// A native radio group in a row, with its name beside it.
const radioRow = ({ label, note, shape, options, value, changed }) => {
  const name = newId("row");
  return h("div", { class: `wb-row wb-row--${shape}` },
    h("p", { class: "wb-label", id: `${name}-label`, dir: "auto" }, label, note ? h("span", { class: "wb-row-note" }, note) : null),
    h("div", { class: `wb-options wb-options--${shape}`, role: "radiogroup", "aria-labelledby": `${name}-label` },
      options.map((option) => {
        const input = h("input", { type: "radio", name, id: newId("radio"), autocomplete: "off", checked: option.value === (value ?? null), onchange: () => changed(option.value) });
        return h("label", { class: `wb-option wb-option--${shape}`, for: input.id }, input, h("span", { class: "wb-option-face" }, h("span", { class: "wb-option-label" }, option.label)));
      })));
};

// What every such form does: drafts, Save, the state line, the connection. `body` draws what is between.
const foldedForm = ({ model, el, values, body }) => {
  let told = null;
  let before = "";
  let lost = false;
  let status = null;
  let error = null;
  let saveButton = null;
  const numbers = numbering();
  let number = 0; // of the last change

  const say = (words, mood) => tellState(status, words, mood);
  const tell = debounce(400, () => model.send({ do: "change", values: values(), number }));
  const changed = () => {
    number = numbers.next();
    error.hidden = true;
    say(...unsaved(lost));
    tell();
  };
  const save = (event) => {
    event.preventDefault();
    if (lost || saveButton.getAttribute("aria-disabled") === "true") return;
    tell.cancel();
    saveButton.setAttribute("aria-disabled", "true");
    model.send({ do: "save", values: values(), number: numbers.next() });
  };
  const draw = () => {
    const { words, room, state } = told;
    const isOpen = el.querySelector("details")?.open;
    const onSave = Boolean(saveButton) && document.activeElement === saveButton;
    const shown = { words: status?.textContent ?? state.words, mood: status?.dataset.mood ?? state.mood };
    status = h("p", { class: "wb-state", role: "status", "aria-live": "polite" });
    error = h("p", { class: "wb-error wb-error--general", role: "alert", hidden: true });
    saveButton = h("button", { type: "submit", class: "wb-button wb-button--first" }, words.save);
    const form = h("form", { class: "wb-rows", autocomplete: "off", novalidate: true, onsubmit: save, "aria-label": words.title,
      onfocusout: () => tell.flush() }, // what is pressed next may be Lock
      h("p", {}, words.intro), body(told, changed), error,
      h("div", { class: "wb-foot" }, saveButton, h("span", { class: "wb-room" }, room), status));
    el.replaceChildren(h("details", { class: "wb-card wb-more wb-fold", open: isOpen }, h("summary", {}, words.title), form));
    say(shown.words, shown.mood);
    if (onSave) saveButton.focus({ preventScroll: true });
  };
  const show = (showing) => {
    const mine = values();
    const isBehind = numbers.isBehind(showing.heard);
    told = isBehind ? { ...showing, ...mine } : showing;
    const theirs = Object.fromEntries(Object.keys(mine).map((name) => [name, told[name]]));
    const now = JSON.stringify({ ...showing, state: null, heard: null, ...Object.fromEntries(Object.keys(mine).map((name) => [name, null])) });
    if (now !== before || JSON.stringify(mine) !== JSON.stringify(theirs)) { before = now; draw(); } // else what one looks at stays
    if (!isBehind) onceItStands(() => say(showing.state.words, showing.state.mood));
  };
  const unwatch = watchingConnection((isLost) => { lost = isLost; }, say, () => ({ saveButton, status }));
  const unkeyed = savedByKey(el, () => ({ saveButton, status, byKey: true }));
  return living(model, el, { show, ...savingAnswers(el, say, () => ({ saveButton, error }), numbers) }, () => { tell.cancel(); unwatch(); unkeyed(); });
};
