"""A reader in another country: days, times, decimals and money as they write them, and stored as ever."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.pages.conftest import Shelf, cards, listening, save_session, turn_to, unlocked
from workbook.entries import FeePlan

Visit = Callable[[str], Page]


@pytest.fixture
def visit(browser: Browser, full_shelf: Shelf, complaints: list[str]) -> Iterator[Visit]:
    """Ada's full book, unlocked on the journal in a browser of a country."""
    contexts = []

    def go(locale: str) -> Page:
        contexts.append(browser.new_context(viewport={"width": 1280, "height": 900}, locale=locale))
        contexts[-1].set_default_timeout(60_000)
        return unlocked(listening(contexts[-1].new_page(), complaints), full_shelf)

    yield go
    for context in contexts:
        context.close()
    assert complaints == []


def squeezed(text: str) -> str:
    return text.replace("\u202f", " ").replace("\u00a0", " ")


def test_a_german_reads_and_types_as_at_home_and_the_book_keeps_what_it_kept(
    visit: Visit, full_shelf: Shelf
) -> None:
    tab = visit("de-DE")
    expect(cards(tab).first).to_contain_text("Session 25 · Mo., 22. Juni 2026")
    expect(cards(tab).first).to_contain_text("120 $")
    turn_to(tab, "Consider your budget")
    stage = tab.locator(".wb-page--budget")
    fee = stage.get_by_role("textbox", name="Fee", exact=False).first
    stage.get_by_role("textbox").first.fill("Elm Street")
    fee.fill("1,234.50")
    stage.get_by_role("button", name="Save plan").click()
    expect(stage.locator("[data-field=fee] .wb-error")).to_have_text(
        "“1,234.50” can't be read as an amount; write it like 120 or 1.234,50"
    )
    expect(fee).to_have_attribute("aria-invalid", "true")
    fee.fill("1.234,50")
    expect(stage.locator(".wb-live").first).to_contain_text("14.814 $")
    stage.get_by_role("button", name="Save plan").click()
    expect(cards(tab).first).to_contain_text("1.234,50 $")
    assert [plan.entry.fee for plan in full_shelf.opened().entries(FeePlan)] == [Decimal("1234.50")]
    tab.get_by_role("button", name="Edit: Elm Street").click()
    expect(stage.locator("[data-field=fee] input").nth(1)).to_have_value("1234,50")


def test_a_chart_is_read_as_at_home_and_its_file_is_everyones(visit: Visit, tmp_path: Path) -> None:
    tab = visit("de-DE")
    turn_to(tab, "Charts")
    chart = tab.locator(".wb-picture").filter(has=tab.get_by_role("heading", name="Which way?"))
    expect(chart.locator("svg")).to_contain_text("März 2026")
    chart.get_by_role("button", name="Show as table").click()
    expect(chart.get_by_role("rowheader").first).to_have_text("05.01.2026")
    chart.get_by_text("Save this chart").click()
    with tab.expect_download() as saved:
        chart.get_by_role("button", name="CSV").click()
    saved.value.save_as(tmp_path / "chart.csv")
    assert '"2026-01-05"' in (tmp_path / "chart.csv").read_text(encoding="utf-8")


def test_an_american_sees_the_hours_in_two_halves(visit: Visit) -> None:
    tab = visit("en-US")
    expect(cards(tab).first).to_contain_text("Session 25 · Mon, June 22, 2026")
    save_session(tab, "by the clock")
    said = squeezed(tab.locator(".wb-state").filter(has_text="Saved").inner_text())
    assert said.split(".")[0].endswith(("AM", "PM"))
    turn_to(tab, "Pick a good time")
    expect(tab.locator(".wb-week-hours")).to_contain_text("9\u202fAM")
    expect(tab.locator(".wb-week-now")).to_contain_text("PM")
