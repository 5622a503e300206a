"""Leaving works from every page, whatever the kernel is doing, and nothing of the page stays behind."""

from __future__ import annotations

import os
import re
import signal
import time
from collections.abc import Callable, Iterator

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.pages.conftest import (
    ADA,
    PATIENCE_MS,
    Shelf,
    cards,
    save_session,
    state,
    take_the_clock,
    turn_to,
    unlock,
    unlocked,
)
from tests.serve.conftest import enter, kernel_of
from tests.serve.test_kernels import kernel_pids
from tests.serve.test_leave import (
    COVERED_NEXT_FRAME,
    GONE_WITHIN,
    at_best,
    expect_gone,
    fulfil_neutral,
    hold,
    tap,
)
from workbook import places
from workbook.book import open_store
from workbook.places import NEUTRAL_SITE
from workbook.steps.page import pages

TITLES = [spec.title for spec in pages() if spec.listed]
NOTEBOOKS = sorted(path.stem for path in places.NOTEBOOKS.glob("*.ipynb"))
TYPED = "nobody said sorry on the stairs"
UNREACHABLE = "internetdisconnected"


@pytest.fixture
def phone(browser: Browser, full_shelf: Shelf) -> Iterator[Page]:
    """A narrow tab with Ada's full book behind its door, and the neutral site at hand."""
    context = browser.new_context(viewport={"width": 390, "height": 700}, has_touch=True)
    context.set_default_timeout(PATIENCE_MS)
    context.route(NEUTRAL_SITE, fulfil_neutral)
    yield context.new_page()
    context.close()


@pytest.fixture
def desk(full_ada: Page) -> Page:
    """Ada's full book, unlocked on the journal, with the neutral site at hand."""
    full_ada.context.route(NEUTRAL_SITE, fulfil_neutral)
    return full_ada


def leave_covered(tab: Page, shelf: Shelf) -> float:
    """Leave by a click: on the next frame the cover is what a click would hit; then the kernel is gone.

    Returns the seconds until it was.
    """
    kernel_id = kernel_of(tab)
    assert kernel_pids(shelf.served.process.pid, kernel_id) != []
    hold(tab)
    left = time.monotonic()
    *points, text, title = tab.evaluate(COVERED_NEXT_FRAME)
    assert points == ["wb-cover"] * 4
    assert (text.strip(), title) == ("", "Workbook")
    return expect_gone(shelf.served, left, kernel_id)


@pytest.mark.parametrize("title", TITLES)
def test_every_page_is_covered_at_once_scrolled_and_with_its_menu_open(
    phone: Page, full_shelf: Shelf, title: str
) -> None:
    phone.goto(full_shelf.served.address)
    unlock(phone)
    phone.get_by_role("button", name="Pages").click()
    turn_to(phone, title)
    assert phone.title() == "Workbook"
    phone.get_by_role("button", name="Pages").click()
    expect(phone.get_by_role("link", name="Charts")).to_be_visible()
    phone.evaluate("window.scrollTo(0, document.documentElement.scrollHeight)")
    expect(phone.get_by_role("button", name="Leave this page")).to_be_in_viewport(ratio=1)
    leave_covered(phone, full_shelf)


def test_the_locked_page_is_left_as_well_and_its_kernel_gone_within_two_seconds(
    phone: Page, full_shelf: Shelf
) -> None:
    def leave() -> float:
        phone.goto(full_shelf.served.address)
        expect(phone.get_by_role("button", name="Unlock")).to_be_visible()
        return leave_covered(phone, full_shelf)

    assert at_best(leave) < GONE_WITHIN


@pytest.mark.parametrize("stem", NOTEBOOKS)
def test_every_address_has_a_neutral_title_and_icon_and_a_way_out_before_any_script(
    full_shelf: Shelf, stem: str
) -> None:
    with httpx.Client(base_url=full_shelf.served.base, timeout=60) as client:
        enter(client, full_shelf.served)
        arrived = opening_of(client, stem)
    assert re.findall("<title>(.*?)</title>", arrived) == ["Workbook"]
    (icon,) = re.findall('<link rel="icon" href="([^"]*)"', arrived)
    assert icon.startswith("data:image/svg+xml,")
    assert "text" not in icon
    assert f'<a id="wb-leave" role="button" href="{NEUTRAL_SITE}">' in arrived


def opening_of(client: httpx.Client, stem: str) -> str:
    """What arrives of a page before its first cell has run."""
    arrived = ""
    with client.stream("GET", stem) as answer:
        for piece in answer.iter_text():
            arrived += piece
            if "wb-opening" in arrived:
                break
    return arrived


def pause(pids: list[int]) -> Callable[[], None]:
    """Stop processes where they are. Returns how to let them go on."""
    for pid in pids:
        os.kill(pid, signal.SIGSTOP)
    return lambda: [os.kill(pid, signal.SIGCONT) for pid in pids] and None  # type: ignore[func-returns-value]


def test_a_kernel_that_hangs_is_gone_within_two_seconds_as_well(phone: Page, full_shelf: Shelf) -> None:
    def leave() -> float:
        unlocked(phone, full_shelf)
        pause(kernel_pids(full_shelf.served.process.pid, kernel_of(phone)))
        return leave_covered(phone, full_shelf)

    assert at_best(leave) < GONE_WITHIN


def test_a_kernel_that_died_holds_nobody(desk: Page, server: Shelf) -> None:
    for pid in kernel_pids(server.served.process.pid, kernel_of(desk)):
        os.kill(pid, signal.SIGKILL)
    tap(desk)
    desk.wait_for_url(NEUTRAL_SITE)


