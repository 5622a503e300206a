// What stands around the pages: who is unlocked, Lock, the list of pages, the address bar, the banner when the
// connection is gone. Pages that are built stay mounted; changing between them is done here, without the kernel.
const NOT_LABS = "data-lm-suppress-shortcuts";
const QUIET_MS = 4000;

function render({ model, el }) {
  el.classList.add("wb-shell");
  const root = () => el.closest(".wb-root");
  let at = { open: false, pages: [], page: null };
  let shown = null;
  let awaiting = null;
  let told = null; // the page that the kernel knows to be shown: never a traceless one

  const brand = h("p", { class: "wb-brand" }, "Workbook");
  const who = h("p", { class: "wb-who" });
  const keep = button("Keep this", () => model.send({ do: "keep" }), { class: "wb-button--first", hidden: true });
  const pass = button("Pass to your partner", () => model.send({ do: "pass" }), { hidden: true });
  const lock = button("Lock", () => model.send({ do: "lock" }), { hidden: true });
  const menu = button("Pages", () => fold(!nav.classList.contains("wb-nav--open")), { class: "wb-menu", "aria-expanded": "false" });
  const header = h("div", { class: "wb-header" }, h("div", { class: "wb-name" }, brand, who),
    h("div", { class: "wb-header-buttons" }, keep, pass, lock, menu));
  const banner = h("div", { class: "wb-banner", role: "alert", hidden: true });
  const notice = h("div", { class: "wb-notice", role: "status", hidden: true });
  const nav = h("nav", { class: "wb-nav", "aria-label": "Pages", hidden: true });
  const title = h("h1", { class: "wb-title", tabindex: "-1", hidden: true });
  const quiet = h("p", { class: "wb-quiet", role: "status" });
  el.replaceChildren(banner, header, nav, notice, title, quiet);

  const addressed = () => {
    const after = location.hash.slice(1);
    try { return decodeURIComponent(after); } catch { return after; } // a lone % is the address of no page
  };
  const known = (name) => at.pages.find((page) => page.name === name);
  const hasAddress = (name) => known(name) && !known(name).traceless;
  const inVoila = Boolean(document.body.dataset.voila);

  const stages = () => [...(root()?.querySelectorAll(".wb-page") ?? [])];
  const stageOf = (name) => stages().find((stage) => stage.classList.contains(`wb-page--${name}`));

  const tabbing = onward(() => stageOf(shown));
  const mark = (name) => nav.querySelectorAll("a").forEach((link) => {
    link.dataset.page === name ? link.setAttribute("aria-current", "page") : link.removeAttribute("aria-current");
  });
  const turn = (name, { focus }) => {
    const stage = stageOf(name);
    if (!stage) return false;
    stages().forEach((each) => { each.hidden = each !== stage; });
    shown = name;
    awaiting = null;
    if (at.titled) { title.textContent = known(name)?.title ?? ""; title.hidden = false; }
    mark(name);
    root().dataset.page = name;
    tabbing.turned();
    if (focus) { window.scrollTo(0, 0); document.getElementById("main")?.scrollTo?.(0, 0); title.focus({ preventScroll: inVoila }); }
    return true;
  };
  const go = (name, { push = true, focus = true } = {}) => {
    if (!known(name)) return;
    const isTraceless = known(name).traceless;
    if (inVoila && !isTraceless && addressed() !== name) history[push ? "pushState" : "replaceState"](null, "", `#${name}`);
    const there = turn(name, { focus });
    if (!there) { awaiting = { name, focus }; mark(name); }
    if (isTraceless || name === told) return; // there and back sends nothing
    told = name;
    model.send({ do: "go", page: name, built: there });
  };

  const PARTS = [["home", null], ["own", "On your own"], ["partner", "With your partner"], ["around", null]];
  const link = (page) => h("li", {}, h("a", { href: page.traceless ? "#" : `#${page.name}`, "data-page": page.name,
    onclick: (event) => { if (event.ctrlKey || event.metaKey || event.shiftKey) return; event.preventDefault(); fold(false); go(page.name); } }, page.title));
  const fold = (open) => { nav.classList.toggle("wb-nav--open", open); menu.setAttribute("aria-expanded", String(open)); };
  const listPages = () => {
    const lists = PARTS.map(([part, label]) => {
      const pages = at.pages.filter((page) => page.part === part && page.listed);
      if (!pages.length) return null;
      const id = newId("part");
      return [label ? h("p", { class: "wb-nav-part", id }, label) : null, h("ul", { "aria-labelledby": label ? id : null }, pages.map(link))];
    });
    nav.replaceChildren(h("div", { class: "wb-nav-lists" }, lists.flat().filter(Boolean)));
    fold(false);
  };

  const show = (message) => {
    at = message;
    who.textContent = at.who ?? "";
    lock.hidden = !at.open;
    pass.hidden = !at.open || !at.two;
    keep.hidden = !at.looking;
    nav.hidden = menu.hidden = !at.open || at.pages.length < 2;
    title.hidden = !at.titled;
    brand.hidden = !at.open && at.titled && at.title === brand.textContent;
    if (at.look) dress(at.look);
    root()?.classList.toggle("wb-root--open", at.open);
    root()?.classList.toggle("wb-root--paged", at.open && at.pages.length > 1);
    say(at.notice);
    if (!at.open) {
      shown = told = null;
      if (at.titled) title.textContent = at.title;
      return;
    }
    listPages();
    const wanted = hasAddress(addressed()) ? addressed() : at.page;
    if (wanted !== shown) go(wanted, { push: false, focus: at.arriving });
  };
  // Light or dark where one is chosen; it stays while the book is locked, so that nobody is dazzled.
  const dress = (look) => { (inVoila ? document.documentElement : root())?.setAttribute("data-wb-look", look); };
  const say = (words) => { notice.hidden = !words; tellOnce(notice, words ?? ""); };

  // A built page arrives in the document a little after the kernel says so.
  const arrivals = new MutationObserver(() => {
    stages().forEach((stage) => { if (!stage.classList.contains(`wb-page--${shown}`)) stage.hidden = true; });
    if (awaiting) turn(awaiting.name, awaiting);
    tabbing.arrived();
  });
  const watchArrivals = () => {
    const place = root();
    if (!place) { requestAnimationFrame(watchArrivals); return; }
    // JupyterLab: a key pressed on a control of ours is not for the notebook. It asks the focused element itself.
    place.addEventListener("focusin", ({ target }) => target.setAttribute(NOT_LABS, "true"));
    place.addEventListener("keydown", tabbing.pressed);
    arrivals.observe(place, { childList: true, subtree: true });
  };
  watchArrivals();

  // Back, Forward and an address typed by hand.
  const moved = () => {
    if (!at.open) return;
    if (hasAddress(addressed())) { if (addressed() !== shown) go(addressed(), { push: false }); }
    else if (inVoila && told) history.replaceState(null, "", `#${told}`);
  };
  const asked = ({ detail }) => { if (at.open) go(detail.page); };
  window.addEventListener("wb-go", asked);
  window.addEventListener("popstate", moved);
  window.addEventListener("hashchange", moved);

  // Signs of life, so that the book locks itself when nobody is there.
  let lastSign = 0;
  const sign = () => { if (at.open && Date.now() - lastSign > 15000) { lastSign = Date.now(); model.send({ do: "active" }); } };
  ["pointerdown", "keydown", "wheel", "touchstart"].forEach((kind) => window.addEventListener(kind, sign, { passive: true, capture: true }));

  // Ctrl+S or Cmd+S saves the form that one is in, and the browser's own dialog never comes on a page of ours. In
  // JupyterLab it is ours inside a form alone; elsewhere the notebook is saved, as ever there.
  let lastForm = null;
  const formAround = (place) => place?.closest?.("[data-saves]") ?? null;
  const entered = ({ target }) => { lastForm = formAround(target) ?? lastForm; };
  const isUnsaved = (form) => ["open", "bad"].includes(form?.querySelector(".wb-state")?.dataset.mood);
  const typedBeside = () => (document.activeElement.tabIndex < 0 && lastForm?.checkVisibility() && isUnsaved(lastForm) ? lastForm : null);
  const hush = debounce(QUIET_MS, () => { quiet.textContent = ""; });
  const letLabSave = (target) => {
    const held = [];
    for (let at = target; at && at !== root(); at = at.parentElement) if (at.hasAttribute(NOT_LABS)) held.push(at);
    held.forEach((each) => each.removeAttribute(NOT_LABS));
    setTimeout(() => held.forEach((each) => each.setAttribute(NOT_LABS, "true")));
  };
  const isSave = ({ key, code, ctrlKey, metaKey, shiftKey, altKey }) => (ctrlKey || metaKey) && !shiftKey && !altKey
    && (key.toLowerCase() === "s" || (code === "KeyS" && key > "\u007f")); // a key of another script
  const onSaveKeys = (event) => {
    if (!isSave(event)) return;
    const form = root()?.contains(event.target) ? formAround(event.target) : null;
    if (!inVoila && !form) { if (root()?.contains(event.target)) letLabSave(event.target); return; }
    event.preventDefault();
    event.stopPropagation();
    if (event.repeat || event.isComposing) return;
    const found = form ?? typedBeside();
    if (found) { found.dispatchEvent(new CustomEvent("wb-save")); return; }
    quiet.textContent = "Nothing to save here.";
    hush();
  };
  window.addEventListener("keydown", onSaveKeys, { capture: true });
  window.addEventListener("focusin", entered);

  // The connection: what the front end knows of the kernel, and an answer that must come.
  let alive = true;
  const connection = (now) => {
    if (alive === now) return;
    alive = now;
    banner.hidden = alive;
    if (!alive) banner.replaceChildren(h("p", {}, "Connection lost. What was saved is safe, and so is the last draft."),
      button("Reload", () => location.reload(), {}));
    window.dispatchEvent(new CustomEvent("wb-connection", { detail: { alive } }));
  };
  let unanswered = 0;
  const ask = () => { if (unanswered >= 2) connection(false); unanswered += 1; try { model.send({ do: "ping" }); } catch { connection(false); } };
  const pulse = setInterval(ask, 5000);
  const manager = model.widget_manager;
  const kernel = manager?.kernel ?? manager?.context?.sessionContext?.session?.kernel;
  const DEAD = ["dead", "terminating", "restarting", "autorestarting"];
  const onStatus = (_, status) => { if (DEAD.includes(status)) connection(false); };
  const onConnection = (_, status) => { if (status === "disconnected") connection(false); };
  kernel?.statusChanged?.connect(onStatus);
  kernel?.connectionStatusChanged?.connect(onConnection);

  const stop = hearing(model, {
    show,
    built: ({ page }) => { if (awaiting?.name === page) turn(page, awaiting); },
    go: ({ page }) => go(page),
    address: ({ page }) => { if (inVoila) history.replaceState(null, "", `#${page}`); },
    notice: ({ words }) => say(words),
    look: ({ look }) => dress(look),
    two: ({ there }) => { pass.hidden = !at.open || !there; },
    face: takeFace,
    pong: () => { unanswered = 0; connection(true); },
    clear: () => { shown = told = awaiting = null; delete root()?.dataset.card; },
  });
  model.send({ do: "ready", address: addressed(), language: navigator.language });
  if (!inVoila) askForFaces(model, ["Source Sans 3 Variable", "Source Serif 4 Variable"]);
  return () => {
    stop();
    clearInterval(pulse);
    arrivals.disconnect();
    hush.cancel();
    window.removeEventListener("wb-go", asked);
    window.removeEventListener("popstate", moved);
    window.removeEventListener("hashchange", moved);
    window.removeEventListener("keydown", onSaveKeys, { capture: true });
    window.removeEventListener("focusin", entered);
    ["pointerdown", "keydown", "wheel", "touchstart"].forEach((kind) => window.removeEventListener(kind, sign, { capture: true }));
    kernel?.statusChanged?.disconnect(onStatus);
    kernel?.connectionStatusChanged?.disconnect(onConnection);
    el.replaceChildren();
  };
}

export default { render };
