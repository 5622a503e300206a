// A page's controls come one after the other, a moment after its heading. Tab on the last of them that is there
// waits for the next, instead of running out of the page; and goes on as ever if none comes.
const STOPS = "a[href], button, input, select, textarea, summary, [tabindex='0']";
const ARRIVING_MS = 2000;

const onward = (stage) => {
  let turnedAt = -ARRIVING_MS;
  let waiting = null;

  const isAfter = (stop, at) => Boolean(at.compareDocumentPosition(stop) & Node.DOCUMENT_POSITION_FOLLOWING);
  const nextStop = (at) => [...(stage()?.querySelectorAll(STOPS) ?? [])].find((stop) => isAfter(stop, at) && stop.checkVisibility());
  const isIn = (at) => at.classList.contains("wb-title") || Boolean(stage()?.contains(at));

  return {
    turned: () => { turnedAt = performance.now(); waiting = null; },
    pressed: (event) => {
      waiting = null;
      if (event.key !== "Tab" || event.shiftKey || performance.now() - turnedAt > ARRIVING_MS) return;
      if (!isIn(event.target) || nextStop(event.target)) return;
      event.preventDefault();
      waiting = event.target;
    },
    arrived: () => {
      if (!waiting || document.activeElement !== waiting) return;
      const next = nextStop(waiting);
      if (next) { waiting = null; next.focus(); }
    },
  };
};
