"""On the page of one's data: export, import and dates for a calendar."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any

from workbook.book import days, exchange
from workbook.content import today
from workbook.entries import Invalid
from workbook.steps.long_work import LongWork
from workbook.widgets.exchange import BringIn, TakeOut, Ticked

if TYPE_CHECKING:
    from workbook.book.exchange import Export, Incoming
    from workbook.book.keeping import Progress
    from workbook.steps.page import Page

Message = dict[str, Any]

FILE = "notes.zip"
MOST_LINES = 200
"""Lines of a report that the page shows; the command shows all."""


def add_export(p: Page) -> None:
    """Put the way out for one's data on a page: one zip of a file a kind."""
    words = p.text["export"]
    view = TakeOut(words)
    work = LongWork(view, words["stopped"])

    def make(message: Message) -> None:
        kind: exchange.Format = "jsonl" if message["format"] == "jsonl" else "csv"
        p.finish()
        work.begin(
            words["working"],
            lambda progress: exchange.zipped(p.book, kind, progress),
            lambda data: view.hand_over(FILE, data, words["done"].format(file=FILE)),
        )

    view.hear("make", make)
    p.add(view)


def add_import(p: Page) -> None:
    """Put the way in on a page: files, a report line by line, and a yes."""
    view = BringIn(p.text["import"])
    p.add(view)
    _Bringing(p, view)


def add_calendar(p: Page) -> None:
    """Put the dates of the book on a page, to be ticked, as one neutral file for a calendar."""
    words = p.text["calendar"]

    def items() -> list[tuple[str, str]]:
        found = days.counted(p.book, today())
        return [(name, words["days"][name].format(count=count)) for name, count in found.items()]

    def make(ticked: Sequence[str]) -> str:
        data = days.file(p.book, ticked, today(), p.calendar_title)
        if not data:
            raise Invalid("", words["none_ticked"])
        return data.decode()

    view = Ticked(words, items, "dates.ics", "text/calendar", make)
    p.on_change(view.refresh)
    p.add(view)


class _Bringing:
    """One import: what was sent so far, how it is to be read, and what it would come to."""

    def __init__(self, p: Page, view: BringIn) -> None:
        self._p, self._view = p, view
        self._words = p.text["import"]
        self._work = LongWork(view, self._words["left"])
        self._files: dict[str, bytearray] = {}
        self._me, self._order = "", ""
        self._columns: dict[str, str] = {}
        view.hear("begin", self._begin)
        view.hear("piece", self._piece)
        view.hear("look", self._look)
        view.hear("bring", self._bring)

    def _begin(self, message: Message) -> None:
        self._files, self._me, self._order, self._columns = {}, "", "", {}

    def _piece(self, message: Message) -> None:
        self._files.setdefault(str(message["name"]), bytearray()).extend(message.get("data", b""))

    def _look(self, message: Message) -> None:
        self._me = str(message.get("me", self._me))
        self._order = str(message.get("order", self._order))
        self._columns = {**self._columns, **message.get("columns", {})}
        if self._is_journal() and not self._columns:
            self._ask_for_columns()
            return

        def look(progress: Progress) -> tuple[Export, Incoming]:
            export = self._read()
            return export, exchange.look(self._p.book, export, self._me or None, progress)

        self._work.begin(self._words["reading"], look, lambda found: self._found(*found))

    def _bring(self, message: Message) -> None:
        if not self._files:
            raise Invalid("", self._words["gone"])
        self._p.finish()
        self._work.begin(
            self._words["bringing"],
            lambda progress: exchange.take_in(self._p.book, self._read(), self._me or None, progress),
            self._brought,
        )

    def _is_journal(self) -> bool:
        """Whether it is one CSV file that is no file of an export: that of another journal."""
        names = list(self._files)
        is_csv = len(names) == 1 and names[0].lower().endswith(".csv")
        return is_csv and exchange.kind_of(names[0]) is None

    def _ask_for_columns(self) -> None:
        (data,) = self._files.values()
        head = exchange.journal.head_of(bytes(data))
        self._view.tell("columns", head=head, guessed=exchange.journal.guessed(head))

    def _read(self) -> Export:
        if self._is_journal():
            ((name, data),) = self._files.items()
            return exchange.journal.as_export(name, bytes(data), self._columns, self._told())
        files: dict[str, bytes] = {}
        for name, data in self._files.items():
            files |= exchange.files_in(name, bytes(data))
        return exchange.read(files, self._told())

    def _told(self) -> exchange.DateOrder:
        orders: dict[str, exchange.DateOrder] = {"day first": "day first", "month first": "month first"}
        return orders.get(self._order, "")

    def _found(self, export: Export, incoming: Incoming) -> None:
        me = self._p.book.name
        people = sorted({row.about.get("author", "") for row in export.rows} - {""})
        could_be_me = [["", self._words["nobody"]], *([name, name] for name in people)]
        is_unclear = any("two days" in each.why for each in incoming.outcomes)
        self._view.tell(
            "found",
            summary=exchange.summary(incoming, is_done=False),
            warnings=exchange.warnings(incoming, me),
            count=incoming.count("new", "later"),
            people=could_be_me if people and me not in people else None,
            me=self._me,
            order=self._order if is_unclear or self._order else None,
            **self._lines(incoming, is_done=False),
        )

    def _brought(self, incoming: Incoming) -> None:
        self._files = {}
        self._view.tell(
            "brought",
            summary=exchange.summary(incoming, is_done=True),
            **self._lines(incoming, is_done=True),
        )
        self._p.wrote()

    def _lines(self, incoming: Incoming, *, is_done: bool) -> Message:
        found = exchange.lines(incoming, is_done=is_done)
        shown = list(islice(found, MOST_LINES))
        left = sum(1 for _ in found)
        return {"all": shown, "more": self._words["more"].format(count=left) if left else ""}
