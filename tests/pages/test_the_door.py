"""The door: who gets in, what a passphrase leaves behind, and what is said when a book can't be opened."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, Request, WebSocket, expect

from tests.conftest import ROOT, Served
from tests.pages.conftest import ADA, Shelf, lock, own_folders, unlock
from workbook import WrongPassphrase
from workbook.book import Store
from workbook.store import Vault, WrongCode
from workbook.store.hardness import LOWEST

NEW = "six other words that ada chose"
PRESS_AND_LOOK = """() => {
  document.querySelector(".wb-door button[type=submit]").click();
  return document.querySelector(".wb-door input").value;
}"""


def refusal(tab: Page) -> str:
    """What the door says after it refused."""
    said = tab.get_by_role("alert").filter(has_text="passphrase")
    expect(said).to_be_visible()
    return said.inner_text()


def test_a_wrong_passphrase_says_so_and_takes_as_long_as_a_right_one(tab: Page, shelf: Shelf) -> None:
    tab.goto(shelf.served.address)
    tab.get_by_role("textbox", name="Passphrase").fill("six words that eve would guess")
    begun = time.monotonic()
    tab.get_by_role("button", name="Unlock").click()
    assert "passphrase" in refusal(tab)
    wrong = time.monotonic() - begun
    begun = time.monotonic()
    shelf.opened()
    right = time.monotonic() - begun
    assert 0.5 * right < wrong < 3 * right + 1
    unlock(tab)
    expect(tab.get_by_text("Unlocked as Ada")).to_be_visible()


def test_an_address_that_means_nothing_leads_to_the_door_and_home(tab: Page, shelf: Shelf) -> None:
    tab.goto(f"{shelf.served.address}#50%")
    unlock(tab)
    expect(tab.get_by_role("heading", level=1, name="Home")).to_be_visible()


def test_an_empty_passphrase_is_asked_for(tab: Page, shelf: Shelf) -> None:
    tab.goto(shelf.served.address)
    tab.get_by_role("button", name="Unlock").click()
    passphrase = tab.get_by_role("textbox", name="Passphrase")
    expect(passphrase).to_have_accessible_error_message("Type your passphrase first.")
    expect(passphrase).to_be_focused()


@pytest.fixture
def own_server(serve: Callable[..., Served], server: Shelf, tmp_path: Path) -> Served:
    """A server whose whole output can be read when it has ended."""
    shutil.copyfile(server.made["empty"], tmp_path / "book.db")
    return serve(env=own_folders(tmp_path))


def test_a_passphrase_travels_once_and_is_kept_nowhere(context: BrowserContext, own_server: Served) -> None:
    frames: list[bytes] = []
    asked: list[str] = []
    tab = context.new_page()
    tab.on("websocket", lambda socket: note_frames(socket, frames))
    tab.on("request", lambda request: asked.append(words_of(request)))
    tab.goto(own_server.address)
    tab.get_by_role("textbox", name="Passphrase").fill(ADA)
    assert tab.evaluate(PRESS_AND_LOOK) == ""
    expect(tab.get_by_text("Unlocked as Ada")).to_be_visible()
    carrying = [frame for frame in frames if ADA.encode() in frame]
    assert len(carrying) == 1
    assert b'"method":"custom"' in carrying[0].replace(b": ", b":")
    assert [words for words in asked if ADA in words or ADA.replace(" ", "%20") in words] == []
    state = tab.evaluate("jupyterapp.widgetManager.get_state().then((state) => JSON.stringify(state))")
    assert "AnyModel" in state
    assert ADA not in state
    _, printed, errors = own_server.end()
    assert ADA not in printed + errors


def note_frames(socket: WebSocket, frames: list[bytes]) -> None:
    def note(payload: str | bytes) -> None:
        frames.append(payload.encode() if isinstance(payload, str) else payload)

    socket.on("framesent", note)
    socket.on("framereceived", note)


def words_of(request: Request) -> str:
    return f"{request.url} {request.headers} {request.post_data_buffer!r}"


def test_a_recovery_code_opens_the_book_once_and_sets_a_new_passphrase(tab: Page, bare_shelf: Shelf) -> None:
    store = Store(Vault.open(bare_shelf.book, hardness=LOWEST))
    code = store.create_member("Ada", ADA).recovery_code
    tab.goto(bare_shelf.served.address)
    tab.get_by_role("button", name="I forgot my passphrase").click()
    tab.get_by_role("textbox", name="Recovery code").fill(code.lower().replace("-", " "))
    tab.get_by_role("textbox", name="New passphrase").fill(NEW)
    tab.get_by_role("button", name="Open my book").click()
    shown = tab.locator(".wb-code")
    expect(shown).to_be_visible()
    assert shown.inner_text().count("-") == code.count("-")
    assert shown.inner_text() != code
    tab.get_by_label("I have written it down").check()
    tab.get_by_role("button", name="Open my book").click()
    expect(tab.get_by_text("Unlocked as Ada")).to_be_visible()
    lock(tab)
    unlock(tab, ADA)
    assert "passphrase" in refusal(tab)
    unlock(tab, NEW)
    expect(tab.get_by_text("Unlocked as Ada")).to_be_visible()
    with pytest.raises(WrongCode):
        store.unlock_with_code("Ada", code)
    with pytest.raises(WrongPassphrase):
        store.unlock("Ada", ADA)


def test_a_wrong_recovery_code_is_refused_in_words(tab: Page, shelf: Shelf) -> None:
    tab.goto(shelf.served.address)
    tab.get_by_role("button", name="I forgot my passphrase").click()
    tab.get_by_role("textbox", name="Recovery code").fill("AAAA-BBBB-CCCC-DDDD")
    tab.get_by_role("textbox", name="New passphrase").fill(NEW)
    tab.get_by_role("button", name="Open my book").click()
    expect(tab.get_by_role("alert").filter(has_text="code")).to_be_visible()
    assert shelf.opened().name == "Ada"


@pytest.mark.parametrize("who", ["Robin", "Kim"])
def test_the_demo_opens_as_each_of_the_made_up_two(tab: Page, demo: Served, who: str) -> None:
    tab.goto(demo.address)
    tab.get_by_role("button", name=f"Open as {who}").click()
    expect(tab.get_by_text(f"Unlocked as {who}")).to_be_visible()


def a_newer_book(book: Path) -> None:
    with sqlite3.connect(book) as connection:
        connection.execute("UPDATE meta SET value = '99' WHERE key = 'schema'")
    connection.close()


def a_broken_book(book: Path) -> None:
    book.write_bytes(b"no book at all " * 500)


@pytest.mark.parametrize("spoil", [a_newer_book, a_broken_book])
def test_a_book_that_cannot_be_opened_says_the_same_on_the_page_and_on_the_command_line(
    tab: Page, shelf: Shelf, spoil: Callable[[Path], None]
) -> None:
    spoil(shelf.book)
    tab.goto(shelf.served.address)
    expect(tab.get_by_role("heading", name="This book can't be opened")).to_be_visible()
    told = tab.get_by_role("alert").first.inner_text()
    command = [
        sys.executable,
        "-m",
        "workbook",
        "serve",
        "--no-browser",
        "--port",
        "0",
        "--book",
        str(shelf.book),
    ]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=60)
    assert (ended.returncode, ended.stdout, ended.stderr) == (2, "", f"{told}\n")
    assert len(told.split()) > 5
