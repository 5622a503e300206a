"""Leaving: a book of one's own first, then what only one could read goes, and what was shared stays."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from tests.book.conftest import ANA, BEN, DAY, ONE_OF_EACH, Couple
from workbook.book import Book, Store, WrongCode, WrongPassphrase, leaving, open_store
from workbook.book.leaving import NotTaken, OwnBook, chosen_place, free_place, write_own_book
from workbook.book.ledger import Line, encode
from workbook.entries import KINDS, Goal, GoalRating, Invalid, Reflection, Session
from workbook.store import AlreadyTwo, Locked, NoPartner, Tampered, YouLeft
from workbook.store.keys import new_id
from workbook.store.records import ENTRY, Addition

ROOT = Path(__file__).parents[2]
ROUNDS = 3
PRIVATE = "what ana told nobody"
OpenSoft = Callable[[str | Path], Store]


@pytest.fixture
def own_place(place: Path) -> Path:
    """Where Ana's own book goes."""
    return place.with_name("hers.db")


def taken(couple: Couple, own_place: Path) -> OwnBook:
    return write_own_book(couple.ana, couple.store, own_place, ANA[1])


def ana_leaves(couple: Couple, own_place: Path) -> Book:
    """Ana leaves; her own book, unlocked."""
    leaving.leave(couple.ana, taken(couple, own_place))
    return open_store(own_place).unlock(*ANA)


def test_everything_of_one_s_own_is_in_the_own_book_under_its_id(couple: Couple, own_place: Path) -> None:
    couple.ana.write_many(ONE_OF_EACH.values())
    shared = couple.ana.share(couple.ana.own(Goal)[0].id)
    couple.ana.revise(shared, title="as both see it")
    couple.ana.keep_draft("journal/new", {"takeaway": "half a"})
    before = {kind: [(each.id, each.entry) for each in couple.ana.entries(kind)] for kind in KINDS}
    history = [version.entry.title for version in couple.ana.versions(shared)]
    own = ana_leaves(couple, own_place)
    assert {kind: [(each.id, each.entry) for each in own.entries(kind)] for kind in KINDS} == before
    assert [version.entry.title for version in own.versions(shared)] == history
    assert {each.room for kind in KINDS for each in own.entries(kind)} == {"mine"}
    assert own.drafts() == {"journal/new": {"takeaway": "half a"}}
    assert (own.name, own.partner, own.has_ours) == ("Ana", None, False)


def test_a_session_that_the_partner_wrote_comes_along_where_a_reflection_is_about_it(
    couple: Couple, own_place: Path
) -> None:
    session = couple.ben.write(Session(on=DAY, place="Mill Street"), "ours")
    couple.ben.write(Session(on=date(2026, 4, 1)), "ours")
    couple.ben.write(Goal(title="Ben's own"), "ours")
    couple.ana.write(Reflection(session=session, closeness=6))
    own = ana_leaves(couple, own_place)
    assert [each.entry.place for each in own.entries(Session)] == ["Mill Street"]
    assert own.entries(Reflection)[0].entry.session == session
    assert own.entries(Goal) == []


def test_nothing_of_whoever_left_but_what_they_shared_is_in_the_book(
    couple: Couple, place: Path, own_place: Path
) -> None:
    couple.ana.write(Goal(title=PRIVATE))
    couple.ana.write(Goal(title="walks for both"), "ours")
    left_before = {name: rows(place, name) for name in ("member", "slot", "room_key", "draft", "record")}
    ana_leaves(couple, own_place)
    found = {name: rows(place, name) for name in left_before}
    assert [len(found[name]) for name in ("member", "slot", "draft")] == [2, 2, 1]
    assert len(found["record"]) < len(left_before["record"])
    assert found["slot"] == [row for row in left_before["slot"] if row in found["slot"]]
    assert couple.store.members() == ["Ben"]
    for way in (lambda: couple.store.unlock(*ANA), lambda: couple.store.unlock_with_code("Ana", "0" * 32)):
        with pytest.raises((WrongPassphrase, WrongCode)):
            way()


def rows(book: Path, table: str) -> list[tuple[object, ...]]:
    with sqlite3.connect(book) as connection:
        found = connection.execute(f"SELECT * FROM {table}").fetchall()
    connection.close()
    return sorted(found, key=repr)


def test_whoever_stays_reads_what_was_shared_and_is_told_once(couple: Couple, own_place: Path) -> None:
    goal = couple.ana.write(Goal(title="walks"), "ours")
    couple.ben.write(GoalRating(goal=goal, level=1, on=DAY))
    couple.ben.lock()
    ana_leaves(couple, own_place)
    ben = couple.store.unlock(*BEN)
    assert [(each.author, each.entry.title) for each in ben.entries(Goal)] == [("Ana", "walks")]
    assert (ben.partner, ben.has_ours, ben.left_by) == (None, False, "Ana")
    assert [warning for warning in ben.warnings if "Ana has left this book" in warning] != []
    again = couple.store.unlock(*BEN)
    assert (again.warnings, again.left_by) == ([], "Ana")


