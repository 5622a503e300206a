"""Who is in the book: inviting a partner, and leaving with what is one's own."""

from __future__ import annotations

import asyncio
import os
import unicodedata
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workbook.book import WrongPassphrase, leaving
from workbook.book.leaving import OwnBook
from workbook.content import today
from workbook.entries import Invalid
from workbook.formats import day
from workbook.widgets.invite import Invite
from workbook.widgets.leaving import Leaving

if TYPE_CHECKING:
    from workbook.steps.page import Page

LASTS = timedelta(days=14)
"""How long an invitation can be used; as in `Book.invite`."""

Message = dict[str, Any]


def add_invitation(p: Page) -> None:
    """Put the invitation on a page; where nobody can be invited, who is in the book."""
    invite = Invite(p.text["invite"], lambda: _who_is_here(p), lambda: _new_code(p))
    p.on_change(invite.refresh)
    p.add(invite)


def _who_is_here(p: Page) -> str:
    words = p.text["invite"]["instead"]
    if p.book.left_by:
        return str(words["left"].format(partner=p.book.left_by))
    if p.book.partner:
        return str(words["two"].format(name=p.book.name, partner=p.book.partner))
    return str(words["looking"]) if p.store.where == ":memory:" else ""


def _new_code(p: Page) -> tuple[str, str]:
    until = day(today() + LASTS)
    return p.book.invite(), str(p.text["invite"]["until"].format(day=until))


def add_leaving(p: Page) -> None:
    """Put the way out on a page: a book of one's own first, then one's name typed to leave."""
    words = p.text["leave"]
    leaving_ = Leaving(words, lambda: _why_nobody_leaves(p), lambda: str(leaving.free_place(p.store)))
    p.on_change(leaving_.refresh)
    p.add(leaving_)
    parting = _Parting(p, leaving_)
    leaving_.hear("write", parting.write)
    leaving_.hear("leave", parting.leave)


def _why_nobody_leaves(p: Page) -> str:
    words = p.text["leave"]["instead"]
    if os.environ.get("WORKBOOK_DEMO"):
        return str(words["demo"])
    return "" if p.book.partner else str(words["alone"])


class _Parting:
    """One member on the way out: the book of their own, once it is written, and the way back."""

    def __init__(self, p: Page, view: Leaving) -> None:
        self._p, self._view = p, view
        self._own: OwnBook | None = None
        self._writing: asyncio.Task[None] | None = None

    def write(self, message: Message) -> None:
        """Write the own book, off the event loop. Raises Invalid for a place where it can't lie."""
        place = leaving.chosen_place(self._p.store, str(message["file"]))
        self._p.finish()
        self._writing = asyncio.ensure_future(self._write(place, str(message["passphrase"])))

    async def _write(self, place: Path, passphrase: str) -> None:
        p, loop = self._p, asyncio.get_running_loop()
        try:
            self._own = await loop.run_in_executor(
                None, leaving.write_own_book, p.book, p.store, place, passphrase
            )
        except WrongPassphrase:
            self._view.refuse(Invalid("passphrase", p.text["leave"]["wrong"]))
        except Exception as error:  # noqa: BLE001 - said where it was done
            self._view.refuse(error)
        else:
            self._tell(self._own)

    def _tell(self, own: OwnBook) -> None:
        words = self._p.text["leave"]
        one, several = words["counts"]
        count = (one if own.entries == 1 else several).format(count=own.entries)
        self._view.written(
            lies=words["lies"].format(count=count, where=own.where),
            open=words["command"].format(where=own.where),
            code=own.recovery_code,
            sign=words["sign"].format(name=self._p.book.name),
        )

    def leave(self, message: Message) -> None:
        """Leave for good, once the name is theirs. Raises Invalid for another one, or as `leaving.leave`."""
        p, typed = self._p, unicodedata.normalize("NFC", str(message["name"])).strip()
        if typed != p.book.name:
            raise Invalid("name", p.text["leave"]["not_the_name"].format(name=p.book.name))
        if self._own is None:
            raise Invalid("", p.text["leave"]["passphrase_missing"])
        p.finish()
        leaving.leave(p.book, self._own)
        p.let_go(p.text["leave"]["left"])
