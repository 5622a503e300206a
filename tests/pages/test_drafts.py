"""What is being typed is never lost, and the form says in words how things stand."""

from __future__ import annotations

import os
import re
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import BrowserContext, Page, WebSocketRoute, expect

from tests.pages.conftest import Shelf, lock, state, turn_to, unlock, unlocked
from tests.serve.test_kernels import kernel_pids, wait_until
from tests.serve.test_leave import at_best
from workbook.entries import Candidate, Reflection

MARKER = "come back to the stairs"
SECONDS_UNTIL_DRAFT = 2
DRAFTED = re.compile(r"^Saved as a draft \d\d:\d\d\. Not in your book yet\.$")


def type_takeaway(tab: Page, words: str = MARKER) -> float:
    """Type, and return when the last key was pressed."""
    tab.get_by_role("textbox", name="Takeaway").press_sequentially(words)
    return time.monotonic()


def wait_for_draft(tab: Page) -> None:
    expect(state(tab)).to_have_text(DRAFTED)


def expect_draft(tab: Page) -> None:
    expect(tab.get_by_role("textbox", name="Takeaway")).to_have_value(MARKER)
    expect(state(tab)).to_have_text("Saved as a draft. Not in your book yet.")


def kill_kernel(shelf: Shelf) -> None:
    (pid,) = kernel_pids(shelf.served.process.pid)
    os.kill(pid, 9)


def test_a_draft_rests_encrypted_in_the_book_two_seconds_after_the_last_key(ada: Page, shelf: Shelf) -> None:
    def until_draft() -> float:
        ada.get_by_role("textbox", name="Takeaway").fill("")
        last_key = type_takeaway(ada)
        expect(state(ada)).to_have_text("Not saved yet")
        wait_for_draft(ada)
        return time.monotonic() - last_key

    assert at_best(until_draft, SECONDS_UNTIL_DRAFT) < SECONDS_UNTIL_DRAFT
    assert shelf.opened().drafts()["journal/new"]["takeaway"] == MARKER
    assert MARKER.encode() not in shelf.book.read_bytes()


def test_a_draft_is_back_after_a_reload_on_every_page(ada: Page) -> None:
    type_takeaway(ada)
    wait_for_draft(ada)
    turn_to(ada, "Evaluate your progress")
    ada.get_by_role("textbox", name="What would you notice at home?").fill("We sit on the bench")
    wait_for_draft(ada)
    ada.reload()
    unlock(ada)
    expect(ada.get_by_role("textbox", name="What would you notice at home?")).to_have_value(
        "We sit on the bench"
    )
    turn_to(ada, "Journal")
    expect_draft(ada)


def test_what_was_typed_the_moment_before_a_lock_is_back_after_it(ada: Page) -> None:
    type_takeaway(ada)
    lock(ada)
    unlock(ada)
    expect_draft(ada)


def test_what_was_typed_or_rated_the_moment_before_a_lock_is_back_in_every_kind_of_form(
    ada: Page, shelf: Shelf
) -> None:
    shelf.opened().write(Candidate(name="Ines"))
    turn_to(ada, "Select your therapist together")
    ada.locator(".wb-ratings-host summary").click()
    row = ada.locator(".wb-ratings-host .wb-row--scale").first
    row.get_by_role("radio", name="7", exact=True).check(force=True)
    lock(ada)
    [scores] = shelf.opened().drafts()["therapist/ratings"]["scores"].values()
    assert list(scores.values()) == [7]
    unlock(ada)
    turn_to(ada, "Evaluate your progress")
    ada.locator(".wb-aside:visible").get_by_role("button").click()
    guided = ada.locator(".wb-guided:visible")
    guided.get_by_role("button", name="Begin").click()
    guided.get_by_role("textbox").press_sequentially(MARKER)
    lock(ada)
    assert shelf.opened().drafts()["progress/guided"] == {"keep": MARKER}


def test_a_killed_kernel_is_said_at_once_and_leaves_what_is_typed_on_the_page(
    context: BrowserContext, shelf: Shelf
) -> None:
    tab = unlocked(context.new_page(), shelf)
    type_takeaway(tab)
    wait_for_draft(tab)
    kill_kernel(shelf)
    expect(tab.get_by_role("alert").filter(has_text="Connection lost")).to_be_visible()
    expect(state(tab)).to_have_text("Connection lost — reload")
    tab.get_by_role("textbox", name="Takeaway").press("End")
    tab.get_by_role("textbox", name="Takeaway").press_sequentially(" and the door")
    expect(state(tab)).to_have_text("Connection lost — reload. What you see here is not saved yet.")
    expect(tab.get_by_role("textbox", name="Takeaway")).to_have_value(f"{MARKER} and the door")
    tab.get_by_role("button", name="Save session").click(force=True)
    expect(state(tab)).to_contain_text("Connection lost — reload")
    tab.get_by_role("button", name="Reload").click()
    unlock(tab)
    expect_draft(tab)


