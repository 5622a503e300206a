"""The test drive: a visit, one's own sealed answer to it, and the sheet for a first session."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.conftest import Served
from tests.pages.conftest import Shelf, cards, turn_to, unlocked
from tests.pages.test_accessibility import look_all_over, unfold
from workbook.entries import FirstSession, Talk, Trial, TrialAnswer

TRIAL = "Offer a test drive"
TODAY = date.today()  # noqa: DTZ011 - the page goes by the reader's own day


@pytest.fixture
def trial(ada: Page) -> Page:
    """Ada's empty book on the page."""
    turn_to(ada, TRIAL)
    return ada


def save_visit(tab: Page, on: date) -> None:
    tab.get_by_role("textbox", name="With whom").fill("Ines Aldana")
    tab.get_by_role("textbox", name="When", exact=True).fill(str(on))
    tab.get_by_role("button", name="Save visit").click()
    expect(cards(tab).first).to_contain_text("A first consultation · Ines Aldana")


def test_a_visit_is_kept_and_its_day_goes_into_a_calendar(trial: Page, shelf: Shelf, tmp_path: Path) -> None:
    expect(trial.get_by_role("button", name="Save the date for a calendar")).to_be_hidden()
    trial.get_by_role("textbox", name="What would make it worth the hour?").fill("Both finish a sentence")
    save_visit(trial, TODAY + timedelta(days=3))
    (visit,) = shelf.opened().entries(Trial)
    assert (visit.entry.worth_it, visit.room) == ("Both finish a sentence", "mine")
    with trial.expect_download() as saved:
        trial.get_by_role("button", name="Save the date for a calendar").click()
    saved.value.save_as(tmp_path / "dates.ics")
    ics = (tmp_path / "dates.ics").read_text()
    assert f"DTSTART;VALUE=DATE:{TODAY + timedelta(days=3):%Y%m%d}" in ics
    assert "SUMMARY:Appointment" in ics
    assert "Ines" not in ics


def test_nobody_is_asked_about_a_visit_before_its_day(trial: Page) -> None:
    save_visit(trial, TODAY + timedelta(days=1))
    expect(trial.get_by_text("Would you go again?")).to_be_hidden()


def test_an_answer_is_kept_privately_after_what_it_shows_is_said(trial: Page, shelf: Shelf) -> None:
    save_visit(trial, TODAY)
    trial.get_by_role("button", name="maybe", exact=True).click()
    expect(trial.get_by_text("You both see only whether you match.")).to_be_visible()
    assert shelf.opened().entries(TrialAnswer) == []
    trial.get_by_role("textbox", name="A note to yourself").fill("I liked her")
    trial.get_by_role("button", name="Keep my answer").click()
    expect(cards(trial).first).to_contain_text("Sealed. It waits for your partner")
    book = shelf.opened()
    (kept,) = book.entries(TrialAnswer)
    assert (kept.entry.again, kept.entry.note, kept.room) == ("maybe", "I liked her", "mine")
    assert kept.entry.trial == book.entries(Trial)[0].id


def test_an_answer_can_be_changed_and_taken_back(trial: Page, shelf: Shelf) -> None:
    save_visit(trial, TODAY)
    trial.get_by_role("button", name="yes", exact=True).click()
    trial.get_by_role("button", name="Keep my answer").click()
    trial.get_by_role("group", name="Change your answer?").get_by_role(
        "button", name="no", exact=True
    ).click()
    trial.get_by_role("button", name="Keep my answer").click()
    expect(cards(trial).first).to_contain_text("Your answer: no")
    assert [each.entry.again for each in shelf.opened().entries(TrialAnswer)] == ["no"]
    trial.get_by_role("button", name="no answer", exact=True).click()
    expect(trial.get_by_role("group", name="Would you go again?")).to_be_visible()
    assert shelf.opened().entries(TrialAnswer) == []


def test_both_learn_whether_they_would_both_go_again_and_nothing_else(demo: Served, tab: Page) -> None:
    tab.goto(demo.address)
    tab.get_by_role("button", name="Open as Kim").click()
    expect(tab.get_by_role("heading", level=1, name="Home")).to_be_visible()
    turn_to(tab, TRIAL)
    card = cards(tab).first
    expect(card).to_contain_text("Shared by Robin")
    expect(card).to_contain_text("Your answer: maybe")
    expect(card).to_contain_text("Not a yes from both")
    expect(card).not_to_contain_text("relief")


def test_the_sheet_holds_ones_own_three_lines(trial: Page, shelf: Shelf) -> None:
    trial.get_by_role("textbox", name="A hope").fill("That we leave with one thing to try")
    trial.get_by_role("textbox", name="Please don't start with").fill("the roof")
    trial.get_by_role("button", name="Save sheet").click()
    trial.locator("summary", has_text="My sheet for the first session").click()
    sheet = trial.locator(".wb-sheet-body:visible")
    expect(sheet.get_by_role("listitem")).to_have_text(
        ["I hope: That we leave with one thing to try", "Please don't start with: the roof"]
    )
    trial.get_by_role("textbox", name="A hope").fill("One quiet hour")
    trial.get_by_role("button", name="Save sheet").click()
    expect(sheet.get_by_role("listitem").first).to_have_text("I hope: One quiet hour")
    assert [each.entry.hope for each in shelf.opened().entries(FirstSession)] == ["One quiet hour"]


def test_an_empty_sheet_is_refused_in_words(trial: Page) -> None:
    trial.get_by_role("button", name="Save sheet").click()
    expect(trial.locator("[data-field=hope] .wb-error:visible")).to_contain_text(
        "write at least one of the three"
    )


@pytest.mark.parametrize("said", ["no", "no answer yet"])
def test_while_the_answer_is_theirs_there_is_nothing_to_offer(tab: Page, shelf: Shelf, said: str) -> None:
    shelf.opened().write(Trial(on=TODAY + timedelta(days=3)))
    shelf.opened().write(Talk(on=TODAY, answer=said))  # type: ignore[arg-type] # an answer by its name
    turn_to(unlocked(tab, shelf), TRIAL)
    expect(tab.locator(".wb-aside:visible")).to_be_visible()
    expect(tab.get_by_role("button", name="Save visit")).to_be_hidden()
    expect(tab.get_by_role("button", name="Save the date for a calendar")).to_be_hidden()
    expect(tab.get_by_role("button", name="Save sheet")).to_be_visible()


def test_a_visit_and_its_answer_are_accessible(trial: Page) -> None:
    save_visit(trial, TODAY)
    trial.get_by_role("button", name="maybe", exact=True).click()
    expect(trial.get_by_role("button", name="Keep my answer")).to_be_visible()
    unfold(trial)
    look_all_over(trial, "a visit being answered")
