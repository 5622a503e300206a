// People to call, by country. The chosen country is a variable of a view: it is never sent and never stored.
const copyButton = (label, name, text, words, said) => button(label, async () => {
  try {
    await navigator.clipboard.writeText(text);
    said.textContent = words.copied;
  } catch {
    said.textContent = words.not_copied; // a browser may forbid it; the text can still be selected
  }
}, { "aria-label": `${label}: ${name}` });
const helpline = (words) => ({ name, serves, number, text_line: text, site, source }) => {
  const said = h("p", { class: "wb-copied", role: "status" });
  return h("li", { class: "wb-card wb-helpline" }, h("h3", { class: "wb-h3" }, name), serves ? h("p", {}, serves) : null,
    number ? h("div", { class: "wb-call" }, h("span", { class: "wb-number" }, number), copyButton(words.copy_number, name, number, words, said)) : null,
    text ? h("div", { class: "wb-call" }, h("span", {}, words.text_line.replace("{text_line}", text)), copyButton(words.copy_text_line, name, text, words, said)) : null,
    number || text ? null : h("p", {}, words.look_up),
    site ? h("div", { class: "wb-call" }, h("span", { class: "wb-site" }, site), copyButton(words.copy_site, name, site, words, said)) : null,
    said, h("p", { class: "wb-meta" }, source));
};

// From the browser's language alone: no address is looked up, nobody is asked.
const countryAtFirst = (countries) => {
  const region = navigator.languages.map((language) => /[-_]([A-Z]{2})\b/.exec(language)?.[1]).find(Boolean);
  return countries.find(({ code }) => code === region) ?? null;
};
const helplines = (words, countries, left) => {
  const id = newId("country");
  const now = h("p", { class: "wb-country" });
  const lines = h("ul", { class: "wb-list" });
  const change = button(words.change, () => fold(choices.hidden), {});
  const choices = h("div", { class: "wb-countries", id });
  change.setAttribute("aria-controls", id);
  const fold = (open) => { choices.hidden = !open; change.setAttribute("aria-expanded", String(open)); };
  const show = (chosen) => {
    now.replaceChildren(...(chosen ? [`${words.country}: `, h("strong", {}, chosen.name)] : [words.choose]));
    lines.replaceChildren(...(chosen?.lines.map(helpline(words)) ?? []));
    group.querySelectorAll("button").forEach((each) => each.setAttribute("aria-pressed", String(each.textContent === chosen?.name)));
    change.hidden = !chosen;
    fold(!chosen);
  };
  const group = h("div", { class: "wb-options", role: "group", "aria-label": words.choose }, countries.map((country) =>
    button(country.name, () => { show(country); change.focus(); }, { class: "wb-tag" })));
  choices.append(group, h("p", { class: "wb-meta" }, words.elsewhere));
  const begin = () => show(countryAtFirst(countries));
  begin();
  const listed = countries.length
    ? [h("div", { class: "wb-choice" }, now, change), choices, lines]
    : [h("p", { class: "wb-empty" }, words.unreadable)];
  const section = h("section", {}, h("h2", { class: "wb-h2" }, words.title),
    [words.check, words.calls, words.sites].map((each) => h("p", { class: "wb-before" }, each)), listed, leftOutOfHelplines(words, left));
  return { section, begin };
};
const leftOutOfHelplines = (words, left) => left.length
  ? h("div", { class: "wb-meta" }, h("p", {}, words.left_title), h("ul", {}, left.map((each) => h("li", {}, each)))) : null;
