"""Home and the four steps that one person works with alone, as a reader uses them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

import pytest
from playwright.sync_api import Page, expect

from tests.pages.conftest import Shelf, answer, cards, state, turn_to
from workbook.entries import (
    Affordable,
    Assignment,
    AssignmentLog,
    CoverCall,
    FeePlan,
    GamePlan,
    Helps,
    Later,
    Loop,
    LoopCheck,
    Plan,
    Settings,
    Skip,
)

TODAY = date.today()  # noqa: DTZ011 - the page goes by the reader's own day

Go = Callable[[str], Page]


@pytest.fixture
def go(ada: Page) -> Go:
    """Ada's empty book on the page of this title."""

    def turn(title: str) -> Page:
        turn_to(ada, title)
        return ada

    return turn


def saved(tab: Page, button: str) -> None:
    tab.get_by_role("button", name=button, exact=True).locator("visible=true").first.click()
    expect(tab.locator(".wb-state:visible", has_text="Saved").first).to_be_visible()


def test_the_sentence_draws_the_loop(go: Go, shelf: Shelf) -> None:
    tab = go("Hold yourself accountable")
    tab.get_by_role("textbox", name="When").fill("the phone comes out at dinner")
    tab.get_by_role("button", name="go quiet", exact=True).click()
    tab.get_by_role("textbox", name="Next time I'll").fill("say that I miss you")
    circle = tab.get_by_role("radiogroup", name="Where could you step out?")
    expect(circle.get_by_role("radio")).to_have_count(4)
    circle.get_by_role("radio", name="go quiet").check(force=True)
    saved(tab, "Save loop")
    expect(cards(tab).first).to_contain_text("When the phone comes out at dinner, I go quiet.")
    (loop,) = shelf.opened().entries(Loop)
    assert (loop.entry.does, loop.entry.step_out, loop.entry.heat) == ("go quiet", "does", None)


def test_a_part_that_is_about_the_other_one_is_said_gently_and_harm_is_not(go: Go) -> None:
    tab = go("Hold yourself accountable")
    does = tab.get_by_role("textbox", name="I", exact=True)
    does.fill("tell her that she never helps")
    hint = tab.locator(".wb-live:visible")
    expect(hint).to_contain_text("What was yours in it?")
    does.fill("hide, because he hits me and he never stops")
    expect(hint).to_have_count(0)


def test_one_tap_notes_the_week_and_the_heat_can_follow(go: Go, shelf: Shelf) -> None:
    tab = go("Hold yourself accountable")
    tab.get_by_role("textbox", name="When").fill("we are late")
    saved(tab, "Save loop")
    tab.get_by_role("button", name="a little", exact=True).click()
    expect(tab.get_by_role("heading", name="Noted. How hot was it?")).to_be_visible()
    assert [check.entry.tried for check in shelf.opened().entries(LoopCheck)] == ["a little"]
    answer(tab, "Heat this week", "4")
    saved(tab, "Save")
    expect(cards(tab).first).to_contain_text("heat 4")
    expect(tab.get_by_role("img", name="Calmer?")).to_be_visible()


def test_what_helps_is_kept(go: Go, shelf: Shelf) -> None:
    tab = go("Hold yourself accountable")
    tab.get_by_role("textbox", name="I already").fill("make the coffee")
    tab.get_by_role("textbox", name="I already").press("Control+s")
    expect(cards(tab).filter(has_text="make the coffee")).to_be_visible()
    assert [helps.entry.does for helps in shelf.opened().entries(Helps)] == ["make the coffee"]


