"""Step 3, do your homework: the game plan, what to do between sessions, and what became of it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from workbook.book import Written
from workbook.book import homework as assignments
from workbook.content import today
from workbook.entries import Assignment, AssignmentLog, GamePlan, Invalid, Session
from workbook.formats import day
from workbook.steps.collection import Kept
from workbook.steps.page import Page, page
from workbook.steps.slot import Slot
from workbook.widgets import Ask, Card, Download, Field, Form, fields_of
from workbook.widgets.fields import Option

Values = dict[str, Any]

LINES = ("line_1", "line_2", "line_3")
ANSWERS = ("done", "partly", "not this time")


@page("homework", part="own", number=3)
def homework(p: Page) -> None:
    """The game plan above, the list below."""
    p.opening()
    _game_plan(p)
    listed = p.entries(
        "assignment",
        Kept(
            kind=Assignment,
            prose=p.text,
            first=("what", "by"),
            more=("whom", "repeats", "minutes"),
            describe=lambda assignment: _card(p, assignment),
            order=lambda assignment: _order(p, assignment),
            erase=lambda assignment: assignments.erase(p.book, assignment),
            live=lambda typed: _live(p, typed),
            answers={"done": lambda assignment, answer: _log(p, listed.slot, assignment, answer)},
        ),
    )
    words = p.text["calendar"]
    p.add(Download(words["label"], "dates.ics", "text/calendar", lambda: _calendar(p), hint=words["hint"]))


def _game_plan(p: Page) -> None:
    """Three lines, one plan: saving again puts a new version on top of the old one."""
    words = p.text["game"]
    fields = [
        Field(name=name, kind="line", label=label, hint=words["hint"] if name == LINES[0] else "")
        for name, label in zip(LINES, words["labels"], strict=True)
    ]
    plan = _plan(p)
    values = dict(zip(LINES, plan.entry.lines, strict=False)) if plan else {}
    p.form(
        "game",
        Form(
            fields,
            values=values,
            save=words["save"],
            title=words["title"],
            on_save=lambda typed: _save_plan(p, typed),
        ),
    )


def _plan(p: Page) -> Written[GamePlan] | None:
    own = p.book.own(GamePlan)
    return own[-1] if own else None


def _save_plan(p: Page, typed: Values) -> Values:
    lines = tuple((typed.get(name) or "").strip() for name in LINES)
    plan, sessions = _plan(p), p.book.entries(Session)
    since = max(sessions, key=lambda each: each.entry.on).id if sessions else None
    if plan:
        p.book.revise(plan.id, lines=lines, session=since)
    else:
        p.book.write(GamePlan(lines=lines, session=since))
    p.wrote()
    return typed


def _group(p: Page, written: Written[Assignment]) -> str:
    """Under which heading an assignment stands: what is over stands last."""
    now = today()
    done, due = assignments.logs(p.book, written.id), written.entry.by
    if done and (written.entry.repeats == "none" or done[-1].entry.on == now):
        return "tried"
    if due is None or due > now + timedelta(days=7):
        return "later"
    return "overdue" if due < now else "week"


def _order(p: Page, written: Written[Assignment]) -> tuple[int, date]:
    groups = ("overdue", "week", "later", "tried")
    return groups.index(_group(p, written)), written.entry.by or date.max


def _card(p: Page, written: Written[Assignment]) -> Card:
    words, log, fields, entry = p.text["cards"], p.text["log"], p.text["fields"], written.entry
    meta = [
        words["by"].format(day=day(entry.by)) if entry.by else "",
        fields["whom"]["options"][entry.whom] if entry.whom != "me" else "",
        fields["repeats"]["options"][entry.repeats] if entry.repeats != "none" else "",
        words["minutes"].format(minutes=entry.minutes) if entry.minutes else "",
    ]
    lines = []
    for each in assignments.logs(p.book, written.id)[-3:]:
        noted = words["last"].format(done=log[each.entry.done], day=day(each.entry.on))
        helped = f" · {log['helped_options'][each.entry.helped]}" if each.entry.helped else ""
        lines += [("", noted + helped), (log["noticed"], each.entry.noticed)]
    streak = assignments.streak(p.book, written.id) if p.book.settings().streaks else 0
    if streak > 1:
        lines.append(("", words["streak"].format(count=streak)))
    return Card(
        id=written.id,
        title=entry.what,
        on=entry.by,
        meta=" · ".join(filter(None, meta)),
        lines=tuple((label, text) for label, text in lines if text),
        ask=Ask("done", log["label"], ANSWERS),
        group=words[_group(p, written)],
    )


def _log(p: Page, slot: Slot, assignment: str, answer: Any) -> None:
    """One tap notes it; then there is room for a line."""
    words = p.text["log"]
    helped = tuple(Option(value, label) for value, label in words["helped_options"].items())
    fields = [
        Field(name="helped", kind="choice", label=words["helped"], options=helped),
        *fields_of(AssignmentLog, ["noticed"], {"noticed": {"label": words["noticed"]}}),
    ]
    p.tapped(slot, AssignmentLog(assignment=assignment, on=today(), done=answer), fields, words)


def _live(p: Page, typed: Values) -> str:
    """A day that has passed is kept, and said."""
    by = str(typed.get("by") or "")
    return str(p.text["form"]["past"]) if by and by < today().isoformat() else ""


def _calendar(p: Page) -> str:
    from workbook.book import calendar

    own = [each for each in p.book.entries(Assignment) if each.entry.by or each.entry.repeats != "none"]
    if not own:
        raise Invalid("", "Nothing on the list has a date yet.")
    return calendar.assignments(own, title=p.calendar_title).decode()
