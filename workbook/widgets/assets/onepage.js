// A page to save: what may stand on it is ticked in, and the preview is exactly the page that is saved.
const AT_ONCE = 6; // things of a group that show before the rest of it is unfolded

function render({ model, el }) {
  el.classList.add("wb-onepage-host");
  let words = {};
  let ticks = new Set();
  let paper = "";
  let picture = "";
  let parts = {};
  let unsent = false;

  const day = (name, value) => {
    const input = h("input", { type: "date", id: newId(name), class: "wb-input", autocomplete: "off", value, min: "1900-01-01", max: "2199-12-31", onchange: () => choose() });
    const error = h("p", { class: "wb-error", hidden: true });
    parts[name] = input;
    parts[`${name}-error`] = error;
    parts[`${name}-field`] = h("div", { class: "wb-field wb-field--date" }, h("label", { class: "wb-label", for: input.id }, words[name]), input, error);
    return parts[`${name}-field`];
  };
  const papers = () => {
    const label = h("p", { class: "wb-label", id: newId("paper") }, words.paper);
    const name = newId("papers");
    return h("div", { class: "wb-field" }, label, h("div", { class: "wb-options", role: "radiogroup", "aria-labelledby": label.id },
      Object.entries(words.papers).map(([value, said]) => h("label", { class: "wb-option wb-option--chip" },
        h("input", { type: "radio", name, autocomplete: "off", checked: value === paper, onchange: () => { paper = value; choose(); } }),
        h("span", { class: "wb-option-face" }, h("span", { class: "wb-option-label" }, said))))));
  };

  const send = debounce(250, () => {
    unsent = false;
    model.send({ do: "choose", since: parts.since.value, until: parts.until.value, paper, ticks: [...ticks] });
  });
  const choose = () => {
    for (const name of ["since", "until"]) unmarkWrong(parts[`${name}-field`], parts[`${name}-error`]);
    parts.error.hidden = true;
    waiting(true);
    unsent = true;
    send();
  };
  const waiting = (isAsked) => {
    parts.said.setAttribute("aria-live", isAsked ? "polite" : "off");
    parts.save.setAttribute("aria-disabled", "true");
    parts.preview.setAttribute("aria-busy", "true");
    parts.said.replaceChildren(words.working);
  };

  const tick = ({ id, label, words: said }) => {
    const box = h("input", { type: "checkbox", autocomplete: "off", checked: ticks.has(id),
      onchange: () => { if (box.checked) ticks.add(id); else ticks.delete(id); choose(); } });
    return { id, box, element: h("li", {}, h("label", { class: "wb-choose" }, box,
      h("span", { dir: "auto" }, label ? h("span", { class: "wb-line-label" }, `${label}: `) : null, said))) };
  };
  const group = ({ title, things }) => {
    const boxes = things.map(tick);
    const all = (on) => () => {
      boxes.forEach(({ id, box }) => { box.checked = on; if (on) ticks.add(id); else ticks.delete(id); });
      choose();
    };
    const several = boxes.length > 2 ? h("div", { class: "wb-actions" },
      button(words.all, all(true), { class: "wb-button--quiet", "aria-label": `${words.all}: ${title}` }),
      button(words.none, all(false), { class: "wb-button--quiet", "aria-label": `${words.none}: ${title}` })) : null;
    const list = (some) => h("ul", {}, some.map(({ element }) => element));
    const rest = boxes.slice(AT_ONCE);
    const folded = rest.length ? h("details", { class: "wb-more", open: rest.some(({ box }) => box.checked) },
      h("summary", {}, words.rest.replace("{count}", rest.length)), list(rest)) : null;
    return h("fieldset", { class: "wb-choices" }, h("legend", { class: "wb-h3" }, title), list(boxes.slice(0, AT_ONCE)), folded, several);
  };
  const things = ({ groups, ticks: ticked }) => {
    if (!parts.groups) return;
    if (!unsent) ticks = new Set(ticked);
    parts.groups.replaceChildren(...(groups.length ? groups.map(group) : [h("p", { class: "wb-empty" }, words.empty)]));
    waiting(false);
  };

  const closer = () => {
    const toggle = button(words.closer, () => {
      const large = parts.sheet.classList.toggle("wb-sheet-large");
      toggle.textContent = large ? words.smaller : words.closer;
    }, { class: "wb-button--quiet" });
    return toggle;
  };
  const inWords = (said) => h("details", { class: "wb-more" }, h("summary", {}, words.in_words),
    said.map(([title, lines]) => h("div", { class: "wb-page-words" }, title ? h("h4", { dir: "auto" }, title) : null,
      lines.map((line) => h("p", { dir: "auto" }, line)))));
  const forget = () => { if (picture) URL.revokeObjectURL(picture); picture = ""; };
  const made = ({ said, words: spoken, fits }, [png] = []) => {
    if (!parts.said) return;
    const unfolded = parts.preview.querySelector("details")?.open;
    forget();
    parts.preview.removeAttribute("aria-busy");
    parts.said.replaceChildren(...said.map((sentence) => h("span", { dir: "auto" }, sentence)));
    parts.save[fits ? "removeAttribute" : "setAttribute"]("aria-disabled", "true");
    parts.warning.hidden = !fits;
    if (!fits) { parts.preview.replaceChildren(); return; }
    picture = URL.createObjectURL(new Blob([png], { type: "image/png" }));
    parts.sheet = h("div", { class: "wb-page-frame", role: "region", "aria-label": words.preview, tabindex: "0" }, h("img", { class: "wb-page-picture", src: picture, alt: words.alt }));
    parts.preview.replaceChildren(parts.sheet, h("div", { class: "wb-actions" }, closer()), inWords(spoken));
    if (unfolded) parts.preview.querySelector("details").open = true;
  };

  const show = (told) => {
    const isOpen = told.open;
    words = told.words;
    paper = told.paper;
    parts = { groups: h("div", { class: "wb-choosing" }), said: h("p", { class: "wb-state wb-fit", role: "status", "aria-live": "polite" }),
      preview: h("div", { class: "wb-preview" }), warning: h("p", { class: "wb-warning", hidden: true }, words.warning),
      error: h("p", { class: "wb-error wb-error--general", role: "alert", hidden: true }) };
    const save = () => { if (parts.save.getAttribute("aria-disabled") !== "true") model.send({ do: "save" }); };
    parts.save = button(words.save, save, { class: "wb-button--first", "aria-disabled": "true" });
    const details = h("details", { class: "wb-more wb-onepage", ontoggle: () => { if (details.open) model.send({ do: "open" }); } },
      h("summary", {}, words.begin),
      h("p", {}, words.intro), h("div", { class: "wb-days" }, day("since", told.since), day("until", told.until)), papers(),
      parts.groups, h("h3", { class: "wb-h3" }, words.preview), parts.said, parts.preview, parts.warning, parts.error, h("div", { class: "wb-foot" }, parts.save));
    el.replaceChildren(h("section", { class: "wb-card" }, h("h2", { class: "wb-h2" }, words.title), h("p", {}, words.purpose), details));
    if (isOpen) details.open = true;
  };

  const refused = ({ field, rule }) => {
    if (!parts.error) return;
    const wrong = parts[`${field}-field`];
    if (wrong) { markWrong(wrong, parts[`${field}-error`], rule); parts[field].focus(); }
    else { parts.error.textContent = rule; parts.error.hidden = false; }
    parts.preview.removeAttribute("aria-busy");
    parts.preview.replaceChildren();
    parts.said.replaceChildren();
    parts.warning.hidden = true;
  };
  const clear = () => { send.cancel(); forget(); ticks = new Set(); parts = {}; el.replaceChildren(); };
  const stop = hearing(model, { show, things, made, refused, clear, file: (about, [pdf]) => saveFile(about, pdf) });
  model.send({ do: "ready" });
  return () => { stop(); clear(); };
}

export default { render };
