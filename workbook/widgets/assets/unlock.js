// The door: unlock, just look, begin a book, join one, come back with a recovery code. A passphrase leaves as
// one message and its field is emptied in the same breath.
function render({ model, el }) {
  el.classList.add("wb-unlock-host");
  let words = {};
  let problem = null;
  let busy = false;
  let suggest = () => {};
  let giveBack = () => {};

  const field = (name, id, label, hint, input, ...more) => h("div", { class: "wb-field", "data-field": name },
    h("label", { for: id, class: "wb-label" }, label), more.length ? h("div", { class: "wb-secret" }, input, more) : input,
    hint ? h("p", { class: "wb-hint", id: `${id}-hint` }, hint) : null,
    h("p", { class: "wb-error", id: `${id}-error`, hidden: true }));
  const described = (id, hint) => (hint ? `${id}-hint ${id}-error` : `${id}-error`);
  const secret = (label, hint) => {
    const id = newId("secret");
    const input = h("input", { id, type: "password", class: "wb-input", autocomplete: "off", autocapitalize: "none", spellcheck: "false",
      "aria-describedby": described(id, hint) });
    const eye = button(words.reveal, () => {
      const hidden = input.type === "password";
      input.type = hidden ? "text" : "password";
      eye.textContent = hidden ? words.conceal : words.reveal;
      eye.setAttribute("aria-pressed", String(hidden));
    }, { class: "wb-button--quiet", "aria-pressed": "false" });
    const take = () => { const value = input.value; input.value = ""; input.type = "password"; return value; };
    return { input, take, element: field("passphrase", id, label, hint, input, eye) };
  };
  const line = (name, label, hint, value = "", attributes = {}) => {
    const id = newId("line");
    const input = h("input", { id, type: "text", class: "wb-input", autocomplete: "off", dir: "auto", spellcheck: "false", value, "aria-describedby": described(id, hint), ...attributes });
    return { input, element: field(name, id, label, hint, input) };
  };
  const chooser = (members, chosen) => {
    const id = newId("who");
    const who = h("select", { id, class: "wb-input", autocomplete: "off" }, members.map((name) => h("option", { value: name }, name)));
    if (chosen) who.value = chosen;
    return { who, element: h("div", { class: "wb-field" }, h("label", { for: id, class: "wb-label" }, words.who), who) };
  };
  const trouble = () => { problem = h("p", { class: "wb-error wb-error--general", role: "alert", hidden: true }); return problem; };
  const forget = () => el.querySelectorAll(".wb-error").forEach((each) => {
    unmarkWrong(each.closest(".wb-field") ?? el, each);
  });
  const working = (label) => {
    busy = true;
    el.querySelectorAll("button").forEach((each) => each.setAttribute("aria-disabled", "true"));
    forget();
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
  const foot = (...buttons) => h("div", { class: "wb-foot" }, buttons);
  const ask = (what) => () => model.send({ do: what });
  const look = () => button(words.just_look, once(() => { working(words.opening); model.send({ do: "look" }); }));
  const paragraphs = (texts) => (texts ?? []).map((text) => h("p", {}, text));
  const lab = () => (words.lab ? h("p", { class: "wb-note" }, words.lab) : null);
  const door = (title, ...children) =>
    el.replaceChildren(h("section", { class: "wb-card wb-door-card" }, title ? h("h2", { class: "wb-h2", tabindex: "-1" }, title) : null, children));
  const lacking = (name, rule) => { refused({ field: name, rule }); return true; };

  const welcome = ({ ways }) => door(words.welcome_title, paragraphs(words.welcome), h("p", { class: "wb-warning" }, words.cannot_protect),
    ways ? [h("h3", { class: "wb-h3", id: "wb-brings" }, words.brings),
      h("ul", { class: "wb-ways-in", "aria-labelledby": "wb-brings" }, words.ways.map((way) => h("li", {}, button(way.label, () => begin(way, ways)))))] : null,
    form(() => {}, foot(look(), button(words.begin, once(ask("begin"))))), lab());

  // One of the ways in: a sentence and a box. What is typed stays here until it is kept, or looked around with.
  const begin = (way, ways) => {
    const id = newId("begun");
    const back = quiet(words.back, () => { welcome({ ways }); el.querySelector("h2").focus(); });
    const said = h("textarea", { id, class: "wb-input wb-area", rows: 3, autocomplete: "off", dir: "auto", spellcheck: "true", "aria-describedby": `${id}-error` });
    const open = (what) => {
      if (!said.value.trim()) return lacking("words", words.line_missing);
      working(words.opening);
      model.send({ do: what, way: way.name, words: said.value });
    };
    if (!way.box) {
      door(way.label, h("p", {}, way.sentence), form(() => { working(words.opening); model.send({ do: "read_first" }); }, foot(first(way.button), back)));
    } else {
      door(way.label, h("p", {}, way.sentence), form(() => open("keep_line"),
        h("div", { class: "wb-field", "data-field": "words" }, h("label", { for: id, class: "wb-label" }, way.box), said, h("p", { class: "wb-error", id: `${id}-error`, hidden: true })),
        foot(first(words.keep_title), button(words.look_around, once(() => open("look_with"))), back)));
    }
    (way.box ? said : el.querySelector("h2")).focus();
  };

  // What a refusal without a field is about: the code, where one was typed.
  const blamed = () => el.querySelector("[data-field=code] input") ?? el.querySelector("input[type=password]");

  const unlock = ({ members, chosen, can_join: canJoin }) => {
    const { who, element } = chooser(members, chosen);
    const passphrase = secret(words.passphrase, null);
    door(chosen ? words.passed_title.replace("{name}", chosen) : words.unlock_title,
      form(() => {
        const given = passphrase.take();
        if (!given) return lacking("passphrase", words.passphrase_missing);
        working(words.opening);
        model.send({ do: "unlock", who: who.value, passphrase: given });
      }, element, passphrase.element, foot(first(words.unlock), look(), quiet(words.forgotten, ask("forgotten")),
        canJoin ? quiet(words.have_code, ask("have_code")) : null)),
      lab());
    return chosen ? passphrase.input : null;
  };

  const demo = ({ members, chosen }) => {
    const ways = members.map((name) => button(`${words.open_as} ${name}`, once(() => { working(words.opening); model.send({ do: "open_as", who: name }); }), { class: "wb-button--first" }));
    door(words.demo_title, paragraphs(words.demo), form(() => {}, foot(ways, look())));
    return ways[members.indexOf(chosen)];
  };

  const choosing = (title, intro, fields, submit, label) =>
    door(title, paragraphs(intro), form(submit, fields, foot(first(label), quiet(words.back, ask("back")))));
  // A chosen passphrase comes back into its field when another field was refused: nobody types it twice.
  const passphraseChoice = (suggestion) => {
    const own = secret(words.new_passphrase, words.new_passphrase_hint);
    const strength = h("p", { class: "wb-hint", role: "status" });
    const offered = h("output", { class: "wb-suggestion" }, suggestion);
    const judge = () => { tellOnce(strength, own.input.value.length && own.input.value.length < 12 ? words.too_short : ""); };
    own.input.addEventListener("input", judge);
    const use = button(words.use_suggestion, () => { own.input.value = offered.textContent; own.input.type = "text"; judge(); }, {});
    const other = quiet(words.other_suggestion, () => model.send({ do: "suggest" }));
    suggest = (text) => { offered.textContent = text; };
    const take = () => { const value = own.take(); giveBack = () => { own.input.value = value; }; return value; };
    return { take, element: h("div", {}, h("div", { class: "wb-suggested" }, h("p", { class: "wb-label" }, words.suggestion), offered, foot(use, other)), own.element, strength) };
  };

  const keep = ({ suggestion, name }) => {
    const who = line("name", words.name, words.name_hint, name);
    const chosen = passphraseChoice(suggestion);
    choosing(words.keep_title, words.keep, [who.element, chosen.element], () => {
      const passphrase = chosen.take();
      if (!who.input.value.trim()) return lacking("name", words.name_missing);
      if (!passphrase) return lacking("passphrase", words.passphrase_missing);
      working(words.sealing);
      model.send({ do: "keep", who: who.input.value, passphrase });
    }, words.keep_it);
    return who.input;
  };

  const join = ({ suggestion }) => {
    const code = line("code", words.invitation_code, words.invitation_code_hint, "", { autocapitalize: "characters", class: "wb-input wb-input--code" });
    const who = line("name", words.name, words.join_name_hint);
    const chosen = passphraseChoice(suggestion);
    choosing(words.join_title, words.join, [code.element, who.element, chosen.element, h("p", { class: "wb-warning" }, words.cannot_protect)], () => {
      const passphrase = chosen.take();
      if (!code.input.value.trim()) return lacking("code", words.invitation_missing);
      if (!who.input.value.trim()) return lacking("name", words.name_missing);
      if (!passphrase) return lacking("passphrase", words.passphrase_missing);
      working(words.joining);
      model.send({ do: "join", code: code.input.value, who: who.input.value, passphrase });
    }, words.join_it);
    return code.input;
  };

  const forgotten = ({ members, suggestion }) => {
    const { who, element } = chooser(members);
    const code = line("code", words.recovery_code, words.recovery_code_hint);
    const chosen = passphraseChoice(suggestion);
    choosing(words.forgotten_title, words.forgotten_intro, [element, code.element, chosen.element], () => {
      const passphrase = chosen.take();
      if (!code.input.value.trim()) return lacking("code", words.code_missing);
      if (!passphrase) return lacking("passphrase", words.passphrase_missing);
      working(words.opening);
      const given = code.input.value;
      code.input.value = "";
      model.send({ do: "recover", who: who.value, code: given, passphrase });
    }, words.recover);
    return who;
  };

  const code = ({ code: shown }) => {
    const understood = h("input", { type: "checkbox", id: newId("understood"), autocomplete: "off" });
    door(words.code_title, paragraphs(words.code),
      h("output", { class: "wb-code", "aria-label": words.recovery_code }, shown),
      form(() => {
        if (!understood.checked) return refused({ rule: words.not_written });
        el.querySelector(".wb-code").textContent = "";
        model.send({ do: "written" });
      }, h("label", { class: "wb-check", for: understood.id }, understood, h("span", {}, words.written)), foot(first(words.open))));
    return understood;
  };

  // What an invited member reads first. Asking and declining happen here, in the page: nothing is sent.
  const invited = ({ can_leave: canLeave }) => {
    const { invited: said } = words;
    const around = () => button(said.look, once(ask("look_around")));
    // Four buttons alike: none is the one that is hoped for.
    const begin = () => {
      door(said.title, h("p", { class: "wb-spoken" }, said.words),
        foot(around(), button(said.questions, () => ask_()), button(said.not_now, once(ask("not_now"))), button(said.no, () => decline())),
        h("p", { class: "wb-hint" }, said.unseen));
      return el.querySelector("h2");
    };
    const ask_ = () => {
      door(said.questions, listOfPoints(said.asked, { class: "wb-asked" }),
        foot(around(), button(said.not_now, once(ask("not_now"))), quiet(words.back, () => begin().focus())));
      el.querySelector("h2").focus();
    };
    const decline = () => {
      door(said.no_title, paragraphs(said.declined),
        foot(button(said.lock, once(ask("not_now"))),
          canLeave ? button(said.leave, once(ask("to_leaving"))) : null, quiet(words.back, () => begin().focus())));
      el.querySelector("h2").focus();
    };
    return begin();
  };

  const refused = ({ field: name, rule }) => {
    rest();
    forget();
    const place = name ? el.querySelector(`[data-field="${name}"] .wb-error`) : null;
    if (name !== "passphrase") giveBack();
    const wrong = place?.closest(".wb-field");
    if (wrong) markWrong(wrong, place, rule);
    else { problem.textContent = rule; problem.hidden = false; }
    (wrong?.querySelector("input, textarea") ?? blamed())?.focus();
  };

  const trouble_view = ({ text }) => door(words.trouble_title, h("p", { class: "wb-error wb-error--general", role: "alert" }, text), form(() => {}, foot(look())));
  const away = () => el.replaceChildren();

  const VIEWS = { away, trouble: trouble_view, welcome, unlock, demo, keep, join, forgotten, code, invited };
  const show = (message) => {
    words = message.words ?? words;
    busy = false;
    giveBack = () => {};
    const place = VIEWS[message.view]?.(message);
    if (message.focus) (place ?? el.querySelector("select, input, button"))?.focus({ preventScroll: true });
  };
  return living(model, el, { show, refused, suggestion: ({ suggestion }) => suggest(suggestion) });
}

export default { render };
