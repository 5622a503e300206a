"""Scores of satisfaction: the table of the CSI, and what a change of totals says."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

import pytest
from pandas import DataFrame, to_datetime

from workbook.insight.change import reliable_change
from workbook.insight.satisfaction import NORMS, course_finding, courses, finding

FIRST = date(2026, 1, 5)
Row = tuple[str, int, int]


def scores(*rows: Row, name: str = "", highest: int | None = None) -> DataFrame:
    """A frame as of SatisfactionScore: (scale, total, weeks after the first day), in the order of writing."""
    frame = DataFrame(rows, columns=["scale", "total", "week"])
    on = [FIRST + timedelta(weeks=int(week)) for week in frame["week"]]
    written = [datetime(2026, 9, 1, 0, minute) for minute in range(len(frame))]  # noqa: DTZ001 - as in frames
    return frame.assign(on=to_datetime(on), written_at=written, name=name, highest=highest)


def csi_16(*totals: int) -> DataFrame:
    return scores(*(("CSI-16", total, 4 * place) for place, total in enumerate(totals)))


@pytest.mark.parametrize(
    ("scale", "highest", "cut_off", "sd", "reliability", "smallest"),
    [
        ("CSI-4", 21, 13.5, 4, 0.94, 3),
        ("CSI-16", 81, 51.5, 17, 0.98, 7),
        ("CSI-32", 161, 104.5, 32, 0.98, 13),
    ],
)
def test_the_table_of_the_csi_is_derived_as_it_says(
    scale, highest, cut_off, sd, reliability, smallest
) -> None:
    norm = NORMS[scale]
    assert (norm.highest, norm.cut_off, norm.smallest) == (highest, cut_off, smallest)
    assert norm.threshold == reliable_change(0, 1, sd, reliability).threshold
    assert reliable_change(20, 20 + smallest, sd, reliability).reliable
    assert not reliable_change(20, 20 + smallest - 1, sd, reliability).reliable


@pytest.mark.parametrize(
    ("totals", "sentence"),
    [
        ((44,), "One score so far: 44, below the cut-off of 51.5."),
        ((60,), "One score so far: 60, above the cut-off of 51.5."),
        ((44, 47, 53), "Up 9; 7 or more is unlikely to be chance."),
        ((44, 51), "Up 7; 7 or more is unlikely to be chance."),
        ((44, 70, 50), "Up 6; less than 7 may well be chance."),
        ((44, 36), "Down 8; 7 or more is unlikely to be chance. That doesn't say why."),
        ((44, 43), "Down 1; less than 7 may well be chance."),
        ((44, 50, 44), "As high as at first: 44, below the cut-off of 51.5."),
    ],
)
def test_a_finding_says_no_more_than_the_scores_can(totals, sentence) -> None:
    (course,) = courses(csi_16(*totals))
    assert course_finding(course) == sentence


def test_a_questionnaire_of_ones_own_has_neither_cut_off_nor_band() -> None:
    (course,) = courses(scores(("own", 3, 0), ("own", 9, 1), name="Our ten questions", highest=40))
    assert (course.norm, course.name, course.highest, course.is_distressed) == (
        None,
        "Our ten questions",
        40,
        False,
    )
    assert course_finding(course).startswith("Up 6. For a questionnaire of your own, nobody knows")


def test_ones_own_without_a_highest_total_reaches_as_far_as_its_scores() -> None:
    assert courses(scores(("own", 3, 0), ("own", 12, 1)))[0].highest == 12
    assert courses(scores(("own", 0, 0)))[0].highest == 1


def test_each_questionnaire_has_its_own_course_and_its_own_sentence() -> None:
    found = courses(scores(("CSI-4", 10, 0), ("CSI-32", 100, 0), ("own", 5, 0), ("CSI-4", 14, 3)))
    assert [each.scale for each in found] == ["CSI-32", "CSI-4", "own"]
    labels = {course: course.scale for course in found}
    assert "CSI-4: Up 4; 3 or more is unlikely to be chance." in finding(found, labels)


def test_scores_come_in_time_order_and_of_two_on_a_day_the_last_written_counts() -> None:
    (course,) = courses(scores(("CSI-16", 50, 8), ("CSI-16", 44, 0), ("CSI-16", 48, 8)))
    assert [total for _, total in course.path] == [44, 48]


@pytest.mark.parametrize("frame", [csi_16(), csi_16().iloc[:0]])
def test_without_scores_there_is_nothing_to_compare(frame: DataFrame) -> None:
    assert courses(frame) == []
    assert finding(courses(frame), {}) == "No scores yet."


def test_points_within_the_band_are_those_that_the_sentence_calls_chance() -> None:
    first: Sequence[int] = (20, 44, 70)
    for total in first:
        for change in range(-12, 13):
            (course,) = courses(csi_16(total, total + change))
            inside = abs(change) < NORMS["CSI-16"].threshold
            assert ("unlikely" in course_finding(course)) == (not inside)
