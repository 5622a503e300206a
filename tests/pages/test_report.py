"""The one-page report: ticked together, seen before it is saved, and saved as it was seen."""

from __future__ import annotations

import io
from pathlib import Path

from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.pages.conftest import Shelf, lock, turn_to
from tests.pages.test_accessibility import look_all_over, unfold
from workbook.entries import Reflection, Session

LONG = "A text without an end. " * 800


def test_a_page_is_ticked_together_seen_and_saved_as_it_was_seen(
    full_ada: Page, full_shelf: Shelf, tmp_path: Path
) -> None:
    book, tab = full_shelf.opened(), full_ada
    session = book.entries(Session)[-1].id
    written = next(each for each in book.own(Reflection) if each.entry.session == session)
    book.revise(written.id, helped="You asked <b>before</b> #fixing.", hurt=LONG)
    turn_to(tab, "Our data")
    tab.get_by_text("Put the page together").click()
    expect(tab.get_by_text("It fits on one page.")).to_be_visible()
    picture, save = (
        tab.get_by_role("img", name="The page as it will be saved"),
        tab.get_by_role("button", name="Save the page"),
    )
    nothing = picture.get_attribute("src")
    for name in ("We eat together", "Closeness", "You asked <b>before</b>"):
        tab.get_by_role("checkbox", name=name).check()
    expect(tab.locator(".wb-preview:not([aria-busy])")).to_be_visible()
    expect(picture).not_to_have_attribute("src", nothing or "")
    tab.get_by_text("The page in words").click()
    expect(tab.locator(".wb-page-words").nth(1)).to_contain_text("We eat together: less than hoped on")
    expect(tab.get_by_text("a court can order")).to_be_visible()
    unfold(tab)
    look_all_over(tab, "our data, a page put together")
    with tab.expect_download() as handed:
        save.click()
    assert handed.value.suggested_filename == "notes.pdf"
    handed.value.save_as(tmp_path / "notes.pdf")
    (page,) = PdfReader(io.BytesIO((tmp_path / "notes.pdf").read_bytes())).pages
    assert "You asked <b>before</b> #fixing." in " ".join(page.extract_text().split())
    assert "We talk about money" not in page.extract_text()
    tab.get_by_role("checkbox", name="A text without an end.").check()
    expect(tab.get_by_text("It doesn't fit on one page")).to_be_visible()
    expect(save).to_have_attribute("aria-disabled", "true")
    expect(picture).to_have_count(0)
    lock(tab)
    assert "#fixing" not in tab.content()
