"""After a lock nothing of what was written is on the page, in a widget, or in the clear on the disk."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from tests.conftest import CHROMIUM, chromium, is_root
from tests.pages.conftest import ADA, PATIENCE_MS, Shelf, lock, save_session, state, turn_to, unlock, unlocked
from workbook.entries import Settings

SAVED, TYPED, GOAL = "the plum tree stays", "nobody said sorry on the stairs", "tea before the estimate"
MARKERS = (SAVED, TYPED, GOAL)
IDLE_MS = 75_000
WORDS_ON_THE_PAGE = """() => {
  const words = [];
  const walk = (root) => root.querySelectorAll("*").forEach((each) => {
    words.push(each.value ?? "", each.getAttribute("aria-label") ?? "", each.title ?? "");
    if (each.shadowRoot) { words.push(each.shadowRoot.innerHTML); walk(each.shadowRoot); }
  });
  walk(document);
  const kept = JSON.stringify({ ...sessionStorage, ...localStorage });
  return words.join("\\n") + document.documentElement.outerHTML + kept;
}"""
WIDGET_STATES = "jupyterapp.widgetManager.get_state().then((state) => JSON.stringify(state))"


def write_markers(tab: Page) -> None:
    """Save a session, write and rate nothing of a goal, and leave a line half typed."""
    save_session(tab, SAVED)
    turn_to(tab, "Evaluate your progress")
    tab.get_by_role("textbox", name="What would you notice at home?").fill(GOAL)
    tab.get_by_role("button", name="Save goal").click()
    expect(tab.get_by_role("heading", name=GOAL)).to_be_visible()
    turn_to(tab, "Charts")
    turn_to(tab, "Journal")
    tab.get_by_role("textbox", name="Takeaway").fill(TYPED)
    expect(state(tab)).to_have_text(re.compile("^Saved as a draft"))


def found_in(text: str) -> list[str]:
    return [marker for marker in MARKERS if marker in text]


def test_a_lock_leaves_nothing_on_the_page_and_nothing_in_a_widget(ada: Page) -> None:
    write_markers(ada)
    assert found_in(ada.evaluate(WORDS_ON_THE_PAGE)) == list(MARKERS)
    assert found_in(ada.evaluate(WIDGET_STATES)) == []
    open_widgets = ada.evaluate(
        "jupyterapp.widgetManager.get_state().then((all) => Object.keys(all.state).length)"
    )
    lock(ada)
    assert found_in(ada.evaluate(WORDS_ON_THE_PAGE)) == []
    assert found_in(ada.content()) == []
    assert found_in(ada.evaluate(WIDGET_STATES)) == []
    left = ada.evaluate("jupyterapp.widgetManager.get_state().then((all) => Object.keys(all.state).length)")
    assert left < open_widgets
    assert ada.locator(".wb-page").count() == 0


def test_nothing_written_is_in_the_clear_on_the_disk(browser: Browser, shelf: Shelf, tmp_path: Path) -> None:
    profile = tmp_path / "profile"
    sandbox = ["--no-sandbox"] if is_root() else []
    own = browser.browser_type.launch_persistent_context(
        profile, executable_path=chromium(), args=[*CHROMIUM, *sandbox]
    )
    own.set_default_timeout(PATIENCE_MS)
    tab = unlocked(own.pages[0], shelf)
    write_markers(tab)
    tab.reload()
    unlock(tab)
    expect(tab.get_by_role("textbox", name="Takeaway")).to_have_value(TYPED)
    lock(tab)
    own.close()
    folders = (profile, shelf.home)
    kept = {path: path.read_bytes() for folder in folders for path in folder.rglob("*") if path.is_file()}
    assert any("History" in path.name for path in kept)
    assert shelf.book in kept
    secrets = [form for words in (*MARKERS, ADA) for form in (words.encode(), words.encode("utf-16-le"))]
    assert [path for path, content in kept.items() if any(secret in content for secret in secrets)] == []


def test_the_book_locks_itself_when_nobody_is_there_and_keeps_what_was_typed(tab: Page, shelf: Shelf) -> None:
    book = shelf.opened()
    book.write(Settings(idle_minutes=1))
    book.lock()
    unlocked(tab, shelf)
    tab.get_by_role("textbox", name="Takeaway").fill(TYPED)
    expect(tab.get_by_text("Locked, because nobody was here")).to_be_visible(timeout=IDLE_MS)
    assert found_in(tab.evaluate(WORDS_ON_THE_PAGE)) == []
    unlock(tab)
    expect(tab.get_by_role("textbox", name="Takeaway")).to_have_value(TYPED)
