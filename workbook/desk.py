"""Puts the parts together: opens a book, asks for the passphrase, shows one page or all of them."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING, Any

from ipywidgets import VBox

from workbook import content, places
from workbook.book import Book, Store, StoreError, open_store, sample
from workbook.steps.open_book import OpenBook, close_all
from workbook.steps.page import PageSpec, page_named, pages
from workbook.widgets import Leave, Shell, Unlock

if TYPE_CHECKING:
    from pandas import DataFrame

FIRST_PAGE = "home"
_desks: list[Desk] = []


def show(page: str | None = None) -> None:
    """Show one page by its name, or the whole book if left out, in the notebook's output."""
    from IPython.display import display

    for desk in _desks:
        desk.close()
    desk = Desk(page_named(page) if page else None)
    _desks[:] = [desk]
    display(desk.root)  # type: ignore[no-untyped-call]


def frame(kind: str) -> DataFrame:
    """One's own entries of a kind, of the book unlocked in this kernel; empty, with a hint, while locked."""
    from workbook.book.frames import frame_of
    from workbook.book.ledger import kind_named

    wanted = kind_named(kind)
    book = _desks[0].book if _desks else None
    if book is None:
        print(f"The book is locked. Unlock it above, then run this cell again to see your {kind} entries.")
        return frame_of(wanted, [], {})
    return book.frame(wanted)