def test_a_kernel_that_pauses_and_goes_on_takes_its_warning_back(ada: Page, shelf: Shelf) -> None:
    type_takeaway(ada)
    wait_for_draft(ada)
    (pid,) = kernel_pids(shelf.served.process.pid)
    os.kill(pid, signal.SIGSTOP)
    try:
        expect(state(ada)).to_have_text("Connection lost — reload")
    finally:
        os.kill(pid, signal.SIGCONT)
    expect(state(ada)).to_have_text(DRAFTED)
    ada.get_by_role("button", name="Save session").click()
    expect(state(ada)).to_contain_text("That was session 1.")


def test_saved_is_said_only_once_it_is_in_the_book(ada: Page, shelf: Shelf) -> None:
    type_takeaway(ada)
    wait_for_draft(ada)
    assert shelf.opened().entries(Reflection) == []
    ada.get_by_role("button", name="Save session").click()
    expect(state(ada)).to_have_text(re.compile(r"^Saved \d\d:\d\d\. That was session 1\.$"))
    book = shelf.opened()
    assert [reflection.entry.takeaway for reflection in book.entries(Reflection)] == [MARKER]
    wait_until(lambda: book.drafts() == {})
    expect(ada.get_by_role("textbox", name="Takeaway")).to_have_value("")


def test_what_is_typed_while_something_else_is_saved_stays_and_keeps_the_focus(full_ada: Page) -> None:
    full_ada.get_by_role("button", name="Erase: Session 25").click()
    expect(full_ada.get_by_role("button", name="Undo")).to_be_visible()
    takeaway = full_ada.get_by_role("textbox", name="Takeaway").first
    takeaway.focus()
    deadline = time.monotonic() + 14
    typed = ""
    while full_ada.get_by_role("button", name="Undo").is_visible() and time.monotonic() < deadline:
        takeaway_focused(full_ada)
        full_ada.keyboard.type("la")
        typed += "la"
    expect(full_ada.get_by_role("button", name="Undo")).to_be_hidden()
    full_ada.keyboard.type("!")
    expect(takeaway).to_have_value(f"{typed}!")


def test_what_is_typed_before_the_book_has_answered_a_save_stays(tab: Page, shelf: Shelf) -> None:
    line = SlowLine(tab)
    unlocked(tab, shelf)
    takeaway = tab.get_by_role("textbox", name="Takeaway")
    takeaway.fill("of this session")
    wait_for_draft(tab)
    with line.held():
        tab.get_by_role("button", name="Save session").click()
        takeaway.fill("of the next one")
        wait_until(lambda: tab.title() and "next one" in str(shelf.opened().drafts()))
    expect(tab.locator(".wb-form .wb-note", has_text="of this session")).to_be_visible()
    expect(takeaway).to_have_value("of the next one")
    assert [each.entry.takeaway for each in shelf.opened().entries(Reflection)] == ["of this session"]


def test_a_rating_given_before_the_book_has_answered_a_save_stays(tab: Page, shelf: Shelf) -> None:
    shelf.opened().write(Candidate(name="Ines"))
    line = SlowLine(tab)
    unlocked(tab, shelf)
    turn_to(tab, "Select your therapist together")
    rates = tab.locator(".wb-ratings-host")
    rates.locator("summary").click()
    rows = rates.locator(".wb-row--scale")
    with line.held():
        rows.nth(0).get_by_role("radio", name="7", exact=True).check(force=True)
        rates.get_by_role("button", name="Save my ratings").click()
        rows.nth(1).get_by_role("radio", name="3", exact=True).check(force=True)
    expect(rates.locator(".wb-state")).to_have_text(DRAFTED)
    expect(rows.nth(1).get_by_role("radio", name="3", exact=True)).to_be_checked()
    assert list(next(iter(shelf.opened().drafts()["therapist/ratings"]["scores"].values())).values()) == [
        7,
        3,
    ]


class SlowLine:
    """A connection that can hold up what the kernel says; it flows while the tab is asked something."""

    def __init__(self, tab: Page) -> None:
        self._is_held = False
        self._waiting: list[tuple[WebSocketRoute, str | bytes]] = []
        tab.route_web_socket(re.compile("/channels"), self._connect)

    def _connect(self, page: WebSocketRoute) -> None:
        kernel = page.connect_to_server()
        page.on_message(kernel.send)
        kernel.on_message(
            lambda said: self._waiting.append((page, said)) if self._is_held else page.send(said)
        )

    @contextmanager
    def held(self) -> Iterator[None]:
        """What is said meanwhile comes afterwards, in its order."""
        self._is_held = True
        yield
        self._is_held = False
        while self._waiting:
            page, said = self._waiting.pop(0)
            page.send(said)


def takeaway_focused(tab: Page) -> None:
    assert tab.evaluate("document.activeElement.tagName") == "TEXTAREA"
