// A marker on a ladder of described levels: the radios do the work, and the marker can be dragged along them.
const withMarker = (made) => {
  const group = made.element.querySelector("[role=radiogroup]");
  const rungs = [...group.children];
  const inputs = rungs.map((rung) => rung.querySelector("input"));
  const marker = h("span", { class: "wb-ladder-marker" });
  const rail = h("span", { class: "wb-ladder-rail", "aria-hidden": "true" }, marker);
  const chosen = () => inputs.findIndex((input) => input.checked);
  const settle = () => {
    const place = chosen();
    group.style.setProperty("--wb-first", `${rungs[0].offsetHeight / 2}px`);
    group.style.setProperty("--wb-last", `${rungs.at(-1).offsetHeight / 2}px`);
    rail.classList.toggle("wb-ladder-rail--set", place >= 0);
    if (place >= 0) marker.style.top = `${rungs[place].offsetTop + rungs[place].offsetHeight / 2}px`;
  };
  const nearest = (y) => {
    const away = rungs.map((rung) => { const box = rung.getBoundingClientRect(); return Math.abs(y - (box.top + box.bottom) / 2); });
    return away.indexOf(Math.min(...away));
  };
  // The keyboard goes on from where the marker was left.
  const move = ({ clientY }) => { const input = inputs[nearest(clientY)]; if (!input.checked) input.click(); input.focus({ preventScroll: true }); };
  rail.addEventListener("pointerdown", (event) => {
    event.preventDefault(); // nothing is selected while one drags
    rail.setPointerCapture(event.pointerId);
    move(event);
  });
  rail.addEventListener("pointermove", (event) => { if (rail.hasPointerCapture(event.pointerId)) move(event); });
  group.append(rail);
  group.addEventListener("change", settle);
  new ResizeObserver(settle).observe(group);
  return { ...made, set: (answer) => { made.set(answer); settle(); } };
};
