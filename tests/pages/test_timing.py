"""Picking a moment, rehearsing four replies, and what an answer does to the page, as a reader meets it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.pages.conftest import Shelf, answer, cards, turn_to, unlocked
from tests.pages.test_accessibility import look_all_over, unfold
from workbook.entries import Moment, Raised, Talk

TIMING = "Pick a good time"
TODAY = date.today()  # noqa: DTZ011 - the page goes by the reader's own day
TOMORROW = TODAY + timedelta(days=1)


@pytest.fixture
def timing(ada: Page) -> Page:
    """Ada's empty book on the page."""
    turn_to(ada, TIMING)
    expect(slider(ada, "Time")).to_be_visible()
    return ada


def slider(tab: Page, name: str) -> Locator:
    return tab.get_by_role("slider", name=name, exact=True)


def objections(tab: Page) -> Locator:
    return tab.locator(".wb-page--timing .wb-live").first


def note_talk(tab: Page, said: str) -> None:
    """Note what they said, today."""
    answer(tab, "What they said", said)
    tab.get_by_role("button", name="Save talk").click()


def announced(day: date, at: str) -> str:
    return f"{day:%A} {day.day} {day:%B}, {at}"


def weekend(after: date) -> date:
    """The first Saturday from a day on."""
    return after + timedelta(days=(5 - after.weekday()) % 7)


def test_the_marker_is_moved_by_arrow_keys_and_says_where_it_is(timing: Page, shelf: Shelf) -> None:
    marker = slider(timing, "Time")
    expect(marker).to_have_attribute("aria-valuetext", announced(TOMORROW, "19:00"))
    marker.focus()
    for key in ("ArrowRight", "ArrowDown", "ArrowDown"):
        timing.keyboard.press(key)
    there = TOMORROW + timedelta(days=2)
    expect(marker).to_have_attribute("aria-valuetext", announced(there, "19:30"))
    expect(slider(timing, "Day")).to_have_attribute("aria-valuenow", "3")
    expect(timing.get_by_role("textbox", name="Day", exact=True)).to_have_value(str(there))
    timing.get_by_role("button", name="Save moment").click()
    expect(cards(timing).first).to_contain_text(announced(there, "19:30"))
    (moment,) = shelf.opened().entries(Moment)
    assert (moment.entry.on, f"{moment.entry.at:%H:%M}", moment.room) == (there, "19:30", "mine")


def test_the_marker_is_dragged_to_a_moment(timing: Page) -> None:
    pad = timing.locator(".wb-week-pad")
    pad.scroll_into_view_if_needed()
    box = pad.bounding_box()
    assert box is not None
    timing.mouse.move(box["x"] + box["width"] * 0.2, box["y"] + box["height"] * 1.5 / 7)
    timing.mouse.down()
    timing.mouse.move(box["x"] + box["width"] * 12 / 17.5, box["y"] + box["height"] * 4.5 / 7)
    timing.mouse.up()
    there = announced(
        TODAY + timedelta(days=int(slider(timing, "Day").get_attribute("aria-valuenow") or 0)), "18:00"
    )
    expect(slider(timing, "Time")).to_have_attribute("aria-valuetext", there)
    expect(slider(timing, "Day")).to_have_attribute("aria-valuenow", "4")
    expect(timing.get_by_role("textbox", name="Time", exact=True)).to_have_value("18:00")


def test_the_marker_cannot_be_moved_into_the_past(timing: Page) -> None:
    marker = slider(timing, "Time")
    marker.focus()
    timing.keyboard.press("Home")
    for _ in range(10):
        timing.keyboard.press("PageDown")
    timing.keyboard.press("ArrowLeft")
    words = marker.get_attribute("aria-valuetext") or ""
    first = int(marker.get_attribute("aria-valuenow") or 0)
    now = datetime.now().astimezone()
    assert words.startswith(announced(TOMORROW, "")) or first > now.hour * 60 + now.minute - 2


