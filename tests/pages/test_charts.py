"""The charts page as one and as two use it: days, files, the next agenda, each other's numbers."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta
from pathlib import Path
from xml.etree import ElementTree

from playwright.sync_api import Download, Locator, Page, expect

from tests.pages.conftest import Shelf, come_in, turn_to, unlocked
from tests.pages.test_accessibility import look_all_over
from workbook.book import Book
from workbook.entries import AgendaItem, Goal, GoalRating, Reflection, SatisfactionScore, Session

TODAY = date.today()  # noqa: DTZ011 - the page goes by the reader's own day
FIRST = TODAY - timedelta(weeks=30)
TITLE = "=1+2 我们一起吃晚饭 לדבר על כסף"
"""A goal in three scripts, that a spreadsheet would take for a formula."""


def fill(book: Book) -> None:
    """Ten sessions, each fitting less than the one before; a goal, a score."""
    for week in range(10):
        session = book.write(Session(on=FIRST + timedelta(weeks=week)))
        book.write(
            Reflection(session=session, understood=max(0, 9 - week), hurt="The clock." if week == 9 else "")
        )
    goal = book.write(Goal(title=TITLE))
    book.write_many([GoalRating(goal=goal, level=level, on=FIRST) for level in (-1, 1)])
    for total, week in ((44, 0), (53, 8)):
        book.write(SatisfactionScore(scale="CSI-16", total=total, on=FIRST + timedelta(weeks=week)))


def chart(tab: Page, question: str) -> Locator:
    return tab.locator(".wb-picture:visible").filter(
        has=tab.get_by_role("heading", level=2, name=question, exact=True)
    )


def saved(tab: Page, question: str, kind: str) -> Download:
    with tab.expect_download() as waiting:
        chart(tab, question).get_by_role("button", name=kind).click()
    return waiting.value


def read(download: Download, folder: Path) -> bytes:
    place = folder / download.suggested_filename
    download.save_as(place)
    return place.read_bytes()


def test_days_are_chosen_for_all_charts_and_a_line_goes_onto_the_next_agenda(tab: Page, shelf: Shelf) -> None:
    fill(shelf.opened())
    unlocked(tab, shelf, f"{shelf.served.address}#charts")
    way, noise = chart(tab, "Which way?"), chart(tab, "More than noise?")
    expect(way).to_contain_text("Lower lately: Felt understood. That doesn't say why. Rests on 10 sessions.")
    expect(noise).to_contain_text("Up 9; 7 or more is unlikely to be chance. Rests on 2 scores.")
    expect(chart(tab, "How far?")).to_contain_text("Once you save a plan")
    note = tab.get_by_role("region", name="Sessions have fitted you less lately")
    expect(note).to_contain_text("What hurt: “The clock.”")
    look_all_over(tab, "charts, something fell")

    way.get_by_role("button", name="Put on next agenda").click()
    expect(way.get_by_role("button", name="Take it off")).to_be_focused()
    note.get_by_role("button", name="Put on next agenda").click()
    expect(note.get_by_role("button", name="Take it off the agenda")).to_be_visible()
    lines = [each.entry.what for each in shelf.opened().entries(AgendaItem)]
    assert len(lines) == 2
    turn_to(tab, "Journal")
    tab.get_by_text("For next time", exact=True).first.click()
    for line in lines:
        expect(tab.locator(".wb-page--journal").get_by_text(line)).to_be_visible()
    turn_to(tab, "Charts")

    days = tab.get_by_role("region", name="Which days")
    days.get_by_label("From").fill(str(FIRST + timedelta(weeks=8)))
    expect(way).to_contain_text("Too early to tell: Felt understood. Rests on 2 sessions.")
    expect(noise).to_contain_text("One score so far: 53")
    days.get_by_label("To", exact=True).fill(str(FIRST))
    until = days.get_by_label("To", exact=True)
    expect(until).to_have_accessible_description("choose a day that isn't before the one under “From”")
    expect(until).to_have_attribute("aria-invalid", "true")
    expect(way).to_contain_text("Rests on 2 sessions.")
    days.get_by_role("button", name="Last 3 months").click()
    expect(way).to_contain_text("Nothing was noted in these days.")
    days.get_by_role("button", name="All", exact=True).click()
    expect(way).to_contain_text("Rests on 10 sessions.")


def test_a_date_is_typed_digit_by_digit_without_losing_ones_place(tab: Page, shelf: Shelf) -> None:
    fill(shelf.opened())
    unlocked(tab, shelf, f"{shelf.served.address}#charts")
    since = tab.get_by_role("region", name="Which days").get_by_label("From")
    since.press_sequentially("02032026", delay=600)
    expect(since).to_have_value("2026-02-03")
    expect(since).to_be_focused()
    expect(tab.get_by_role("region", name="Which days").get_by_role("status")).to_contain_text("2026")


def test_a_chart_is_saved_as_a_table_and_as_pictures_with_neutral_names(
    tab: Page, shelf: Shelf, tmp_path: Path
) -> None:
    fill(shelf.opened())
    unlocked(tab, shelf, f"{shelf.served.address}#charts")
    question = "Are we moving?"
    chart(tab, question).get_by_text("Save this chart").click()
    expect(chart(tab, question)).to_contain_text("The file isn't locked")

    table = saved(tab, question, "Table (CSV)")
    assert table.suggested_filename == "chart.csv"
    rows = list(csv.reader(io.StringIO(read(table, tmp_path).decode("utf-8-sig"))))
    assert rows[0][0] == "Goal"
    assert rows[1][0] == f"'{TITLE}"

    drawing = saved(tab, question, "Picture (SVG)")
    assert drawing.suggested_filename == "chart.svg"
    svg = ElementTree.fromstring(read(drawing, tmp_path))
    words = " ".join(text for text in svg.itertext())
    for said in (question, "Rests on 1 rating.", "Not therapy", "我们一起吃晚饭"):
        assert said in words
    assert b"var(" not in (tmp_path / "chart.svg").read_bytes()

    picture = saved(tab, question, "Picture (PNG)")
    assert picture.suggested_filename == "chart.png"
    png = read(picture, tmp_path)
    assert png.startswith(b"\x89PNG")
    assert inked(tab, png)


def inked(tab: Page, png: bytes) -> bool:
    """Whether a picture has a white ground and something dark on it."""
    return bool(
        tab.evaluate(
            """async (bytes) => {
                const bitmap = await createImageBitmap(new Blob([new Uint8Array(bytes)]));
                const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
                const pen = canvas.getContext("2d");
                pen.drawImage(bitmap, 0, 0);
                const { data } = pen.getImageData(0, 0, bitmap.width, bitmap.height);
                let dark = 0;
                for (let at = 0; at < data.length; at += 4) dark += data[at] < 90;
                return bitmap.width > 700 && data[0] === 255 && dark > 500;
            }""",
            list(png),
        )
    )


def test_the_others_numbers_stand_there_while_both_want_it_and_go_with_either(
    ada_and_ben: tuple[Page, Page], couple_shelf: Shelf
) -> None:
    ada_book = couple_shelf.opened()
    ada_book.write(SatisfactionScore(scale="CSI-16", total=44, on=FIRST))
    tabs = ada_and_ben
    for tab, who in zip(tabs, ("Ada", "Ben"), strict=True):
        turn_to(come_in(tab, couple_shelf, who), "Charts")
    ada, ben = tabs
    theirs = chart(ben, "More than noise? Your partner's numbers")
    ada.get_by_role("checkbox", name="I would show mine").check()
    expect(ada.get_by_text("Neither of you sees the other's numbers here")).to_be_visible()
    expect(theirs).to_have_count(0)
    ben.get_by_role("checkbox", name="I would show mine").check()
    expect(ben.get_by_text("You both ticked this.")).to_be_visible()
    expect(ada.get_by_text("You both ticked this.")).to_be_visible()
    expect(theirs).to_contain_text("One score so far: 44")
    look_all_over(ben, "charts of both")
    ada.get_by_role("checkbox", name="I would show mine").uncheck()
    expect(theirs).to_have_count(0)
    expect(ben.get_by_text("Neither of you sees the other's numbers here")).to_be_visible()
