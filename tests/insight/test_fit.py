"""When sessions have fitted less of late, and when that can't be said."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from workbook.insight.fit import Answered, Fall, falls

Given = int | None


def answered(understood: list[Given], pace: list[Given] | None = None) -> list[Answered]:
    pace = pace or [None] * len(understood)
    return [
        Answered(f"s{place}", date(2026, 1, 5) + timedelta(weeks=place), *given)
        for place, given in enumerate(zip(understood, pace, strict=True))
    ]


def test_a_fall_over_the_last_three_names_its_answers_and_sessions() -> None:
    assert falls(answered([9, 7, 6, 4])) == [Fall("understood", (7, 6, 4), ("s1", "s2", "s3"))]


@pytest.mark.parametrize("values", [[7, 7, 5], [7, 5, 5], [8, 7, 6], [2, 1, 0]])
def test_two_points_less_without_a_rise_between_is_a_fall(values) -> None:
    assert [each.scale for each in falls(answered(values))] == ["understood"]


@pytest.mark.parametrize(
    "values", [[], [5], [7, 4], [7, 7, 6], [8, 4, 5], [5, 5, 5], [4, 6, 8], [9, 5, 4, 5], [None, 7, 5]]
)
def test_less_than_that_is_no_fall(values) -> None:
    assert falls(answered(values)) == []


def test_sessions_that_were_not_answered_are_left_out() -> None:
    (found,) = falls(answered([8, None, 6, None, 3, None]))
    assert found.sessions == ("s0", "s2", "s4")


def test_both_scales_are_looked_at_each_by_its_own_answers() -> None:
    found = falls(answered([8, 6, 5, None], [9, None, 6, 4]))
    assert [(each.scale, each.values) for each in found] == [("understood", (8, 6, 5)), ("pace", (9, 6, 4))]
