"""Step 6: four slips, one letter, and how the other one may hear it."""

from __future__ import annotations

from datetime import date

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.pages.conftest import Shelf, lock, turn_to, unlock
from workbook.entries import Invitation, Talk

GENTLE = {
    "What I value in you and in us": "I love how you laugh at your own jokes.",
    "What I'd like for us, and what I will change": "I'd like us to eat together. I will be home by seven.",
    "My part": "I know that I go quiet, and I'm sorry.",
    "A small ask, with a free way out": "Would you come along once? If you don't want to, that's fine.",
}


@pytest.fixture
def page(ada: Page) -> Page:
    """The page of an empty book."""
    turn_to(ada, "Adopt a positive tone")
    return ada


def slip(tab: Page, label: str) -> Locator:
    return tab.get_by_role("textbox", name=label, exact=True).locator("visible=true")


def write(tab: Page, words: dict[str, str]) -> None:
    for label, text in words.items():
        slip(tab, label).fill(text)


def letter(tab: Page) -> Locator:
    return tab.locator(".wb-letter:visible")


def test_four_slips_join_into_one_letter_and_can_be_put_in_order(page: Page, shelf: Shelf) -> None:
    write(page, GENTLE)
    expect(letter(page).locator(".wb-slip-text").first).to_have_text(GENTLE["What I value in you and in us"])
    page.get_by_role("button", name="Move up: My part").click()
    expect(letter(page).locator(".wb-slip-text").nth(1)).to_have_text(GENTLE["My part"])
    up, down = (page.get_by_role("button", name=f"Move {way}: My part") for way in ("up", "down"))
    expect(up).to_be_focused()
    up.click()
    expect(down).to_be_focused()  # on top there is no way up
    down.click()
    page.get_by_role("button", name="Save letter").click()
    expect(page.locator(".wb-state:visible", has_text="Saved")).to_be_visible()
    [saved] = shelf.opened().entries(Invitation)
    assert saved.entry.order == ("value", "own_part", "hope", "ask")
    assert saved.entry.ask == GENTLE["A small ask, with a free way out"]


def test_a_harsh_phrase_is_marked_with_a_word_a_reason_and_what_could_stand_there(page: Page) -> None:
    slip(page, "My part").fill("🙂 You never listen. I love you.")
    mark = letter(page).locator("mark")
    expect(mark).to_contain_text("You never")
    found = letter(page).locator(".wb-found li").first
    expect(found).to_contain_text("“You never")
    expect(found).to_contain_text("Perhaps:")
    found.get_by_role("button", name="Show in the slip").click()
    chosen = "(area) => area.value.slice(area.selectionStart, area.selectionEnd)"
    assert "You never" in slip(page, "My part").evaluate(chosen)
    slip(page, "My part").fill("I miss being listened to. I love you.")
    expect(mark).to_have_count(0)


def test_a_line_turns_over_to_the_questions_that_it_raises_or_answers(page: Page) -> None:
    write(
        page, {"My part": "It's all because of you.", "A small ask, with a free way out": "You can say no."}
    )
    page.get_by_role("button", name="Hear it as them").click()
    page.get_by_role("button", name="It's all because of you.", exact=True).click()
    expect(letter(page).locator(".wb-heard--raises:visible")).to_contain_text("So it's my fault?")
    page.get_by_role("button", name="You can say no.", exact=True).click()
    expect(letter(page).locator(".wb-heard--answers:visible")).to_contain_text("Do I have a choice?")
    expect(letter(page)).to_contain_text("Only if true.")
    expect(letter(page)).not_to_contain_text("missing")


def test_before_anything_is_said_one_question_is_asked(page: Page) -> None:
    write(page, GENTLE)
    expect(letter(page)).to_contain_text("Could you hear a no today?")
    expect(letter(page).locator(".wb-spoken")).to_have_count(0)
    page.get_by_role("button", name="Not yet").click()
    expect(letter(page)).to_contain_text("Then wait. It will keep.")
    expect(letter(page).locator(".wb-spoken")).to_have_count(0)
    page.get_by_role("button", name="Yes, I could").click()
    expect(letter(page).locator(".wb-spoken li")).to_have_count(3)


def test_words_of_harm_are_not_marked_and_the_page_on_safety_is_offered(page: Page) -> None:
    slip(page, "My part").fill("You always hit me when you drink, and you never say sorry.")
    expect(letter(page)).to_contain_text("nothing is marked")
    expect(letter(page).locator("mark")).to_have_count(0)
    page.get_by_role("button", name="Open the page on safety").click()
    expect(page.get_by_role("heading", level=1, name="Rule out violence")).to_be_visible()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("Ich wünsche mir, dass wir wieder miteinander reden und uns nicht immer streiten.", "English only"),
        ("🙂🙂🙂", "The list of rules that reads along finds nothing harsh"),
        ("a", "The list of rules that reads along finds nothing harsh"),
        ("x" * 20_000, "The list of rules that reads along finds nothing harsh"),
        ("<b>you</b> <script>alert(1)</script>", "The list of rules that reads along finds nothing harsh"),
    ],
    ids=["another language", "emoji", "one letter", "no space", "markup"],
)
def test_odd_texts_are_shown_as_typed_and_nothing_in_them_is_marked(
    page: Page, words: str, said: str
) -> None:
    slip(page, "My part").fill(words)
    expect(letter(page)).to_contain_text(said)
    expect(letter(page).locator(".wb-slip-text").first).to_have_text(words)
    expect(letter(page).locator("mark")).to_have_count(0)


def test_two_versions_stand_side_by_side(page: Page) -> None:
    for words in ("The first try.", "The second try."):
        slip(page, "My part").fill(words)
        page.get_by_role("button", name="Save letter").click()
        expect(page.locator(".wb-sides:visible")).to_contain_text(words)
    expect(page.locator(".wb-version:visible")).to_have_text(["The first try.", "The second try."])


def test_after_a_no_nothing_here_proposes_asking(ada: Page, shelf: Shelf) -> None:
    book = shelf.opened()
    book.write(Talk(on=date(2026, 1, 5), answer="no"))
    turn_to(ada, "Adopt a positive tone")
    write(ada, GENTLE)
    expect(letter(ada)).to_contain_text("nothing here proposes asking")
    expect(letter(ada)).not_to_contain_text("Could you hear a no today?")


def test_what_is_written_on_a_slip_is_back_after_a_lock(page: Page) -> None:
    slip(page, "My part").fill("I know that I go quiet.")
    expect(page.locator(".wb-state:visible", has_text="draft")).to_be_visible()
    lock(page)
    unlock(page)
    expect(slip(page, "My part")).to_have_value("I know that I go quiet.")
    expect(letter(page)).to_contain_text("I know that I go quiet.")


def test_a_keystroke_in_a_text_of_20_000_characters_is_painted_at_once(page: Page) -> None:
    area = slip(page, "My part")
    area.fill("word " * 3_990)
    expect(letter(page).locator(".wb-slip-text")).to_contain_text("word word")
    area.focus()
    waits = page.evaluate(
        """async () => {
          const area = document.activeElement, waits = [];
          for (let n = 0; n < 20; n += 1) {
            const begun = performance.now();
            document.execCommand("insertText", false, "a");
            await new Promise((done) => requestAnimationFrame(() => setTimeout(done, 0)));
            waits.push(performance.now() - begun);
          }
          return waits.sort((a, b) => a - b);
        }"""
    )
    assert waits[len(waits) // 2] < 250  # a loaded machine; the figure itself is printed by the bench
