"""No visit to "Rule out violence" and no tick on it is in any message, request or file."""

from __future__ import annotations

import json
import re
import shutil
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, WebSocket, expect

from tests.conftest import CHROMIUM, Served, chromium, is_root
from tests.pages.conftest import PATIENCE_MS, Shelf, lock, start_serving, turn_to, unlock, unlocked
from tests.pages.test_accessibility import unfold
from tests.pages.test_jupyterlab import Lab, files_with, lab, opened, save_notebook
from tests.pages.test_safety import (
    MARKS,
    SAFETY,
    SENTENCES,
    TICKED,
    at_home,
    choose_germany,
    locale,
    marks,
    tick_the_pattern,
)

__all__ = ["at_home", "lab", "locale"]
PATTERNS = [
    "".join(str(int(mark)) for mark in MARKS),
    *(json.dumps(MARKS, separators=(mark, ":")) for mark in (",", ", ")),
    *(json.dumps([int(mark) for mark in MARKS], separators=(mark, ":")) for mark in (",", ", ")),
    *(json.dumps(TICKED, separators=(mark, ":")) for mark in (",", ", ")),
    json.dumps([number + 1 for number in TICKED], separators=(",", ":")),
]
TRACES = [*PATTERNS, *SENTENCES, SAFETY, "#safety", "05-safety", "wb-tick"]


def everything_built(tab: Page) -> Page:
    """Wait until no page is left to build: home, and the page that stands before it is asked for."""
    expect(tab.locator(".wb-page")).to_have_count(2)
    return tab


def visit(tab: Page) -> None:
    """All that one can do on the page, then back to home."""
    turn_to(tab, SAFETY)
    unfold(tab)
    tick_the_pattern(tab)
    choose_germany(tab)
    tab.mouse.wheel(0, 600)
    turn_to(tab, "Home")


class Traffic:
    """What a tab sends: messages to the kernel without their ids and times, and addresses it asks for."""

    def __init__(self, tab: Page) -> None:
        self.frames: list[str] = []
        self.asked: list[str] = []
        self.socket: WebSocket | None = None
        tab.on("websocket", self._listen)
        tab.on("request", lambda request: self.asked.append(f"{request.url} {request.post_data}"))

    def _listen(self, socket: WebSocket) -> None:
        self.socket = socket
        socket.on("framesent", lambda frame: self.frames.append(as_text(frame)))

    def all_of_it(self) -> str:
        """Every byte that was sent, as text."""
        return "\n".join([*self.frames, *self.asked])

    def messages(self) -> Counter[str]:
        """How often each message was sent, apart from those that a clock sends."""
        said = [re.sub(r'"(comm_id|date|msg_id|session)":"[^"]*"', "", frame) for frame in self.frames]
        said = [each[each.find("{") :] for each in said]
        return Counter(each for each in said if not re.search(r'"do":"(ping|active)"', each))


def as_text(frame: str | bytes) -> str:
    return frame if isinstance(frame, str) else frame.decode("utf-8", "replace")


def sent(context: BrowserContext, shelf: Shelf, between: Callable[[Page], None]) -> Traffic:
    """What is sent by someone who unlocks the book, does something, and opens the journal."""
    tab = context.new_page()
    traffic = Traffic(tab)
    everything_built(unlocked(tab, shelf, f"{shelf.served.address}#home"))
    between(tab)
    assert traffic.socket
    with traffic.socket.expect_event("framesent", lambda frame: '"journal"' in as_text(frame)):
        turn_to(tab, "Journal")
    with traffic.socket.expect_event("framesent", lambda frame: '"ping"' in as_text(frame)):
        tab.mouse.move(5, 5)
    tab.close()
    return traffic


def test_a_visit_with_ticks_sends_nothing_that_no_visit_does_not_send(
    context: BrowserContext, shelf: Shelf
) -> None:
    without = sent(context, shelf, lambda tab: None)
    shelf.put("empty")
    with_visit = sent(context, shelf, visit)
    assert with_visit.messages() == without.messages()
    assert any('"go"' in message and '"journal"' in message for message in with_visit.messages())
    for trace in [*PATTERNS, *SENTENCES, '"safety"', "#safety", "05-safety"]:
        assert trace not in with_visit.all_of_it()


