// Long work: a bar that says how far it is, and a button that ends it without harm.
const longWork = (words, cancel) => {
  const label = h("span", { id: newId("work") }, words.working);
  const bar = h("progress", { class: "wb-progress", max: "1", "aria-labelledby": label.id });
  const element = h("div", { class: "wb-work" }, label, bar, button(words.cancel, cancel, { class: "wb-button--quiet" }));
  const show = ({ done, total }) => { if (total) bar.value = done / total; };
  return { element, show };
};