def test_a_window_that_was_open_learns_of_it_too(couple: Couple, own_place: Path) -> None:
    assert couple.ben.partner == "Ana"
    ana_leaves(couple, own_place)
    assert (couple.ben.partner, couple.ben.left_by) == (None, "Ana")
    couple.ben.write(Goal(title="goes on"))
    with pytest.raises(Invalid, match="has left"):
        couple.ben.write(Goal(title="for nobody"), "ours")


def test_whoever_stays_still_revises_and_erases_what_is_theirs(couple: Couple, own_place: Path) -> None:
    kept, gone = (couple.ben.write(Session(on=DAY, place=where), "ours") for where in ("a", "b"))
    hers = couple.ana.write(Goal(title="hers"), "ours")
    ana_leaves(couple, own_place)
    couple.ben.revise(kept, place="c")
    couple.ben.erase(gone)
    with pytest.raises(Invalid, match="author"):
        couple.ben.erase(hers)
    found = couple.store.unlock(*BEN)
    assert [each.entry.place for each in found.entries(Session)] == ["c"]
    assert [each.entry.title for each in found.entries(Goal)] == ["hers"]


def test_nobody_else_is_let_into_the_room_of_two_who_parted(couple: Couple, own_place: Path) -> None:
    ana_leaves(couple, own_place)
    with pytest.raises(AlreadyTwo):
        couple.ben.invite()
    assert not couple.store.has_room()


def test_the_last_one_left_cannot_leave(couple: Couple, own_place: Path) -> None:
    ana_leaves(couple, own_place)
    mine = write_own_book(couple.ben, couple.store, own_place.with_name("his.db"), BEN[1])
    with pytest.raises(NoPartner):
        leaving.leave(couple.ben, mine)
    assert couple.store.unlock(*BEN).name == "Ben"


def test_one_alone_cannot_leave(store: Store, book: Book, own_place: Path) -> None:
    book.write(Goal(title="stays"))
    with pytest.raises(NoPartner):
        leaving.leave(book, write_own_book(book, store, own_place, ANA[1]))
    assert len(store.unlock(*ANA).entries(Goal)) == 1


def test_leaving_twice_does_nothing_more(couple: Couple, own_place: Path, open_soft: OpenSoft) -> None:
    other = couple.store.unlock(*ANA)
    own = taken(couple, own_place)
    leaving.leave(couple.ana, own)
    with pytest.raises(Locked):
        leaving.leave(couple.ana, own)
    for attempt in (
        lambda: leaving.leave(other, own),
        lambda: other.write(Goal(title="late")),
        lambda: other.keep_draft("a", {"b": "c"}),
        lambda: other.change_passphrase(ANA[1], "a new one"),
        lambda: other.entries(Goal),
    ):
        with pytest.raises(YouLeft):
            attempt()
    assert couple.store.unlock(*BEN).left_by == "Ana"


def test_whoever_joined_and_left_before_they_were_seen_has_left(
    store: Store, book: Book, own_place: Path
) -> None:
    code = book.invite()
    book.lock()
    store.join(*BEN, code)
    ben = store.unlock(*BEN)
    ben.write(Goal(title="briefly"), "ours")
    leaving.leave(ben, write_own_book(ben, store, own_place, BEN[1]))
    ana = store.unlock(*ANA)
    assert (ana.left_by, ana.partner, ana.has_ours) == ("Ben", None, False)
    assert [each.entry.title for each in ana.entries(Goal)] == ["briefly"]


def test_a_wrong_passphrase_writes_nothing_and_erases_nothing(couple: Couple, own_place: Path) -> None:
    with pytest.raises(WrongPassphrase):
        write_own_book(couple.ana, couple.store, own_place, BEN[1])
    assert not own_place.exists()
    assert couple.store.unlock(*ANA).partner == "Ben"


def test_what_was_written_since_keeps_one_in(couple: Couple, own_place: Path) -> None:
    own = taken(couple, own_place)
    window = couple.store.unlock(*ANA)
    window.keep_draft("journal/new", {"takeaway": "half a"})
    with pytest.raises(NotTaken, match="was written since"):
        leaving.leave(couple.ana, own)
    window.keep_draft("journal/new", None)
    window.write(Goal(title="in another window"))
    with pytest.raises(NotTaken, match="was written since"):
        leaving.leave(couple.ana, own)
    assert len(couple.store.unlock(*ANA).entries(Goal)) == 1


def test_an_own_book_that_is_gone_keeps_one_in(couple: Couple, own_place: Path) -> None:
    own = taken(couple, own_place)
    own_place.unlink()
    with pytest.raises(NotTaken, match="no longer at"):
        leaving.leave(couple.ana, own)
    assert couple.store.unlock(*ANA).partner == "Ben"


