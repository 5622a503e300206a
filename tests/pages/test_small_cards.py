"""The small cards, reached from home: a letter that stays closed, a phrase that stops, and the rest."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.pages.conftest import Shelf, answer, cards, lock, take, turn_to, unlocked
from tests.pages.test_accessibility import look_all_over, unfold
from workbook import content
from workbook.entries import BadNight, Ending, Midway, NotHelping, Noticed, PauseCard

TODAY = date.today()  # noqa: DTZ011 - the page goes by the reader's own day
TOMORROW = TODAY + timedelta(days=1)
NAMES = [card["title"] for card in content.prose("cards")["fan"]["cards"]]
WORDS = "I lay there and counted the trains"


@pytest.fixture
def home(ada: Page) -> Page:
    """Ada's empty book, at home."""
    turn_to(ada, "Home")
    return ada


def test_home_leads_to_each_card_and_no_other_page_lists_them(home: Page) -> None:
    assert (
        "Small cards"
        not in home.get_by_role("navigation", name="Pages").get_by_role("link").all_inner_texts()
    )
    for name in NAMES:
        take(home, name)
        expect(home.get_by_role("heading", level=1, name="Small cards")).to_be_visible()
        assert home.url.endswith("#cards")
        turn_to(home, "Home")


def test_a_letter_of_a_bad_night_is_closed_until_its_hour_and_goes_to_nobody(
    home: Page, shelf: Shelf
) -> None:
    page = take(home, "Bad night")
    home.get_by_role("textbox", name="What it is like tonight").fill(WORDS)
    home.get_by_label("Closed until").fill(str(TODAY - timedelta(days=1)))
    home.get_by_role("button", name="Close it").click()
    expect(page.get_by_text("This hour has passed. Choose one that is still ahead.")).to_be_visible()
    home.get_by_role("button", name="Tomorrow", exact=True).click()
    home.get_by_role("button", name="Close it").click()
    expect(cards(home).first).to_contain_text("Closed until")
    expect(page).not_to_contain_text(WORDS)
    assert cards(home).first.get_by_role("button").all_inner_texts() == ["Read it", "Erase"]
    home.get_by_role("button", name="Read it").click()
    expect(page.get_by_text("It is closed until").first).to_be_visible()
    expect(page).not_to_contain_text(WORDS)
    (letter,) = shelf.opened().entries(BadNight)
    assert letter.entry == BadNight(words=WORDS, opens_on=TOMORROW, opens_at=time(9))
    assert letter.room == "mine"
    expect(page.get_by_role("heading", name="People to talk to")).to_be_visible()
    turn_to(home, "Home")
    expect(home.locator(".wb-next")).not_to_contain_text("night")


def test_a_letter_can_be_read_and_let_go_once_its_hour_has_come(tab: Page, shelf: Shelf) -> None:
    shelf.opened().write(BadNight(words=WORDS, opens_on=TODAY - timedelta(days=1), opens_at=time(9)))
    unlocked(tab, shelf)
    turn_to(tab, "Home")
    page = take(tab, "Bad night")
    tab.get_by_role("button", name="Read it").click()
    expect(page.locator(".wb-exact")).to_have_text(WORDS)
    tab.get_by_role("button", name="Erase it").click()
    no_letters = "No letters. If there is a bad night, what you write will wait here, closed."
    expect(page.get_by_text(no_letters)).to_be_visible()
    tab.get_by_role("button", name="Undo").click()
    expect(cards(tab)).to_have_count(1)
    tab.get_by_role("button", name="Read it").click()
    tab.get_by_role("button", name="Erase it").click()
    expect(page.get_by_text(no_letters)).to_be_visible()
    lock(tab)
    assert shelf.opened().entries(BadNight) == []


def test_each_card_keeps_what_is_written_on_it(home: Page, shelf: Shelf) -> None:
    take(home, "Pause card")
    home.get_by_role("textbox", name="The words that stop it").fill("Kettle")
    home.get_by_role("spinbutton", name="Minutes apart").fill("5")
    home.get_by_role("button", name="Save card").click()
    expect(home.get_by_text("choose a number from 20 to 1440")).to_be_visible()
    home.get_by_role("spinbutton", name="Minutes apart").fill("30")
    home.get_by_role("button", name="Save card").click()
    expect(cards(home).first).to_contain_text("30 minutes apart")
    take(home, "Noticed")
    home.get_by_role("textbox", name="I noticed that").fill("you made tea")
    home.get_by_role("button", name="Keep it").click()
    home.get_by_role("button", name="I said it").click()
    expect(cards(home).first).to_contain_text("Said on")
    take(home, "Not helping")
    answer(home, "What for", "to stop")
    home.get_by_role("textbox", name="What I would say").fill("Two more, then the last.")
    home.get_by_role("button", name="Save words").click()
    expect(cards(home).first).to_contain_text("To stop")
    take(home, "Joining midway")
    home.get_by_role("textbox", name="What I'd want the therapist to hear").fill(
        "I came late, not unwillingly."
    )
    home.get_by_role("button", name="Save sheet").click()
    home.get_by_text("From me, before we go on").first.click()
    expect(home.locator(".wb-sheet-body:visible")).to_contain_text("I came late, not unwillingly.")
    book = shelf.opened()
    assert [each.entry for each in book.entries(PauseCard)] == [PauseCard(phrase="Kettle", minutes=30)]
    assert [each.entry for each in book.entries(Noticed)] == [
        Noticed(what="you made tea", on=TODAY, said=TODAY)
    ]
    assert [each.entry.about for each in book.entries(NotHelping)] == ["stop"]
    assert [each.entry.hear for each in book.entries(Midway)] == ["I came late, not unwillingly."]


def test_after_an_end_the_book_is_quiet_and_an_erased_end_lets_it_speak_again(
    home: Page, shelf: Shelf
) -> None:
    expect(home.locator(".wb-next")).to_contain_text("A first step you can take alone")
    take(home, "Ending well")
    answer(home, "How it ends", "paused")
    home.get_by_label("A day to look again").fill(str(TODAY - timedelta(days=400)))
    home.get_by_role("button", name="End it here").click()
    expect(home.get_by_text("choose a day after the end")).to_be_visible()
    home.get_by_label("A day to look again").fill(str(TODAY + timedelta(days=180)))
    home.get_by_role("button", name="End it here").click()
    with home.expect_download() as saved:
        home.get_by_role("button", name="Save the day for a calendar").click()
    assert saved.value.suggested_filename == "dates.ics"
    assert "SUMMARY:Appointment" in saved.value.path().read_text()
    turn_to(home, "Home")
    expect(home.locator(".wb-next")).to_have_text("You noted an ending. Nothing is due any more.")
    book = shelf.opened()
    book.erase(book.entries(Ending)[0].id)
    book.lock()
    unlocked(home, shelf)
    turn_to(home, "Home")
    expect(home.locator(".wb-next")).to_contain_text("A first step you can take alone")


def test_every_card_is_accessible(home: Page) -> None:
    for name in NAMES:
        take(home, name)
        unfold(home)
        look_all_over(home, name)


def test_the_circle_keeps_still_for_whom_motion_is_too_much(home: Page) -> None:
    home.emulate_media(reduced_motion="reduce")
    take(home, "Bad night")
    home.get_by_role("button", name="Begin").click()
    circle = home.locator(".wb-breath")
    expect(circle).to_have_text("In")
    assert circle.evaluate("(each) => getComputedStyle(each).transform") == "none"
    expect(circle).to_have_text("Out")
    home.get_by_role("button", name="Stop", exact=True).click()
    expect(circle).to_have_text("Ready")
