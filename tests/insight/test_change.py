"""Reliable change between two scores, and the trend of a row of ratings."""

import math
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pandas import NA, Series, date_range

from workbook.insight.change import answered, reliable_change, scale_finding, trend

FIRST = date(2026, 1, 5)
ratings = st.lists(st.integers(0, 10), min_size=8, max_size=30)
scores = st.floats(0, 161)


def weekly(count: int) -> list[date]:
    return [FIRST + timedelta(weeks=week) for week in range(count)]


def test_reliable_change_agrees_with_jacobson_and_truax() -> None:
    change = reliable_change(32.5, 47.5, sd=7.5, reliability=0.80)
    assert round(change.index, 3) == 3.162
    assert round(change.threshold, 3) == round(1.96 * 4.743416, 3)
    assert change.reliable


@pytest.mark.parametrize(("reliability", "sd", "points"), [(0.94, 4, 3), (0.98, 17, 7), (0.98, 32, 13)])
def test_the_smallest_reliable_change_of_the_csi_scales(reliability, sd, points) -> None:
    assert math.ceil(reliable_change(0, 0, sd, reliability).threshold) == points
    assert reliable_change(0, points, sd, reliability).reliable
    assert not reliable_change(0, points - 1, sd, reliability).reliable


@given(scores, scores, st.floats(0.1, 50), st.floats(0, 0.99))
def test_going_down_counts_as_much_as_going_up(before, after, sd, reliability) -> None:
    up = reliable_change(before, after, sd, reliability)
    down = reliable_change(after, before, sd, reliability)
    assert up.index == -down.index
    assert (up.threshold, up.reliable) == (down.threshold, down.reliable)


@pytest.mark.parametrize(
    ("before", "after", "sd", "reliability"),
    [
        (math.nan, 1, 1, 0.5),
        (1, math.inf, 1, 0.5),
        (1, 2, 0, 0.5),
        (1, 2, -1, 0.5),
        (1, 2, math.nan, 0.5),
        (1, 2, 1, 1.0),
        (1, 2, 1, -0.1),
        (1, 2, 1, math.nan),
    ],
)
def test_reliable_change_refuses_what_it_is_not_defined_for(before, after, sd, reliability) -> None:
    with pytest.raises(ValueError, match="should"):
        reliable_change(before, after, sd, reliability)


def test_a_steady_rise_of_one_point_a_week_is_found_with_its_size() -> None:
    found = trend(weekly(9), range(1, 10))
    assert found.verdict == "rising"
    assert found.slope == pytest.approx(30 / 7)
    assert found.low == pytest.approx(30 / 7)
    assert found.high == pytest.approx(30 / 7)


def test_a_rise_that_ties_would_hide_from_the_interval_is_still_seen() -> None:
    values = [3, 3, 4, 4, 4, 4, 5, 5, 5, 5]
    found = trend(weekly(10), values)
    assert found.verdict == "rising"
    assert found.low == 0


@pytest.mark.parametrize(
    ("values", "verdict"),
    [
        ([3, 5, 3, 7, 5, 5, 7, 7], "rising"),  # p = 0.047
        ([3, 4, 3, 3, 4, 7, 6, 6], "no clear change"),  # p = 0.052
    ],
)
def test_the_verdict_turns_at_five_per_cent(values, verdict) -> None:
    assert trend(weekly(8), values).verdict == verdict


def test_seven_ratings_are_too_early_and_eight_are_not() -> None:
    assert trend(weekly(7), range(7)).verdict == "too early"
    assert math.isnan(trend(weekly(7), range(7)).slope)
    assert trend(weekly(8), range(8)).verdict == "rising"


def test_unanswered_ratings_are_not_counted() -> None:
    values = [1, None, 2, math.nan, 3, NA, 4, 5, 6, 7]
    assert trend(weekly(10), values).verdict == "too early"


def test_the_same_answer_every_time_is_no_clear_change() -> None:
    found = trend(weekly(12), [5] * 12)
    assert (found.verdict, found.slope, found.low, found.high) == ("no clear change", 0, 0, 0)


def test_ratings_of_a_single_day_show_no_direction() -> None:
    found = trend([FIRST] * 9, range(9))
    assert found.verdict == "no clear change"
    assert math.isnan(found.slope)


def test_two_ratings_on_one_day_are_both_used() -> None:
    days = [day for day in weekly(5) for _ in range(2)]
    assert trend(days, [1, 1, 2, 2, 3, 3, 4, 4, 5, 5]).verdict == "rising"


def test_days_nearly_all_alike_give_a_verdict_without_a_warning() -> None:
    found = trend([*[FIRST] * 8, FIRST + timedelta(days=7)], [5, 5, 5, 5, 5, 5, 5, 5, 6])
    assert found.slope == pytest.approx(30 / 7)


def test_dates_datetimes_timestamps_and_numbers_of_days_say_the_same() -> None:
    values = [3, 4, 3, 5, 4, 6, 6, 7, 6]
    days = weekly(9)
    noons = [datetime(day.year, day.month, day.day, 12) for day in days]  # noqa: DTZ001 - local, as in frames
    numbers = [7 * week for week in range(9)]
    column = Series(date_range("2026-01-05", periods=9, freq="7D").astype("datetime64[us]"))
    found = [trend(days, values) for days in (days, noons, numbers, column)]
    assert found == [found[0]] * 4


def test_a_column_of_nullable_integers_is_understood() -> None:
    when, rated = answered(weekly(3), Series([4, None, 6], dtype="Int8"))
    assert (when[1] - when[0], rated.tolist()) == (14, [4.0, 6.0])


def test_a_missing_value_for_a_day_is_an_error() -> None:
    with pytest.raises(ValueError, match="one value for each day"):
        trend(weekly(3), [1, 2])


@given(ratings)
def test_turning_a_scale_around_turns_the_verdict_around(values) -> None:
    opposite = {"rising": "falling", "falling": "rising", "no clear change": "no clear change"}
    there, back = trend(weekly(len(values)), values), trend(weekly(len(values)), [10 - v for v in values])
    assert back.verdict == opposite[there.verdict]
    assert back.slope == pytest.approx(-there.slope)


@given(ratings, st.randoms())
def test_the_order_in_which_ratings_are_handed_over_does_not_matter(values, random) -> None:
    pairs = list(zip(weekly(len(values)), values, strict=True))
    shuffled = random.sample(pairs, len(pairs))
    assert trend(*zip(*shuffled, strict=True)) == trend(*zip(*pairs, strict=True))


@given(ratings)
def test_the_slope_lies_within_its_interval(values) -> None:
    found = trend(weekly(len(values)), values)
    assert found.low <= found.slope <= found.high


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ([], "Not answered yet."),
        ([None, None], "Not answered yet."),
        ([5, None, 6, 4, 5, 6], "Too early to tell: 5 of 8 ratings."),
        ([6, 5, 4, 6, 3, 5, 3, 6, 4, 5], "Can't tell yet. Between 3 and 6, the last 5."),
        ([5] * 8, "Can't tell yet. 5 each time, the last 5."),
        ([1, 2, 3, 4, 5, 5, 6, 7], "Rising lately. Between 4 and 7, the last 5."),
        ([7, 6, 5, 5, 4, 3, 2, 1], "Lower lately. That doesn't say why."),
    ],
)
def test_the_finding_of_a_scale_claims_no_more_than_the_ratings_show(values, sentence) -> None:
    assert scale_finding(trend(weekly(len(values)), values), values) == sentence