def test_objections_appear_at_once_as_sentences_and_go_again(timing: Page) -> None:
    timing.get_by_role("textbox", name="Day", exact=True).fill(str(weekend(TOMORROW)))
    expect(objections(timing)).to_be_hidden()
    timing.get_by_role("checkbox", name="in the car").check(force=True)
    timing.get_by_role("checkbox", name="alcohol").check(force=True)
    expect(objections(timing)).to_contain_text("There would be alcohol.")
    expect(objections(timing)).to_contain_text("In the car")
    slider(timing, "Time").focus()
    for _ in range(6):
        timing.keyboard.press("ArrowRight")
    expect(objections(timing)).to_contain_text("It is late by then.")
    assert not any(character.isdigit() for character in objections(timing).inner_text())
    for _ in range(6):
        timing.keyboard.press("ArrowLeft")
    for name in ("in the car", "alcohol"):
        timing.get_by_role("checkbox", name=name).uncheck(force=True)
    expect(objections(timing)).to_be_hidden()


def test_a_moment_typed_into_the_past_is_said_and_refused_at_its_place(timing: Page, shelf: Shelf) -> None:
    day = timing.get_by_role("textbox", name="Day", exact=True)
    day.fill(str(TODAY - timedelta(days=1)))
    expect(objections(timing)).to_contain_text("That moment has passed.")
    timing.get_by_role("button", name="Save moment").click()
    expect(timing.locator("[data-field=on] .wb-error:visible")).to_contain_text("that moment has passed")
    expect(day).to_be_focused()
    assert shelf.opened().entries(Moment) == []


def test_a_reply_turns_over_to_one_thing_to_say(timing: Page) -> None:
    reply = timing.get_by_role("button", name="“No.”")
    expect(reply).to_have_attribute("aria-expanded", "false")
    expect(timing.get_by_text("I won't push")).to_be_hidden()
    reply.press("Enter")
    expect(timing.get_by_text("“Thank you for telling me. I won't push.”")).to_be_visible()
    expect(timing.locator(".wb-reply-face")).to_have_count(4)
    reply.press("Enter")
    expect(timing.get_by_text("I won't push")).to_be_hidden()


def test_an_agreed_day_is_asked_only_where_the_answer_waits(timing: Page, shelf: Shelf) -> None:
    expect(timing.get_by_role("radiogroup", name="Who brings it up again?")).to_be_hidden()
    answer(timing, "What they said", "not yet")
    clock = timing.get_by_role("radiogroup", name="Who brings it up again?")
    expect(clock.get_by_role("radio", name="They'll come back to me")).to_be_checked()
    expect(timing.get_by_role("textbox", name="We agreed on")).to_be_hidden()
    answer(timing, "Who brings it up again?", "We agreed on a day")
    agreed = timing.get_by_role("textbox", name="We agreed on")
    timing.get_by_role("button", name="Save talk").click()
    expect(timing.locator("[data-field=agreed] .wb-error:visible")).to_contain_text(
        "choose the day you agreed on"
    )
    agreed.fill(str(TODAY - timedelta(days=1)))
    timing.get_by_role("button", name="Save talk").click()
    expect(timing.locator("[data-field=agreed] .wb-error:visible")).to_contain_text(
        "can't be before the talk"
    )
    agreed.fill(str(TODAY + timedelta(days=9)))
    timing.get_by_role("button", name="Save talk").click()
    expect(timing.get_by_role("heading", name="You agreed on")).to_be_focused()
    (talk,) = shelf.opened().entries(Talk)
    assert (talk.entry.answer, talk.entry.agreed) == ("not yet", TODAY + timedelta(days=9))


def test_a_follow_up_before_the_agreed_day_is_refused_at_its_field(tab: Page, shelf: Shelf) -> None:
    yesterday = TODAY - timedelta(days=1)
    shelf.opened().write(Talk(on=yesterday, answer="not yet", agreed=TODAY + timedelta(days=9)))
    turn_to(unlocked(tab, shelf), TIMING)
    note_talk(tab, "yes")
    expect(tab.locator("[data-field=on] .wb-error:visible")).to_contain_text("you had agreed on")
    tab.get_by_role("button", name="They raised it").click()
    note_talk(tab, "yes")
    expect(tab.get_by_role("heading", name="They said yes").first).to_be_focused()


