"""What speaks against a moment: plain sentences, none where there is nothing."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbook import content
from workbook.entries import Moment, Obstacle
from workbook.insight.timing import objections

THURSDAY, SATURDAY = date(2026, 11, 26), date(2026, 11, 28)
EVENING = time(19, 30)
OBSTACLES = get_args(Obstacle)

moments = st.builds(
    Moment,
    on=st.dates(date(2026, 1, 1), date(2027, 12, 31)),
    at=st.times(),
    ticks=st.lists(st.sampled_from(OBSTACLES), unique=True).map(tuple),
)


def against(on: date = THURSDAY, at: time = EVENING, *ticks: str) -> list[str]:
    return objections(Moment(on=on, at=at, ticks=ticks))  # type: ignore[arg-type] # obstacles by name


def test_nothing_is_said_against_a_quiet_evening() -> None:
    assert against() == []


@pytest.mark.parametrize("tick", OBSTACLES)
def test_each_thing_ticked_is_one_sentence_of_its_own(tick: str) -> None:
    assert against(THURSDAY, EVENING, tick) == [content.prose("timing")["objections"][tick]]


@pytest.mark.parametrize(
    ("on", "at", "begins"),
    [
        (THURSDAY, time(22), "It is late"),
        (THURSDAY, time(2, 15), "It is late"),
        (THURSDAY, time(7, 30), "On a workday morning"),
        (SATURDAY, time(7, 30), None),
        (THURSDAY, time(9), None),
        (THURSDAY, time(21, 59), None),
    ],
)
def test_late_hours_and_workday_mornings_speak_for_themselves(on: date, at: time, begins: str | None) -> None:
    said = against(on, at)
    assert [words.startswith(begins or "") for words in said] == ([True] if begins else [])


def test_being_tired_is_not_said_twice() -> None:
    assert len(against(THURSDAY, time(23), "tired or hungry")) == 1


def test_a_moment_in_the_past_is_said_to_be_past_first() -> None:
    moment = Moment(on=THURSDAY, at=EVENING, ticks=("alcohol",))
    after = datetime.combine(THURSDAY, EVENING) + timedelta(minutes=1)
    assert objections(moment, now=after)[0] == "That moment has passed."
    assert len(objections(moment, now=after)) == 2
    assert objections(moment, now=datetime.combine(THURSDAY, EVENING)) == objections(moment)


@given(moments)
def test_every_tick_is_answered_and_no_objection_counts_or_scores(moment: Moment) -> None:
    said = objections(moment)
    assert len(said) == len(set(said))
    assert len(moment.ticks) <= len(said) <= len(moment.ticks) + 1
    assert not any(character.isdigit() for words in said for character in words)


@given(moments)
def test_the_order_of_ticks_does_not_matter(moment: Moment) -> None:
    turned = Moment(on=moment.on, at=moment.at, ticks=moment.ticks[::-1])
    assert objections(moment) == objections(turned)
