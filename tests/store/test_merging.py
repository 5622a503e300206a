"""Two copies written apart become one: every record of both, in either order, however often, and no key
is ever replaced."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Connection, Table, select

from tests.store.conftest import ANA, BEN, OpenVault, an_id, joined
from workbook.store import (
    AnotherBook,
    Cancelled,
    CannotMerge,
    DiskFull,
    NewerBook,
    NoBook,
    Room,
    SameBook,
    Tampered,
    UnreadableBook,
    Vault,
    WrongPassphrase,
)
from workbook.store.migrations import Migration
from workbook.store.schema import fetch, tables

NEW = "a quite different passphrase"


@pytest.fixture
def place(file: Path) -> str:
    """On SQLite alone."""
    return str(file)


@pytest.fixture
def apart(vault: Vault, tmp_path: Path, open_vault: OpenVault) -> Callable[[], Vault]:
    """Copies the book as it is now, to be written apart."""

    def copied() -> Vault:
        place = tmp_path / f"{len(list(tmp_path.glob('copy*.db')))}" / "copy.db"
        vault.backup(place)
        place = place.rename(tmp_path / f"copy{place.parent.name}.db")
        return open_vault(place)

    return copied


def write(vault: Vault, who: tuple[str, str] = ANA, room: Room = "mine", words: bytes = b"x") -> None:
    vault.unlock(*who).append([(room, an_id(), words)])


def said(vault: Vault, who: tuple[str, str] = ANA) -> list[str]:
    """What a member reads there, sorted."""
    return sorted(each.payload.decode() for each in vault.unlock(*who).read() if each.payload is not None)


def state(vault: Vault) -> dict[str, list[str]]:
    """Everything in the book's tables."""
    assert vault._database is not None
    with vault._database.reading() as connection:
        return {t.name: sorted(map(repr, fetch(connection, select(t)))) for t in tables.sorted_tables}


