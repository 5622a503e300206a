"""Joining: what inviting means, a code that works once, and what an invited member reads first."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.pages.conftest import ADA, LOCALE, PATIENCE_MS, Shelf, listening, save_session, turn_to, unlock
from tests.pages.test_accessibility import found_by_axe, look_all_over, tab_to
from tests.pages.test_lock import WIDGET_STATES, WORDS_ON_THE_PAGE
from workbook import WrongPassphrase
from workbook.book import Store, WrongCode, open_store
from workbook.store import Vault
from workbook.store.hardness import LOWEST

KIM = "six words that kim knows well"
CODE = re.compile(r"^([0-9A-Z]{4}-){6}[0-9A-Z]{2}$")
PRIVATE = "only ada knows about the harbour"
FIRST_WORDS = (
    "Someone who'd like to talk with you asked you to look. You owe this book nothing. "
    "Your pages are yours. They can't read them. You can't read theirs."
)

NOTE_WHAT_IS_SENT = """() => {
  window.sent = [];
  const send = WebSocket.prototype.send;
  WebSocket.prototype.send = function (words) {
    window.sent.push(typeof words === "string" ? words : new TextDecoder().decode(words));
    return send.call(this, words);
  };
}"""


@pytest.fixture
def another_tab(browser: Browser, shelf: Shelf, complaints: list[str]) -> Iterator[Callable[[], Page]]:
    """Opens the door of the same book in a browser of somebody else's."""
    contexts = []

    def open_() -> Page:
        contexts.append(browser.new_context(viewport={"width": 1280, "height": 900}, locale=LOCALE))
        contexts[-1].set_default_timeout(PATIENCE_MS)
        tab = listening(contexts[-1].new_page(), complaints)
        tab.goto(shelf.served.address)
        return tab

    yield open_
    for context in contexts:
        context.close()


@pytest.fixture
def at_join(another_tab: Callable[[], Page]) -> Page:
    """Kim at the door of Ada's book, about to type a code."""
    tab = another_tab()
    tab.get_by_role("button", name="I have a code").click()
    expect(tab.get_by_role("button", name="Join")).to_be_visible()
    return tab


def invite(shelf: Shelf) -> str:
    book = shelf.opened()
    code = book.invite()
    book.lock()
    return code


def join(tab: Page, code: str, name: str = "Kim", passphrase: str = KIM) -> None:
    """Fill in the form at the door and send it."""
    tab.get_by_role("textbox", name="Invitation code").fill(code)
    tab.get_by_role("textbox", name="Name").fill(name)
    tab.get_by_role("textbox", name="New passphrase").fill(passphrase)
    tab.get_by_role("button", name="Join").click()


def joined(tab: Page, code: str) -> Page:
    """Join, copy the recovery code, and stand before what an invited member reads first."""
    join(tab, code)
    expect(tab.get_by_label("Recovery code")).to_have_text(re.compile(r"[0-9A-Z-]{32,}"))
    tab.get_by_label("I have written it down").check()
    tab.get_by_role("button", name="Open my book").click()
    expect(tab.get_by_role("button", name="No thanks")).to_be_visible()
    return tab


def error_at(tab: Page, name: str) -> Locator:
    """What is said at one field of the form."""
    return tab.locator(f"[data-field={name}] .wb-error")


def records(shelf: Shelf) -> list[tuple[bytes, ...]]:
    with sqlite3.connect(shelf.book) as connection:
        found = connection.execute("SELECT room, writer, n FROM record").fetchall()
    connection.close()
    return sorted(found)


def said(tab: Page) -> set[str]:
    """The names of the messages that the page's controls have sent since they are noted."""
    return set(re.findall(r'"do":"(\w+)"', "".join(tab.evaluate("window.sent"))))


def test_what_inviting_means_stands_before_the_button(ada: Page) -> None:
    turn_to(ada, "Our data")
    card = ada.get_by_role("region", name="Your partner in this book")
    for words in (
        "Nothing that you don't share",
        "won't see when they were here",
        "can't be undone",
        "14 days",
    ):
        expect(card).to_contain_text(words)
    expect(card.get_by_role("button")).to_have_text(["Invite your partner"])


def test_a_code_is_shown_once_and_a_second_one_voids_the_first(ada: Page, shelf: Shelf) -> None:
    turn_to(ada, "Our data")
    ada.get_by_role("button", name="Invite your partner").click()
    shown = ada.get_by_label("Invitation code")
    expect(shown).to_have_text(CODE)
    expect(shown).to_be_focused()
    first = shown.inner_text()
    ada.get_by_role("button", name="Make another; this one stops working").click()
    expect(shown).not_to_have_text(first)
    second = shown.inner_text()
    assert second not in ada.evaluate(WIDGET_STATES)
    ada.get_by_role("button", name="I have copied it").click()
    expect(ada.get_by_role("button", name="Invite your partner")).to_be_visible()
    assert second not in ada.evaluate(WORDS_ON_THE_PAGE)
    store = open_store(shelf.book)
    with pytest.raises(WrongCode):
        store.join("Kim", KIM, first)
    assert store.join("Kim", KIM, second).name == "Kim"


