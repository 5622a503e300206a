"""What may lie where the book should be, and what may happen to the disk: never a crash, never a loss."""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from tests.store.conftest import ANA, SOFT, OpenVault, an_id
from workbook.store import DiskFull, ReadOnlyBook, StoreError, UnreadableBook, Vault

NOBODY = 65534


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A closed book in which Ana wrote thirty entries."""
    vault = Vault.open(tmp_path / "book.db", hardness=SOFT)
    vault.create_member(*ANA)
    vault.unlock(*ANA).append([("mine", an_id(), b"x" * 700) for _ in range(30)])
    vault.close()
    return tmp_path / "book.db"


@contextmanager
def ordinary_user() -> Iterator[None]:
    """Whoever is not the superuser, for whom alone permissions count."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.fixture
def forbidden(book: Path) -> Iterator[Path]:
    """The book in a folder that an ordinary user can look into and not write to."""
    folder = Path(tempfile.mkdtemp(prefix="read-only-"))
    shutil.copy(book, folder / "book.db")
    (folder / "book.db").chmod(0o444)
    folder.chmod(0o555)
    yield folder / "book.db"
    folder.chmod(0o755)
    shutil.rmtree(folder)


def assert_unreadable(path: Path, why: str) -> None:
    """Refused with the reason, and left as it was."""
    before = path.read_bytes() if path.is_file() else None
    with pytest.raises(UnreadableBook, match=why) as refused:
        Vault.open(path, hardness=SOFT)
    assert str(path) in str(refused.value)
    assert before is None or path.read_bytes() == before


def test_an_empty_file_is_no_book(tmp_path: Path) -> None:
    (tmp_path / "book.db").touch()
    assert_unreadable(tmp_path / "book.db", "empty")


def test_a_folder_is_no_book(tmp_path: Path) -> None:
    assert_unreadable(tmp_path, "folder")


def test_a_link_that_leads_to_a_folder_or_nowhere_is_no_book(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path)
    assert_unreadable(tmp_path / "link", "folder")
    (tmp_path / "broken").symlink_to(tmp_path / "nothing")
    assert_unreadable(tmp_path / "broken", "No such file")


@pytest.mark.parametrize(
    "content", [b"x", b"dear diary", bytes(5000), b"SQLite format 3\0", os.urandom(9000)]
)
def test_any_other_file_is_no_book(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "book.db").write_bytes(content)
    assert_unreadable(tmp_path / "book.db", "not a book|damaged")


def test_the_database_of_another_program_is_no_book(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "book.db")) as other:
        other.execute("CREATE TABLE meta (key, value)")
        other.commit()
    assert_unreadable(tmp_path / "book.db", "another program")


def test_our_mark_without_our_tables_is_no_book(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "book.db")) as other:
        other.execute("PRAGMA application_id = 0x43504C57")
        other.execute("CREATE TABLE other (x)")
        other.commit()
    assert_unreadable(tmp_path / "book.db", "incomplete|not say")


@pytest.mark.parametrize("kept", [0.02, 0.3, 0.5, 0.9, 0.99])
def test_a_file_that_was_cut_is_refused_and_never_half_read(book: Path, kept: float) -> None:
    whole = book.read_bytes()
    book.write_bytes(whole[: int(len(whole) * kept)])
    with pytest.raises(UnreadableBook):
        Vault.open(book, hardness=SOFT).unlock(*ANA)


def test_damage_anywhere_in_the_file_gives_the_right_values_or_an_error(book: Path) -> None:
    whole = book.read_bytes()
    right = sorted(read(book), key=repr)
    refused = 0
    for at in range(0, len(whole), 509):
        book.write_bytes(whole[:at] + bytes([whole[at] ^ 0x55]) + whole[at + 1 :])
        try:
            assert sorted(read(book), key=repr) == right
        except StoreError:
            refused += 1
    assert refused > 20


def read(book: Path) -> list[bytes | None]:
    vault = Vault.open(book, hardness=SOFT)
    try:
        return [record.payload for record in vault.unlock(*ANA).read()]
    finally:
        vault.close()


def test_a_book_that_may_not_be_read_says_so(forbidden: Path) -> None:
    forbidden.chmod(0o000)
    with ordinary_user(), pytest.raises(UnreadableBook, match="isn't allowed"):
        Vault.open(forbidden, hardness=SOFT)