class Desk:
    """One book and what is shown of it, for as long as its kernel lives.

    only: the one page to show; the whole book if None.
    """

    def __init__(self, only: PageSpec | None = None, store: Store | None = None) -> None:
        self._only = only
        self._specs = [only] if only else pages()
        self._words = content.prose("unlock")
        self._store, self._trouble = (store, "") if store else _opened()
        self.book: Book | None = None
        self._session: OpenBook | None = None
        self._passing: Book | None = None
        self._address = ""
        self.shell, self.door = Shell(), Unlock(self._door_words())
        self.stage = VBox()
        self.root = VBox([Leave(self._leave_to()), self.shell, self.door, self.stage])
        self.root.add_class("wb-root")
        self.stage.add_class("wb-stage")
        self._listen()
        self._show_door()

    def close(self) -> None:
        """Lock the book and take everything off the screen."""
        self.lock()
        close_all(self.root)
        if self._store:
            self._store.close()

    # The door

    def _listen(self) -> None:
        door = self.door
        door.hear("look", lambda message: self._do(self._look()))
        door.hear("begin", lambda message: self._show_keep())
        door.hear("suggest", lambda message: door.tell("suggestion", suggestion=six_words()))
        door.hear("unlock", lambda m: self._do(self._unlock(str(m["who"]), str(m["passphrase"]))))
        door.hear("open_as", lambda m: self._do(self._unlock(str(m["who"]), sample.PASSPHRASE)))
        door.hear("keep", lambda m: self._do(self._keep(str(m["who"]), str(m["passphrase"]))))
        door.hear("forgotten", lambda message: self._show_forgotten())
        door.hear(
            "recover", lambda m: self._do(self._recover(*(str(m[n]) for n in ("who", "code", "passphrase"))))
        )
        door.hear("written", lambda message: self._code_written())
        door.hear("back", lambda message: self._back())
        shell = self.shell
        shell.hear("lock", lambda message: self.lock(self._locked_notice()))
        shell.hear("keep", lambda message: self._show_keep())
        shell.hear("go", self._go)
        shell.hear("active", lambda message: self._somebody_there())
        shell.hear("ready", self._shell_ready)

    def _do(self, work: Coroutine[Any, Any, None]) -> None:
        """Do something slow, and say at the door what went wrong with it, if anything did."""

        async def guarded() -> None:
            try:
                await work
            except Exception as error:  # noqa: BLE001 - said where it was done
                self.door.refuse(error)

        task = asyncio.ensure_future(guarded())
        _running.add(task)
        task.add_done_callback(_running.discard)

    async def _look(self) -> None:
        memory = open_store(":memory:")
        secret = six_words()
        await _in_thread(memory.create_member, "You", secret)
        self._open(await _in_thread(memory.unlock, "You", secret), memory=memory)

    async def _unlock(self, who: str, passphrase: str) -> None:
        self._open(await _in_thread(self._kept().unlock, who, passphrase))

    async def _keep(self, who: str, passphrase: str) -> None:
        """Make the book on disk, carry over what was written while looking, and show the recovery code."""
        store = self._kept()
        looked = self._session.book if self._session else None
        if self._session:
            self._session.drafts.flush()
        new = await _in_thread(store.create_member, who, passphrase)
        book = await _in_thread(store.unlock, new.name, passphrase)
        if looked:
            looked.copy_to(book)
            self._close_pages()
        self._passing = book
        self.door.show_view("code", code=new.recovery_code, focus=True)

    async def _recover(self, who: str, code: str, passphrase: str) -> None:
        book = await _in_thread(self._kept().unlock_with_code, who, code)
        self._passing = book
        self.door.show_view(
            "code", code=await _in_thread(book.change_passphrase, None, passphrase), focus=True
        )

    def _code_written(self) -> None:
        book, self._passing = self._passing, None
        if book:
            self._open(book)

    def _kept(self) -> Store:
        if self._store is None:
            raise StoreError(self._trouble)
        return self._store

    def _members(self) -> list[str]:
        return self._store.members() if self._store else []

    def _show_door(self, notice: str = "", *, focus: bool = False) -> None:
        self._at_door(notice)
        members = self._members()
        if self._trouble:
            self.door.show_view("trouble", text=self._trouble)
        elif members and os.environ.get("WORKBOOK_DEMO"):
            self.door.show_view("demo", members=members, focus=focus)
        elif members:
            self.door.show_view("unlock", members=members, focus=focus)
        else:
            self.door.show_view("welcome", focus=focus)

    def _show_keep(self) -> None:
        self._at_door()
        self.door.show_view("keep", suggestion=six_words(), name="", focus=True)

    def _at_door(self, notice: str = "") -> None:
        """Put the door in front; pages behind it stay as they are."""
        titled = self._only is None
        self.shell.stand(open=False, pages=[], titled=titled, title=self._words["title"], notice=notice)
        self.stage.add_class("wb-away")
        self.door.remove_class("wb-away")

    def _show_forgotten(self) -> None:
        self.door.show_view("forgotten", members=self._members(), suggestion=six_words(), focus=True)

    def _back(self) -> None:
        if self._session:
            self._hide_door()
            self._stand(self._session.page)
        else:
            self._show_door(focus=True)

    def _hide_door(self) -> None:
        self.door.show_view("away")
        self.door.add_class("wb-away")
        self.stage.remove_class("wb-away")

    def _door_words(self) -> dict[str, Any]:
        ours = os.environ.get("WORKBOOK_LAB") or os.environ.get("WORKBOOK_SERVED")
        words = dict(self._words["words"])
        return words if not ours else {**words, "lab": ""}

    def _leave_to(self) -> str:
        chosen = self._store.setting("leave_to") if self._store and self._members() else None
        return chosen if chosen and chosen.startswith(("https://", "http://")) else places.NEUTRAL_SITE

    # The open book

    def _open(self, book: Book, memory: Store | None = None) -> None:
        self._close_pages()
        self.book = book
        addressed = {spec.address: spec.name for spec in self._specs if not spec.traceless}
        first = addressed.get(self._address) or addressed.get(FIRST_PAGE) or self._specs[0].name
        self._session = OpenBook(
            book,
            memory or self._kept(),
            self.stage,
            self._specs,
            alone=self._only is not None,
            looking=memory is not None,
            idle=self._idle,
        )
        self._session.turn_to(first)
        self._hide_door()
        self._stand(self._session.page)
        self._session.build_ahead()

    def _stand(self, page: str) -> None:
        assert self._session
        looking, who = self._session.is_looked_at, self._words["who"]
        warnings = " ".join(self._session.book.warnings)
        self.shell.stand(
            open=True,
            arriving=True,
            pages=[
                {"name": s.address, "title": s.title, "part": s.part, "traceless": s.traceless}
                for s in self._specs
            ],
            page=page_named(page).address,
            who=who["looking"] if looking else who["open"].format(name=self._session.book.name),
            looking=looking and not self._members() and not self._trouble,
            titled=self._only is None,
            notice=warnings,
        )

    def _shell_ready(self, message: dict[str, Any]) -> None:
        self._address = str(message.get("address", ""))
        self.shell.refresh()

    def _go(self, message: dict[str, Any]) -> None:
        if self._session:
            self._session.sign_of_life()
            self._session.turn_to(self._named(str(message["page"])))
            self.shell.tell("built", page=message["page"])

    def _named(self, address: str) -> str:
        """The page with this address; the address itself where there is none, so that nothing turns."""
        return next((spec.name for spec in self._specs if spec.address == address), address)

    def _somebody_there(self) -> None:
        if self._session:
            self._session.sign_of_life()

    def _idle(self, minutes: int) -> None:
        notices = self._words["notices"]
        looking = self._session is not None and self._session.is_looked_at
        self.lock(notices["idle_look" if looking else "idle"].format(minutes=minutes))

    def _locked_notice(self) -> str:
        looking = self._session is not None and self._session.is_looked_at
        return str(self._words["notices"]["let_go" if looking else "locked"])

    def lock(self, notice: str = "") -> None:
        """Keep drafts, close every page, drop the keys, and show the door."""
        if self._session is None:
            return
        self._close_pages()
        self._show_door(notice, focus=True)

    def _close_pages(self) -> None:
        if self._session:
            self._session.close()
        self._session = self.book = None
        self.shell.tell("clear")


_running: set[asyncio.Future[None]] = set()


async def _in_thread(work: Callable[..., Any], *arguments: Any) -> Any:
    """Stretching a passphrase takes a second: keep it off the event loop."""
    return await asyncio.get_running_loop().run_in_executor(None, work, *arguments)


def _opened() -> tuple[Store | None, str]:
    """The store, or in words why it cannot be opened."""
    try:
        store = open_store()
        store.members()
    except StoreError as error:
        return None, str(error)
    return store, ""


def six_words() -> str:
    """Six random words out of 7,776: a passphrase that can be remembered and not be guessed."""
    from xkcdpass import xkcd_password

    words = xkcd_password.generate_wordlist(wordfile=xkcd_password.locate_wordfile("eff-long"))
    return str(xkcd_password.generate_xkcdpassword(words, numwords=6))
