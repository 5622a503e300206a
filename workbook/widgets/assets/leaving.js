// Leaving: what it means, a book of one's own, one's name typed to leave. The passphrase leaves as one message,
// and its field is emptied in the same breath.
function render({ model, el }) {
  el.classList.add("wb-leaving-host");
  let words = {};
  let instead = "";
  let busy = false;

  const card = (heading, ...children) => {
    const title = h("h2", { class: "wb-h2", id: newId("leaving"), tabindex: "-1" }, heading);
    el.replaceChildren(h("section", { class: "wb-card wb-leaving", "aria-labelledby": title.id }, title, children));
    return title;
  };
  const field = (name, label, hint, attributes) => {
    const id = newId(name);
    const input = h("input", { id, type: "text", class: "wb-input", autocomplete: "off", spellcheck: "false", dir: "auto",
      "aria-describedby": `${id}-hint ${id}-error`, ...attributes });
    return { input, element: h("div", { class: "wb-field", "data-field": name }, h("label", { for: id, class: "wb-label" }, label), input,
      h("p", { class: "wb-hint", id: `${id}-hint` }, hint), h("p", { class: "wb-error", id: `${id}-error`, hidden: true })) };
  };
  const form = (submit, ...children) => h("form", { class: "wb-door", autocomplete: "off", novalidate: true,
    onsubmit: (event) => { event.preventDefault(); if (!busy) submit(); } }, children,
    h("p", { class: "wb-error wb-error--general", role: "alert", hidden: true }), h("p", { class: "wb-state", role: "status", "aria-live": "polite" }));
  const first = (label) => h("button", { type: "submit", class: "wb-button wb-button--first" }, label);
  const forget = () => el.querySelectorAll(".wb-error").forEach((each) => {
    unmarkWrong(each.closest(".wb-field") ?? el, each);
  });
  const working = (label) => {
    busy = Boolean(label);
    forget();
    el.querySelectorAll("button").forEach((each) => (busy ? each.setAttribute("aria-disabled", "true") : each.removeAttribute("aria-disabled")));
    el.querySelector(".wb-state").textContent = label;
  };
  const back = (label) => button(label, () => { if (!busy) about().focus(); }, { class: "wb-button--quiet" });

  const about = () => (instead ? card(words.title, h("p", { dir: "auto" }, instead))
    : card(words.title, listOfPoints(words.points), h("div", { class: "wb-foot" }, button(words.begin, () => model.send({ do: "begin" })))));

  const ask = ({ file }) => {
    const place = field("file", words.file, words.file_hint, { value: file, dir: "ltr" });
    const passphrase = field("passphrase", words.passphrase, words.passphrase_hint, { type: "password", autocapitalize: "none" });
    card(words.form_title, form(() => {
      const given = passphrase.input.value;
      passphrase.input.value = "";
      if (!given) { refused({ field: "passphrase", rule: words.passphrase_missing }); return; }
      working(words.writing);
      model.send({ do: "write", file: place.input.value, passphrase: given });
    }, place.element, passphrase.element, h("div", { class: "wb-foot" }, first(words.write), back(words.stay)))).focus();
  };

  const written = ({ lies, open, code, sign }) => {
    busy = false;
    const copied = h("input", { type: "checkbox", id: newId("copied"), autocomplete: "off" });
    const name = field("name", sign, words.sign_hint, {});
    card(words.written_title, h("p", { dir: "auto" }, lies), h("p", {}, words.open_with), h("output", { class: "wb-code", dir: "ltr" }, open),
      h("p", {}, words.recovery), h("output", { class: "wb-code", "aria-label": words.code }, code),
      form(() => {
        if (!copied.checked) { refused({ rule: words.not_copied }); return; }
        working(words.leaving);
        model.send({ do: "leave", name: name.input.value });
      }, h("label", { class: "wb-check", for: copied.id }, copied, h("span", {}, words.copied)), name.element,
        h("p", { class: "wb-warning" }, words.last_word), h("div", { class: "wb-foot" }, first(words.leave), back(words.stay_after)))).focus();
  };

  const refused = ({ field: name, rule }) => {
    if (!el.querySelector("form")) return;
    working("");
    const place = (name ? el.querySelector(`[data-field="${name}"] .wb-error`) : null) ?? el.querySelector(".wb-error--general");
    const wrong = place.closest(".wb-field");
    if (!wrong) { place.textContent = rule; place.hidden = false; return; }
    markWrong(wrong, place, rule);
    wrong.querySelector("input").focus();
  };
  const show = (message) => {
    const changed = instead !== message.instead || !el.firstChild;
    ({ words, instead } = message);
    if (changed) about(); // what is written elsewhere leaves the form alone
  };
  return living(model, el, { show, form: ask, written, refused });
}

export default { render };
