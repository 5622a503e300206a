"""Step 10, be sensitive to gender and to private needs: what each prefers, and what both can live with."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from workbook.book import Written, ballots, preferences
from workbook.book.ballots import Standing
from workbook.entries import Preference, PrivateTopic
from workbook.insight.preferences import NAMED, Meeting, meet, wishes
from workbook.steps.collection import Kept, completed
from workbook.steps.page import Page, page
from workbook.steps.together import Together
from workbook.widgets import Action, Ask, Card, Field, Form, Found, Tick, Way, fields_of, read_values
from workbook.widgets.fields import typed_values

Values = dict[str, Any]

FIRST = ("gender", "how", "alone")
MORE = ("why", *NAMED)


@page("preferences", part="partner", number=10)
def preferences_page(p: Page) -> None:
    """One's own wishes, sealed; what both can live with; what one would rather say alone."""
    p.opening()
    _form(p)
    words = p.text["cards"] | p.text["own"]
    p.cards(lambda: _own(p), words, acts={"withdraw": lambda _: _withdraw(p)}, searchable=False)
    _outcome(p)
    _topics(p)


# One's own


def _form(p: Page) -> None:
    words, kept = p.text["form"], ballots.own(p.book, preferences.BALLOT)
    before = Field(name="before", kind="note", label=words["before"])
    form = Form(
        [*fields_of(Preference, FIRST, p.text["fields"]), before],
        more=fields_of(Preference, MORE, p.text["fields"]),
        values=typed_values(kept.entry if kept else Preference()),
        save=words["save"],
        title=words["title"],
        room=words["room"],
        more_label=words["more"],
        on_save=lambda typed: _seal(p, typed),
        by_key=False,
    )
    p.form("preference", form)


def _seal(p: Page, typed: Values) -> Values:
    given = {name: typed.get(name) for name in (*FIRST, *MORE)}
    ballots.seal(
        p.book, preferences.BALLOT, Preference(**completed(Preference, read_values(Preference, given)))
    )
    p.wrote()
    return typed


def _own(p: Page) -> list[Card]:
    """One's own answer, and how it stands; nothing before there is one."""
    kept = ballots.own(p.book, preferences.BALLOT)
    if kept is None:
        return []
    said = [(p.text["fields"][name]["label"], words) for name, words in _told(p, kept)]
    state = ballots.standing(p.book, preferences.BALLOT).state
    stands = p.text["own"]["standing"].get(state) or p.text["ballot"].get(state, "")
    return [
        Card(
            id=kept.id,
            title=p.text["own"]["card"],
            lines=(*((f"{label}:", words) for label, words in said), ("", str(stands))),
            actions=(Action("withdraw", p.text["ballot"]["withdraw"]),),
        )
    ]


def _told(p: Page, kept: Written[Preference]) -> list[tuple[str, str]]:
    found = [(field, _wish(p, field, value, kept.entry.how)) for field, value in wishes(_fields(kept.entry))]
    return [*found, ("why", kept.entry.why)] if kept.entry.why else found


def _fields(preference: Preference) -> dict[str, Any]:
    return msgspec.structs.asdict(preference)


def _wish(p: Page, field: str, value: str, how: str) -> str:
    """A wish in words: "a woman, a must"."""
    named = p.text["wishes"].get(field, {}).get(value, value)
    return f"{named}, {p.text['wishes']['how'][how]}" if field == "gender" else str(named)


def _withdraw(p: Page) -> None:
    ballots.withdraw(p.book, preferences.BALLOT)
    p.wrote()


# What both can live with


def _outcome(p: Page) -> None:
    p.outcome(lambda: _found(p), lambda yes: _tick(p, yes))
    listed = p.cards(
        lambda: _both_wishes(p),
        p.text["cards"] | p.text["opened"],
        acts={"count": lambda wish: _let_count(p, wish)},
        searchable=False,
    )
    opened = Together(p, listed)

    def follow() -> None:
        opened.show(preferences.are_open(p.book, _standing(p)))

    p.on_change(follow)
    follow()


def _standing(p: Page) -> Standing:
    return ballots.standing(p.book, preferences.BALLOT)


