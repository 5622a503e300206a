"""Import: the rows of an export, as entries of the member who brings them in. Nothing twice, nothing lost.

Everything comes into `mine`: sharing is a step of its own, entry by entry. The member is the author of
what they bring in. Where somebody else wrote it there, the entry says who: it is kept and shown as theirs,
and counts nowhere as the member's own word. An entry that is here already, by its id or the one that it had
elsewhere, is not written again. A later version of one that was brought in before becomes a new version of
it; anything else that is different here stays as it is here.
"""

from __future__ import annotations

import hashlib
import json
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Literal

import msgspec

from workbook.book.book import Arrival, Book, new_id
from workbook.book.exchange.columns import WAYS, references
from workbook.book.exchange.reading import Export, Refused, Row
from workbook.book.exchange.taking_out import STEP
from workbook.book.ledger import Source
from workbook.book.written import Written
from workbook.entries import KINDS, LONGEST_LINE, Entry, Invalid, checked, well_formed
from workbook.store import Progress, unreported

What = Literal["new", "later", "here", "copy", "different", "refused"]


class Outcome(msgspec.Struct, frozen=True):
    """What becomes of a line of a file.

    what: new · later, a new version of what was brought in before · here already · copy of one that comes in
    or is here · different from what is here, which stays · refused. why: more about it, or nothing.
    author: who wrote it there, if that was somebody else.
    """

    file: str
    line: int
    what: What
    why: str = ""
    author: str = ""


class Incoming(msgspec.Struct, frozen=True):
    """What an import would write, and what becomes of each line."""

    arrivals: list[Arrival]
    outcomes: list[Outcome]

    def count(self, *what: What) -> int:
        """How many lines came to this."""
        return sum(each.what in what for each in self.outcomes)

    @property
    def others(self) -> list[str]:
        """Names of those whose words would come in as theirs."""
        return sorted({each.author for each in self.outcomes if each.author and each.what == "new"})


def look(
    book: Book, export: Export, written_by: str | None = None, progress: Progress = unreported
) -> Incoming:
    """What an import would do, line by line. Writes nothing.

    written_by: the member's name in the export; as it is here if left out.
    """
    return _Sorting(book, export, written_by or book.name, progress).sorted()


def take_in(
    book: Book, export: Export, written_by: str | None = None, progress: Progress = unreported
) -> Incoming:
    """Bring in what `look` says, by what the book holds now, in one durable transaction: all or none.

    What `progress` raises ends it before anything is written. Raises DiskFull, BookBusy or ReadOnlyBook.
    """
    incoming = look(book, export, written_by, progress)
    book.take_in(incoming.arrivals)
    return incoming


class _Comer(msgspec.Struct):
    """A row on its way: as what it comes, and what it names that it is nothing without."""

    row: Row
    entry: Entry
    source: Source
    author: str
    written: int
    shared_from: str


