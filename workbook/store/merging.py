"""Two copies of one book that were written apart, put together without anybody's passphrase.

What is there already is never replaced: no member, no slot, no key. Records are united (see `union`); a
partner who joined on the other copy comes with all that is theirs; a member who has left stays away.
Where the keys of one copy cannot open what the other would bring, the merge is refused.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Sized
from contextlib import closing
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import Connection, Table, delete, insert, select

from workbook.store.backup import Progress, back_up, set_aside, unreported
from workbook.store.copies import check_same_book, opened
from workbook.store.engine import Database, open_file, server_url
from workbook.store.errors import CannotMerge, SameBook
from workbook.store.schema import draft, fetch, invite, member, meta, room_key, slot
from workbook.store.union import epochs_in_use, unite, writers_beyond

OF_MEMBERS = member, slot, room_key, draft

Lines = dict[tuple[Any, ...], tuple[Any, ...]]
"""Rows by their key in the table."""
Rows = dict[bytes, Lines]
"""The rows of a table that belong to a member, by member."""
Side = dict[str, Rows]
"""What one copy says about members, by table."""

TWO_PARTNERS = (
    "different people have joined the two copies, and a book has room for two. Export what is yours on one, "
    "and import it on the other."
)
OTHER_NAMES = "they name a member differently. Export what is yours on one, and import it on the other."
LEFT_THERE = (
    "someone has left the book on the other copy, and not on this one. Merge the other way round, into the "
    "copy that they have left."
)
WROTE_FOR_BOTH = (
    "someone has left this book, and since then something was written for both on the other copy. Export "
    "what is yours there, and import it here."
)
NO_KEY = (
    "a passphrase was changed on one of them, or its key renewed, and what was written there since doesn't "
    "open with the keys of the other. Merge the other way round, into the copy with the new passphrase. If "
    "that is refused too, export what is yours on one, and import it on the other."
)


class Merged(msgspec.Struct, frozen=True):
    """What a merge brought: records added, records emptied because the other copy has erased them.

    joined: whether a partner came with it. aside: the backup from before; None on a server.
    """

    added: int
    emptied: int
    joined: bool
    aside: Path | None = None


def merge(
    database: Database,
    other: str,
    progress: Progress = unreported,
    check: Callable[[Database], None] | None = None,
) -> Merged:
    """Add to a book, in one transaction, what another copy of it holds. The other is only read.

    check: raises where a book that it is shown does not fit together; it is shown one that was merged
    for a trial. Raises SameBook, AnotherBook, CannotMerge, NewerBook, UnreadableBook, DiskFull, BookBusy.
    """
    _check_not_itself(database, other)
    with opened(other, progress) as theirs:
        with database.reading() as here, theirs.reading() as there:
            check_same_book(here, there)
        if check is not None:
            _try(database, theirs, progress, check)
        aside = set_aside(database, "merge", progress)
        try:
            merged = _unite(database, theirs, progress)
        except BaseException:
            if aside is not None:
                aside.unlink()
            raise
    return msgspec.structs.replace(merged, aside=aside)


def _check_not_itself(database: Database, other: str) -> None:
    if "://" in other:
        is_same = server_url(other).render_as_string(hide_password=True) == database.where
    else:
        is_same = database.file is not None and Path(other).exists() and database.file.samefile(other)
    if is_same:
        raise SameBook


def _try(database: Database, theirs: Database, progress: Progress, check: Callable[[Database], None]) -> None:
    """Merge into a copy and look at it, so that a copy someone has tinkered with spoils nothing."""
    if not database.is_sqlite:
        return
    with tempfile.TemporaryDirectory(prefix="workbook-") as folder:
        back_up(database, Path(folder) / "trial.db", progress=progress)
        with closing(open_file(Path(folder) / "trial.db")) as trial:
            _unite(trial, theirs, progress)
            check(trial)


def _unite(database: Database, theirs: Database, progress: Progress) -> Merged:
    with theirs.reading() as there, database.writing() as here:
        ours, others = _side(here), _side(there)
        without = _left_out(here, there, ours, others)
        came = _unite_members(here, there, ours, others)
        _unite_settings(here, there)
        united = unite(here, there, without, progress)
        _check_readable(here)
    return Merged(*united, joined=bool(came))


def _left_out(here: Connection, there: Connection, ours: Side, others: Side) -> set[bytes]:
    """The rooms of a member who has left this copy and not the other one. Raises CannotMerge."""
    left_here = ours["member"].keys() - ours["slot"].keys()
    if ours["slot"].keys() & (others["member"].keys() - others["slot"].keys()):
        raise CannotMerge(LEFT_THERE)
    gone = left_here & others["slot"].keys()
    holders: dict[bytes, set[bytes]] = {}
    for holder, keys in others["room_key"].items():
        for room, *_ in keys:
            holders.setdefault(room, set()).add(holder)
    shared = [room for room, known in holders.items() if known & gone and known - gone]
    if any(writers_beyond(here, there, room) for room in shared):
        raise CannotMerge(WROTE_FOR_BOTH)
    return {room for room, known in holders.items() if known <= gone}


def _unite_members(here: Connection, there: Connection, ours: Side, others: Side) -> set[bytes]:
    """Bring a partner who joined on the other copy, and keys that only it has. Returns who came."""
    known, came = ours["member"], others["member"].keys() - ours["member"].keys()
    if len(known) + len(came) > 2:
        raise CannotMerge(TWO_PARTNERS)
    if any(known[id_] != others["member"][id_] for id_ in known.keys() & others["member"].keys()):
        raise CannotMerge(OTHER_NAMES)
    for id_ in known.keys() & ours["slot"].keys():
        if ours["slot"][id_] == others["slot"].get(id_):
            mine, theirs = (side["room_key"].get(id_, {}) for side in (ours, others))
            _unite_keys(here, there, mine, theirs, known, came)
            typed, typed_there = (side["draft"].get(id_, {}) for side in (ours, others))
            _take_later_draft(here, typed, typed_there)
    for id_ in came:
        for table in OF_MEMBERS:
            _put(here, table, others[table.name].get(id_, {}).values())
    if len(known) + len(came) > 1:
        here.execute(delete(invite))
    return came


def _unite_keys(
    here: Connection, there: Connection, mine: Lines, theirs: Lines, known: Sized, came: Sized
) -> None:
    """Add the keys that a member has on the other copy alone; the same root opens them.

    Two rooms for both can only stand against each other while nobody has joined at least one of them:
    its invitation was never used then, and gives way. known, came: the members here, and those who come.
    """
    only_here, only_there = mine.keys() - theirs.keys(), theirs.keys() - mine.keys()
    is_alone = len(known) + len(came) == 1
    if not only_there or (only_here and len(known) > 1):
        return
    if only_here and is_alone and _latest_invitation(here) >= _latest_invitation(there):
        return
    for room, epoch, _ in only_here:
        here.execute(delete(room_key).where(room_key.c.room == room, room_key.c.epoch == epoch))
    _put(here, room_key, [theirs[key] for key in only_there])
    if is_alone:
        here.execute(delete(invite))
        _put(here, invite, fetch(there, select(invite)))


def _latest_invitation(connection: Connection) -> tuple[int, bytes]:
    found = [(expires, id_) for id_, _, expires in fetch(connection, select(invite))]
    return max(found, default=(0, b""))


def _take_later_draft(here: Connection, mine: Lines, theirs: Lines) -> None:
    """Of what is being typed on both, the one that was changed more often is kept."""
    for key in mine.keys() & theirs.keys():
        if theirs[key][1:] > mine[key][1:]:
            here.execute(delete(draft).where(draft.c.member == key[0]))
            _put(here, draft, [theirs[key]])


def _unite_settings(here: Connection, there: Connection) -> None:
    """Settings outside the encryption stay as they are on this copy; one that it lacks is added."""
    known = {key for key, _ in fetch(here, select(meta))}
    _put(here, meta, [row for row in fetch(there, select(meta)) if row[0] not in known])


def _check_readable(here: Connection) -> None:
    """Everyone who can unlock the book must hold every key of the rooms that they hold any of."""
    side = _side(here)
    keys = {id_: side["room_key"].get(id_, {}).keys() for id_ in side["slot"]}
    held = {id_: {key[0] for key in own} for id_, own in keys.items()}
    for room, epochs in epochs_in_use(here).items():
        holders = [id_ for id_ in keys if room in held[id_]]
        lacking = any(not epochs <= {key[1] for key in keys[id_] if key[0] == room} for id_ in holders)
        if lacking or not holders:
            raise CannotMerge(NO_KEY)
    if len(keys) > 1 and not set.intersection(*held.values()):
        raise CannotMerge(NO_KEY)


def _side(connection: Connection) -> Side:
    return {table.name: _by_member(table, fetch(connection, select(table))) for table in OF_MEMBERS}


def _by_member(table: Table, rows: Iterable[tuple[Any, ...]]) -> Rows:
    names = table.c.keys()
    whose = names.index({"member": "id", "room_key": "holder"}.get(table.name, "member"))
    keys = [names.index(column.name) for column in table.primary_key]
    found: Rows = {}
    for row in rows:
        found.setdefault(row[whose], {})[tuple(row[at] for at in keys)] = row
    return found


def _put(connection: Connection, table: Table, rows: Any) -> None:
    named = [dict(zip(table.c.keys(), row, strict=True)) for row in rows]
    if named:
        connection.execute(insert(table), named)
