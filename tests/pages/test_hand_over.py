"""Passing the page on: everything of the first is gone from it, and the second is asked in."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, WebSocket, expect

from tests.conftest import Served
from tests.pages.conftest import ADA, Shelf, listening, state, turn_to, unlock, unlocked
from tests.pages.test_accessibility import found_by_axe, look_all_over
from tests.pages.test_lock import MARKERS, TYPED, WIDGET_STATES, WORDS_ON_THE_PAGE, found_in, write_markers
from workbook.book import open_store

KIM = "six words that kim knows well"
KIMS = "kim never liked the plum tree"
PASS = "Pass to your partner"


@pytest.fixture
def frames() -> list[bytes]:
    """What the page and its kernel said to each other."""
    return []


@pytest.fixture
def ada(context: BrowserContext, shelf: Shelf, frames: list[bytes], complaints: list[str]) -> Iterator[Page]:
    """Ada's book, which Kim has joined, unlocked as Ada on the journal."""
    book = shelf.opened()
    open_store(shelf.book).join("Kim", KIM, book.invite())
    tab = listening(context.new_page(), complaints)
    tab.on("websocket", lambda socket: note(socket, frames))
    yield unlocked(tab, shelf)
    assert complaints == []


def note(socket: WebSocket, frames: list[bytes]) -> None:
    def keep(payload: str | bytes) -> None:
        frames.append(payload.encode() if isinstance(payload, str) else payload)

    socket.on("framesent", keep)
    socket.on("framereceived", keep)


def pass_on(tab: Page, to: str) -> Page:
    """Pass the page on, and wait until the other one is asked in."""
    tab.get_by_role("button", name=PASS).click()
    expect(tab.get_by_role("heading", name=f"Over to {to}")).to_be_visible()
    return tab


def come_in(tab: Page, passphrase: str, who: str) -> Page:
    unlock(tab, passphrase)
    expect(tab.get_by_text(f"Unlocked as {who}")).to_be_visible()
    return tab


def test_nothing_of_the_first_is_in_the_page_of_the_second(ada: Page, frames: list[bytes]) -> None:
    write_markers(ada)
    assert found_in(b"".join(frames).decode(errors="replace")) == list(MARKERS)
    kim = pass_on(ada, "Kim")
    for place in (WORDS_ON_THE_PAGE, WIDGET_STATES):
        assert found_in(kim.evaluate(place)) == []
    assert kim.locator(".wb-page").count() == 0
    frames.clear()
    come_in(kim, KIM, "Kim")
    for title in ("Journal", "Evaluate your progress", "Charts", "Our data", "Home"):
        turn_to(kim, title)
        assert found_in(kim.evaluate(WORDS_ON_THE_PAGE)) == []
    turn_to(kim, "Journal")
    kim.get_by_role("textbox", name="Takeaway").fill(KIMS)
    kim.get_by_role("button", name="Save session").click()
    expect(kim.get_by_text("That was session")).to_be_visible()
    assert found_in(kim.evaluate(WIDGET_STATES)) == []
    said = b"".join(frames)
    assert KIMS.encode() in said
    assert [marker for marker in MARKERS if marker.encode() in said] == []


def test_what_the_first_was_typing_is_kept_and_there_when_the_page_comes_back(ada: Page) -> None:
    ada.get_by_role("textbox", name="Takeaway").fill(TYPED)
    kim = come_in(pass_on(ada, "Kim"), KIM, "Kim")
    turn_to(kim, "Journal")
    expect(kim.get_by_role("textbox", name="Takeaway")).to_have_value("")
    again = come_in(pass_on(kim, "Ada"), ADA, "Ada")
    turn_to(again, "Journal")
    expect(again.get_by_role("textbox", name="Takeaway")).to_have_value(TYPED)
    expect(state(again)).to_have_text(re.compile("^Saved as a draft"))


