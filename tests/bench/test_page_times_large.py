"""How much longer a reader waits in a book of 5,000 entries than in the sample book, in one run.

The two books are visited in turn, as often as each other, so that what else the machine does slows both.
Run it with `python -m pytest tests/bench/test_page_times_large.py --benchmark-only`.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from statistics import median

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.bench.test_page_times import CLOCK, SAVE, TURN, percentile
from tests.bench.years_of_use import write_years
from tests.pages.conftest import lock, start_serving
from workbook.book import Store, sample
from workbook.store import Vault
from workbook.store.hardness import LOWEST, derive

VISITS = 20
ALLOWED = 1.5
"""How many times the sample's wait a book of 5,000 entries may take."""
WHO, PASSPHRASE = "Robin", "six words that robin knows well"
WITH_CHARTS = ("accountability", "commitment", "budget", "charts")
UNLOCK = """() => {
  const unlock = [...document.querySelectorAll("button")].find((each) => each.textContent === "Unlock");
  const form = () => document.querySelector(".wb-page--journal:not([hidden]) form");
  return waited(() => unlock.click(), () => (form()?.getClientRects().length ?? 0) > 0);
}"""
RATE = """() => {
  const page = document.querySelector(".wb-page--progress");
  const save = [...page.querySelectorAll("button")].find((each) => each.textContent === "Save rating");
  window.old = new Set(document.querySelectorAll(".wb-drawing"));
  const drawing = () => page.querySelector(".wb-drawing[role=img]");
  return waited(() => save.click(), () => drawing() && !old.has(drawing()));
}"""
LOOK = """(name) => {
  const link = document.querySelector(`.wb-nav a[data-page="${name}"]`);
  const drawings = () => [...document.querySelectorAll(`.wb-page--${name} .wb-drawing`)];
  const waiting = () => drawings().find((each) => each.getAttribute("role") !== "img" || old.has(each));
  const stand = () => { waiting()?.scrollIntoView(); return drawings().length > 0 && !waiting(); };
  return waited(() => link.click(), stand);
}"""
Times = dict[tuple[str, str], list[float]]
"""Milliseconds by (measure, page)."""


def write_sample(where: Path) -> None:
    """The sample book, its passphrase stretched as little as the other book's."""
    sample.write_sample(where)
    store = Store(Vault.open(where, hardness=LOWEST))
    store.unlock(WHO, sample.PASSPHRASE).change_passphrase(sample.PASSPHRASE, PASSPHRASE)
    store.close()


@pytest.fixture
def tabs(browser: Browser, tmp_path: Path) -> Iterator[dict[str, Page]]:
    """The doors of both books, each with a server of its own."""
    books = {"sample": tmp_path / "sample.db", "large": tmp_path / "large.db"}
    write_sample(books["sample"])
    write_years(books["large"], WHO, PASSPHRASE)
    served = {name: start_serving(tmp_path / name, "--book", str(place)) for name, place in books.items()}
    tabs = {name: browser.new_page(viewport={"width": 1280, "height": 900}) for name in books}
    for name, tab in tabs.items():
        tab.add_init_script(CLOCK)
        tab.goto(f"{served[name].address}#journal")
    yield tabs
    for tab in tabs.values():
        tab.close()
    for each in served.values():
        each.end()


def visit(tab: Page, times: Times) -> None:
    """Unlock, go through all pages twice, write a session and a rating, look at each chart, lock."""
    tab.get_by_role("textbox", name="Passphrase").fill(PASSPHRASE)
    stretched = stretching()
    times["unlock, without stretching", "journal"].append(tab.evaluate(UNLOCK) - stretched)
    names = tab.evaluate("[...document.querySelectorAll('.wb-nav a')].map((link) => link.dataset.page)")
    others = [name for name in names if name != "journal"]
    for name in others:
        times["first click", name].append(tab.evaluate(TURN, name))
    for name in (*others, "journal"):
        times["later click", name].append(tab.evaluate(TURN, name))
    write_session(tab, times)
    rate(tab, times)
    for name in WITH_CHARTS:
        times["chart", name].append(tab.evaluate(LOOK, name))
    tab.evaluate(TURN, "journal")
    lock(tab)


def stretching() -> float:
    """Milliseconds that it takes right now to stretch the passphrase."""
    begun = time.perf_counter()
    derive(PASSPHRASE, bytes(16), LOWEST)
    return (time.perf_counter() - begun) * 1000


def write_session(tab: Page, times: Times) -> None:
    tab.get_by_role("textbox", name="Takeaway").first.fill("One line")
    expect(tab.locator(".wb-page--journal form .wb-state").first).to_contain_text("draft")
    times["save", "journal"].append(tab.evaluate(SAVE))


def rate(tab: Page, times: Times) -> None:
    """Rate a goal: its chart is drawn anew at once, the others when one looks at them."""
    tab.evaluate(TURN, "progress")
    expect(tab.locator(".wb-page--progress .wb-drawing[role=img]")).to_be_visible()
    tab.get_by_role("button", name="Rate: ").first.click()
    tab.get_by_role("radiogroup", name="Move the marker").get_by_role("radio").first.check(force=True)
    times["chart", "progress"].append(tab.evaluate(RATE))


def test_a_book_of_5000_entries_is_nearly_as_quick_as_the_sample(benchmark, capsys, tabs) -> None:
    found: dict[str, Times] = {name: defaultdict(list) for name in tabs}

    def all_visits() -> None:
        for _ in range(VISITS):
            for name, tab in tabs.items():
                visit(tab, found[name])

    benchmark.pedantic(all_visits, rounds=1)
    with capsys.disabled():
        print(*table(found["sample"], found["large"]), sep="\n")


def table(small: Times, large: Times) -> Iterator[str]:
    """A line for each measure over all pages, then one for each page; ratios are large / sample."""
    yield f"\n{'':42}  median, ms      ratio   95 of 100, ms   ratio   (allowed {ALLOWED})"
    for measure in dict.fromkeys(measure for measure, _ in small):
        pages = [page for found, page in small if found == measure]
        if len(pages) > 1:
            pooled = [[t for page in pages for t in times[measure, page]] for times in (small, large)]
            yield line(f"{measure}, all pages", *pooled)
        yield from (line(f"{measure}, {page}", small[measure, page], large[measure, page]) for page in pages)


def line(what: str, small: list[float], large: list[float]) -> str:
    middle, most = (median(small), median(large)), (percentile(small, 95), percentile(large, 95))
    return (
        f"{what:42} {middle[0]:5.0f} → {middle[1]:5.0f}  {ratio(*middle)}  "
        f"{most[0]:5.0f} → {most[1]:5.0f}  {ratio(*most)}"
    )


def ratio(small: float, large: float) -> str:
    return f"{large / small:5.2f}{' !' if large > ALLOWED * small else '  '}"
