"""The journal: write a therapy session down in under two minutes, and find it again."""

from __future__ import annotations

from datetime import date
from typing import Any

from workbook.book import diary
from workbook.content import day
from workbook.entries import Invalid, Reflection, Session
from workbook.steps.conflict import Watched
from workbook.steps.page import Page, Slot, page
from workbook.widgets import Action, Card, Field, Form, fields_of, read_values
from workbook.widgets.fields import Option, typed_values

Values = dict[str, Any]

SCALES_FIRST = ("closeness", "understood")
SCALES_MORE = ("mattered", "pace", "hope")
TEXTS_MORE = ("helped", "hurt")
REFLECTION = (*SCALES_FIRST, "takeaway", *SCALES_MORE, *TEXTS_MORE)
SESSION_FIRST = ("on", "together")
SESSION_MORE = ("agenda", "tags", "place", "with_whom", "paid")
GOALS_AT_ONCE = 3


@page("journal", part="around", order=1)
def journal(p: Page) -> None:
    """A new session, above all sessions so far."""
    p.opening()
    words = p.text["form"]
    form = p.form(
        "new",
        Form(
            _first_fields(p),
            more=_more_fields(p),
            values=_blank(),
            save=words["save"],
            title=words["title"],
            more_label=words["more"],
            room="Session: both of you. Your reflection: only you" if p.book.has_ours else "Only you",
            on_save=lambda values: _save(p, form, values),
        ),
    )
    p.on_change(lambda: form.set_fields(_first_fields(p)))
    slot = p.slot()
    p.cards(
        lambda: _cards(p),
        p.text["cards"],
        acts={"edit": lambda session: _edit(p, slot, session), "erase": lambda session: _erase(p, session)},
        versions=lambda session: _versions(p, session),
    )


def _first_fields(p: Page) -> list[Field]:
    """What stands before "more": the last takeaway, the day, two scales, up to three goals, a line."""
    words, fields = p.text["form"], p.text["fields"]
    takeaway = diary.last_takeaway(p.book)
    note = Field(name="last", kind="note", label=words["last_time"].format(takeaway=takeaway))
    return [
        *([note] if takeaway else []),
        *fields_of(Session, SESSION_FIRST, fields),
        *fields_of(Reflection, SCALES_FIRST, fields),
        *_goal_fields(p),
        *fields_of(Reflection, ["takeaway"], fields),
    ]


def _goal_fields(p: Page) -> list[Field]:
    """One tap for each goal: where it stands today."""
    levels = tuple(Option(int(level), label) for level, label in p.text["form"]["levels"].items())
    return [
        Field(name=f"goal:{goal.id}", kind="choice", label=goal.entry.title, options=levels)
        for goal in diary.goals(p.book, GOALS_AT_ONCE)
    ]


def _more_fields(p: Page) -> list[Field]:
    fields = p.text["fields"]
    return [
        *fields_of(Reflection, (*SCALES_MORE, *TEXTS_MORE), fields),
        *fields_of(Session, SESSION_MORE, fields),
    ]


def _blank() -> Values:
    return {"on": date.today().isoformat(), "together": "together"}  # noqa: DTZ011 - the reader's own day


def _save(p: Page, form: Form, values: Values) -> Values:
    session, reflection = _parts(values)
    levels = {name.removeprefix("goal:"): n for name, n in values.items() if name.startswith("goal:")}
    levels = {goal: level for goal, level in levels.items() if level is not None}
    if "on" not in session or session["on"] is None:
        raise Invalid("on", "choose a date")
    written = diary.write_session(p.book, Session(**session), reflection, levels)
    form.answer = _answer(p, diary.page(p.book, written).number, levels)
    p.wrote()
    return {field.name: None for field in (*form.fields, *form.more)} | _blank()


def _parts(values: Values) -> tuple[Values, Values]:
    """What was typed, as fields of a Session and fields of a Reflection."""
    session = read_values(Session, {name: values.get(name) for name in SESSION_FIRST + SESSION_MORE})
    reflection = {name: values.get(name) for name in REFLECTION}
    for part in (session, reflection):
        for name in ("agenda", "place", "with_whom", "takeaway", *TEXTS_MORE):
            if name in part:
                part[name] = part[name] or ""
    session["tags"] = session["tags"] or ()
    session["together"] = session["together"] or "together"
    return session, reflection


def _answer(p: Page, number: int, levels: dict[str, int]) -> str:
    """One sentence for what was saved, and one dot on each goal that was rated."""
    words = p.text["form"]
    titles = {goal.id: goal.entry.title for goal in diary.goals(p.book)}
    rated = [
        words["goal"].format(title=titles[goal], dots=_dots(level), level=words["levels"][str(level)])
        for goal, level in levels.items()
        if goal in titles
    ]
    return " ".join([words["saved"].format(number=number), *rated])


