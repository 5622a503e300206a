"""Step 7, pick a good time: a moment for asking, four replies to rehearse, and how it went."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from workbook.book import Written, asking
from workbook.content import today
from workbook.entries import Invalid, Moment, Talk
from workbook.formats import clock, day, long_day, weekday
from workbook.insight.timing import objections
from workbook.steps import respect
from workbook.steps.collection import Collection, Kept, completed
from workbook.steps.page import Page, page
from workbook.widgets import Card, Download, Field, Rehearsal, Week, read_values
from workbook.widgets.fields import Option, typed_values

Values = dict[str, Any]

FIRST_GUESS = time(19)
"""Where the marker stands before it is moved: tomorrow evening."""


@page("timing", part="partner", number=7)
def timing(p: Page) -> None:
    """How it stands; while asking may be proposed, the marker and the rehearsal; how it went."""
    p.opening()
    respect.aside(p, p.text["standing"])
    week = Week(p.text["week"], long=long_day, short=weekday, now=_now)
    p.add(week)
    moment = p.entries("moment", _moments(p))
    _joined(week, moment)
    rehearsal = p.add(Rehearsal(p.text["rehearsal"]["words"], p.text["rehearsal"]["replies"]))
    talk = p.entries("talk", _talks(p))
    proposes = [week, moment.form, moment.slot.box, moment.cards, rehearsal]
    respect.away_unless(p, lambda: asking.may_be_proposed(p.book, today()), proposes)
    respect.away_unless(p, lambda: asking.standing(p.book, today()).state != "no", [talk.form])
    _calendar(p)


def _joined(week: Week, moment: Collection) -> None:
    """The marker and the form show one moment, wherever it was chosen."""
    form = moment.form

    def moved(on: date, at: time) -> None:
        form.fill({"on": on.isoformat(), "at": f"{at:%H:%M}"})

    def typed(values: Values) -> str:
        chosen = _chosen(values)
        week.point_at((chosen.on, chosen.at) if chosen else None)
        return _against(values)

    week.on_move = moved
    form.on_change = typed
    typed(form.values)


def _moments(p: Page) -> Kept:
    return Kept(
        kind=Moment,
        prose=p.text["moment"],
        first=("on", "at", "where", "ticks"),
        describe=lambda moment: _moment_card(p, moment),
        read=lambda typed: _moment_values(p, typed),
        show=lambda moment: typed_values(moment) | {"ticks": list(moment.ticks)},
        start=lambda: {
            "on": (today() + timedelta(days=1)).isoformat(),
            "at": f"{FIRST_GUESS:%H:%M}",
            "ticks": [],
        },
        live=_against,
        order=lambda moment: (-moment.entry.on.toordinal(), moment.entry.at.isoformat()),
    )


def _moment_values(p: Page, typed: Values) -> Values:
    """What was typed; a moment that is picked anew lies ahead, and after the day that was agreed on."""
    values = completed(Moment, read_values(Moment, typed))
    on, at, words = values["on"], values["at"], p.text["moment"]["refused"]
    if p.book.entries(Moment, on=on, at=at):
        return values
    if datetime.combine(on, at) < _now():
        raise Invalid("on" if on < today() else "at", words["past"])
    agreed = asking.agreed_beyond(p.book, on)
    if agreed:
        raise Invalid("on", words["early"].format(day=day(agreed)))
    if not asking.may_be_proposed(p.book, today()):
        raise Invalid("", words["closed"])
    return values


def _chosen(typed: Values) -> Moment | None:
    """The moment that is being typed, as soon as it can be read."""
    try:
        read = read_values(Moment, {name: typed.get(name) for name in ("on", "at")})
    except Invalid:
        return None
    if read["at"] is None:
        return None
    return Moment(on=read["on"], at=read["at"], ticks=tuple(typed.get("ticks") or ()))


def _against(typed: Values) -> str:
    """The objections to the moment that is being typed, a line each."""
    chosen = _chosen(typed)
    return "\n".join(objections(chosen, now=_now())) if chosen else ""


def _moment_card(p: Page, written: Written[Moment]) -> Card:
    moment, words = written.entry, p.text["moment"]["cards"]
    has_passed = datetime.combine(moment.on, moment.at) < _now()
    return Card(
        id=written.id,
        title=words["title_of"].format(day=long_day(moment.on), time=clock(moment.at)),
        on=moment.on,
        meta=words["passed"] if has_passed else "",
        lines=tuple(("", line) for line in (moment.where, *objections(moment)) if line),
    )


def _talks(p: Page) -> Kept:
    words = p.text["talk"]
    return Kept(
        kind=Talk,
        prose=words,
        first=("on", "answer", "agreed", "went"),
        extra={"answer": _clock(words["clock"])},
        describe=lambda talk: _talk_card(p, talk),
        read=lambda typed: _talk_values(p, typed),
        show=lambda talk: typed_values(talk) | {"clock": "agreed" if talk.agreed else "theirs"},
        start=lambda: {"on": today().isoformat(), "clock": "theirs"},
        order=lambda talk: (-talk.entry.on.toordinal(), -talk.written_at.timestamp()),
    )


def _clock(words: Mapping[str, Any]) -> Field:
    """Who brings it up again, asked where the answer waits."""
    options = tuple(Option(value, label) for value, label in words["options"].items())
    shown_if = ("answer", asking.TIME_ASKED_FOR)
    return Field(name="clock", kind="choice", label=words["label"], options=options, shown_if=shown_if)


def _talk_values(p: Page, typed: Values) -> Values:
    """What was typed. A day is agreed on only where the answer waits, and nobody talks before it."""
    waits = typed.get("answer") in asking.TIME_ASKED_FOR
    is_agreed = waits and typed.get("clock") == "agreed"
    values = read_values(Talk, typed | {"agreed": typed.get("agreed") if is_agreed else None})
    words = p.text["talk"]["refused"]
    if is_agreed and values["agreed"] is None:
        raise Invalid("agreed", words["no_day"])
    if values["on"] > today():
        raise Invalid("on", words["ahead"])
    agreed = asking.agreed_beyond(p.book, values["on"])
    # The same day is the same agreement: that talk is being put right.
    if agreed and agreed != values["agreed"]:
        raise Invalid("on", words["early"].format(day=day(agreed)))
    return values


def _talk_card(p: Page, written: Written[Talk]) -> Card:
    talk, words = written.entry, p.text["talk"]["cards"]
    waits = talk.answer in asking.TIME_ASKED_FOR
    clock = words["agreed"].format(day=day(talk.agreed)) if talk.agreed else words["theirs"]
    return Card(
        id=written.id,
        title=words["answers"][talk.answer],
        on=talk.on,
        meta=day(talk.on),
        lines=tuple(("", line) for line in (clock if waits else "", talk.went) if line),
    )


def _calendar(p: Page) -> None:
    """What may stand in a calendar today; the button is away where that is nothing."""
    words = p.text["calendar"]
    download = Download(words["label"], "dates.ics", "text/calendar", lambda: _ics(p), hint=words["hint"])
    p.add(download)
    respect.away_unless(p, lambda: bool(asking.dates(p.book, today())), [download])


def _ics(p: Page) -> str:
    from workbook.book import calendar

    found = asking.dates(p.book, today())
    if not found:
        raise Invalid("", p.text["calendar"]["empty"])
    return calendar.appointments(found, title=p.calendar_title).decode()


def _now() -> datetime:
    """The reader's own time, as the clock on their wall shows it."""
    return datetime.now().astimezone().replace(tzinfo=None)
