"""Calendar files (RFC 5545) of a plan, of assignments and of single days, for any calendar program.

Others may see a calendar. So nothing in it tells what it is about unless a title is given: each title is
neutral, and so are the name of the program and every UID.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from icalendar import Alarm, Calendar, Event

from workbook.book.appointment import Appointment
from workbook.book.written import Written
from workbook.entries import Assignment, Plan
from workbook.insight.schedule import planned

SESSION = timedelta(minutes=50)
REVIEW = timedelta(minutes=15)
ONE_DAY = timedelta(days=1)
MORNING = timedelta(hours=9)
"""When an entry of a whole day reminds: at nine, so that nobody is woken at midnight."""
LONGEST_REPEAT = timedelta(weeks=4)
"""What is to be done again and again, but has no end, is in the calendar for this long."""
NEUTRAL = "Appointment"
_HEAD = {
    "prodid": "-//workbook//calendar//EN",
    "version": "2.0",
    "calscale": "GREGORIAN",
    "method": "PUBLISH",
}
_NAMESPACE = uuid.UUID("6f0f1d3a-0d0b-5a51-9c0e-3f3c8b1f5a27")
"""Any fixed value: UIDs are made under it, so that no entry's id can be read from a calendar."""
_EVERY = {"daily": "DAILY", "weekly": "WEEKLY", "until the next session": "DAILY"}


@dataclass(frozen=True, slots=True)
class _Happening:
    """One event. start: a time of day as the clock on the wall shows it, or a day for the whole of it."""

    uid: str
    start: date
    lasts: timedelta
    remind_days: int | None = None
    repeats: dict[str, object] | None = None


def plan(
    written: Written[Plan], title: str = NEUTRAL, now: datetime | None = None, remind_days: int | None = 1
) -> bytes:
    """The sessions and the reviews of a plan as the bytes of an .ics file.

    title: what each event is called. remind_days: how many days before to remind; None for not at all.
    now: with a time zone, when the file is made; this moment if left out.
    Each event's UID follows from the plan's id and the number of the session, so that importing a later file
    moves the events instead of doubling them. A session lasts 50 minutes, at floating local time, or the
    whole day if the plan has no time. A review is 15 minutes right after its session; one after the plan's
    last session is left out.
    Raises ValueError for a `now` without a time zone.
    """
    return _file(_of_plan(written, remind_days), title, now)


def assignments(
    written: Iterable[Written[Assignment]],
    title: str = NEUTRAL,
    now: datetime | None = None,
    remind_days: int | None = None,
    next_session: date | None = None,
) -> bytes:
    """Assignments as whole days in an .ics file; empty if none of them has a day.

    Those that do not repeat stand on the day by which they are to be done; one without is left out. Daily
    and weekly ones run from the day they were written down to that day, those "until the next session"
    every day before that session. Where there is no end, they run for four weeks.
    The other arguments are those of `plan`.
    """
    found = [_of_assignment(each, remind_days, next_session) for each in written]
    happenings = [happening for happening in found if happening is not None]
    return _file(happenings, title, now) if happenings else b""


def appointments(
    found: Iterable[Appointment],
    title: str = NEUTRAL,
    now: datetime | None = None,
    remind_days: int | None = None,
) -> bytes:
    """Single days as the bytes of an .ics file: 50 minutes where there is a time, else the whole day.

    The other arguments are those of `plan`.
    """
    return _file([_of_appointment(each, remind_days) for each in found], title, now)


def together(
    plans: Iterable[Written[Plan]] = (),
    tasks: Iterable[Written[Assignment]] = (),
    found: Iterable[Appointment] = (),
    title: str = NEUTRAL,
    now: datetime | None = None,
    remind_days: int | None = 1,
) -> bytes:
    """Sessions and reviews of plans, assignments and single days in one .ics file; empty without any.

    Only sessions remind. The other arguments are those of `plan`.
    """
    happenings = [each for written in plans for each in _of_plan(written, remind_days)]
    happenings += [each for written in tasks if (each := _of_assignment(written, None, None)) is not None]
    happenings += [_of_appointment(each, None) for each in found]
    return _file(happenings, title, now) if happenings else b""


