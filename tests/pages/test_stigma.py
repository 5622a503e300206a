"""Step 11 as a reader uses it: cards that turn, thoughts then and now, questions to take along."""

from __future__ import annotations

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.pages.conftest import Shelf, answer, cards, lock, turn_to, unlock, unlocked
from tests.pages.test_accessibility import look_all_over, tab_to, unfold
from tests.pages.test_bad_input import AWKWARD, LONGEST
from workbook import content
from workbook.entries import Thought

TITLE = "Become aware of any sense of stigma"
DECK = content.prose("stigma")["thoughts"]
FIRST, SECOND = DECK[0]["words"], DECK[1]["words"]


@pytest.fixture
def deck(ada: Page) -> Page:
    """Ada's empty book on the page of the deck."""
    turn_to(ada, TITLE)
    expect(thought(ada, FIRST)).to_be_visible()
    return ada


def thought(tab: Page, words: str) -> Locator:
    """The card on top, if it has these words."""
    return tab.locator(".wb-deck-card").get_by_role("heading", name=words, exact=True)


def press(tab: Page, name: str) -> None:
    tab.locator(".wb-deck").get_by_role("button", name=name, exact=True).click()


def to_a_friend(tab: Page) -> Locator:
    return tab.get_by_role("textbox", name="What would you tell a friend")


def keep(tab: Page) -> None:
    tab.get_by_role("button", name="Keep and go on").click()


def written(shelf: Shelf) -> list[Thought]:
    return [each.entry for each in shelf.opened().entries(Thought)]


def test_there_are_thirteen_thoughts_each_with_a_fact_and_a_source() -> None:
    assert len(DECK) == len({each["words"] for each in DECK}) == len({each["name"] for each in DECK}) == 13
    for each in DECK:
        assert 30 <= len(each["fact"].split()) <= 75, each["name"]
        assert any(year in each["source"] for year in map(str, range(1990, 2027))), each["name"]


def test_an_answer_turns_the_card_and_is_kept_at_once(deck: Page, shelf: Shelf) -> None:
    expect(deck.locator(".wb-deck")).to_contain_text("1 of 13")
    expect(deck.locator(".wb-deck")).not_to_contain_text(DECK[0]["fact"])
    press(deck, "like someone I know")
    expect(deck.locator(".wb-deck")).to_contain_text(DECK[0]["fact"])
    expect(deck.locator(".wb-deck")).to_contain_text(DECK[0]["source"])
    expect(thought(deck, FIRST)).to_be_focused()
    expect(deck.locator(".wb-deck-host > [role=status]")).to_have_text("1 of 13 Turned over")
    assert written(shelf) == [Thought(statement=FIRST, whose="someone's")]


def test_then_and_now_stand_side_by_side(deck: Page, shelf: Shelf) -> None:
    press(deck, "sounds like me")
    to_a_friend(deck).fill("Pull yourself together.")
    answer(deck, "How much do you agree now?", "8")
    keep(deck)
    expect(thought(deck, SECOND)).to_be_focused()
    press(deck, "Back")
    press(deck, "no")
    to_a_friend(deck).fill("I'd go with you.")
    answer(deck, "How much do you agree now?", "5")
    keep(deck)
    card = cards(deck).first
    for words in (
        "sounds like me → no",
        "8 → 5",
        "At first: Pull yourself together.",
        "Now: I'd go with you.",
    ):
        expect(card).to_contain_text(words)
    (found,) = shelf.opened().entries(Thought)
    assert (found.entry.whose, found.entry.agreement, found.room) == ("no", 5, "mine")


def test_what_is_typed_is_kept_by_going_on(deck: Page, shelf: Shelf) -> None:
    press(deck, "sounds like me")
    to_a_friend(deck).fill("Not saved by any button.")
    press(deck, "Next")
    expect(thought(deck, SECOND)).to_be_visible()
    expect(cards(deck).first).to_contain_text("Not saved by any button.")
    assert [each.to_a_friend for each in written(shelf)] == ["Not saved by any button."]


def test_one_can_skip_to_the_end_and_begin_again(deck: Page, shelf: Shelf) -> None:
    for each in DECK:
        expect(thought(deck, each["words"])).to_be_visible()
        press(deck, "Skip")
    expect(deck.get_by_text("That was the last card. You answered 0 of 13.")).to_be_visible()
    look_all_over(deck, "end of the deck")
    press(deck, "From the first card")
    expect(thought(deck, FIRST)).to_be_visible()
    assert written(shelf) == []


def test_a_draft_on_a_card_is_back_after_the_lock(deck: Page) -> None:
    press(deck, "Skip")
    press(deck, "sounds like me")
    to_a_friend(deck).fill("half a sent")
    expect(deck.locator(".wb-together .wb-state:visible").first).to_contain_text("Saved as a draft")
    lock(deck)
    unlock(deck)
    turn_to(deck, TITLE)
    expect(thought(deck, SECOND)).to_be_visible()
    expect(to_a_friend(deck)).to_have_value("half a sent")


