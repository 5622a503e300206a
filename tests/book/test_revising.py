"""Revising: the old versions stay, and their order never hangs on a clock on the wall."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from tests.book.conftest import ANA, DAY, SOME_ID, Couple
from workbook.book import Book, Store
from workbook.entries import Goal, GoalRating, Reflection

SetClock = Callable[[int], None]


@pytest.fixture
def set_clock(monkeypatch: pytest.MonkeyPatch) -> SetClock:
    """Sets the clock on the wall to 2 March of a year."""

    def set_(year: int) -> None:
        moment = time.mktime((year, 3, 2, 12, 0, 0, 0, 0, -1))
        monkeypatch.setattr(time, "time_ns", lambda: int(moment) * 1_000_000_000)

    return set_


def titles(book: Book, entry_id: str) -> list[str]:
    return [written.entry.title for written in book.versions(entry_id)]


def test_a_revision_takes_the_place_of_what_stood_there(store: Store, book: Book) -> None:
    entry_id = book.write(Goal(title="Walks", today="never"))
    book.revise(entry_id, title="Long walks")
    for each in (book, store.unlock(*ANA)):
        (written,) = each.entries(Goal)
        assert (written.id, written.entry) == (entry_id, Goal(title="Long walks", today="never"))


def test_every_version_stays_in_the_history(book: Book) -> None:
    entry_id = book.write(Goal(title="a"))
    for title in "bcd":
        book.revise(entry_id, title=title)
    assert titles(book, entry_id) == list("abcd")
    assert book.history(entry_id)["title"].tolist() == list("abcd")


def test_a_revised_entry_says_when_it_was_written_and_when_revised(book: Book, set_clock: SetClock) -> None:
    set_clock(2024)
    entry_id = book.write(Goal(title="a"))
    set_clock(2025)
    book.revise(entry_id, title="b")
    written = book.entry(entry_id)
    assert (written.written_at.year, written.revised_at and written.revised_at.year) == (2024, 2025)
    assert [version.written_at.year for version in book.versions(entry_id)] == [2024, 2025]


def test_a_revision_that_changes_nothing_is_no_version(book: Book) -> None:
    entry_id = book.write(Goal(title="a"))
    book.revise(entry_id, title="a")
    assert titles(book, entry_id) == ["a"]
    assert book.entry(entry_id).revised_at is None


def test_an_answer_can_be_taken_back(book: Book) -> None:
    entry_id = book.write(Reflection(session=SOME_ID, hope=7))
    book.revise(entry_id, hope=None)
    assert book.entry(entry_id).entry.hope is None


def test_several_revisions_are_written_together_or_not_at_all(book: Book) -> None:
    first, second = book.write_many([Goal(title="a"), Goal(title="b")])
    with pytest.raises(ValueError, match="title"):
        book.revise_many({first: {"title": "A"}, second: {"title": ""}})
    assert (titles(book, first), titles(book, second)) == (["a"], ["b"])
    book.revise_many({first: {"title": "A"}, second: {"title": "B"}})
    assert (titles(book, first), titles(book, second)) == (["a", "A"], ["b", "B"])


def test_a_revision_does_not_move_an_entry_in_the_order(book: Book) -> None:
    first, second = book.write_many([Goal(title="a"), Goal(title="b")])
    book.revise(first, title="c")
    assert [written.id for written in book.entries(Goal)] == [first, second]


def test_a_clock_that_goes_back_does_not_undo_a_revision(
    store: Store, book: Book, set_clock: SetClock
) -> None:
    other = store.unlock(*ANA)
    set_clock(2030)
    entry_id = book.write(Goal(title="in 2030"))
    set_clock(1999)
    other.revise(entry_id, title="in 1999, but later")
    for each in (book, other, store.unlock(*ANA)):
        assert each.entry(entry_id).entry.title == "in 1999, but later"
        assert titles(each, entry_id) == ["in 2030", "in 1999, but later"]


def test_a_clock_that_runs_ahead_does_not_win_for_ever(store: Store, book: Book, set_clock: SetClock) -> None:
    other = store.unlock(*ANA)
    entry_id = book.write(Goal(title="first"))
    set_clock(2199)
    other.revise(entry_id, title="in 2199")
    set_clock(2026)
    book.revise(entry_id, title="back in 2026")
    assert titles(store.unlock(*ANA), entry_id) == ["first", "in 2199", "back in 2026"]


def test_new_entries_stand_in_the_order_of_their_writing_whatever_the_clock_says(
    store: Store, book: Book, set_clock: SetClock
) -> None:
    other = store.unlock(*ANA)
    for year, each in ((2030, book), (1999, other), (2020, book), (1990, other)):
        set_clock(year)
        each.write(Goal(title=f"{year}"))
    for each in (book, other, store.unlock(*ANA)):
        assert [written.entry.title for written in each.entries(Goal)] == ["2030", "1999", "2020", "1990"]


def test_two_books_take_turns_without_losing_a_version(store: Store, book: Book) -> None:
    other = store.unlock(*ANA)
    entry_id = book.write(Goal(title="0"))
    for n in range(1, 9):
        (book if n % 2 else other).revise(entry_id, title=f"{n}")
    for each in (book, other, store.unlock(*ANA)):
        assert titles(each, entry_id) == [f"{n}" for n in range(9)]


def test_the_partner_sees_the_versions_of_what_both_can_read(couple: Couple) -> None:
    entry_id = couple.ana.write(Goal(title="a"), "ours")
    couple.ana.revise(entry_id, title="b")
    assert titles(couple.ben, entry_id) == ["a", "b"]
    assert couple.ben.entry(entry_id).room == "ours"


def test_an_entry_that_is_not_there_cannot_be_revised(book: Book) -> None:
    for attempt in (
        book.erase,
        book.share,
        book.history,
        book.versions,
        lambda id_: book.revise(id_, title="a"),
    ):
        with pytest.raises(KeyError):
            attempt(SOME_ID)


def test_a_rating_is_revised_like_anything_else(book: Book) -> None:
    entry_id = book.write(GoalRating(goal=SOME_ID, level=-2, on=DAY))
    book.revise(entry_id, level=2, seen="soup")
    assert book.entry(entry_id).entry == GoalRating(goal=SOME_ID, level=2, on=DAY, seen="soup")
