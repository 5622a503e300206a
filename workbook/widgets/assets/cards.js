// What there is so far, as cards: find, change, look back, erase. The kernel finds; the view shows a page of it.
function render({ model, el }) {
  el.classList.add("wb-cards-host");
  const asked = { text: "", tag: "", since: "", until: "", shown: 0 };
  let list = null;
  let count = null;
  let tagRow = null;
  let more = null;
  let error = null;
  let undo = null;
  let by = ""; // what Erase was pressed with

  let searched = false;
  const find = debounce(200, () => model.send({ do: "find", ...asked }));
  const ask = (name) => (event) => { asked[name] = event.target.value; asked.shown = 0; searched = true; find(); };

  const searching = (labels) => {
    const field = (label, type, name) => {
      const id = newId(name);
      return h("div", { class: `wb-find wb-find--${name}` }, h("label", { for: id }, label),
        h("input", { id, type, class: "wb-input", autocomplete: "off", dir: type === "search" ? "auto" : null, oninput: ask(name) }));
    };
    tagRow = h("div", { class: "wb-tags", role: "group", "aria-label": labels.tags });
    return h("div", { class: "wb-search", role: "search" },
      field(labels.search, "search", "text"),
      h("details", { class: "wb-between" }, h("summary", {}, labels.between),
        h("div", { class: "wb-between-fields" }, field(labels.since, "date", "since"), field(labels.until, "date", "until"))),
      tagRow);
  };

  const tagButton = (tag) => button(tag, () => {
    asked.tag = asked.tag === tag ? "" : tag;
    asked.shown = 0;
    searched = true;
    find.now();
  }, { class: "wb-tag", "aria-pressed": String(asked.tag === tag), dir: "auto" });

  const act = (item, action) => button(action.label, (event) => { by = event.pointerType; error.hidden = true; model.send({ do: "act", action: action.name, id: item.id, x: event.clientX }); },
    { class: "wb-button--quiet", "aria-label": `${action.label}: ${item.title}` });

  const asking = (item) => item.ask && h("div", { class: "wb-ask", role: "group", "aria-label": `${item.ask.label}: ${item.title}` },
    h("span", { class: "wb-ask-label" }, item.ask.label),
    item.ask.answers.map((answer) => button(answer, () => tapped(item, answer), { class: "wb-beginning" })));
  // A second tap, before the first is written and the cards are drawn anew, says nothing new.
  let answering = "";
  const tapped = (item, answer) => {
    if (answering === item.id) return;
    answering = item.id;
    model.send({ do: "act", action: `${item.ask.name}:${answer}`, id: item.id });
  };

  const card = (item) => h("li", { class: "wb-card wb-entry", id: `wb-entry-${item.id}`, "data-id": item.id },
    h("div", { class: "wb-entry-head" }, h("h3", { class: "wb-h3", dir: "auto" }, item.title),
      item.meta ? h("p", { class: "wb-meta", dir: "auto" }, item.meta) : null),
    (item.lines ?? []).map(labelledLine),
    item.tags?.length ? h("p", { class: "wb-entry-tags", dir: "auto" }, item.tags.map((tag) => h("span", { class: "wb-tag wb-tag--still" }, tag))) : null,
    asking(item),
    h("div", { class: "wb-actions" }, (item.actions ?? []).map((action) => act(item, action))),
    h("div", { class: "wb-history", hidden: true }));

  const show = ({ title, empty, labels, searchable }) => {
    list = h("ol", { class: "wb-list" });
    count = h("p", { class: "wb-meta", role: "status", "aria-live": "polite" });
    error = h("p", { class: "wb-error", role: "alert", hidden: true });
    more = button(labels.more, () => { asked.shown += 1; find.now(); }, { class: "wb-button--quiet", hidden: true });
    el.replaceChildren(h("section", { class: "wb-cards", "aria-label": title },
      h("h2", { class: "wb-h2", tabindex: "-1" }, title), searchable ? searching(labels) : null, error, count, list, more));
    list.dataset.empty = empty;
    undo ??= undoLine({ el, tell: (what) => model.send({ do: what }), home: () => el.querySelector("h2") });
    find.now();
  };

  const found = ({ items, kept, tags, words, left }) => {
    if (!list) return;
    answering = "";
    const search = el.querySelector(".wb-search");
    if (search) search.hidden = !kept;
    const { activeElement: at } = document;
    const focused = el.contains(at) ? at.getAttribute("aria-label") : null;
    const tagAt = tagRow?.contains(at) ? at.textContent : null;
    const grouped = items.flatMap((item, place) => item.group && item.group !== items[place - 1]?.group
      ? [h("li", { class: "wb-group" }, h("h3", { class: "wb-h3" }, item.group)), card(item)] : [card(item)]);
    list.replaceChildren(...grouped);
    if (!items.length) list.append(h("li", { class: "wb-empty" }, words));
    count.setAttribute("aria-live", searched ? "polite" : "off"); // how many there are is said to whom looks for some
    searched = false;
    tellOnce(count, items.length ? words : "");
    more.hidden = !left;
    tagRow?.replaceChildren(...(tags ?? []).map(tagButton));
    if (tagAt !== null) ([...tagRow.children].find((each) => each.textContent === tagAt) ?? el.querySelector("h2")).focus({ preventScroll: true });
    else if (focused) [...el.querySelectorAll("[aria-label]")].find((each) => each.getAttribute("aria-label") === focused)?.focus();
  };

  const history = ({ id, versions, words }) => {
    const place = el.querySelector(`[data-id="${id}"] .wb-history`);
    if (!place) return;
    if (!place.hidden) { place.hidden = true; place.replaceChildren(); return; }
    place.replaceChildren(h("p", { class: "wb-meta" }, words), h("ol", { class: "wb-versions" }, versions.map(({ when, lines }) =>
      h("li", {}, h("p", { class: "wb-meta" }, when), lines.map(labelledLine)))));
    place.hidden = false;
  };

  // After each write every list is stale, and so is one that was out of sight, since the partner may have
  // written meanwhile; it asks anew when one looks at it.
  let inSight = false;
  let stale = false;
  const renew = () => { if (inSight && stale) { stale = false; find.now(); } };
  const sight = new IntersectionObserver((entries) => { inSight = entries.at(-1).isIntersecting; stale ||= !inSight; renew(); }, { rootMargin: "3000px" });

  sight.observe(el);
  return living(model, el, {
    show, found, history,
    erased: ({ words, undo: label }) => { undo?.show({ words, label }, by); by = ""; },
    settled: () => undo?.hide(),
    again: () => { stale = true; renew(); },
    refused: ({ rule }) => { answering = ""; if (!error) return; undo.hide(); error.textContent = rule; error.hidden = false; },
  }, () => { undo?.remove(); sight.disconnect(); find.cancel(); });
}

export default { render };
