// An import: files are sent piece by piece, then what would come in is shown line by line before it does.
const PIECE = 1024 * 1024;
function render({ model, el }) {
  el.classList.add("wb-bringin-host");
  let words = {};
  let work = null;
  const state = h("p", { class: "wb-state", role: "status", "aria-live": "polite" });
  const error = h("p", { class: "wb-error", role: "alert", hidden: true });
  const place = h("div", {});
  const say = (text, wrong = "") => { state.textContent = text; error.textContent = wrong; error.hidden = !wrong; };

  const ready = () => {
    work = null;
    const id = newId("files");
    const input = h("input", { id, class: "wb-file", type: "file", multiple: true, accept: ".zip,.csv,.jsonl,.json", autocomplete: "off",
      onchange: () => { if (input.files.length) send([...input.files]); } });
    place.replaceChildren(h("div", { class: "wb-field" }, h("label", { for: id, class: "wb-label" }, words.files), input,
      h("p", { class: "wb-hint" }, words.files_hint)));
    return input;
  };
  const busy = (label) => {
    say("");
    work = longWork({ ...words, working: label }, () => { work = null; model.send({ do: "cancel" }); });
    place.replaceChildren(work.element);
    work.element.querySelector("button").focus();
  };
  const send = async (files) => {
    busy(words.reading);
    const mine = work;
    model.send({ do: "begin" });
    const total = files.reduce((sum, file) => sum + file.size, 0);
    let done = 0;
    for (const file of files) {
      for (let at = 0; at === 0 || at < file.size; at += PIECE) {
        const data = await file.slice(at, at + PIECE).arrayBuffer();
        if (work !== mine) return;
        model.send({ do: "piece", name: file.name }, undefined, [data]);
        done += data.byteLength;
        work.show({ done, total });
      }
    }
    model.send({ do: "look" });
  };
  const choice = (label, hint, options, chosen, name) => {
    const id = newId(name);
    const select = h("select", { id, class: "wb-input", autocomplete: "off", onchange: () => { busy(words.reading); model.send({ do: "look", [name]: select.value }); } },
      options.map(([value, text]) => h("option", { value, selected: value === chosen }, text)));
    return h("div", { class: "wb-field" }, h("label", { for: id, class: "wb-label" }, label), select, hint ? h("p", { class: "wb-hint" }, hint) : null);
  };
  const lines = (all, more) => h("details", { class: "wb-lines" }, h("summary", {}, words.lines),
    h("ul", { tabindex: "0", "aria-label": words.lines }, all.map((line) => h("li", { dir: "auto" }, line)), more ? h("li", {}, more) : null));

  // A CSV file of another journal: which of its columns is what.
  const columns = ({ head, guessed }) => {
    if (!work) return;
    work = null;
    const title = h("h3", { class: "wb-h3", tabindex: "-1" }, words.journal);
    const selects = Object.entries(words.parts).map(([part, label]) => {
      const id = newId(part);
      const select = h("select", { id, class: "wb-input", autocomplete: "off", "data-part": part }, h("option", { value: "" }, words.no_column),
        head.map((name) => h("option", { value: name, selected: guessed[part] === name }, name)));
      return h("div", { class: "wb-field" }, h("label", { for: id, class: "wb-label" }, label), select);
    });
    const chosen = () => Object.fromEntries(selects.map((each) => each.querySelector("select")).map((each) => [each.dataset.part, each.value]));
    place.replaceChildren(title, h("p", {}, words.journal_hint), ...selects, h("div", { class: "wb-foot" },
      button(words.look, () => { const picked = chosen(); busy(words.reading); model.send({ do: "look", columns: picked }); }, { class: "wb-button--first" }),
      button(words.not_now, () => { ready().focus(); say(words.left); }, { class: "wb-button--quiet" })));
    title.focus();
  };

  const found = ({ summary, warnings, all, more, count, people, me, order }) => {
    if (!work) return;
    work = null;
    say("");
    const title = h("h3", { class: "wb-h3", tabindex: "-1" }, summary);
    place.replaceChildren(title, ...warnings.map((text) => h("p", { class: "wb-warning", dir: "auto" }, text)),
      ...(people ? [choice(words.me, words.me_hint, people, me, "me")] : []),
      ...(order !== null ? [choice(words.order, "", Object.entries(words.orders), order, "order")] : []),
      lines(all, more), h("div", { class: "wb-foot" },
        count ? button(words.bring, () => { busy(words.bringing); model.send({ do: "bring" }); }, { class: "wb-button--first" }) : null,
        button(words.not_now, () => { model.send({ do: "cancel" }); ready().focus(); say(words.left); }, { class: "wb-button--quiet" })));
    title.focus();
  };
  const brought = ({ summary, all, more }) => {
    ready();
    place.append(lines(all, more));
    say(summary);
  };
  const show = (message) => {
    if (el.firstChild) return;
    words = message.words;
    const title = h("h2", { class: "wb-h2", id: newId("bringin") }, words.title);
    el.replaceChildren(h("section", { class: "wb-card wb-bringin", "aria-labelledby": title.id }, title,
      words.points.map((text) => h("p", {}, text)), place, error, state));
    ready();
  };
  const over = (said, wrong) => { ready(); say(said, wrong); };
  const stop = hearing(model, { show, progress: (message) => work?.show(message), columns, found, brought,
    stopped: ({ said }) => over(said, ""), refused: ({ rule }) => over("", rule), clear: () => el.replaceChildren() });
  model.send({ do: "ready" });
  return () => { stop(); el.replaceChildren(); };
}

export default { render };
