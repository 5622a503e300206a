// Elements from words. Text only ever becomes text: never HTML, Markdown or LaTeX.
const h = (tag, attributes = {}, ...children) => {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "value") element.value = value;
    else if (name === "checked") element.checked = value;
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
};

let lastId = 0;
const newId = (stem) => `wb-${stem}-${++lastId}-${Math.random().toString(36).slice(2, 7)}`;

const button = (label, onclick, { class: more = "", ...attributes } = {}) =>
  h("button", { type: "button", class: `wb-button ${more}`.trim(), onclick, ...attributes }, label);

// What a control does with a message, by the message's name. Returns how to stop listening.
const hearing = (model, hearers) => {
  const hear = (message, data) => hearers[message.do]?.(message, data);
  model.on("msg:custom", hear);
  return () => model.off("msg:custom", hear);
};

// Hands a file to the browser's own way of saving. part: its text, or its bytes.
const saveFile = ({ name, type }, part) => {
  const address = URL.createObjectURL(new Blob([part], { type }));
  h("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
};

const isNarrow = (element) => (element.clientWidth || window.innerWidth) < 560;

const debounce = (delay, act) => {
  let timer = null;
  const later = (...words) => {
    clearTimeout(timer);
    timer = setTimeout(() => { timer = null; act(...words); }, delay);
  };
  later.now = (...words) => { clearTimeout(timer); timer = null; act(...words); };
  later.cancel = () => { clearTimeout(timer); timer = null; };
  return later;
};

// What something that is saved does with the answers of the kernel. foot: its Save button and its line for an
// error, as they stand now. say: puts words on its state line.
const savingAnswers = (el, say, foot) => ({
  state: ({ words, mood }) => say(words, mood),
  saved: ({ words }) => { foot().saveButton?.removeAttribute("aria-disabled"); say(words, "good"); },
  refused: ({ rule }) => {
    const { saveButton, error } = foot();
    saveButton?.removeAttribute("aria-disabled");
    if (error) { error.textContent = rule; error.hidden = false; }
    say("Not saved yet", "bad");
  },
  clear: () => el.replaceChildren(),
});

// Ctrl+S: the frame hears it and asks the form that one is in, which does here what it can. form: its Save button and
// its state line, as they stand now, and whether keys may press it. What seals, proposes or ends something they may not.
const savedByKey = (el, form) => {
  const answer = () => {
    const { saveButton, status, byKey } = form();
    if (!status) return;
    if (!["open", "bad"].includes(status.dataset.mood)) status.textContent = "Nothing new to save.";
    else if (!saveButton?.isConnected) status.textContent = "Not in your book yet: it is saved at the end.";
    else if (byKey) saveButton.click();
    else status.textContent = `Keys alone don’t do this. Press “${saveButton.textContent}” when you mean it.`;
  };
  el.dataset.saves = "";
  el.addEventListener("wb-save", answer);
  return () => { delete el.dataset.saves; el.removeEventListener("wb-save", answer); };
};

// Nothing can be saved while the kernel is out of reach, and that is said. Returns how to stop watching.
const watchingConnection = (tell, say, saveButton) => {
  const changed = ({ detail: { alive } }) => {
    tell(!alive);
    if (!alive) say("Connection lost — reload", "bad");
    alive ? saveButton()?.removeAttribute("aria-disabled") : saveButton()?.setAttribute("aria-disabled", "true");
  };
  window.addEventListener("wb-connection", changed);
  return () => window.removeEventListener("wb-connection", changed);
};
