"""The journal: write a therapy session down in under two minutes, and find it again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from workbook.book import Written, agenda, diary, homework
from workbook.content import today
from workbook.entries import Note, Reflection, Session
from workbook.formats import day, moment, money
from workbook.steps import respect, sharing, talking
from workbook.steps.collection import completed
from workbook.steps.conflict import Watched
from workbook.steps.page import Page, page
from workbook.steps.slot import Slot
from workbook.widgets import Action, Card, Cards, Field, Form, Sheet, fields_of, read_values
from workbook.widgets.fields import Option, typed_values

Values = dict[str, Any]

SCALES_FIRST = ("closeness", "understood")
SCALES_MORE = ("mattered", "pace", "hope")
TEXTS_MORE = ("helped", "hurt")
SESSION_FIRST = ("on", "together")
SESSION_MORE = ("agenda", "tags", "place", "with_whom", "paid")
GOALS_AT_ONCE = 3


@page("journal", part="around", order=1)
def journal(p: Page) -> None:
    """A new session, above all sessions so far."""
    p.opening()
    p.add(_for_next_time(p))
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
            room=words["rooms"] if p.book.has_ours else p.text["rooms"]["mine"],
            on_save=lambda values: _save(p, form, values),
        ),
    )
    p.on_change(lambda: form.set_fields(_first_fields(p)))
    slot = talking.when_due(p)
    sessions: Cards = p.cards(
        lambda: _cards(p),
        p.text["cards"],
        acts={
            "edit": lambda session: _edit(p, slot, session),
            "share": lambda session: _share(p, slot, session),
            "take_back": lambda session: _take_back(p, slot, session),
            "end_talk": lambda session: talking.end(p, slot, session, sessions),
            "erase": lambda session: _erase(p, session),
        },
        versions=lambda session: _versions(p, session),
    )
    talking.at_any_time(p, slot)
    words = p.text["notes"]
    notes = p.cards(
        lambda: [_note(p, each) for each in p.book.own(Note)[::-1]],
        p.text["cards"] | words | {"labels": p.text["cards"]["labels"] | words["labels"]},
        acts={"erase": lambda note: _erase_note(p, note)},
    )
    respect.away_unless(p, lambda: bool(p.book.own(Note)), [notes])


def _note(p: Page, written: Written[Note]) -> Card:
    """A day of another journal, as it was brought in."""
    words, note = p.text["notes"], written.entry
    mood = words["mood"].format(mood=note.mood) if note.mood else ""
    return Card(
        id=written.id,
        title=day(note.on),
        on=note.on,
        meta=p.text["rooms"]["mine"],
        lines=tuple(("", line) for line in (note.text, mood) if line),
        tags=note.tags,
        actions=(Action("erase", p.text["cards"]["actions"]["erase"]),),
    )


def _erase_note(p: Page, note: str) -> None:
    p.book.erase(note)
    p.wrote()


def _for_next_time(p: Page) -> Sheet:
    """What was left for the next session: its agenda, what reviews and charts add, and open homework."""
    words = p.text["next"]
    sheet = Sheet(words["title"], lambda: _agenda(p), intro=words["intro"], empty=words["empty"])
    p.on_change(sheet.refresh)
    return sheet


def _agenda(p: Page) -> list[str]:
    last = next((found.session.entry.agenda for found in diary.pages(p.book)), "")
    still_open = [
        p.text["next"]["homework"].format(what=each.entry.what) for each in homework.still_open(p.book)
    ]
    left = [line.strip() for line in last.splitlines() if line.strip()]
    to_ask = [p.text["next"]["asked"].format(what=line) for line in diary.asked(p.book)]
    return left + to_ask + [each.entry.what for each in agenda.items(p.book, today())] + still_open


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
        *fields_of(Session, ["agenda"], fields),
        Field(name="homework", kind="text", **fields["homework"]),
        *fields_of(Session, SESSION_MORE[1:], fields),
    ]


def _blank() -> Values:
    return {"on": today().isoformat(), "together": "together"}


def _save(p: Page, form: Form, values: Values) -> Values:
    session, reflection = _parts(values)
    levels = {name.removeprefix("goal:"): n for name, n in values.items() if name.startswith("goal:")}
    levels = {goal: level for goal, level in levels.items() if level is not None}
    agreed = [line.strip() for line in (values.get("homework") or "").splitlines() if line.strip()]
    written = diary.write_session(p.book, Session(**session), reflection, levels, agreed)
    form.answer = _answer(p, diary.page(p.book, written).number, levels, len(agreed))
    p.wrote()
    return {field.name: None for field in (*form.fields, *form.more)} | _blank()


def _parts(values: Values) -> tuple[Values, Values]:
    """What was typed, as fields of a Session and fields of a Reflection."""
    session = {name: values.get(name) for name in SESSION_FIRST + SESSION_MORE}
    reflection = {name: values.get(name) or "" for name in ("takeaway", *TEXTS_MORE)}
    scales = {name: values.get(name) for name in (*SCALES_FIRST, *SCALES_MORE)}
    return completed(Session, read_values(Session, session)), reflection | scales


def _answer(p: Page, number: int, levels: dict[str, int], agreed: int) -> str:
    """One sentence for what was saved, one dot on each goal that was rated, and where homework went."""
    words = p.text["form"]
    titles = {goal.id: goal.entry.title for goal in diary.goals(p.book)}
    rated = [
        words["goal"].format(title=titles[goal], dots=_dots(level), level=words["levels"][str(level)])
        for goal, level in levels.items()
        if goal in titles
    ]
    one, several = words["agreed"]
    listed = [(one if agreed == 1 else several).format(count=agreed)] if agreed else []
    return " ".join([words["saved"].format(number=number), *rated, *listed])


def _dots(level: int) -> str:
    return "".join("●" if step == level else "○" for step in range(-2, 3))


def _cards(p: Page) -> list[Card]:
    copies = sharing.copies(p.book, Reflection)
    return [_card(p, found, copies) for found in diary.pages(p.book)]


def _card(p: Page, found: diary.Page, copies: Mapping[str, Written[Any]]) -> Card:
    session, words = found.session, p.text["cards"]
    return Card(
        id=session.id,
        title=words["session"].format(number=found.number, day=day(session.entry.on)),
        on=session.entry.on,
        meta=_meta(p, found, copies),
        lines=(
            *_lines(p, session.entry, found.reflection.entry if found.reflection else None),
            *talking.lines(p, session.id),
        ),
        tags=session.entry.tags,
        actions=_actions(p, found, copies),
    )


def _actions(p: Page, found: diary.Page, copies: Mapping[str, Written[Any]]) -> tuple[Action, ...]:
    possible = {"edit", "history"}
    if found.reflection:
        possible |= {"erase", sharing.possible(p.book, found.reflection, copies)}
    if found.session.author == p.book.name:
        possible.add("erase")
    if talking.kept(p, found.session.id):
        possible.add("end_talk")
    words = p.text["cards"]["actions"]
    return tuple(Action(name, label) for name, label in words.items() if name in possible)


def _meta(p: Page, found: diary.Page, copies: Mapping[str, Written[Any]]) -> str:
    """Who was there, and who can read it: the session and one's reflection may lie in different rooms."""
    session, words = found.session.entry, p.text
    parts = [words["fields"]["together"]["options"][session.together]]
    if session.with_whom:
        parts.append(words["cards"]["with_whom"].format(name=session.with_whom))
    parts.append(words["rooms"][found.session.room])
    if found.reflection and found.session.room == "ours":
        standing = sharing.standing(p.book, found.reflection, copies, words["rooms"])
        parts.append(words["cards"]["reflection"].format(room=standing))
    return " · ".join(parts)


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
        lines.append((fields["paid"]["label"], money(session.paid, p.book.settings().currency)))
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

    def save(typed: Values) -> None:
        watched.check(words["changed_elsewhere"])
        session_changes, reflection_changes = _parts(values | typed)
        diary.revise_session(p.book, session, session_changes if own else {}, reflection_changes)

    slot.ask(
        f"journal/{session}",
        fields,
        save,
        {"title": words["title"].format(title=day(found.session.entry.on)), "save": words["save"]},
        more=[*more, *(fields_of(Session, SESSION_MORE, p.text["fields"]) if own else [])],
        values=values,
        room=p.text["form"]["rooms"] if found.session.room == "ours" else p.text["rooms"]["mine"],
    )