def test_the_own_book_opens_with_its_recovery_code(couple: Couple, own_place: Path) -> None:
    couple.ana.write(Goal(title="hers"))
    own = taken(couple, own_place)
    assert own.entries == 1
    assert len(open_store(own_place).unlock_with_code("Ana", own.recovery_code).entries(Goal)) == 1


def test_a_place_is_chosen_and_nothing_is_overwritten(couple: Couple, place: Path) -> None:
    assert free_place(couple.store) == place.with_name("book-2.db")
    place.with_name("book-2.db").write_text("mine")
    assert free_place(couple.store) == place.with_name("book-3.db")
    assert chosen_place(couple.store, " hers.db ") == place.with_name("hers.db")
    place.with_name("link.db").symlink_to(place.with_name("nowhere"))
    for typed in ("", "book.db", "book-2.db", "link.db", str(place), "no/such/folder.db", "a\0b"):
        with pytest.raises(Invalid, match="file"):
            chosen_place(couple.store, typed)
    assert place.with_name("book-2.db").read_text() == "mine"


def test_nothing_written_after_leaving_opens_with_the_keys_from_before(
    couple: Couple, place: Path, own_place: Path, open_soft: OpenSoft
) -> None:
    session = couple.ben.write(Session(on=DAY), "ours")
    old = place.with_name("old.db")
    couple.store.backup(old)
    assert couple.ana.partner == "Ben"
    keys = couple.ana._unlocked._rooms.ring.ours.epochs  # type: ignore[union-attr]
    before = set(rows(place, "record"))
    ana_leaves(couple, own_place)
    farewell = set(rows(place, "record")) - before
    assert {row[4] for row in farewell} <= set(keys)
    couple.store.unlock(*BEN).revise(session, place="a secret place")
    after = set(rows(place, "record")) - before - farewell
    assert after != set()
    assert {row[4] for row in after} & set(keys) == set()
    assert open_soft(old).unlock(*ANA).entries(Session)[0].entry.place == ""


@pytest.mark.parametrize("goes_on", [True, False])
def test_ways_in_put_back_from_an_old_copy_open_nothing(
    couple: Couple, place: Path, own_place: Path, open_soft: OpenSoft, goes_on: bool
) -> None:
    session = couple.ben.write(Session(on=DAY), "ours")
    old = place.with_name("old.db")
    couple.store.backup(old)
    ana_leaves(couple, own_place)
    ben = couple.store.unlock(*BEN)
    if goes_on:
        ben.revise(session, place="a secret place")
    ben.lock()
    couple.store.close()
    with sqlite3.connect(place) as connection:
        connection.execute("ATTACH ? AS old", [str(old)])
        for table in ("slot", "room_key", "draft", "head", "record"):
            connection.execute(f"INSERT OR IGNORE INTO {table} SELECT * FROM old.{table}")
    connection.close()
    for who in (ANA, BEN):
        with pytest.raises((Tampered, YouLeft)):
            open_soft(place).unlock(*who)


def test_neither_can_say_for_the_other_that_they_left(
    couple: Couple, place: Path, open_soft: OpenSoft
) -> None:
    couple.ana.write(Goal(title="stays"))
    couple.ana.lock()
    couple.ben.lock()
    couple.store.close()
    ana = rows(place, "member")
    with sqlite3.connect(place) as connection:
        id_ = connection.execute("SELECT id FROM member WHERE name = 'Ana'").fetchone()
        connection.execute("DELETE FROM slot WHERE member = ?", id_)
    connection.close()
    assert rows(place, "member") == ana
    with pytest.raises(Tampered, match="way in"):
        open_soft(place).unlock(*BEN)


def test_someone_killed_while_leaving_is_in_one_book_or_in_the_other(tmp_path: Path) -> None:
    command = [sys.executable, str(Path(__file__).with_name("leave_rounds.py")), str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, env={"PYTHONPATH": str(ROOT)}, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    still_in, written, gone = map(int, done.stdout.split())
    assert still_in + written > ROUNDS
    assert gone > 0


def test_an_entry_that_is_slipped_in_after_leaving_is_noticed(couple: Couple, own_place: Path) -> None:
    """Whoever has an old copy of their keys could still sign for the room of both."""
    assert couple.ana.partner == "Ben"
    rooms, late = couple.ana._unlocked._rooms, Line(9, 9, Goal(title="late"))
    ana_leaves(couple, own_place)
    couple.ben.lock()
    assert rooms is not None
    with rooms._database.writing() as connection:
        rooms._writers.clear()
        rooms._add(connection, "ours", [Addition(ENTRY, new_id(), encode(late))])
    with pytest.raises(Tampered):
        couple.store.unlock(*BEN)
