// The invitation: what it means before the button, and the code after it. The code is in the page alone, and
// only until it is put away.
function render({ model, el }) {
  el.classList.add("wb-invite-host");
  let words = {};
  let instead = "";
  const make = () => model.send({ do: "make" });
  const card = (...children) => {
    const title = h("h2", { class: "wb-h2", id: newId("invite"), tabindex: "-1" }, words.title);
    el.replaceChildren(h("section", { class: "wb-card wb-invite", "aria-labelledby": title.id }, title, children,
      h("p", { class: "wb-error", role: "alert", hidden: true })));
    return title;
  };
  const ask = () => {
    if (instead) return card(h("p", { dir: "auto" }, instead));
    return card(listOfPoints(words.points),
      h("div", { class: "wb-foot" }, button(words.make, make, { class: "wb-button--first" })));
  };
  const show = (message) => {
    ({ words, instead } = message);
    if (instead || !el.querySelector(".wb-code")) ask(); // what is written elsewhere leaves the code alone
  };
  const code = ({ code: shown, about }) => {
    const large = h("output", { class: "wb-code wb-code--large", "aria-label": words.label, tabindex: "-1" }, shown);
    card(large, h("p", {}, about), h("p", { class: "wb-note" }, words.hand_over),
      h("div", { class: "wb-foot" }, button(words.hide, () => { large.remove(); ask().focus(); }, { class: "wb-button--first" }),
        button(words.again, make, { class: "wb-button--quiet" })));
    large.focus();
  };
  return living(model, el, { show, code, refused: refusing(el) });
}

export default { render };
