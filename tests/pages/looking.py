"""What a test measures on a page for eyes, fingers and a keyboard, where axe doesn't look."""

from __future__ import annotations

from playwright.sync_api import Page

SPACED = """
* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
p { margin-bottom: 2em !important; }
"""
"""The text spacing that WCAG 2.2, 1.4.12 asks a page to stand."""

CUT_OFF = """() => {
  const width = document.documentElement.clientWidth;
  const canScroll = (each) => ["auto", "scroll"].includes(getComputedStyle(each).overflowX);
  const scrolls = (each) => each && (canScroll(each) || scrolls(each.parentElement));
  const isText = (child) => child.nodeType === Node.TEXT_NODE && child.data.trim();
  const isCutOff = (each) => {
    const { overflowY, display, webkitLineClamp } = getComputedStyle(each);
    const hides = ["hidden", "clip"].includes(overflowY) && webkitLineClamp === "none";
    const isOver = display !== "inline" && each.scrollWidth > each.clientWidth + 1;
    return isOver || (hides && each.scrollHeight > each.clientHeight + 2);
  };
  return [...document.querySelectorAll("body *")]
    .filter((each) => each.checkVisibility() && !each.closest(".wb-hidden, svg") && !scrolls(each))
    .filter((each) => each.getBoundingClientRect().right > width + 1
      || ([...each.childNodes].some(isText) && isCutOff(each)))
    .map((each) => `${each.className}: ${each.textContent.slice(0, 60)}`);
}"""
TOO_SMALL = """(least) => {
  const isTick = (each) => each.matches("[type=radio], [type=checkbox]");
  const target = (each) => (isTick(each) && each.closest("label")) || each;
  return [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex='0']")]
    .filter((each) => each.checkVisibility())
    .map((each) => [each, target(each).getBoundingClientRect()])
    .filter(([, { width, height }]) => width < least - 0.5 || height < least - 0.5)
    .map(([each, { width, height }]) => `${each.outerHTML.slice(0, 90)} ${width} x ${height}`);
}"""
UNTIED = """() => {
  const field = (error) => document.querySelector(
    `[aria-invalid=true][aria-errormessage="${error.id}"][aria-describedby~="${error.id}"]`);
  const error = (field) => document.getElementById(field.getAttribute("aria-errormessage"));
  const isTied = (each) => (each.matches(".wb-error")
    ? each.matches("[role=alert]") || field(each) : error(each)?.checkVisibility());
  return [...document.querySelectorAll(".wb-error, [aria-invalid=true]")]
    .filter((each) => each.checkVisibility() && !isTied(each))
    .map((each) => each.outerHTML.slice(0, 200));
}"""
STOP = """() => {
  const isTick = (each) => each.matches("[type=radio], [type=checkbox]");
  const face = (each) => (isTick(each) && each.closest("label")) || each;
  const at = document.activeElement;
  const before = window.wbStop;
  window.wbStop = at;
  const place = at === document.body || at.id === "wb-leave" ? "way out"
    : at.closest(".wb-page") ? "page" : at.closest(".wb-nav") ? "nav" : "frame";
  const { left, top, right, bottom } = face(at).getBoundingClientRect();
  const middle = (Math.max(top, 0) + Math.min(bottom, innerHeight)) / 2;
  const hit = document.elementFromPoint((left + right) / 2, middle);
  const around = [at, at.nextElementSibling, at.closest("label")].filter(Boolean);
  const rings = around.map((each) => getComputedStyle(each));
  const isRing = ({ outlineStyle, outlineWidth, boxShadow }) =>
    (outlineStyle !== "none" && parseFloat(outlineWidth) > 0) || boxShadow !== "none";
  const wasHere = before?.isConnected && before.closest(".wb-page");
  const past = wasHere ? face(before).getBoundingClientRect() : null;
  const words = at.getAttribute("aria-label") ?? at.labels?.[0]?.textContent ?? at.textContent;
  return {
    place,
    name: `${at.tagName.toLowerCase()} ${words.trim()}`,
    shows: rings.some(isRing),
    seen: Boolean(hit) && face(at).contains(hit),
    forward: place !== "page" || !past || top > past.top - 30 || left > past.left + 100,
  };
}"""


class Stop(dict[str, object]):
    """One stop of Tab: its place and name, whether the focus shows, is seen, and went forward."""

    @property
    def name(self) -> str:
        """Tag and accessible name."""
        return str(self["name"])

    @property
    def place(self) -> str:
        """Where it is: "way out", "frame", "nav" or "page"."""
        return str(self["place"])


def press_on(tab: Page, key: str = "Tab") -> Stop:
    """Press Tab once. Where it stops must show, lie open, and come after the stop before."""
    tab.keyboard.press(key)
    stop = Stop(tab.evaluate(STOP))
    if stop.place != "way out":
        wanted = ("shows", "seen") if key == "Shift+Tab" else ("shows", "seen", "forward")
        assert [each for each in wanted if not stop[each]] == [], (stop.name, tab.url)
    return stop


def cut_off_when_spaced(tab: Page) -> list[str]:
    """What is cut off or hangs over the side, as it is and with as much space in its text as one may set."""
    found = list(tab.evaluate(CUT_OFF))
    style = tab.add_style_tag(content=SPACED)
    found += tab.evaluate(CUT_OFF)
    style.evaluate("(each) => each.remove()")
    return found
