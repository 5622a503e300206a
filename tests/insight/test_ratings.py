"""Ratings of candidates: a weighted mean by hand, and a finding that ranks nobody."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbook.insight.ratings import finding, side_by_side, weighted_mean

NAMES = {"a": "Ines", "b": "Bo", "c": "Cleo"}
WEIGHTS = st.dictionaries(st.sampled_from("abcd"), st.integers(0, 5))
SCORES = st.dictionaries(st.sampled_from("abcd"), st.integers(0, 10))


def test_a_criterion_that_weighs_twice_counts_twice() -> None:
    assert weighted_mean({"a": 8, "b": 2}, {"a": 4, "b": 2}) == 6.0


def test_what_is_not_answered_or_weighs_nothing_does_not_count() -> None:
    assert weighted_mean({"a": 8}, {"a": 1, "b": 5}) == 8.0
    assert weighted_mean({"a": 8, "b": 0, "gone": 0}, {"a": 3, "b": 0}) == 8.0
    assert weighted_mean({"a": 8}, {"a": 0}) is None
    assert weighted_mean({}, {"a": 3}) is None


@given(SCORES, WEIGHTS)
def test_a_mean_lies_between_the_lowest_answer_and_the_highest(scores, weights) -> None:
    mean = weighted_mean(scores, weights)
    assert mean is None or min(scores.values()) <= mean <= max(scores.values())


def test_rows_keep_the_order_of_names_and_leave_out_whom_nobody_rated() -> None:
    frame = side_by_side(NAMES, {"c": 4.0, "a": None}, {"b": 1.5})
    assert list(frame["candidate"]) == ["Bo", "Cleo"]
    assert math.isnan(frame["mine"][0])
    assert [frame["theirs"][0], frame["mine"][1]] == [1.5, 4.0]
    assert list(frame.dtypes.astype(str)) == ["string", "float64", "float64"]


@pytest.mark.parametrize(
    ("mine", "theirs", "words"),
    [
        ({}, {}, "Nobody is rated yet."),
        ({"a": 4.0}, {"b": 5.0}, "No name is rated by both of you yet."),
        ({"a": 4.0}, {"a": 5.5}, "Ines: 1.5 points apart."),
        ({"a": 4.0}, {"a": 4.0, "b": 3.0}, "Ines: the same from both of you. 1 name is rated by one of you."),
        ({"a": 4.0, "b": 2.0}, {"a": 5.0, "b": 1.0}, "Within one point of each other on 2 of 2 names."),
        (
            {"a": 4.0, "b": 2.0, "c": 9.0},
            {"a": 5.0, "b": 6.25, "c": 5.0},
            "Within one point of each other on 1 of 3 names; farthest apart on Bo, by 4.2.",
        ),
    ],
)
def test_the_finding_says_how_far_apart_and_never_who_rated_higher(mine, theirs, words) -> None:
    assert finding(side_by_side(NAMES, mine, theirs)) == words
    assert finding(side_by_side(NAMES, theirs, mine)) == words
