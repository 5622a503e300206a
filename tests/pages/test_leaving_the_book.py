"""Leaving a book that two share: a book of one's own first, one's name typed, and what the other sees."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.pages.conftest import ADA, Shelf, save_session, turn_to, unlock, unlocked
from tests.pages.test_accessibility import look_all_over, tab_to
from tests.pages.test_lock import WIDGET_STATES, WORDS_ON_THE_PAGE
from workbook import WrongPassphrase
from workbook.book import open_store
from workbook.entries import Reflection, Session

KIM = "six words that kim knows well"
PRIVATE = "only ada knows about the harbour"


@pytest.fixture
def ada(tab: Page, shelf: Shelf) -> Page:
    """Ada's book, which Kim has joined, unlocked as Ada on "Our data"."""
    book = shelf.opened()
    open_store(shelf.book).join("Kim", KIM, book.invite())
    unlocked(tab, shelf)
    save_session(tab, PRIVATE)
    turn_to(tab, "Our data")
    return tab


def way_out(tab: Page) -> Locator:
    """The card that leads out."""
    return tab.locator(".wb-leaving")


def write_own_book(tab: Page, passphrase: str = ADA, file: str = "") -> None:
    if not way_out(tab).get_by_role("button", name="Write my own book").count():
        way_out(tab).get_by_role("button", name="Leave with what is mine").click()
    if file:
        way_out(tab).get_by_role("textbox", name="File of your own book").fill(file)
    way_out(tab).get_by_label("Passphrase").fill(passphrase)
    way_out(tab).get_by_role("button", name="Write my own book").click()


def leave(tab: Page, name: str = "Ada") -> None:
    way_out(tab).get_by_role("checkbox").check()
    way_out(tab).get_by_role("textbox", name="To leave, type your name").fill(name)
    way_out(tab).get_by_role("button", name="Leave this book").click()


def test_whoever_leaves_has_their_own_book_and_the_other_keeps_what_was_shared(
    ada: Page, shelf: Shelf
) -> None:
    write_own_book(ada)
    expect(ada.get_by_role("heading", name="Your own book is written and checked")).to_be_focused()
    expect(way_out(ada)).to_contain_text("2 entries of yours")
    own_place = shelf.book.with_name("book-2.db")
    expect(way_out(ada)).to_contain_text(f'workbook --book "{own_place}"')
    assert ADA not in ada.evaluate(WIDGET_STATES) + ada.evaluate(WORDS_ON_THE_PAGE)
    leave(ada)
    expect(ada.get_by_text("You have left this book.")).to_be_visible()
    assert PRIVATE not in ada.evaluate(WORDS_ON_THE_PAGE)
    with pytest.raises(WrongPassphrase):
        shelf.opened()
    own = open_store(own_place).unlock("Ada", ADA)
    assert [each.entry.takeaway for each in own.entries(Reflection)] == [PRIVATE]
    assert len(own.entries(Session)) == 1
    unlock(ada, KIM)
    told = ada.get_by_role("status").filter(has_text="Ada has left this book.")
    expect(told).to_contain_text("What the two of you shared stays")
    turn_to(ada, "Journal")
    expect(ada.get_by_role("heading", name="Session 1")).to_be_visible()
    turn_to(ada, "Our data")
    expect(ada.get_by_text("nobody else can join")).to_be_visible()
    expect(ada.get_by_role("button", name="Invite your partner")).to_have_count(0)
    expect(ada.get_by_role("button", name="Pass to your partner")).to_have_count(0)
    expect(way_out(ada)).to_contain_text("You are the only one in this book")


def test_what_is_wrong_is_said_at_its_field_and_nobody_leaves_by_it(ada: Page, shelf: Shelf) -> None:
    said = way_out(ada).locator(".wb-error:visible")
    write_own_book(ada, "not the passphrase")
    expect(said).to_have_text(
        "That isn't your passphrase. Nothing was written, and nothing was erased. Try again."
    )
    write_own_book(ada, ADA, "book.db")
    expect(said).to_contain_text("nothing is ever overwritten")
    write_own_book(ada, ADA, "/no/such/folder/mine.db")
    expect(said).to_contain_text("there is no folder /no/such/folder")
    assert not shelf.book.with_name("book-2.db").exists()
    write_own_book(ada, ADA, "mine.db")
    way_out(ada).get_by_role("button", name="Leave this book").click()
    expect(said).to_have_text("Write the code down first, then tick the box.")
    for name in ("", "ada", "Kim"):
        leave(ada, name)
        expect(said).to_have_text("Type Ada, exactly as on the first page of the book.")
    way_out(ada).get_by_role("button", name="Stay").click()
    expect(way_out(ada).get_by_role("button", name="Leave with what is mine")).to_be_visible()
    assert shelf.opened().partner == "Kim"


def test_leaving_works_by_keyboard_alone_and_for_everyone(ada: Page, shelf: Shelf) -> None:
    look_all_over(ada, "way out")
    way_out(ada).get_by_role("button", name="Leave with what is mine").focus()
    ada.keyboard.press("Enter")
    expect(ada.get_by_role("heading", name="First, a book of your own")).to_be_focused()
    look_all_over(ada, "own book")
    tab_to(ada, "input Passphrase")
    ada.keyboard.type(ADA)
    ada.keyboard.press("Enter")
    expect(ada.get_by_role("heading", name="Your own book is written and checked")).to_be_focused()
    look_all_over(ada, "own book written")
    tab_to(ada, "input I have written it down")
    ada.keyboard.press("Space")
    tab_to(ada, "input To leave, type your name: Ada")
    ada.keyboard.type("Ada")
    ada.keyboard.press("Enter")
    expect(ada.get_by_text("You have left this book.")).to_be_visible()
    assert open_store(shelf.book).members() == ["Kim"]
