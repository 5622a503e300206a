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

// The life of a view: it hears, asks for what to show, and leaves nothing behind. Returns what ends it.
const living = (model, el, hearers, end = () => {}) => {
  const stop = hearing(model, { clear: () => el.replaceChildren(), ...hearers });
  model.send({ do: "ready" });
  return () => { stop(); end(); el.replaceChildren(); };
};

// Says what was refused, on the view's line for errors.
const refusing = (el) => ({ rule }) => {
  const error = el.querySelector(".wb-error");
  if (error) { error.textContent = rule; error.hidden = false; }
};

const fillWords = (words, values) => words.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");

const labelledLine = ([label, words]) =>
  h("p", { class: "wb-line", dir: "auto" }, label ? h("span", { class: "wb-line-label" }, `${label} `) : null, words);

// Short paragraphs that each begin with what they are about.
const listOfPoints = (points, attributes = {}) => h("dl", attributes, points.map(({ about, words }) => [h("dt", {}, about), h("dd", {}, words)]));

// Prints one part of the page by itself.
const printAlone = (part) => {
  part.classList.add("wb-print-this");
  document.body.classList.add("wb-printing");
  window.print();
  document.body.classList.remove("wb-printing");
  part.classList.remove("wb-print-this");
};

const goTo = (detail) => window.dispatchEvent(new CustomEvent("wb-go", { detail }));

// Hands a file to the browser's own way of saving. part: its text, or its bytes.
const saveFile = ({ name, type }, part) => {
  const address = URL.createObjectURL(new Blob([part], { type: type ?? part.type }));
  h("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
};

// What is wrong stands at its field and is read along with it, so it needs no announcement of its own. Radios are
// wrong together.
const markWrong = (field, error, rule) => {
  const place = field.querySelector("[role=radiogroup], input, textarea, select");
  error.id ||= newId("error");
  error.textContent = rule;
  error.hidden = false;
  place.setAttribute("aria-invalid", "true");
  place.setAttribute("aria-errormessage", error.id);
  const about = (place.getAttribute("aria-describedby") ?? "").split(" ").filter(Boolean);
  if (!about.includes(error.id)) place.setAttribute("aria-describedby", [...about, error.id].join(" "));
};
const unmarkWrong = (field, error) => {
  error.hidden = true;
  field.querySelectorAll("[aria-invalid]").forEach((each) => ["aria-invalid", "aria-errormessage"].forEach((name) => each.removeAttribute(name)));
};

// A live region speaks when its words are set, even to what they were: they are set only where they change.
const tellOnce = (region, words) => { if (region.textContent !== words) region.textContent = words; };

// How something stands that is written. What changes while one types is to be seen; said aloud at every pause, it
// would talk into the writing.
const tellState = (status, words, mood = "") => {
  if (!status) return;
  status.setAttribute("aria-live", mood === "open" ? "off" : "polite");
  status.dataset.mood = mood;
  tellOnce(status, words);
};
// A region speaks when its words change while it stands, and is silent when it comes with them.
const onceItStands = (tell) => setTimeout(tell, 60);

// Draws anew all but the lines that speak: those stay where they are, below it.
const drawAbove = (el, drawn, ...speaking) => {
  if (speaking.some((each) => each.parentNode !== el)) el.replaceChildren(drawn, ...speaking);
  else el.firstElementChild.replaceWith(drawn);
};

const isNarrow = (element) => (element.clientWidth || window.innerWidth) < 560;

const debounce = (delay, act) => {
  let timer = null;
  const later = (...words) => {
    clearTimeout(timer);
    timer = setTimeout(() => { timer = null; act(...words); }, delay);
  };
  later.now = (...words) => { clearTimeout(timer); timer = null; act(...words); };
  later.flush = () => { if (timer) later.now(); }; // at once, if it was to be at all
  later.cancel = () => { clearTimeout(timer); timer = null; };
  return later;
};