def test_the_door_says_in_one_sentence_what_stays_possible(ada: Page) -> None:
    kim = pass_on(ada, "Kim")
    said = kim.get_by_role("status").filter(has_text="Ada's pages are closed.")
    expect(said).to_contain_text("Until Kim locks or passes back, and for 15 min at most")
    expect(kim.get_by_role("combobox", name="Who")).to_have_value("Kim")
    expect(kim.get_by_role("textbox", name="Passphrase")).to_be_focused()
    come_in(kim, KIM, "Kim")
    kim.get_by_role("button", name="Lock", exact=True).click()
    expect(kim.get_by_text("Locked, for both of you.")).to_be_visible()


def test_the_second_does_not_see_where_the_first_was_on_their_own_pages(ada: Page, shelf: Shelf) -> None:
    turn_to(ada, "Hold yourself accountable")
    kim = pass_on(ada, "Kim")
    assert kim.url == f"{shelf.served.base}#home"
    come_in(kim, KIM, "Kim")
    expect(kim.get_by_role("heading", level=1, name="Home")).to_be_visible()


def test_a_page_for_both_is_passed_on_as_it_stands(ada: Page, shelf: Shelf) -> None:
    turn_to(ada, "Offer a test drive")
    kim = come_in(pass_on(ada, "Kim"), KIM, "Kim")
    expect(kim.get_by_role("heading", level=1, name="Offer a test drive")).to_be_visible()
    assert kim.url == f"{shelf.served.base}#trial"


def test_going_back_after_passing_on_shows_nothing_of_the_first(ada: Page) -> None:
    write_markers(ada)
    kim = come_in(pass_on(ada, "Kim"), KIM, "Kim")
    kim.go_back()
    expect(kim.get_by_text("Unlocked as Kim")).to_be_visible()
    assert found_in(kim.evaluate(WORDS_ON_THE_PAGE)) == []


def test_the_first_s_passphrase_does_not_open_the_second_s_pages(ada: Page) -> None:
    kim = pass_on(ada, "Kim")
    unlock(kim, ADA)
    expect(kim.get_by_role("alert").filter(has_text="don't belong together")).to_be_visible()
    come_in(kim, KIM, "Kim")


def test_passing_on_works_by_keyboard_alone(ada: Page) -> None:
    ada.get_by_role("heading", level=1, name="Journal").focus()
    for _ in range(40):
        ada.keyboard.press("Shift+Tab")
        if ada.evaluate("document.activeElement.textContent") == PASS:
            break
    ada.keyboard.press("Enter")
    expect(ada.get_by_role("textbox", name="Passphrase")).to_be_focused()
    ada.keyboard.type(KIM)
    ada.keyboard.press("Enter")
    expect(ada.get_by_text("Unlocked as Kim")).to_be_visible()
    expect(ada.get_by_role("heading", level=1, name="Home")).to_be_focused()


def test_the_door_after_passing_on_is_for_everyone(ada: Page) -> None:
    look_all_over(ada, "journal of two")
    kim = pass_on(ada, "Kim")
    look_all_over(kim, "passed on")
    unlock(kim, "wrong")
    expect(kim.get_by_role("alert").filter(has_text="don't belong together")).to_be_visible()
    assert found_by_axe(kim) == []


def test_a_book_of_one_has_nobody_to_be_passed_to(tab: Page, shelf: Shelf) -> None:
    unlocked(tab, shelf)
    expect(tab.get_by_role("button", name=PASS)).to_have_count(0)


def test_the_made_up_two_pass_the_page_on_as_well(tab: Page, demo: Served) -> None:
    tab.goto(demo.address)
    tab.get_by_role("button", name="Open as Robin").click()
    tab.get_by_role("button", name=PASS).click()
    expect(tab.get_by_role("button", name="Open as Kim")).to_be_focused()
    tab.keyboard.press("Enter")
    expect(tab.get_by_text("Unlocked as Kim")).to_be_visible()
    turn_to(tab, "Our data")
    expect(tab.get_by_text("The two in this book are made up, so neither can leave it.")).to_be_visible()