def test_a_plan_shows_its_beads_and_keeps_what_was_held(go: Go, shelf: Shelf) -> None:
    tab = go("Make a long-term commitment")
    stage = tab.locator(".wb-page--commitment")
    first = TODAY + timedelta(days=3)
    stage.get_by_label("First date").fill(first.isoformat())
    last = first + timedelta(weeks=11)
    expect(stage.locator(".wb-live")).to_contain_text(f"12 sessions until {last:%a} {last.day} {last:%B %Y}.")
    saved(tab, "Save plan")
    expect(tab.get_by_role("img", name="How far? None of 12 held yet.")).to_be_visible()
    stage.get_by_role("textbox", name="Sessions").or_(stage.get_by_label("Sessions")).first.fill("8")
    saved(tab, "Save plan")
    expect(tab.get_by_role("img", name="How far? None of 8 held yet.")).to_be_visible()
    assert [plan.entry.sessions for plan in shelf.opened().entries(Plan)] == [8]


def test_the_calendar_file_tells_nothing(go: Go) -> None:
    tab = go("Make a long-term commitment")
    tab.locator(".wb-page--commitment").get_by_label("First date").fill(TODAY.isoformat())
    saved(tab, "Save plan")
    with tab.expect_download() as found:
        tab.get_by_role("button", name="Save dates for a calendar").locator("visible=true").click()
    text = found.value.path().read_text(encoding="utf-8")
    assert found.value.suggested_filename == "dates.ics"
    assert text.count("SUMMARY:Appointment\n") == text.count("BEGIN:VEVENT") > 11
    assert not [
        word for word in ("therap", "session", "couple", "workbook") if f"SUMMARY:{word}" in text.lower()
    ]


@pytest.mark.parametrize(
    ("label", "value", "said"),
    [
        ("Sessions", "1000", "choose a number from 1 to 104"),
        ("Sessions", "0", "choose a number from 1 to 104"),
        ("First date", "", "choose a date"),
    ],
)
def test_a_plan_that_cannot_be_is_refused_at_its_field(go: Go, label: str, value: str, said: str) -> None:
    tab = go("Make a long-term commitment")
    stage = tab.locator(".wb-page--commitment")
    stage.get_by_label("First date").fill(TODAY.isoformat())
    stage.get_by_label(label).first.fill(value)
    stage.get_by_role("button", name="Save plan").click()
    expect(stage.locator(".wb-error:visible")).to_contain_text(said)


def test_a_skipped_day_without_a_session_is_said(go: Go) -> None:
    tab = go("Make a long-term commitment")
    stage = tab.locator(".wb-page--commitment")
    stage.get_by_label("First date").fill("2026-03-02")
    stage.locator("summary", has_text="More").click()
    stage.get_by_role("textbox", name="Dates to skip").fill("2026-03-03")
    expect(stage.locator(".wb-live")).to_contain_text("No session falls on Tue 3 March 2026")


def test_one_tap_marks_homework_done_with_room_for_a_line(go: Go, shelf: Shelf) -> None:
    tab = go("Do your homework")
    tab.get_by_role("textbox", name="What", exact=True).fill("Ten minutes of tea")
    saved(tab, "Add to the list")
    tab.get_by_role("button", name="done", exact=True).dblclick()  # a hand may shake
    expect(tab.get_by_role("heading", name="Noted.")).to_be_visible()
    assert [log.entry.done for log in shelf.opened().entries(AssignmentLog)] == ["done"]
    answer(tab, "Did it help?", "it helped")
    tab.get_by_role("textbox", name="What I noticed").fill("It was quiet.")
    saved(tab, "Save")
    expect(cards(tab).first).to_contain_text("it helped")
    expect(tab.get_by_role("heading", name="Tried")).to_be_visible()


def test_what_was_agreed_in_a_session_is_on_the_list_and_on_the_next_agenda(ada: Page, shelf: Shelf) -> None:
    ada.get_by_text("The rest is optional").click()
    ada.get_by_role("textbox", name="Homework agreed").fill("Ten minutes of tea\nOnce this week, the call")
    ada.get_by_role("textbox", name="Next time's agenda").fill("Ask about the summer")
    ada.get_by_role("button", name="Save session").click()
    expect(state(ada)).to_contain_text("2 things to do are on your homework list now.")
    ada.get_by_text("For next time").first.click()
    agenda = ["Ask about the summer", "Homework: Ten minutes of tea", "Homework: Once this week, the call"]
    expect(ada.locator(".wb-sheet:visible").first.get_by_role("listitem")).to_have_text(agenda)
    turn_to(ada, "Do your homework")
    expect(cards(ada)).to_have_count(2)
    expect(cards(ada).last).to_contain_text("Once this week, the call")


