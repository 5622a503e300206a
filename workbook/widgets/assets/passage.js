// A card through which files go out or come in: its words, a place for what is asked or being done, and a line for
// what came of it. ready: puts what is asked first into the place, and returns what to focus there.
const passage = ({ model, el, name, ready }) => {
  el.classList.add(`wb-${name}-host`);
  const state = h("p", { class: "wb-state", role: "status", "aria-live": "polite" });
  const error = h("p", { class: "wb-error", role: "alert", hidden: true });
  const place = h("div", {});
  let words = {};
  let work = null;
  const say = (text, wrong = "") => { state.textContent = text; error.textContent = wrong; error.hidden = !wrong; };
  const busy = (label, cancel = () => model.send({ do: "cancel" })) => {
    say("");
    work = longWork(label, words.cancel, cancel);
    place.replaceChildren(work.element);
    work.callOff.focus();
    return work;
  };
  const over = (text, wrong) => {
    ready(place, words).focus();
    say(text, wrong);
  };
  const show = (message) => {
    if (el.firstChild) return;
    words = message.words;
    const title = h("h2", { class: "wb-h2", id: newId(name) }, words.title);
    el.replaceChildren(h("section", { class: `wb-card wb-${name}`, "aria-labelledby": title.id }, title,
      words.points.map((text) => h("p", {}, text)), place, error, state));
    ready(place, words);
  };
  const hearers = { show, working: (told) => busy(told.words), progress: (told) => work?.show(told),
    stopped: ({ said }) => over(said), refused: ({ rule }) => over("", rule), clear: () => el.replaceChildren() };
  return { place, say, busy, over, hearers };
};