def change(vault: Vault, *statements: str) -> None:
    """Edit a copy with no key to it."""
    with closing(sqlite3.connect(vault.where, isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)


def test_what_two_copies_wrote_apart_is_in_both_in_either_order_and_once(
    vault: Vault, apart: Callable[[], Vault]
) -> None:
    joined(vault)
    other = apart()
    write(vault, ANA, "mine", b"here"), write(vault, BEN, "ours", b"both here")
    write(other, ANA, "mine", b"there"), write(other, BEN, "mine", b"ben there")
    write(other, ANA, "ours", b"both there")
    expected = ["both here", "both there", "here", "there"]
    again = apart()
    first = vault.merge(other.where)
    assert (first.added, first.emptied, first.joined) == (6, 0, False)  # with what begins each writer
    other.merge(again.where)
    assert said(vault) == said(other) == expected
    assert said(vault, BEN) == said(other, BEN) == ["ben there", "both here", "both there"]
    before = state(vault)
    assert (vault.merge(other.where).added, vault.merge(again.where).emptied) == (0, 0)
    assert state(vault)["record"] == state(other)["record"] == before["record"]
    assert state(vault)["head"] == state(other)["head"]


def test_erased_on_one_copy_is_erased_on_both(vault: Vault, apart: Callable[[], Vault]) -> None:
    ana = vault.unlock(*ANA)
    kept, gone = ana.append([("mine", an_id(), b"kept"), ("mine", an_id(), b"gone")])
    other, third = apart(), apart()
    other.unlock(*ANA).erase([("mine", gone.writer, gone.n)])
    third.merge(other.where)
    other.merge(vault.where)
    assert vault.merge(other.where).emptied == 1
    assert said(vault) == said(other) == said(third) == ["kept"]
    assert [r.payload for r in ana.read() if r.id == gone.id] == [None]  # a window that was open learns of it
    assert kept.payload == b"kept"


def test_a_partner_who_joined_on_the_other_copy_comes_along(vault: Vault, apart: Callable[[], Vault]) -> None:
    ana = vault.unlock(*ANA)
    ana.invite()
    other = apart()
    ben = joined(other).ben
    ben.append([("mine", an_id(), b"ben alone"), ("ours", an_id(), b"for both")])
    ana.append([("mine", an_id(), b"ana alone")])
    assert vault.merge(other.where).joined
    ana.read()
    assert ana.has_partner
    ana.append([("ours", an_id(), b"hello")])
    assert said(vault) == ["ana alone", "for both", "hello"]
    assert said(vault, BEN) == ["ben alone", "for both", "hello"]
    other.merge(vault.where)
    assert said(other) == said(vault)
    assert state(vault)["invite"] == []


def test_of_two_unused_invitations_one_is_left_the_same_in_either_order(
    vault: Vault, apart: Callable[[], Vault]
) -> None:
    other = apart()
    codes = vault.unlock(*ANA).invite(days=3), other.unlock(*ANA).invite(days=9)
    before = apart()
    vault.merge(other.where)
    other.merge(before.where)
    assert state(vault)["invite"] == state(other)["invite"] != []
    assert vault.unlock(*ANA).read() == other.unlock(*ANA).read() == []
    with pytest.raises(Exception, match="doesn't fit"):
        vault.join(*BEN, codes[0])
    vault.join(*BEN, codes[1])
    assert vault.unlock(*ANA).has_partner


def test_no_slot_is_ever_replaced_and_an_old_passphrase_never_comes_back(
    vault: Vault, apart: Callable[[], Vault]
) -> None:
    old = apart()
    write(old, words=b"under the old one")
    vault.unlock(*ANA).change_passphrase(ANA[1], NEW)
    write(vault, (ANA[0], NEW), words=b"under the new one")
    slots = state(vault)["slot"]
    vault.merge(old.where)
    assert state(vault)["slot"] == slots
    assert said(vault, (ANA[0], NEW)) == ["under the new one", "under the old one"]
    with pytest.raises(WrongPassphrase):
        vault.unlock(*ANA)
    before = state(old)
    with pytest.raises(CannotMerge, match="other way round"):
        old.merge(vault.where)
    assert state(old) == before


def test_who_left_stays_away_and_brings_back_nothing(vault: Vault, apart: Callable[[], Vault]) -> None:
    couple = joined(vault)
    couple.ben.append([("mine", an_id(), b"ben alone"), ("ours", an_id(), b"shared")])
    other = apart()
    write(other, ANA, "mine", b"ana elsewhere"), write(other, BEN, "mine", b"ben elsewhere")
    couple.ben.read(), couple.ben.leave()
    with pytest.raises(CannotMerge, match="other way round"):
        other.merge(vault.where)
    vault.merge(other.where)
    assert said(vault) == ["ana elsewhere", "shared"]
    assert [each.name for each in vault.members()] == ["Ana"]
    assert vault.unlock(*ANA).has_partner is False
    write(other, BEN, "ours", b"after leaving elsewhere")
    with pytest.raises(CannotMerge, match="has left this book"):
        vault.merge(other.where)


def test_copies_of_a_book_that_was_left_before_they_parted_merge_on(
    vault: Vault, apart: Callable[[], Vault]
) -> None:
    couple = joined(vault)
    couple.ben.append([("ours", an_id(), b"shared")])
    couple.ana.append([("ours", an_id(), b"hers")])
    couple.ben.read(), couple.ben.leave()
    other = apart()
    write(vault, words=b"here"), write(other, words=b"there")  # each makes a new key of `ours` of its own
    vault.merge(other.where), other.merge(vault.where)
    assert said(vault) == said(other) == ["here", "hers", "shared", "there"]


def test_a_different_partner_on_each_copy_is_refused(vault: Vault, apart: Callable[[], Vault]) -> None:
    other = apart()
    joined(vault), joined(other)
    before = state(vault)
    with pytest.raises(CannotMerge, match="room for two"):
        vault.merge(other.where)
    assert state(vault) == before


def test_two_records_in_one_place_are_never_chosen_between(vault: Vault, apart: Callable[[], Vault]) -> None:
    write(vault)
    other = apart()
    change(other, "UPDATE record SET sealed = zeroblob(length(sealed)) WHERE n = 1")
    before = state(vault)
    with pytest.raises(CannotMerge, match="differ"):
        vault.merge(other.where)
    assert state(vault) == before


@pytest.mark.parametrize("cut", ["DELETE FROM record WHERE n = 1", "DELETE FROM head", "DELETE FROM record"])
def test_a_copy_with_records_taken_out_is_refused(vault: Vault, apart: Callable[[], Vault], cut: str) -> None:
    other = apart()
    unlocked = other.unlock(*ANA)
    unlocked.append([("mine", an_id(), b"x") for _ in range(3)])
    change(other, cut)
    with pytest.raises(CannotMerge, match="incomplete"):
        vault.merge(other.where)


def test_a_copy_that_was_tinkered_with_spoils_nothing_of_whoever_is_there(
    vault: Vault, apart: Callable[[], Vault]
) -> None:
    ana = vault.unlock(*ANA)
    ana.append([("mine", an_id(), b"mine alone")])
    for edit in ("UPDATE record SET sealed = NULL", "UPDATE record SET sealed = randomblob(300) WHERE n = 2"):
        other = apart()
        write(other, words=b"more"), other.unlock(*ANA).append([("mine", an_id(), b"x")] * 2)
        change(other, edit)
        before = state(vault)
        with pytest.raises(Tampered):
            vault.merge(other.where, reader=ana)
        assert state(vault) == before
    good = apart()
    write(good, words=b"good")
    assert vault.merge(good.where, reader=ana).added == 2
    assert said(vault) == ["good", "mine alone"]


def test_another_couples_book_is_refused(vault: Vault, tmp_path: Path, open_vault: OpenVault) -> None:
    other = open_vault(tmp_path / "theirs.db")
    other.create_member(*ANA)
    with pytest.raises(AnotherBook):
        vault.merge(other.where)


def test_a_book_is_not_merged_with_itself(vault: Vault, file: Path, tmp_path: Path) -> None:
    link = tmp_path / "link.db"
    link.symlink_to(file)
    for itself in (file, link):
        with pytest.raises(SameBook):
            vault.merge(itself)


def test_bad_files_are_refused_in_words(vault: Vault, apart: Callable[[], Vault], tmp_path: Path) -> None:
    write(vault, words=b"x" * 9000)
    whole = Path(apart().where).read_bytes()
    for name, content in {"empty": b"", "half": whole[: len(whole) // 2], "words": b"dear " * 99}.items():
        (tmp_path / name).write_bytes(content)
    for name in ("empty", "half", "words", "missing", "."):
        with pytest.raises(UnreadableBook):
            vault.merge(tmp_path / name)
    assert (
        not (tmp_path / "book-backups").exists()
        or [path.name for path in (tmp_path / "book-backups").glob("before-*")] == []
    )


def test_a_newer_copy_is_refused_and_an_older_one_is_brought_up_to_date_on_the_side(
    vault: Vault, apart: Callable[[], Vault], monkeypatch: pytest.MonkeyPatch, open_vault: OpenVault
) -> None:
    def colour(connection: Connection) -> None:
        connection.exec_driver_sql("CREATE TABLE colour (name TEXT)")

    other = apart()
    write(other, words=b"old layout")
    with monkeypatch.context() as later:
        later.setattr("workbook.store.migrations.MIGRATIONS", [Migration(2, "0.3.0", colour)])
        newer = open_vault(vault.where)
        before = Path(other.where).read_bytes()
        newer.merge(other.where)
        assert Path(other.where).read_bytes() == before
        assert said(newer) == ["old layout"]
    with pytest.raises(NewerBook, match=r"0\.3\.0"):
        other.merge(vault.where)


def test_a_merge_that_is_called_off_changes_nothing_at_any_point(
    vault: Vault, apart: Callable[[], Vault], tmp_path: Path
) -> None:
    other = apart()
    other.unlock(*ANA).append([("mine", an_id(), b"x" * 700) for _ in range(50)])
    before, reports = state(vault), 0

    def count(_done: int, _total: int) -> None:
        nonlocal reports
        reports += 1
        if reports == stop:
            raise Cancelled

    for stop in range(1, 6):
        reports = 0
        if stop == 5:
            vault.merge(other.where, count)
            break
        try:
            vault.merge(other.where, count)
        except Cancelled:
            assert state(vault) == before
            assert list((tmp_path / "book-backups").glob("before-*")) == []
        else:
            break
    assert stop > 3
    assert len(said(vault)) == 50


def test_a_full_disk_half_way_leaves_the_book_as_it_was(vault: Vault, apart: Callable[[], Vault]) -> None:
    other = apart()
    other.unlock(*ANA).append([("mine", an_id(), b"x" * 5000) for _ in range(200)])
    before = state(vault)
    with vault._database.raw() as raw:  # type: ignore[union-attr]
        pages = raw.execute("PRAGMA page_count").fetchone()[0]
        raw.execute(f"PRAGMA max_page_count = {pages + 20}")
    with pytest.raises(DiskFull):
        vault.merge(other.where)
    assert state(vault) == before


def test_a_merge_that_is_killed_leaves_the_book_as_it_was_or_as_it_should_be(
    vault: Vault, apart: Callable[[], Vault], open_vault: OpenVault, tmp_path: Path
) -> None:
    write(vault, words=b"here")
    other = apart()
    other.unlock(*ANA).append([("mine", an_id(), b"there %d" % n) for n in range(5000)])
    program = """if True:
        import os, signal, sys
        from workbook.store import Hardness, Vault
        left = int(sys.argv[3])
        def stop(done, total):
            global left
            left -= 1
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)
        Vault.open(sys.argv[1], hardness=Hardness(memory=64, passes=1)).merge(sys.argv[2], stop)
    """
    for at in (1, 2, 3, 4, 5):
        place = tmp_path / f"killed{at}.db"
        shutil.copyfile(vault.where, place)
        command = [sys.executable, "-c", program, str(place), other.where, str(at)]
        subprocess.run(command, check=False, cwd=Path(__file__).parents[2], capture_output=True)
        killed = open_vault(place)
        assert len(said(killed)) in (1, 5001)
        killed.merge(other.where)
        assert len(said(killed)) == 5001


def test_a_backup_from_before_lies_beside_the_book(
    vault: Vault, apart: Callable[[], Vault], open_vault: OpenVault
) -> None:
    other = apart()
    write(vault, words=b"here"), write(other, words=b"there")
    aside = vault.merge(other.where).aside
    assert aside is not None
    assert said(open_vault(aside)) == ["here"]
    assert aside.name.startswith("before-merge-")


def test_a_window_that_is_open_writes_on_while_and_after_another_program_merges(
    vault: Vault, apart: Callable[[], Vault], open_vault: OpenVault
) -> None:
    ana = vault.unlock(*ANA)
    ana.append([("mine", an_id(), b"before")])
    other = apart()
    write(other, words=b"there")
    open_vault(vault.where).merge(other.where)
    ana.append([("mine", an_id(), b"after")])
    assert said(vault) == ["after", "before", "there"]


def test_a_place_without_a_book_has_nothing_to_merge_into(
    vault: Vault, tmp_path: Path, open_vault: OpenVault
) -> None:
    with pytest.raises(NoBook):
        open_vault(tmp_path / "none.db").merge(vault.where)


def test_a_file_and_a_server_merge_either_way(
    vault: Vault, schema: str, open_vault: OpenVault, tmp_path: Path
) -> None:
    """A book that lies on a server, and a copy of it in a file."""
    write(vault, words=b"first")
    on_server = open_vault(schema)
    on_server.create_member(*ANA)
    with on_server._database.writing() as connection:  # type: ignore[union-attr]
        for table in tables.sorted_tables:
            connection.execute(table.delete())
            rows = fetch_all(vault, table)
            if rows:
                connection.execute(table.insert(), rows)
    server = open_vault(schema)
    write(vault, words=b"in the file"), write(server, words=b"on the server")
    assert server.merge(vault.where).aside is None
    vault.merge(schema)
    assert said(server) == said(vault) == ["first", "in the file", "on the server"]
    with pytest.raises(SameBook):
        server.merge(schema)


def fetch_all(vault: Vault, table: Table) -> list[dict[str, object]]:
    with vault._database.reading() as connection:  # type: ignore[union-attr]
        rows = fetch(connection, select(table))
    return [dict(zip(table.c.keys(), row, strict=True)) for row in rows]
