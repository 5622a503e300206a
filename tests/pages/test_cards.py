"""The list of sessions: found, changed, looked back on, erased and brought back."""

from __future__ import annotations

import time

from playwright.sync_api import Page, expect

from tests.pages.conftest import Shelf, answer, cards, lock, turn_to, unlock
from tests.serve.test_kernels import wait_until
from workbook.entries import Reflection, Session

UNDO_SECONDS = 10


def test_twenty_sessions_stand_at_first_and_the_earlier_ones_on_request(full_ada: Page) -> None:
    expect(cards(full_ada)).to_have_count(20)
    expect(cards(full_ada).first).to_contain_text("Session 25")
    expect(full_ada.get_by_text("25 sessions", exact=True)).to_be_visible()
    full_ada.get_by_role("button", name="Show earlier sessions").click()
    expect(cards(full_ada)).to_have_count(25)
    expect(full_ada.get_by_role("button", name="Show earlier sessions")).to_be_hidden()


def test_what_nobody_wrote_is_not_found_and_the_words_say_what_to_do(full_ada: Page) -> None:
    full_ada.get_by_role("searchbox", name="Search").fill("LINE of week 3")
    expect(cards(full_ada)).to_have_count(1)
    full_ada.get_by_role("searchbox", name="Search").fill("line of week 33")
    expect(
        full_ada.get_by_text("No session fits that. Take a word away, or widen the dates.")
    ).to_be_visible()
    expect(cards(full_ada)).to_have_count(0)


def test_a_tag_keeps_the_focus_while_the_list_follows_it(full_ada: Page) -> None:
    tags = full_ada.locator(".wb-search:visible").get_by_role("group", name="Tags")
    for pressed in ("true", "false"):
        tags.get_by_role("button", name="money").press("Enter")
        expect(tags.get_by_role("button", name="money")).to_have_attribute("aria-pressed", pressed)
        expect(tags.get_by_role("button", name="money")).to_be_focused()


def test_a_changed_session_shows_its_new_words_and_keeps_the_old_ones(
    full_ada: Page, full_shelf: Shelf
) -> None:
    full_ada.get_by_role("button", name="Edit: Session 25").click()
    form = full_ada.locator(".wb-form").filter(has=full_ada.get_by_role("button", name="Save changes"))
    answer(form, "Felt understood", "9")
    form.get_by_role("textbox", name="Takeaway").fill("What I meant to write")
    form.get_by_role("button", name="Save changes").click()
    expect(cards(full_ada).first).to_contain_text("Felt understood 9")
    expect(cards(full_ada).first).to_contain_text("What I meant to write")
    full_ada.get_by_role("button", name="Earlier versions: Session 25").click()
    expect(full_ada.locator(".wb-versions")).to_contain_text("Line of week 25")
    expect(full_ada.locator(".wb-versions")).to_contain_text("What I meant to write")
    book = full_shelf.opened()
    assert [each.entry.understood for each in book.entries(Reflection) if each.revised_at] == [9]
    assert all(each.entry.paid == 120 for each in book.entries(Session))


def test_an_edit_that_is_cancelled_changes_nothing(full_ada: Page, full_shelf: Shelf) -> None:
    full_ada.get_by_role("button", name="Edit: Session 25").click()
    form = full_ada.locator(".wb-form").filter(has=full_ada.get_by_role("button", name="Save changes"))
    form.get_by_role("textbox", name="Takeaway").fill("Never mind")
    form.get_by_role("button", name="Cancel").click()
    expect(form).to_have_count(0)
    expect(cards(full_ada).first).to_contain_text("Line of week 25")
    wait_until(lambda: full_shelf.opened().drafts() == {})


def erase_last(tab: Page) -> None:
    tab.get_by_role("button", name="Erase: Session 25").click()
    expect(tab.get_by_text("24 sessions", exact=True)).to_be_visible()


def sessions_on_disk(shelf: Shelf) -> int:
    book = shelf.opened()
    counts = {len(book.entries(Session)), len(book.entries(Reflection))}
    book.lock()
    return counts.pop() if len(counts) == 1 else -1


def test_an_erased_session_comes_back_within_ten_seconds(full_ada: Page, full_shelf: Shelf) -> None:
    erase_last(full_ada)
    expect(full_ada.get_by_role("button", name="Undo")).to_be_focused()
    full_ada.get_by_role("button", name="Undo").click()
    expect(full_ada.get_by_text("25 sessions", exact=True)).to_be_visible()
    expect(cards(full_ada).first).to_contain_text("Session 25")
    expect(full_ada.get_by_role("heading", name="Sessions so far")).to_be_focused()
    assert sessions_on_disk(full_shelf) == 25


def test_undo_stays_in_sight_while_one_turns_pages_and_no_time_passes_at_it(
    full_ada: Page, full_shelf: Shelf
) -> None:
    undo, line = full_ada.get_by_role("button", name="Undo"), full_ada.locator(".wb-undo:has(button)")
    full_ada.get_by_role("button", name="Erase: Session 24").press("Enter")
    expect(undo).to_be_focused()
    expect(line.get_by_role("status")).to_have_text("Erased.")
    expect(line).to_have_attribute("data-held", "")
    turn_to(full_ada, "Home")
    expect(undo).to_be_in_viewport()
    expect(line).not_to_have_attribute("data-held", "")
    undo.hover()
    expect(line).to_have_attribute("data-held", "")
    assert sessions_on_disk(full_shelf) == 25
    undo.click()
    expect(undo).to_have_count(0)
    expect(full_ada.get_by_role("heading", level=1, name="Home")).to_be_focused()
    turn_to(full_ada, "Journal")
    expect(full_ada.get_by_text("25 sessions", exact=True)).to_be_visible()


def test_after_ten_seconds_an_erased_session_is_gone_from_the_disk(full_ada: Page, full_shelf: Shelf) -> None:
    erase_last(full_ada)
    erased = time.monotonic()
    assert sessions_on_disk(full_shelf) == 25
    expect(full_ada.get_by_role("button", name="Undo")).to_be_hidden(timeout=(UNDO_SECONDS + 5) * 1000)
    assert time.monotonic() - erased > UNDO_SECONDS - 2
    assert sessions_on_disk(full_shelf) == 24


def test_a_lock_erases_at_once_what_waited_for_an_undo(full_ada: Page, full_shelf: Shelf) -> None:
    erase_last(full_ada)
    lock(full_ada)
    assert sessions_on_disk(full_shelf) == 24
    unlock(full_ada)
    expect(full_ada.get_by_text("24 sessions", exact=True)).to_be_visible()
    expect(full_ada.get_by_text("Line of week 25")).to_have_count(0)
