// The controls for one kind of entry. The kernel tells which fields; what is typed goes back as messages.

const errorId = (field) => `${field.id}-error`;
const describedBy = (field) => [field.hint ? `${field.id}-hint` : "", errorId(field)].filter(Boolean).join(" ");

const around = (field, ...control) =>
  h("div", { class: `wb-field wb-field--${field.kind}`, "data-field": field.name },
    ...control,
    field.hint ? h("p", { class: "wb-hint", id: `${field.id}-hint` }, field.hint) : null,
    h("p", { class: "wb-error", id: errorId(field), hidden: true }));

const labelled = (field, control) =>
  around(field, h("label", { for: field.id, class: "wb-label", dir: "auto" }, field.label), fillings(field, control), control, beginnings(field, control));

// Words that a tap puts into the line, in place of what stands there.
const fillings = (field, control) => {
  if (!field.chips?.length) return null;
  const fill = (words) => () => { control.value = words; control.dispatchEvent(new Event("input", { bubbles: true })); control.focus(); };
  return h("div", { class: "wb-beginnings", role: "group", "aria-label": "Words to choose" },
    field.chips.map((words) => button(words, fill(words), { class: "wb-beginning" })));
};

const beginnings = (field, control) => {
  if (!field.beginnings?.length) return null;
  const begin = (words) => () => {
    control.value = control.value ? `${control.value.trimEnd()}\n${words} ` : `${words} `;
    control.focus();
    control.setSelectionRange?.(control.value.length, control.value.length);
    control.dispatchEvent(new Event("input", { bubbles: true }));
  };
  return h("div", { class: "wb-beginnings", role: "group", "aria-label": "Ways to begin" },
    field.beginnings.map((words) => button(`${words} …`, begin(words), { class: "wb-beginning" })));
};

const grow = (area) => {
  area.style.height = "auto";
  area.style.height = `${Math.min(area.scrollHeight + 2, 480)}px`;
};

const textInput = (type, attributes = {}) => (field, value, changed) => {
  const input = h("input", {
    type, id: field.id, name: field.id, class: "wb-input", autocomplete: "off", dir: type === "text" ? "auto" : null,
    "aria-describedby": describedBy(field), value: value ?? "", ...attributes, ...(field.attributes ?? {}),
    oninput: () => changed(input.value),
  });
  return { element: labelled(field, input), get: () => input.value, set: (words) => { input.value = words ?? ""; } };
};

const area = (field, value, changed) => {
  const input = h("textarea", {
    id: field.id, name: field.id, class: "wb-input wb-area", rows: field.rows ?? 2, autocomplete: "off", dir: "auto",
    spellcheck: "true", "aria-describedby": describedBy(field), value: value ?? "",
    oninput: () => { changed(input.value); requestAnimationFrame(() => grow(input)); },
  });
  return { element: labelled(field, input), get: () => input.value, set: (words) => { input.value = words ?? ""; grow(input); } };
};

const dateInput = (field, value, changed) => {
  const made = textInput("date", { min: "1900-01-01", max: "2199-12-31" })(field, value, changed);
  const input = made.element.querySelector("input");
  const iso = (daysAgo) => {
    const now = new Date();
    const day = new Date(now.getFullYear(), now.getMonth(), now.getDate() - daysAgo);
    return `${day.getFullYear()}-${String(day.getMonth() + 1).padStart(2, "0")}-${String(day.getDate()).padStart(2, "0")}`;
  };
  const choose = (daysAgo) => () => { input.value = iso(daysAgo); changed(input.value); };
  const near = field.near ?? [];
  if (near.length) {
    input.after(h("div", { class: "wb-near", role: "group", "aria-label": "Near days" },
      near.map(({ label, days }) => button(label, choose(days), { class: "wb-beginning" }))));
  }
  return made;
};

// A native radio group: arrow keys, one tab stop, and an answer that can be taken back.
const radios = (field, value, changed, options, shape) => {
  const inputs = options.map(({ value: answer, label, note }) => {
    const input = h("input", {
      type: "radio", name: field.id, id: newId("radio"), autocomplete: "off",
      checked: answer === (value ?? null), onchange: () => changed(answer),
    });
    return { answer, input, element: h("label", { class: `wb-option wb-option--${shape}`, for: input.id }, input,
      h("span", { class: "wb-option-face" }, h("span", { class: "wb-option-label", dir: "auto" }, label),
        note ? h("span", { class: "wb-option-note", dir: "auto" }, note) : null)) };
  });
  const label = `${field.id}-label`;
  const group = h("div", { role: "radiogroup", class: `wb-options wb-options--${shape}`, id: field.id,
    "aria-labelledby": label, "aria-describedby": describedBy(field) }, inputs.map(({ element }) => element));
  return {
    element: around(field, h("p", { class: "wb-label", id: label, dir: "auto" }, field.label),
      field.ends ? h("p", { class: "wb-ends", "aria-hidden": "true" }, h("span", {}, field.ends[0]), h("span", {}, field.ends[1])) : null,
      group),
    get: () => inputs.find(({ input }) => input.checked)?.answer ?? null,
    set: (answer) => inputs.forEach(({ answer: own, input }) => { input.checked = own === (answer ?? null); }),
  };
};

