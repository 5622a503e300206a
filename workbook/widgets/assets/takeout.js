// An export: which files, how far it is, and the finished file, fetched piece by piece.
const PAUSE = 300; // between pieces, as the server drops what comes faster than a megabyte a second
function render({ model, el }) {
  el.classList.add("wb-takeout-host");
  let words = {};
  let work = null;
  let pieces = [];
  const state = h("p", { class: "wb-state", role: "status", "aria-live": "polite" });
  const error = h("p", { class: "wb-error", role: "alert", hidden: true });
  const place = h("div", {});
  const say = (text, wrong = "") => { state.textContent = text; error.textContent = wrong; error.hidden = !wrong; };

  const ready = () => {
    work = null;
    const name = newId("format");
    place.replaceChildren(h("fieldset", { class: "wb-formats" }, h("legend", { class: "wb-label" }, words.format),
      Object.entries(words.formats).map(([value, label], at) => h("label", { class: "wb-check" },
        h("input", { type: "radio", name, value, checked: at === 0, autocomplete: "off" }), h("span", {}, label)))),
      h("div", { class: "wb-foot" }, button(words.make, make, { class: "wb-button--first" })));
  };
  const make = () => {
    const format = place.querySelector("input:checked").value;
    pieces = [];
    say("");
    work = longWork(words, () => model.send({ do: "cancel" }));
    place.replaceChildren(work.element);
    work.element.querySelector("button").focus();
    model.send({ do: "make", format });
  };
  const done = (text, wrong) => {
    ready();
    say(text, wrong);
    place.querySelector("button").focus();
  };
  const show = (message) => {
    if (el.firstChild) return;
    words = message.words;
    const title = h("h2", { class: "wb-h2", id: newId("takeout") }, words.title);
    el.replaceChildren(h("section", { class: "wb-card wb-takeout", "aria-labelledby": title.id }, title,
      words.points.map((text) => h("p", {}, text)), place, error, state));
    ready();
  };
  const piece = ({ name, at, count, said }, data) => {
    if (!work) return;
    pieces.push(new Uint8Array(data[0].buffer, data[0].byteOffset, data[0].byteLength).slice());
    if (at + 1 < count) { setTimeout(() => model.send({ do: "more", at: at + 1 }), at < 6 ? 0 : PAUSE); return; }
    saveFile({ name, type: "application/zip" }, new Blob(pieces));
    pieces = [];
    done(said, "");
  };
  const stop = hearing(model, { show, progress: (message) => work?.show(message), piece,
    stopped: ({ said }) => done(said, ""), refused: ({ rule }) => done("", rule), clear: () => el.replaceChildren() });
  model.send({ do: "ready" });
  return () => { stop(); el.replaceChildren(); };
}

export default { render };
