"""When sessions are: the dates of a plan, the row of beads, and when the nth one may be."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import quantiles
from typing import TYPE_CHECKING, Literal, NamedTuple

from workbook import formats
from workbook.entries import Plan
from workbook.insight.sessions import numbered

if TYPE_CHECKING:
    from pandas import DataFrame

State = Literal["planned", "alone", "together"]

FEWEST_HELD = 3
"""With fewer sessions held than this, the plan says when the nth one is; from here on the real gaps do."""
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


class Held(NamedTuple):
    """A session that took place. together: both were there; otherwise one of the two alone."""

    on: date
    together: bool


@dataclass(frozen=True, slots=True)
class Bead:
    """One place in the row. number: 1 is the first. joined: the partner came along from here on."""

    number: int
    on: date
    state: State
    joined: bool = False


@dataclass(frozen=True, slots=True)
class Expected:
    """When a session is likely to be.

    rests_on: "held" if it took place (all three days are the same), "gaps" if reckoned from the real gaps,
    "plan" if by the plan alone.
    """

    number: int
    earliest: date
    likely: date
    latest: date
    rests_on: Literal["held", "gaps", "plan"]


def dates(first: date, every_days: int, count: int, skip: Iterable[date] = ()) -> list[date]:
    """The days of `count` sessions, in order, from `first` on and `every_days` days apart.

    A day in `skip` moves to the next regular one: the course gets longer. One that is no session's day
    changes nothing.
    Raises ValueError for every_days < 1, count < 0, or a course that runs beyond the year 9999.
    """
    _check(every_days, count)
    try:
        return list(itertools.islice(_regular(first, every_days, skip), count))
    except OverflowError:
        raise ValueError("the last session would be after the year 9999") from None


def unused_skips(first: date, every_days: int, count: int, skip: Iterable[date]) -> list[date]:
    """The days in `skip` that move no session, in order, each once. Raises ValueError as `dates` does."""
    skip = set(skip)
    days = dates(first, every_days, count, skip)
    if not days:
        return sorted(skip)
    return sorted(
        day for day in skip if not (first <= day <= days[-1] and (day - first).days % every_days == 0)
    )


def planned(plan: Plan) -> list[date]:
    """The days of a plan's sessions."""
    return dates(plan.first, plan.every_days, plan.sessions, plan.skip)


def held(sessions: DataFrame, today: date | None = None) -> list[Held]:
    """The sessions that took place, in time order; one that both members wrote down counts once.

    sessions: a frame of Session, of both members. today: sessions after this day did not take place yet.
    """
    in_order = sessions.sort_values("written_at", kind="stable")
    columns = (in_order[name] for name in ("id", "on", "author", "together"))
    rows = [
        (str(session), on.date(), str(author), together == "together")
        for session, on, author, together in zip(*columns, strict=True)
        if today is None or on.date() <= today
    ]
    numbers = numbered((session, on, author) for session, on, author, _ in rows)
    found: dict[int, Held] = {}
    for session, on, _, together in rows:
        number = numbers[session]
        found[number] = Held(on, together or (number in found and found[number].together))
    return [found[number] for number in sorted(found)]


def beads(plan: Plan, held: Iterable[tuple[date, bool]], today: date | None = None) -> list[Bead]:
    """The row of beads: one for each session held, in time order, then one for each that the plan still has.

    held: the day of each session that took place, and whether both were there, in any order. What is still to
    come stands on the plan's regular days after the last one held, and not before `today`, where given.
    """
    in_order = sorted(held)
    joined = _joined(in_order)
    taken = [
        Bead(number, on, "together" if together else "alone", number == joined)
        for number, (on, together) in enumerate(in_order, start=1)
    ]
    open_places = range(len(taken) + 1, plan.sessions + 1)
    ahead = _ahead(plan, [on for on, _ in in_order], today)
    return taken + [Bead(number, on, "planned") for number, on in zip(open_places, ahead, strict=False)]


def finding(plan: Plan, held: Iterable[tuple[date, bool]], today: date | None = None) -> str:
    """What the row of beads shows, and when its last one may be. The arguments are those of `beads`."""
    in_order = sorted(held)
    if len(in_order) >= plan.sessions:
        return so_far(beads(plan, in_order))
    expected = nth([on for on, _ in in_order], plan, today=today)
    return f"{so_far(beads(plan, in_order))} {in_words(expected, today)}"


def so_far(beads: Sequence[Bead]) -> str:
    """How many sessions were held and how many of them together, in one sentence."""
    taken = [bead for bead in beads if bead.state != "planned"]
    both = sum(bead.state == "together" for bead in taken)
    if not taken:
        return f"None of {len(beads)} held yet."
    who = {0: "alone", len(taken): "together"}.get(both, f"{both} of them together")
    joined = next((f", since the {ordinal(bead.number)}" for bead in beads if bead.joined), "")
    return f"{len(taken)} of {len(beads)} held, {who}{joined}."


