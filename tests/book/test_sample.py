"""The made-up couple's book, as the demo opens it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from workbook.book import Book, diary, drive_home, open_store, sample
from workbook.entries import SCALES, Goal, GoalRating, Reflection, SatisfactionScore, Session


@pytest.fixture(scope="module")
def robin(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Book]:
    """Robin's part of the sample, written and unlocked at the cost that everyone pays."""
    place: Path = tmp_path_factory.mktemp("sample") / "book.db"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_STATE_HOME", str(place.parent / "state"))
        sample.write_sample(place)
        store = open_store(place)
        yield store.unlock("Robin", sample.PASSPHRASE)
        store.close()


@pytest.fixture(scope="module")
def kim(robin: Book) -> Book:
    """Kim's part, as the same file gives it."""
    store = open_store(robin._unlocked._database.where)
    return store.unlock("Kim", sample.PASSPHRASE)


def test_robin_has_sixteen_sessions_numbered_one_to_sixteen(robin: Book) -> None:
    assert [page.number for page in diary.pages(robin)] == list(range(16, 0, -1))


def test_kim_has_all_of_them_but_those_that_robin_went_to_alone(robin: Book, kim: Book) -> None:
    alone = {each.id for each in robin.entries(Session) if each.room == "mine"}
    seen = {each.id for each in kim.entries(Session)}
    assert alone
    assert seen == {each.id for each in robin.entries(Session)} - alone
    assert [page.number for page in diary.pages(kim)] == list(range(len(seen), 0, -1))


def test_both_wrote_down_sessions_and_goals(robin: Book) -> None:
    assert set(robin.frame(Session)["author"]) == set(robin.frame(Goal)["author"]) == {"Robin", "Kim"}


def test_what_each_made_of_it_is_their_own(robin: Book, kim: Book) -> None:
    for book in (robin, kim):
        for kind in (Reflection, GoalRating):
            assert set(book.frame(kind)["author"]) == {book.name}
    both = len(list(sample.rows("reflections")))
    assert len(robin.entries(Reflection)) + len(kim.entries(Reflection)) == both


def test_every_reflection_and_rating_names_what_it_is_about(robin: Book, kim: Book) -> None:
    for book in (robin, kim):
        sessions, goals = ({each.id for each in book.entries(kind)} for kind in (Session, Goal))
        assert {each.entry.session for each in book.entries(Reflection)} <= sessions
        assert {each.entry.goal for each in book.entries(GoalRating)} <= goals


def test_five_goals_are_there_between_the_two(robin: Book, kim: Book) -> None:
    titles = {each.entry.title for book in (robin, kim) for each in book.entries(Goal)}
    assert len(titles) == 5


def test_four_of_the_goals_are_common_and_two_talks_were_kept(robin: Book, kim: Book) -> None:
    assert (len(diary.goals(robin)), len(diary.goals(kim))) == (5, 4)
    for book in (robin, kim):
        assert sum(len(drive_home.kept(book, each.session.id)) for each in diary.pages(book)) == 2
        assert {each.author for each in book.entries(SatisfactionScore)} == {book.name}


def test_the_sample_has_gaps_like_a_real_book(robin: Book, kim: Book) -> None:
    for book in (robin, kim):
        assert book.frame(Reflection)[list(SCALES)].isna().any().any()


def test_each_knows_the_other(robin: Book, kim: Book) -> None:
    assert (robin.partner, kim.partner) == ("Kim", "Robin")
    assert sample.members() == ["Robin", "Kim"]
