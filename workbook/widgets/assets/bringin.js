// An import: files are sent piece by piece, then what would come in is shown line by line before it does.
const PIECE = 1024 * 1024;
function render({ model, el }) {
  let words = {};
  const ready = (place, told) => {
    words = told;
    const id = newId("files");
    const input = h("input", { id, class: "wb-file", type: "file", multiple: true, accept: ".zip,.csv,.jsonl,.json", autocomplete: "off",
      onchange: () => { if (input.files.length) send([...input.files]); } });
    place.replaceChildren(field(words.files, input, words.files_hint));
    return input;
  };
  const { place, say, busy, over, hearers } = passage({ model, el, name: "bringin", ready });
  const field = (label, control, hint) => {
    if (hint) control.setAttribute("aria-describedby", `${control.id}-hint`);
    return h("div", { class: "wb-field" }, h("label", { for: control.id, class: "wb-label" }, label), control,
      hint ? h("p", { class: "wb-hint", id: `${control.id}-hint` }, hint) : null);
  };
  const send = async (files) => {
    let isCalledOff = false;
    const work = busy(words.reading, () => { isCalledOff = true; over(words.left); });
    model.send({ do: "begin" });
    const sized = files.map((file) => [file, file.size]);
    const total = sized.reduce((sum, [, size]) => sum + size, 0);
    let done = 0;
    for (const [file, size] of sized) {
      for (let at = 0; at === 0 || at < size; at += PIECE) {
        const data = await file.slice(at, at + PIECE).arrayBuffer().catch(() => null);
        if (isCalledOff) return;
        // A piece of a file that is gone meanwhile is an error for one browser, and short for another.
        if (data?.byteLength !== Math.min(PIECE, size - at)) { over("", fillWords(words.unreadable, { file: file.name })); return; }
        model.send({ do: "piece", name: file.name }, undefined, [data]);
        done += data.byteLength;
        work.show({ done, total });
      }
    }
    model.send({ do: "look" });
  };
  const select = (name, label, hint, options, chosen, onchange) => field(label,
    h("select", { id: newId(name), class: "wb-input", autocomplete: "off", "data-part": name, onchange },
      options.map(([value, text]) => h("option", { value, selected: value === chosen }, text))), hint);
  const lookAgain = (name) => (event) => model.send({ do: "look", [name]: event.target.value });
  const lines = (all, more) => h("details", { class: "wb-lines" }, h("summary", {}, words.lines),
    h("ul", { tabindex: "0", "aria-label": words.lines }, all.map((line) => h("li", { dir: "auto" }, line)), more ? h("li", {}, more) : null));
  const asking = (heading, children, yes) => {
    say("");
    const title = h("h3", { class: "wb-h3", tabindex: "-1" }, heading);
    place.replaceChildren(title, ...children, h("div", { class: "wb-foot" }, ...(yes ? [yes] : []),
      button(words.not_now, () => over(words.left), { class: "wb-button--quiet" })));
    title.focus();
  };

  // A CSV file of another journal: which of its columns is what.
  const columns = ({ head, guessed }) => {
    const named = [["", words.no_column], ...head.map((name) => [name, name])];
    const selects = Object.entries(words.parts).map(([part, label]) => select(part, label, "", named, guessed[part]));
    const chosen = () => Object.fromEntries([...place.querySelectorAll("select")].map((each) => [each.dataset.part, each.value]));
    asking(words.journal, [h("p", {}, words.journal_hint), ...selects],
      button(words.look, () => model.send({ do: "look", columns: chosen() }), { class: "wb-button--first" }));
  };
  const found = ({ summary, warnings, all, more, count, people, me, order }) => asking(summary, [
    ...warnings.map((text) => h("p", { class: "wb-warning", dir: "auto" }, text)),
    ...(people ? [select("me", words.me, words.me_hint, people, me, lookAgain("me"))] : []),
    ...(order !== null ? [select("order", words.order, "", Object.entries(words.orders), order, lookAgain("order"))] : []),
    lines(all, more)], count ? button(words.bring, () => model.send({ do: "bring" }), { class: "wb-button--first" }) : null);
  const brought = ({ summary, all, more }) => {
    over(summary);
    place.append(lines(all, more));
  };
  return living(model, el, { ...hearers, columns, found, brought });
}

export default { render };
