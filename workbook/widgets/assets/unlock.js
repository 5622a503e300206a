// The door: unlock, just look, begin a book, come back with a recovery code. A passphrase leaves as one
// message and its field is emptied in the same breath.
function render({ model, el }) {
  el.classList.add("wb-unlock-host");
  let words = {};
  let problem = null;
  let busy = false;

  const secret = (label, hint, { reveal = true, autofocus = false } = {}) => {
    const id = newId("secret");
    const input = h("input", { id, type: "password", class: "wb-input", autocomplete: "off", autocapitalize: "none", spellcheck: "false",
      "aria-describedby": hint ? `${id}-hint` : null });
    const eye = reveal ? button(words.reveal, () => {
      const hidden = input.type === "password";
      input.type = hidden ? "text" : "password";
      eye.textContent = hidden ? words.conceal : words.reveal;
      eye.setAttribute("aria-pressed", String(hidden));
    }, { class: "wb-button--quiet", "aria-pressed": "false" }) : null;
    if (autofocus) requestAnimationFrame(() => input.focus({ preventScroll: true }));
    const take = () => { const value = input.value; input.value = ""; input.type = "password"; return value; };
    return { input, take, element: h("div", { class: "wb-field" }, h("label", { for: id, class: "wb-label" }, label),
      h("div", { class: "wb-secret" }, input, eye), hint ? h("p", { class: "wb-hint", id: `${id}-hint` }, hint) : null) };
  };
  const line = (label, hint, value = "") => {
    const id = newId("line");
    const input = h("input", { id, type: "text", class: "wb-input", autocomplete: "off", dir: "auto", spellcheck: "false", value, "aria-describedby": hint ? `${id}-hint` : null });
    return { input, element: h("div", { class: "wb-field" }, h("label", { for: id, class: "wb-label" }, label), input,
      hint ? h("p", { class: "wb-hint", id: `${id}-hint` }, hint) : null) };
  };
  const trouble = () => { problem = h("p", { class: "wb-error wb-error--general", role: "alert", hidden: true }); return problem; };
  const working = (label) => {
    busy = true;
    el.querySelectorAll("button").forEach((each) => each.setAttribute("aria-disabled", "true"));
    problem.hidden = true;
    const state = el.querySelector(".wb-state");
    if (state) state.textContent = label;
  };
  const rest = () => {
    busy = false;
    el.querySelectorAll("button").forEach((each) => each.removeAttribute("aria-disabled"));
    const state = el.querySelector(".wb-state");
    if (state) state.textContent = "";
  };
  const once = (act) => (event) => { event?.preventDefault?.(); if (!busy) act(); };
  const form = (submit, ...children) => h("form", { class: "wb-form wb-door", autocomplete: "off", novalidate: true, onsubmit: once(submit) },
    children, trouble(), h("p", { class: "wb-state", role: "status", "aria-live": "polite" }));
  const first = (label) => h("button", { type: "submit", class: "wb-button wb-button--first" }, label);
  const quiet = (label, act) => button(label, once(act), { class: "wb-button--quiet" });
  const ask = (what) => () => model.send({ do: what });
  const look = () => button(words.just_look, once(() => { working(words.opening); model.send({ do: "look" }); }));
  const paragraphs = (texts) => (texts ?? []).map((text) => h("p", {}, text));
  const door = (title, ...children) => {
    el.replaceChildren(h("section", { class: "wb-card wb-door-card" }, title ? h("h2", { class: "wb-h2" }, title) : null, children));
    const state = el.querySelector(".wb-state");
    if (words.notice && state) state.textContent = words.notice;
  };

  const welcome = () => door(words.welcome_title, paragraphs(words.welcome),
    form(() => { working(words.opening); model.send({ do: "look" }); }, h("div", { class: "wb-foot" }, first(words.just_look), button(words.begin, once(ask("begin"))))),
    h("p", { class: "wb-warning" }, words.cannot_protect), words.lab ? h("p", { class: "wb-note" }, words.lab) : null);

  const unlock = ({ members }) => {
    const id = newId("who");
    const who = h("select", { id, class: "wb-input", autocomplete: "off" }, members.map((name) => h("option", { value: name }, name)));
    const passphrase = secret(words.passphrase, null, { autofocus: false });
    door(words.unlock_title,
      form(() => {
        const given = passphrase.take();
        if (!given) { refused({ rule: words.passphrase_missing }); return; }
        working(words.opening);
        model.send({ do: "unlock", who: who.value, passphrase: given });
      },
        h("div", { class: "wb-field" }, h("label", { for: id, class: "wb-label" }, words.who), who), passphrase.element,
        h("div", { class: "wb-foot" }, first(words.unlock), look(), quiet(words.forgotten, ask("forgotten")))),
      words.lab ? h("p", { class: "wb-note" }, words.lab) : null);
  };

  const demo = ({ members }) => door(words.demo_title, paragraphs(words.demo),
    form(() => {}, h("div", { class: "wb-foot" }, members.map((name) => button(`${words.open_as} ${name}`, once(() => { working(words.opening); model.send({ do: "open_as", who: name }); }), { class: "wb-button--first" })), look())));

  const choosing = (title, intro, fields, submit, label, back) => {
    door(title, paragraphs(intro), form(submit, fields, h("div", { class: "wb-foot" }, first(label), quiet(words.back, ask(back)))));
  };
  const passphraseChoice = (suggestion) => {
    const own = secret(words.new_passphrase, words.new_passphrase_hint);
    const strength = h("p", { class: "wb-hint", role: "status" });
    const offered = h("output", { class: "wb-suggestion" }, suggestion);
    const judge = () => { strength.textContent = own.input.value.length && own.input.value.length < 12 ? words.too_short : ""; };
    own.input.addEventListener("input", judge);
    const take = button(words.use_suggestion, () => { own.input.value = offered.textContent; own.input.type = "text"; judge(); }, {});
    const other = quiet(words.other_suggestion, () => model.send({ do: "suggest" }));
    suggest = (text) => { offered.textContent = text; };
    return { take: own.take, element: h("div", {}, h("div", { class: "wb-suggested" }, h("p", { class: "wb-label" }, words.suggestion), offered, h("div", { class: "wb-foot" }, take, other)), own.element, strength) };
  };
  let suggest = () => {};

  const keep = ({ suggestion, name }) => {
    const who = line(words.name, words.name_hint, name);
    const chosen = passphraseChoice(suggestion);
    choosing(words.keep_title, words.keep, [who.element, chosen.element], () => {
      const passphrase = chosen.take();
      if (!who.input.value.trim()) { refused({ rule: words.name_missing }); return; }
      if (!passphrase) { refused({ rule: words.passphrase_missing }); return; }
      working(words.sealing);
      model.send({ do: "keep", who: who.input.value, passphrase });
    }, words.keep_it, "back");
  };

  const forgotten = ({ members, suggestion }) => {
    const id = newId("who");
    const who = h("select", { id, class: "wb-input", autocomplete: "off" }, members.map((name) => h("option", { value: name }, name)));
    const code = line(words.recovery_code, words.recovery_code_hint);
    const chosen = passphraseChoice(suggestion);
    choosing(words.forgotten_title, words.forgotten_intro,
      [h("div", { class: "wb-field" }, h("label", { for: id, class: "wb-label" }, words.who), who), code.element, chosen.element], () => {
        const passphrase = chosen.take();
        if (!code.input.value.trim()) { refused({ rule: words.code_missing }); return; }
        if (!passphrase) { refused({ rule: words.passphrase_missing }); return; }
        working(words.opening);
        const given = code.input.value;
        code.input.value = "";
        model.send({ do: "recover", who: who.value, code: given, passphrase });
      }, words.recover, "back");
  };

  const code = ({ code: shown }) => {
    const understood = h("input", { type: "checkbox", id: newId("understood"), autocomplete: "off" });
    door(words.code_title, paragraphs(words.code),
      h("output", { class: "wb-code", "aria-label": words.recovery_code }, shown),
      form(() => {
        if (!understood.checked) { refused({ rule: words.not_written }); return; }
        el.querySelector(".wb-code").textContent = "";
        model.send({ do: "written" });
      }, h("label", { class: "wb-check", for: understood.id }, understood, h("span", {}, words.written)), h("div", { class: "wb-foot" }, first(words.open))));
  };

  const refused = ({ rule }) => {
    rest();
    problem.textContent = rule;
    problem.hidden = false;
    el.querySelector("input[type=password]")?.focus();
  };

  const trouble_view = ({ text }) => door(words.trouble_title, h("p", { class: "wb-error wb-error--general", role: "alert" }, text), form(() => {}, h("div", { class: "wb-foot" }, look())));
  const away = () => el.replaceChildren();

  const VIEWS = { away, trouble: trouble_view, welcome, unlock, demo, keep, forgotten, code };
  const stop = hearing(model, {
    show: (message) => { words = message.words ?? words; busy = false; VIEWS[message.view]?.(message);
      if (message.focus) el.querySelector("select, input, button")?.focus({ preventScroll: true }); },
    refused,
    suggestion: ({ suggestion }) => suggest(suggestion),
    clear: () => el.replaceChildren(),
  });
  model.send({ do: "ready" });
  return () => { stop(); el.replaceChildren(); };
}

export default { render };
