"""The review at a point of the plan, as a part of step 13: a quarter of an hour, four boxes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from workbook.book import Written, diary
from workbook.book.today import reviewed_after
from workbook.content import today
from workbook.entries import Review, Room
from workbook.formats import day
from workbook.steps.collection import Kept, completed
from workbook.steps.slot import Slot
from workbook.widgets import Aside, Card, Guided, Said, fields_of

if TYPE_CHECKING:
    from workbook.steps.page import Page

Values = dict[str, Any]

BOXES = ("keep", "change", "stop", "ask")
MINUTES = (15,)


def when_due(p: Page) -> Slot:
    """On top of the page while a review is due: a sentence, and below it the place for the review."""
    aside = Aside(lambda: _due(p), lambda: _begin(p, slot), takes_focus=False)
    p.on_change(aside.again)
    p.add(aside)
    slot = p.slot()
    return slot


def so_far(p: Page, slot: Slot) -> None:
    """The reviews there were, and a way into one at any time. slot: the place for it."""
    words = p.text["review"]
    aside = Aside(lambda: _at_any_time(p), lambda: _begin(p, slot))
    p.on_change(aside.again)
    p.add(aside)
    p.entries(
        "review",
        Kept(
            kind=Review,
            prose=words,
            first=BOXES,
            describe=lambda review: _card(p, review),
            order=lambda review: (-review.entry.on.toordinal(), -review.written_at.timestamp()),
            withheld=lambda review: ("share", "take_back"),
            asks=False,
        ),
    )


def _due(p: Page) -> Said | None:
    number = reviewed_after(p.book, today())
    if number is None:
        return None
    words = p.text["review"]["due"]
    return Said(
        title=words["title"].format(number=number), sentences=(words["words"],), button=words["button"]
    )


def _at_any_time(p: Page) -> Said | None:
    if reviewed_after(p.book, today()) is not None:
        return None
    words = p.text["review"]["any_time"]
    return Said(title=words["title"], sentences=(words["words"],), button=words["button"])


def _room(p: Page) -> Room:
    return "ours" if p.book.has_ours else "mine"


def _begin(p: Page, slot: Slot) -> None:
    """Open the review: first what the numbers say, then the boxes, one after the other."""
    words, room = p.text["review"], _room(p)

    def save(typed: Values) -> Values:
        boxes = completed(Review, {name: typed.get(name) for name in BOXES})
        p.book.write(Review(on=today(), session=_last_session(p), **boxes), room)
        slot.close()
        p.wrote()
        return typed

    guided = Guided(
        fields_of(Review, BOXES, words["fields"]),
        p.text["guided"] | words["guided"] | {"before": [words["who"][room], *words["guided"]["before"]]},
        minutes=MINUTES,
        facts=_numbers(p),
        facts_open=room == "mine",
        room=words["saved_for"][room].format(name=p.book.partner),
        on_save=save,
        on_cancel=slot.close,
        by_key=room == "mine",
    )
    slot.take("progress/guided", guided)


def _last_session(p: Page) -> str:
    now = today()
    return next((each.session.id for each in diary.pages(p.book) if each.session.entry.on <= now), "")


def _numbers(p: Page) -> list[str]:
    """What one's own ratings say: all goals in a line, then each one first and now."""
    from workbook.insight.goals import finding

    words, levels = p.text["review"]["numbers"], p.text["levels"]
    standings = diary.standings(p.book)
    moved = [
        words["goal"].format(title=each.title, first=levels[str(each.first)], now=levels[str(each.now)])
        for each in standings
        if each.path
    ]
    return [finding(standings), *moved]


def _card(p: Page, written: Written[Review]) -> Card:
    fields, review = p.text["review"]["fields"], written.entry
    lines = ((fields[name]["short"], getattr(review, name)) for name in BOXES)
    return Card(
        id=written.id,
        title=p.text["review"]["cards"]["of"].format(day=day(review.on)),
        on=review.on,
        lines=tuple(line for line in lines if line[1]),
    )
