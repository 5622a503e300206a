"""What one member kept private, the other cannot find: not in frames, not in drafts, not in the bytes."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.book.conftest import ANA, BEN, DAY, SOME_ID, Couple
from workbook.book import Book, WrongPassphrase
from workbook.entries import KINDS, Goal, GoalRating, Reflection, Session

MARKER = "xylophone"
SPELLINGS = [
    spelling for word in (MARKER, MARKER.upper()) for spelling in (word.encode(), word.encode("utf-16-le"))
]


@pytest.fixture
def private(couple: Couple) -> list[str]:
    """What Ana wrote for herself alone, in every way that there is; the ids."""
    ids = couple.ana.write_many(
        [
            Session(on=DAY, with_whom=MARKER, tags=(MARKER,)),
            Reflection(session=SOME_ID, closeness=1, hurt=MARKER),
            Goal(title=MARKER, levels=(MARKER,) * 5),
            GoalRating(goal=SOME_ID, level=-2, on=DAY, seen=MARKER),
        ]
    )
    couple.ana.revise(ids[2], title=f"{MARKER} again")
    couple.ana.erase(ids[3])
    couple.ana.keep_draft("journal/new", {"hurt": MARKER})
    return ids


def words_of(book: Book) -> str:
    frames = [book.frame(kind).to_csv() for kind in KINDS]
    entries = [repr(book.entries(kind)) for kind in KINDS]
    return " ".join([*frames, *entries, repr(book.drafts()), repr(book.settings()), repr(book.warnings)])


def files_below(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_author_finds_all_of_it(couple: Couple, private: list[str]) -> None:
    assert words_of(couple.ana).count(MARKER) > 10


def test_a_partner_cannot_read_what_the_other_kept_private(couple: Couple, private: list[str]) -> None:
    for book in (couple.ben, couple.store.unlock(*BEN)):
        assert MARKER not in words_of(book)
        assert all(book.entries(kind) == [] for kind in KINDS)


def test_a_partner_cannot_read_it_by_its_id(couple: Couple, private: list[str]) -> None:
    for entry_id in private:
        for read in (couple.ben.entry, couple.ben.history, couple.ben.versions):
            with pytest.raises(KeyError):
                read(entry_id)


def test_a_partner_cannot_change_erase_or_share_it_by_its_id(couple: Couple, private: list[str]) -> None:
    with pytest.raises(KeyError):
        couple.ben.revise(private[2], title="mine now")
    for attempt in (couple.ben.erase, couple.ben.share):
        with pytest.raises(KeyError):
            attempt(private[2])
    assert couple.ana.entry(private[2]).entry.title == f"{MARKER} again"


def test_no_file_of_the_book_holds_a_private_word(couple: Couple, private: list[str], tmp_path: Path) -> None:
    couple.store.backup(tmp_path / "copy.db")
    files = files_below(tmp_path)
    assert {path.name for path in files} >= {"book.db", "copy.db"}
    for path, content in files.items():
        assert not any(spelling in content for spelling in SPELLINGS), path


def test_no_file_of_the_book_holds_the_names_of_kinds_or_fields(
    couple: Couple, private: list[str], tmp_path: Path
) -> None:
    for path, content in files_below(tmp_path).items():
        assert not any(word in content for word in (b"Reflection", b"GoalRating", b"closeness", b"hurt")), (
            path
        )


def test_no_file_of_the_book_holds_a_passphrase_or_a_code(couple: Couple, tmp_path: Path) -> None:
    code = couple.ana.change_passphrase(ANA[1], "seven words that ana just made up")
    plain = [ANA[1], BEN[1], "seven words that ana just made up", code, code.replace("-", "")]
    for path, content in files_below(tmp_path).items():
        assert not any(word.encode() in content for word in plain), path


def test_the_partner_s_passphrase_does_not_open_it(couple: Couple, private: list[str]) -> None:
    with pytest.raises(WrongPassphrase):
        couple.store.unlock(ANA[0], BEN[1])


def test_sharing_one_entry_shows_nothing_else(couple: Couple, private: list[str]) -> None:
    couple.ana.share(couple.ana.write(Goal(title="Walks")))
    assert [written.entry.title for written in couple.ben.entries(Goal)] == ["Walks"]
    assert MARKER not in words_of(couple.ben)