def test_the_deck_begins_where_one_left_it(deck: Page) -> None:
    press(deck, "no")
    expect(deck.locator(".wb-deck--open")).to_be_visible()
    lock(deck)
    unlock(deck)
    turn_to(deck, TITLE)
    expect(thought(deck, SECOND)).to_be_visible()


def add(tab: Page, statement: str) -> None:
    tab.get_by_role("textbox", name="The thought, in your words").last.fill(statement)
    answer(tab, "Does it sound like you?", "sounds like me")
    tab.get_by_role("button", name="Add to my deck").click()


def test_a_thought_of_ones_own_joins_the_deck_and_can_be_reworded(deck: Page, shelf: Shelf) -> None:
    add(deck, "My brother would laugh")
    expect(deck.locator(".wb-deck")).to_contain_text("1 of 14")
    deck.get_by_role("button", name="Look at it again: My brother would laugh").click()
    expect(thought(deck, "My brother would laugh")).to_be_focused()
    expect(deck.locator(".wb-deck")).to_contain_text("This one is yours")
    look_all_over(deck, "a card of one's own, turned")
    deck.get_by_role("textbox", name="The thought, in your words").first.fill("My sister would laugh")
    keep(deck)
    expect(cards(deck).first).to_contain_text("My sister would laugh")
    assert [each.statement for each in written(shelf)] == ["My sister would laugh"]


@pytest.mark.parametrize("statement", [FIRST, f"  {FIRST.upper()} "])
def test_a_thought_that_is_in_the_deck_is_refused_at_its_field(
    deck: Page, shelf: Shelf, statement: str
) -> None:
    add(deck, statement)
    expect(deck.locator("[data-field=statement] .wb-error:visible")).to_contain_text("in your deck already")
    assert written(shelf) == []


def test_a_text_that_is_too_long_stays_on_its_card(deck: Page, shelf: Shelf) -> None:
    press(deck, "sounds like me")
    to_a_friend(deck).fill("x" * (LONGEST + 1))
    press(deck, "Next")
    expect(deck.locator("[data-field=to_a_friend] .wb-error")).to_contain_text("20,000 characters")
    expect(thought(deck, FIRST)).to_be_visible()
    expect(to_a_friend(deck)).to_have_value("x" * (LONGEST + 1))
    to_a_friend(deck).fill("x" * LONGEST)
    keep(deck)
    expect(thought(deck, SECOND)).to_be_visible()
    assert [len(each.to_a_friend) for each in written(shelf)] == [LONGEST]


def test_awkward_words_are_shown_as_typed(deck: Page) -> None:
    add(deck, AWKWARD)
    deck.get_by_role("button", name=f"Look at it again: {AWKWARD}").click()
    to_a_friend(deck).fill(AWKWARD)
    keep(deck)
    expect(cards(deck).first).to_contain_text(AWKWARD)
    press(deck, "Back")
    expect(deck.locator(".wb-deck-words")).to_have_text(AWKWARD)
    assert deck.locator(".wb-page--stigma img, .wb-page--stigma script").count() == 0


def test_a_thought_erased_elsewhere_turns_its_card_back(
    deck: Page, context: BrowserContext, shelf: Shelf
) -> None:
    press(deck, "sounds like me")
    expect(to_a_friend(deck)).to_be_visible()
    other = unlocked(context.new_page(), shelf)
    turn_to(other, TITLE)
    other.get_by_role("button", name=f"Erase: {FIRST}").click()
    turn_to(other, "Home")
    lock(other)
    to_a_friend(deck).fill("too late for that")
    keep(deck)
    expect(deck.get_by_text("was erased in another tab")).to_be_visible()
    expect(to_a_friend(deck)).to_have_value("too late for that")
    assert written(shelf) == []


def test_the_cards_are_turned_by_keyboard_alone(deck: Page, shelf: Shelf) -> None:
    deck.get_by_role("heading", level=1).focus()
    tab_to(deck, "button no")
    deck.keyboard.press("Enter")
    expect(thought(deck, FIRST)).to_be_focused()
    tab_to(deck, "textarea What would you tell a friend who thinks so?")
    deck.keyboard.type("ask them")
    tab_to(deck, "button Keep and go on")
    deck.keyboard.press("Enter")
    expect(thought(deck, SECOND)).to_be_focused()
    assert [(each.whose, each.to_a_friend) for each in written(shelf)] == [("no", "ask them")]


def test_nothing_moves_for_those_who_want_no_motion(deck: Page) -> None:
    deck.emulate_media(reduced_motion="reduce")
    press(deck, "no")
    expect(deck.locator(".wb-deck-face--turning")).to_have_css("animation-name", "none")
    deck.emulate_media(reduced_motion="no-preference")
    press(deck, "Change that")
    expect(deck.locator(".wb-deck:not(.wb-deck--open) .wb-deck-face--turning")).to_have_css(
        "animation-name", "wb-turn"
    )


def test_axe_finds_nothing_on_either_side(deck: Page) -> None:
    press(deck, "sounds like me")
    expect(to_a_friend(deck)).to_be_visible()
    unfold(deck)
    look_all_over(deck, "a card turned over, everything unfolded")
    expect(deck.get_by_text("Who in your family talked to someone")).to_be_visible()
