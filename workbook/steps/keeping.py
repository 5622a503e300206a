"""Keeping the book: a backup, the way back to one, and merging a copy that was written elsewhere."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workbook.book import Store, keeping, open_store
from workbook.book.keeping import Difference, Merged, Progress
from workbook.entries import Invalid
from workbook.formats import clock, day, number
from workbook.steps.long_work import LongWork
from workbook.widgets import Task

if TYPE_CHECKING:
    from workbook.steps.page import Page

Message = dict[str, Any]

MIB = 1024 * 1024


def add_keeping(p: Page) -> None:
    """Put backup, restore and merge on a page."""
    for add in (_add_backup, _add_restore, _add_merge):
        add(p)


def no_file(p: Page) -> str:
    """Why there is no file to keep, in a sentence; nothing where there is one."""
    words = p.text["keeping"]["instead"]
    if p.store.where == ":memory:":
        return str(words["looking"])
    return str(words["server"]) if "://" in p.store.where else ""


def _add_backup(p: Page) -> None:
    words = p.text["backup"]
    view = Task(
        p.text["keeping"] | words,
        asks="line",
        instead=lambda: no_file(p),
        given=lambda: "" if no_file(p) else str(keeping.backup_place(Path(p.store.where).parent)),
    )
    work = LongWork(view)

    def start(message: Message) -> None:
        place = _place(p, str(message["value"]))
        p.finish()

        def make(progress: Progress) -> int:
            with _own_connection(p.store) as store:
                return store.backup(place, progress)

        work.begin(words["working"], make, lambda count: view.done(_lines(words["done"], count, place)))

    view.hear("start", start)
    p.add(view)


def _place(p: Page, typed: str) -> Path:
    """Where the copy goes. Raises Invalid."""
    if not typed.strip() or "\0" in typed:
        raise Invalid("", p.text["backup"]["no_place"])
    place = Path(p.store.where).parent / Path(typed.strip()).expanduser()
    return keeping.backup_place(place)


def _add_restore(p: Page) -> None:
    words = p.text["restore"]
    view = Task(
        p.text["keeping"] | words,
        asks="choice",
        takes_file=True,
        instead=lambda: no_file(p),
        given=lambda: [] if no_file(p) else _choices(p),
    )
    restoring = _Restoring(p, view)
    view.hear("start", restoring.look)
    view.hear("yes", lambda message: restoring.restore())
    view.hear("no", lambda message: restoring.forget())
    p.on_change(view.refresh)
    p.add(view)


class _Restoring:
    """One copy on its way into the place of the book: looked at first, then put there."""

    def __init__(self, p: Page, view: Task) -> None:
        self._p, self._view, self._work = p, view, LongWork(view)
        self._words = p.text["restore"]
        self._source: Path | None = None
        self._handed: tempfile.TemporaryDirectory[str] | None = None

    def look(self, message: Message) -> None:
        """Say what restoring this copy would do. Raises Invalid where none was chosen."""
        self.forget()
        if "data" in message:
            self._handed = tempfile.TemporaryDirectory(prefix="workbook-")
            self._source = _written(Path(self._handed.name), message["data"])
        else:
            known = {path.name: path for path in keeping.automatic_backups(self._p.store.where)}
            if message["value"] not in known:
                raise Invalid("", self._words["no_file"])
            self._source = known[message["value"]]
        where, source = self._p.store.where, self._source
        self._work.begin(
            self._words["comparing"], lambda progress: keeping.compare(where, source, progress), self._ask
        )

    def _ask(self, found: Difference) -> None:
        words = self._words
        lines = [words["holds"].format(count=found.records)]
        if found.lost is None:
            lines.append(words["damaged"])
        else:
            lines += [
                words["lost"].format(count=found.lost),
                words["returning"].format(count=found.returning),
            ]
        self._view.question([*lines, words["kept"]], words["question"])

    def restore(self) -> None:
        """Put it there, and close the book, so that whoever goes on sees what is there now."""
        source, where = self._source, self._p.store.where
        if source is None:
            return
        self._p.finish()
        self._work.begin(
            self._words["working"], lambda progress: keeping.restore(where, source, progress), self._restored
        )

    def _restored(self, aside: Path | None) -> None:
        self.forget()
        self._p.store.reopen()
        self._p.let_go(self._words["restored"].format(where=aside))

    def forget(self) -> None:
        """Let go of a file that was handed over."""
        self._source = None
        if self._handed is not None:
            self._handed.cleanup()
            self._handed = None


def _choices(p: Page) -> list[tuple[str, str]]:
    """The automatic backups, by the day and hour they were made."""
    return [(path.name, _named(p, path)) for path in keeping.automatic_backups(p.store.where)]


def _named(p: Page, path: Path) -> str:
    from datetime import datetime

    made = datetime.fromtimestamp(path.stat().st_mtime).astimezone()
    return str(
        p.text["restore"]["choice"].format(
            day=day(made.date()), time=clock(made.time()), size=number(path.stat().st_size / MIB)
        )
    )


def _add_merge(p: Page) -> None:
    words = p.text["merge"]
    looking = p.text["keeping"]["instead"]["looking"]
    view = Task(
        p.text["keeping"] | words,
        takes_file=True,
        instead=lambda: looking if p.store.where == ":memory:" else "",
    )
    work = LongWork(view)

    def merged(result: Merged) -> None:
        view.done(_came(words, result))
        p.wrote()

    def start(message: Message) -> None:
        if "data" not in message:
            raise Invalid("", words["no_file"])
        p.finish()

        def merge(progress: Progress) -> Merged:
            with (
                tempfile.TemporaryDirectory(prefix="workbook-") as folder,
                _own_connection(p.store) as store,
            ):
                return store.merge(_written(Path(folder), message["data"]), progress, reader=p.book)

        work.begin(words["working"], merge, merged)

    view.hear("start", start)
    p.add(view)


def _came(words: Any, result: Merged) -> list[str]:
    """What a merge brought, in sentences."""
    if not (result.added or result.emptied or result.joined):
        return [words["nothing"]]
    lines = [words["came"].format(added=result.added, emptied=result.emptied)]
    if result.joined:
        lines.append(words["joined"])
    return [*lines, words["kept"].format(where=result.aside)] if result.aside else lines


@contextmanager
def _own_connection(store: Store) -> Iterator[Store]:
    """The book once more: what takes long must not keep the page from reading and writing."""
    own = open_store(store.where)
    try:
        yield own
    finally:
        own.close()


def _written(folder: Path, data: bytes) -> Path:
    """The bytes of a file that was handed over, in a file for the moment. It is as sealed as it came."""
    place = folder / "copy.db"
    place.touch(mode=0o600)
    place.write_bytes(data)
    return place


def _lines(words: str, count: int, place: Path) -> list[str]:
    return [words.format(count=count, where=place)]
