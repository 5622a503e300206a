"""What home proposes, and how far along the path one is."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.book.conftest import Couple
from workbook.book import Book, agreements, diary
from workbook.book.today import Thing, ending, left_off, next_thing, reviewed_after, stop
from workbook.entries import (
    Assignment,
    AssignmentLog,
    DriveHome,
    Ending,
    Entry,
    Goal,
    GoalRating,
    Helps,
    Invalid,
    Later,
    Loop,
    LoopCheck,
    Plan,
    Review,
    SatisfactionScore,
    Session,
    Skip,
    checked,
)

THURSDAY = date(2026, 3, 5)


def named(thing: Thing | None) -> str | None:
    return thing.name if thing else None


def test_an_empty_book_proposes_a_first_step(book: Book) -> None:
    assert named(next_thing(book, THURSDAY)) == "begin"


def test_what_was_put_off_is_not_proposed_again_that_day(book: Book) -> None:
    book.write(Later(thing="begin", on=THURSDAY))
    assert next_thing(book, THURSDAY) is None
    assert named(next_thing(book, THURSDAY + timedelta(days=1))) == "begin"


@pytest.mark.parametrize(
    ("days", "expected"),
    [(0, "session_today"), (1, "session_soon"), (6, "session_soon"), (7, "begin")],
)
def test_a_session_within_a_week_comes_first(book: Book, days: int, expected: str) -> None:
    book.write(Plan(first=THURSDAY + timedelta(days=days), every_days=60))
    assert named(next_thing(book, THURSDAY)) == expected


def test_a_session_that_nobody_wrote_down_is_proposed_for_three_days(book: Book) -> None:
    book.write(Plan(first=THURSDAY, every_days=60))
    assert named(next_thing(book, THURSDAY + timedelta(days=3))) == "write_session"
    assert named(next_thing(book, THURSDAY + timedelta(days=4))) == "begin"
    book.write(Session(on=THURSDAY))
    assert named(next_thing(book, THURSDAY + timedelta(days=3))) != "write_session"


def test_overdue_homework_is_counted_until_something_became_of_it(book: Book) -> None:
    assignment = book.write(Assignment(what="the letter", by=THURSDAY))
    later = THURSDAY + timedelta(days=1)
    assert next_thing(book, later) == Thing("overdue", {"count": 1})
    book.write(AssignmentLog(assignment=assignment, on=later, done="not this time"))
    assert named(next_thing(book, later)) == "begin"


def test_loops_are_asked_about_a_week_after_the_last_check(book: Book) -> None:
    loop = book.write(Loop(happens="we are late"))
    book.write(LoopCheck(loop=loop, on=THURSDAY, tried="yes"))
    assert named(next_thing(book, THURSDAY + timedelta(days=6))) is None
    assert named(next_thing(book, THURSDAY + timedelta(days=7))) == "check_loops"


def test_a_step_is_not_begun_begun_done_or_skipped(book: Book) -> None:
    assert stop(book, "accountability").state == "not_begun"
    loop = book.write(Loop(happens="we are late"))
    assert (stop(book, "accountability").state, stop(book, "accountability").count) == ("begun", 1)
    book.write(LoopCheck(loop=loop, on=THURSDAY, tried="yes"))
    assert stop(book, "accountability").state == "done"
    book.write(Skip(step="accountability"))
    assert stop(book, "accountability").state == "skipped"


def test_the_partners_entries_do_not_count_as_ones_own(couple: Couple) -> None:
    one, other = couple.ana, couple.ben
    one.write(Plan(first=THURSDAY), room="ours")
    assert stop(one, "commitment").state == "done"
    assert stop(other, "commitment").state == "not_begun"


def test_after_an_end_nothing_is_proposed_but_the_day_to_look_again(book: Book) -> None:
    today = book_day(book)
    book.write(Plan(first=today + timedelta(days=1)))
    assert named(next_thing(book, today)) == "session_soon"
    book.write(Ending(how="paused", on=today, booster=today + timedelta(days=90)))
    assert next_thing(book, today) is None
    assert next_thing(book, today + timedelta(days=84)) == Thing(
        "booster", {"day": today + timedelta(days=90)}
    )
    assert next_thing(book, today + timedelta(days=91)) is None
    book.write(Session(on=today + timedelta(days=91)))
    assert ending(book) is None


def test_after_a_week_away_it_is_told_where_one_left_off_unless_it_ended(book: Book) -> None:
    assert left_off(book, THURSDAY) is None
    loop = book.write(Loop(happens="we are late"))
    book.write(Goal(title="We eat together"))
    book.write(LoopCheck(loop=loop, on=THURSDAY, tried="yes"))
    book.write(Later(thing="begin", on=THURSDAY))
    today = book_day(book)
    assert left_off(book, today + timedelta(days=6)) is None
    assert left_off(book, today + timedelta(days=300)) == (today, "accountability")
    book.write(Ending(how="separated", on=today))
    assert left_off(book, today + timedelta(days=300)) is None


def book_day(book: Book) -> date:
    """The day on which the book is being written, as the wall shows it."""
    return book.entry(book.write(Helps(does="tea"))).written_at.astimezone().date()


def four_sessions(book: Book) -> None:
    book.write(Plan(first=THURSDAY, every_days=60, reviews=(2, 4, 8)))
    room = "ours" if book.has_ours else "mine"
    book.write_many([Session(on=THURSDAY + timedelta(weeks=week)) for week in range(4)], room)


def test_a_review_is_proposed_at_a_point_of_the_plan_until_it_is_done(book: Book) -> None:
    four_sessions(book)
    fourth = THURSDAY + timedelta(weeks=3)
    book.write(Review(on=THURSDAY + timedelta(weeks=1), keep="Thursdays"))
    assert reviewed_after(book, fourth - timedelta(days=1)) is None
    assert next_thing(book, fourth) == Thing("review", {"number": 4})
    book.write(Later(thing="review", on=fourth))
    assert named(next_thing(book, fourth)) != "review"
    book.write(Review(on=fourth, ask="more time for Kim"))
    assert reviewed_after(book, fourth + timedelta(days=1)) is None


def test_one_review_of_both_counts_for_both(couple: Couple) -> None:
    four_sessions(couple.ana)
    couple.ana.share(couple.ana.own(Plan)[0].id)
    fourth = THURSDAY + timedelta(weeks=3)
    assert reviewed_after(couple.ana, fourth) == reviewed_after(couple.ben, fourth) == 4
    couple.ben.write(Review(on=fourth, keep="Thursdays"), room="ours")
    assert reviewed_after(couple.ana, fourth) is reviewed_after(couple.ben, fourth) is None


def test_without_a_plan_or_a_session_no_review_is_due(book: Book) -> None:
    assert reviewed_after(book, THURSDAY) is None
    book.write(Plan(first=THURSDAY, reviews=(1,)))
    assert reviewed_after(book, THURSDAY) is None


def test_what_a_review_asks_stands_on_the_agenda_until_the_next_session_is_written(book: Book) -> None:
    four_sessions(book)
    fourth = THURSDAY + timedelta(weeks=3)
    book.write(Review(on=fourth, ask="more time for Kim\n\n and a date"))
    book.write(Review(on=THURSDAY, ask="long answered"))
    assert diary.asked(book) == ["more time for Kim", "and a date"]
    book.write(Session(on=fourth + timedelta(days=7)))
    assert diary.asked(book) == []


def test_a_goal_that_waits_for_one_is_proposed_and_not_asked_about_before(couple: Couple) -> None:
    goal = couple.ana.write(Goal(title="Walks"), room="ours")
    much_later = couple.ana.entry(goal).written_at.date() + timedelta(days=60)
    assert named(next_thing(couple.ben, much_later)) == "agree_goal"
    couple.ben.write(Later(thing="agree_goal", on=much_later))
    assert named(next_thing(couple.ben, much_later)) == "begin"
    agreements.agree(couple.ben, couple.ben.entry(goal))
    assert named(next_thing(couple.ben, much_later)) == "rate_goals"


def test_a_goal_may_have_no_ratings_or_one_from_before_it_was_written(book: Book) -> None:
    unrated, rated = book.write_many([Goal(title="a"), Goal(title="b")])
    book.write(GoalRating(goal=rated, level=-1, on=date(2020, 1, 1)))
    assert [(each.goal, each.now) for each in diary.standings(book)] == [(unrated, None), (rated, -1)]
    assert diary.latest_ratings(book)[rated].level == -1


@pytest.mark.parametrize(
    ("scale", "highest", "total", "is_refused"),
    [
        ("CSI-4", None, 21, False),
        ("CSI-4", None, 22, True),
        ("CSI-16", None, 81, False),
        ("CSI-16", 500, 82, True),
        ("CSI-32", None, 161, False),
        ("CSI-32", None, 162, True),
        ("CSI-32", None, -1, True),
        ("own", 40, 41, True),
        ("own", None, 1000, False),
        ("own", None, 10**30, True),
    ],
)
def test_a_total_lies_in_the_range_of_its_questionnaire(
    scale: str, highest: int | None, total: int, is_refused: bool
) -> None:
    score = SatisfactionScore(scale=scale, total=total, on=THURSDAY, highest=highest)  # type: ignore[arg-type]
    if not is_refused:
        assert checked(score) == score
        return
    with pytest.raises(Invalid, match="is between 0 and") as refused:
        checked(score)
    assert refused.value.field == "total"


@pytest.mark.parametrize("empty", [Review(on=THURSDAY, keep=" "), DriveHome(on=THURSDAY, glad="\n")])
def test_a_review_or_a_talk_in_which_nothing_is_said_is_refused(empty: Entry) -> None:
    with pytest.raises(Invalid, match="at least one"):
        checked(empty)