def _share(p: Page, slot: Slot, session: str) -> None:
    """Offer one's reflection on a session to both: every word of it, and what it is about."""
    reflection = diary.page(p.book, session).reflection
    if reflection:
        sharing.ask_to_share(p, slot, reflection.id, _reflection_lines(p, session, reflection.entry))


def _take_back(p: Page, slot: Slot, session: str) -> None:
    reflection = diary.page(p.book, session).reflection
    copy = sharing.copies(p.book, Reflection).get(reflection.id) if reflection else None
    if copy:
        lines = _reflection_lines(p, session, copy.entry)
        sharing.ask_to_take_back(p, slot, copy.id, lines)


def _reflection_lines(p: Page, session: str, reflection: Reflection) -> list[tuple[str, str]]:
    on = diary.page(p.book, session).session.entry.on
    return [("", day(on)), *_lines(p, Session(on=on), reflection)]


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
        (f"{moment(written.written_at.astimezone())} · {written.author}", _version_lines(p, written.entry))
        for written in versions
    ]


def _version_lines(p: Page, entry: Session | Reflection) -> list[tuple[str, str]]:
    if isinstance(entry, Session):
        return [(p.text["fields"]["on"]["label"], day(entry.on)), *_lines(p, entry, None)]
    return _lines(p, Session(on=date.min), entry)