def test_a_streak_is_counted_only_where_one_wants_it(go: Go, shelf: Shelf) -> None:
    book = shelf.opened()
    tea = book.write(Assignment(what="Ten minutes of tea", repeats="daily"))
    for days in (2, 1):
        book.write(AssignmentLog(assignment=tea, on=TODAY - timedelta(days=days), done="done"))
    tab = go("Do your homework")
    expect(cards(tab).first).to_contain_text("Ten minutes of tea")
    expect(cards(tab).first).not_to_contain_text("in a row")
    book.write(Settings(streaks=True))
    turn_to(tab, "Journal")
    turn_to(tab, "Do your homework")
    tab.get_by_role("button", name="done", exact=True).click()
    expect(cards(tab).first).to_contain_text("Done 3 times in a row")


def test_a_day_that_has_passed_is_kept_and_said(go: Go, shelf: Shelf) -> None:
    tab = go("Do your homework")
    tab.get_by_role("textbox", name="What", exact=True).fill("The letter")
    yesterday = TODAY - timedelta(days=1)
    tab.get_by_label("By when").fill(yesterday.isoformat())
    expect(tab.locator(".wb-live:visible")).to_contain_text("That day has passed")
    saved(tab, "Add to the list")
    expect(tab.get_by_role("heading", name="Overdue")).to_be_visible()
    assert [each.entry.by for each in shelf.opened().entries(Assignment)] == [yesterday]


def test_the_game_plan_is_one_and_can_change(go: Go, shelf: Shelf) -> None:
    tab = go("Do your homework")
    for line in ("Come back when you said you would", "One worry a day"):
        tab.get_by_role("textbox", name="First").fill(line)
        saved(tab, "Save game plan")
        expect(state(tab).or_(tab.locator(".wb-state:visible").first).first).to_contain_text("Saved")
    (plan,) = shelf.opened().entries(GamePlan)
    assert plan.entry.lines[0] == "One worry a day"


def test_a_fee_and_a_rhythm_answer_before_anything_is_saved(go: Go, shelf: Shelf) -> None:
    tab = go("Consider your budget")
    tab.get_by_role("textbox", name="Fee per session").fill("$220")
    live = tab.locator(".wb-page--budget .wb-live").first
    expect(live).to_contain_text("$2,640 for 12 sessions")
    answer(tab, "Insurance", "I have cover, out of network")
    tab.get_by_role("textbox", name="Allowed amount").fill("150")
    tab.get_by_role("textbox", name="Deductible left this year").fill("800")
    tab.get_by_role("textbox", name="Coinsurance").fill("30 %")
    expect(live).to_contain_text("$1,940 for 12 sessions")
    assert shelf.opened().entries(FeePlan) == []


def test_plans_stand_side_by_side_in_courses_of_several_lengths(go: Go, shelf: Shelf) -> None:
    book = shelf.opened()
    book.write(FeePlan(label="Mill Street", fee=Decimal(100), first=TODAY))
    book.write(FeePlan(label="The clinic", fee=Decimal(40), first=TODAY, extra=Decimal(5)))
    tab = go("Consider your budget")
    table = tab.get_by_role("region", name="What a longer or shorter course costs")
    rows = table.get_by_role("row")
    expect(rows.nth(1)).to_contain_text("$800")
    expect(rows.nth(1)).to_contain_text("$2,600")
    expect(rows.nth(2)).to_contain_text("$1,170")  # 26 × 45


