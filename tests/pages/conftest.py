"""Servers and books for tests that do what a reader does, in a real browser."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Dialog, Locator, Page, expect

from tests.conftest import Served, start
from workbook.book import Book, Store, diary, open_store
from workbook.entries import Goal, GoalRating, Session
from workbook.store import Vault
from workbook.store.hardness import LOWEST

ADA = "six words that ada knows well"
BEN = "six words that ben knows well"
PATIENCE_MS = 60_000
"""For what should appear on a slow machine; nothing waits this long when it is there."""
EXPECTED = ("mathjaxConfig", "/voila/api/shutdown/")
"""Voila's script says that formulas are off, as they should be, and ends a kernel that our page has ended."""
FIRST_SESSION = date(2026, 1, 5)
LOCALE = "en"
"""Of no country: days and times as the book itself writes them. `test_other_countries.py` has others."""
NOT_YET = "[class='lm-Widget']:empty, [class*='-host']:empty:not(.wb-aside-host, .wb-grid-host, .wb-away *)"
"""Controls of a page that have not begun to stand; an aside or a grid may have nothing to show."""

expect.set_options(timeout=PATIENCE_MS)


@dataclass
class Shelf:
    """A running server, and the place of the one book that it opens: any book can be put there."""

    served: Served
    book: Path
    made: dict[str, Path]
    home: Path
    """What the program keeps beside the book lies under here."""

    def put(self, name: str) -> None:
        """Put a fresh copy of a made book in place of the one before; "none" leaves the place empty."""
        shutil.rmtree(self.home / "state", ignore_errors=True)
        for old in self.book.parent.glob("book*"):
            shutil.rmtree(old) if old.is_dir() else old.unlink()
        if name != "none":
            shutil.copyfile(self.made[name], self.book)

    def opened(self, passphrase: str = ADA, who: str = "Ada") -> Book:
        """What is in the book on disk by now."""
        return open_store(self.book).unlock(who, passphrase)


