"""Calendar files, read back by a reader that shares no code with what wrote them."""

import re
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

import pytest
from dateutil.rrule import rrulestr

from workbook.book import calendar
from workbook.book.written import Written
from workbook.entries import Assignment, Entry, Plan

NOW = datetime(2026, 1, 1, 12, tzinfo=UTC)
TELLING = re.compile(r"therap|couple|session|homework|counsel|partner|relation|review|assign", re.IGNORECASE)


@dataclass
class Read:
    """One component of a calendar as a reader of RFC 5545 sees it: its properties and what it contains."""

    name: str
    values: dict[str, str] = field(default_factory=dict)
    parts: list["Read"] = field(default_factory=list)


def read(ics: bytes) -> Read:
    """Unfold the lines and nest the components. A line is name[;parameters]:value."""
    text = ics.decode().replace("\r\n ", "").replace("\r\n\t", "")
    stack = [Read("")]
    for line in text.removesuffix("\r\n").split("\r\n"):
        name, _, value = line.partition(":")
        if name == "BEGIN":
            stack.append(Read(value))
        elif name == "END":
            done = stack.pop()
            assert done.name == value
            stack[-1].parts.append(done)
        else:
            stack[-1].values[name] = value
    (root,) = stack[0].parts
    return root


def written(entry: Entry, entry_id: str = "3f9a77c0") -> Written:
    at = datetime(2026, 1, 3, 20, 15)  # noqa: DTZ001 - a book's times are local
    return Written(id=entry_id, author="Ana", room="mine", written_at=at, revised_at=None, entry=entry)


def events(ics: bytes) -> list[dict[str, str]]:
    return [event.values for event in read(ics).parts]


def plan(**changes: object) -> Plan:
    given = {"first": date(2026, 1, 6), "sessions": 3, "reviews": (), "why": "our couples therapy sessions"}
    return Plan(**given | changes)  # type: ignore[arg-type]


def to_do(**changes: object) -> Assignment:
    return Assignment(**{"what": "The homework of the session", **changes})  # type: ignore[arg-type]


def test_the_calendar_says_who_made_it_and_that_it_is_to_be_taken_in() -> None:
    head = read(calendar.plan(written(plan()), now=NOW))
    assert head.name == "VCALENDAR"
    assert head.values == {
        "VERSION": "2.0",
        "PRODID": "-//workbook//calendar//EN",
        "CALSCALE": "GREGORIAN",
        "METHOD": "PUBLISH",
    }


def test_a_session_at_a_time_lasts_fifty_minutes_on_whatever_clock_hangs_there() -> None:
    found = events(calendar.plan(written(plan(at=time(18, 30))), now=NOW))
    assert [event["DTSTART"] for event in found] == ["20260106T183000", "20260113T183000", "20260120T183000"]
    assert found[0]["DTEND"] == "20260106T192000"
    assert found[0]["TRANSP"] == "OPAQUE"


def test_a_session_without_a_time_takes_the_day_and_blocks_nothing() -> None:
    (event, *_) = events(calendar.plan(written(plan()), now=NOW))
    assert event["DTSTART;VALUE=DATE"] == "20260106"
    assert event["DTEND;VALUE=DATE"] == "20260107"
    assert event["TRANSP"] == "TRANSPARENT"


def test_a_late_session_ends_on_the_next_day() -> None:
    (event, *_) = events(calendar.plan(written(plan(at=time(23, 30))), now=NOW))
    assert event["DTEND"] == "20260107T002000"


def test_skipped_dates_are_not_in_the_calendar() -> None:
    found = events(calendar.plan(written(plan(skip=(date(2026, 1, 13),))), now=NOW))
    assert [event["DTSTART;VALUE=DATE"] for event in found] == ["20260106", "20260120", "20260127"]


def test_a_review_follows_its_session_and_one_after_the_last_is_left_out() -> None:
    found = events(calendar.plan(written(plan(at=time(9), reviews=(2, 8))), now=NOW))
    assert len(found) == 4
    assert (found[2]["DTSTART"], found[2]["DTEND"]) == ("20260113T095000", "20260113T100500")


def test_a_reminder_comes_the_day_before_and_never_at_midnight() -> None:
    timed, whole_day = (read(calendar.plan(written(plan(at=at)), now=NOW)).parts[0] for at in (time(9), None))
    assert timed.parts[0].values == {"ACTION": "DISPLAY", "DESCRIPTION": "Appointment", "TRIGGER": "-P1D"}
    # Nine in the morning of the day before is fifteen hours before midnight.
    assert whole_day.parts[0].values["TRIGGER"] == "-PT15H"
    silent = read(calendar.plan(written(plan()), now=NOW, remind_days=None))
    assert all(event.parts == [] for event in silent.parts)


