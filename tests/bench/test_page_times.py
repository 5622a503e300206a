"""How long a reader waits for a page, a save and a chart, in a real browser on the sample book.

Measured in the page itself, from the click to the frame in which what was asked for stands.
Run it with `python -m pytest tests/bench/test_page_times.py --benchmark-only`.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from statistics import quantiles

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.conftest import Served
from tests.pages.conftest import start_serving

TRIES = 50
TARGETS = {"a page, first click": 400, "a page, later click": 150, "a save": 100, "a chart": 1000}
"""Milliseconds that 95 of 100 should keep."""
CLOCK = """
window.waited = (press, stands) => new Promise((done, fail) => {
  const begun = performance.now();
  const took = () => performance.now() - begun;
  const late = () => took() > 60000 && (fail(new Error(`never came: ${stands}`)), true);
  const look = () => requestAnimationFrame(() => (stands() ? done(took()) : late() || look()));
  press();
  look();
});
"""
TURN = """(name) => {
  const link = document.querySelector(`.wb-nav a[data-page="${name}"]`);
  const control = `.wb-page--${name}:not([hidden]) :is(form, h2, .wb-card, .wb-cards, .wb-picture, .wb-path)`;
  const stands = () => document.querySelector(".wb-title").textContent === link.textContent
    && (document.querySelector(control)?.getClientRects().length ?? 0) > 0;
  return waited(() => link.click(), stands);
}"""
SAVE = """() => {
  const form = document.querySelector(".wb-page--journal form");
  const state = () => document.querySelector(".wb-page--journal form:has(.wb-field--scale) .wb-state");
  const stands = () => state().textContent.includes("That was");
  return waited(() => form.requestSubmit(), stands);
}"""
CHART = """() => {
  const drawing = () => document.querySelector(".wb-page--progress .wb-drawing[role=img]");
  const before = drawing();
  const buttons = [...document.querySelectorAll(".wb-page--progress button")];
  const save = buttons.find((each) => each.textContent === "Save rating");
  return waited(() => save.click(), () => drawing() && drawing() !== before);
}"""


@pytest.fixture
def demo_tab(browser: Browser, tmp_path: Path) -> Iterator[Page]:
    """The sample book's door."""
    served: Served = start_serving(tmp_path, "--demo")
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.add_init_script(CLOCK)
    tab = context.new_page()
    tab.goto(f"{served.address}#journal")
    yield tab
    context.close()
    served.end()


def open_robin(tab: Page) -> list[str]:
    """Unlock, and wait for the journal. Returns the names of the other pages."""
    tab.get_by_role("button", name="Open as Robin").click()
    expect(tab.get_by_role("button", name="Save session")).to_be_visible()
    names: list[str] = tab.evaluate(
        "[...document.querySelectorAll('.wb-nav a')].map((link) => link.dataset.page)"
    )
    return [name for name in names if name != "journal"]


def lock(tab: Page) -> None:
    tab.get_by_role("button", name="Lock", exact=True).click()
    expect(tab.get_by_role("button", name="Open as Robin")).to_be_visible()


def pages(tab: Page) -> tuple[list[float], list[float]]:
    """First clicks on each page after a fresh unlock, and clicks after that."""
    first: list[float] = []
    later: list[float] = []
    while len(first) < TRIES:
        names = open_robin(tab)
        first += [tab.evaluate(TURN, name) for name in names]
        later += [tab.evaluate(TURN, name) for name in (*names, "journal")]
        lock(tab)
    return first, later


def saves(tab: Page) -> list[float]:
    """Sessions saved one after the other."""
    open_robin(tab)
    times = []
    for number in range(TRIES):
        tab.get_by_role("textbox", name="Takeaway").first.fill(f"Line {number}")
        expect(tab.locator(".wb-page--journal form .wb-state").first).to_contain_text("draft")
        times.append(tab.evaluate(SAVE))
    return times


def charts(tab: Page) -> list[float]:
    """Ratings saved one after the other, each until the chart is drawn anew."""
    tab.evaluate(TURN, "progress")
    expect(tab.locator(".wb-page--progress .wb-drawing[role=img]")).to_be_visible()
    times = []
    for number in range(TRIES):
        tab.get_by_role("button", name="Rate: One evening a week that is ours").click()
        ladder = tab.get_by_role("radiogroup", name="Move the marker to what fits today")
        ladder.get_by_role("radio").nth(number % 5).check(force=True)
        times.append(tab.evaluate(CHART))
    return times


def test_how_long_a_reader_waits(benchmark, capsys, demo_tab: Page) -> None:
    def all_of_it() -> dict[str, list[float]]:
        first, later = pages(demo_tab)
        return dict(zip(TARGETS, (first, later, saves(demo_tab), charts(demo_tab)), strict=True))

    waits = benchmark.pedantic(all_of_it, rounds=1)
    with capsys.disabled():
        print()
        for what, times in waits.items():
            print(f"{what}: {percentile(times, 50):.0f} ms, 95 of 100 under {percentile(times, 95):.0f} ms "
                  f"(target {TARGETS[what]} ms, {len(times)} tries)")  # fmt: skip


def percentile(times: list[float], rank: int) -> float:
    """The time that so many of a hundred stay under."""
    return quantiles(times, n=100, method="inclusive")[rank - 1]
