// Sentences to tick, advice, people to call. Ticks and the chosen country are variables of this view: they are
// never sent, never stored, never in a form control, and gone as soon as nobody looks at the page.
function render({ model, el }) {
  el.classList.add("wb-safety");
  let forget = () => {};

  // A browser keeps what stands in form controls, also hidden ones, in its session files. Buttons it does not.
  const tick = (words) => h("button", { type: "button", class: "wb-tick", role: "checkbox", "aria-checked": "false",
    onclick: ({ currentTarget: box }) => box.setAttribute("aria-checked", String(box.getAttribute("aria-checked") !== "true")) },
    h("span", { class: "wb-tick-box", "aria-hidden": "true" }), h("span", {}, words));
  const sentences = ({ title, intro, items }) => {
    const id = newId("sentences");
    return h("section", { class: "wb-card" }, h("h2", { class: "wb-h2", id }, title), h("p", {}, intro),
      h("div", { class: "wb-ticks", role: "group", "aria-labelledby": id }, items.map(tick)));
  };

  const noted = ({ title, words }, more = "") => h("div", { class: `wb-noted ${more}`.trim() }, h("h3", { class: "wb-h3" }, title), h("p", {}, words));
  const advice = ({ title, paragraphs, now, unknown }) => h("section", {}, h("h2", { class: "wb-h2" }, title),
    noted(now, "wb-noted--now"), paragraphs.map((words) => h("p", {}, words)), noted(unknown));

  const copy = (label, name, text, words, said) => button(label, async () => {
    try {
      await navigator.clipboard.writeText(text);
      said.textContent = words.copied;
    } catch {
      said.textContent = words.not_copied; // a browser may forbid it; the text can still be selected
    }
  }, { "aria-label": `${label}: ${name}` });
  const line = (words) => ({ name, serves, number, text_line: text, site, source }) => {
    const said = h("p", { class: "wb-copied", role: "status" });
    return h("li", { class: "wb-card wb-helpline" }, h("h3", { class: "wb-h3" }, name), serves ? h("p", {}, serves) : null,
      number ? h("div", { class: "wb-call" }, h("span", { class: "wb-number" }, number), copy(words.copy_number, name, number, words, said)) : null,
      text ? h("div", { class: "wb-call" }, h("span", {}, words.text_line.replace("{text_line}", text)), copy(words.copy_text_line, name, text, words, said)) : null,
      number || text ? null : h("p", {}, words.look_up),
      site ? h("div", { class: "wb-call" }, h("span", { class: "wb-site" }, site), copy(words.copy_site, name, site, words, said)) : null,
      said, h("p", { class: "wb-meta" }, source));
  };

  // From the browser's language alone: no address is looked up, nobody is asked.
  const atFirst = (countries) => {
    const region = navigator.languages.map((language) => /[-_]([A-Z]{2})\b/.exec(language)?.[1]).find(Boolean);
    return countries.find(({ code }) => code === region) ?? null;
  };
  const numbers = (words, countries, left) => {
    const id = newId("country");
    const now = h("p", { class: "wb-country" });
    const lines = h("ul", { class: "wb-list" });
    const change = button(words.change, () => fold(choices.hidden), {});
    const choices = h("div", { class: "wb-countries", id });
    change.setAttribute("aria-controls", id);
    const fold = (open) => { choices.hidden = !open; change.setAttribute("aria-expanded", String(open)); };
    const show = (chosen) => {
      now.replaceChildren(...(chosen ? [`${words.country}: `, h("strong", {}, chosen.name)] : [words.choose]));
      lines.replaceChildren(...(chosen?.lines.map(line(words)) ?? []));
      group.querySelectorAll("button").forEach((each) => each.setAttribute("aria-pressed", String(each.textContent === chosen?.name)));
      change.hidden = !chosen;
      fold(!chosen);
    };
    const group = h("div", { class: "wb-options", role: "group", "aria-label": words.choose }, countries.map((country) =>
      button(country.name, () => { show(country); change.focus(); }, { class: "wb-tag" })));
    choices.append(group, h("p", { class: "wb-meta" }, words.elsewhere));
    const begin = () => show(atFirst(countries));
    begin();
    const listed = countries.length
      ? [h("div", { class: "wb-choice" }, now, change), choices, lines]
      : [h("p", { class: "wb-empty" }, words.unreadable)];
    const section = h("section", {}, h("h2", { class: "wb-h2" }, words.title),
      [words.check, words.calls, words.sites].map((each) => h("p", { class: "wb-before" }, each)), listed, leftOut(words, left));
    return { section, begin };
  };
  const leftOut = (words, left) => left.length
    ? h("div", { class: "wb-meta" }, h("p", {}, words.left_title), h("ul", {}, left.map((each) => h("li", {}, each)))) : null;

  const devices = ({ title, sentences: said, by_name: byName, lab }) => h("section", {}, h("h2", { class: "wb-h2" }, title),
    h("ul", { class: "wb-said" }, said.map((words) => h("li", {}, words)),
      document.body.dataset.voila ? null : h("li", {}, lab),
      /safety/.test(location.pathname) ? h("li", {}, byName) : null));

  const show = ({ words, countries, left }) => {
    const { section, begin } = numbers(words.numbers, countries, left);
    el.replaceChildren(sentences(words.sentences), advice(words.advice), section, devices(words.devices));
    forget = () => {
      el.querySelectorAll("[aria-checked=true]").forEach((box) => box.setAttribute("aria-checked", "false"));
      begin();
    };
  };

  // Whatever takes the page out of sight: another page, the door, another tab, another window in front.
  const ifUnseen = () => { if (document.hidden || !el.getClientRects().length) forget(); };
  const watch = new ResizeObserver(ifUnseen);
  watch.observe(el);
  document.addEventListener("visibilitychange", ifUnseen);
  const onPageHide = () => forget();
  window.addEventListener("pagehide", onPageHide);

  const stop = hearing(model, { show, clear: () => el.replaceChildren() });
  model.send({ do: "ready" });
  return () => {
    forget();
    stop();
    watch.disconnect();
    document.removeEventListener("visibilitychange", ifUnseen);
    window.removeEventListener("pagehide", onPageHide);
    el.replaceChildren();
  };
}

export default { render };