def test_who_only_looks_cannot_invite(tab: Page, bare_shelf: Shelf) -> None:
    tab.goto(bare_shelf.served.address)
    tab.get_by_role("button", name="Just look").click()
    turn_to(tab, "Our data")
    expect(tab.get_by_text("You are only looking. Once you keep this book")).to_be_visible()
    expect(tab.get_by_role("button", name="Invite your partner")).to_have_count(0)


def test_the_partner_joins_and_neither_reads_the_other(ada: Page, shelf: Shelf, at_join: Page) -> None:
    save_session(ada, PRIVATE)
    turn_to(ada, "Our data")
    ada.get_by_role("button", name="Invite your partner").click()
    kim = joined(at_join, ada.get_by_label("Invitation code").inner_text())
    expect(kim.locator(".wb-spoken")).to_have_text(FIRST_WORDS)
    kim.get_by_role("button", name="Look around").click()
    expect(kim.get_by_text("Unlocked as Kim")).to_be_visible()
    turn_to(kim, "Journal")
    expect(kim.get_by_role("button", name="Save session")).to_be_visible()
    assert PRIVATE not in kim.evaluate(WORDS_ON_THE_PAGE)
    turn_to(kim, "Our data")
    expect(kim.get_by_text("Kim and Ada. A book has room for two")).to_be_visible()
    ada.get_by_role("button", name="Make another").click()
    expect(ada.get_by_text("Ada and Kim. A book has room for two")).to_be_visible()
    assert shelf.opened(KIM, "Kim").partner == "Ada"


def test_asking_and_declining_send_nothing_and_write_nothing(shelf: Shelf, at_join: Page) -> None:
    kim = joined(at_join, invite(shelf))
    before = records(shelf)
    kim.evaluate(NOTE_WHAT_IS_SENT)
    kim.get_by_role("button", name="Questions I have").click()
    expect(kim.get_by_role("heading", name="Questions I have")).to_be_focused()
    kim.get_by_role("button", name="Back").click()
    kim.get_by_role("button", name="No thanks").click()
    expect(kim.get_by_role("heading", name="That is a full answer")).to_be_focused()
    assert said(kim) <= {"ping", "ready"}  # the pages behind the door are being built
    kim.get_by_role("button", name="Lock it").click()
    expect(kim.get_by_text("Locked. Nobody was told.")).to_be_visible()
    assert "not_now" in said(kim)
    assert records(shelf) == before


def test_the_way_out_is_one_press_from_declining(shelf: Shelf, at_join: Page) -> None:
    kim = joined(at_join, invite(shelf))
    kim.get_by_role("button", name="No thanks").click()
    kim.get_by_role("button", name="Show me how to leave").click()
    expect(kim.get_by_role("heading", level=1, name="Our data")).to_be_visible()


def test_what_is_wrong_is_said_at_its_field_and_the_passphrase_is_not_typed_twice(
    shelf: Shelf, at_join: Page
) -> None:
    code, kim = invite(shelf), at_join
    for typed, name, field, said in (
        ("", "Kim", "code", "Type the code first."),
        (code, " ", "name", "Choose a name first."),
        ("7K3M-7K3M", "Kim", "code", "This code opens nothing here."),
        ("7K3M-" * 6 + "7K", "Kim", "code", "This code opens nothing here."),
        (code, "ADA", "name", "uses this name"),
        (code, "Ａda", "name", "uses this name"),
        (code, "K\u200bim", "name", "one line of letters"),
    ):
        join(kim, typed, name)
        expect(error_at(kim, field)).to_contain_text(said)
        expect(kim.locator(".wb-error:visible")).to_have_count(1)
        expect(kim.locator(f"[data-field={field}] input")).to_be_focused()
        expect(kim.get_by_role("textbox", name="New passphrase")).to_have_value(KIM)
    assert open_store(shelf.book).members() == ["Ada"]
    joined(kim, code)


def test_a_used_an_expired_and_a_replaced_code_are_refused(shelf: Shelf, at_join: Page) -> None:
    book = shelf.opened()
    replaced, expired = book.invite(), book._unlocked.invite(days=-1)
    for code in (replaced, expired):
        join(at_join, code)
        expect(error_at(at_join, "code")).to_contain_text("older than 14 days")
    used = book.invite()
    open_store(shelf.book).join("Kim", KIM, used)
    join(at_join, used, "Cem")
    expect(error_at(at_join, "code")).to_contain_text("Someone has already joined this book")
    assert open_store(shelf.book).members() == ["Ada", "Kim"]