const scale = (field, value, changed) => {
  const numbers = Array.from({ length: 11 }, (_, number) => ({ value: number, label: String(number) }));
  return radios(field, value, changed, [...numbers, { value: null, label: "Not answered" }], "scale");
};

const choice = (shape) => (field, value, changed) => radios(field, value, changed, field.options, shape);

const many = (field, value, changed) => {
  const chosen = new Set(value ?? []);
  const atMost = field.at_most ?? field.options.length;
  const inputs = field.options.map(({ value: answer, label }) => {
    const input = h("input", {
      type: "checkbox", id: newId("check"), autocomplete: "off", checked: chosen.has(answer),
      onchange: () => { input.checked ? chosen.add(answer) : chosen.delete(answer); settle(); changed([...chosen]); },
    });
    return { answer, input, element: h("label", { class: "wb-option wb-option--chip", for: input.id }, input,
      h("span", { class: "wb-option-face" }, h("span", { class: "wb-option-label", dir: "auto" }, label))) };
  });
  const settle = () => inputs.forEach(({ answer, input }) => { input.disabled = chosen.size >= atMost && !chosen.has(answer); });
  settle();
  const label = `${field.id}-label`;
  return {
    element: around(field, h("p", { class: "wb-label", id: label }, field.label),
      h("div", { role: "group", class: "wb-options wb-options--chip", id: field.id, "aria-labelledby": label,
        "aria-describedby": describedBy(field) }, inputs.map(({ element }) => element))),
    get: () => [...chosen],
    set: (answers) => { chosen.clear(); (answers ?? []).forEach((answer) => chosen.add(answer));
      inputs.forEach(({ answer, input }) => { input.checked = chosen.has(answer); }); settle(); },
  };
};

const note = (field) => ({
  element: h("p", { class: "wb-note", dir: "auto" }, field.label), get: () => undefined, set: () => {},
});

// Four options in a round. Each shows what another field holds, so that the round tells the whole story.
const circle = (field, value, changed, follow) => {
  const made = radios(field, value, changed, field.options, "circle");
  const faces = [...made.element.querySelectorAll(".wb-option-label")];
  const names = field.options.map(({ label }) => label);
  follow((values) => faces.forEach((face, place) => { face.textContent = values[field.follows[place]]?.trim() || `${names[place]} …`; }));
  return made;
};

const KINDS = {
  line: textInput("text"), text: area, date: dateInput, time: textInput("time"), money: textInput("text", { inputmode: "decimal" }), percent: textInput("text", { inputmode: "decimal" }), dates: textInput("text"),
  tags: textInput("text"), number: textInput("number", { inputmode: "numeric" }), scale, choice: choice("chip"), ladder: (...field) => withMarker(choice("ladder")(...field)), circle, many, note,
};

// To a field's control; of radios to the one that is chosen, as Tab goes.
const focusOn = (element, how) => {
  const input = element?.querySelector("input:checked") ?? element?.querySelector("input, textarea");
  input?.focus(how);
  return input;
};

// Where the caret is; only fields of text have one.
const caretOf = (input) => (["text", "textarea"].includes(input.type) ? [input.selectionStart, input.selectionEnd] : null);

