"""Whose book a command opens: the name and the passphrase, from options, a file or the terminal."""

from __future__ import annotations

from pathlib import Path

import pytest

from workbook.book import NoBook, WrongPassphrase, open_store
from workbook.store import Vault
from workbook.store.hardness import LOWEST
from workbook.unlocking import CannotAsk, unlocked

ADA = "six words that ada knows well"
BEN = "six words that ben knows well"


@pytest.fixture
def couple_book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The file of a book that Ada began and Ben joined."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    place = tmp_path / "book.db"
    vault = Vault.open(place, hardness=LOWEST)
    vault.create_member("Ada", ADA)
    vault.close()
    store = open_store(place)
    store.join("Ben", BEN, store.unlock("Ada", ADA).invite())
    store.close()
    return str(place)


def kept(folder: Path, text: bytes) -> Path:
    """A file with a passphrase."""
    file = folder / "passphrase"
    file.write_bytes(text)
    return file


@pytest.mark.parametrize("text", [BEN, f"{BEN}\n", f"{BEN}\r\nmore\r\n", f"\ufeff{BEN}\n"])
def test_the_first_line_of_a_file_is_the_passphrase(couple_book: str, tmp_path: Path, text: str) -> None:
    with unlocked(couple_book, "Ben", kept(tmp_path, text.encode())) as (_, book):
        assert book.name == "Ben"


def test_a_wrong_passphrase_or_name_opens_nothing(couple_book: str, tmp_path: Path) -> None:
    for name in ("Ada", "Nobody"):
        with pytest.raises(WrongPassphrase), unlocked(couple_book, name, kept(tmp_path, BEN.encode())):
            pass


def test_without_a_terminal_nothing_is_asked_and_the_option_is_named(
    couple_book: str, tmp_path: Path
) -> None:
    with pytest.raises(CannotAsk, match="--member 'Ada'"), unlocked(couple_book, None, None):
        pass
    with pytest.raises(CannotAsk, match="--passphrase-file"), unlocked(couple_book, "Ada", None):
        pass
    with pytest.raises(CannotAsk, match="UTF-8"), unlocked(couple_book, "Ada", kept(tmp_path, b"\xff\xfe")):
        pass


def test_where_nobody_has_begun_a_book_it_says_so_and_makes_none(tmp_path: Path) -> None:
    for member in (None, "Ada"):
        with pytest.raises(NoBook), unlocked(str(tmp_path / "none.db"), member, None):
            pass
    assert list(tmp_path.iterdir()) == []