def _dots(level: int) -> str:
    return "".join("●" if step == level else "○" for step in range(-2, 3))


def _cards(p: Page) -> list[Card]:
    return [_card(p, found) for found in diary.pages(p.book)]


def _card(p: Page, found: diary.Page) -> Card:
    session, words = found.session, p.text["cards"]
    own = session.author == p.book.name
    actions = [Action(name, words["actions"][name]) for name in ("edit", "history")]
    if own or found.reflection:
        actions.append(Action("erase", words["actions"]["erase"]))
    return Card(
        id=session.id,
        title=words["session"].format(number=found.number, day=day(session.entry.on)),
        on=session.entry.on,
        meta=_meta(p, found),
        lines=tuple(_lines(p, session.entry, found.reflection.entry if found.reflection else None)),
        tags=session.entry.tags,
        actions=tuple(actions),
    )


def _meta(p: Page, found: diary.Page) -> str:
    session, words = found.session.entry, p.text
    parts = [words["fields"]["together"]["options"][session.together]]
    if session.with_whom:
        parts.append(words["cards"]["with_whom"].format(name=session.with_whom))
    parts.append("Both of you" if found.session.room == "ours" else "Only you")
    return " · ".join(part for part in parts if part)


def _lines(p: Page, session: Session, reflection: Reflection | None) -> list[tuple[str, str]]:
    """The words of a session, labelled; the scales in one line."""
    fields = p.text["fields"]
    lines = []
    if reflection:
        answered = [
            p.text["cards"]["number"].format(label=fields[name]["label"], value=getattr(reflection, name))
            for name in (*SCALES_FIRST, *SCALES_MORE)
            if getattr(reflection, name) is not None
        ]
        lines += [("", " · ".join(answered))] if answered else []
        lines += [(fields[name]["label"], getattr(reflection, name)) for name in ("takeaway", *TEXTS_MORE)]
    lines += [("", session.place), (fields["agenda"]["label"], session.agenda)]
    if session.paid is not None:
        lines.append((fields["paid"]["label"], f"{session.paid}"))
    return [(label, words) for label, words in lines if words]


def _edit(p: Page, slot: Slot, session: str) -> None:
    """Open the form that changes a session and one's reflection on it, above the list."""
    found = diary.page(p.book, session)
    own = found.session.author == p.book.name
    words = p.text["edit"]
    reflection = found.reflection.entry if found.reflection else Reflection(session=session)
    values = typed_values(reflection) | (typed_values(found.session.entry) if own else {})
    fields = [
        *(fields_of(Session, SESSION_FIRST, p.text["fields"]) if own else []),
        *fields_of(Reflection, (*SCALES_FIRST, "takeaway"), p.text["fields"]),
    ]
    more = fields_of(Reflection, (*SCALES_MORE, *TEXTS_MORE), p.text["fields"])
    watched = Watched(p.book, [session, *([found.reflection.id] if found.reflection else [])])

    def save(typed: Values) -> Values:
        watched.check(words["changed_elsewhere"])
        session_changes, reflection_changes = _parts(values | typed)
        diary.revise_session(p.book, session, session_changes if own else {}, reflection_changes)
        slot.close()
        p.wrote()
        return typed

    slot.show(
        f"journal/{session}",
        Form(
            fields,
            more=[*more, *(fields_of(Session, SESSION_MORE, p.text["fields"]) if own else [])],
            values=values,
            save=words["save"],
            title=words["title"].format(title=day(found.session.entry.on)),
            more_label="More",
            room="Both of you" if found.session.room == "ours" else "Only you",
            on_save=save,
            on_cancel=slot.close,
            focus=True,
        ),
    )


def _erase(p: Page, session: str) -> None:
    diary.erase_session(p.book, session)
    p.wrote()


def _versions(p: Page, session: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """Every version of a session and of one's reflection on it, as (when, lines), oldest first."""
    found = diary.page(p.book, session)
    versions = p.book.versions(session)
    versions += p.book.versions(found.reflection.id) if found.reflection else []
    versions.sort(key=lambda written: written.written_at)
    return [
        (f"{written.written_at:%d.%m.%Y %H:%M} · {written.author}", _version_lines(p, written.entry))
        for written in versions
    ]


def _version_lines(p: Page, entry: Session | Reflection) -> list[tuple[str, str]]:
    if isinstance(entry, Session):
        return [(p.text["fields"]["on"]["label"], day(entry.on)), *_lines(p, entry, None)]
    return _lines(p, Session(on=date.min), entry)
