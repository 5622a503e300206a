// Boxes one after the other beside a quiet clock. Where one is, and the clock, live in this view alone.
function render({ model, el }) {
  el.classList.add("wb-guided-host");
  const waiting = {};
  let values = {};
  let told = null;
  let clock = null;
  let at = -1; // −1: before the first box; as many as there are boxes: read once more
  let minutes = 0;
  let status = null;
  let error = null;
  let saveButton = null;
  let lost = false;

  const say = (words, mood) => tellState(status, words, mood);
  const send = debounce(400, () => {
    const changes = { ...waiting };
    for (const name of Object.keys(waiting)) delete waiting[name];
    if (Object.keys(changes).length) model.send({ do: "change", values: changes });
  });
  const typed = (name, words) => {
    values[name] = words;
    if (!told.kept) return;
    waiting[name] = words;
    say(...unsaved(lost));
    send();
  };
  const go = (to) => { at = to; draw(); };

  const choosing = () => {
    if (told.minutes.length === 1) return null;
    const name = newId("minutes");
    return h("div", { class: "wb-field" }, h("p", { class: "wb-label", id: name }, told.words.how_long),
      h("div", { class: "wb-options", role: "radiogroup", "aria-labelledby": name }, told.minutes.map((each) => {
        const input = h("input", { type: "radio", name: `${name}-r`, id: newId("radio"), autocomplete: "off", checked: each === minutes, onchange: () => { minutes = each; } });
        return h("label", { class: "wb-option wb-option--chip", for: input.id }, input, h("span", { class: "wb-option-face" }, told.words.minutes.replace("{count}", each)));
      })));
  };
  const facts = () => told.facts.length ? h("details", { class: "wb-more wb-guided-facts", open: told.facts_open }, h("summary", {}, told.words.facts),
    h("p", { class: "wb-hint" }, told.words.facts_hint), told.facts.map((line) => h("p", { class: "wb-line", dir: "auto" }, line))) : null;

  const before = () => [told.words.before.map((words) => h("p", {}, words)), facts(), choosing(),
    h("div", { class: "wb-foot" }, button(told.words.begin, () => { clock.start(minutes, told.words.over); go(0); }, { class: "wb-button--first" }), close())];
  const close = () => button(told.words.close, () => { send.cancel(); model.send({ do: "cancel" }); }, { class: "wb-button--quiet" });
  const step = (place) => h("p", { class: "wb-meta wb-guided-step" }, told.words.step.replace("{at}", place + 1).replace("{count}", told.boxes.length));

  const box = ({ name, label, hint, beginnings }, place) => {
    const id = newId(name);
    const area = h("textarea", { id, class: "wb-input wb-area", rows: 4, autocomplete: "off", dir: "auto", spellcheck: "true",
      "aria-describedby": hint ? `${id}-hint` : null, value: values[name] ?? "", oninput: () => typed(name, area.value) });
    const begin = (words) => () => { area.value = area.value ? `${area.value.trimEnd()}\n${words} ` : `${words} `; area.focus(); typed(name, area.value); };
    return [step(place), h("div", { class: "wb-field" }, h("label", { for: id, class: "wb-guided-label" }, label),
      hint ? h("p", { class: "wb-hint", id: `${id}-hint` }, hint) : null, area,
      beginnings?.length ? h("div", { class: "wb-beginnings", role: "group", "aria-label": "Ways to begin" },
        beginnings.map((words) => button(`${words} …`, begin(words), { class: "wb-beginning" }))) : null),
    h("div", { class: "wb-foot" }, button(told.words.next, () => go(place + 1), { class: "wb-button--first" }),
      button(told.words.back, () => go(place - 1)), pausing(), status)];
  };
  const pausing = () => told.words.pause ? button(told.words.pause, () => clock.start(told.words.pause_minutes, told.words.pause_over), { class: "wb-button--quiet" }) : null;

  const end = () => [h("h3", { class: "wb-h3", tabindex: "-1" }, told.kept ? told.words.once_more : told.words.done),
    h("div", { class: "wb-exact" }, told.boxes.map(({ name, label }) => labelledLine([label, (values[name] ?? "").trim() || told.words.nothing]))),
    error,
    h("div", { class: "wb-foot" }, told.kept ? saveButton : null, button(told.words.back, () => go(told.boxes.length - 1)), close(),
      told.room ? h("span", { class: "wb-room" }, told.room) : null, told.kept ? status : null)];

  const save = () => {
    if (lost || saveButton.getAttribute("aria-disabled") === "true") return;
    send.cancel();
    error.hidden = true;
    saveButton.setAttribute("aria-disabled", "true");
    model.send({ do: "save", values: { ...values } });
  };

  const draw = () => {
    const body = at < 0 ? before() : at < told.boxes.length ? box(told.boxes[at], at) : end();
    const heading = h("h2", { class: "wb-h2", id: newId("guided"), tabindex: "-1" }, told.words.title);
    const foot = at < 0 ? h("p", { class: "wb-state" }, told.state?.words ?? "") : null;
    el.replaceChildren(h("section", { class: "wb-card wb-guided", "aria-labelledby": heading.id, onfocusout: () => send.flush() }, heading, clock.element, body.flat(2).filter(Boolean), foot));
    (at < 0 ? heading : el.querySelector("textarea, h3")).focus();
  };

  const show = (message) => {
    told = message;
    values = { ...message.values, ...values };
    minutes ||= message.minutes[0];
    clock ??= quietClock(message.words);
    status ??= h("p", { class: "wb-state", role: "status", "aria-live": "polite" });
    error ??= h("p", { class: "wb-error", role: "alert", hidden: true });
    saveButton ??= button(message.words.save, save, { class: "wb-button--first" });
    draw();
  };

  const unwatch = watchingConnection((isLost) => { lost = isLost; }, say, () => ({ saveButton, status }));
  const unkeyed = savedByKey(el, () => ({ saveButton, status, byKey: told?.by_key }));
  return living(model, el, { show, ...savingAnswers(el, say, () => ({ saveButton, error })) }, () => { unwatch(); unkeyed(); send.cancel(); clock?.stop(); });
}

export default { render };
