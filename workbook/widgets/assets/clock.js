// A quiet clock: whole minutes that are left, no alarm. Only its end is said, once, and politely.
const TICK_MS = 1000;

const quietClock = (words) => {
  const left = h("span", { class: "wb-clock-left" });
  const bar = h("span", { class: "wb-clock-bar", "aria-hidden": "true" }, h("span"));
  const over = h("p", { class: "wb-clock-over", role: "status", "aria-live": "polite" });
  const element = h("div", { class: "wb-clock", hidden: true }, h("p", { role: "timer", "aria-live": "off" }, left), bar, over);
  let timer = null;
  const stop = () => { clearInterval(timer); timer = null; };
  const start = (minutes, end) => {
    stop();
    const until = Date.now() + minutes * 60_000;
    element.hidden = false;
    over.textContent = "";
    const tick = () => {
      const ms = Math.max(0, until - Date.now());
      const whole = Math.ceil(ms / 60_000);
      left.textContent = ms ? (whole === 1 ? words.last_minute : words.left.replace("{count}", whole)) : words.no_time;
      bar.firstChild.style.width = `${(100 * whole) / minutes}%`;
      if (!ms) { stop(); over.textContent = end; }
    };
    tick();
    timer = setInterval(tick, TICK_MS);
  };
  return { element, start, stop };
};