def test_a_share_of_20_is_asked_back_and_not_guessed(go: Go, shelf: Shelf) -> None:
    tab = go("Consider your budget")
    tab.get_by_role("textbox", name="Name of the plan").fill("Mill Street")
    tab.get_by_role("textbox", name="Fee per session").fill("180")
    answer(tab, "Insurance", "I have cover, out of network")
    tab.get_by_role("textbox", name="Allowed amount").fill("160")
    tab.get_by_role("textbox", name="Coinsurance").fill("20")
    tab.get_by_role("button", name="Save plan").locator("visible=true").click()
    expect(tab.get_by_text("Do you mean 20 %?")).to_be_visible()
    tab.get_by_role("textbox", name="Coinsurance").fill("20 %")
    saved(tab, "Save plan")
    (plan,) = shelf.opened().entries(FeePlan)
    assert (plan.entry.coinsurance, plan.entry.allowed) == (Decimal("0.2"), 160)
    expect(tab.get_by_role("img", name="Can we?")).to_be_visible()


@pytest.mark.parametrize(
    ("label", "typed", "said"),
    [
        ("Fee per session", "-5", "between 0 and 1,000,000"),
        ("Fee per session", "12,5", "can't be read as an amount"),
        ("Fee per session", "99999999", "between 0 and 1,000,000"),
        ("The plan year ends", "2020-01-01", "can't end before the first session"),
    ],
)
def test_an_amount_that_cannot_be_is_refused_at_its_field(go: Go, label: str, typed: str, said: str) -> None:
    tab = go("Consider your budget")
    tab.get_by_role("textbox", name="Name of the plan").fill("Mill Street")
    tab.get_by_role("textbox", name="Fee per session").fill("140")
    answer(tab, "Insurance", "I have cover, in network")
    tab.locator(".wb-page--budget").get_by_label(label).first.fill(typed)
    tab.get_by_role("button", name="Save plan").locator("visible=true").click()
    expect(tab.locator(".wb-error:visible")).to_contain_text(said)


def test_a_call_and_a_limit_are_kept_and_sheets_unfold(go: Go, shelf: Shelf) -> None:
    tab = go("Consider your budget")
    tab.get_by_role("textbox", name="A month").fill("300")
    saved(tab, "Save amount")
    tab.get_by_role("textbox", name="Who I spoke to").fill("Osei")
    saved(tab, "Save call")
    expect(cards(tab).filter(has_text="Osei")).to_be_visible()
    tab.locator("summary", has_text="What a superbill must name").click()
    expect(tab.get_by_text("The fee, and what you paid")).to_be_visible()
    book = shelf.opened()
    assert [each.entry.a_month for each in book.entries(Affordable)] == [300]
    assert [call.entry.who for call in book.entries(CoverCall)] == ["Osei"]


def test_home_proposes_one_thing_that_can_wait(go: Go, shelf: Shelf) -> None:
    tab = go("Home")
    expect(tab.get_by_text("A first step you can take alone")).to_be_visible()
    tab.get_by_role("button", name="Not today").click()
    expect(tab.get_by_text("Nothing is due today. When something is, it will be here.")).to_be_visible()
    assert [later.entry.thing for later in shelf.opened().entries(Later)] == ["begin"]


def test_the_path_counts_and_never_quotes(go: Go, shelf: Shelf) -> None:
    tab = go("Hold yourself accountable")
    tab.get_by_role("textbox", name="When").fill("a marker nobody may glance at")
    saved(tab, "Save loop")
    turn_to(tab, "Home")
    expect(tab.locator(".wb-stop").first).to_contain_text("begun · 1 entry")
    expect(tab.locator(".wb-stop")).to_have_count(13)
    expect(tab.locator(".wb-page--home")).not_to_contain_text("marker")
    tab.get_by_role("button", name="Skip: Consider your budget").click()
    expect(tab.get_by_role("button", name="Pick it up again: Consider your budget")).to_be_focused()
    assert [skip.entry.step for skip in shelf.opened().entries(Skip)] == ["budget"]