def test_a_request_with_the_ticks_would_be_noticed(tab: Page, shelf: Shelf) -> None:
    traffic = Traffic(tab)
    tab.goto(shelf.served.address)
    tab.evaluate("words => fetch('/voila/static/page.js?' + words)", PATTERNS[0])
    assert PATTERNS[0] in traffic.all_of_it()


@pytest.fixture
def home(made_books: dict[str, Path], tmp_path: Path) -> Path:
    """A folder for all that the program, its kernel and its server keep, with Ada's book."""
    (tmp_path / "home").mkdir()
    shutil.copyfile(made_books["empty"], tmp_path / "home" / "book.db")
    return tmp_path / "home"


def files_after_a_visit(browser: Browser, home: Path, profile: Path) -> Served:
    """Visit in a browser that keeps a profile, and on a server of one's own; both are ended."""
    served = start_serving(home, "--book", str(home / "book.db"))
    context = browser.browser_type.launch_persistent_context(
        profile, executable_path=chromium(), args=[*CHROMIUM, *(["--no-sandbox"] if is_root() else [])]
    )
    context.set_default_timeout(PATIENCE_MS)
    tab = context.new_page()
    tab.goto(f"{served.address}#home")
    unlock(tab)
    visit(tab)
    turn_to(tab, SAFETY)
    tick_the_pattern(tab)
    context.close()
    status, printed, errors = served.end()
    assert status == 0
    (home / "printed").write_text(printed + errors, encoding="utf-8")
    return served


def test_no_file_of_program_kernel_server_or_browser_holds_a_trace_of_the_visit(
    browser: Browser, home: Path, tmp_path: Path
) -> None:
    profile = tmp_path / "profile"
    served = files_after_a_visit(browser, home, profile)
    assert holding(f"127.0.0.1:{served.port}/#home", profile) != [], "the profile is where it should be"
    assert {trace: holding(trace, home, profile) for trace in TRACES} == {trace: [] for trace in TRACES}


def holding(words: str, *folders: Path) -> list[str]:
    """Files that hold words in an encoding that browsers and programs use."""
    encoded = [words.encode("utf-8"), words.encode("utf-16-le")]
    files = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    return [path.name for path in files if any(each in path.read_bytes() for each in encoded)]


def test_nothing_of_a_visit_is_in_what_a_page_can_keep(at_home: Page) -> None:
    kept = """async () => JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie,
      history.length, history.state, location.href, document.title, await indexedDB.databases()])"""
    before = at_home.evaluate(kept)
    visit(at_home)
    assert at_home.evaluate(kept) == before


def test_the_book_holds_nothing_of_a_visit(at_home: Page, shelf: Shelf) -> None:
    before = shelf.book.read_bytes()
    visit(at_home)
    lock(at_home)
    assert shelf.opened().drafts() == {}
    assert shelf.book.stat().st_size == len(before)


def test_the_page_has_nothing_that_a_browser_restores(at_home: Page) -> None:
    turn_to(at_home, SAFETY)
    expect(at_home.locator(".wb-page--safety [role=checkbox]")).to_have_count(8)
    kept_by_browsers = "input, select, textarea, form, [contenteditable], a[href]"
    assert at_home.locator(".wb-page--safety").locator(kept_by_browsers).count() == 0


def test_the_path_at_home_is_the_same_with_and_without_a_visit(at_home: Page) -> None:
    path = at_home.locator(".wb-path")
    before = path.evaluate("each => each.outerHTML")
    visit(at_home)
    assert path.evaluate("each => each.outerHTML") == before
    assert SAFETY in before
    at_home.reload()
    unlock(at_home)
    expect(path).to_be_visible()
    assert path.evaluate("each => each.outerHTML") == before


def test_in_jupyterlab_it_is_the_same_and_says_what_the_workspace_keeps(
    context: BrowserContext, lab: Lab
) -> None:
    tab = context.new_page()
    traffic = Traffic(tab)
    opened(tab, lab.notebook("05-safety.ipynb"))
    unlock(tab)
    expect(tab.get_by_text("JupyterLab keeps the names of the files")).to_be_visible()
    tick_the_pattern(tab)
    choose_germany(tab)
    save_notebook(tab)
    assert marks(tab) == MARKS
    for trace in [*PATTERNS, *SENTENCES]:
        assert trace not in traffic.all_of_it()
        assert files_with(trace, lab.folder, lab.home) == []
