"""A member's unlocked book: write, revise, erase, share, and read back as entries and frames."""

from __future__ import annotations

import secrets
import threading
import time
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import msgspec

from workbook.book.ledger import Ledger, Line, Source, Version, encode, named_by
from workbook.book.written import Kind, Shelf, Written, written
from workbook.entries import UNSEEN, Entry, Invalid, Room, Settings, checked
from workbook.store import BookBusy, DiskFull, ReadOnlyBook

if TYPE_CHECKING:
    from pandas import DataFrame

    from workbook.store import Unlocked


class Item(msgspec.Struct, frozen=True):
    """An entry on its way into the book: where it goes, under which id, and what it comes from."""

    entry: Entry
    room: Room
    id: str
    shared_from: str = ""
    source: Source | None = None


class Arrival(msgspec.Struct, frozen=True, kw_only=True):
    """A version of an entry that comes from an export.

    at: when it was first written there, in microseconds since 1970. is_new: False for a later version of
    one that is here already.
    """

    id: str
    entry: Entry
    at: int
    source: Source
    shared_from: str = ""
    is_new: bool = True


def new_id() -> str:
    """A random id: unlike a time-ordered one, it tells nothing."""
    return secrets.token_hex(16)


class Book:
    """What one member can read and write, from unlock to lock."""

    def __init__(self, unlocked: Unlocked) -> None:
        self._unlocked = unlocked
        self._ledger = Ledger()
        self._shelves: dict[type[Entry], Shelf[Any]] = {}
        self._one_at_a_time = threading.RLock()  # charts read on a thread of their own
        self._ledger.add(unlocked.read())
        self._finish_erasing()

    @property
    def id(self) -> str:
        """The book's own id, the same for both members."""
        return self._unlocked.book

    @property
    def name(self) -> str:
        """The member who unlocked it."""
        return self._unlocked.member.name

    @property
    def partner(self) -> str | None:
        """The other member's name, once they have joined, be it a moment ago, and until they leave."""
        with self._one_at_a_time:
            self._catch_up()
            known = self._unlocked.partner
            return known.name if known and self._unlocked.has_partner else None

    @property
    def left_by(self) -> str | None:
        """The name of the partner who has left the book, if one has."""
        with self._one_at_a_time:
            self._catch_up()
            known = self._unlocked.partner
            return known.name if known and not self._unlocked.has_partner else None

    def member_id(self, name: str) -> str:
        """The id of the member with this name, the same for both members; empty for nobody's name."""
        return next((id_ for id_, known in self._names().items() if known == name), "")

    @property
    def has_ours(self) -> bool:
        """Whether there is a room that both can read, and two to read it.

        Once the partner has left, what lies there can be read, revised and erased, and nothing new added.
        """
        return self.partner is not None

    @property
    def warnings(self) -> list[str]:
        """What the member should know about the file itself, in sentences."""
        return list(self._unlocked.warnings)

    def write(self, entry: Entry, room: Room = "mine") -> str:
        """Write one entry down and return its id. Durable on return. Raises Invalid."""
        return self.write_many([entry], room)[0]

    def write_many(self, entries: Iterable[Entry], room: Room = "mine") -> list[str]:
        """Write several entries in one durable transaction: all or none. Returns their ids."""
        return self.post([Item(entry, room, new_id()) for entry in entries])

    def post(self, items: Sequence[Item]) -> list[str]:
        """Write entries that name each other, or lie in different rooms, in one durable transaction."""
        with self._one_at_a_time:
            self._catch_up()
            self._append(self._valid(items))
        return [item.id for item in items]

    def revise(self, entry_id: str, **changes: Any) -> None:
        """Write a new version of one's own entry, if anything changes; the old ones stay in its history."""
        self.revise_many({entry_id: changes})

    def revise_many(self, changes: Mapping[str, Mapping[str, Any]], new: Sequence[Item] = ()) -> None:
        """Write new versions of several entries, id -> changes, in one durable transaction.

        new: entries that are written for the first time in the same transaction.
        """
        with self._one_at_a_time:
            revised = [self._revised(entry_id, dict(each)) for entry_id, each in changes.items()]
            changed = [
                item for item in revised if item.entry != self._ledger.versions(item.id)[-1].line.entry
            ]
            self._append(changed + self._valid(new))

    def _revised(self, entry_id: str, changes: dict[str, Any]) -> Item:
        current = self._own(entry_id)
        unknown = [name for name in changes if name not in current.line.entry.__struct_fields__]
        if unknown:
            raise Invalid(unknown[0], "this kind of entry has no such field")
        entry = checked(msgspec.structs.replace(current.line.entry, **changes))
        source = current.line.source and msgspec.structs.replace(current.line.source, at=0)
        return Item(entry, current.record.room, entry_id, current.line.shared_from, source)

    def take_in(self, arrivals: Sequence[Arrival]) -> None:
        """Write what was brought from an export into `mine`, in one durable transaction: all or none.

        Unlike `write`, it keeps the times of where it comes from; see `workbook.book.exchange`.
        """
        with self._one_at_a_time:
            self._catch_up()
            clock = self._ledger.clock
            records: list[tuple[Room, str, bytes]] = []
            for position, each in enumerate(arrivals, start=1):
                line = Line(
                    0 if each.is_new else clock + position,
                    each.at,
                    checked(each.entry),
                    each.shared_from,
                    each.source,
                )
                records.append(("mine", each.id, encode(line)))
            self._ledger.add(self._unlocked.append(records))

    def erase(self, entry_id: str) -> None:
        """Erase one's own entry with all its versions. What remains of it in backups stays there."""
        self.erase_many([entry_id])

    def erase_many(self, entry_ids: Iterable[str]) -> None:
        """Erase several of one's own entries in one durable transaction: all or none."""
        with self._one_at_a_time:
            own = [self._own(entry_id).record.id for entry_id in entry_ids]
            records = [version.record for entry_id in own for version in self._ledger.versions(entry_id)]
            self._unlocked.erase([(record.room, record.writer, record.n) for record in records])
            self._catch_up()

    def is_erased(self, entry_id: str) -> bool:
        """Whether an entry with this id was erased; nothing is ever shown under the id again."""
        with self._one_at_a_time:
            self._catch_up()
            return self._ledger.is_erased(entry_id)

    def share(self, entry_id: str) -> str:
        """Copy one's own entry into the room of both; the copy says who shared it and when."""
        with self._one_at_a_time:
            current = self._own(entry_id)
            if current.record.room == "ours":
                raise Invalid("room", "both of you can read this already")
            wrote = current.line.source.author if current.line.source else ""
            if wrote:
                raise Invalid("author", f"{wrote} wrote this, so it isn't yours to share")
            self._open_room("ours")
            copy = Item(current.line.entry, "ours", new_id(), shared_from=entry_id)
            self._append([copy])
        return copy.id

    def entries(self, kind: type[Kind], **where: Any) -> list[Written[Kind]]:
        """Every entry of a kind that this member can read, in the order in which they were written.

        where: values that fields should have, such as `loop=id` for the checks of one loop; found by an
        index, so that asking for each of many loops costs no more than asking once for all.
        """
        with self._one_at_a_time:
            return self._shelf(kind).entries(where)

    def once(self, kind: type[Kind], **where: Any) -> list[Written[Kind]]:
        """The same, without the shared copies of what the member can read in itself."""
        ids = {each.id for each in self.entries(kind)}
        return [each for each in self.entries(kind, **where) if each.shared_from not in ids]

    def own(self, kind: type[Kind], **where: Any) -> list[Written[Kind]]:
        """What the member wrote themselves, each once, in the order in which it was written.

        Without what they brought in from an export and somebody else had written.
        """
        found = self.once(kind, **where)
        return [each for each in found if each.author == self.name and not each.source_author]

    def entry(self, entry_id: str) -> Written[Any]:
        """One entry by its id. Raises KeyError for one that is not there, or no longer."""
        return written(self._versions(entry_id), self._names())

    def frame(self, kind: type[Entry]) -> DataFrame:
        """Entries of a kind as a DataFrame: one row an entry, typed columns, `id` … `revised_at` first.

        Raises ValueError for a kind of `UNSEEN`.
        """
        from workbook.book.frames import frame_of

        if kind in UNSEEN:
            raise ValueError(f"There is no frame of {kind.__name__}.")
        return frame_of(kind, self._current(kind), self._names())

    def history(self, entry_id: str) -> DataFrame:
        """The versions of one entry as a DataFrame, oldest first. Raises KeyError."""
        from workbook.book.frames import frame_of

        versions = self._versions(entry_id)
        return frame_of(type(versions[-1].line.entry), [[version] for version in versions], self._names())

    def versions(self, entry_id: str) -> list[Written[Any]]:
        """The versions of one entry, oldest first. Raises KeyError."""
        names = self._names()
        return [written([version], names) for version in self._versions(entry_id)]

    def settings(self) -> Settings:
        """How this member wants the book to behave."""
        own = self.own(Settings)
        return own[-1].entry if own else Settings()

    def drafts(self) -> dict[str, dict[str, Any]]:
        """What was being typed and is not saved yet: the fields of each form by the form's name."""
        return _read_drafts(self._unlocked.draft())

    def keep_draft(self, form: str, fields: dict[str, Any] | None) -> None:
        """Keep what is being typed into a form, encrypted; None lets it go. Durable on return."""

        def change(sealed: bytes | None) -> bytes | None:
            drafts = _read_drafts(sealed)
            drafts.pop(form, None)
            if fields:
                drafts[form] = fields
            return msgspec.json.encode(drafts) if drafts else None

        self._unlocked.update_draft(change)

    def copy_to(self, other: Book) -> None:
        """Write everything of this member's into `mine` of another book of theirs, ids and history kept.

        What it names of the partner's, such as a session, comes along as it stands now.
        """
        records: list[tuple[Room, str, bytes]] = [
            ("mine", each.record.id, encode(each.line)) for each in self.to_take_along()
        ]
        other._ledger.add(other._unlocked.append(records))
        for form, fields in self.drafts().items():
            other.keep_draft(form, fields)

    def extent(self) -> int:
        """How many records were read so far: more, once either member has written or erased anything."""
        with self._one_at_a_time:
            self._catch_up()
            return self._ledger.read

    def to_take_along(self) -> list[Version]:
        """All versions of this member's entries, and the last one of each of the partner's that they name.

        Nothing of ballots: they are about the two in this book.
        """
        with self._one_at_a_time:
            self._catch_up()
            seen = [each for each in self._ledger.every() if type(each.line.entry) not in UNSEEN]
        me = self._unlocked.member.id
        own = [each for each in seen if each.record.author == me]
        theirs = {each.record.id: each for each in seen if each.record.author != me}
        return own + named_by(own, theirs)

    def leave(self) -> None:
        """Leave the book for good; see `workbook.book.leaving`, which makes sure that nothing is lost."""
        with self._one_at_a_time:
            self._unlocked.leave()
            self.lock()

    def invite(self) -> str:
        """A one-use code by which the partner can join; it replaces one that was not used yet."""
        return self._unlocked.invite()

    def change_passphrase(self, old: str | None, new: str) -> str:
        """Set a new passphrase and return the new recovery code.

        `old` may be None only after `unlock_with_code`. Raises WrongPassphrase or Invalid.
        """
        if not new:
            raise Invalid("passphrase", "choose a passphrase")
        return self._unlocked.change_passphrase(old, new)

    def lock(self) -> None:
        """Drop the keys and everything that was read with them."""
        with self._one_at_a_time:
            self._ledger.clear()
            self._shelves.clear()
            self._unlocked.lock()

    def _shelf(self, kind: type[Kind]) -> Shelf[Kind]:
        """The entries of a kind, made anew once the ledger's list of them, or a name, is another one."""
        current, names = self._current(kind), self._names()
        shelf = self._shelves.get(kind)
        if shelf is None or shelf.current is not current or shelf.names != names:
            shelf = self._shelves[kind] = Shelf(current, names)
        return shelf

    def _current(self, kind: type[Entry]) -> list[tuple[Version, ...]]:
        with self._one_at_a_time:
            self._catch_up()
            return self._ledger.of(kind)

    def _versions(self, entry_id: str) -> tuple[Version, ...]:
        with self._one_at_a_time:
            self._catch_up()
            return self._ledger.versions(entry_id)

    def _catch_up(self) -> None:
        self._ledger.add(self._unlocked.read())

    def _finish_erasing(self) -> None:
        """Empty what a merge brought to entries that their author, this member, has erased."""
        me = self._unlocked.member.id
        own = [(each.room, each.writer, each.n) for each in self._ledger.left_over if each.author == me]
        try:
            self._unlocked.erase(own)
        except (ReadOnlyBook, BookBusy, DiskFull):
            return  # it shows nowhere, and is emptied another time
        self._catch_up()

    def _append(self, items: Sequence[Item]) -> None:
        clock, now = self._ledger.clock, time.time_ns() // 1000
        lines = [
            Line(clock + position, now, item.entry, item.shared_from, item.source)
            for position, item in enumerate(items, start=1)
        ]
        sealed = [(item.room, item.id, encode(line)) for item, line in zip(items, lines, strict=True)]
        self._ledger.add(self._unlocked.append(sealed))

    def _valid(self, items: Iterable[Item]) -> list[Item]:
        return [Item(checked(item.entry), self._open_room(item.room), item.id) for item in items]

    def _open_room(self, room: Room) -> Room:
        if room not in ("mine", "ours"):
            raise Invalid("room", 'a room is "mine" or "ours"')
        if room == "ours" and not self._unlocked.has_partner:
            left = self._unlocked.partner is not None
            rule = (
                "your partner has left, and nothing new goes to both of you"
                if left
                else "nothing can go to both of you until your partner has joined"
            )
            raise Invalid("room", rule)
        return room

    def _own(self, entry_id: str) -> Version:
        self._catch_up()
        latest = self._ledger.versions(entry_id)[-1]
        if latest.record.author != self._unlocked.member.id:
            raise Invalid("author", "only the person who wrote an entry can change, erase or share it")
        return latest

    def _names(self) -> dict[str, str]:
        members = [self._unlocked.member, self._unlocked.partner]
        return {member.id: member.name for member in members if member}


def _read_drafts(sealed: bytes | None) -> dict[str, dict[str, Any]]:
    return msgspec.json.decode(sealed, type=dict[str, dict[str, Any]]) if sealed else {}
