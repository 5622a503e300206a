"""Step 6, adopt a positive tone: four slips that join into one letter, heard as the other one hears it."""

from __future__ import annotations

import re
from typing import Any

from workbook.book import Written, asking
from workbook.content import today
from workbook.entries import Invitation
from workbook.formats import moment
from workbook.insight import tone
from workbook.steps.collection import completed
from workbook.steps.page import Page, page
from workbook.widgets import Form, Letter, Line, Mark, Reading, SideBySide, Slip, fields_of

Values = dict[str, Any]

SLIPS = ("value", "hope", "own_part", "ask")
SENTENCE = re.compile(r"(?<=[.!?…])\s+|\n+")
SPOKEN = ("value", "own_part", "ask")
"""The slips of which one can say a line without a sheet; of the ask all, with its way out."""
BETWEEN = "\n\n"
"""What stands between two slips in the letter."""


@page("invitation", part="partner", number=6)
def invitation(p: Page) -> None:
    """The slips, the letter as it reads, and the versions before it."""
    p.opening()
    form = _form(p)
    letter = Letter(lambda: _reading(p, form.values), lambda slip, by: _move(form, slip, by), p.text)
    form.on_change = lambda typed: _follow(letter)
    p.form("letter", form)
    p.add(letter)
    p.on_change(letter.refresh)
    versions = SideBySide(lambda: _versions(p), p.text["versions"])
    p.on_change(versions.refresh)
    p.add(versions)


def _form(p: Page) -> Form:
    found = _latest(p)
    words = p.text["form"]
    values = {name: getattr(found.entry, name) for name in (*SLIPS, "order")} if found else {"order": SLIPS}
    return Form(
        fields_of(Invitation, SLIPS, p.text["fields"]),
        values=values,
        save=words["save"],
        title=words["title"],
        on_save=lambda typed: _save(p, typed),
    )


def _follow(letter: Letter) -> str:
    letter.refresh()
    return ""


def _latest(p: Page) -> Written[Invitation] | None:
    own = p.book.own(Invitation)
    return own[-1] if own else None


def _save(p: Page, typed: Values) -> Values:
    """Each save is a new version of the one letter; the earlier ones stay beside it."""
    values = completed(Invitation, {name: typed.get(name) for name in SLIPS} | {"order": _order(typed)})
    found = _latest(p)
    if found:
        p.book.revise(found.id, **values)
    else:
        p.book.write(Invitation(**values))
    p.wrote()
    return typed


def _order(typed: Values) -> tuple[str, ...]:
    """The slips as they were put, those that nobody has moved in their own order after them."""
    chosen = [slip for slip in typed.get("order") or () if slip in SLIPS]
    return tuple(dict.fromkeys([*chosen, *SLIPS]))


def _move(form: Form, slip: str, by: int) -> None:
    """Put a slip one place up or down among those that have something on them."""
    order = list(_order(form.values))
    shown = [each for each in order if _text(form.values, each)]
    place = shown.index(slip)
    if 0 <= place + by < len(shown):
        here, there = order.index(slip), order.index(shown[place + by])
        order[here], order[there] = order[there], order[here]
        form.fill({"order": tuple(order)})


def _text(values: Values, slip: str) -> str:
    return str(values.get(slip) or "").strip()


def _reading(p: Page, values: Values) -> Reading:
    """The letter as it reads: each slip with its marks and lines, and what the whole of it answers."""
    texts = {slip: words for slip in _order(values) if (words := _text(values, slip))}
    if not texts:
        return Reading()
    whole = tone.check(BETWEEN.join(texts.values()))
    marks = _marks_of(texts, whole)
    return Reading(
        slips=[_slip(p, slip, text, marks[slip]) for slip, text in texts.items()],
        note=_note(p, whole),
        is_silent=whole.silent,
        answered=[question["name"] in whole.has for question in p.text["questions"]],
        spoken=[_said(slip, text) for slip, text in texts.items() if slip in SPOKEN],
        may_ask=asking.may_be_proposed(p.book, today()),
    )


def _said(slip: str, text: str) -> str:
    lines = _lines(text)
    return " ".join(lines) if slip == "ask" else lines[0]


def _marks_of(texts: dict[str, str], whole: tone.ToneReport) -> dict[str, list[Mark]]:
    """What is marked in the letter, slip by slip, counted from where each slip begins."""
    marks, begins = {}, 0
    for slip, text in texts.items():
        ends = begins + len(text)
        marks[slip] = [_mark(found, begins) for found in whole.findings if begins <= found.start < ends]
        begins = ends + len(BETWEEN)
    return marks


def _note(p: Page, report: tone.ToneReport) -> str:
    """Why nothing is marked, where that has a reason."""
    words = p.text["letter"]
    if report.silent:
        return str(words["silent"])
    return str(words["english"]) if report.language == "another" else ""


def _slip(p: Page, slip: str, text: str, marks: list[Mark]) -> Slip:
    return Slip(
        name=slip,
        label=p.text["fields"][slip]["label"],
        text=text,
        marks=marks,
        lines=[Line(text=line, heard=_heard(p, line)) for line in _lines(text)],
    )


def _mark(found: tone.Finding, begins: int) -> Mark:
    return Mark(
        start=found.start - begins,
        end=found.end - begins,
        category=found.category,
        word=tone.labels()[found.category].label,
        why=found.why,
        instead=found.instead,
    )


def _lines(text: str) -> list[str]:
    return [line.strip() for line in SENTENCE.split(text) if line.strip()]


def _heard(p: Page, line: str) -> list[str]:
    """For each question of the one who is asked: whether this line answers it, raises it or neither."""
    report = tone.check(line)
    raised = {found.category for found in report.findings}
    return [
        "answers"
        if question["name"] in report.has
        else "raises"
        if raised & set(question["raised_by"])
        else "quiet"
        for question in p.text["questions"]
    ]


def _versions(p: Page) -> list[tuple[str, str]]:
    """Every version of every letter of one's own, oldest first, as when it was saved and what it said."""
    own = p.book.own(Invitation)
    versions = [version for each in own for version in p.book.versions(each.id)]
    return [
        (moment(version.written_at.astimezone()), _letter(version.entry))
        for version in sorted(versions, key=lambda version: version.written_at)
    ]


def _letter(invitation: Invitation) -> str:
    texts = (getattr(invitation, slip).strip() for slip in _order({"order": invitation.order}))
    return "\n\n".join(text for text in texts if text)
