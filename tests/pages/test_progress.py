"""Step 13 and the talk after a session, as one and as two use them."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.pages.conftest import (
    BEN,
    Shelf,
    answer,
    cards,
    come_in,
    lock,
    take_the_clock,
    turn_to,
    unlock,
    unlocked,
)
from tests.pages.test_accessibility import look_all_over, tab_to
from workbook.book import drive_home
from workbook.entries import (
    LATEST,
    Agreement,
    DriveHome,
    Goal,
    GoalRating,
    Later,
    Plan,
    Review,
    SatisfactionScore,
    Session,
)

TITLE = "Evaluate your progress"
SEEN = "only ben saw the boots by the door"
LADDER = "Move the marker to what fits today"
LEVELS = ("stay in", "once", "most Sundays", "each Sunday", "the whole family")
WALKS = Goal(title="We walk", today="Never", good_enough="On Sundays", levels=LEVELS)
HEBREW = "אנחנו הולכים יחד"
TODAY = date.today()  # noqa: DTZ011 - as the page has it
NO_ALARM = "() => { window.AudioContext = window.Audio = () => { throw new Error('a sound'); }; }"


def rungs(tab: Page) -> Locator:
    """The rungs of the ladder in sight, from the top down."""
    return tab.get_by_role("radiogroup", name=LADDER).get_by_role("radio")


def guided(tab: Page) -> Locator:
    return tab.locator(".wb-guided:visible")


def press(within: Locator, name: str) -> None:
    within.get_by_role("button", name=name, exact=True).click()


def write_in(within: Locator, *words: str) -> None:
    """Write into one box after the other, from the first to what stands behind the last."""
    for each in words:
        within.get_by_role("textbox").fill(each)
        press(within, "Next")


@pytest.fixture
def two(ada_and_ben: tuple[Page, Page], couple_shelf: Shelf) -> tuple[Page, Page]:
    """Ada and Ben on their journals."""
    return tuple(  # type: ignore[return-value] # two of them
        come_in(tab, couple_shelf, who) for tab, who in zip(ada_and_ben, ("Ada", "Ben"), strict=True)
    )


def test_a_goal_is_of_both_once_the_other_agrees_and_each_rates_it_alone(
    two: tuple[Page, Page], couple_shelf: Shelf
) -> None:
    ada, ben = two
    couple_shelf.opened().write(WALKS)
    turn_to(ada, TITLE)
    own = cards(ada).filter(has=ada.get_by_role("heading", name="We walk"))
    press(own, "Propose to both: We walk")
    asked = ada.get_by_role("region", name="Propose this goal to Ben?")
    expect(asked).to_contain_text("On Sundays")
    press(asked, "Propose exactly this")
    expect(own).to_contain_text("It waits for Ben")
    turn_to(ben, "Home")
    expect(ben.get_by_text("Your partner proposed a goal.")).to_be_visible()
    press(ben.locator(".wb-next"), "Read it")
    theirs = cards(ben).filter(has=ben.get_by_role("heading", name="We walk"))
    expect(ben.get_by_role("heading", name="Ada proposes")).to_be_visible()
    expect(theirs.get_by_role("button", name="Rate")).to_have_count(0)
    press(theirs, "Not like this")
    expect(theirs).to_contain_text("Ada isn't told")
    turn_to(ben, "Journal")
    expect(ben.get_by_role("radiogroup", name="We walk")).to_have_count(0)
    assert couple_shelf.opened().entries(Agreement) == []
    turn_to(ben, TITLE)
    press(theirs, "Agree")
    press(theirs, "Rate: We walk")
    rungs(ben).nth(1).check(force=True)
    ben.get_by_role("textbox", name="What did you see").fill(SEEN)
    press(ben.locator(".wb-slot:visible"), "Save rating")
    expect(theirs).to_contain_text("each Sunday")
    turn_to(ben, "Journal")
    expect(ben.get_by_role("radiogroup", name="We walk")).to_be_visible()
    for page in ("Journal", "Charts", TITLE):
        turn_to(ada, page)
    expect(own).to_contain_text("You both agreed on")
    expect(own).to_contain_text("not rated yet")
    assert SEEN not in ada.content()
    press(own, "Edit: We walk")
    expect(ada.get_by_text("it waits for Ben to agree to the new words")).to_be_visible()
    ada.locator(".wb-slot:visible").get_by_role("textbox", name="Good enough").fill("On Saturdays")
    press(ada.locator(".wb-slot:visible"), "Save changes")
    expect(own).to_contain_text("It waits for Ben")
    turn_to(ben, TITLE)
    expect(theirs).to_contain_text("On Saturdays")
    expect(theirs.get_by_role("button", name="Rate")).to_have_count(0)


def test_the_marker_moves_by_mouse_and_keys_and_odd_input_has_a_plain_answer(ada: Page, shelf: Shelf) -> None:
    goal, _ = shelf.opened().write_many([WALKS, Goal(title="x" * 300)])
    turn_to(ada, TITLE)
    press(ada.locator(".wb-page--progress"), "Rate: We walk")
    rail, group = ada.locator(".wb-ladder-rail:visible").bounding_box(), rungs(ada)
    assert rail
    expect(group).to_have_count(5)
    assert [each.is_checked() for each in group.all()] == [False] * 5
    ada.mouse.move(rail["x"] + 20, rail["y"] + rail["height"] - 10)
    ada.mouse.down()
    expect(ada.get_by_role("radio", name="much less than hoped stay in")).to_be_checked()
    ada.mouse.move(rail["x"] + 90, rail["y"] + 5, steps=4)
    ada.mouse.up()
    expect(group.first).to_be_checked()
    ada.keyboard.press("ArrowDown")
    expect(ada.get_by_role("radio", name="more than hoped each Sunday")).to_be_checked()
    ada.get_by_label("On", exact=True).fill("2020-02-02")  # before the goal was written: it may have been so
    press(ada.locator(".wb-slot:visible"), "Save rating")
    expect(cards(ada).filter(has_text="each Sunday")).to_contain_text("2 February 2020")
    (rating,) = shelf.opened().entries(GoalRating)
    assert (rating.entry.goal, rating.entry.level) == (goal, 1)
    form = ada.locator("form").filter(has=ada.get_by_role("button", name="Save goal"))
    form.get_by_role("textbox", name="What would you notice").fill("y" * 301)
    press(form, "Save goal")
    expect(form.locator("[data-field=title] .wb-error")).to_have_text(
        "a line can be up to 300 characters long"
    )
    form.get_by_role("textbox", name="What would you notice").fill(HEBREW)
    press(form, "Save goal")
    written = ada.get_by_role("heading", name=HEBREW)
    expect(written).to_be_visible()
    assert written.evaluate("each => getComputedStyle(each).direction") == "rtl"
    ada.set_viewport_size({"width": 360, "height": 800})
    assert ada.evaluate("document.documentElement.scrollWidth") == 360
    form = ada.locator("form").filter(has=ada.get_by_role("button", name="Save total"))
    for scale, total, rule in (
        ("CSI-16", "82", "a total of CSI-16 is between 0 and 81"),
        ("CSI-4", "-1", "a total of CSI-4 is between 0 and 21"),
        ("Another one", "1001", "a total of this questionnaire is between 0 and 1,000"),
        ("CSI-32", "", "write a whole number"),
    ):
        chosen = form.get_by_role("radio", name=scale, exact=True)
        chosen.evaluate("each => each.click()")  # where it stands moves while the chart above is drawn anew
        form.get_by_label("Total", exact=True).fill(total)
        press(form, "Save total")
        expect(form.locator("[data-field=total] .wb-error")).to_have_text(rule)
    expect(form.get_by_label("What it is called")).to_be_hidden()
    form.get_by_label("Total", exact=True).fill("105")
    press(form, "Save total")
    expect(cards(ada).filter(has_text="CSI-32: 105 of 161")).to_contain_text("Only you")
    (score,) = shelf.opened().entries(SatisfactionScore)
    assert (score.entry.total, score.room) == (105, "mine")


def test_a_review_is_due_at_the_plans_point_and_its_questions_are_on_the_agenda(
    tab: Page, shelf: Shelf
) -> None:
    shelf.put("couple")
    book = shelf.opened()
    book.write(Plan(first=TODAY - timedelta(weeks=3), every_days=60, reviews=(4,)))
    weeks = [TODAY - timedelta(weeks=week) for week in (5, 4, 3, 2)]
    book.write_many([Session(on=on) for on in weeks], "ours")
    book.write(GoalRating(goal=book.write(WALKS), level=-2, on=TODAY))
    tab.goto(f"{shelf.served.address}#home")
    unlock(tab)
    expect(tab.get_by_text("4 sessions: your plan has a review here.")).to_be_visible()
    press(tab.locator(".wb-next"), "Look back")
    press(tab.locator(".wb-aside:visible").first, "Begin the review")
    tab.evaluate(NO_ALARM)
    review = guided(tab)
    expect(review.get_by_text("Your goal is below what you hoped.")).to_be_hidden()
    review.get_by_text("What your own ratings say").click()
    expect(review).to_contain_text("“We walk”: much less than hoped at first, much less than hoped now.")
    take_the_clock(tab)
    press(review, "Begin")
    expect(review.get_by_role("timer")).to_have_text("About 15 minutes left")
    write_in(review, "Sundays", "", "")
    tab.clock.fast_forward("14:30")
    expect(review.get_by_role("timer")).to_have_text("Less than a minute left")
    expect(review.locator(".wb-clock-over")).to_be_empty()
    tab.clock.fast_forward("00:31")
    expect(review.get_by_role("status").filter(has_text="Time is up.")).to_be_visible()
    write_in(review, "How long is long?\nMore of Ben")
    expect(review).to_contain_text("Stop: what costs more than it gives? nothing, and that's fine")
    expect(review).to_contain_text("Both of you: Ben can read it")
    press(review, "Save review")
    expect(cards(tab).filter(has_text="Keep: Sundays")).to_contain_text("Both of you")
    expect(tab.get_by_role("button", name="Begin the review")).to_have_count(0)
    (written,) = shelf.opened(BEN, "Ben").entries(Review)
    assert (written.entry.keep, written.entry.stop, written.entry.on) == ("Sundays", "", TODAY)
    turn_to(tab, "Journal")
    tab.get_by_text("For next time").first.click()
    expect(tab.get_by_role("listitem").filter(has_text="To ask: More of Ben")).to_be_visible()


def test_a_talk_is_kept_by_both_put_off_by_one_and_withdrawn_by_its_author(
    two: tuple[Page, Page], couple_shelf: Shelf
) -> None:
    ada, ben = two
    couple_shelf.opened().write(Session(on=TODAY), "ours")
    for tab in two:
        turn_to(tab, "Home")
        expect(tab.get_by_text("You both had a session on")).to_be_visible()
        press(tab.locator(".wb-next"), "Have a look")
    press(ben.locator(".wb-aside:visible").first, "Not now")
    ben.get_by_role("textbox", name="On", exact=True).or_(ben.get_by_label("On", exact=True)).first.fill(
        TODAY.isoformat()
    )
    press(ben.locator(".wb-slot:visible"), "Keep that day")
    expect(ben.locator("[data-field=on] .wb-error:visible")).to_contain_text("choose a day after today")
    press(ben.locator(".wb-slot:visible"), "Tomorrow")
    press(ben.locator(".wb-slot:visible"), "Keep that day")
    expect(ben.get_by_role("button", name="Begin a talk")).to_be_visible()
    (later,) = couple_shelf.opened(BEN, "Ben").entries(Later)
    assert (later.entry.on, later.room) == (TODAY + timedelta(days=1), "mine")
    press(ada.locator(".wb-aside:visible").first, "Begin the talk")
    talk = guided(ada)
    answer(talk, "How long", "15 minutes")
    press(talk, "Begin")
    expect(talk.get_by_role("timer")).to_have_text("About 15 minutes left")
    press(talk, "Stop, 20 minutes")
    expect(talk.get_by_role("timer")).to_have_text("About 20 minutes left")
    write_in(talk, "the ferry", "that you are tired. Yes.", "")
    expect(talk).to_contain_text("it is kept once Ben agrees")
    press(talk, "Propose to keep it")
    waiting = cards(ada).filter(has_text="the ferry")
    expect(waiting).to_contain_text("It waits for Ben")
    turn_to(ben, "Home")
    turn_to(ben, "Journal")
    offered = cards(ben).filter(has_text="the ferry")
    expect(offered).to_contain_text("written down by Ada")
    press(offered, "Agree")
    session = cards(ben).filter(has=ben.get_by_role("heading", name="Session 1"))
    expect(cards(ben)).to_have_count(1)
    expect(session).to_contain_text("Glad: the ferry")
    turn_to(ada, "Home")
    turn_to(ada, "Journal")
    press(cards(ada), "No longer keep the talk: " + cards(ada).get_by_role("heading").inner_text())
    press(ada.get_by_role("region", name="Keep this talk no longer?"), "Keep it no longer")
    expect(cards(ada)).not_to_contain_text("the ferry")
    press(ada.locator(".wb-undo:visible"), "Undo")
    expect(cards(ada)).to_contain_text("the ferry")
    press(cards(ada), "No longer keep the talk: " + cards(ada).get_by_role("heading").inner_text())
    press(ada.get_by_role("region", name="Keep this talk no longer?"), "Keep it no longer")
    lock(ada)
    assert couple_shelf.opened(BEN, "Ben").entries(DriveHome) == []


def test_every_state_of_it_can_be_read_and_reached_by_everyone(tab: Page, shelf: Shelf) -> None:
    shelf.put("couple")
    ada, ben = shelf.opened(), shelf.opened(BEN, "Ben")
    ada.write_many([Session(on=TODAY), Goal(title="She proposes this")], "ours")
    ben.write_many([WALKS, Goal(title="He proposes this")], "ours")
    ben.write(DriveHome(on=TODAY - timedelta(days=1), glad="the ferry"), "ours")
    walks = next(each for each in ada.entries(Goal) if each.entry.title == "We walk")
    ada.write(Agreement(to=walks.id), "ours")
    ada.write(GoalRating(goal=walks.id, level=0, on=TODAY))
    unlocked(tab, shelf)
    look_all_over(tab, "talk proposed, talk that waits")
    press(tab.locator(".wb-aside:visible").first, "Begin the talk")
    look_all_over(tab, "before the talk")
    press(guided(tab), "Begin")
    tab_to(tab, "button Next")
    look_all_over(tab, "in the talk")
    press(guided(tab), "Next")
    press(guided(tab), "Next")
    press(guided(tab), "Next")
    look_all_over(tab, "after the talk")
    turn_to(tab, TITLE)
    press(tab.locator(".wb-page--progress"), "Rate: We walk")
    rungs(tab).nth(2).check(force=True)
    press(tab.locator(".wb-page--progress"), "Begin a review")
    expect(guided(tab).get_by_role("heading", name=re.compile("A review"))).to_be_focused()
    look_all_over(tab, "goals of both, ladder, before the review")
    drive_home.put_off(ada, ada.entries(Session)[0])
    assert ada.entries(Later)[0].entry.on == LATEST
