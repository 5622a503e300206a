// A chart's holder: the question, the finding, the drawing with its text alternative, and the same as a table.
function render({ model, el }) {
  el.classList.add("wb-picture-host");
  let narrow = isNarrow(el);

  const drawing = (svg, name) => {
    const parsed = new DOMParser().parseFromString(svg, "image/svg+xml").documentElement;
    parsed.setAttribute("aria-hidden", "true");
    parsed.setAttribute("focusable", "false");
    return h("div", { class: "wb-drawing", role: "img", "aria-label": name }, document.importNode(parsed, true));
  };

  // What can be done about what the chart found, each in a line with one button.
  const offer = ({ key, words, label }) => h("li", {}, h("span", { dir: "auto" }, words),
    button(label, () => model.send({ do: "offer", key }), { class: "wb-button--quiet", "data-at": key, "aria-label": `${label}: ${words}` }));

  const folded = (data, question, isOpen) => {
    const grid = h("div", { class: "wb-grid", hidden: !isOpen }, table(data, question));
    const toggle = button(isOpen ? "Hide the table" : "Show as table", () => {
      grid.hidden = !grid.hidden;
      toggle.setAttribute("aria-expanded", String(!grid.hidden));
      toggle.textContent = grid.hidden ? "Show as table" : "Hide the table";
    }, { "aria-expanded": String(isOpen), class: "wb-button--quiet", "data-at": "table" });
    return { toggle, grid };
  };

  const show = (message) => {
    const { question, finding, alt, rests_on, svg, table: data, height, empty, offers, words } = message;
    const at = el.contains(document.activeElement) ? document.activeElement.dataset.at : null;
    const wasOpen = el.querySelector(".wb-grid")?.hidden === false;
    const title = h("h2", { class: "wb-h2", dir: "auto" }, question);
    const heading = [title, finding ? h("p", { class: "wb-finding", dir: "auto" }, finding, rests_on ? h("span", { class: "wb-rests" }, ` ${rests_on}`) : null) : null];
    if (empty) {
      el.replaceChildren(h("section", { class: "wb-card wb-picture" }, heading, h("p", { class: "wb-empty" }, empty)));
      return;
    }
    if (!svg) {
      el.replaceChildren(h("section", { class: "wb-card wb-picture", "aria-busy": "true" }, heading,
        h("div", { class: "wb-drawing wb-drawing--waiting", style: `min-height:${height}px` }, h("span", { class: "wb-hidden" }, "Drawing the chart"))));
      return;
    }
    const drawn = drawing(svg, `${question} ${alt || finding || ""}`.trim());
    const { toggle, grid } = folded(data, question, wasOpen);
    el.replaceChildren(h("section", { class: "wb-card wb-picture" }, heading, drawn,
      offers.length ? h("ul", { class: "wb-offers" }, offers.map(offer)) : null,
      h("div", { class: "wb-picture-foot" }, toggle, savingChart(message, words, () => drawn.firstChild)), grid));
    if (at) el.querySelector(`[data-at="${CSS.escape(at)}"]`)?.focus({ preventScroll: true });
  };

  // A chart is drawn when it comes into sight, and anew when what it shows has changed.
  let inSight = false;
  let stale = true;
  const ask = () => { if (!inSight || !stale) return; stale = false; narrow = isNarrow(el); model.send({ do: "draw", narrow }); };
  const sight = new IntersectionObserver((entries) => { inSight = entries.at(-1).isIntersecting; ask(); }, { rootMargin: "3000px" });
  const size = new ResizeObserver(debounce(150, () => { if (inSight && el.clientWidth && isNarrow(el) !== narrow) { stale = true; ask(); } }));
  sight.observe(el);
  size.observe(el);
  return living(model, el, { show, stale: () => { stale = true; ask(); } }, () => { sight.disconnect(); size.disconnect(); });
}

export default { render };
