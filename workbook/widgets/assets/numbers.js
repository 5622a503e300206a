// People to call, by themselves.
function render({ model, el }) {
  el.classList.add("wb-numbers-host");
  const show = ({ words, countries, left }) => el.replaceChildren(helplines(words, countries, left).section);
  return living(model, el, { show });
}

export default { render };