def _found(p: Page) -> Found:
    """What both may know: where they meet. Whose wish is whose is not told."""
    words, standing = p.text["outcome"], _standing(p)
    if standing.mine is None or standing.theirs is None:
        return msgspec.convert(words[standing.state], Found)
    both = meet(standing.mine, standing.theirs)
    tick = words["tick"]
    ticked = ballots.consents(p.book, preferences.wishes_of(standing))
    apart = both.gender == "apart" or both.alone == "differ"
    return Found(
        title=words["title"],
        sentences=tuple(_sentences(p, both)),
        ways_title=words["ways_title"] if apart else "",
        ways=_ways(p, both),
        tick=Tick(tick["label"], tick["hint"], ticked),
    )


def _sentences(p: Page, both: Meeting) -> list[str]:
    words, named = p.text["outcome"], p.text["wishes"]
    suits = named["gender"].get(both.suits, "")
    sentences = [words["gender"][both.gender].format(suits=suits), words["alone"][both.alone]]
    if both.named:
        sentences.append(words["named"].format(what=", ".join(named["about"][name] for name in both.named)))
    return sentences


def _ways(p: Page, both: Meeting) -> tuple[Way, ...]:
    """Ways to serve both, for what differs."""
    words = p.text["outcome"]["ways"]
    cases = [("apart", both.gender == "apart"), ("alone", both.alone == "differ")]
    return tuple(msgspec.convert(way, Way) for case, holds in cases if holds for way in words[case])


def _tick(p: Page, yes: bool) -> None:
    ballots.consent(p.book, preferences.wishes_of(_standing(p)), yes)
    p.wrote()


def _both_wishes(p: Page) -> list[Card]:
    """Every wish of either, once both have ticked."""
    standing = _standing(p)
    if not preferences.are_open(p.book, standing):
        return []
    sides = {p.book.name: standing.mine or {}, str(p.book.partner): standing.theirs or {}}
    return [
        _wish_card(p, member, field, value, side)
        for member, side in sides.items()
        for field, value in wishes(side)
    ]


def _wish_card(p: Page, member: str, field: str, value: str, side: Mapping[str, Any]) -> Card:
    words, wish = p.text["opened"], _wish(p, field, value, side["how"])
    name = _criterion(p, field, value)
    count = field != "alone" and not preferences.counts(p.book, name)
    lines = [("", words["plan"])] if field == "alone" else []
    if field != "alone" and not count:
        lines.append(("", words["counts_already"]))
    return Card(
        id=f"{member}/{field}",
        title=wish,
        meta=p.text["fields"][field]["label"],
        group=words["by"].format(name=member),
        lines=tuple(lines),
        actions=(Action("count", words["actions"]["count"]),) if count else (),
    )


def _criterion(p: Page, field: str, value: str) -> str:
    """A wish as a criterion is called."""
    named = p.text["wishes"].get(field, {}).get(value, value)
    return f"{p.text['wishes']['about'].get(field, '')}: {named}"[:300] if field in NAMED else str(named)


def _let_count(p: Page, wish: str) -> None:
    member, _, field = wish.partition("/")
    standing = _standing(p)
    side = (standing.mine if member == p.book.name else standing.theirs) or {}
    if preferences.are_open(p.book, standing):
        must = field == "gender" and side["how"] == "must"
        preferences.let_count(p.book, _criterion(p, field, side[field]), must_have=must)
        p.wrote()


# What one would rather say alone


def _topics(p: Page) -> None:
    p.entries(
        "topic",
        Kept(
            kind=PrivateTopic,
            prose=p.text["topics"],
            first=("topic",),
            describe=lambda topic: _topic(p, topic),
            read=lambda typed: _read_topic(typed),
            answers={"asked": lambda topic, answer: _asked(p, topic, answer)},
        ),
    )


def _read_topic(typed: Values) -> Values:
    return read_values(PrivateTopic, {"topic": str(typed.get("topic") or "").strip()})


def _topic(p: Page, written: Written[PrivateTopic]) -> Card:
    words = p.text["topics"]["cards"]
    asked = written.entry.asked
    return Card(
        id=written.id,
        title=written.entry.topic,
        lines=(("", words["asked" if asked else "ask_first"]),),
        ask=Ask("asked", words["ask"], ("no",) if asked else ("yes",)),
    )


def _asked(p: Page, topic: str, answer: str) -> None:
    p.book.revise(topic, asked=answer == "yes")
    p.wrote()