class _Sorting:
    """One look at an export: what each row is to this book."""

    def __init__(self, book: Book, export: Export, written_by: str, progress: Progress) -> None:
        self.me, self.export, self.written_by, self.progress = book.name, export, written_by, progress
        self.here: dict[str, Written[Any]] = {}
        self.ids: dict[str, str] = {}
        """What an entry was called anywhere -> what it is called here."""
        entries = [each for kind in KINDS for each in book.entries(kind)]
        self.ids |= {each.shared_from: each.shared_from for each in entries if each.shared_from}
        for each in entries:
            for name in filter(None, (each.source_id, each.id)):
                self.here[name], self.ids[name] = each, each.id
        self.now = time.time_ns() // 1000
        self.outcomes: list[Outcome] = [
            Outcome(each.file, each.line, "refused", each.why) for each in export.refused
        ]
        self.arrivals: list[Arrival] = []
        self.made: Counter[str] = Counter()

    def sorted(self) -> Incoming:
        comers = self._without_loose_ends(list(self._comers()))
        comers.sort(key=lambda each: each.written)
        copies = self._name(comers)
        for comer in comers:
            if id(comer) in copies:
                self._say(comer, "copy", "its original is here")
            else:
                self._settle(comer)
        self.outcomes.sort(key=lambda each: (each.file, each.line))
        return Incoming(self.arrivals, self.outcomes)

    def _comers(self) -> Iterator[_Comer]:
        """Each row as an entry, if it can be one."""
        rows = self.export.rows
        for position, row in enumerate(rows):
            if position % STEP == 0:
                self.progress(position, len(rows))
            try:
                yield self._comer(row)
            except Invalid as error:
                self.outcomes.append(Outcome(row.file, row.line, "refused", str(error)))
        self.progress(len(rows), len(rows))

    def _comer(self, row: Row) -> _Comer:
        try:
            entry = checked(row.kind(**row.values))
        except TypeError:
            raise Invalid("", "something is missing from it") from None
        known = well_formed(row.about)
        written = _moment("written_at", known.get("written_at", "")) or self.now
        revised = _moment("revised_at", known.get("revised_at", ""))
        source = Source(
            known.get("source_id") or known.get("id") or self._made_up(entry),
            self._other(known),
            min(max(written, revised), self.now),
        )
        if len(source.id) > LONGEST_LINE or len(source.author) > LONGEST_LINE:
            raise Invalid("id", "an id or a name is longer than any that this program writes")
        shared_from = known.get("shared_from", "")
        return _Comer(row, entry, source, source.author, min(written, self.now), shared_from)

    def _other(self, known: Mapping[str, str]) -> str:
        """Who wrote it, if that was not the member."""
        wrote = known.get("source_author") or known.get("author", "")
        return "" if wrote in (self.written_by, self.me) else wrote

    def _made_up(self, entry: Entry) -> str:
        """An id for a row without one, the same whenever this row comes again."""
        said = json.dumps(msgspec.to_builtins(entry, str_keys=True), sort_keys=True)
        self.made[said] += 1
        return hashlib.sha256(f"{said}/{self.made[said]}".encode()).hexdigest()[:32]

    def _without_loose_ends(self, comers: list[_Comer]) -> list[_Comer]:
        """Those that name only what is here, comes along, or was missing already where they come from."""
        while True:
            coming = {name for each in comers for name in _names(each)}
            kept = [each for each in comers if self._is_whole(each, coming)]
            if len(kept) == len(comers):
                return kept
            left = {id(each) for each in kept}
            for each in comers:
                if id(each) not in left:
                    self._say(each, "refused", "what it belongs to is neither in the export nor in this book")
            comers = kept

    def _is_whole(self, comer: _Comer, coming: set[str]) -> bool:
        known = coming | self.ids.keys() | self.export.loose | {""}
        return all(
            not is_needed or getattr(comer.entry, field) in known
            for field, is_needed in references(type(comer.entry)).items()
        )

    def _name(self, comers: Sequence[_Comer]) -> set[int]:
        """Give each that is not here yet an id. Returns the copies that say nothing of their own."""
        originals = {name: each for each in comers for name in _own_names(each)}
        copies: set[int] = set()
        later: list[_Comer] = []
        for comer in comers:
            original = originals.get(comer.shared_from)
            there = self.here.get(comer.shared_from)
            says = original.entry if original else there.entry if there else None
            if says == comer.entry and not self._known(comer):
                copies.add(id(comer))
                later.append(comer)
            else:
                self._call(comer, self._known(comer) or new_id())
        for comer in later:
            self._call(comer, self.ids[comer.shared_from])
        for comer in comers:
            if comer.shared_from:
                self.ids.setdefault(comer.shared_from, self.ids[comer.source.id])
        return copies

    def _known(self, comer: _Comer) -> str:
        """What it is called here, if it is here as an entry of its own."""
        found = next((self.here[name] for name in _own_names(comer) if name in self.here), None)
        return found.id if found else ""

    def _call(self, comer: _Comer, here: str) -> None:
        for name in _own_names(comer):
            self.ids[name] = here

    def _settle(self, comer: _Comer) -> None:
        """Say what becomes of a row, and what is written for it."""
        entry, cleared = self._rewritten(comer.entry)
        id_ = self.ids[comer.source.id]
        there = self.here.get(id_)
        if there is None:
            original = self.ids.get(comer.shared_from, id_)
            arrival = Arrival(
                id=id_,
                entry=entry,
                at=comer.written,
                source=comer.source,
                shared_from="" if original == id_ else original,
            )
            self.arrivals.append(arrival)
            self.here[id_] = _as_written(self.me, arrival)
            self._say(comer, "new", cleared)
        elif there.entry == entry:
            self._say(comer, "here", "")
        elif self._is_later(comer, there):
            arrival = Arrival(
                id=id_,
                entry=entry,
                at=comer.source.at,
                source=comer.source,
                shared_from=there.shared_from,
                is_new=False,
            )
            self.arrivals.append(arrival)
            self.here[id_] = _as_written(self.me, arrival)
            self._say(comer, "later", cleared)
        else:
            self._say(comer, "different", "what is here stays as it is")

    def _is_later(self, comer: _Comer, there: Written[Any]) -> bool:
        """Whether it is a later version of what the member brought in, and it was not changed here since."""
        if not there.source_id or there.author != self.me or type(there.entry) is not type(comer.entry):
            return False
        said = there.revised_at or there.written_at
        return comer.source.at > int(said.timestamp() * 1_000_000) + 1

    def _rewritten(self, entry: Entry) -> tuple[Entry, str]:
        """The entry with the ids of this book in place of those of another, and what was let go."""
        changes: dict[str, Any] = {}
        cleared = ""
        for field, is_needed in references(type(entry)).items():
            named = getattr(entry, field)
            if named and named not in self.ids and named not in self.export.loose and not is_needed:
                changes[field] = None if _may_be_none(type(entry), field) else ""
                cleared = f"without its {field}, which is neither in the export nor in this book"
            else:
                changes[field] = self.ids.get(named, named)
        for kind, field in WAYS:
            if type(entry).__name__ == kind:
                changes[field] = _renamed(getattr(entry, field), self.ids)
        return (msgspec.structs.replace(entry, **changes) if changes else entry), cleared

    def _say(self, comer: _Comer, what: What, why: str) -> None:
        self.outcomes.append(Outcome(comer.row.file, comer.row.line, what, why, comer.author))


