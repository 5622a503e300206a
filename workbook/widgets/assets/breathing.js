// A circle to breathe with: four seconds in, six seconds out. For whom motion is too much, only the words change.
const PHASES = [["in", 4000], ["out", 6000]];

function render({ model, el }) {
  el.classList.add("wb-breathing-host");
  let timer = null;
  const show = ({ title, hint, begin, end, said }) => {
    const word = h("span", { class: "wb-breath-word" }, said.rest);
    const circle = h("div", { class: "wb-breath", "aria-hidden": "true" }, word);
    const step = (place) => {
      const [phase, lasts] = PHASES[place];
      circle.dataset.phase = phase;
      word.textContent = said[phase];
      timer = setTimeout(step, lasts, (place + 1) % PHASES.length);
    };
    const rest = () => { clearTimeout(timer); timer = null; delete circle.dataset.phase; word.textContent = said.rest; };
    const press = button(begin, () => {
      if (timer) rest(); else step(0);
      press.textContent = timer ? end : begin;
    });
    el.replaceChildren(h("section", { class: "wb-card wb-breathing", "aria-label": title }, circle, h("div", {}, h("h3", { class: "wb-h3" }, title), h("p", {}, hint), press)));
  };
  return living(model, el, { show, clear: () => { clearTimeout(timer); el.replaceChildren(); } }, () => { clearTimeout(timer); });
}

export default { render };
