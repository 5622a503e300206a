// What came of a vote. Looked at anew when one comes back to it, and now and then while one looks at it: the
// other may have answered meanwhile, perhaps on the other side of the same table.
const PAUSE_MS = 4000;

function render({ model, el }) {
  el.classList.add("wb-outcome-host");
  let before = "";

  const name = ({ name: words, words: about, mark }) => h("li", { class: mark ? "wb-named wb-named--first" : "wb-named" },
    h("p", { class: "wb-named-name" }, h("strong", { dir: "auto" }, words), mark ? h("span", { class: "wb-tag wb-tag--still" }, mark) : null),
    about ? h("p", { class: "wb-meta", dir: "auto" }, about) : null);
  const way = ({ name: words, words: about }) => h("li", {}, h("p", {}, h("strong", {}, words), " ", about));
  const list = (line) => ({ title, above, below }) => h("section", { class: "wb-listed", "aria-label": title }, h("h4", { class: "wb-h3", dir: "auto" }, title),
    h("ol", {}, above.map((each) => h("li", { dir: "auto" }, each))),
    below.length ? [h("p", { class: "wb-listed-line" }, line), h("ul", {}, below.map((each) => h("li", { dir: "auto" }, each)))] : null);
  const openedLists = ({ title, line, lists, course_title: courseTitle, course }) => h("div", { class: "wb-opened" }, h("h3", { class: "wb-h3" }, title),
    h("div", { class: "wb-lists" }, lists.map(list(line))),
    h("h3", { class: "wb-h3" }, courseTitle), h("ol", { class: "wb-course" }, course.map((words) => h("li", { dir: "auto" }, words))));
  const ticking = ({ label, hint, is_set: isSet }) => {
    const id = newId("tick");
    const input = h("input", { type: "checkbox", id, autocomplete: "off", checked: isSet, "aria-describedby": `${id}-hint`, "data-at": "tick",
      onchange: () => model.send({ do: "tick", yes: input.checked }) });
    return h("div", { class: "wb-ticking" }, h("label", { class: "wb-check", for: id }, input, h("span", {}, label)), h("p", { class: "wb-hint", id: `${id}-hint` }, hint));
  };

  const show = ({ found }) => {
    const now = JSON.stringify(found);
    if (now === before) return;
    before = now;
    const at = el.contains(document.activeElement) ? document.activeElement.dataset.at : null;
    const title = h("h2", { class: "wb-h2", id: newId("outcome") }, found.title);
    const error = h("p", { class: "wb-error", role: "alert", hidden: true });
    el.replaceChildren(h("section", { class: "wb-card wb-outcome", "aria-labelledby": title.id }, h("div", { role: "status" }, title,
      found.sentences.map((words) => h("p", {}, words)),
      found.names.length ? h("ul", { class: "wb-names" }, found.names.map(name)) : null),
      found.ways.length ? [h("h3", { class: "wb-h3" }, found.ways_title), h("ul", { class: "wb-ways" }, found.ways.map(way))] : null,
      found.tick ? ticking(found.tick) : null, error,
      found.opened ? openedLists(found.opened) : null));
    if (at) el.querySelector(`[data-at="${at}"]`)?.focus({ preventScroll: true });
  };

  const look = debounce(150, () => { if (el.clientHeight && document.visibilityState === "visible") model.send({ do: "look" }); });
  let inSight = false;
  const sight = new IntersectionObserver((entries) => { inSight = entries.at(-1).isIntersecting; if (inSight) look(); });
  const nowAndThen = setInterval(() => { if (inSight) look(); }, PAUSE_MS);
  sight.observe(el);
  window.addEventListener("focus", look);
  document.addEventListener("visibilitychange", look);
  return living(model, el, { show, refused: refusing(el) }, () => {
    look.cancel();
    clearInterval(nowAndThen);
    sight.disconnect();
    window.removeEventListener("focus", look);
    document.removeEventListener("visibilitychange", look);
  });
}

export default { render };