def _own_names(comer: _Comer) -> list[str]:
    return [name for name in dict.fromkeys((comer.source.id, comer.row.about.get("id", ""))) if name]


def _names(comer: _Comer) -> list[str]:
    return [*_own_names(comer), *([comer.shared_from] if comer.shared_from else [])]


def _renamed(value: Any, ids: Mapping[str, str]) -> Any:
    if isinstance(value, tuple):
        return tuple(ids.get(each, each) for each in value)
    if isinstance(value, Mapping):
        return {ids.get(each, each): said for each, said in value.items()}
    return ids.get(value, value)


def _may_be_none(kind: type[Entry], field: str) -> bool:
    return next(each.default is None for each in msgspec.structs.fields(kind) if each.name == field)


def _as_written(me: str, arrival: Arrival) -> Written[Any]:
    """What the book will say of it once it is written, for the lines that follow."""
    return Written(
        id=arrival.id,
        author=me,
        room="mine",
        written_at=datetime.fromtimestamp(arrival.source.at / 1_000_000).astimezone(),
        revised_at=None,
        entry=arrival.entry,
        shared_from=arrival.shared_from,
        source_id=arrival.source.id,
        source_author=arrival.source.author,
    )


def _moment(column: str, written: str) -> int:
    """A moment in microseconds since 1970; 0 for none. Raises Invalid."""
    if not written.strip():
        return 0
    try:
        moment = datetime.fromisoformat(written.strip()).astimezone()
        return max(0, round(moment.timestamp() * 1_000_000))
    except (ValueError, OverflowError, OSError):
        raise Invalid(column, "write a moment as 2026-03-02T17:04:05Z") from None


__all__ = ["Incoming", "Outcome", "Refused", "What", "look", "take_in"]