def test_until_the_agreed_day_the_marker_and_the_rehearsal_are_away(tab: Page, shelf: Shelf) -> None:
    shelf.opened().write(Moment(on=TOMORROW, at=datetime.min.time().replace(hour=19)))
    shelf.opened().write(Talk(on=TODAY, answer="not yet", agreed=TODAY + timedelta(days=9)))
    turn_to(unlocked(tab, shelf), TIMING)
    expect(tab.get_by_role("heading", name="You agreed on")).to_be_visible()
    expect(slider(tab, "Time")).to_be_hidden()
    expect(tab.get_by_role("button", name="“Yes.”")).to_be_hidden()
    expect(tab.get_by_role("heading", name="Moments you picked")).to_be_hidden()
    expect(tab.get_by_role("button", name="Save the date for a calendar")).to_be_visible()


def test_after_a_no_three_honest_ways_stand_in_place_of_asking(timing: Page, shelf: Shelf) -> None:
    note_talk(timing, "no")
    expect(timing.get_by_role("heading", name="They said no").first).to_be_focused()
    for way in ("do part one", "Individual therapy", "It takes both of you; it is not a way around a no."):
        expect(timing.get_by_text(way)).to_be_visible()
    for gone in ("Save moment", "Save talk", "Save the date for a calendar", "“Yes.”"):
        expect(timing.get_by_role("button", name=gone)).to_be_hidden()
    expect(slider(timing, "Day")).to_be_hidden()
    timing.get_by_role("button", name="They raised it").click()
    expect(timing.get_by_role("heading", name="They raised it")).to_be_focused()
    expect(slider(timing, "Day")).to_be_visible()
    assert [each.entry.on for each in shelf.opened().entries(Raised)] == [TODAY]
    timing.get_by_role("button", name="Undo this note").click()
    expect(timing.get_by_role("heading", name="They said no").first).to_be_focused()
    assert shelf.opened().entries(Raised) == []


def test_after_a_no_home_is_silent_about_the_picked_moment(tab: Page, shelf: Shelf) -> None:
    shelf.opened().write(Moment(on=TODAY, at=datetime.max.time().replace(microsecond=0)))
    turn_to(unlocked(tab, shelf), "Home")
    expect(tab.get_by_text("Today is the moment you picked.")).to_be_visible()
    turn_to(tab, TIMING)
    note_talk(tab, "no")
    expect(tab.get_by_role("heading", name="They said no").first).to_be_visible()
    turn_to(tab, "Home")
    expect(tab.locator(".wb-next-words")).not_to_contain_text("moment")


def test_having_asked_twice_is_said(tab: Page, shelf: Shelf) -> None:
    for days in (9, 5):
        then = TODAY - timedelta(days=days)
        shelf.opened().write(Talk(on=then, answer="not yet", agreed=then + timedelta(days=1)))
    turn_to(unlocked(tab, shelf), TIMING)
    expect(
        tab.get_by_role("heading", name="You've asked twice. Asking again may feel like pressure.")
    ).to_be_visible()


def test_the_calendar_file_of_a_moment_tells_nothing(timing: Page, tmp_path: Path) -> None:
    timing.get_by_role("textbox", name="Where").fill("on a walk")
    timing.get_by_role("button", name="Save moment").click()
    with timing.expect_download() as saved:
        timing.get_by_role("button", name="Save the date for a calendar").click()
    assert saved.value.suggested_filename == "dates.ics"
    saved.value.save_as(tmp_path / "dates.ics")
    ics = (tmp_path / "dates.ics").read_text()
    assert "SUMMARY:Appointment" in ics
    assert f"DTSTART:{TOMORROW:%Y%m%d}T190000" in ics
    assert "walk" not in ics


def test_the_marker_the_replies_and_every_answer_are_accessible(timing: Page) -> None:
    timing.get_by_role("button", name="“No.”").click()
    timing.get_by_role("checkbox", name="alcohol").check(force=True)
    timing.get_by_role("button", name="Save moment").click()
    expect(cards(timing).first).to_be_visible()
    unfold(timing)
    look_all_over(timing, "the week, a reply, a moment")
    note_talk(timing, "no")
    expect(timing.get_by_role("heading", name="They said no").first).to_be_visible()
    look_all_over(timing, "after a no")
