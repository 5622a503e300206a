"""A page that is served alone, as its own notebook."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.pages.conftest import Shelf, save_session, unlock


@pytest.mark.parametrize(
    ("address", "title", "finding"),
    [("13-progress", "Evaluate your progress", "Goals so far"), ("charts", "Charts", "Which way?")],
)
def test_a_page_alone_has_its_title_from_its_notebook_and_works(
    tab: Page, full_shelf: Shelf, address: str, title: str, finding: str
) -> None:
    tab.goto(full_shelf.served.address.replace("/?", f"/{address}?"))
    expect(tab.get_by_role("heading", level=1)).to_have_text([title])
    unlock(tab)
    expect(tab.get_by_role("heading", level=2, name=finding)).to_be_visible()
    expect(tab.get_by_role("img", name="Are we moving?")).to_be_visible()
    expect(tab.get_by_role("heading", level=1)).to_have_text([title])
    expect(tab.get_by_role("navigation", name="Pages")).to_have_count(0)
    expect(tab.get_by_text("Why this helps", exact=True)).to_have_count(0)


def test_the_journal_alone_saves_and_locks(tab: Page, shelf: Shelf) -> None:
    tab.goto(shelf.served.address.replace("/?", "/journal?"))
    expect(tab.get_by_role("heading", level=1)).to_have_text(["Journal"])
    unlock(tab)
    save_session(tab, "ask before fixing")
    tab.get_by_role("button", name="Lock", exact=True).click()
    expect(tab.get_by_role("button", name="Unlock")).to_be_visible()
    assert "ask before fixing" not in tab.content()
    expect(tab.get_by_role("heading", level=1)).to_have_text(["Journal"])
