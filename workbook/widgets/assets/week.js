// A marker moved over the coming week. Two sliders that move one marker: the day beside its row, the time on it.
const anyDayAt = (minutes) => new Date(2000, 0, 1, Math.floor(minutes / 60), minutes % 60);
const within = (value, least, most) => Math.min(most, Math.max(least, value));

function render({ model, el }) {
  el.classList.add("wb-week-host");
  let week = null; // what the kernel told: days, range, earliest
  let at = { day: 1, minutes: 1140 };
  let beyond = ""; // the day in words while the moment is not in this week
  let parts = {};
  const clockTime = (minutes) => anyDayAt(minutes).toLocaleTimeString(week.language, { hour: halves() ? "numeric" : "2-digit", minute: "2-digit" });
  const hourAlone = (hour) => (halves() ? anyDayAt(hour * 60).toLocaleTimeString(week.language, { hour: "numeric" }) : clockTime(hour * 60));
  const halves = () => new Intl.DateTimeFormat(week.language, { hour: "numeric" }).resolvedOptions().hour12;
  const tell = debounce(60, () => model.send({ do: "move", on: week.days[at.day].on, minutes: at.minutes }));

  const share = (minutes) => ((minutes - week.range[0]) / (week.range[1] - week.range[0])) * 100;
  const settle = () => {
    const said = beyond ? week.words.beyond.replace("{day}", `${beyond}, ${clockTime(at.minutes)}`) : `${week.days[at.day].long}, ${clockTime(at.minutes)}`;
    parts.now.textContent = said;
    parts.box.classList.toggle("wb-week--beyond", Boolean(beyond));
    parts.box.style.setProperty("--wb-row", at.day);
    parts.box.style.setProperty("--wb-share", `${within(share(at.minutes), 0, 100)}%`);
    parts.day.textContent = week.days[at.day].short;
    for (const [slider, value] of [[parts.day, at.day], [parts.time, at.minutes]]) {
      slider.setAttribute("aria-valuenow", value);
      slider.setAttribute("aria-valuetext", said);
    }
  };
  const move = (day, minutes) => {
    const [from, to, step] = week.range;
    day = within(day, 0, week.days.length - 1);
    minutes = within(Math.round(minutes / step) * step, day === 0 ? week.earliest : from, to);
    if (!beyond && day === at.day && minutes === at.minutes) return;
    at = { day, minutes };
    beyond = "";
    settle();
    tell();
  };

  const KEYS = {
    ArrowLeft: (step) => [0, -step], ArrowRight: (step) => [0, step], ArrowUp: () => [-1, 0], ArrowDown: () => [1, 0],
    PageUp: () => [0, 120], PageDown: () => [0, -120], Home: () => [-7, 0], End: () => [7, 0],
  };
  const onKey = (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !KEYS[event.key]) return;
    const [days, minutes] = KEYS[event.key](week.range[2]);
    event.preventDefault();
    move(at.day + days, at.minutes + minutes);
  };

  // The pointer moves the marker wherever it is pressed; what is pressed beside the rows keeps the time.
  const follow = (event) => {
    const box = parts.pad.getBoundingClientRect();
    const day = Math.floor(((event.clientY - box.top) / box.height) * week.days.length);
    const [from, to] = week.range;
    const minutes = from + ((event.clientX - box.left) / box.width) * (to - from);
    move(day, event.clientX < box.left - 16 ? at.minutes : minutes);
  };
  const press = (event) => {
    if (event.button > 0) return;
    event.preventDefault(); // no selection of words under the pointer
    parts.box.setPointerCapture(event.pointerId);
    follow(event);
    (event.target === parts.day ? parts.day : parts.time).focus({ preventScroll: true });
  };
  const drag = (event) => { if (parts.box.hasPointerCapture(event.pointerId)) follow(event); };

  const slider = (name, orientation, least, most) => h("div", { class: `wb-week-${name}`, role: "slider", tabindex: "0",
    "aria-label": week.words[name], "aria-orientation": orientation, "aria-valuemin": least, "aria-valuemax": most, onkeydown: onKey });

  const draw = () => {
    const [from, to] = week.range;
    parts = { day: slider("day", "vertical", 0, week.days.length - 1), time: slider("time", "horizontal", from, to) };
    const hours = [6, 9, 12, 15, 18, 21].map((hour) => h("span", { style: `left: ${share(hour * 60)}%` }, hourAlone(hour)));
    const past = share(week.earliest) > 0 ? h("span", { class: "wb-week-past", style: `width: ${share(week.earliest)}%` }) : null;
    parts.pad = h("div", { class: "wb-week-pad" },
      week.days.map((_, place) => h("div", { class: "wb-week-row" }, place === 0 ? past : null)), parts.time);
    parts.box = h("div", { class: "wb-week-box", onpointerdown: press, onpointermove: drag },
      h("div", { class: "wb-week-hours", "aria-hidden": "true" }, hours),
      h("div", { class: "wb-week-days" }, week.days.map(({ short }) => h("span", { "aria-hidden": "true" }, short)), parts.day),
      parts.pad);
    parts.now = h("p", { class: "wb-week-now" });
    const title = h("h2", { class: "wb-h2", id: newId("week") }, week.words.title);
    el.replaceChildren(h("section", { class: "wb-card wb-week", "aria-labelledby": title.id }, title,
      h("p", { class: "wb-hint" }, week.words.hint), parts.now, parts.box));
  };

  const point = ({ at: told }) => {
    if (told) {
      const day = week.days.findIndex(({ on }) => on === told.on);
      const reachable = day >= 0 && told.minutes >= (day === 0 ? week.earliest : week.range[0]) && told.minutes <= week.range[1];
      beyond = reachable ? "" : told.long;
      at = { day: day >= 0 ? day : at.day, minutes: told.minutes };
    }
    settle();
  };
  const show = (told) => {
    const focused = Object.keys(parts).find((name) => parts[name] === document.activeElement);
    week = told;
    draw();
    point(told);
    if (focused) parts[focused].focus({ preventScroll: true });
  };
  return living(model, el, { show, point: (told) => { if (week) point(told); } }, () => { tell.cancel(); });
}

export default { render };
