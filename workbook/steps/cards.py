"""Small cards for moments between sessions; one is taken up at a time."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, time, timedelta
from typing import Any

from workbook.book import Written
from workbook.book.appointment import Appointment
from workbook.content import now, prose, today
from workbook.entries import BadNight, Ending, Entry, Invalid, Midway, NotHelping, Noticed, PauseCard, Room
from workbook.formats import clock, day
from workbook.steps import respect
from workbook.steps.collection import Collection, Kept
from workbook.steps.page import Page, page
from workbook.steps.safety import numbers
from workbook.steps.together import Together
from workbook.widgets import (
    Breathing,
    Card,
    Confirm,
    Download,
    Fan,
    Leaf,
    Numbers,
    Points,
    Sheet,
    read_values,
)

MORNING = time(9)
"""When a letter of a bad night opens unless another hour is chosen."""


@page("cards", part="around", order=5, listed=False)
def cards(p: Page) -> None:
    """Six cards, and what belongs to the one that is taken up."""
    p.opening()
    boxes: dict[str, Together] = {}

    def open_one(name: str) -> None:
        for each, box in boxes.items():
            box.show(each == name)

    leaves = [Leaf(**card) for card in p.text["fan"]["cards"]]
    p.add(Fan(p.text["fan"]["label"], leaves, open_one))
    for leaf in leaves:
        there = len(p.box.children)
        PARTS[leaf.name](p)
        boxes[leaf.name] = Together(p, *p.box.children[there:])
    open_one("")


def _own(p: Page, name: str, kind: type[Entry], **more: Any) -> Collection:
    """Entries of a card, with the words of that card."""
    return p.entries(name, Kept(kind=kind, prose=p.text[name], **more))


# Bad night


def _bad_night(p: Page) -> None:
    letters: Collection = _own(
        p,
        "bad_night",
        BadNight,
        first=("words", "opens_on", "opens_at"),
        describe=lambda written: _letter(p, written),
        read=lambda typed: _ahead(p, typed),
        start=_tomorrow,
        acts={"read": lambda letter: _read(p, letters, letter)},
        can_change=False,
        can_share=False,
        by_key=False,
    )
    p.add(Breathing(p.text["breathing"]))
    words = prose("safety")["numbers"]
    p.add(Numbers(words, *numbers(words)))


def _tomorrow() -> dict[str, str]:
    return {"opens_on": str(today() + timedelta(days=1)), "opens_at": f"{MORNING:%H:%M}"}


def _ahead(p: Page, typed: dict[str, Any]) -> dict[str, Any]:
    """What was typed, if the hour lies ahead. Raises Invalid."""
    values = read_values(BadNight, typed)
    opens_at = values["opens_at"] or MORNING
    if values["opens_on"] and datetime.combine(values["opens_on"], opens_at) <= now():
        field = "opens_at" if values["opens_on"] == today() else "opens_on"
        raise Invalid(field, p.text["bad_night"]["past"]["rule"])
    return values | {"opens_at": opens_at}


def _when(letter: BadNight) -> dict[str, str]:
    return {"day": day(letter.opens_on), "at": clock(letter.opens_at)}


def _is_closed(letter: BadNight) -> bool:
    return datetime.combine(letter.opens_on, letter.opens_at) > now()


def _letter(p: Page, written: Written[BadNight]) -> Card:
    words = p.text["bad_night"]["cards"]
    state = words["closed" if _is_closed(written.entry) else "opened"]
    name = words["name"].format(day=day(written.written_at.astimezone().date()))
    return Card(id=written.id, title=name, meta=state.format(**_when(written.entry)))


def _read(p: Page, letters: Collection, letter: str) -> None:
    """Open a letter once its hour has come. Raises Invalid before."""
    written, words = p.book.entry(letter), p.text["bad_night"]
    if _is_closed(written.entry):
        raise Invalid("", words["early"]["rule"].format(**_when(written.entry)))
    title = words["letter"]["title"].format(day=day(written.written_at.astimezone().date()))

    def let_go() -> None:
        letters.slot.close()
        letters.cards.hold_back(letter)

    lines = [("", written.entry.words)]
    letters.slot.put(Confirm(words["letter"] | {"title": title}, lines, let_go, letters.slot.close))


# Pause card


def _pause(p: Page) -> None:
    room: Room = "ours" if p.book.has_ours else "mine"
    describe = _pause_card(p)
    _own(
        p,
        "pause",
        PauseCard,
        first=("phrase", "minutes", "back"),
        describe=describe,
        room=room,
        start=lambda: {"minutes": "20"},
    )
    words = p.text["pause"]["sheet"]
    _sheet(p, words, lambda: _pause_lines(p, words))


def _pause_card(p: Page) -> Callable[[Written[PauseCard]], Card]:
    words = p.text["pause"]["cards"]

    def describe(written: Written[PauseCard]) -> Card:
        card = written.entry
        lines = [("", words["lasts"].format(minutes=card.minutes)), (words["back"], card.back)]
        return Card(id=written.id, title=card.phrase, lines=tuple(line for line in lines if line[1]))

    return describe


def _pause_lines(p: Page, words: Mapping[str, str]) -> list[str]:
    """The card that was written last, as it is printed."""
    found = p.book.once(PauseCard)
    if not found:
        return []
    card = found[-1].entry
    back = words["back"].format(back=card.back) if card.back else words["back_open"]
    return [words["phrase"].format(phrase=card.phrase), words["minutes"].format(minutes=card.minutes), back]


def _sheet(p: Page, words: Mapping[str, str], read: Callable[[], list[str]]) -> None:
    sheet = Sheet(words["title"], read, intro=words["intro"], empty=words["empty"])
    p.on_change(sheet.refresh)
    p.add(sheet)


# Noticed


def _noticed(p: Page) -> None:
    _own(
        p,
        "noticed",
        Noticed,
        first=("what",),
        describe=lambda written: _noticed_card(p, written),
        read=lambda typed: read_values(Noticed, typed) | {"on": today()},
        acts={"say": lambda thing: _say(p, thing)},
    )


def _noticed_card(p: Page, written: Written[Noticed]) -> Card:
    thing, words = written.entry, p.text["noticed"]["cards"]
    meta = words["said"].format(day=day(thing.said)) if thing.said else ""
    return Card(
        id=written.id, title=thing.what, on=thing.on, meta=" · ".join(filter(None, [day(thing.on), meta]))
    )


def _say(p: Page, thing: str) -> None:
    p.book.revise(thing, said=today())
    p.wrote()


# Not helping


def _not_helping(p: Page) -> None:
    words = p.text["not_helping"]
    points = [(point["about"], point["words"]) for point in words["points"]]
    p.add(Points(words["words"]["title"], points))
    p.to_safety(words["words"]["intro"])
    about = words["cards"]["about"]
    _own(
        p,
        "not_helping",
        NotHelping,
        first=("about", "words"),
        describe=lambda written: Card(
            id=written.id, title=about[written.entry.about], lines=(("", written.entry.words),)
        ),
    )


# Joining midway


def _midway(p: Page) -> None:
    words = p.text["midway"]
    _own(
        p,
        "midway",
        Midway,
        first=("hear",),
        more=("know", "fresh"),
        describe=lambda written: Card(
            id=written.id,
            title=day(written.written_at.astimezone().date()),
            lines=tuple((words["fields"][name]["label"], text) for name, text in _said(written.entry)),
        ),
    )
    _sheet(p, words["sheet"], lambda: _midway_lines(p, words["sheet"]))
    p.signpost(words["goals"], "progress")


def _said(sheet: Midway) -> list[tuple[str, str]]:
    return [
        (name, getattr(sheet, name)) for name in ("hear", "know", "fresh") if getattr(sheet, name).strip()
    ]


def _midway_lines(p: Page, words: Mapping[str, str]) -> list[str]:
    found = p.book.own(Midway)
    return [words[name].format(text=text.strip()) for name, text in _said(found[-1].entry)] if found else []


# Ending well


def _ending(p: Page) -> None:
    words = p.text["ending"]
    _own(
        p,
        "ending",
        Ending,
        first=("how", "on", "keep", "booster"),
        describe=lambda written: _ending_card(p, written),
        start=lambda: {"on": str(today())},
        by_key=False,
    )
    calendar = words["calendar"]
    download = Download(
        calendar["label"], "dates.ics", "text/calendar", lambda: _ics(p), hint=calendar["hint"]
    )
    p.add(download)
    respect.away_unless(p, lambda: bool(_boosters(p)), [download])
    p.signpost(words["data"], "our-data")


def _ending_card(p: Page, written: Written[Ending]) -> Card:
    end, words = written.entry, p.text["ending"]["cards"]
    booster = day(end.booster) if end.booster else ""
    lines = [(words["keep"], end.keep), (words["booster"], booster)]
    title = " · ".join([words["how"][end.how], day(end.on)])
    return Card(id=written.id, title=title, on=end.on, lines=tuple(line for line in lines if line[1]))


def _boosters(p: Page) -> list[Appointment]:
    """The days to look again that lie ahead."""
    ahead = [each for each in p.book.own(Ending) if each.entry.booster and each.entry.booster >= today()]
    return [Appointment(each.id, "booster", each.entry.booster) for each in ahead if each.entry.booster]


def _ics(p: Page) -> str:
    from workbook.book import calendar

    found = _boosters(p)
    if not found:
        raise Invalid("", p.text["ending"]["calendar"]["empty"])
    return calendar.appointments(found, title=p.calendar_title).decode()


PARTS: Mapping[str, Callable[[Page], None]] = {
    "bad_night": _bad_night,
    "pause": _pause,
    "noticed": _noticed,
    "not_helping": _not_helping,
    "midway": _midway,
    "ending": _ending,
}
"""What belongs to each card, by its name in the prose."""
