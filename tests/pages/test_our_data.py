"""Who can read what, in words, and the settings."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.pages.conftest import Shelf, turn_to
from workbook.book import open_store
from workbook.entries import Settings


def test_the_page_says_who_can_read_what(ada: Page) -> None:
    turn_to(ada, "Our data")
    for about in ("Only you", "Both of you", "Whoever runs this computer", "Old copies"):
        expect(ada.locator(".wb-points dt", has_text=about)).to_be_visible()


def test_settings_are_kept_and_leaving_goes_where_one_says(ada: Page, shelf: Shelf) -> None:
    turn_to(ada, "Our data")
    ada.get_by_role("spinbutton", name="Lock by itself").fill("5")
    ada.get_by_text("More: calendars").click()
    ada.get_by_role("textbox", name="Where “Leave this page” goes").fill("https://news.example.org/")
    ada.get_by_role("button", name="Save settings").click()
    expect(ada.locator(".wb-state[data-mood=good]", has_text="Saved")).to_be_visible()
    assert shelf.opened().settings() == Settings(idle_minutes=5)
    assert open_store(shelf.book).setting("leave_to") == "https://news.example.org/"
    ada.reload()
    expect(ada.locator("html")).to_have_attribute("data-leave-to", "https://news.example.org/")


def test_an_address_that_is_none_is_refused_at_its_field(ada: Page, shelf: Shelf) -> None:
    turn_to(ada, "Our data")
    ada.get_by_text("More: calendars").click()
    ada.get_by_role("textbox", name="Where “Leave this page” goes").fill("javascript:alert(1)")
    ada.get_by_role("button", name="Save settings").click()
    expect(ada.locator("[data-field=leave_to] .wb-error")).to_contain_text("write a whole address")
    assert open_store(shelf.book).setting("leave_to") is None


def test_the_address_bar_says_our_data(ada: Page, shelf: Shelf) -> None:
    turn_to(ada, "Our data")
    assert ada.url == f"{shelf.served.base}#our-data"
