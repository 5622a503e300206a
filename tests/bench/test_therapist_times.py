"""How long a reader waits on the page of step 9 with 12 candidates and 15 criteria, both lists open.

Measured in the page itself, as in `test_page_times`. The target is that of any page.
Run it with `python -m pytest tests/bench/test_therapist_times.py --benchmark-only`.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.bench.test_page_times import CLOCK, TARGETS, TURN, percentile
from tests.pages.conftest import ADA, BEN, start_serving
from workbook.book import Book, Store, ballots, candidates
from workbook.entries import Candidate, CandidateRating, Criterion, Ranking
from workbook.store import Vault
from workbook.store.hardness import LOWEST

VISITS = 20
CANDIDATES, CRITERIA = 12, 15
SAVE = """() => {
  const host = document.querySelector(".wb-ratings-host");
  const save = [...host.querySelectorAll("button")].find((each) => each.textContent === "Save my ratings");
  host.querySelectorAll(".wb-row-list input[type=radio]:not(:checked)")[3].click();
  return waited(() => save.click(), () => /^Saved \\d/.test(host.querySelector(".wb-state").textContent));
}"""


def write_couple(where: Path) -> None:
    """A couple that has rated everybody by everything, voted, and opened both lists."""
    store = Store(Vault.open(where, hardness=LOWEST))
    store.create_member("Ada", ADA)
    ada = store.unlock("Ada", ADA)
    store.join("Ben", BEN, ada.invite())
    ben = store.unlock("Ben", BEN)
    keys = ada.write_many([Candidate(name=f"Candidate {n}") for n in range(CANDIDATES)], room="ours")
    for book, order in ((ada, keys), (ben, keys[::-1])):
        answer(book, order)
    for book in (ada, ben, ada):
        ballots.settle(book)
        ballots.consent(book, candidates.lists_of(ballots.standing(book, candidates.RANKING)), True)
        candidates.follow_consent(book)
    assert candidates.lists_are_open(ben, ballots.standing(ben, candidates.RANKING))
    store.close()


def answer(book: Book, order: list[str]) -> None:
    names = [f"Criterion {n}" for n in range(CRITERIA)]
    book.write_many([Criterion(name=name, weight=n % 5 + 1) for n, name in enumerate(names)])
    scores = [{name: (place + n) % 11 for n, name in enumerate(names)} for place in range(CANDIDATES)]
    book.write_many([CandidateRating(candidate=k, scores=s) for k, s in zip(order, scores, strict=True)])
    ballots.seal(book, candidates.RANKING, Ranking(order=tuple(order), acceptable=8))


@pytest.fixture
def tab(browser: Browser, tmp_path: Path) -> Iterator[Page]:
    """The door of the couple's book."""
    write_couple(tmp_path / "book.db")
    served = start_serving(tmp_path / "home", "--book", str(tmp_path / "book.db"))
    tab = browser.new_page(viewport={"width": 1280, "height": 900})
    tab.add_init_script(CLOCK)
    tab.goto(f"{served.address}#journal")
    yield tab
    tab.close()
    served.end()


def test_how_long_twelve_candidates_and_fifteen_criteria_take(benchmark, capsys, tab: Page) -> None:
    times: dict[str, list[float]] = {"a page, first click": [], "a page, later click": [], "a save": []}

    def visits() -> None:
        for _ in range(VISITS):
            tab.get_by_label("Who").select_option("Ada")
            tab.get_by_role("textbox", name="Passphrase").fill(ADA)
            tab.get_by_role("button", name="Unlock").click()
            expect(tab.get_by_role("button", name="Save session")).to_be_visible()
            times["a page, first click"].append(tab.evaluate(TURN, "therapist"))
            tab.evaluate(TURN, "journal")
            times["a page, later click"].append(tab.evaluate(TURN, "therapist"))
            tab.get_by_text("Rate them by it").click()
            expect(tab.get_by_role("button", name="Save my ratings")).to_be_visible()
            times["a save"].append(tab.evaluate(SAVE))
            tab.evaluate(TURN, "journal")
            tab.get_by_role("button", name="Lock", exact=True).click()
            expect(tab.get_by_role("button", name="Unlock")).to_be_visible()

    benchmark.pedantic(visits, rounds=1)
    with capsys.disabled():
        print()
        for what, took in times.items():
            print(f"{what}: {percentile(took, 50):.0f} ms, 95 of 100 under {percentile(took, 95):.0f} ms "
                  f"(target {TARGETS[what]} ms, {len(took)} tries)")  # fmt: skip
