"""Export and import on the page: one zip out, a report line by line, and in only once that is confirmed."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.pages.conftest import Shelf, turn_to, unlocked
from tests.pages.test_accessibility import found_by_axe, look_all_over, unfold
from tests.pages.test_lock import WIDGET_STATES, WORDS_ON_THE_PAGE
from workbook.entries import Goal, Note, Reflection

SHORT = """() => { const read = Blob.prototype.arrayBuffer;
                   Blob.prototype.arrayBuffer = function () { return read.call(this.slice(1)); }; }"""
"""From now on the browser reads less of a file than there was, as of one that is taken away meanwhile."""
FAILING = """() => { Blob.prototype.arrayBuffer = () => Promise.reject(new Error("NotReadableError")); }"""
"""From now on the browser may not read files."""


def card(tab: Page, name: str) -> Locator:
    """The card with this heading."""
    return tab.locator(".wb-card:visible", has=tab.get_by_role("heading", name=name, exact=True))


def export(tab: Page, label: str = "CSV") -> Path:
    """Export, and where the browser has put the file."""
    card(tab, "Export").get_by_role("radio", name=label).check()
    with tab.expect_download() as caught:
        card(tab, "Export").get_by_role("button", name="Export").click()
    expect(card(tab, "Export").get_by_role("status")).to_have_text(
        "Exported: your browser has saved notes.zip."
    )
    assert caught.value.suggested_filename == "notes.zip"
    return caught.value.path()


def choose(tab: Page, name: str, data: bytes) -> None:
    """Choose a file to import."""
    file = {"name": name, "mimeType": "application/octet-stream", "buffer": data}
    card(tab, "Import").get_by_label("Files of an export").set_input_files(files=[file])  # type: ignore[list-item]


@pytest.mark.parametrize("trouble", [SHORT, FAILING])
def test_a_file_that_cannot_be_read_is_named_and_nothing_of_it_comes_in(ada: Page, trouble: str) -> None:
    turn_to(ada, "Our data")
    ada.evaluate(trouble)
    choose(ada, "Goal.csv", b"id,title\n1,walks\n")
    expect(card(ada, "Import").get_by_role("alert")).to_contain_text("Goal.csv can't be read")
    expect(card(ada, "Import").get_by_label("Files of an export")).to_be_focused()


def test_a_book_goes_out_as_one_zip_and_comes_into_another_after_a_yes(
    full_ada: Page, full_shelf: Shelf
) -> None:
    tab = full_ada
    turn_to(tab, "Our data")
    expect(card(tab, "Export")).to_contain_text("The files aren't locked.")
    data = export(tab, "JSON Lines").read_bytes()
    assert {"Goal.jsonl", "README.txt", "export.json"} <= set(zipfile.ZipFile(io.BytesIO(data)).namelist())
    full_shelf.put("empty")
    unlocked(tab, full_shelf, f"{full_shelf.served.address}#our-data")
    choose(tab, "notes.zip", data)
    expect(tab.get_by_role("heading", name="54 entries would come in.")).to_be_focused()
    assert full_shelf.opened().entries(Goal) == []
    card(tab, "Import").get_by_role("button", name="Bring it in").click()
    expect(card(tab, "Import").get_by_role("status")).to_have_text("54 entries came in.")
    assert len(full_shelf.opened().entries(Reflection)) == 25
    choose(tab, "notes.zip", data)
    expect(tab.get_by_role("heading", name="No entries would come in, 54 are here already.")).to_be_visible()
    assert "Line of week" not in tab.evaluate(WIDGET_STATES)
    turn_to(tab, "Journal")
    expect(tab.get_by_text("Line of week 25").first).to_be_visible()


def test_what_cannot_come_in_is_said_line_by_line_and_the_rest_waits_for_a_yes(
    ada: Page, shelf: Shelf
) -> None:
    turn_to(ada, "Our data")
    for name, data, why in (
        ("notes.zip", b"PK\x03\x04 cut off", "notes.zip is damaged"),
        ("holiday.jpg", b"\xff\xd8", "There are no files of an export here"),
    ):
        choose(ada, name, data)
        expect(card(ada, "Import").get_by_role("alert")).to_contain_text(why)
    rows = "author,title,until\r\nCarla,<img src=x onerror=__ran=1>,02/03/2026\r\nCarla,=1+1,2026-03-02\r\n"
    choose(ada, "Goal.csv", rows.encode())
    expect(ada.get_by_role("heading", name="1 entry would come in, 1 is refused.")).to_be_visible()
    expect(card(ada, "Import")).to_contain_text("it may be another couple's book")
    unfold(ada)
    expect(card(ada, "Import").get_by_role("listitem").first).to_contain_text(
        "Goal.csv, line 2: refused: until: 02/03/2026"
    )
    card(ada, "Import").get_by_label("Dates such as").select_option("day first")
    expect(ada.get_by_role("heading", name="2 entries would come in.")).to_be_visible()
    card(ada, "Import").get_by_label("You in this export").select_option("Carla")
    expect(card(ada, "Import")).not_to_contain_text("another couple's book")
    card(ada, "Import").get_by_role("button", name="Not now").click()
    expect(card(ada, "Import").get_by_role("status")).to_have_text("Nothing was brought in.")
    assert shelf.opened().entries(Goal) == []
    assert ada.evaluate("window.__ran") is None
    assert "Carla" not in ada.evaluate(WORDS_ON_THE_PAGE)


def test_another_journal_comes_in_by_the_columns_that_one_names(ada: Page, shelf: Shelf) -> None:
    turn_to(ada, "Our data")
    choose(ada, "days.csv", b"Zeit,Text,Mood\r\n2026-03-02,We laughed.,4 of 5\r\nsoon,x,\r\n")
    expect(ada.get_by_role("heading", name="This is a file of another journal")).to_be_focused()
    expect(card(ada, "Import").get_by_label("The text")).to_have_value("Text")
    card(ada, "Import").get_by_label("The day").select_option("Zeit")
    assert found_by_axe(ada) == []
    card(ada, "Import").get_by_role("button", name="See what would come in").click()
    expect(ada.get_by_role("heading", name="1 entry would come in, 1 is refused.")).to_be_focused()
    card(ada, "Import").get_by_role("button", name="Bring it in").click()
    expect(card(ada, "Import").get_by_role("status")).to_have_text("1 entry came in, 1 is refused.")
    assert [each.entry.mood for each in shelf.opened().entries(Note)] == ["4 of 5"]
    turn_to(ada, "Journal")
    expect(ada.get_by_role("heading", name="From another journal")).to_be_visible()
    expect(ada.get_by_text("We laughed.")).to_be_visible()


def test_export_and_import_pass_every_look(ada: Page) -> None:
    turn_to(ada, "Our data")
    choose(ada, "Goal.csv", b"author,title\r\nCarla,x\r\n")
    expect(ada.get_by_role("heading", name="1 entry would come in.")).to_be_visible()
    unfold(ada)
    ada.set_viewport_size({"width": 1280, "height": 900})
    look_all_over(ada, "export and import")
