"""What is being typed is never lost, and the form says in words how things stand."""

from __future__ import annotations

import os
import re
import time

from playwright.sync_api import BrowserContext, Page, expect

from tests.pages.conftest import Shelf, lock, state, turn_to, unlock, unlocked
from tests.serve.test_kernels import kernel_pids, wait_until
from workbook.entries import Reflection

MARKER = "come back to the stairs"
SECONDS_UNTIL_DRAFT = 2


def type_takeaway(tab: Page, words: str = MARKER) -> float:
    """Type, and return when the last key was pressed."""
    tab.get_by_role("textbox", name="Takeaway").press_sequentially(words)
    return time.monotonic()


def wait_for_draft(tab: Page) -> None:
    expect(state(tab)).to_have_text(re.compile(r"^Saved as a draft \d\d:\d\d\. Not in your book yet\.$"))


def expect_draft(tab: Page) -> None:
    expect(tab.get_by_role("textbox", name="Takeaway")).to_have_value(MARKER)
    expect(state(tab)).to_have_text("Saved as a draft. Not in your book yet.")


def kill_kernel(shelf: Shelf) -> None:
    (pid,) = kernel_pids(shelf.served.process.pid)
    os.kill(pid, 9)


def test_a_draft_rests_encrypted_in_the_book_two_seconds_after_the_last_key(ada: Page, shelf: Shelf) -> None:
    last_key = type_takeaway(ada)
    expect(state(ada)).to_have_text("Not saved yet")
    wait_for_draft(ada)
    assert time.monotonic() - last_key < SECONDS_UNTIL_DRAFT
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


def takeaway_focused(tab: Page) -> None:
    assert tab.evaluate("document.activeElement.tagName") == "TEXTAREA"
