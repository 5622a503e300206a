"""A page in a real browser, under the strict policy."""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Iterator

import httpx
import pytest
from playwright.sync_api import BrowserContext, Page, Request, expect

from tests.conftest import Served, chromium, is_root
from tests.serve.conftest import StartScratch, is_alive, kernel_of
from tests.serve.test_kernels import kernel_pids, wait_until


@pytest.fixture
def shown(page: Page, scratch: Served) -> Page:
    """The page with widgets, drawn."""
    page.goto(scratch.address)
    expect(page.get_by_role("button", name="Counted 0")).to_be_visible()
    return page


def test_widgets_and_the_kernel_talk_to_each_other(shown: Page) -> None:
    shown.get_by_role("button", name="Greet").click()
    expect(shown.get_by_text("hello from book.db")).to_be_visible()
    shown.get_by_role("button", name="Counted 0").click()
    expect(shown.get_by_role("button", name="Counted 1")).to_be_visible()


def test_no_request_leaves_this_machine_and_the_policy_blocks_nothing(page: Page, scratch: Served) -> None:
    requests: list[Request] = []
    complaints: list[str] = []
    page.on("request", lambda request: requests.append(request))
    page.on("console", lambda line: complaints.append(line.text))
    page.goto(scratch.address)
    expect(page.get_by_role("button", name="Counted 0")).to_be_visible()
    ours = (scratch.origin, f"blob:{scratch.origin}", "data:")
    assert [request.url for request in requests if not request.url.startswith(ours)] == []
    assert [text for text in complaints if "Content Security Policy" in text] == []


def test_the_address_bar_shows_no_token(shown: Page, scratch: Served) -> None:
    assert shown.url == scratch.base
    assert shown.evaluate("document.cookie") == ""
    assert scratch.token not in shown.content()


def test_a_dollar_sign_starts_no_formula(shown: Page) -> None:
    expect(shown.get_by_text("With prose, <b>no markup</b> and $5 or $6.")).to_be_visible()
    assert shown.evaluate("'MathJax' in window") is False


def test_the_page_has_one_main_landmark_and_its_title(shown: Page) -> None:
    expect(shown.get_by_role("main")).to_have_count(1)
    expect(shown.get_by_role("main").get_by_role("heading", name="A page", level=1)).to_be_visible()
    expect(shown.locator("#wb-opening")).to_have_count(0)
    expect(shown).to_have_title("Workbook")


def test_the_way_out_is_first_in_the_tab_order(shown: Page) -> None:
    shown.keyboard.press("Tab")
    assert shown.evaluate("document.activeElement.textContent") == "Leave this page"


def test_closing_the_tab_ends_its_kernel(shown: Page, visitor: httpx.Client) -> None:
    kernel_id = kernel_of(shown)
    assert is_alive(visitor, kernel_id)
    shown.close(run_before_unload=True)
    wait_until(lambda: not is_alive(visitor, kernel_id), 10)


def test_a_reload_ends_the_old_kernel_and_starts_another(shown: Page, visitor: httpx.Client) -> None:
    old = kernel_of(shown)
    shown.reload()
    expect(shown.get_by_role("button", name="Counted 0")).to_be_visible()
    assert kernel_of(shown) != old
    wait_until(lambda: not is_alive(visitor, old), 10)
    assert is_alive(visitor, kernel_of(shown))


def test_another_site_cannot_use_the_browsers_cookie(
    shown: Page, context: BrowserContext, scratch: Served
) -> None:
    elsewhere = context.new_page()
    elsewhere.route(
        "http://other.example/", lambda route: route.fulfill(body="<p>x</p>", content_type="text/html")
    )
    elsewhere.goto("http://other.example/")
    ask = "address => fetch(address, {mode: 'no-cors'}).then(answer => answer.type, () => 'failed')"
    assert elsewhere.evaluate(ask, scratch.base) in ("failed", "opaque")
    frame = "address => document.body.append(Object.assign(document.createElement('iframe'), {src: address}))"
    with elsewhere.expect_event("frameattached"):
        elsewhere.evaluate(frame, scratch.base)
    assert not any("A page" in frame.content() for frame in elsewhere.frames if frame.url.startswith("http"))


def test_the_way_in_works_in_a_browser(page: Page, scratch: Served) -> None:
    page.goto(scratch.base)
    page.get_by_label("Or paste the address").fill("wrong")
    page.get_by_role("button", name="Open").click()
    expect(page.get_by_role("alert")).to_contain_text("isn't the token")
    page.get_by_label("Or paste the address").fill(scratch.address)
    page.get_by_role("button", name="Open").click()
    expect(page.get_by_role("button", name="Counted 0")).to_be_visible()


@pytest.fixture
def impatient(start_scratch: StartScratch) -> Served:
    """A server that waits a second for a page."""
    return start_scratch(patience=1)


@pytest.fixture
def own_chromium(impatient: Served) -> Iterator[subprocess.Popen[bytes]]:
    """A Chromium that shows the page and belongs to this test alone."""
    with tempfile.TemporaryDirectory() as profile:
        command = [str(chromium()), "--headless", "--disable-gpu", f"--user-data-dir={profile}"]
        sandbox = ["--no-sandbox"] if is_root() else []
        running = subprocess.Popen(
            [*command, *sandbox, impatient.address], stdout=-3, stderr=-3, start_new_session=True
        )
        yield running
        running.wait(timeout=30)


def test_killing_the_browser_ends_the_kernel(
    impatient: Served, own_chromium: subprocess.Popen[bytes]
) -> None:
    wait_until(lambda: kernel_pids(impatient.process.pid), 30)
    os.killpg(own_chromium.pid, 9)
    wait_until(lambda: not kernel_pids(impatient.process.pid), 30)
