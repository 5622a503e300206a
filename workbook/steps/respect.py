"""What an answer asks of every page: a calm sentence, and what would propose asking again is away."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import msgspec
from ipywidgets import Widget

from workbook.book import asking
from workbook.book.asking import Standing
from workbook.content import today
from workbook.entries import Raised
from workbook.formats import day
from workbook.steps.together import Together
from workbook.widgets import Aside, Said, Way

if TYPE_CHECKING:
    from workbook.steps.page import Page

Words = Mapping[str, Mapping[str, Any]]


def aside(p: Page, words: Words) -> Aside:
    """Put on the page how it stands with asking.

    words: by case what is said, as tables of `Said`; nothing for a case that is not there. The cases are
    the states of a `Standing`, "raised" when the partner has just raised it, and "twice".
    """
    aside = Aside(lambda: _said(p, words), lambda: _pressed(p))
    p.on_change(aside.again)
    p.add(aside)
    return aside


def away_unless(p: Page, may: Callable[[], bool], widgets: Sequence[Widget]) -> None:
    """Take widgets that stand together on the page off it while they may not be there."""
    together = Together(p, *widgets)

    def settle() -> None:
        together.show(may())

    settle()
    p.on_change(settle)


def _said(p: Page, words: Words) -> Said | None:
    now = asking.standing(p.book, today())
    found = words.get(_case(now))
    if found is None:
        return None
    said = msgspec.convert(_filled(found, _figures(p, now)), Said)
    said = msgspec.structs.replace(said, ways=tuple(_leading(way) for way in said.ways))
    if now.state in ("until", "theirs") and now.asks >= asking.TWICE and "twice" in words:
        asked = str(_filled(words["twice"], _figures(p, now))["title"])
        return msgspec.structs.replace(said, sentences=(*said.sentences, asked))
    return said


def _case(now: Standing) -> str:
    if now.state != "open":
        return now.state
    if now.raised:
        return "raised"
    return "twice" if now.asks >= asking.TWICE else "open"


def _figures(p: Page, now: Standing) -> dict[str, str]:
    on = now.agreed or (p.book.entry(now.raised).entry.on if now.raised else None)
    return {"day": day(on) if on else "", "count": str(now.asks)}


def _filled(words: Mapping[str, Any], figures: Mapping[str, str]) -> dict[str, Any]:
    """The words with their figures; a title may have a form of its own for twice, and one for more often."""
    title = words["title"]
    if not isinstance(title, str):
        title = title[0 if int(figures["count"]) == asking.TWICE else 1]
    return {**words, "title": title.format(**figures)}


def _leading(way: Way) -> Way:
    """A way on; without a link where its page is not there yet."""
    from workbook.steps.page import pages

    there = any(spec.name == way.page for spec in pages())
    return way if there else msgspec.structs.replace(way, page="", label="")


def _pressed(p: Page) -> None:
    """They raised it; or, pressed again before anything was answered, they did not."""
    raised = asking.standing(p.book, today()).raised
    if raised:
        p.book.erase(raised)
    else:
        p.book.write(Raised(on=today()))
    p.wrote()
