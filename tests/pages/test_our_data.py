"""Who can read what, in words, and the settings."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.pages.conftest import Shelf, answer, lock, turn_to, unlock
from workbook.book import open_store
from workbook.entries import Settings


def test_the_page_says_who_can_read_what(ada: Page) -> None:
    turn_to(ada, "Our data")
    for about in ("Only you", "Both of you", "Anyone who runs this computer", "Old copies"):
        expect(ada.locator(".wb-points dt", has_text=about)).to_be_visible()


def test_settings_are_kept_and_leaving_goes_where_one_says(ada: Page, shelf: Shelf) -> None:
    turn_to(ada, "Our data")
    ada.get_by_role("spinbutton", name="Minutes until it locks itself").fill("5")
    ada.get_by_text("More: calendars").click()
    ada.get_by_role("textbox", name="Where “Leave this page” goes").fill("https://news.example.org/")
    ada.get_by_role("button", name="Save settings").click()
    expect(ada.locator(".wb-state[data-mood=good]", has_text="Saved")).to_be_visible()
    assert shelf.opened().settings() == Settings(idle_minutes=5)
    assert open_store(shelf.book).setting("leave_to") == "https://news.example.org/"
    ada.reload()
    expect(ada.locator("html")).to_have_attribute("data-leave-to", "https://news.example.org/")


PAPER = "getComputedStyle(document.body).backgroundColor"
LIGHT, DARK = "rgb(250, 248, 244)", "rgb(20, 24, 29)"


def test_light_or_dark_is_as_the_computer_has_it_until_one_chooses(ada: Page) -> None:
    for scheme, paper in (("dark", DARK), ("light", LIGHT)):
        ada.emulate_media(color_scheme=scheme)  # type: ignore[arg-type] # one of its literals
        assert ada.evaluate(PAPER) == paper
    turn_to(ada, "Our data")
    answer(ada, "Light or dark", "dark")
    ada.get_by_role("button", name="Save settings").click()
    expect(ada.locator("html")).to_have_attribute("data-wb-look", "dark")
    assert ada.evaluate(PAPER) == DARK
    lock(ada)
    assert ada.evaluate(PAPER) == DARK
    ada.reload()
    assert ada.evaluate(PAPER) == LIGHT
    unlock(ada)
    expect(ada.locator("html")).to_have_attribute("data-wb-look", "dark")
    ada.emulate_media(media="print")
    assert ada.evaluate(PAPER) != DARK


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
