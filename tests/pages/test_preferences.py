"""Step 10 as readers use it: wishes sealed apart, what both can live with, and what one would say alone."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.pages.conftest import ADA, BEN, Shelf, answer, cards, come_in, lock, turn_to
from tests.pages.test_accessibility import look_all_over, unfold
from workbook.entries import Criterion, Preference, PrivateTopic

TITLE, THERAPIST = "Be sensitive to gender and to private needs", "Select your therapist together"
WHY = "what happened in the surgery in Leith"


def seal(tab: Page, gender: str, alone: str, *, must: bool = False) -> None:
    answer(tab, "A therapist who is", gender)
    if must:
        answer(tab, "How much that matters", "a must for me")
    answer(tab, "Sessions alone, as well as together", alone)
    tab.get_by_role("button", name="Seal my preferences").click()
    expect(cards(tab).first).to_contain_text("Sealed")


def outcome(tab: Page) -> str:
    return tab.locator(".wb-outcome:visible").inner_text()


@pytest.fixture
def alone(ada: Page) -> Page:
    """Ada's book on the page, before anybody joined."""
    turn_to(ada, TITLE)
    return ada


def test_alone_it_is_kept_and_waits_for_the_partner(alone: Page, shelf: Shelf) -> None:
    alone.get_by_text("More: why").click()
    alone.get_by_role("textbox", name="Why, for yourself").fill(WHY)
    seal(alone, "a woman", "I'd like some", must=True)
    expect(cards(alone).first).to_contain_text("a woman, a must")
    expect(alone.locator(".wb-outcome:visible")).to_contain_text("It waits for your partner.")
    (kept,) = shelf.opened().entries(Preference)
    assert (kept.room, kept.entry.gender, kept.entry.how, kept.entry.why) == ("mine", "woman", "must", WHY)


def test_it_is_withdrawn_by_one_button(alone: Page, shelf: Shelf) -> None:
    seal(alone, "a man", "rather not")
    alone.get_by_role("button", name="Withdraw my answer").click()
    expect(cards(alone).filter(has_text="Your answer")).to_have_count(0)
    assert shelf.opened().entries(Preference) == []


def test_a_topic_is_kept_for_oneself_with_the_question_that_comes_first(alone: Page, shelf: Shelf) -> None:
    alone.get_by_role("textbox", name="What it is about").fill("The first marriage")
    alone.get_by_role("button", name="Keep it").click()
    topic = cards(alone).filter(has_text="The first marriage")
    expect(topic).to_contain_text("Ask first")
    topic.get_by_role("button", name="yes", exact=True).click()
    expect(topic).to_contain_text("You have asked")
    (kept,) = shelf.opened().entries(PrivateTopic)
    assert (kept.room, kept.entry.asked) == ("mine", True)


def test_both_see_where_they_meet_and_wishes_only_by_boths_tick(
    ada_and_ben: tuple[Page, Page], couple_shelf: Shelf
) -> None:
    ada, ben = (come_in(tab, couple_shelf, who) for tab, who in zip(ada_and_ben, ("Ada", "Ben"), strict=True))
    for tab in (ada, ben):
        turn_to(tab, TITLE)
    ada.get_by_text("More: why").click()
    ada.get_by_role("textbox", name="Why, for yourself").fill(WHY)
    seal(ada, "a woman", "I'd like some", must=True)
    expect(ben.locator(".wb-outcome:visible")).to_contain_text("once each of you has sealed")
    answer(ben, "Sessions alone, as well as together", "rather not")
    ben.get_by_role("button", name="Seal my preferences").click()
    for tab in (ada, ben):
        tab.get_by_role("textbox", name="What it is about").scroll_into_view_if_needed()
        expect(tab.locator(".wb-outcome:visible")).to_contain_text("a woman would do for both of you")
        expect(tab.locator(".wb-outcome:visible")).to_contain_text("One each, as a routine.")
    before = outcome(ben)
    ada.get_by_role("checkbox", name="Show each other our wishes").check()
    expect(ada.get_by_role("checkbox", name="Show each other our wishes")).to_be_checked()
    assert outcome(ben) == before
    expect(ben.get_by_text("a must", exact=False).filter(visible=True)).to_have_count(0)
    ben.get_by_role("checkbox", name="Show each other our wishes").check()
    wish = cards(ben).filter(has_text="a woman, a must")
    expect(wish).to_be_visible()
    wish.get_by_role("button", name="Let it count for me").click()
    expect(wish).to_contain_text("It counts in your choice")
    assert WHY not in ben.content()
    (criterion,) = couple_shelf.opened(BEN, "Ben").own(Criterion)
    assert (criterion.entry.name, criterion.entry.must_have) == ("a woman", True)
    assert couple_shelf.opened(ADA, "Ada").own(Criterion) == []
    ada.get_by_role("checkbox", name="Show each other our wishes").uncheck()
    turn_to(ben, "Journal")
    turn_to(ben, TITLE)
    expect(cards(ben).filter(has_text="a woman, a must")).to_have_count(0)


def test_two_musts_that_differ_get_ways_to_serve_both(
    ada_and_ben: tuple[Page, Page], couple_shelf: Shelf
) -> None:
    for tab, who, gender in zip(ada_and_ben, ("Ada", "Ben"), ("a woman", "a man"), strict=True):
        turn_to(come_in(tab, couple_shelf, who), TITLE)
        answer(tab, "A therapist who is", gender)
        answer(tab, "How much that matters", "a must for me")
        tab.get_by_role("button", name="Seal my preferences").click()
        expect(cards(tab).first).to_contain_text("a must")
        lock(tab)
    ada, _ = ada_and_ben
    turn_to(come_in(ada, couple_shelf, "Ada"), TITLE)
    expect(ada.locator(".wb-outcome:visible")).to_contain_text("no one person suits you both")
    expect(ada.locator(".wb-outcome:visible")).to_contain_text("Two at once.")


def test_axe_finds_nothing(alone: Page) -> None:
    seal(alone, "a woman", "I wouldn't mind")
    unfold(alone)
    look_all_over(alone, "preferences sealed")
