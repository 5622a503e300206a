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

  const devices = ({ title, sentences: said, by_name: byName, lab }) => h("section", {}, h("h2", { class: "wb-h2" }, title),
    h("ul", { class: "wb-said" }, said.map((words) => h("li", {}, words)),
      document.body.dataset.voila ? null : h("li", {}, lab),
      /safety/.test(location.pathname) ? h("li", {}, byName) : null));

  const show = ({ words, countries, left }) => {
    const { section, begin } = helplines(words.numbers, countries, left);
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

  return living(model, el, { show }, () => {
    forget();
    watch.disconnect();
    document.removeEventListener("visibilitychange", ifUnseen);
    window.removeEventListener("pagehide", onPageHide);
  });
}

export default { render };
