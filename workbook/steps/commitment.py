"""Step 2, make a long-term commitment: so many sessions in a rhythm, and how far one is."""

from __future__ import annotations

from typing import Any

from workbook.book import Written
from workbook.content import day, today
from workbook.entries import Invalid, Plan, Session, checked
from workbook.insight import schedule
from workbook.steps.collection import completed
from workbook.steps.page import Page, page
from workbook.widgets import Download, Form, Showing, Table, fields_of, read_values
from workbook.widgets.fields import typed_values

Values = dict[str, Any]

FIRST = ("sessions", "every_days", "first")
MORE = ("at", "skip", "reviews", "alone", "why", "joining")


@page("commitment", part="own", number=2)
def commitment(p: Page) -> None:
    """One plan, its sessions as a row of beads, and its dates for a calendar."""
    p.opening()
    words, found = p.text["form"], _plan(p)
    form = Form(
        fields_of(Plan, FIRST, p.text["fields"]),
        more=fields_of(Plan, MORE, p.text["fields"]),
        values=typed_values(found.entry)
        if found
        else {"sessions": 12, "every_days": 7, "reviews": "4, 8, 12"},
        save=words["save"],
        title=words["title"],
        more_label=words["more"],
        on_save=lambda typed: _save(p, typed),
    )
    form.on_change = lambda typed: _live(p, typed)
    p.form("plan", form)
    p.chart(p.text["picture"]["question"], lambda narrow: _draw(p, narrow), height=180)
    words = p.text["calendar"]
    p.add(Download(words["label"], "dates.ics", "text/calendar", lambda: _calendar(p), hint=words["hint"]))


def _plan(p: Page) -> Written[Plan] | None:
    own = p.book.own(Plan)
    return own[-1] if own else None


def _values(typed: Values) -> Values:
    read = read_values(Plan, {name: typed.get(name) for name in (*FIRST, *MORE)})
    return completed(
        Plan, {name: value or None if name in ("skip", "reviews") else value for name, value in read.items()}
    )


def _save(p: Page, typed: Values) -> Values:
    """What was held stays held: sessions are counted from the journal, not from the plan."""
    values, found = _values(typed), _plan(p)
    if found:
        p.book.revise(found.id, **values)
    else:
        p.book.write(Plan(**values))
    p.wrote()
    return typed


def _live(p: Page, typed: Values) -> str:
    """Until when the plan goes, as long as it can be read."""
    try:
        plan = checked(Plan(**_values(typed)))
        planned = schedule.planned(plan)
    except (Invalid, OverflowError):
        return ""
    words = p.text["form"]
    unused = schedule.unused_skips(plan.first, plan.every_days, plan.sessions, plan.skip)
    sentences = [words["live"].format(count=plan.sessions, last=day(planned[-1]))]
    if plan.alone:
        sentences.append(words["alone"].format(count=plan.alone))
    if unused:
        sentences.append(words["unused"].format(days=", ".join(day(each) for each in unused)))
    return " ".join(sentences)


def _draw(p: Page, narrow: bool) -> Showing:
    from workbook.charts import draw_beads, to_svg

    words, found = p.text["picture"], _plan(p)
    if found is None:
        return Showing(empty=words["empty"])
    now = today()
    held = schedule.held(p.book.frame(Session), now)
    beads = schedule.beads(found.entry, held, now)
    expected = schedule.nth([each.on for each in held], found.entry, today=now)
    rows = [[bead.number, day(bead.on), words["states"][bead.state]] for bead in beads]
    return Showing(
        finding=f"{schedule.so_far(beads)} {schedule.in_words(expected, now)}",
        svg=to_svg(draw_beads(beads, "narrow" if narrow else "wide")),
        table=Table(words["columns"], rows),
    )


def _calendar(p: Page) -> str:
    from workbook.book import calendar

    found = _plan(p)
    if found is None:
        raise Invalid("", "Save a plan first; then its dates can go into a calendar.")
    return calendar.plan(found, title=p.calendar_title).decode()
