"""Erasing all of a kind, and everything: with what belongs to it, and nothing else."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from tests.book.conftest import ANA, DAY, Couple
from workbook.book import Book, Store, WrongPassphrase, ballots, erasing, keeping, trials
from workbook.book.opening import open_store
from workbook.entries import KINDS, Goal, GoalRating, Helps, Reflection, Session, Settings, Trial, TrialAnswer
from workbook.steps.page import page_named
from workbook.store import CannotRemove


def test_a_kind_goes_with_what_belongs_to_it_and_nothing_else(couple: Couple) -> None:
    ana, ben = couple.ana, couple.ben
    goal, other = ana.write(Goal(title="hers")), ben.write(Goal(title="his"), "ours")
    shared = ana.share(goal)
    for named in (goal, shared, other):
        ana.write(GoalRating(goal=named, level=1, on=DAY))
    ana.write(Helps(does="tea"))
    assert erasing.counts(ana) == {Goal: 2, GoalRating: 3, Helps: 1}
    assert erasing.counted(erasing.with_kind(ana, Goal)) == {Goal: 2, GoalRating: 2}
    assert erasing.erase_kind(ana, Goal) == 4
    assert [each.entry.title for each in ana.entries(Goal)] == ["his"]
    assert [each.entry.goal for each in ana.entries(GoalRating)] == [other]
    assert erasing.counts(ana) == {GoalRating: 1, Helps: 1}
    assert ana.history(other).shape[0] == 1


def test_an_answer_goes_with_what_was_sealed_and_published_of_it(couple: Couple) -> None:
    trial = couple.ben.write(Trial(with_whom="a practice"), "ours")
    ballot = trials.ballot(couple.ana.entry(trial))
    for book in (couple.ana, couple.ben):
        ballots.seal(book, ballot, TrialAnswer(trial=trial, again="yes"))
    ballots.settle(couple.ana)
    assert ballots.standing(couple.ana, ballot).state == "matched"
    erasing.erase_kind(couple.ana, TrialAnswer)
    assert ballots.standing(couple.ana, ballot).state == "unanswered"
    assert ballots.standing(couple.ben, ballot).state == "waiting"


def test_every_kind_but_settings_has_words_to_be_erased_by() -> None:
    from workbook.content import prose

    words = prose(page_named("our_data").name)["erase"]["kinds"]
    assert {kind.__name__ for kind in KINDS} - set(words) <= {Settings.__name__, "Skip", "Later"}


def test_everything_that_the_program_keeps_of_a_book_goes(
    store: Store, book: Book, place: Path, tmp_path: Path
) -> None:
    session = book.write(Session(on=DAY))
    book.write(Reflection(session=session, takeaway="x"))
    store.backup(tmp_path / "own copy.db")
    seen = open_store(place)
    keeping.restore(str(place), tmp_path / "own copy.db")
    store.reopen()
    again = store.unlock(*ANA)
    (tmp_path / "book-backups" / "note.txt").write_text("somebody else's")
    seen.close()
    keeping.erase_everything(str(place), again.id)
    left = sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file())
    assert left == ["book-backups/note.txt", "own copy.db"]
    store.reopen()
    assert store.members() == []


def test_a_book_of_which_a_file_stays_is_not_said_to_be_unchanged(
    store: Store, book: Book, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    store.close()
    monkeypatch.setattr(Path, "unlink", refuse)
    with pytest.raises(CannotRemove) as said:
        keeping.erase_everything(str(place), book.id)
    assert "Nothing was changed" not in str(said.value)
    assert "Permission denied" in str(said.value)
    with pytest.raises(WrongPassphrase):
        open_store(place).unlock(*ANA)


@pytest.mark.parametrize("what", ["words.txt", "none.db"])
def test_what_is_no_book_is_not_erased(tmp_path: Path, what: str) -> None:
    (tmp_path / "words.txt").write_text("dear " * 99)
    with pytest.raises(Exception, match=r"."):
        keeping.erase_everything(str(tmp_path / what), "0" * 32)
    assert (tmp_path / "words.txt").exists()
