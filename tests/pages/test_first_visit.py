"""From the first look to a book of one's own, and the ways between its pages."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.pages.conftest import Shelf, answer, cards, lock, save_session, state, turn_to, unlock, unlocked
from workbook.entries import Goal, GoalRating, Reflection, Session
from workbook.steps.page import pages


@pytest.fixture
def looking(tab: Page, bare_shelf: Shelf) -> Page:
    """A first visit, just looking."""
    tab.goto(f"{bare_shelf.served.address}#journal")
    tab.get_by_role("button", name="Just look").click()
    expect(tab.get_by_role("button", name="Save session")).to_be_visible()
    return tab


def add_goal(tab: Page, title: str) -> None:
    turn_to(tab, "Evaluate your progress")
    tab.get_by_role("textbox", name="What would you notice at home?").fill(title)
    tab.get_by_role("button", name="Save goal").click()
    expect(tab.get_by_role("heading", name=title)).to_be_visible()


def rate_goal(tab: Page, title: str, level: str) -> None:
    tab.get_by_role("button", name=f"Rate: {title}").click()
    answer(tab, "Move the marker to what fits today", level)
    tab.get_by_role("button", name="Save rating").click()


def test_looking_makes_no_file(looking: Page, bare_shelf: Shelf) -> None:
    save_session(looking, "ask before fixing")
    expect(looking.get_by_text("Just looking. Nothing is kept.")).to_be_visible()
    assert not bare_shelf.book.exists()


def test_what_was_written_while_looking_can_be_kept(looking: Page, bare_shelf: Shelf) -> None:
    add_goal(looking, "We eat together")
    turn_to(looking, "Journal")
    answer(looking, "Closeness today", "6")
    answer(looking, "We eat together", "as hoped")
    save_session(looking, "ask before fixing")
    passphrase = keep(looking, "Zoë")
    lock(looking)
    unlock(looking, passphrase)
    expect(looking.get_by_role("heading", name="Session 1")).to_be_visible()
    book = bare_shelf.opened(passphrase, "Zoë")
    (reflection,) = book.entries(Reflection)
    assert (reflection.entry.closeness, reflection.entry.hope) == (6, None)
    assert reflection.entry.takeaway == "ask before fixing"
    assert [rating.entry.level for rating in book.entries(GoalRating)] == [0]
    assert [goal.entry.title for goal in book.entries(Goal)] == ["We eat together"]


def keep(tab: Page, name: str) -> str:
    """Make it a book, with the six words; returns them."""
    tab.get_by_role("button", name="Keep this").click()
    tab.get_by_role("textbox", name="Name").fill(name)
    words = tab.locator(".wb-suggestion").inner_text()
    assert len(words.split()) == 6
    tab.get_by_role("button", name="Use these six words").click()
    tab.get_by_role("button", name="Keep it").click()
    expect(tab.get_by_label("Recovery code")).to_have_text(re.compile(r"[0-9A-Z-]{32,}"))
    tab.get_by_role("button", name="Open my book").click()
    expect(tab.get_by_role("alert").filter(has_text="Write the code down first")).to_be_visible()
    tab.get_by_label("I have written it down").check()
    tab.get_by_role("button", name="Open my book").click()
    expect(tab.get_by_text(f"Unlocked as {name}")).to_be_visible()
    return words


def test_a_saved_session_answers_with_its_number_and_a_dot_on_the_goal(ada: Page, shelf: Shelf) -> None:
    add_goal(ada, "We eat together")
    turn_to(ada, "Journal")
    answer(ada, "We eat together", "more")
    ada.get_by_role("button", name="Save session").click()
    expect(state(ada)).to_have_text(
        re.compile(r"^Saved \d\d:\d\d\. That was session 1\. We eat together: ○○○●○ more\.$")
    )
    book = shelf.opened()
    assert [session.entry.together for session in book.entries(Session)] == ["together"]
    assert [rating.entry.level for rating in book.entries(GoalRating)] == [1]


def test_a_session_is_found_by_word_by_tag_and_by_date(full_ada: Page) -> None:
    full_ada.get_by_role("searchbox", name="Search").fill("week 17")
    expect(cards(full_ada)).to_have_count(1)
    expect(cards(full_ada)).to_contain_text("Line of week 17")
    full_ada.get_by_role("searchbox", name="Search").fill("")
    full_ada.get_by_role("button", name="money", exact=True).click()
    expect(cards(full_ada)).to_have_count(5)
    sessions = full_ada.get_by_role("region", name="Sessions so far")
    sessions.get_by_text("Dates", exact=True).click()
    sessions.get_by_label("From", exact=True).fill("2026-02-01")
    sessions.get_by_label("To", exact=True).fill("2026-03-31")
    expect(cards(full_ada)).to_have_count(2)


def test_a_rating_changes_what_the_chart_says_and_a_reload_keeps_it(ada: Page) -> None:
    add_goal(ada, "We eat together")
    expect(ada.get_by_text("Once you rate a goal")).to_be_visible()
    rate_goal(ada, "We eat together", "less than hoped")
    chart = ada.get_by_role("img", name="Are we moving?")
    expect(chart).to_be_visible()
    before = chart.get_attribute("aria-label") or ""
    rate_goal(ada, "We eat together", "more than hoped")
    expect(chart).not_to_have_attribute("aria-label", before)
    after = chart.get_attribute("aria-label") or ""
    ada.reload()
    unlock(ada)
    expect(chart).to_have_attribute("aria-label", after)


def test_pages_are_listed_by_title_in_order(ada: Page) -> None:
    links = ada.get_by_role("navigation", name="Pages").get_by_role("link")
    expect(links).to_have_text([page.title for page in pages() if page.listed])
    numbers = [page.number for page in pages() if page.number]
    assert numbers == sorted(numbers)


def test_the_address_follows_the_page_and_back_and_forward_work(ada: Page, shelf: Shelf) -> None:
    assert ada.url == f"{shelf.served.base}#journal"
    turn_to(ada, "Evaluate your progress")
    turn_to(ada, "Charts")
    assert ada.url == f"{shelf.served.base}#charts"
    ada.go_back()
    expect(ada.get_by_role("heading", level=1, name="Evaluate your progress")).to_be_visible()
    assert ada.url == f"{shelf.served.base}#progress"
    ada.go_back()
    expect(ada.get_by_role("heading", level=1, name="Journal")).to_be_visible()
    ada.go_forward()
    expect(ada.get_by_role("heading", level=1, name="Evaluate your progress")).to_be_visible()


def test_a_bookmark_opens_its_page_and_an_address_typed_by_hand_turns_to_it(tab: Page, shelf: Shelf) -> None:
    unlocked(tab, shelf, f"{shelf.served.address}#charts")
    expect(tab.get_by_role("heading", level=1, name="Charts")).to_be_visible()
    expect(tab.get_by_role("link", name="Charts")).to_have_attribute("aria-current", "page")
    tab.evaluate("location.hash = 'journal'")
    expect(tab.get_by_role("heading", level=1, name="Journal")).to_be_visible()
    tab.evaluate("location.hash = 'nowhere'")
    expect(tab.get_by_role("heading", level=1, name="Journal")).to_be_visible()


def test_a_bookmark_still_works_after_a_lock(tab: Page, shelf: Shelf) -> None:
    unlocked(tab, shelf, f"{shelf.served.address}#progress")
    lock(tab)
    unlock(tab)
    expect(tab.get_by_role("heading", level=1, name="Evaluate your progress")).to_be_visible()
