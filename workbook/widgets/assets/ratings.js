// How candidates rate, one of them at a time: a row of 0–10 for each criterion that counts.
function render({ model, el }) {
  el.classList.add("wb-ratings-host");
  let scores = {};
  let chosen = null;

  const options = (words) => [...Array.from({ length: 11 }, (_, number) => ({ value: number, label: String(number) })), { value: null, label: words.unanswered }];
  const summed = ({ words, criteria }) => {
    const given = criteria.filter(({ name }) => scores[chosen]?.[name] !== undefined);
    const weight = given.reduce((sum, each) => sum + each.weight, 0);
    const mean = weight ? given.reduce((sum, each) => sum + each.weight * scores[chosen][each.name], 0) / weight : null;
    return fillWords(mean === null ? words.none : words.mean, { count: given.length, all: criteria.length, mean: mean?.toLocaleString(navigator.language, { minimumFractionDigits: 1, maximumFractionDigits: 1 }) });
  };

  return foldedForm({
    model, el,
    values: () => ({ scores }),
    body: (told, changed) => {
      const { words, candidates, criteria } = told;
      scores = structuredClone(told.scores);
      if (!candidates.length || !criteria.length) return h("p", { class: "wb-empty" }, candidates.length ? words.no_criteria : words.empty);
      if (!candidates.some(({ key }) => key === chosen)) chosen = candidates[0].key;
      const result = h("p", { class: "wb-live", role: "status", "aria-live": "polite" });
      const list = h("div", { class: "wb-row-list" });
      const rate = (name) => (answer) => {
        const { [name]: _, ...rest } = scores[chosen] ?? {};
        scores = { ...scores, [chosen]: answer === null ? rest : { ...rest, [name]: answer } };
        result.textContent = summed(told);
        changed();
      };
      const drawRows = () => {
        list.replaceChildren(...criteria.map(({ name, must_have: must }) => radioRow({
          label: name, note: must ? words.must_have : "", shape: "scale", options: options(words), value: scores[chosen]?.[name], changed: rate(name) })));
        result.textContent = summed(told);
      };
      drawRows();
      const who = radioRow({ label: words.who, shape: "chip", options: candidates.map(({ key, name }) => ({ value: key, label: name })), value: chosen,
        changed: (key) => { chosen = key; drawRows(); } });
      return [who, list, result];
    },
  });
}

export default { render };
