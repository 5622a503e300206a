"""Step 2, make a long-term commitment: so many sessions in a rhythm, and how far one is."""

from __future__ import annotations

from typing import Any

from workbook.book import Book, Written
from workbook.content import today
from workbook.entries import Invalid, Plan, Session, checked
from workbook.formats import day
from workbook.insight import schedule
from workbook.insight.span import ALL_DAYS, Span
from workbook.steps.collection import completed
from workbook.steps.drawn import none_of, rests_on, table
from workbook.steps.page import Page, page
from workbook.widgets import Download, Form, Showing, fields_of, read_values
from workbook.widgets.fields import typed_values

Values = dict[str, Any]

FIRST = ("sessions", "every_days", "first")
MORE = ("at", "skip", "reviews", "alone", "why", "joining")


@page("commitment", part="own", number=2)
def commitment(p: Page) -> None:
    """One plan, its sessions as a row of beads, and its dates for a calendar."""
    p.opening()
    words, found = p.text["form"], _plan(p.book)
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
    picture, ics = p.text["picture"], p.text["calendar"]
    p.chart(picture["question"], lambda narrow: draw_beads(p.book, picture, narrow), height=180)
    p.add(Download(ics["label"], "dates.ics", "text/calendar", lambda: _calendar(p), hint=ics["hint"]))


def _plan(book: Book) -> Written[Plan] | None:
    own = book.own(Plan)
    return own[-1] if own else None


def _values(typed: Values) -> Values:
    read = read_values(Plan, {name: typed.get(name) for name in (*FIRST, *MORE)})
    return completed(
        Plan, {name: value or None if name in ("skip", "reviews") else value for name, value in read.items()}
    )


def _save(p: Page, typed: Values) -> Values:
    """What was held stays held: sessions are counted from the journal, not from the plan."""
    values, found = _values(typed), _plan(p.book)
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


def draw_beads(book: Book, words: Values, narrow: bool, during: Span = ALL_DAYS) -> Showing:
    """The sessions of one's plan during these days as beads, and when the last one of all may be."""
    from workbook.charts import draw_beads, to_svg

    found = _plan(book)
    if found is None:
        return Showing(empty=words["empty"])
    now = today()
    held = schedule.held(book.frame(Session), now)
    every = schedule.beads(found.entry, held, now)
    beads = [bead for bead in every if during.holds(bead.on)]
    if not beads:
        return Showing(empty=none_of(words, during))
    expected = schedule.nth([each.on for each in held], found.entry, today=now)
    ahead = schedule.in_words(expected, now) if during.is_all else words["during"]
    return Showing(
        finding=f"{schedule.so_far(beads)} {ahead}",
        rests_on=rests_on(words, sum(bead.state != "planned" for bead in beads)),
        svg=to_svg(draw_beads(beads, "narrow" if narrow else "wide")),
        table=table(
            words["columns"],
            lambda write: [[bead.number, write.day(bead.on), words["states"][bead.state]] for bead in beads],
        ),
    )


def _calendar(p: Page) -> str:
    from workbook.book import calendar

    found = _plan(p.book)
    if found is None:
        raise Invalid("", "Save a plan first; then its dates can go into a calendar.")
    return calendar.plan(found, title=p.calendar_title).decode()
