// An export: which files, how far it is, and the finished file, fetched piece by piece.
const PAUSE = 300; // between pieces, as the server drops what comes faster than a megabyte a second
function render({ model, el }) {
  let words = {};
  let pieces = null;
  let work = null;
  const ready = (place, told) => {
    words = told;
    const name = newId("format");
    const make = button(words.make, () => model.send({ do: "make", format: place.querySelector("input:checked").value }), { class: "wb-button--first" });
    place.replaceChildren(h("fieldset", { class: "wb-formats" }, h("legend", { class: "wb-label" }, words.format),
      Object.entries(words.formats).map(([value, label], at) => h("label", { class: "wb-check" },
        h("input", { type: "radio", name, value, checked: at === 0, autocomplete: "off" }), h("span", {}, label)))),
      h("div", { class: "wb-foot" }, make));
    return make;
  };
  const { busy, over, hearers } = passage({ model, el, name: "takeout", ready });
  const piece = ({ name, at, count, said }, data) => {
    if (at === 0) {
      pieces = [];
      work = busy(words.working, () => { pieces = null; over(words.stopped); });
    }
    if (!pieces) return;
    pieces.push(new Uint8Array(data[0].buffer, data[0].byteOffset, data[0].byteLength).slice());
    work.show({ done: at + 1, total: count });
    if (at + 1 < count) { setTimeout(() => { if (pieces) model.send({ do: "more", at: at + 1 }); }, at < 6 ? 0 : PAUSE); return; }
    saveFile({ name, type: "application/zip" }, new Blob(pieces));
    pieces = null;
    over(said);
  };
  return living(model, el, { ...hearers, piece });
}

export default { render };
