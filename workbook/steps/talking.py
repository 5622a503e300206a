"""The talk after a session, as a part of the journal: where the session has just been written down.

It has no place in the list of pages, and it is about one session: kept, it stands on that session's card.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from workbook import content
from workbook.book import Written, agreements, diary, drive_home
from workbook.content import today
from workbook.entries import DriveHome, Invalid, Later, Session
from workbook.formats import day
from workbook.steps import agreeing
from workbook.steps.collection import completed
from workbook.steps.slot import Slot
from workbook.steps.together import Together
from workbook.widgets import (
    Action,
    Aside,
    Card,
    Cards,
    Confirm,
    Guided,
    Said,
    Sheet,
    fields_of,
    read_values,
)

if TYPE_CHECKING:
    from workbook.steps.page import Page

Values = dict[str, Any]

SENTENCES = ("glad", "heard", "small")
MINUTES = (10, 15, 20)


def when_due(p: Page) -> Slot:
    """Below the form: a quiet proposal after a session, the place for the talk, and talks that wait."""
    aside = Aside(
        lambda: _due(p), lambda: _begin(p, slot), other=lambda: _not_now(p, slot), takes_focus=False
    )
    p.on_change(aside.again)
    p.add(aside)
    slot = p.slot()
    words = content.with_common(p.text["talk"])
    cards = p.cards(
        lambda: [_card(p, each) for each in _waiting(p)],
        words["cards"],
        acts={"erase": lambda talk: _erase(p, talk)},
        answers={agreeing.NAME: lambda talk, said: agreeing.answer(p, talk, said)},
        searchable=False,
    )
    together = Together(p, cards)

    def follow() -> None:
        together.show(bool(_waiting(p)))

    p.on_change(follow)
    follow()
    return slot


def at_any_time(p: Page, slot: Slot) -> None:
    """At the end of the page: a way into a talk at any time after a session, and a card to print."""
    aside = Aside(lambda: _any_time(p), lambda: _begin(p, slot), takes_focus=False)
    p.on_change(aside.again)
    p.add(aside)
    words = p.text["talk"]["card"]
    p.add(Sheet(words["title"], words["items"], intro=words["intro"]))


def lines(p: Page, session: str) -> list[tuple[str, str]]:
    """What was kept of the talks about a session, labelled."""
    return [line for talk in kept(p, session) for line in _lines(p, talk.entry)]


def kept(p: Page, session: str) -> list[Written[DriveHome]]:
    """The talks about a session that both keep, but for those that were just erased."""
    return [talk for talk in drive_home.kept(p.book, session) if talk.id not in p.held_back]


def end(p: Page, slot: Slot, session: str, sessions: Cards) -> None:
    """Ask once more, then keep the talks about a session no longer, unless one brings them back in time."""
    words = p.text["talk"]["withdraw"]

    def confirmed() -> None:
        slot.close()
        for talk in kept(p, session):
            sessions.hold_back(talk.id, lambda talk: _end(p, talk))

    slot.put(Confirm(words, lines(p, session), confirmed, slot.close))


def _end(p: Page, talk: str) -> None:
    """One's own talk goes; of the other's, one's yes."""
    written = p.book.entry(talk)
    if written.author == p.book.name:
        p.book.erase(talk)
    else:
        agreements.take_back(p.book, written)
    p.wrote()


def _due(p: Page) -> Said | None:
    session = drive_home.due(p.book, today())
    if session is None:
        return None
    words = p.text["talk"]
    return Said(
        title=words["due"]["title"],
        sentences=(words["due"]["words"].format(day=day(session.entry.on)),),
        button=words["due"]["button"],
        other=words["put_off"],
    )


def _any_time(p: Page) -> Said | None:
    now = today()
    if drive_home.due(p.book, now) or drive_home.session_of(p.book, now) is None:
        return None
    words = p.text["talk"]["any_time"]
    return Said(title=words["title"], sentences=(words["words"],), button=words["button"])


def _begin(p: Page, slot: Slot) -> None:
    """Open the three sentences, with a timer; where two are in the book, they may be kept."""
    words, session = p.text["talk"], drive_home.session_of(p.book, today())
    assert session

    def save(typed: Values) -> Values:
        said = completed(DriveHome, {name: typed.get(name) for name in SENTENCES})
        p.book.write(DriveHome(on=today(), session=session.id, **said), "ours")
        slot.close()
        p.wrote()
        return typed

    room = "ours" if p.book.has_ours else "mine"
    guided = Guided(
        fields_of(DriveHome, SENTENCES, words["fields"]),
        p.text["guided"] | words["guided"],
        minutes=MINUTES,
        room=words["saved_for"][room].format(name=p.book.partner),
        on_save=save if p.book.has_ours else None,
        by_key=False,
        on_cancel=slot.close,
    )
    slot.take("journal/talk", guided)


def _not_now(p: Page, slot: Slot) -> None:
    """A full answer at once; then another day is offered."""
    session: Written[Session] | None = drive_home.due(p.book, today())
    if session is None:
        return
    put_off, words = session, p.text["talk"]["later"]
    drive_home.put_off(p.book, put_off)

    def save(typed: Values) -> None:
        on = read_values(Later, {"on": typed.get("on")})["on"]
        if on <= today():
            raise Invalid("on", words["too_early"])
        drive_home.put_off(p.book, put_off, on)

    slot.ask("journal/talk_later", fields_of(Later, ["on"], words["fields"]), save, words)
    p.wrote()


def _waiting(p: Page) -> list[Written[DriveHome]]:
    """One's own talks that wait for the other, the other's that wait for one, kept ones without a session."""
    asked = {each.id for each in agreements.waiting(p.book, DriveHome)}
    sessions = {each.id for each in p.book.entries(Session)}

    def is_here(talk: Written[DriveHome]) -> bool:
        if agreements.stands(p.book, talk):
            return talk.entry.session not in sessions
        return talk.author == p.book.name or talk.id in asked

    return [each for each in p.book.entries(DriveHome) if is_here(each)]


def _card(p: Page, written: Written[DriveHome]) -> Card:
    words = content.with_common(p.text["talk"])["cards"]
    actions = (Action("erase", words["actions"]["erase"]),) if written.author == p.book.name else ()
    return Card(
        id=written.id,
        title=_about(p, written.entry),
        on=written.entry.on,
        meta=words["from"].format(name=written.author),
        lines=(*_lines(p, written.entry), ("", agreeing.standing(p, written))),
        actions=actions,
        ask=agreeing.ask(p, written),
    )


def _about(p: Page, talk: DriveHome) -> str:
    numbers = {each.session.id: each for each in diary.pages(p.book)}
    found = numbers.get(talk.session)
    if found is None:
        return day(talk.on)
    return str(p.text["talk"]["about"]).format(number=found.number, day=day(found.session.entry.on))


def _lines(p: Page, talk: DriveHome) -> list[tuple[str, str]]:
    fields = p.text["talk"]["fields"]
    said = [(fields[name]["short"], getattr(talk, name)) for name in SENTENCES]
    return [line for line in said if line[1]]


def _erase(p: Page, talk: str) -> None:
    p.book.erase(talk)
    p.wrote()