def test_a_read_only_book_is_read_and_not_written(forbidden: Path) -> None:
    before = forbidden.read_bytes()
    with ordinary_user():
        vault = Vault.open(forbidden, hardness=SOFT)
        ana = vault.unlock(*ANA)
        assert len(ana.read()) == 30
        assert ana.draft() is None
        for write in (
            lambda: ana.append([("mine", an_id(), b"x")]),
            lambda: ana.update_draft(lambda before: b"x"),
            lambda: vault.set_setting("leave_to", "x"),
            ana.invite,
        ):
            with pytest.raises(ReadOnlyBook):
                write()
        assert len(ana.read()) == 0
        vault.close()
    assert forbidden.read_bytes() == before
    assert [path.name for path in forbidden.parent.iterdir()] == ["book.db"]


def test_a_book_cannot_be_begun_where_nothing_may_be_written(forbidden: Path) -> None:
    with ordinary_user():
        vault = Vault.open(forbidden.parent / "new.db", hardness=SOFT)
        with pytest.raises(ReadOnlyBook):
            vault.create_member(*ANA)
        assert vault.members() == []
    assert [path.name for path in forbidden.parent.iterdir()] == ["book.db"]


def test_a_book_cannot_be_begun_inside_a_file(tmp_path: Path, open_vault: OpenVault) -> None:
    (tmp_path / "notes").write_text("dear diary")
    for place in (tmp_path / "notes" / "book.db", tmp_path / "notes" / "books" / "book.db"):
        with pytest.raises(UnreadableBook, match="Not a directory"):
            open_vault(place).create_member(*ANA)
    assert (tmp_path / "notes").read_text() == "dear diary"


@pytest.mark.parametrize(("number", "error"), [(errno.EROFS, ReadOnlyBook), (errno.ENOSPC, DiskFull)])
def test_what_keeps_a_book_from_being_begun_is_said_in_the_store_s_words(
    tmp_path: Path,
    open_vault: OpenVault,
    monkeypatch: pytest.MonkeyPatch,
    number: int,
    error: type[StoreError],
) -> None:
    def refuse(*_: object) -> int:
        raise OSError(number, os.strerror(number))

    vault = open_vault(tmp_path / "book.db")
    monkeypatch.setattr("workbook.store.placing.os.open", refuse)
    with pytest.raises(error):
        vault.create_member(*ANA)
    monkeypatch.undo()
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_keeps_what_was_saved_and_says_what_was_not(
    tmp_path: Path, open_vault: OpenVault
) -> None:
    vault = open_vault(tmp_path / "book.db")
    vault.create_member(*ANA)
    ana = vault.unlock(*ANA)
    saved = ana.append([("mine", an_id(), b"x")])
    with vault._database.raw() as raw:  # type: ignore[union-attr]
        raw.execute("PRAGMA max_page_count = 1")  # SQLite takes this as: not one page more
    with pytest.raises(DiskFull):
        ana.append([("mine", an_id(), b"x" * 100_000)])
    with vault._database.raw() as raw:  # type: ignore[union-attr]
        raw.execute("PRAGMA max_page_count = 1000000")
    saved += ana.append([("mine", an_id(), b"there is room again")])
    assert sorted(open_vault(tmp_path / "book.db").unlock(*ANA).read(), key=repr) == sorted(saved, key=repr)


@pytest.mark.parametrize(
    "address", ["mysql://localhost/book", "https://example.org/book.db", "postgresql://[", "://"]
)
def test_an_address_of_another_kind_is_no_book(address: str) -> None:
    with pytest.raises(UnreadableBook):
        Vault.open(address, hardness=SOFT)


def test_a_server_that_does_not_answer_says_so_without_the_password(tmp_path: Path) -> None:
    address = f"postgresql://someone:hunter2@/book?host={tmp_path}"
    with pytest.raises(UnreadableBook, match="server doesn't answer") as refused:
        Vault.open(address, hardness=SOFT)
    assert "hunter2" not in str(refused.value)


def test_a_schema_of_another_program_is_no_book(schema: str, server: str) -> None:
    import psycopg

    with psycopg.connect(schema.replace("+psycopg", ""), autocommit=True) as connection:
        connection.execute("CREATE TABLE meta (key TEXT, value TEXT)")
    with pytest.raises(UnreadableBook):
        Vault.open(schema, hardness=SOFT)
