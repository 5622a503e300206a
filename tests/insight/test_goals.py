"""Goal attainment, and where each goal stands."""

import math
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pandas import DataFrame, Timestamp

from workbook.insight.goals import Standing, finding, standings, t_score

levels = st.lists(st.integers(-2, 2), min_size=1, max_size=12)


def goals_frame(*titles: str) -> DataFrame:
    columns = {"id": titles, "title": titles, "importance": 2, "difficulty": 3}
    return DataFrame(columns).astype({"importance": "Int64", "difficulty": "Int64"})


def ratings_frame(*rows: tuple[str, str, int, int]) -> DataFrame:
    """Rows of goal, day, level, and the minute of 1 August at which it was written."""
    frame = DataFrame(rows, columns=["goal", "on", "level", "minute"])
    frame["on"] = frame["on"].astype("datetime64[us]")
    frame["written_at"] = [Timestamp(2026, 8, 1, 12, minute) for minute in frame["minute"]]
    return frame.astype({"level": "Int64", "goal": "str"})


def standing(*path: int) -> Standing:
    return Standing(
        "g", "A goal", 1, 1, tuple((date(2026, 1, day), level) for day, level in enumerate(path, 1))
    )


@pytest.mark.parametrize(
    ("attained", "weights", "expected"),
    [
        ([1], None, 60.00),
        ([1, 1], None, 62.40),
        ([2, 0], None, 62.40),
        ([-1, -1, -1], None, 36.31),
        ([1, 1, 1, 1], None, 64.51),
        ([1, 0, -1], [3, 2, 1], 54.41),
        ([0, 0, 0], [3, 2, 1], 50.00),
    ],
)
def test_the_t_score_agrees_with_values_worked_by_hand(attained, weights, expected) -> None:
    assert round(t_score(attained, weights), 2) == expected


@pytest.mark.parametrize(
    ("attained", "weights", "rho"),
    [
        ([], None, 0.3),
        ([3], None, 0.3),
        ([-3], None, 0.3),
        ([math.nan], None, 0.3),
        ([1], [0], 0.3),
        ([1], [-1], 0.3),
        ([1], [math.nan], 0.3),
        ([1], [math.inf], 0.3),
        ([1, 1], [1], 0.3),
        ([1], None, 1.0),
        ([1], None, -0.1),
    ],
)
def test_the_t_score_refuses_what_it_is_not_defined_for(attained, weights, rho) -> None:
    with pytest.raises(ValueError, match="should"):
        t_score(attained, weights, rho)


@given(levels, st.floats(0, 0.99))
def test_mirrored_levels_mirror_the_t_score_around_fifty(attained, rho) -> None:
    mirrored = t_score([-level for level in attained], rho=rho)
    assert mirrored == pytest.approx(100 - t_score(attained, rho=rho))


@given(levels, st.floats(1e-300, 1e300))
def test_only_the_ratio_of_weights_matters(attained, weight) -> None:
    assert t_score(attained, [weight] * len(attained)) == pytest.approx(t_score(attained))


@given(levels, st.data())
def test_one_goal_doing_better_never_lowers_the_t_score(attained, data) -> None:
    weights = data.draw(st.lists(st.integers(1, 9), min_size=len(attained), max_size=len(attained)))
    better = [min(2, attained[0] + 1), *attained[1:]]
    assert t_score(better, weights) >= t_score(attained, weights)


def test_a_goal_shows_its_levels_in_time_order() -> None:
    ratings = ratings_frame(("a", "2026-03-01", 1, 0), ("a", "2026-01-01", -2, 1), ("a", "2026-02-01", 0, 2))
    (found,) = standings(goals_frame("a"), ratings)
    assert found.path == ((date(2026, 1, 1), -2), (date(2026, 2, 1), 0), (date(2026, 3, 1), 1))
    assert (found.first, found.now) == (-2, 1)
    assert (found.goal, found.title, found.importance, found.difficulty) == ("a", "a", 2, 3)


def test_of_several_ratings_on_one_day_the_last_written_counts() -> None:
    ratings = ratings_frame(("a", "2026-03-01", -1, 9), ("a", "2026-03-01", 2, 5), ("a", "2026-03-01", 0, 7))
    (found,) = standings(goals_frame("a"), ratings)
    assert found.path == ((date(2026, 3, 1), -1),)


def test_a_goal_that_was_never_rated_has_an_empty_path() -> None:
    (found,) = standings(goals_frame("a"), ratings_frame())
    assert (found.path, found.first, found.now) == ((), None, None)


def test_a_rating_whose_goal_is_gone_is_left_out() -> None:
    ratings = ratings_frame(("a", "2026-03-01", 1, 0), ("erased", "2026-03-01", 2, 1))
    assert [found.goal for found in standings(goals_frame("a", "b"), ratings)] == ["a", "b"]


@pytest.mark.parametrize(
    ("paths", "sentence"),
    [
        ([], "No goals yet."),
        ([()], "Your goal is not rated yet."),
        ([(), ()], "None of your 2 goals is rated yet."),
        ([(-2, 0)], "Your goal is at or above what you hoped."),
        ([(2, -1)], "Your goal is below what you hoped."),
        ([(0,), (1,), (2,), (-1,), (-2,)], "3 of 5 at or above what you hoped."),
        ([(0,), (1,)], "2 of 2 at or above what you hoped."),
        ([(-1,), (-2,)], "None of 2 at or above what you hoped."),
        ([(0,), (-1,), ()], "1 of 2 rated goals at or above what you hoped; 1 not rated yet."),
        ([(1,), ()], "The one rated goal is at or above what you hoped; 1 not rated yet."),
    ],
)
def test_the_finding_counts_without_praise(paths, sentence) -> None:
    assert finding([standing(*path) for path in paths]) == sentence
