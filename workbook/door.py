"""The door of a book: who is asked for what before any page shows. Each way in ends in an unlocked book."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Coroutine
from typing import Any, Protocol

from workbook import content
from workbook.book import Book, NameTaken, Store, StoreError, WrongCode, beginning, open_store, sample
from workbook.entries import Invalid
from workbook.widgets import Unlock


class Inside(Protocol):
    """What lies behind the door."""

    def come_out(self, notice: str = "") -> None:
        """Put the door in front; pages behind it stay as they are."""

    def let_in(self, book: Book, memory: Store | None = None, *, invited: bool = False) -> None:
        """Show an unlocked book. memory: where it lies, if it is only looked at."""

    def carry_over(self, book: Book) -> None:
        """Put what was written while looking into a book that is kept, and close what was looked at."""

    def go_back(self) -> None:
        """Go back to the pages, if there are any behind the door."""

    def go_to(self, page: str) -> None:
        """Go back to the pages, to this one."""

    def lock(self, notice: str = "") -> None:
        """Lock the book and show the door, with a sentence."""


class Door:
    """The ways into one book.

    store: where the book rests; None where it can't be opened, and `trouble` says why. whole: whether all
    pages lie behind the door, so that it may lead to any of them.
    """

    def __init__(self, inside: Inside, store: Store | None, trouble: str, *, whole: bool = True) -> None:
        self._inside, self._store, self._trouble, self._whole = inside, store, trouble, whole
        self._prose = content.prose("unlock")
        self._passing: Book | None = None
        self._is_invited = False
        self.view = Unlock(self._words())
        self._listen()

    @property
    def is_demo(self) -> bool:
        """Whether the book is the made-up couple's, to which everyone has the passphrase."""
        return bool(os.environ.get("WORKBOOK_DEMO"))

    def members(self) -> list[str]:
        """Who can unlock the book; nobody where there is none, or it can't be opened."""
        return self._store.members() if self._store else []

    def kept(self) -> Store:
        """Where the book rests. Raises StoreError where it can't be opened."""
        if self._store is None:
            raise StoreError(self._trouble)
        return self._store

    def show(self, notice: str = "", *, focus: bool = False, chosen: str = "") -> None:
        """Ask who comes. chosen: the member to whom the page was passed, who only types a passphrase."""
        self._inside.come_out(notice)
        members = self.members()
        if self._trouble:
            self.view.show_view("trouble", text=self._trouble)
        elif not members:
            self.view.show_view("welcome", ways=self._whole, focus=focus)
        elif self.is_demo:
            self.view.show_view("demo", members=members, chosen=chosen, focus=focus)
        else:
            can_join = self.kept().has_room()
            self.view.show_view("unlock", members=members, chosen=chosen, can_join=can_join, focus=focus)

    def show_keep(self) -> None:
        """Ask for a name and a passphrase, to make a book of what is looked at."""
        self._inside.come_out()
        self.view.show_view("keep", suggestion=six_words(), name="", focus=True)

    def show_invited(self, *, can_leave: bool) -> None:
        """What an invited member reads first. can_leave: whether the page with the way out is there."""
        self._inside.come_out()
        self.view.show_view("invited", can_leave=can_leave, focus=True)

    def close(self) -> None:
        """Lock a book whose recovery code is still on the screen."""
        if self._passing:
            self._passing.lock()
        self._passing = None

    def _listen(self) -> None:
        self._hear("look", self._look)
        self._hear("look_with", self._look, "way", "words")
        self._hear("keep_line", self._keep_line, "way", "words")
        self._hear("read_first", self._read_first)
        self._hear("unlock", self._unlock, "who", "passphrase")
        self._hear("open_as", self._open_as, "who")
        self._hear("keep", self._keep, "who", "passphrase")
        self._hear("join", self._join, "code", "who", "passphrase")
        self._hear("recover", self._recover, "who", "code", "passphrase")
        view, inside = self.view, self._inside
        view.hear("begin", lambda message: self.show_keep())
        view.hear("suggest", lambda message: view.tell("suggestion", suggestion=six_words()))
        view.hear("forgotten", lambda message: self._show_forgotten())
        view.hear("have_code", lambda message: self._show_join())
        view.hear("written", lambda message: self._code_written())
        view.hear("back", lambda message: inside.go_back())
        view.hear("look_around", lambda message: inside.go_back())
        view.hear("not_now", lambda message: inside.lock(self._prose["notices"]["not_now"]))
        view.hear("to_leaving", lambda message: inside.go_to("our_data"))

    def _hear(self, do: str, way: Callable[..., Coroutine[Any, Any, None]], *names: str) -> None:
        """Take a way in with these parts of its message, and say at the door what went wrong, if anything."""

        async def guarded(parts: list[str]) -> None:
            try:
                await way(*parts)
            except Exception as error:  # noqa: BLE001 - said where it was done
                self.view.refuse(error)

        self.view.hear(do, lambda message: _start(guarded([str(message[name]) for name in names])))

    async def _look(self, way: str = "", words: str = "") -> None:
        """Show every page on a book in memory, with the line that was written before, if any."""
        memory = open_store(":memory:")
        secret = six_words()
        await in_thread(memory.create_member, "You", secret)
        book = await in_thread(memory.unlock, "You", secret)
        if way:
            beginning.write_line(book, way, words, content.today())
        self._inside.let_in(book, memory=memory)

    async def _keep_line(self, way: str, words: str) -> None:
        await self._look(way, words)
        self.show_keep()

    async def _read_first(self) -> None:
        await self._look()
        self._inside.go_to("safety")

    async def _unlock(self, who: str, passphrase: str) -> None:
        self._inside.let_in(await in_thread(self.kept().unlock, who, passphrase))

    async def _open_as(self, who: str) -> None:
        await self._unlock(who, sample.PASSPHRASE)

    async def _keep(self, who: str, passphrase: str) -> None:
        """Make the book on disk, carry over what was written while looking, and show the recovery code."""
        new = await in_thread(self.kept().create_member, who, passphrase)
        book = await in_thread(self.kept().unlock, new.name, passphrase)
        self._inside.carry_over(book)
        self._show_code(book, new.recovery_code)

    async def _join(self, code: str, who: str, passphrase: str) -> None:
        """Let the partner in, show their recovery code, then what an invited member reads first."""
        try:
            new = await in_thread(self.kept().join, who, passphrase, code)
        except WrongCode as error:
            raise Invalid("code", self._about_code(error)) from error
        except NameTaken as error:
            raise Invalid("name", str(error)) from error
        self._show_code(await in_thread(self.kept().unlock, new.name, passphrase), new.recovery_code)
        self._is_invited = True

    def _about_code(self, error: WrongCode) -> str:
        """Why a code did not let anyone in; two may have tried at once, and one came first."""
        words = self._prose["joining"]
        if not self.kept().has_room():
            return str(words["too_late"])
        return str(words["unknown"] if type(error) is WrongCode else error)

    async def _recover(self, who: str, code: str, passphrase: str) -> None:
        book = await in_thread(self.kept().unlock_with_code, who, code)
        self._show_code(book, await in_thread(book.change_passphrase, None, passphrase))

    def _show_code(self, book: Book, recovery_code: str) -> None:
        self._passing, self._is_invited = book, False
        self.view.show_view("code", code=recovery_code, focus=True)

    def _code_written(self) -> None:
        book, self._passing = self._passing, None
        if book:
            self._inside.let_in(book, invited=self._is_invited)

    def _show_forgotten(self) -> None:
        self.view.show_view("forgotten", members=self.members(), suggestion=six_words(), focus=True)

    def _show_join(self) -> None:
        self.view.show_view("join", suggestion=six_words(), focus=True)

    def _words(self) -> dict[str, Any]:
        ours = os.environ.get("WORKBOOK_LAB") or os.environ.get("WORKBOOK_SERVED")
        words = dict(self._prose["words"])
        return words if not ours else {**words, "lab": ""}


_running: set[asyncio.Future[None]] = set()


def _start(work: Coroutine[Any, Any, None]) -> None:
    task = asyncio.ensure_future(work)
    _running.add(task)
    task.add_done_callback(_running.discard)


async def in_thread(work: Callable[..., Any], *arguments: Any) -> Any:
    """Stretching a passphrase takes a second: keep it off the event loop."""
    return await asyncio.get_running_loop().run_in_executor(None, work, *arguments)


def six_words() -> str:
    """Six random words out of 7,776: a passphrase that can be remembered and not be guessed."""
    from xkcdpass import xkcd_password

    words = xkcd_password.generate_wordlist(wordfile=xkcd_password.locate_wordfile("eff-long"))
    return str(xkcd_password.generate_xkcdpassword(words, numwords=6))