def test_the_partner_s_recovery_code_is_no_invitation_and_still_opens_their_pages(
    tab: Page, bare_shelf: Shelf
) -> None:
    store = Store(Vault.open(bare_shelf.book, hardness=LOWEST))
    recovery = store.create_member("Ada", ADA).recovery_code
    tab.goto(bare_shelf.served.address)
    tab.get_by_role("button", name="I have a code").click()
    join(tab, recovery)
    expect(error_at(tab, "code")).to_contain_text("This is not an invitation")
    expect(error_at(tab, "code")).to_contain_text("should never be passed on")
    assert store.members() == ["Ada"]
    assert store.unlock_with_code("Ada", recovery).name == "Ada"


def test_of_two_who_join_at_once_one_gets_in_and_the_other_is_told(
    shelf: Shelf, another_tab: Callable[[], Page]
) -> None:
    code, tabs = invite(shelf), [another_tab(), another_tab()]
    for tab in tabs:
        tab.get_by_role("button", name="I have a code").click()
    for tab, name in zip(tabs, ("Kim", "Cem"), strict=True):
        join(tab, code, name)
    inside, told = 0, 0
    for tab in tabs:
        expect(
            tab.get_by_label("Recovery code").or_(error_at(tab, "code")).and_(tab.locator(":visible"))
        ).to_be_visible()
        inside += tab.get_by_label("Recovery code").count()
        told += tab.get_by_text("Someone has already joined this book").count()
    assert (inside, told, len(open_store(shelf.book).members())) == (1, 1, 2)


def test_nobody_is_asked_for_a_code_once_there_are_two(shelf: Shelf, another_tab: Callable[[], Page]) -> None:
    open_store(shelf.book).join("Kim", KIM, invite(shelf))
    door = another_tab()
    expect(door.get_by_role("button", name="I forgot my passphrase")).to_be_visible()
    expect(door.get_by_role("button", name="I have a code")).to_have_count(0)


def test_joining_works_by_keyboard_alone(shelf: Shelf, another_tab: Callable[[], Page]) -> None:
    code, kim = invite(shelf), another_tab()
    expect(kim.get_by_role("button", name="I have a code")).to_be_visible()
    tab_to(kim, "button I have a code")
    kim.keyboard.press("Enter")
    expect(kim.get_by_role("textbox", name="Invitation code")).to_be_focused()
    kim.keyboard.type(code)
    tab_to(kim, "input Name")
    kim.keyboard.type("Kim")
    tab_to(kim, "input New passphrase")
    kim.keyboard.type(KIM)
    kim.keyboard.press("Enter")
    expect(kim.get_by_role("checkbox", name="I have written it down")).to_be_focused()
    kim.keyboard.press("Space")
    tab_to(kim, "button Open my book")
    kim.keyboard.press("Enter")
    expect(kim.get_by_role("heading", name="You were asked to look")).to_be_focused()
    tab_to(kim, "button Not now")
    kim.keyboard.press("Enter")
    expect(kim.get_by_text("Locked. Nobody was told.")).to_be_visible()
    kim.get_by_role("combobox", name="Who").select_option("Kim")
    unlock(kim, KIM)
    expect(kim.get_by_text("Unlocked as Kim")).to_be_visible()
    assert open_store(shelf.book).members() == ["Ada", "Kim"]
    with pytest.raises(WrongPassphrase):
        shelf.opened(ADA, "Kim")


def test_every_view_of_joining_is_for_everyone(ada: Page, shelf: Shelf, at_join: Page) -> None:
    turn_to(ada, "Our data")
    ada.get_by_role("button", name="Invite your partner").click()
    expect(ada.get_by_label("Invitation code")).to_be_visible()
    look_all_over(ada, "invitation code")
    code = ada.get_by_label("Invitation code").inner_text()
    look_all_over(at_join, "join")
    join(at_join, "7K3M", "Kim")
    expect(error_at(at_join, "code")).to_be_visible()
    look_all_over(at_join, "join, refused")
    kim = joined(at_join, code)
    look_all_over(kim, "invited")
    kim.get_by_role("button", name="Questions I have").click()
    look_all_over(kim, "questions")
    kim.get_by_role("button", name="Back").click()
    kim.get_by_role("button", name="No thanks").click()
    look_all_over(kim, "declined")
    kim.get_by_role("button", name="Back").click()
    kim.get_by_role("button", name="Look around").click()
    expect(kim.get_by_role("button", name="Pass to your partner")).to_be_visible()
    assert found_by_axe(kim) == []