def _of_appointment(found: Appointment, remind_days: int | None) -> _Happening:
    uid = _uid(found.entry, found.place)
    if found.at is None:
        return _Happening(uid, found.on, ONE_DAY, remind_days)
    start = datetime.combine(found.on, found.at.replace(tzinfo=None))
    return _Happening(uid, start, SESSION, remind_days)


def _of_plan(written: Written[Plan], remind_days: int | None) -> Iterator[_Happening]:
    at, reviews = written.entry.at, written.entry.reviews
    for number, on in enumerate(planned(written.entry), start=1):
        start = on if at is None else datetime.combine(on, at.replace(tzinfo=None))
        lasts = ONE_DAY if at is None else SESSION
        yield _Happening(_uid(written.id, f"session {number}"), start, lasts, remind_days)
        if number in reviews:
            start, lasts = (on, ONE_DAY) if at is None else (start + SESSION, REVIEW)
            # Its session has reminded already.
            yield _Happening(_uid(written.id, f"review {number}"), start, lasts)


def _of_assignment(
    written: Written[Assignment], remind_days: int | None, next_session: date | None
) -> _Happening | None:
    since = written.written_at.date()
    every = _EVERY.get(written.entry.repeats)
    start = since if every else written.entry.by
    until = _last_day(written.entry, since, next_session)
    if start is None or until < start:
        return None
    rule: dict[str, object] | None = {"freq": every, "until": until} if every else None
    return _Happening(_uid(written.id, "assignment"), start, ONE_DAY, remind_days, rule)


def _last_day(assignment: Assignment, since: date, next_session: date | None) -> date:
    ends = [assignment.by] if assignment.by is not None else []
    if assignment.repeats == "until the next session" and next_session is not None:
        ends.append(next_session - ONE_DAY)
    return min(ends, default=since + LONGEST_REPEAT)


def _uid(entry: str, place: str) -> str:
    return f"{uuid.uuid5(_NAMESPACE, f'{entry}/{place}')}@workbook"


def _file(happenings: Iterable[_Happening], title: str, now: datetime | None) -> bytes:
    made = datetime.now(UTC) if now is None else now
    if made.utcoffset() is None:
        raise ValueError("the time at which a calendar is made should have a time zone")
    calendar = Calendar()
    for name, value in _HEAD.items():
        calendar.add(name, value)
    for happening in happenings:
        calendar.add_component(_event(happening, _printable(title), made.astimezone(UTC)))
    return bytes(calendar.to_ical())


def _event(happening: _Happening, title: str, made: datetime) -> Event:
    whole_day = not isinstance(happening.start, datetime)
    event = Event()
    event.add("uid", happening.uid)
    event.add("dtstamp", made.replace(microsecond=0))
    # Grows with each file, so that a program which has an older one takes over what changed.
    event.add("sequence", int(made.timestamp()) // 60)
    event.add("summary", title)
    event.add("dtstart", happening.start)
    event.add("dtend", happening.start + happening.lasts)
    event.add("class", "PRIVATE")
    event.add("transp", "TRANSPARENT" if whole_day else "OPAQUE")
    if happening.repeats is not None:
        event.add("rrule", happening.repeats)
    if happening.remind_days is not None:
        before = timedelta(days=happening.remind_days) - (MORNING if whole_day else timedelta())
        event.add_component(_alarm(title, before))
    return event


def _alarm(title: str, before: timedelta) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", title)
    alarm.add("trigger", -before)
    return alarm


def _printable(title: str) -> str:
    """The title on one line, without what no calendar can show."""
    return "".join(character for character in " ".join(title.split()) if character.isprintable())
