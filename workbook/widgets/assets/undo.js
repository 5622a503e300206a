// A line with Undo for what was just erased. It stays in sight while one turns pages, and the kernel, whose clock it is,
// stops that clock while the pointer or the focus is on it. tell: sends "hold", "go_on" and "undo". home: where the focus
// goes when the line goes.
const undoLine = ({ el, tell, home }) => {
  const said = h("p", { role: "status" });
  const line = h("div", { class: "wb-undo" }, said);
  let hovered = false;
  let focused = false;
  let held = false;
  const settle = () => {
    const now = Boolean(line.querySelector("button")) && (hovered || focused);
    if (now !== held) { held = now; line.toggleAttribute("data-held", held); tell(held ? "hold" : "go_on"); }
  };
  const isIn = () => line.contains(document.activeElement);
  line.addEventListener("pointerenter", ({ pointerType }) => { hovered = pointerType !== "touch"; settle(); });
  line.addEventListener("pointerleave", () => { hovered = false; settle(); });
  line.addEventListener("focusin", () => { focused = true; settle(); });
  line.addEventListener("focusout", () => { focused = isIn(); settle(); }); // another window in front takes no focus away
  line.addEventListener("keydown", () => { focused = isIn(); settle(); });

  // Over every page where the page is ours; in JupyterLab above the list, where nothing can float.
  const place = () => {
    const root = el.closest(".wb-root");
    if (!document.body.dataset.voila) return el.checkVisibility() ? el.querySelector("h2")?.after(line) : root?.append(line);
    const lines = root?.querySelector(":scope > .wb-undos") ?? h("div", { class: "wb-undos" });
    if (!lines.isConnected) root?.append(lines);
    if (line.parentElement !== lines) lines.append(line);
  };
  const clear = () => { line.querySelector("button")?.remove(); said.textContent = ""; held = false; line.removeAttribute("data-held"); };
  const leave = () => {
    if (!isIn()) return;
    (el.checkVisibility() ? home() : el.closest(".wb-root")?.querySelector(".wb-title:not([hidden])"))?.focus({ preventScroll: true });
  };

  // by: how Erase was pressed. After a mouse the focus comes here so that it is not lost, and holds no clock.
  const show = ({ words, label }, by) => {
    clear();
    place();
    const back = button(label, () => tell("undo"), { class: "wb-undo-button" });
    line.append(back);
    requestAnimationFrame(() => { said.textContent = words; });
    back.focus({ preventScroll: Boolean(document.body.dataset.voila) });
    focused = by !== "mouse" && by !== "pen";
    hovered = line.matches(":hover") && by === "mouse";
    settle();
  };
  const hide = () => { leave(); clear(); };
  place();
  return { show, hide, remove: () => { leave(); if (held) tell("go_on"); line.remove(); } };
};
