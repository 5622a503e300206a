"""Step 8, offer a test drive: one visit, whether one would go again, and what to bring to it."""

from __future__ import annotations

from typing import Any

from workbook.book import Written, asking, ballots, trials
from workbook.book.appointment import Appointment
from workbook.content import today
from workbook.entries import FirstSession, Invalid, Trial, TrialAnswer
from workbook.formats import day
from workbook.steps import respect
from workbook.steps.collection import Kept, completed
from workbook.steps.page import Page, page
from workbook.steps.slot import Slot
from workbook.widgets import Ask, Card, Download, Field, Form, Sheet, fields_of, read_values
from workbook.widgets.fields import typed_values

Values = dict[str, Any]

AGAIN = ("yes", "maybe", "no")
TAKE_BACK = "no answer"
FIRST_SESSION = ("hope", "worry", "please_dont")


@page("trial", part="partner", number=8)
def trial(p: Page) -> None:
    """One visit and the answer to it; then the sheet that one brings along."""
    p.opening()
    respect.aside(p, p.text["standing"])
    listed = p.entries(
        "trial",
        Kept(
            kind=Trial,
            prose=p.text,
            first=("kind", "with_whom", "on", "worth_it"),
            more=("worry",),
            describe=lambda trial: _card(p, trial),
            start=lambda: {"kind": "first consultation"},
            erase=lambda trial: trials.erase(p.book, trial),
            answers={"again": lambda trial, answer: _answer(p, listed.slot, trial, answer)},
        ),
    )
    respect.away_unless(p, lambda: asking.may_be_proposed(p.book, today()), [listed.form])
    _calendar(p)
    _first_session(p)


def _card(p: Page, written: Written[Trial]) -> Card:
    entry, words, fields = written.entry, p.text["cards"], p.text["fields"]
    kind = next(each["label"] for each in fields["kind"]["options"] if each["value"] == entry.kind)
    kept = ballots.own(p.book, trials.ballot(written))
    lines = [
        (words["worth_it"], entry.worth_it),
        (words["worry"], entry.worry),
        *(_answered(p, written, kept) if kept else []),
    ]
    return Card(
        id=written.id,
        title=" · ".join(filter(None, [kind, entry.with_whom])),
        on=entry.on,
        meta=day(entry.on) if entry.on else "",
        lines=tuple((label, text) for label, text in lines if text),
        ask=_ask(p, kept) if trials.is_over(entry, today()) else None,
    )


def _ask(p: Page, kept: Written[TrialAnswer] | None) -> Ask:
    words = p.text["answer"]
    if kept is None:
        return Ask("again", words["question"], AGAIN)
    others = tuple(answer for answer in AGAIN if answer != kept.entry.again)
    return Ask("again", words["change"], (*others, TAKE_BACK))


def _answered(p: Page, trial: Written[Trial], kept: Written[TrialAnswer]) -> list[tuple[str, str]]:
    """One's own answer, and what came of it; while it waits, nothing depends on what the partner did."""
    words = p.text["answer"]
    return [(words["own"], kept.entry.again), (words["note"], kept.entry.note), ("", _outcome(p, trial))]


def _outcome(p: Page, trial: Written[Trial]) -> str:
    standing = ballots.standing(p.book, trials.ballot(trial))
    if standing.mine is None or standing.theirs is None:
        return str(p.text["ballot"][standing.state])
    both = standing.mine["again"] == standing.theirs["again"] == "yes"
    return str(p.text["answer"]["both_yes" if both else "not_both"])


def _answer(p: Page, slot: Slot, trial: str, answer: str) -> None:
    """Before an answer is kept, what it shows and to whom is said once more."""
    written = p.book.entry(trial)
    ballot = trials.ballot(written)
    kept = ballots.own(p.book, ballot)
    if answer == TAKE_BACK:
        ballots.withdraw(p.book, ballot)
        p.wrote()
        return

    def save(typed: Values) -> None:
        values = completed(TrialAnswer, read_values(TrialAnswer, typed))
        trials.keep_answer(p.book, written, {name: values[name] for name in ("again", "note")})

    words = p.text["answer"]
    before = Field(name="before", kind="note", label=words["before"])
    fields = [*fields_of(TrialAnswer, ["again"], words["fields"]), before]
    fields += fields_of(TrialAnswer, ["note"], words["fields"])
    values = (typed_values(kept.entry) if kept else {}) | {"again": answer}
    slot.ask(ballot.name, fields, save, words, values=values, by_key=False)


def _calendar(p: Page) -> None:
    """The days of visits for a calendar; the button is away while there are none."""
    words = p.text["calendar"]
    download = Download(words["label"], "dates.ics", "text/calendar", lambda: _ics(p), hint=words["hint"])
    p.add(download)
    respect.away_unless(p, lambda: bool(_dates(p)), [download])


def _dates(p: Page) -> list[Appointment]:
    """The visits that lie ahead; none while there is nothing to offer."""
    may = asking.may_be_proposed(p.book, today())
    return trials.dates(p.book.once(Trial), today()) if may else []


def _ics(p: Page) -> str:
    from workbook.book import calendar

    found = _dates(p)
    if not found:
        raise Invalid("", p.text["calendar"]["empty"])
    return calendar.appointments(found, title=p.calendar_title).decode()


def _first_session(p: Page) -> None:
    """Three lines, one sheet: saving again puts a new version on top of the old one."""
    words, found = p.text["first_session"], _own_first_session(p)
    p.form(
        "first_session",
        Form(
            fields_of(FirstSession, FIRST_SESSION, words["fields"]),
            values=typed_values(found.entry) if found else {},
            save=words["save"],
            title=words["title"],
            on_save=lambda typed: _save_first_session(p, typed),
        ),
    )
    words = words["sheet"]
    sheet = Sheet(words["title"], lambda: _lines(p), intro=words["intro"], empty=words["empty"])
    p.on_change(sheet.refresh)
    p.add(sheet)


def _own_first_session(p: Page) -> Written[FirstSession] | None:
    own = p.book.own(FirstSession)
    return own[-1] if own else None


def _save_first_session(p: Page, typed: Values) -> Values:
    values = {name: typed.get(name) or "" for name in FIRST_SESSION}
    found = _own_first_session(p)
    if found:
        p.book.revise(found.id, **values)
    else:
        p.book.write(FirstSession(**values))
    p.wrote()
    return typed


def _lines(p: Page) -> list[str]:
    """What one's own sheet says, a line for each of the three that was written."""
    found = _own_first_session(p)
    if found is None:
        return []
    said = p.text["first_session"]["sheet"]["lines"]
    return [
        f"{said[name]} {getattr(found.entry, name).strip()}"
        for name in FIRST_SESSION
        if getattr(found.entry, name).strip()
    ]
