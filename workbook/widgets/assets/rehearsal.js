// Replies to rehearse. What is turned over lives in this view alone.
function render({ model, el }) {
  el.classList.add("wb-rehearsal-host");
  const card = (words) => ({ reply, say, then }) => {
    const turn = h("span", { class: "wb-reply-turn", "aria-hidden": "true" }, words.over);
    const back = h("div", { class: "wb-reply-back", id: newId("reply"), hidden: true },
      h("p", { class: "wb-reply-say" }, say), h("p", { class: "wb-meta" }, then));
    const face = h("button", { type: "button", class: "wb-reply-face", "aria-expanded": "false", "aria-controls": back.id,
      onclick: () => {
        back.hidden = !back.hidden;
        face.setAttribute("aria-expanded", String(!back.hidden));
        turn.textContent = back.hidden ? words.over : words.back;
      } }, reply, turn);
    return h("li", { class: "wb-card wb-reply" }, h("h3", { class: "wb-h3" }, face), back);
  };
  const show = ({ words, replies }) => {
    const heading = h("h2", { class: "wb-h2", id: newId("rehearsal") }, words.title);
    el.replaceChildren(h("section", { "aria-labelledby": heading.id }, heading, h("p", { class: "wb-intro" }, words.intro),
      h("ul", { class: "wb-list wb-replies" }, replies.map(card(words)))));
  };
  return living(model, el, { show });
}

export default { render };