function render({ model, el }) {
  el.classList.add("wb-form-host");
  const waiting = {};
  const sent = {}; // by a field's name: what was sent last, and its number
  const numbers = numbering();
  let controls = {};
  let status = null;
  let general = null;
  let saveButton = null;
  let lost = false;
  let followers = [];
  let live = null;
  let byKey = true;

  const current = () => Object.fromEntries(Object.entries(controls).map(([name, control]) => [name, control.get()]));
  // Fields that hang on an answer come and go with it; a round follows what its fields hold.
  const settle = () => {
    const values = current();
    for (const control of Object.values(controls)) {
      if (!control.shownIf) continue;
      const [name, answers] = control.shownIf;
      control.element.hidden = !answers.includes(values[name] ?? null) || Boolean(controls[name]?.element.hidden);
    }
    followers.forEach((each) => each(values));
  };

  const say = (words, mood) => tellState(status, words, mood);
  const send = debounce(400, () => {
    const values = { ...waiting };
    if (!Object.keys(values).length) return;
    const number = numbers.next();
    for (const name of Object.keys(waiting)) { sent[name] = { value: waiting[name], number }; delete waiting[name]; }
    model.send({ do: "change", values, number });
  });
  // What the kernel can't have known when it told something.
  const since = (heard) => ({ ...Object.fromEntries(Object.entries(sent).filter(([, { number }]) => number > heard).map(([name, { value }]) => [name, value])), ...waiting });
  const changed = (name) => (value) => {
    waiting[name] = value;
    forget(name);
    settle();
    say(...unsaved(lost));
    send();
  };
  const forget = (name) => {
    const control = controls[name];
    const error = control?.element.querySelector(".wb-error");
    if (error && !error.hidden) unmarkWrong(control.element, error);
    if (general) general.hidden = true;
  };
  const save = (event) => {
    event?.preventDefault();
    if (lost || !saveButton || saveButton.getAttribute("aria-disabled") === "true") return;
    send.cancel();
    for (const name of Object.keys(waiting)) delete waiting[name];
    saveButton.setAttribute("aria-disabled", "true");
    const values = Object.fromEntries(Object.entries(controls).map(([name, control]) => [name, control.get()]).filter(([, value]) => value !== undefined));
    model.send({ do: "save", values, number: numbers.next() });
  };

  // Other fields may come while someone types: what is typed, where, and what is unfolded stays.
  const leftAt = () => {
    const at = document.activeElement;
    const name = Object.keys(controls).find((each) => controls[each].element.contains(at));
    return { name, onSave: Boolean(at) && at === saveButton, caret: name ? caretOf(at) : null, unfolded: el.querySelector(".wb-more")?.open };
  };
  const goBackTo = ({ name, onSave, caret }) => {
    if (onSave) { saveButton?.focus({ preventScroll: true }); return; }
    const input = focusOn(controls[name]?.element, { preventScroll: true });
    if (caret) input?.setSelectionRange?.(...caret);
  };

  const show = ({ spec, values: told, state, focus, heard }) => {
    const before = leftAt();
    const values = { ...told, ...since(heard) };
    controls = {};
    followers = [];
    byKey = spec.by_key;
    const make = (field) => {
      const control = KINDS[field.kind]({ ...field, id: newId(field.name) }, values[field.name], changed(field.name), (each) => followers.push(each));
      controls[field.name] = control;
      control.shownIf = field.shown_if;
      return control.element;
    };
    const fields = (chosen) => chosen.map(make);
    status = h("p", { class: "wb-state", role: "status", "aria-live": "polite" });
    general = h("p", { class: "wb-error wb-error--general", role: "alert", hidden: true });
    saveButton = spec.save ? h("button", { type: "submit", class: "wb-button wb-button--first" }, spec.save) : null;
    const foot = h("div", { class: "wb-foot" }, saveButton,
      spec.cancel ? button(spec.cancel, () => model.send({ do: "cancel" }), { class: "wb-button--quiet" }) : null,
      spec.room ? h("span", { class: "wb-room" }, spec.room) : null, status);
    const more = spec.more?.length
      ? h("details", { class: "wb-more", open: spec.more_open || before.unfolded }, h("summary", {}, spec.more_label ?? "More"), h("div", { class: "wb-fields" }, fields(spec.more)))
      : null;
    live = h("p", { class: "wb-live", role: "status", "aria-live": "polite", hidden: true });
    const heading = spec.title ? h("h2", { class: "wb-h2", id: newId("title"), dir: "auto" }, spec.title) : null;
    const form = h("form", { class: "wb-form", autocomplete: "off", novalidate: true, onsubmit: save, "aria-labelledby": heading?.id,
      onfocusout: () => send.flush() }, // what is pressed next may be Lock
      heading, h("div", { class: "wb-fields" }, fields(spec.fields)), live, general, more ? [foot, more] : foot);
    el.replaceChildren(form);
    form.querySelectorAll("textarea").forEach((each) => { if (each.value) grow(each); });
    if (Object.keys(since(heard)).length) say("Not saved yet", "open");
    else say(state?.words ?? "", state?.mood ?? "");
    settle();
    if (before.name || before.onSave) goBackTo(before);
    else if (focus) form.querySelector("input, textarea")?.focus();
  };

  const refused = ({ field, rule }) => {
    saveButton?.removeAttribute("aria-disabled");
    const control = controls[field];
    if (!general) return;
    say("Not saved yet", "bad");
    if (!control) { general.textContent = rule; general.hidden = false; return; }
    markWrong(control.element, control.element.querySelector(".wb-error"), rule);
    control.element.closest("details")?.setAttribute("open", "");
    focusOn(control.element);
  };

  const unwatch = watchingConnection((isLost) => { lost = isLost; }, say, () => ({ saveButton, status }));
  const unkeyed = savedByKey(el, () => ({ saveButton, status, byKey }));
  return living(model, el, {
    show,
    refused,
    state: ({ words, mood }) => { if (!Object.keys(waiting).length) say(words, mood); },
    saved: ({ words, values, heard }) => {
      saveButton?.removeAttribute("aria-disabled");
      const newer = since(heard);
      for (const [name, value] of Object.entries(values ?? {})) if (!(name in newer)) controls[name]?.set(value);
      settle();
      if (Object.keys(newer).length) say("Not saved yet", "open");
      else say(words, "good");
    },
    fill: ({ values }) => {
      for (const [name, value] of Object.entries(values)) { delete waiting[name]; delete sent[name]; forget(name); controls[name]?.set(value); }
      settle();
    },
    live: ({ words }) => { if (live) { tellOnce(live, words); live.hidden = !words; } },
  }, () => { send.cancel(); unwatch(); unkeyed(); });
}

export default { render };
