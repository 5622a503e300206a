// Slips joined into one letter: phrases marked in a colour and a word, each line heard as the other one hears it,
// and at the end one question before anything is said.
function render({ model, el }) {
  el.classList.add("wb-letter-host");
  const turned = new Set();
  let reading = null;
  let isHeard = false;
  let canHearNo = null;

  // Where a phrase stands is told in code points; a string counts in halves of some of them.
  const marked = ({ text, marks }) => {
    const points = Array.from(text);
    const parts = [];
    let at = 0;
    for (const { start, end, category, word } of marks) {
      if (start < at) continue; // two kinds in one place: the first is shown, the list below names both
      parts.push(points.slice(at, start).join(""), h("mark", { class: `wb-tone wb-tone--${category}` },
        points.slice(start, end).join(""), h("span", { class: "wb-tone-word" }, word)));
      at = end;
    }
    return [...parts, points.slice(at).join("")];
  };

  const slipField = (name) => el.closest(".wb-page")?.querySelector(`[data-field="${name}"] textarea`);
  const showInSlip = (name, phrase) => {
    const area = slipField(name);
    if (!area) return;
    const at = area.value.indexOf(phrase);
    area.focus();
    if (at >= 0) area.setSelectionRange(at, at + phrase.length);
    area.scrollIntoView({ block: "center", behavior: "auto" });
  };
  const phraseOf = ({ text }, { start, end }) => Array.from(text).slice(start, end).join("");

  const slip = (item, place, count, words) => h("div", { class: "wb-slip", "data-slip": item.name },
    h("p", { class: "wb-slip-text", dir: "auto" }, marked(item)),
    h("div", { class: "wb-actions" },
      place > 0 ? button(words.up, () => model.send({ do: "move", slip: item.name, by: -1 }), { class: "wb-button--quiet", "aria-label": `${words.up}: ${item.label}` }) : null,
      place < count - 1 ? button(words.down, () => model.send({ do: "move", slip: item.name, by: 1 }), { class: "wb-button--quiet", "aria-label": `${words.down}: ${item.label}` }) : null));

  const findings = ({ slips, note, is_silent }, words) => {
    if (note) {
      return h("div", { class: "wb-note" }, h("p", {}, note), is_silent
        ? button(words.to_safety, () => goTo({ page: "safety" })) : null);
    }
    const found = slips.flatMap((item) => item.marks.map((mark) => ({ item, mark })));
    if (!found.length) return h("p", { class: "wb-hint" }, words.none_marked);
    return h("div", {}, h("h3", { class: "wb-h3" }, words.marked), h("ul", { class: "wb-found" }, found.map(({ item, mark }) =>
      h("li", {}, h("p", { dir: "auto" }, h("span", { class: `wb-tone-chip wb-tone--${mark.category}` }, mark.word), ` “${phraseOf(item, mark)}”`),
        h("p", { class: "wb-hint" }, mark.why, mark.instead ? ` ${words.instead.replace("{words}", mark.instead)}` : ""),
        button(words.show, () => showInSlip(item.name, phraseOf(item, mark)), { class: "wb-button--quiet", "aria-label": `${words.show}: ${phraseOf(item, mark)}` })))));
  };

  // A line turned over: the three questions, and whether the line answers, raises or leaves each.
  const line = (item, one, place, { hear, questions }) => {
    const key = `${item.name} ${place} ${one.text}`;
    const back = h("div", { class: "wb-line-back", hidden: !turned.has(key) },
      h("ul", {}, questions.map(({ words }, at) => h("li", { class: `wb-heard wb-heard--${one.heard[at]}` },
        h("span", { class: "wb-heard-question" }, words), ` ${hear[one.heard[at]]}`))),
      button(hear.rewrite, () => showInSlip(item.name, one.text), { class: "wb-button--quiet", "aria-label": `${hear.rewrite}: ${one.text}` }));
    const turn = h("button", { type: "button", class: "wb-turn", dir: "auto", "aria-expanded": String(turned.has(key)),
      onclick: () => {
        turned.has(key) ? turned.delete(key) : turned.add(key);
        back.hidden = !turned.has(key);
        turn.setAttribute("aria-expanded", String(turned.has(key)));
      } }, one.text);
    return h("li", {}, turn, back);
  };

  const heard = ({ slips, answered, words }) => h("div", { class: "wb-hear" },
    h("p", { class: "wb-hint" }, words.hear.note),
    h("ul", { class: "wb-lines" }, slips.flatMap((item) => item.lines.map((one, place) => line(item, one, place, words)))),
    h("h3", { class: "wb-h3" }, words.hear.in_all),
    h("ul", { class: "wb-answers" }, words.questions.map(({ name, words: question, note }, at) => h("li", {},
      h("span", { class: "wb-heard-question" }, question), // what was never asked for is not called missing
      name === "reassurance" && !answered[at] ? null : ` ${answered[at] ? words.hear.answered : words.hear.open}`,
      note ? h("p", { class: "wb-hint" }, note) : null))));

  const ending = ({ slips, spoken, words: { end } }) => {
    const choose = (answer) => () => { canHearNo = answer; show(reading); el.querySelector(`[data-answer="${answer}"]`)?.focus(); };
    const chip = (answer, label) => button(label, choose(answer), { "aria-pressed": String(canHearNo === answer), "data-answer": String(answer) });
    const sheet = h("div", { class: "wb-clean" }, slips.map(({ text }) => h("p", { class: "wb-slip-text", dir: "auto" }, text)));
    return h("div", { class: "wb-ending" }, h("h3", { class: "wb-h3" }, end.title), h("p", { class: "wb-next-words" }, end.question),
      h("div", { class: "wb-foot" }, chip(true, end.yes), chip(false, end.no)),
      h("p", { class: "wb-live", role: "status", hidden: canHearNo !== false }, canHearNo === false ? end.wait : ""),
      canHearNo ? [h("h3", { class: "wb-h3" }, end.spoken), h("p", { class: "wb-hint" }, end.spoken_note),
        h("ol", { class: "wb-spoken" }, spoken.map((words) => h("li", { dir: "auto" }, words))),
        h("h3", { class: "wb-h3" }, end.written), h("p", { class: "wb-hint" }, end.written_note), sheet, button(end.print, () => printAlone(sheet))] : null);
  };

  const show = (message) => {
    reading = message;
    const { words, slips, may_ask } = message;
    const slipAt = document.activeElement?.closest("[data-slip]")?.dataset.slip;
    const focused = el.contains(document.activeElement) ? document.activeElement.getAttribute("aria-label") : null;
    const title = h("h2", { class: "wb-h2" }, isHeard ? words.hear.title : words.letter.title);
    if (!slips.length) {
      el.replaceChildren(h("section", { class: "wb-card wb-letter" }, title, h("p", { class: "wb-empty" }, words.letter.empty)));
      return;
    }
    const toggle = button(isHeard ? words.hear.back : words.hear.button, () => { isHeard = !isHeard; show(reading); el.querySelector(".wb-toggle")?.focus(); },
      { class: "wb-toggle" });
    el.replaceChildren(h("section", { class: "wb-card wb-letter" }, title,
      isHeard ? heard(message)
        : [h("div", { class: "wb-slips" }, slips.map((item, place) => slip(item, place, slips.length, words.letter))),
          h("div", { class: "wb-findings", role: "status", "aria-live": "polite" }, findings(message, words.letter))],
      h("div", { class: "wb-foot" }, toggle),
      may_ask ? ending(message) : h("p", { class: "wb-note" }, words.end.paused)));
    const again = focused && [...el.querySelectorAll("[aria-label]")].find((each) => each.getAttribute("aria-label") === focused);
    // A slip that has come to an end of the letter has one button less.
    (again ?? (slipAt ? el.querySelector(`[data-slip="${slipAt}"] button`) : null))?.focus();
  };

  return living(model, el, { show });
}

export default { render };
