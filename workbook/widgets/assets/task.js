// Something that takes its time: a form, then progress with a way to call it off, a question, what came of it.
// A file that is handed over travels as the bytes of one message.
const LARGEST_FILE = 240 * 1024 * 1024;

function render({ model, el }) {
  el.classList.add("wb-task-host");
  let shown = null;
  let state = "form";
  let work = null;

  const card = (...children) => {
    const title = h("h2", { class: "wb-h2", id: newId("task"), tabindex: "-1" }, shown.words.title);
    const error = h("p", { class: "wb-error", role: "alert", hidden: true });
    el.replaceChildren(h("section", { class: "wb-card wb-task", "aria-labelledby": title.id }, title, children, error));
    return title;
  };
  const labelled = (label, input, hint) => h("div", { class: "wb-field" },
    h("label", { for: input.id, class: "wb-label" }, label), input, hint ? h("p", { class: "wb-hint", id: `${input.id}-hint` }, hint) : null);

  const input = ({ words, asks, given }) => {
    const id = newId("given");
    const about = { id, class: "wb-input", autocomplete: "off", "aria-describedby": words.hint ? `${id}-hint` : null };
    if (asks === "choice") return h("select", about, h("option", { value: "" }, words.none), given.map(([value, label]) => h("option", { value }, label)));
    return asks ? h("input", { ...about, type: "text", spellcheck: "false", dir: "auto", value: given }) : null;
  };

  const form = () => {
    state = "form";
    const { words, instead, takes_file: takesFile } = shown;
    if (instead) return card(words.points ? listOfPoints(words.points) : null, h("p", { dir: "auto" }, instead));
    const value = input(shown);
    const file = takesFile ? h("input", { id: newId("file"), type: "file", class: "wb-input wb-file", autocomplete: "off" }) : null;
    if (file && words.file_hint) file.setAttribute("aria-describedby", `${file.id}-hint`);
    const start = async (event) => {
      event.preventDefault();
      const chosen = file?.files[0];
      if (chosen && chosen.size > LARGEST_FILE) { refused({ rule: words.too_large }); return; }
      const bytes = await chosen?.arrayBuffer().catch(() => null);
      if (chosen && !bytes) { refused({ rule: fillWords(words.unreadable, { file: chosen.name }) }); return; }
      model.send({ do: "start", value: value?.value ?? "" }, undefined, chosen ? [bytes] : []);
    };
    return card(words.points ? listOfPoints(words.points) : null, h("form", { autocomplete: "off", novalidate: true, onsubmit: start },
      value ? labelled(words.label, value, words.hint) : null, file ? labelled(words.file, file, words.file_hint) : null,
      h("div", { class: "wb-foot" }, h("button", { type: "submit", class: `wb-button${words.grave ? " wb-button--grave" : ""}` }, words.start))));
  };

  const working = ({ words, can_cancel: canCancel }) => {
    state = "working";
    work = longWork(words, shown.words.cancel, canCancel ? () => model.send({ do: "cancel" }) : null);
    card(work.element).focus();
  };
  const question = ({ lines, question: words }) => {
    state = "question";
    const answer = (what) => () => { if (what === "no") form().focus(); model.send({ do: what }); };
    const title = card(lines.map((line) => h("p", { dir: "auto" }, line)), h("div", { class: "wb-foot" },
      button(words.yes, answer("yes"), { class: "wb-button--first" }), button(words.no, answer("no"), { class: "wb-button--quiet" })));
    title.textContent = words.title;
    title.focus();
  };
  const done = ({ lines }) => {
    state = "done";
    const title = card(lines.map((line) => h("p", { dir: "auto" }, line)), h("div", { class: "wb-foot" },
      button(shown.words.again, () => form().focus(), { class: "wb-button--quiet" })));
    title.focus();
  };
  const refused = ({ rule }) => {
    if (state !== "form") form();
    const error = el.querySelector(".wb-error");
    error.textContent = rule;
    error.hidden = false;
    const [field, another] = el.querySelectorAll(".wb-field");
    if (!field || another) return;
    const input = field.querySelector("input, select");
    error.id = newId("error");
    input.setAttribute("aria-invalid", "true");
    input.setAttribute("aria-errormessage", error.id);
    input.focus();
  };
  const show = (message) => {
    const changed = JSON.stringify(message) !== JSON.stringify(shown);
    shown = message;
    if (state === "form" && changed && !el.contains(document.activeElement)) form();
  };
  return living(model, el, { show, working, progress: (told) => work?.show(told), question, done, refused });
}

export default { render };
