"""The two of them at once, each in a browser of their own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.conftest import Served
from tests.pages.conftest import LOCALE, PATIENCE_MS, answer, cards, listening, turn_to

PRIVATE, PLACE = "only robin knows about the harbour", "the room with the blue door"


@pytest.fixture
def two(browser: Browser, demo: Served, complaints: list[str]) -> Iterator[tuple[Page, Page]]:
    """Robin's tab and Kim's tab, both unlocked."""
    contexts = [browser.new_context(viewport={"width": 1280, "height": 900}, locale=LOCALE) for _ in range(2)]
    tabs = []
    for who, context in zip(("Robin", "Kim"), contexts, strict=True):
        context.set_default_timeout(PATIENCE_MS)
        tab = listening(context.new_page(), complaints)
        tab.goto(f"{demo.address}#journal")
        tab.get_by_role("button", name=f"Open as {who}").click()
        expect(tab.get_by_text(f"Unlocked as {who}")).to_be_visible()
        tabs.append(tab)
    yield tabs[0], tabs[1]
    for context in contexts:
        context.close()
    assert complaints == []


def test_a_session_is_for_both_and_what_one_says_about_it_is_not(two: tuple[Page, Page]) -> None:
    robin, kim = two
    expect(kim.get_by_text("16 sessions")).to_have_count(0)
    before = cards(kim).count()
    robin.get_by_role("textbox", name="Takeaway").fill(PRIVATE)
    answer(robin, "Closeness today", "1")
    robin.get_by_text("The rest is optional").click()
    robin.get_by_role("textbox", name="Place").fill(PLACE)
    robin.get_by_role("button", name="Save session").click()
    expect(robin.get_by_text("That was session")).to_be_visible()
    expect(cards(robin).first).to_contain_text(PRIVATE)
    kim.get_by_role("searchbox", name="Search").fill("blue door")
    expect(cards(kim)).to_have_count(1)
    expect(cards(kim)).to_contain_text(PLACE)
    expect(cards(kim)).not_to_contain_text("Closeness")
    kim.get_by_role("searchbox", name="Search").fill("")
    expect(cards(kim)).to_have_count(before + 1)
    for page in ("Charts", "Evaluate your progress", "Journal"):
        turn_to(kim, page)
    assert PRIVATE not in kim.content()
    expect(kim.get_by_role("button", name="Erase: Session 17")).to_have_count(0)


def test_a_loop_is_shared_word_for_word_and_the_copy_taken_back(two: tuple[Page, Page]) -> None:
    robin, kim = two
    turn_to(kim, "Hold yourself accountable")
    turn_to(robin, "Hold yourself accountable")
    robin.get_by_role("button", name="Share: The stairs").click()
    asked = robin.get_by_role("region", name="Share this with Kim?")
    expect(asked).to_contain_text("give me ten minutes")
    expect(asked).to_contain_text("How hot it gets 7")
    expect(cards(kim).filter(has_text="The stairs")).to_have_count(0)
    asked.get_by_role("button", name="Share exactly this").click()
    expect(cards(robin).filter(has_text="The stairs")).to_contain_text("a copy for both since")
    for page in ("Journal", "Hold yourself accountable"):
        turn_to(kim, page)
    shared = cards(kim).filter(has_text="The stairs")
    expect(shared).to_contain_text("Shared by Robin on")
    expect(shared.get_by_role("button", name="Edit")).to_have_count(0)
    expect(shared.get_by_role("button", name="Erase")).to_have_count(0)
    expect(cards(robin).filter(has_text="The stairs")).to_contain_text("a copy for both since")
    for tab in two:
        turn_to(tab, "Our data")
        expect(cards(tab).first).to_contain_text("Robin shared this on")
    turn_to(robin, "Hold yourself accountable")
    robin.get_by_role("button", name="Take the copy back: The stairs").click()
    robin.get_by_role("button", name="Take it back").click()
    expect(cards(robin).filter(has_text="The stairs")).to_contain_text("Only you")
    turn_to(kim, "Hold yourself accountable")
    expect(cards(kim).filter(has_text="The stairs")).to_have_count(0)


def test_keeping_it_to_oneself_shares_nothing(two: tuple[Page, Page]) -> None:
    robin, kim = two
    turn_to(robin, "Hold yourself accountable")
    turn_to(kim, "Hold yourself accountable")
    robin.get_by_role("button", name="Share: The shop at dinner").click()
    robin.get_by_role("button", name="Keep it to myself").click()
    expect(robin.get_by_role("region", name="Share this with Kim?")).to_have_count(0)
    expect(cards(robin).filter(has_text="The shop at dinner")).to_contain_text("Only you")
    expect(cards(kim).filter(has_text="The shop at dinner")).to_have_count(0)
