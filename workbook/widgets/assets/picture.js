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

  const show = ({ question, finding, alt, rests_on, svg, table: data, height, empty, action }) => {
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
    const grid = h("div", { class: "wb-grid", hidden: true }, table(data, question));
    const toggle = button("Show as table", () => {
      grid.hidden = !grid.hidden;
      toggle.setAttribute("aria-expanded", String(!grid.hidden));
      toggle.textContent = grid.hidden ? "Show as table" : "Hide the table";
    }, { "aria-expanded": "false", class: "wb-button--quiet" });
    el.replaceChildren(h("section", { class: "wb-card wb-picture" }, heading, drawing(svg, `${question} ${alt || finding || ""}`.trim()), toggle, grid));
  };

  // A chart is drawn when it comes into sight, and anew when what it shows has changed.
  let inSight = false;
  let stale = true;
  const ask = () => { if (!inSight || !stale) return; stale = false; narrow = isNarrow(el); model.send({ do: "draw", narrow }); };
  const sight = new IntersectionObserver((entries) => { inSight = entries.some((entry) => entry.isIntersecting); ask(); }, { rootMargin: "3000px" });
  const size = new ResizeObserver(debounce(150, () => { if (inSight && el.clientWidth && isNarrow(el) !== narrow) { stale = true; ask(); } }));
  const stop = hearing(model, { show, stale: () => { stale = true; ask(); }, clear: () => el.replaceChildren() });
  sight.observe(el);
  size.observe(el);
  model.send({ do: "ready" });
  return () => { stop(); sight.disconnect(); size.disconnect(); el.replaceChildren(); };
}

export default { render };