@pytest.fixture(scope="session")
def made_books(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Books to begin with: one of Ada's that is empty, and one with 25 sessions and two goals."""
    folder = tmp_path_factory.mktemp("made")
    empty, full = folder / "empty.db", folder / "full.db"
    store = Store(Vault.open(empty, hardness=LOWEST))
    store.create_member("Ada", ADA)
    store.close()
    shutil.copyfile(empty, full)
    store = open_store(full)
    fill(store.unlock("Ada", ADA))
    store.close()
    return {"empty": empty, "full": full, "couple": couple_book(empty, folder / "couple.db")}


def couple_book(empty: Path, place: Path) -> Path:
    """Ada's empty book after Ben has joined."""
    shutil.copyfile(empty, place)
    store = Store(Vault.open(place, hardness=LOWEST))
    ada = store.unlock("Ada", ADA)
    store.join("Ben", BEN, ada.invite())
    store.unlock("Ben", BEN).lock()
    ada.lock()
    store.close()
    return place


def fill(book: Book) -> None:
    """Write 25 weekly sessions, and two goals of which the first one moves."""
    first, _ = book.write_many([Goal(title="We eat together"), Goal(title="We talk about money")])
    for number in range(25):
        session = Session(
            on=FIRST_SESSION + timedelta(weeks=number),
            tags=("money",) if number % 5 == 0 else ("evenings",),
            place=f"Room {number + 1}",
            paid=Decimal(120),
        )
        said = {"closeness": number % 7 + 2, "understood": 5, "takeaway": f"Line of week {number + 1}"}
        diary.write_session(book, session, said, {first: -1} if number == 0 else {})
    book.write(
        GoalRating(goal=first, level=1, on=FIRST_SESSION + timedelta(weeks=20), seen="Three evenings.")
    )
    book.lock()


@pytest.fixture(scope="session")
def server(made_books: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shelf]:
    """One server for all tests; its book changes from test to test."""
    home = tmp_path_factory.mktemp("home")
    book = home / "books" / "book.db"
    book.parent.mkdir()
    served = start_serving(
        home, "--book", str(book), ahead="no"
    )  # hundreds of kernels, of a page or two each
    yield Shelf(served, book, made_books, home)
    served.end()


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """One server of the made-up couple's book."""
    served = start_serving(tmp_path_factory.mktemp("demo-home"), "--demo")
    yield served
    served.end()


def start_serving(home: Path, *arguments: str, ahead: str = "yes") -> Served:
    """Start `workbook serve`, all it keeps under one folder. ahead: whether it builds pages unasked."""
    command = [sys.executable, "-m", "workbook", "serve", "--no-browser", "--port", "0", *arguments]
    return start(command, own_folders(home) | {"WORKBOOK_AHEAD": ahead})


def own_folders(home: Path) -> dict[str, str]:
    """An environment in which programs keep what they keep under one folder."""
    names = {
        "XDG_DATA_HOME": "data",
        "XDG_STATE_HOME": "state",
        "XDG_CONFIG_HOME": "config",
        "XDG_CACHE_HOME": "cache",
    }
    (home / "tmp").mkdir(parents=True, exist_ok=True)
    return {name: str(home / folder) for name, folder in names.items()} | {
        "TMPDIR": str(home / "tmp"),
        "HOME": str(home),
    }


@pytest.fixture
def shelf(server: Shelf) -> Shelf:
    """The server with Ada's empty book."""
    server.put("empty")
    return server


@pytest.fixture
def full_shelf(server: Shelf) -> Shelf:
    """The server with Ada's book of 25 sessions."""
    server.put("full")
    return server


@pytest.fixture
def couple_shelf(server: Shelf) -> Shelf:
    """The server with the empty book of Ada and Ben."""
    server.put("couple")
    return server


@pytest.fixture
def ada_and_ben(browser: Browser, couple_shelf: Shelf, complaints: list[str]) -> Iterator[tuple[Page, Page]]:
    """Ada's tab and Ben's tab on their book, each in a browser of their own; both locked."""
    contexts = [browser.new_context(viewport={"width": 1280, "height": 900}, locale=LOCALE) for _ in range(2)]
    for context in contexts:
        context.set_default_timeout(PATIENCE_MS)
    ada, ben = (listening(context.new_page(), complaints) for context in contexts)
    yield ada, ben
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture
def bare_shelf(server: Shelf) -> Shelf:
    """The server without a book."""
    server.put("none")
    return server


@pytest.fixture
def locale() -> str:
    """The language of the browser; a file whose pages hang on a country names one of its own."""
    return LOCALE


@pytest.fixture
def context(browser: Browser, locale: str) -> Iterator[BrowserContext]:
    """A browser that knows nothing of earlier tests."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale=locale)
    context.set_default_timeout(PATIENCE_MS)
    yield context
    context.close()


@pytest.fixture
def complaints() -> list[str]:
    """What the browser complained about: errors of scripts, errors on its console, dialogs."""
    return []


@pytest.fixture
def tab(context: BrowserContext, complaints: list[str]) -> Iterator[Page]:
    """A tab in which nothing may go wrong unseen."""
    yield listening(context.new_page(), complaints)
    assert complaints == []


def listening(tab: Page, complaints: list[str]) -> Page:
    """Note what the browser complains about in a tab."""

    def on_console(message: ConsoleMessage) -> None:
        said = f"{message.text} {message.location['url']}"
        if message.type == "error" and not any(known in said for known in EXPECTED):
            complaints.append(said)

    def on_dialog(dialog: Dialog) -> None:
        complaints.append(dialog.message)
        dialog.accept()

    tab.on("console", on_console)
    tab.on("dialog", on_dialog)
    tab.on("pageerror", lambda error: complaints.append(str(error)))
    return tab


@pytest.fixture
def ada(tab: Page, shelf: Shelf) -> Page:
    """Ada's empty book, unlocked on the journal."""
    return unlocked(tab, shelf)


@pytest.fixture
def full_ada(tab: Page, full_shelf: Shelf) -> Page:
    """Ada's full book, unlocked on the journal."""
    return unlocked(tab, full_shelf)


def unlocked(tab: Page, shelf: Shelf, address: str = "") -> Page:
    """Open the book in a tab and unlock it."""
    tab.goto(address or f"{shelf.served.address}#journal")
    unlock(tab)
    expect(tab.get_by_role("button", name="Lock", exact=True)).to_be_visible()
    page_in_front(tab)
    return tab


def come_in(tab: Page, shelf: Shelf, who: str) -> Page:
    """Unlock the couple's book as one of the two, on the journal."""
    tab.goto(f"{shelf.served.address}#journal")
    tab.get_by_label("Who").select_option(who)
    unlock(tab, {"Ada": ADA, "Ben": BEN}[who])
    expect(tab.get_by_text(f"Unlocked as {who}")).to_be_visible()
    page_in_front(tab)
    return tab


def unlock(tab: Page, passphrase: str = ADA) -> None:
    """Type a passphrase at the door and ask to be let in."""
    tab.get_by_role("textbox", name="Passphrase").fill(passphrase)
    tab.get_by_role("button", name="Unlock").click()


def lock(tab: Page) -> None:
    """Lock the book and wait for the door."""
    tab.get_by_role("button", name="Lock", exact=True).click()
    expect(tab.get_by_role("button", name="Unlock")).to_be_visible()


def turn_to(tab: Page, title: str) -> None:
    """Go to a page by its link, and wait until it stands."""
    tab.get_by_role("link", name=title, exact=True).click()
    expect(tab.get_by_role("heading", level=1, name=title)).to_be_visible()
    page_in_front(tab)


def page_in_front(tab: Page) -> Locator:
    """The page in front, once every control of it stands."""
    page = tab.locator(".wb-page:visible")
    expect(page).to_have_count(1)
    expect(page.locator("> *").first).to_be_attached()
    expect(page.locator(NOT_YET)).to_have_count(0)
    return page


def take(tab: Page, name: str) -> Locator:
    """Take up a small card, from home or from the page of cards."""
    tab.get_by_role("button", name=name).locator("visible=true").first.click()
    expect(tab.get_by_role("heading", level=2, name=name, exact=True)).to_be_focused()
    return tab.locator(".wb-page--cards")


def answer(tab: Page | Locator, question: str, value: str) -> None:
    """Choose an answer; its radio lies hidden under its words."""
    tab.get_by_role("radiogroup", name=question).get_by_role("radio", name=value, exact=True).check(
        force=True
    )


def chart_in_sight(tab: Page, question: str) -> Locator:
    """The chart of the page in front that answers a question. In sight it is drawn, and may be redrawn."""
    holder = tab.locator(".wb-picture-host:visible").filter(has=tab.get_by_role("heading", name=question))
    holder.evaluate("(each) => each.scrollIntoView()")
    return holder


def take_the_clock(tab: Page) -> None:
    """From now on time passes in the page as a test says, except for its patience with controls that load."""
    tab.evaluate("window.__timeout = AbortSignal.timeout")
    tab.clock.install()
    tab.evaluate("AbortSignal.timeout = window.__timeout")


def state(tab: Page) -> Locator:
    """The line under the form in sight that says how it stands."""
    return tab.locator(".wb-form .wb-state:visible").last


def save_session(tab: Page, takeaway: str) -> None:
    """Write a session with a takeaway and save it."""
    tab.get_by_role("textbox", name="Takeaway").first.fill(takeaway)
    tab.get_by_role("button", name="Save session").click()
    expect(tab.get_by_text("That was session")).to_be_visible()


def cards(tab: Page) -> Locator:
    """The cards in sight."""
    return tab.locator(".wb-entry:visible")
