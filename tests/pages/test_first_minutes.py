"""The first five minutes: what brings you, one line, and a book to keep it in."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.pages.conftest import Shelf, lock, unlock
from tests.pages.test_accessibility import look_all_over
from workbook import content
from workbook.entries import Invitation

LINE = "that we eat together again"
WAYS = [way["label"] for way in content.prose("unlock")["words"]["ways"]]
ASK = WAYS[0]


@pytest.fixture
def arrived(tab: Page, bare_shelf: Shelf) -> Page:
    """A first visit."""
    tab.goto(bare_shelf.served.address)
    expect(tab.get_by_role("button", name="Just look")).to_be_visible()
    return tab


def begin(tab: Page, way: str, line: str = LINE) -> None:
    tab.get_by_role("button", name=way).click()
    box = tab.locator(".wb-door textarea")
    expect(box).to_be_focused()
    box.fill(line)


def nothing_on_disk(shelf: Shelf) -> bool:
    return list(shelf.book.parent.iterdir()) == []


def test_a_line_is_kept_with_a_name_and_a_passphrase_of_ones_own(arrived: Page, bare_shelf: Shelf) -> None:
    begin(arrived, ASK)
    arrived.get_by_role("button", name="Keep this?").click()
    arrived.get_by_role("textbox", name="Name").fill("Zoë")
    passphrase = "  caf\u0065\u0301 and four more words"
    arrived.get_by_role("textbox", name="New passphrase").fill(passphrase)
    assert nothing_on_disk(bare_shelf)
    arrived.get_by_role("button", name="Keep it").click()
    expect(arrived.get_by_label("Recovery code")).to_have_text(re.compile(r"[0-9A-Z-]{32,}"))
    arrived.get_by_label("I have written it down").check()
    arrived.get_by_role("button", name="Open my book").click()
    expect(arrived.locator(".wb-next button").first).to_be_visible()
    expect(arrived.get_by_text("1 entry")).to_be_visible()
    lock(arrived)
    unlock(arrived, "  caf\u00e9 and four more words")
    expect(arrived.get_by_text("Unlocked as Zoë")).to_be_visible()
    assert [each.entry for each in bare_shelf.opened(passphrase, "Zoë").entries(Invitation)] == [
        Invitation(hope=LINE)
    ]


def test_closing_the_tab_at_any_point_before_leaves_nothing_on_disk(arrived: Page, bare_shelf: Shelf) -> None:
    begin(arrived, ASK)
    arrived.reload()
    expect(arrived.get_by_role("button", name=ASK)).to_be_visible()
    begin(arrived, ASK)
    arrived.get_by_role("button", name="Keep this?").click()
    expect(arrived.get_by_role("textbox", name="Name")).to_be_focused()
    arrived.reload()
    expect(arrived.get_by_role("button", name=ASK)).to_be_visible()
    assert nothing_on_disk(bare_shelf)
    assert LINE not in arrived.content()


def test_one_may_go_back_look_around_with_the_line_and_keep_it_later(arrived: Page) -> None:
    arrived.get_by_role("button", name=ASK).click()
    arrived.get_by_role("button", name="Keep this?").click()
    expect(arrived.get_by_role("textbox")).to_have_accessible_description(re.compile("Write a line first"))
    arrived.get_by_role("button", name="Back").click()
    expect(arrived.get_by_role("heading", name="What this is")).to_be_focused()
    begin(arrived, "We had a session")
    arrived.get_by_role("button", name="Only look around").click()
    expect(arrived.get_by_text("Just looking. Nothing is kept.")).to_be_visible()
    arrived.get_by_role("link", name="Journal").click()
    expect(arrived.locator(".wb-entry:visible").first).to_contain_text(LINE)
    arrived.get_by_role("button", name="Keep this", exact=True).click()
    arrived.get_by_role("button", name="Back").click()
    expect(arrived.locator(".wb-entry:visible").first).to_contain_text(LINE)


def test_whoever_is_unsure_is_led_to_the_page_that_keeps_nothing(arrived: Page, bare_shelf: Shelf) -> None:
    arrived.get_by_role("button", name="I'm unsure it's safe").click()
    arrived.get_by_role("button", name="Open that page").click()
    expect(arrived.get_by_role("heading", level=1, name="Rule out violence")).to_be_visible()
    assert "safety" not in arrived.url
    assert nothing_on_disk(bare_shelf)


def test_every_way_in_is_accessible(arrived: Page) -> None:
    look_all_over(arrived, "welcome")
    for way in WAYS:
        arrived.get_by_role("button", name=way).click()
        look_all_over(arrived, way)
        arrived.get_by_role("button", name="Back").click()
