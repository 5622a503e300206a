// Long work: a bar that says how far it is, and a button that ends it without harm; no button without `cancel`.
const longWork = (words, label, cancel) => {
  const said = h("span", { id: newId("work") }, words);
  const bar = h("progress", { class: "wb-progress", max: "1", "aria-labelledby": said.id });
  const callOff = cancel ? button(label, () => { callOff.setAttribute("aria-disabled", "true"); cancel(); }, { class: "wb-button--quiet" }) : null;
  const show = ({ done, total }) => { if (total) bar.value = done / total; };
  return { element: h("div", { class: "wb-work" }, said, bar, callOff), callOff, show };
};