def test_a_server_that_hangs_holds_nobody_and_ends_the_kernel_when_it_goes_on(
    desk: Page, server: Shelf
) -> None:
    kernel_id = kernel_of(desk)
    go_on = pause([server.served.process.pid])
    try:
        tap(desk)
        desk.wait_for_url(NEUTRAL_SITE)
    finally:
        go_on()
    expect_gone(server.served, time.monotonic(), kernel_id)


def test_a_book_that_is_just_being_unlocked_is_left_within_two_seconds(
    phone: Page, full_shelf: Shelf
) -> None:
    def leave() -> float:
        phone.goto(full_shelf.served.address)
        phone.get_by_role("textbox", name="Passphrase").fill(ADA)
        phone.get_by_role("textbox", name="Passphrase").press("Enter")
        return leave_covered(phone, full_shelf)

    assert at_best(leave) < GONE_WITHIN


def test_back_after_leaving_shows_the_door_and_nothing_of_any_page(desk: Page) -> None:
    turn_to(desk, "Evaluate your progress")
    turn_to(desk, "Charts")
    turn_to(desk, "Journal")
    desk.get_by_role("textbox", name="Takeaway").fill(TYPED)
    tap(desk)
    desk.wait_for_url(NEUTRAL_SITE)
    for _ in range(2):
        desk.go_back()
        expect(desk.get_by_role("button", name="Unlock")).to_be_visible()
        assert desk.locator(".wb-page, .wb-entry").count() == 0
        assert [
            words for words in (TYPED, "Line of week", "We eat together") if words in desk.content()
        ] == []
        fields = desk.evaluate("[...document.querySelectorAll('input, textarea')].map((each) => each.value)")
        assert set(fields) <= {""}


def test_what_was_typed_three_seconds_before_leaving_is_back_after_the_door(
    desk: Page, server: Shelf
) -> None:
    desk.get_by_role("textbox", name="Takeaway").fill(TYPED)
    expect(state(desk)).to_have_text(re.compile("^Saved as a draft"))
    turn_to(desk, "Do your homework")
    desk.get_by_role("textbox", name="First").fill("ten minutes of tea")
    expect(state(desk)).to_have_text(re.compile("^Saved as a draft"))
    tap(desk)
    desk.wait_for_url(NEUTRAL_SITE)
    unlocked(desk, server)
    expect(desk.get_by_role("textbox", name="Takeaway")).to_have_value(TYPED)
    turn_to(desk, "Do your homework")
    expect(desk.get_by_role("textbox", name="First")).to_have_value("ten minutes of tea")


def test_what_was_saved_before_leaving_is_in_the_book(desk: Page, server: Shelf) -> None:
    save_session(desk, TYPED)
    tap(desk)
    desk.wait_for_url(NEUTRAL_SITE)
    unlocked(desk, server)
    expect(cards(desk).first).to_contain_text(TYPED)


def type_as_by_hand(tab: Page, words: str) -> None:
    """Type, with Shift held for each capital as a hand does."""
    for character in words:
        if character.isupper():
            tab.keyboard.down("Shift")
        tab.keyboard.press(character)
        if character.isupper():
            tab.keyboard.up("Shift")


def test_typing_i_am_not_leaving_into_any_field_of_the_journal_never_leaves(desk: Page) -> None:
    desk.get_by_text("The rest is optional").click()
    fields = desk.locator(".wb-page--journal form").locator("textarea, input[type=text]")
    assert fields.count() >= 7
    for field in fields.all():
        field.focus()
        type_as_by_hand(desk, "I Am Not Leaving")
        expect(field).to_have_value("I Am Not Leaving")
    assert desk.url.endswith("#journal")
    assert desk.locator("#wb-cover").count() == 0


def test_taps_over_six_seconds_do_not_leave_the_real_page_and_three_within_five_do(desk: Page) -> None:
    take_the_clock(desk)
    for _ in range(3):
        tap(desk, 1)
        desk.clock.fast_forward(3000)
    desk.clock.fast_forward(6000)
    expect(desk.get_by_role("heading", level=1, name="Journal")).to_be_visible()
    for _ in range(3):
        tap(desk, 1)
        desk.clock.fast_forward(2000)
    desk.wait_for_url(NEUTRAL_SITE)


def test_leaving_goes_where_the_book_says(tab: Page, shelf: Shelf) -> None:
    chosen = "https://recipes.example/"
    store = open_store(shelf.book)
    store.set_setting("leave_to", chosen)
    store.close()
    tab.context.route(chosen, fulfil_neutral)
    tab.goto(shelf.served.address)
    tab.get_by_role("button", name="Leave this page").click()
    tab.wait_for_url(chosen)


def test_without_a_network_the_browsers_own_page_stands_and_nothing_of_ours(
    desk: Page, server: Shelf
) -> None:
    kernel_id = kernel_of(desk)
    desk.context.unroute(NEUTRAL_SITE)
    desk.context.route(NEUTRAL_SITE, lambda route: route.abort(UNREACHABLE))
    desk.get_by_role("textbox", name="Takeaway").fill(TYPED)
    left = time.monotonic()
    tap(desk)
    expect_gone(server.served, left, kernel_id)
    expect(desk.locator("[id^=wb], [class*=wb-]")).to_have_count(0)
    assert desk.evaluate("location.href") == "chrome-error://chromewebdata/"
    assert [words for words in ("Workbook", "Journal", TYPED) if words in desk.content()] == []


@pytest.mark.parametrize("width", [1024, 1280, 1600])
def test_the_way_out_stands_beside_the_page_where_there_is_room(desk: Page, width: int) -> None:
    desk.set_viewport_size({"width": width, "height": 700})
    way_out = desk.get_by_role("button", name="Leave this page").bounding_box()
    page = desk.locator(".wb-page:visible").bounding_box()
    assert way_out is not None
    assert page is not None
    assert page["x"] + page["width"] <= way_out["x"]
