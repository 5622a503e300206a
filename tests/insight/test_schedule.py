"""The dates of a plan, the row of beads, and when the nth session may be."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pandas import DataFrame, Timestamp

from workbook.entries import Plan
from workbook.insight.schedule import (
    Expected,
    Held,
    beads,
    dates,
    finding,
    held,
    in_words,
    nth,
    ordinal,
    planned,
    review_due,
    so_far,
    unused_skips,
)

FIRST = date(2026, 1, 6)
rhythms = st.integers(1, 60)
counts = st.integers(0, 60)
skips = st.sets(st.dates(FIRST - timedelta(30), FIRST + timedelta(400)), max_size=12)


def weeks(*numbers: int) -> list[date]:
    """Days so many weeks after the first."""
    return [FIRST + timedelta(weeks=number) for number in numbers]


def plan(**changes: object) -> Plan:
    return Plan(**{"first": FIRST, **changes})  # type: ignore[arg-type]


def test_sessions_are_evenly_apart_from_the_first_on() -> None:
    assert dates(FIRST, 14, 3) == weeks(0, 2, 4)
    assert dates(FIRST, 7, 0) == []


def test_a_skipped_date_moves_to_the_next_regular_one_and_the_course_gets_longer() -> None:
    assert dates(FIRST, 7, 4, skip=weeks(1, 2)) == weeks(0, 3, 4, 5)
    assert dates(FIRST, 7, 2, skip=weeks(0)) == weeks(1, 2)


def test_a_skip_that_is_no_sessions_day_changes_nothing_and_is_named() -> None:
    wednesday, before, after = weeks(1)[0] + timedelta(1), FIRST - timedelta(7), weeks(4)[0]
    skip = [after, wednesday, wednesday, before, *weeks(2)]
    assert dates(FIRST, 7, 3, skip) == weeks(0, 1, 3)
    assert unused_skips(FIRST, 7, 3, skip) == [before, wednesday, after]
    assert unused_skips(FIRST, 7, 0, weeks(0)) == weeks(0)


@given(rhythms, counts, skips)
def test_there_are_as_many_sessions_as_planned_on_regular_days_none_of_them_skipped(
    every, count, skip
) -> None:
    days = dates(FIRST, every, count, skip)
    assert len(days) == count
    assert days == sorted(set(days) - skip)
    assert all((day - FIRST).days % every == 0 for day in days)


@given(rhythms, counts, skips)
def test_leaving_out_the_unused_skips_gives_the_same_days(every, count, skip) -> None:
    unused = set(unused_skips(FIRST, every, count, skip))
    assert unused <= skip
    assert dates(FIRST, every, count, skip - unused) == dates(FIRST, every, count, skip)


@pytest.mark.parametrize(
    ("first", "every", "count"), [(FIRST, 0, 3), (FIRST, -7, 3), (FIRST, 7, -1), (date.max, 1, 2)]
)
def test_a_schedule_that_makes_no_sense_is_refused(first, every, count) -> None:
    with pytest.raises(ValueError, match=r"day|sessions|year"):
        dates(first, every, count)


def test_a_plan_states_its_own_days() -> None:
    assert planned(plan(sessions=2, every_days=14, skip=tuple(weeks(2)))) == weeks(0, 4)


def sessions_frame(*rows: tuple[str, date, str, str]) -> DataFrame:
    """Rows of id, day, author and who was there, in the order in which they were written."""
    frame = DataFrame(rows, columns=["id", "on", "author", "together"])
    frame["on"] = frame["on"].astype("datetime64[us]")
    frame["written_at"] = [Timestamp(2026, 8, 1, 12, minute) for minute in range(len(rows))]
    return frame


def test_a_session_that_both_wrote_down_is_held_once_and_the_future_is_not_held() -> None:
    one, two, three = weeks(0, 1, 2)
    frame = sessions_frame(
        ("b", two, "Ana", "together"),
        ("a", one, "Ana", "alone"),
        ("c", two, "Ben", "partner"),
        ("d", three, "Ana", "together"),
    )
    assert held(frame, today=two) == [Held(one, False), Held(two, True)]
    assert held(frame)[-1] == Held(three, True)


def test_beads_are_hollow_half_and_whole_and_mark_where_the_partner_joined() -> None:
    row = beads(plan(sessions=5), [(weeks(1)[0], True), (weeks(0)[0], False)])
    assert [bead.state for bead in row] == ["alone", "together", "planned", "planned", "planned"]
    assert [bead.number for bead in row if bead.joined] == [2]
    assert [bead.on for bead in row] == weeks(0, 1, 2, 3, 4)
    assert [bead.number for bead in row] == [1, 2, 3, 4, 5]


def test_nobody_joined_where_both_came_from_the_beginning_or_only_one_ever_came() -> None:
    for together in (True, False):
        assert not any(bead.joined for bead in beads(plan(), [(day, together) for day in weeks(0, 1)]))


def test_more_sessions_than_planned_are_more_beads() -> None:
    assert len(beads(plan(sessions=2), [(day, True) for day in weeks(0, 1, 2)])) == 3


@pytest.mark.parametrize(("shift", "next_week"), [(-1, 3), (0, 3), (1, 3), (3, 3), (4, 4)])
def test_a_session_held_a_little_off_its_day_still_takes_its_place(shift, next_week) -> None:
    # The session of the third Tuesday, moved by some days.
    moved = weeks(2)[0] + timedelta(days=shift)
    assert beads(plan(), [(moved, True)])[1].on == weeks(next_week)[0]


def test_what_is_planned_lies_neither_in_the_past_nor_on_a_skipped_day() -> None:
    row = beads(plan(sessions=3, skip=tuple(weeks(6))), [(FIRST, True)], today=weeks(4)[0] + timedelta(1))
    assert [bead.on for bead in row[1:]] == weeks(5, 7)


def test_before_three_sessions_the_plan_says_when_the_nth_will_be() -> None:
    found = nth(weeks(0, 1), plan(), 12)
    assert (found.earliest, found.likely, found.latest, found.rests_on) == (*weeks(11, 11, 11), "plan")
    assert in_words(found) == "By your plan, the 12th will be around late March."


def test_from_three_sessions_on_the_real_gaps_say_it() -> None:
    # Gaps of 7, 7, 14 and 21 days: quartiles 7, 10.5 and 15.75; seven are missing to the twelfth.
    days = weeks(0, 1, 2, 4, 7)
    found = nth(days, plan())
    last = days[-1]
    assert found.rests_on == "gaps"
    assert found.earliest == last + timedelta(days=49)
    assert found.likely == last + timedelta(days=74)
    assert found.latest == last + timedelta(days=110)


def test_one_long_holiday_does_not_stretch_the_range() -> None:
    found = nth(weeks(0, 1, 2, 3, 4, 10, 11, 12, 13), plan())
    assert found.earliest == found.likely == found.latest == weeks(16)[0]


def test_what_is_due_is_not_in_the_past() -> None:
    today = weeks(20)[0]
    for days in (weeks(0), weeks(0, 1, 2, 4)):
        found = nth(days, plan(), len(days) + 1, today)
        assert today <= found.earliest <= found.likely <= found.latest


def test_a_session_that_was_held_has_its_day() -> None:
    found = nth(weeks(0, 1), plan(), 2)
    assert in_words(found) == "The 2nd was on 13 January 2026."
    with pytest.raises(ValueError, match="number 1"):
        nth([], plan(), 0)


@pytest.mark.parametrize(
    ("earliest", "latest", "today", "words"),
    [
        (date(2026, 3, 15), date(2026, 4, 6), None, "mid-March to early April"),
        (date(2026, 3, 11), date(2026, 3, 20), None, "mid-March"),
        (date(2026, 3, 10), date(2026, 3, 11), None, "early to mid-March"),
        (date(2026, 3, 20), date(2026, 3, 21), None, "mid to late March"),
        (date(2026, 3, 21), date(2026, 3, 31), date(2026, 1, 1), "late March"),
        (date(2026, 3, 21), date(2026, 5, 1), date(2025, 12, 1), "late March to early May 2026"),
        (date(2026, 12, 21), date(2027, 1, 2), None, "late December 2026 to early January 2027"),
        (date(2026, 3, 12), date(2027, 3, 12), None, "mid-March 2026 to mid-March 2027"),
    ],
)
def test_a_span_is_told_in_parts_of_months(earliest, latest, today, words) -> None:
    expected = Expected(12, earliest, earliest, latest, "gaps")
    assert in_words(expected, today) == f"The 12th will be around {words}."


def test_the_finding_counts_and_looks_ahead() -> None:
    sessions = [(day, number > 1) for number, day in enumerate(weeks(0, 1, 2, 3))]
    assert finding(plan(), sessions) == (
        "4 of 12 held, 2 of them together, since the 3rd. The 12th will be around late March."
    )
    assert finding(plan(sessions=2), sessions[:2]) == "2 of 2 held, alone."
    assert so_far(beads(plan(), [])) == "None of 12 held yet."
    assert so_far(beads(plan(), sessions[2:])) == "2 of 12 held, together."


@pytest.mark.parametrize(
    ("number", "word"),
    [
        (1, "1st"),
        (2, "2nd"),
        (3, "3rd"),
        (4, "4th"),
        (11, "11th"),
        (12, "12th"),
        (13, "13th"),
        (21, "21st"),
        (104, "104th"),
        (112, "112th"),
    ],
)
def test_numbers_are_told_as_one_says_them(number, word) -> None:
    assert ordinal(number) == word


@pytest.mark.parametrize(
    ("points", "done", "due"),
    [
        ((2, 4), (), 4),
        ((2, 4), (1,), 4),
        ((2, 4), (3,), None),
        ((2, 8), (), 2),
        ((8,), (), None),
        ((), (), None),
    ],
)
def test_a_review_is_due_at_the_latest_point_reached_unless_one_came_after_it(
    points: tuple[int, ...], done: tuple[int, ...], due: int | None
) -> None:
    days = [date(2026, 3, day) for day in (1, 8, 15, 22)]
    assert review_due(points, days, [days[place] for place in done]) == due
