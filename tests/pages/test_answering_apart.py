"""Two members answer on their own, and learn only whether they match."""

from __future__ import annotations

from datetime import date

import pytest
from playwright.sync_api import Page, expect

from tests.pages.conftest import ADA, BEN, Shelf, cards, come_in, lock, turn_to
from workbook.book import Book
from workbook.entries import UNSEEN, Alternative, Trial

TRIAL, CARDS = "Offer a test drive", "Brainstorm all your alternatives"
TODAY = date.today()  # noqa: DTZ011 - the page goes by the reader's own day
NOTE = "what only ada thinks of the hour"


def books(shelf: Shelf) -> tuple[Book, Book]:
    return shelf.opened(ADA, "Ada"), shelf.opened(BEN, "Ben")


@pytest.fixture
def visited(couple_shelf: Shelf) -> None:
    """A visit that both know of."""
    couple_shelf.opened().write(Trial(with_whom="Ines Aldana", on=TODAY), room="ours")


def say(tab: Page, answer: str, note: str = "") -> None:
    turn_to(tab, TRIAL)
    cards(tab).first.get_by_role("button", name=answer, exact=True).click()
    tab.get_by_role("textbox", name="A note to yourself").fill(note)
    tab.get_by_role("button", name="Keep my answer").click()
    expect(cards(tab).first).to_contain_text(f"Your answer: {answer}")


@pytest.mark.usefixtures("visited")
def test_on_visits_apart_each_learns_only_whether_both_would_go_again(
    ada_and_ben: tuple[Page, Page], couple_shelf: Shelf
) -> None:
    ada, ben = ada_and_ben
    say(come_in(ada, couple_shelf, "Ada"), "yes", NOTE)
    expect(cards(ada).first).to_contain_text("Sealed.")
    lock(ada)
    come_in(ben, couple_shelf, "Ben")
    turn_to(ben, TRIAL)
    expect(cards(ben).first).to_contain_text("Would you go again?")
    expect(cards(ben).first).not_to_contain_text("Sealed")
    say(ben, "yes")
    expect(cards(ben).first).to_contain_text("Sealed.")
    lock(ben)
    turn_to(come_in(ada, couple_shelf, "Ada"), TRIAL)
    expect(cards(ada).first).to_contain_text("You'd both go again")
    turn_to(come_in(ben, couple_shelf, "Ben"), TRIAL)
    expect(cards(ben).first).to_contain_text("You'd both go again")
    assert NOTE not in ben.content()


@pytest.mark.usefixtures("visited")
def test_both_at_once_learn_it_as_soon_as_a_page_is_turned(
    ada_and_ben: tuple[Page, Page], couple_shelf: Shelf
) -> None:
    ada, ben = (come_in(tab, couple_shelf, who) for tab, who in zip(ada_and_ben, ("Ada", "Ben"), strict=True))
    say(ada, "yes")
    say(ben, "no")
    for tab in (ada, ben):
        turn_to(tab, "Journal")
    for tab in (ada, ben):
        turn_to(tab, TRIAL)
        expect(cards(tab).first).to_contain_text("Not a yes from both")
    frames = [book.frame(kind).to_csv() for book in books(couple_shelf) for kind in (Trial,)]
    assert not any("no," in frame for frame in frames)


def test_of_two_sortings_only_what_both_could_imagine_is_shown(
    ada_and_ben: tuple[Page, Page], couple_shelf: Shelf
) -> None:
    ada, ben = ada_and_ben
    book, _ = books(couple_shelf)
    book.write(Alternative(what="A bench that only Ada knows of"))
    for tab, who, order in ((ada, "Ada", "nmx"), (ben, "Ben", "nnn"), (ada, "Ada", ""), (ben, "Ben", "")):
        turn_to(come_in(tab, couple_shelf, who), CARDS)
        for place in order:
            name = {"n": "Could do now", "m": "Maybe", "x": "Not for me"}[place]
            tab.locator(".wb-sort-top").get_by_role("button", name=name, exact=True).click()
        if order:
            tab.locator(".wb-seal").get_by_role("button", name="Seal").click()
            expect(tab.locator(".wb-seal .wb-state")).to_contain_text("Saved")
        else:
            shared = tab.get_by_role("region", name="What both of you could imagine")
            expect(shared.locator(".wb-entry")).to_have_count(2)
            expect(shared.locator(".wb-entry").nth(0)).to_contain_text("Therapy for one")
            expect(shared.locator(".wb-entry").nth(1)).to_contain_text("Someone of your faith")
            expect(shared).not_to_contain_text("A book")
        lock(tab)
    assert "bench" not in ben.content()


def test_a_sorting_is_withdrawn_and_looks_as_before(
    ada_and_ben: tuple[Page, Page], couple_shelf: Shelf
) -> None:
    ada, _ = ada_and_ben
    turn_to(come_in(ada, couple_shelf, "Ada"), CARDS)
    ada.locator(".wb-sort-top").get_by_role("button", name="Maybe", exact=True).click()
    ada.locator(".wb-seal").get_by_role("button", name="Seal").click()
    ada.get_by_role("button", name="Withdraw my answer").click()
    expect(ada.get_by_role("button", name="Withdraw my answer")).to_have_count(0)
    expect(ada.get_by_role("button", name="Seal my sorting")).to_be_visible()
    assert all(each.entries(kind) == [] for each in books(couple_shelf) for kind in UNSEEN)
