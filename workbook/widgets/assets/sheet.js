// A sheet to print or to read aloud: a title, a line, questions with room to write.
function render({ model, el }) {
  el.classList.add("wb-sheet-host");
  const show = ({ title, intro, items, empty, room, answers, print }) => {
    const isOpen = el.querySelector("details")?.open;
    const list = items.map((words) => h("li", { dir: "auto" }, words,
      answers.length ? h("p", { class: "wb-boxes" }, answers.map((answer) => h("span", { class: "wb-box" }, answer))) : null, room ? h("div", { class: "wb-write" }) : null));
    const sheet = h("details", { class: "wb-card wb-sheet wb-more", open: isOpen }, h("summary", {}, title),
      h("div", { class: `wb-sheet-body ${answers.length ? "wb-sheet-body--large" : ""}` }, h("h2", { class: "wb-h3" }, title), intro ? h("p", {}, intro) : null,
        list.length ? h("ol", {}, list) : h("p", { class: "wb-empty" }, empty)),
      button(print, () => printAlone(sheet.querySelector(".wb-sheet-body"))));
    el.replaceChildren(sheet);
  };
  return living(model, el, { show });
}

export default { render };
