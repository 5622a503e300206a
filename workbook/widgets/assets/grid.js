// A table that stands by itself, and is away while there is nothing in it.
function render({ model, el }) {
  el.classList.add("wb-grid-host");
  const show = ({ title, table: data }) => {
    el.replaceChildren(...(data ? [h("section", { class: "wb-card" }, h("h2", { class: "wb-h2" }, title), table(data, title))] : []));
  };
  return living(model, el, { show });
}

export default { render };