@pytest.mark.parametrize("repeats", ["none", "daily", "weekly", "until the next session"])
def test_nothing_in_a_calendar_tells_what_it_is_about(repeats) -> None:
    full = plan(at=time(18), reviews=(1, 2, 3), joining="my partner")
    of_plan = calendar.plan(written(full), now=NOW)
    of_tasks = calendar.assignments(
        [written(to_do(by=date(2026, 2, 1), repeats=repeats))], now=NOW, remind_days=1
    )
    for ics in (of_plan, of_tasks):
        assert b"Appointment" in ics
        assert not TELLING.search(ics.replace(b"\r\n ", b"").decode())
        assert b"3f9a77c0" not in ics
        assert {event["CLASS"] for event in events(ics)} == {"PRIVATE"}


def test_a_later_file_moves_the_same_events_and_is_taken_for_newer() -> None:
    before = events(calendar.plan(written(plan(at=time(9), reviews=(2,))), now=NOW))
    after = events(
        calendar.plan(written(plan(at=time(10), every_days=14, reviews=(2,))), now=NOW + timedelta(hours=1))
    )
    assert [event["UID"] for event in before] == [event["UID"] for event in after]
    assert len({event["UID"] for event in before}) == 4
    assert before[1]["DTSTART"] != after[1]["DTSTART"]
    assert before[0]["DTSTAMP"] == "20260101T120000Z"
    assert int(before[0]["SEQUENCE"]) < int(after[0]["SEQUENCE"]) < 2**31


def test_two_plans_share_no_event() -> None:
    one, other = (events(calendar.plan(written(plan(), name), now=NOW)) for name in ("one", "other"))
    assert not {event["UID"] for event in one} & {event["UID"] for event in other}


def test_a_title_of_ones_own_comes_back_whole_whatever_it_holds() -> None:
    title = "Zoë; 5 o'clock, with \\ and 治療" + " so on" * 30
    ics = calendar.plan(written(plan()), f"{title}\nBEGIN:VEVENT\x00", now=NOW)
    assert len(events(ics)) == 3
    said = re.sub(r"\\(.)", r"\1", events(ics)[0]["SUMMARY"])
    assert said == f"{title} BEGIN:VEVENT"


def test_lines_end_as_the_standard_says_and_none_is_too_long() -> None:
    ics = calendar.plan(written(plan(at=time(9))), "Zoë " * 60, now=NOW)
    assert ics.endswith(b"\r\n")
    assert b"\n" not in ics.replace(b"\r\n", b"")
    assert max(len(line) for line in ics.split(b"\r\n")) <= 75


def days_of(event: dict[str, str]) -> list[date]:
    """The days of a repeating event, by dateutil."""
    start = datetime.strptime(event["DTSTART;VALUE=DATE"], "%Y%m%d")  # noqa: DTZ007 - a day has no zone
    return [moment.date() for moment in rrulestr(event["RRULE"], dtstart=start)]


def test_an_assignment_stands_on_its_day_and_one_without_a_day_nowhere() -> None:
    ics = calendar.assignments([written(to_do(by=date(2026, 2, 1)), "a"), written(to_do(), "b")], now=NOW)
    (event,) = events(ics)
    assert event["DTSTART;VALUE=DATE"] == "20260201"
    assert "RRULE" not in event
    assert calendar.assignments([written(to_do())], now=NOW) == b""


@pytest.mark.parametrize(
    ("repeats", "by", "next_session", "count", "last"),
    [
        ("daily", date(2026, 1, 9), None, 7, date(2026, 1, 9)),
        ("weekly", date(2026, 1, 23), None, 3, date(2026, 1, 17)),
        ("daily", None, None, 29, date(2026, 1, 31)),
        ("until the next session", None, date(2026, 1, 6), 3, date(2026, 1, 5)),
        ("until the next session", date(2026, 1, 4), date(2026, 1, 6), 2, date(2026, 1, 4)),
    ],
)
def test_what_repeats_runs_from_the_day_it_was_written_to_its_end(
    repeats, by, next_session, count, last
) -> None:
    entry = written(to_do(repeats=repeats, by=by))
    (event,) = events(calendar.assignments([entry], now=NOW, next_session=next_session))
    found = days_of(event)
    assert (found[0], found[-1], len(found)) == (date(2026, 1, 3), last, count)


def test_what_has_ended_before_it_began_is_left_out() -> None:
    entry = written(to_do(repeats="daily", by=date(2026, 1, 2)))
    assert calendar.assignments([entry], now=NOW) == b""


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        calendar.plan(written(plan()), now=datetime(2026, 1, 1))  # noqa: DTZ001 - that is the point
