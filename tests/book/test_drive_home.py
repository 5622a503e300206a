"""The talk after a session: when it is proposed, how it is put off, when it is kept."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.book.conftest import Couple
from workbook.book import Book, agreements, drive_home
from workbook.book.today import Thing, next_thing
from workbook.entries import DriveHome, Session

DAY = date(2026, 3, 2)


def after(days: int) -> date:
    return DAY + timedelta(days=days)


def proposed_days(book: Book) -> list[int]:
    return [days for days in range(15) if drive_home.due(book, after(days))]


@pytest.fixture
def session(couple: Couple) -> str:
    """A session that both were at."""
    return couple.ana.write(Session(on=DAY), room="ours")


def test_a_talk_is_proposed_for_three_days_after_a_session_of_both(couple: Couple, session: str) -> None:
    couple.ana.write(Session(on=after(1), together="alone"))
    assert proposed_days(couple.ana) == proposed_days(couple.ben) == [0, 1, 2, 3]
    assert next_thing(couple.ben, DAY) == Thing("talk", {"day": DAY})


def test_not_now_is_a_full_answer_and_ones_own(couple: Couple, session: str) -> None:
    drive_home.put_off(couple.ana, couple.ana.entry(session))
    assert proposed_days(couple.ana) == []
    assert proposed_days(couple.ben) == [0, 1, 2, 3]


def test_a_chosen_day_proposes_it_again_from_then_on_for_a_week(couple: Couple, session: str) -> None:
    drive_home.put_off(couple.ana, couple.ana.entry(session))
    drive_home.put_off(couple.ana, couple.ana.entry(session), after(5))
    assert proposed_days(couple.ana) == [5, 6, 7, 8, 9, 10, 11, 12]


def test_a_talk_is_kept_once_the_other_agrees_and_until_its_author_withdraws_it(
    couple: Couple, session: str
) -> None:
    talk = couple.ana.write(DriveHome(on=DAY, session=session, glad="the ferry"), room="ours")
    assert proposed_days(couple.ben) == []
    assert next_thing(couple.ben, DAY) == Thing("keep_talk")
    assert (drive_home.kept(couple.ana, session), drive_home.kept(couple.ben, session)) == ([], [])
    agreements.agree(couple.ben, couple.ben.entry(talk))
    for book in (couple.ana, couple.ben):
        assert [each.id for each in drive_home.kept(book, session)] == [talk]
    couple.ana.erase(talk)
    assert drive_home.kept(couple.ben, session) == []


def test_without_a_session_there_is_nothing_to_talk_about(book: Book) -> None:
    assert drive_home.due(book, DAY) is None
    book.write(Session(on=after(1)))
    assert drive_home.due(book, DAY) is None
