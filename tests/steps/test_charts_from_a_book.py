"""What the charts page shows of a book, also of an odd one; below the browser."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal

import pytest

from tests.conftest import SOFT
from workbook import content
from workbook.book import Book, Store, agenda, agreements, numbers
from workbook.entries import (
    FeePlan,
    Goal,
    GoalRating,
    Loop,
    LoopCheck,
    Plan,
    Reflection,
    SatisfactionScore,
    Session,
)
from workbook.insight.span import ALL_DAYS, Span
from workbook.steps import accountability, budget, charts, commitment, measures
from workbook.store import Vault
from workbook.widgets import Showing

FIRST = date(2026, 1, 5)
PROSE = content.prose("charts")
ONLY_2020 = Span(date(2020, 1, 1), date(2020, 12, 31))
Draw = Callable[[Book, Span], Showing]

DRAWN: dict[str, Draw] = {
    "moving": lambda book, days: measures.draw_moving(book, PROSE["moving"], False, days),
    "way": lambda book, days: measures.show_way(measures.own_measures(book), PROSE, False, days),
    "scores": lambda book, days: measures.show_scores(
        measures.own_measures(book), PROSE["scores"], True, days
    ),
    "beads": lambda book, days: commitment.draw_beads(
        book, content.prose("commitment")["picture"], True, days
    ),
    "heat": lambda book, days: accountability.draw_heat(
        book, content.prose("accountability")["picture"], True, days
    ),
    "costs": lambda book, days: budget.draw_costs(book, content.prose("budget")["picture"], False, days),
}


@pytest.fixture
def store() -> Iterator[Store]:
    store = Store(Vault.open(":memory:", hardness=SOFT))
    store.create_member("Ada", "six words")
    yield store
    store.close()


@pytest.fixture
def book(store: Store) -> Book:
    return store.unlock("Ada", "six words")


@pytest.fixture
def couple(store: Store, book: Book) -> tuple[Book, Book]:
    store.join("Ben", "other words", book.invite())
    return book, store.unlock("Ben", "other words")


def draw(book: Book, name: str, days: Span = ALL_DAYS) -> Showing:
    return DRAWN[name](book, days)


def answer(book: Book, week: int, room: str = "mine", **said: object) -> None:
    session = book.write(Session(on=FIRST + timedelta(weeks=week)), room)  # type: ignore[arg-type]
    book.write(Reflection(session=session, **said))  # type: ignore[arg-type]


def fill(book: Book) -> None:
    """Something for every chart."""
    for week, closeness in enumerate([7, 7, 6, 6, 5, 4, 4, 3, 2]):
        answer(book, week, closeness=closeness)
    goal = book.write(Goal(title="Tea at four"))
    book.write_many([GoalRating(goal=goal, level=level, on=FIRST) for level in (-1, 0)])
    book.write(SatisfactionScore(scale="CSI-4", total=9, on=FIRST))
    book.write(Plan(first=FIRST, sessions=10))
    loop = book.write(Loop(happens="dishes", does="push", heat=6))
    book.write(LoopCheck(loop=loop, on=FIRST, tried="yes", heat=5))
    book.write(FeePlan(label="Mill Street", fee=Decimal(100), first=FIRST, sessions=4))


@pytest.mark.parametrize("name", DRAWN)
def test_an_empty_book_tells_what_will_be_here(book: Book, name: str) -> None:
    shown = draw(book, name)
    assert not shown.svg
    assert shown.empty.startswith("Once ")


@pytest.mark.parametrize("name", DRAWN)
def test_each_chart_has_a_finding_what_it_rests_on_a_table_and_follows_the_days(book: Book, name) -> None:
    fill(book)
    shown = draw(book, name)
    assert shown.finding.endswith(".")
    assert shown.rests_on.startswith("Rests on ")
    assert shown.svg.startswith("<svg")
    assert shown.table
    assert all(len(row) == len(shown.table.columns) for row in shown.table.rows)
    assert draw(book, name, ONLY_2020).empty == PROSE["days"]["none"]
    assert draw(book, name, Span(FIRST, FIRST + timedelta(days=400))).svg


def test_only_the_sessions_of_these_days_count(book: Book) -> None:
    fill(book)
    three_weeks = Span(FIRST, FIRST + timedelta(weeks=2))
    assert draw(book, "way", three_weeks).rests_on == "Rests on 3 sessions."
    assert "Too early to tell: Closeness." in draw(book, "way", three_weeks).finding
    assert "Lower lately: Closeness." in draw(book, "way").finding
    assert draw(book, "beads", three_weeks).finding.startswith("3 of 3 held")


def test_one_session_is_a_point_and_too_early_to_tell(book: Book) -> None:
    answer(book, 0, hope=5)
    shown = draw(book, "way")
    assert (shown.finding, shown.rests_on) == ("Too early to tell: Hope.", "Rests on 1 session.")
    assert shown.table is not None
    assert shown.table.columns == ["Date", "Hope"]


def test_answers_that_are_all_equal_show_no_direction(book: Book) -> None:
    for week in range(9):
        answer(book, week, pace=5)
    assert draw(book, "way").finding == "Can't tell yet: Pace suited me."


def test_two_sessions_on_one_day_are_both_there(book: Book) -> None:
    answer(book, 0, hope=5)
    answer(book, 0, hope=7)
    shown = draw(book, "way")
    assert shown.table is not None
    assert [row[1] for row in shown.table.rows] == [5, 7]


def test_a_goal_without_ratings_says_so_beside_one_that_has_them(book: Book) -> None:
    fill(book)
    book.write(Goal(title="Swim"))
    shown = draw(book, "moving")
    assert shown.finding == "The one rated goal is at or above what you hoped; 1 not rated yet."
    assert shown.table is not None
    assert ["Swim", "", "", "", "", 0] in [list(row) for row in shown.table.rows]


def test_a_rating_from_before_its_goal_was_written_is_drawn(book: Book) -> None:
    goal = book.write(Goal(title="Tea at four"))
    book.write(GoalRating(goal=goal, level=-2, on=date(1999, 5, 1)))
    assert draw(book, "moving").rests_on == "Rests on 1 rating."


def test_a_year_without_sessions_is_a_gap_in_the_middle_line(book: Book) -> None:
    for week in (*range(6), *range(58, 64)):
        answer(book, week, closeness=5)
    svg = draw(book, "way").svg
    median_lines = svg.count("stroke: var(--chart-median")
    assert median_lines == 2


def test_the_t_score_of_all_goals_stands_in_the_table(book: Book) -> None:
    for level in (1, 1):
        goal = book.write(Goal(title="Tea"))
        book.write(GoalRating(goal=goal, level=level, on=FIRST))
    shown = draw(book, "moving")
    assert shown.table is not None
    assert list(shown.table.rows[-1]) == [PROSE["moving"]["t_score"], "62.4", "", "62.4", "", 2]


def test_a_long_title_in_any_script_is_short_in_the_drawing_and_whole_in_the_table(book: Book) -> None:
    title = ("我们一起吃晚饭" * 40 + " לדבר על כסף")[:300]
    goal = book.write(Goal(title=title))
    book.write(GoalRating(goal=goal, level=0, on=FIRST))
    shown = draw(book, "moving")
    assert "…" in shown.svg
    assert shown.table is not None
    assert shown.table.rows[0][0] == title


# The note on how sessions fitted, and the agenda


def test_the_note_quotes_ones_own_words_and_offers_a_sentence(book: Book) -> None:
    for week, (understood, hurt) in enumerate([(8, ""), (7, "The clock."), (5, ""), (4, "x" * 400)]):
        answer(book, week, understood=understood, hurt=hurt)
    said = charts._note(book, PROSE["fit"])
    assert said is not None
    assert said.sentences[0] == "Felt understood: 7, 5, 4, the last three times."
    assert [way.name.split(",")[0] for way in said.ways] == ["Session 4", "Session 2"]
    assert "The clock." in said.ways[1].words
    assert said.ways[0].words.endswith("…”")
    assert "less understood" in said.end


def test_there_is_no_note_while_nothing_fell(book: Book) -> None:
    for week in range(3):
        answer(book, week, understood=6, pace=6)
    assert charts._note(book, PROSE["fit"]) is None


def test_a_line_stays_on_the_agenda_until_the_next_session_is_written(book: Book) -> None:
    book.write(Session(on=FIRST))
    agenda.put(book, "Ask about Tuesday", FIRST)
    agenda.put(book, "Ask about Tuesday", FIRST)
    assert [each.entry.what for each in agenda.items(book, FIRST)] == ["Ask about Tuesday"]
    book.write(Session(on=FIRST + timedelta(days=7)))
    assert agenda.items(book, FIRST) == agenda.items(book, FIRST + timedelta(days=6)) != []
    assert agenda.items(book, FIRST + timedelta(days=7)) == []


def test_a_line_can_be_taken_off_the_agenda(book: Book) -> None:
    agenda.put(book, "Ask about Tuesday", FIRST)
    agenda.take_off(book, "Ask about Tuesday")
    assert not agenda.has(book, "Ask about Tuesday", FIRST)


# Two members


def test_the_others_numbers_are_in_no_chart_of_ones_own(couple: tuple[Book, Book]) -> None:
    ada, ben = couple
    fill(ada)
    for shared in (SatisfactionScore(scale="CSI-4", total=3, on=FIRST), Loop(happens="a", does="b", heat=1)):
        ada.write(shared, "ours")
    session = ada.write(Session(on=FIRST), "ours")
    ada.write(Reflection(session=session, hope=1), "ours")
    goal = ada.write(Goal(title="Ours"), "ours")
    ada.write(GoalRating(goal=goal, level=-2, on=FIRST), "ours")
    for name in ("moving", "way", "scores", "heat", "costs"):
        assert draw(ben, name).empty, name


def test_a_shared_copy_of_ones_own_goal_is_not_a_second_goal(couple: tuple[Book, Book]) -> None:
    ada, _ = couple
    goal = ada.write(Goal(title="Tea"))
    ada.write(GoalRating(goal=goal, level=0, on=FIRST))
    ada.share(goal)
    assert draw(ada, "moving").finding == "Your goal is at or above what you hoped."


def show_theirs(book: Book) -> measures.Measures | None:
    numbers.follow_consent(book)
    return measures.their_measures(book)


def test_numbers_open_only_when_both_have_ticked_and_close_with_either(couple: tuple[Book, Book]) -> None:
    ada, ben = couple
    common = ada.write(Goal(title="Ours"), "ours")
    agreements.agree(ben, ben.entry(common))
    ada.write(GoalRating(goal=common, level=-1, on=FIRST))
    answer(ada, 1, "ours", hope=8, hurt="Nobody may read this.")
    ada.write(SatisfactionScore(scale="CSI-16", total=40, on=FIRST))
    numbers.tick(ada, True)
    assert show_theirs(ben) is None
    numbers.tick(ben, True)
    numbers.follow_consent(ada)
    theirs = show_theirs(ben)
    assert theirs is not None
    shown = [
        measures.show_moving(theirs, PROSE["moving"], False, ALL_DAYS),
        measures.show_way(theirs, PROSE, False, ALL_DAYS),
        measures.show_scores(theirs, PROSE["scores"], False, ALL_DAYS),
    ]
    assert [each.rests_on for each in shown] == [
        "Rests on 1 rating.",
        "Rests on 1 session.",
        "Rests on 1 score.",
    ]
    assert "Nobody may" not in str(numbers.theirs(ben))
    numbers.tick(ada, False)
    assert show_theirs(ben) is None
    assert show_theirs(ada) is None


def test_what_is_not_of_both_is_not_among_the_numbers(couple: tuple[Book, Book]) -> None:
    ada, ben = couple
    titles = ("Mine alone", "Proposed", "Agreed")
    mine, proposed, shared = ada.write_many([Goal(title=title) for title in titles])
    ada.share(proposed)
    copy = ada.share(shared)
    agreements.agree(ben, ben.entry(copy))
    ada.write_many([GoalRating(goal=goal, level=1, on=FIRST) for goal in (mine, proposed, shared)])
    answer(ada, 0, closeness=3)
    ada.write(SatisfactionScore(scale="own", total=3, on=FIRST, name="What we made up"))
    for book in (ada, ben):
        numbers.tick(book, True)
    numbers.follow_consent(ada)
    found = numbers.theirs(ben)
    assert found is not None
    assert (found.levels, found.answers, found.scores) == (((shared, FIRST, 1),), (), ())
    theirs = measures.their_measures(ben)
    assert theirs is not None
    assert measures.show_moving(theirs, PROSE["moving"], False, ALL_DAYS).finding.startswith("Your goal")
    assert copy != shared


def test_numbers_follow_what_is_rated_later_and_go_with_a_tick_that_is_taken_back(
    couple: tuple[Book, Book],
) -> None:
    ada, ben = couple
    for book in couple:
        numbers.tick(book, True)
    answer(ada, 0, "ours", hope=4)
    numbers.follow_consent(ada)
    assert [values for _, values in numbers.theirs(ben).answers] == [(None, None, None, None, 4)]  # type: ignore[union-attr]
    numbers.tick(ben, False)
    numbers.follow_consent(ada)
    numbers.tick(ben, True)
    assert numbers.theirs(ben) is None
