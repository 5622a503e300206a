"""Step 9 as one and as two use it: names, what counts, a vote, what works for both, a decision."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.pages.conftest import (
    ADA,
    BEN,
    Shelf,
    answer,
    cards,
    chart_in_sight,
    come_in,
    lock,
    turn_to,
    unlock,
)
from tests.pages.test_accessibility import look_all_over, tab_to, unfold
from tests.pages.test_bad_input import AWKWARD
from workbook.book import Book, ballots
from workbook.book.candidates import RANKING
from workbook.entries import Agreement, Candidate, CandidateRating, Criterion, Decision, Ranking

TITLE = "Select your therapist together"
NAMES = ("Ines", "Bo", "Cleo", "Dora", "Emil")
TWELVE = [f"Candidate {number}" for number in range(1, 13)]
FIFTEEN = [f"Criterion {number}" for number in range(1, 11)]
SAVED = re.compile(r"^Saved \d")
"""What the state line says of what is in the book; a draft is "Saved as a draft"."""
AT_ONCE_MS = 400
"""Far more than a change of candidate takes on a slow machine, far less than building every row would."""

ANOTHER_PAIR = """before =>
  [...document.querySelectorAll(".wb-pair-card h3")].map((each) => each.innerText).join() !== before"""


def write(book: Book, names: tuple[str, ...] = NAMES) -> list[str]:
    room = "ours" if book.has_ours else "mine"
    return book.write_many([Candidate(name=name, fee=Decimal(100)) for name in names], room)


@pytest.fixture
def list_(ada: Page, shelf: Shelf) -> Page:
    """Ada alone, with five names on her list."""
    write(shelf.opened())
    turn_to(ada, TITLE)
    expect(pair(ada)).to_be_visible()
    return ada


@pytest.fixture
def two(ada_and_ben: tuple[Page, Page], couple_shelf: Shelf) -> tuple[Page, Page]:
    """Ada and Ben on the page, with three names that both can read."""
    write(couple_shelf.opened(), NAMES[:3])
    for tab, who in zip(ada_and_ben, ("Ada", "Ben"), strict=True):
        turn_to(come_in(tab, couple_shelf, who), TITLE)
        expect(pair(tab)).to_be_visible()
    return ada_and_ben


def pair(tab: Page) -> Locator:
    return tab.locator(".wb-pair:visible")


def outcome(tab: Page) -> Locator:
    return tab.locator(".wb-outcome:visible")


def shown(tab: Page) -> tuple[str, str]:
    """The two names that lie side by side."""
    one, other = tab.locator(".wb-pair-card h3").all_inner_texts()
    return one, other


def tap(tab: Page, wanted: str, line: int) -> None:
    """Answer as someone whose order this is and whom only the first few would do."""
    one, other = (wanted.index(name[0]) for name in shown(tab))
    said = "Neither would do" if min(one, other) >= line else "This one" if one < other else "That one"
    with another_pair(tab):
        tab.locator(".wb-pair").get_by_role("button", name=said).click()


@contextmanager
def another_pair(tab: Page) -> Iterator[None]:
    """Wait until what is asked is another pair, or nothing any more."""
    before = ",".join(shown(tab))
    yield
    tab.wait_for_function(ANOTHER_PAIR, arg=before)


def sort(tab: Page, wanted: str, line: int) -> int:
    """Sort all names, by their initials; the number of taps."""
    taps = 0
    while pair(tab).count():
        tap(tab, wanted, line)
        taps += 1
    return taps


def sorted_names(tab: Page) -> tuple[str, int]:
    """The initials of the sorted names, and how many stand above the line."""
    items = tab.locator(".wb-pair-list ol > li").all_inner_texts()
    place = next(index for index, words in enumerate(items) if "Below here" in words)
    ranked = [re.sub(r"^[\d–]+\s+", "", words)[0] for words in items if "Below here" not in words]
    return "".join(ranked), place


def line_at(tab: Page, place: int) -> None:
    expect(tab.locator(".wb-pair-list ol > li").nth(place)).to_contain_text("Below here")


def seal(tab: Page) -> None:
    tab.locator(".wb-seal:visible").get_by_role("button", name="Seal").click()
    expect(tab.locator(".wb-seal:visible .wb-state")).to_have_text(SAVED)


def vote(tab: Page, wanted: str, line: int) -> None:
    sort(tab, wanted, line)
    ranked, above = sorted_names(tab)
    for place in range(above - 1, line - 1, -1):
        tab.get_by_role("button", name="Line up").click()
        line_at(tab, place)
    assert ranked[:line] == wanted[:line]
    seal(tab)


def look_again(tab: Page) -> None:
    """Come back to the window, as one does after the other has done something."""
    tab.evaluate("window.dispatchEvent(new Event('focus'))")


def matched(two: tuple[Page, Page]) -> None:
    """Both are shown what came of it: whoever voted first opens, then the other learns of it."""
    for tab in two:
        look_again(tab)
        expect(outcome(tab)).to_contain_text(re.compile("These work|No shared yes"))


# Alone


def test_a_name_is_added_with_little_and_its_details_come_later(ada: Page, shelf: Shelf) -> None:
    turn_to(ada, TITLE)
    ada.get_by_role("textbox", name="Name", exact=True).fill("Ines Aldana")
    ada.get_by_role("textbox", name="Fee per session").fill("$120")
    ada.get_by_role("button", name="Add name").click()
    expect(cards(ada).first).to_contain_text("$120 a session · Only you")
    ada.get_by_role("button", name="Edit: Ines Aldana").click()
    form = ada.locator("form").filter(has=ada.get_by_role("button", name="Save changes"))
    form.locator("summary").click()
    answer(form, "Sees each of us alone once", "yes")
    answer(form, "Gender", "woman")
    form.get_by_role("spinbutton", name="How much of their work").fill("120")
    form.get_by_role("button", name="Save changes").click()
    expect(form.locator("[data-field=share_of_couples] .wb-error")).to_have_text(
        "choose a number from 0 to 100"
    )
    form.get_by_role("spinbutton", name="How much of their work").fill("80")
    form.get_by_role("button", name="Save changes").click()
    expect(form).to_have_count(0)
    ada.get_by_role("button", name="Earlier versions: Ines Aldana").click()
    expect(ada.locator(".wb-history:visible")).to_contain_text("Gender woman")
    (written,) = shelf.opened().entries(Candidate)
    assert (written.room, written.entry.fee, written.entry.online) == ("mine", Decimal(120), None)
    assert (written.entry.sees_each_alone, written.entry.share_of_couples) == (True, 80)


def test_five_names_are_sorted_in_eight_taps_at_most_and_sealed(list_: Page, shelf: Shelf) -> None:
    expect(pair(list_)).to_contain_text("8 taps at most.")
    assert sort(list_, "DBEIC", 5) <= 8
    assert sorted_names(list_) == ("DBEIC", 5)
    expect(outcome(list_)).to_contain_text("It will be here once each of you has sealed a list")
    expect(list_.get_by_text("You both see only whether you match")).to_be_visible()
    seal(list_)
    expect(outcome(list_)).to_contain_text("It waits for your partner.")
    (ranking,) = shelf.opened().entries(Ranking)
    names = {each.id: each.entry.name for each in shelf.opened().entries(Candidate)}
    assert "".join(names[key][0] for key in ranking.entry.order) == "DBEIC"
    assert (ranking.room, ranking.entry.acceptable) == ("mine", 5)


def test_neither_draws_the_line_and_buttons_move_it(list_: Page, shelf: Shelf) -> None:
    sort(list_, "DBEIC", 2)
    assert sorted_names(list_)[0][:2] == "DB"
    assert sorted_names(list_)[1] == 2
    list_.get_by_role("button", name="Line up").click()
    line_at(list_, 1)
    expect(list_.get_by_role("button", name="Line up")).to_be_focused()
    list_.get_by_role("button", name="Line up").click()
    line_at(list_, 0)
    seal(list_)
    assert shelf.opened().entries(Ranking)[0].entry.acceptable == 0


def test_each_tap_can_be_undone_back_to_the_first_pair(list_: Page) -> None:
    first = shown(list_)
    tap(list_, "DBEIC", 5)
    second = shown(list_)
    tap(list_, "DBEIC", 5)
    list_.get_by_role("button", name="Undo the last tap").click()
    expect(pair(list_)).to_contain_text("1 tap done,")
    assert shown(list_) == second
    list_.get_by_role("button", name="Undo the last tap").click()
    expect(list_.get_by_role("button", name="Undo the last tap")).to_have_count(0)
    assert shown(list_) == first


def test_a_half_sorted_list_is_back_after_the_lock_and_a_sealed_one_too(list_: Page) -> None:
    tap(list_, "DBEIC", 5)
    tap(list_, "DBEIC", 5)
    then = shown(list_)
    expect(list_.locator(".wb-pairing .wb-state")).to_contain_text("Saved as a draft")
    lock(list_)
    unlock(list_)
    turn_to(list_, TITLE)
    expect(pair(list_)).to_contain_text("2 taps done,")
    assert shown(list_) == then
    sort(list_, "DBEIC", 5)
    seal(list_)
    lock(list_)
    unlock(list_)
    turn_to(list_, TITLE)
    expect(list_.locator(".wb-pair-list")).to_be_visible()
    assert sorted_names(list_) == ("DBEIC", 5)


def test_only_whoever_is_new_is_asked_about_after_sealing(list_: Page) -> None:
    sort(list_, "DBEIC", 5)
    seal(list_)
    list_.get_by_role("textbox", name="Name", exact=True).fill("Fay")
    list_.get_by_role("button", name="Add name").click()
    expect(pair(list_)).to_contain_text("3 taps at most.")
    expect(list_.locator(".wb-pair-card h3").first).to_have_text("Fay")
    expect(list_.get_by_text("What you sealed before counts until you seal the change.")).to_be_visible()
    assert sort(list_, "DFBEIC", 6) <= 3
    assert sorted_names(list_) == ("DFBEIC", 6)


def test_withdrawing_leaves_the_list_and_takes_the_answer(list_: Page, shelf: Shelf) -> None:
    sort(list_, "DBEIC", 5)
    seal(list_)
    list_.get_by_role("button", name="Withdraw my answer").click()
    expect(outcome(list_)).to_contain_text("It will be here once each of you has sealed a list")
    assert shelf.opened().entries(Ranking) == []
    assert sorted_names(list_) == ("DBEIC", 5)


def test_names_are_sorted_and_sealed_by_keyboard_alone(list_: Page, shelf: Shelf) -> None:
    list_.get_by_role("button", name="Erase: Emil").focus()
    tab_to(list_, f"button This one: {shown(list_)[0]}")
    for key, taps in (("1", "1 tap done,"), ("ArrowRight", "2 taps done,"), ("ArrowLeft", "3 taps done,")):
        list_.keyboard.press(key)
        expect(pair(list_)).to_contain_text(taps)
    expect(list_.locator(".wb-pairing-host > [role=status]")).to_contain_text("3 taps done,")
    for _ in range(6):
        if pair(list_).count():
            with another_pair(list_):
                list_.keyboard.press("3")
    expect(list_.get_by_role("heading", name="Your order", exact=True)).to_be_focused()
    tab_to(list_, "button Line down")
    tab_to(list_, "button Seal my list")
    list_.keyboard.press("Enter")
    expect(list_.locator(".wb-seal:visible .wb-state")).to_have_text(SAVED)
    assert len(shelf.opened().entries(Ranking)[0].entry.order) == 5


def test_what_counts_weighs_in_what_one_has_rated(list_: Page, shelf: Shelf) -> None:
    list_.get_by_text("What counts for you").click()
    answer(list_, "We can pay for it", "1")
    list_.get_by_label("a must: Seems fair to both of us").check()
    list_.get_by_role("textbox", name="Something else that counts").fill("  Laughs  easily ")
    list_.get_by_role("button", name="Add", exact=True).click()
    answer(list_, "Laughs easily", "5")
    list_.get_by_role("button", name="Save what counts").click()
    list_.get_by_text("Rate them by it").click()
    answer(list_, "Who", "Bo")
    form = list_.get_by_role("form", name="Rate them by it")
    answer(form, "Laughs easily", "10")
    answer(form, "We can pay for it", "4")
    expect(form).to_contain_text("2 of 6 answered. Weighed by what counts for you: 9.0.")
    list_.get_by_role("button", name="Save my ratings").click()
    expect(form.locator(".wb-state")).to_have_text(SAVED)
    book = shelf.opened()
    (rating,) = book.entries(CandidateRating)
    assert book.entry(rating.entry.candidate).entry.name == "Bo"
    assert (rating.room, rating.entry.scores) == ("mine", {"Laughs easily": 10, "We can pay for it": 4})
    kept = {each.entry.name: (each.entry.weight, each.entry.must_have) for each in book.entries(Criterion)}
    assert kept == {
        "Seems fair to both of us": (3, True),
        "We can pay for it": (1, False),
        "Laughs easily": (5, False),
    }
    list_.get_by_role("button", name="Take it off: Laughs easily").click()
    list_.get_by_role("button", name="Save what counts").click()
    expect(form).to_contain_text("1 of 5 answered. Weighed by what counts for you: 4.0.")


def test_a_criterion_without_a_name_or_named_twice_is_refused_at_its_line(list_: Page) -> None:
    list_.get_by_text("What counts for you").click()
    for typed, said in (
        ("", "Write what counts first."),
        ("we can PAY for it", "That is on the list already."),
    ):
        own = list_.get_by_role("textbox", name="Something else that counts")
        own.fill(typed)
        list_.get_by_role("button", name="Add", exact=True).click()
        expect(own).to_have_accessible_description(said)


def test_twelve_candidates_by_fifteen_criteria_stay_quick(ada: Page, shelf: Shelf) -> None:
    book = shelf.opened()
    write(book, tuple(TWELVE))
    book.write_many([Criterion(name=name) for name in FIFTEEN])
    turn_to(ada, TITLE)
    ada.get_by_text("Rate them by it").click()
    form = ada.get_by_role("form", name="Rate them by it")
    expect(form.locator(".wb-row--scale")).to_have_count(15)
    took = form.evaluate("""form => {
      const begin = performance.now();
      form.querySelectorAll(".wb-row--chip input")[11].click();
      form.getBoundingClientRect();
      return performance.now() - begin;
    }""")
    assert took < AT_ONCE_MS
    answer(form, "Criterion 10", "7")
    ada.get_by_role("button", name="Save my ratings").click()
    expect(form.locator(".wb-state")).to_have_text(SAVED)
    (rating,) = shelf.opened().entries(CandidateRating)
    assert (shelf.opened().entry(rating.entry.candidate).entry.name, rating.entry.scores) == (
        "Candidate 12",
        {"Criterion 10": 7},
    )


def test_the_sheet_for_the_call_has_three_boxes_a_question_in_large_type(list_: Page) -> None:
    list_.get_by_text("A sheet for the first call").first.click()
    sheet = list_.locator(".wb-sheet-body--large:visible")
    questions = sheet.locator("li")
    expect(questions.nth(5)).to_contain_text("ask each of us alone about fear or violence")
    assert sheet.locator(".wb-box").count() == 3 * questions.count() > 0
    assert sheet.evaluate("each => parseFloat(getComputedStyle(each).fontSize)") >= 20


def test_alone_deciding_waits_for_the_partner(list_: Page) -> None:
    expect(list_.get_by_text("Deciding waits for your partner")).to_be_visible()
    expect(list_.get_by_role("button", name="Propose")).to_be_hidden()


def test_awkward_names_stay_words(ada: Page, shelf: Shelf) -> None:
    write(shelf.opened(), (AWKWARD[:300], "<b>Bo</b>"))
    turn_to(ada, TITLE)
    expect(ada.locator(".wb-pair-card h3").first).to_have_text("<b>Bo</b>")
    ada.locator(".wb-pair").get_by_role("button", name="This one").click()
    expect(ada.locator(".wb-pair-list")).to_contain_text("<b>Bo</b>")
    assert ada.locator(".wb-pairing-host").locator("b, img, script").count() == 0


# The two


def test_both_see_who_works_for_both_and_nothing_else(two: tuple[Page, Page], couple_shelf: Shelf) -> None:
    ada, ben = two
    expect(cards(ada).first).to_contain_text("Both of you")
    vote(ada, "IBC", 2)
    expect(outcome(ada)).to_contain_text("It will be here once you have both voted.")
    expect(outcome(ben)).to_contain_text("It will be here once each of you has sealed a list")
    vote(ben, "CBI", 3)
    matched(two)
    for tab in two:
        expect(outcome(tab)).to_contain_text("These work for both of you")
        expect(outcome(tab).locator(".wb-named").first).to_contain_text("Bo")
        expect(outcome(tab).locator(".wb-named--first")).to_contain_text("suggested")
        assert outcome(tab).locator(".wb-named-name strong").all_inner_texts() == ["Bo", "Ines"]
        expect(outcome(tab)).not_to_contain_text("Cleo")
        expect(tab.locator(".wb-opened")).to_have_count(0)
        expect(tab.get_by_role("heading", name="Where do you differ?")).to_be_hidden()
    assert ballots.standing(couple_shelf.opened(), RANKING).state == "matched"


def test_no_shared_yes_says_what_to_do_and_not_whose_no_it_was(two: tuple[Page, Page]) -> None:
    ada, ben = two
    vote(ada, "IBC", 1)
    vote(ben, "CBI", 1)
    matched(two)
    for tab in two:
        expect(outcome(tab)).to_contain_text("No shared yes yet")
        expect(outcome(tab)).to_contain_text("Two more names.")
        expect(outcome(tab).locator(".wb-named")).to_have_count(0)
    assert without_ids(outcome(ada)) == without_ids(outcome(ben))


def without_ids(part: Locator) -> str:
    return re.sub(r"wb-(\w+)-\d+-\w+", r"wb-\1", part.inner_html())


def test_lists_open_when_both_tick_unseen_and_close_when_one_takes_it_back(
    two: tuple[Page, Page], couple_shelf: Shelf
) -> None:
    ada, ben = two
    bo = couple_shelf.opened().entries(Candidate)[1].id
    couple_shelf.opened().write(CandidateRating(candidate=bo, scores={"We can pay for it": 9}))
    vote(ada, "IBC", 2)
    vote(ben, "CBI", 3)
    matched(two)
    before = without_ids(outcome(ben))
    ada.get_by_label("Show each other our lists").check()
    expect(ada.locator(".wb-opened")).to_have_count(0)
    look_again(ben)
    turn_to(ben, "Journal")
    turn_to(ben, TITLE)
    expect(ben.get_by_label("Show each other our lists")).not_to_be_checked()
    assert without_ids(outcome(ben)) == before
    ben.get_by_label("Show each other our lists").check()
    look_again(ada)
    for tab in two:
        expect(tab.get_by_role("region", name="Ada's list")).to_contain_text("Below the line")
        expect(tab.locator(".wb-course li").last).to_contain_text("Now in both: Bo.")
        expect(tab.get_by_role("heading", name="Where do you differ?")).to_be_visible()
    look_again(ben)
    differing = chart_in_sight(ben, "Where do you differ?")
    expect(differing.get_by_text("No name is rated by both of you yet.")).to_be_visible()
    ada.get_by_label("Show each other our lists").uncheck()
    expect(ada.locator(".wb-opened")).to_have_count(0)
    look_again(ben)
    expect(ben.locator(".wb-opened")).to_have_count(0)
    expect(ben.get_by_label("Show each other our lists")).to_be_checked()
    assert couple_shelf.opened(BEN, "Ben").entries(CandidateRating) == []


def test_one_proposes_and_it_stands_when_the_other_agrees(
    two: tuple[Page, Page], couple_shelf: Shelf
) -> None:
    ada, ben = two
    answer(ada, "Who", "Bo")
    ada.get_by_role("textbox", name="A note for both of you").fill("On Monday")
    ada.get_by_role("button", name="Propose").click()
    card = cards(ada).filter(has_text="proposed by Ada")
    expect(card).to_contain_text("It waits for Ben. It stands once Ben agrees.")
    expect(card.get_by_role("button", name="Edit")).to_have_count(0)
    expect(card.get_by_role("button", name="Agree")).to_have_count(0)
    turn_to(ben, "Journal")
    turn_to(ben, TITLE)
    theirs = cards(ben).filter(has_text="proposed by Ada")
    expect(theirs).to_contain_text("On Monday")
    theirs.get_by_role("button", name="Agree").click()
    expect(theirs).to_contain_text("You both agreed on")
    turn_to(ada, "Journal")
    turn_to(ada, TITLE)
    expect(card).to_contain_text("You both agreed on")
    book = couple_shelf.opened(ADA, "Ada")
    (decision,), (agreement,) = book.entries(Decision), book.entries(Agreement)
    assert (decision.room, agreement.author, agreement.entry.to) == ("ours", "Ben", decision.id)
    theirs.get_by_role("button", name="No longer agree").click()
    expect(theirs).to_contain_text("It stands once you agree, too.")


def test_a_name_from_before_the_partner_came_is_left_out_until_it_is_shared(
    ada_and_ben: tuple[Page, Page], couple_shelf: Shelf
) -> None:
    book = couple_shelf.opened()
    book.write(Candidate(name="Zoe"))
    write(book, NAMES[:2])
    ada = come_in(ada_and_ben[0], couple_shelf, "Ada")
    turn_to(ada, TITLE)
    expect(ada.get_by_text("1 name that only one of you can read isn't in this.")).to_be_visible()
    expect(pair(ada)).to_contain_text("1 tap decides it.")
    ada.get_by_role("button", name="Share: Zoe").click()
    ada.get_by_role("button", name="Share exactly this").click()
    expect(pair(ada)).to_contain_text("3 taps at most.")
    expect(ada.get_by_text("isn't in this")).to_have_count(0)


# For everyone


def test_axe_finds_nothing_alone_sorted_and_unfolded(list_: Page) -> None:
    look_all_over(list_, "two names side by side")
    unfold(list_)
    look_all_over(list_, "all unfolded")
    sort(list_, "DBEIC", 3)
    seal(list_)
    look_all_over(list_, "sorted and sealed")


def test_axe_finds_nothing_once_the_lists_are_open(two: tuple[Page, Page]) -> None:
    ada, ben = two
    vote(ada, "IBC", 2)
    vote(ben, "CBI", 3)
    matched(two)
    for tab in two:
        tab.get_by_label("Show each other our lists").check()
    expect(ben.locator(".wb-opened")).to_be_visible()
    look_all_over(ben, "lists open")