def nth(held: Sequence[date], plan: Plan, number: int | None = None, today: date | None = None) -> Expected:
    """When the session of this number is likely to be; the plan's last one if no number is given.

    held: days of the sessions that took place, in time order. From three on, what is missing is reckoned from
    the median gap between them (likely) and the middle half of the gaps (earliest, latest), so that a
    single long holiday does not stretch the range; before that, the plan says. `today`, where given:
    the next session is not before it.
    Raises ValueError for a number below 1.
    """
    number = plan.sessions if number is None else number
    if number < 1:
        raise ValueError("the first session has the number 1")
    missing = number - len(held)
    if missing <= 0:
        on = held[number - 1]
        return Expected(number, on, on, on, "held")
    if len(held) < FEWEST_HELD:
        on = next(itertools.islice(_ahead(plan, held, today), missing - 1, None))
        return Expected(number, on, on, on, "plan")
    return Expected(number, *_by_gaps(held, missing, today), "gaps")


def in_words(expected: Expected, today: date | None = None) -> str:
    """A sentence such as "The 12th will be around mid-March to early April."

    A year is named where the two ends differ in it, or where it is not the year of `today`.
    """
    which = ordinal(expected.number)
    if expected.rests_on == "held":
        on = expected.likely
        return f"The {which} was on {formats.full_date(on)}."
    when = _span(expected.earliest, expected.latest, today)
    if expected.rests_on == "plan":
        return f"By your plan, the {which} will be around {when}."
    return f"The {which} will be around {when}."


def review_due(reviews: Iterable[int], held: Sequence[date], done: Iterable[date]) -> int | None:
    """The plan's latest review point that is reached, if no review came after it; else None.

    reviews: after how many sessions the plan has a review. held: days of the sessions that took place, in
    time order. done: days of the reviews there were. A review counts for every point reached by its day.
    """
    reached = max((point for point in reviews if point <= len(held)), default=None)
    if reached is None or any(day >= held[reached - 1] for day in done):
        return None
    return reached


def ordinal(number: int) -> str:
    """1 -> "1st", 12 -> "12th"."""
    teens = 10 < number % 100 < 14
    return f"{number}{'th' if teens else {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th')}"


def _check(every_days: int, count: int) -> None:
    if every_days < 1:
        raise ValueError("there should be at least one day from one session to the next")
    if count < 0:
        raise ValueError("there can't be fewer than 0 sessions")


def _regular(first: date, every_days: int, skip: Iterable[date]) -> Iterator[date]:
    skip = frozenset(skip)
    days = (first + timedelta(days=every_days * place) for place in itertools.count())
    return (day for day in days if day not in skip)


def _ahead(plan: Plan, held: Sequence[date], today: date | None) -> Iterator[date]:
    """The plan's regular days that are still to come.

    A session may be held a little before or after its day: the next day is the first one that is more than
    half the rhythm away from it.
    """
    for day in _regular(plan.first, plan.every_days, plan.skip):
        if held and 2 * (day - held[-1]).days <= plan.every_days:
            continue
        if today is None or day >= today:
            yield day


def _by_gaps(held: Sequence[date], missing: int, today: date | None) -> tuple[date, date, date]:
    """The earliest, the likely and the latest day of the session that is `missing` gaps after the last."""
    gaps = [(later - earlier).days for earlier, later in itertools.pairwise(held)]
    low, usual, high = quantiles(gaps, n=4, method="inclusive")
    today = today or held[-1]
    begin = max(held[-1], today - timedelta(days=round(usual)))
    earliest, likely, latest = (begin + timedelta(days=round(missing * gap)) for gap in (low, usual, high))
    return max(earliest, today), max(likely, today), max(latest, today)


def _joined(held: Sequence[tuple[date, bool]]) -> int | None:
    """The number of the first session together, if one alone came before it."""
    together = next((number for number, (_, both) in enumerate(held, start=1) if both), 1)
    return together if together > 1 else None


def _span(earliest: date, latest: date, today: date | None) -> str:
    """ "mid-March to early April", "early to mid-March" or "mid-March"."""
    years = earliest.year != latest.year or (today is not None and latest.year != today.year)
    begin, end = (_part_of_month(day, years) for day in (earliest, latest))
    if begin == end:
        return begin
    if (earliest.year, earliest.month) == (latest.year, latest.month):
        return f"{_part(earliest)} to {end}"
    if earliest.year == latest.year:
        begin = _part_of_month(earliest, with_year=False)
    return f"{begin} to {end}"


def _part(day: date) -> str:
    return "early" if day.day <= 10 else "mid" if day.day <= 20 else "late"


def _part_of_month(day: date, with_year: bool) -> str:
    joint = "-" if _part(day) == "mid" else " "
    year = f" {day.year}" if with_year else ""
    return f"{_part(day)}{joint}{MONTHS[day.month - 1]}{year}"
