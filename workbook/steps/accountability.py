"""Step 1, hold yourself accountable: the loops one is part of, and where one could step out."""

from __future__ import annotations

import re
from typing import Any

from workbook.book import Book, Written
from workbook.book.own import own_frame
from workbook.content import today
from workbook.entries import Helps, Loop, LoopCheck
from workbook.formats import day
from workbook.insight import tone
from workbook.insight.span import ALL_DAYS, Span
from workbook.steps.collection import Kept
from workbook.steps.drawn import none_of, rests_on, table
from workbook.steps.page import Page, page
from workbook.steps.slot import Slot
from workbook.widgets import Ask, Card, Field, Showing, fields_of
from workbook.widgets.fields import Option

CIRCLE = ("happens", "does", "underneath", "looks")
"""The four stations of a loop, in the order in which it goes round."""

ABOUT_THEM = ("always_never", "labelling", "blame", "contempt", "diagnosing")
"""What "my part" has slipped into when it says what the other one is or does."""
_PARTNER = r"she|he|they|my (?:wife|husband|partner|girlfriend|boyfriend)"
THEY_ARE = re.compile(rf"\b(?:{_PARTNER})(?:['’](?:s|re)| is| are)\b", re.IGNORECASE)
THEY = re.compile(rf"\b(?:{_PARTNER})\b", re.IGNORECASE)


@page("accountability", part="own", number=1)
def accountability(p: Page) -> None:
    """A sentence that draws the loop, the loops so far, and what helps already."""
    p.opening()
    p.to_safety(p.text["part"]["note"])
    loops = p.entries(
        "loop",
        Kept(
            kind=Loop,
            prose=p.text,
            first=("happens", "does", "next_time"),
            more=("underneath", "looks", "name", "area", "heat"),
            extra={"next_time": _circle(p)},
            describe=lambda loop: _card(p, loop),
            order=lambda loop: -(_heat(p, loop) or 0),
            erase=lambda loop: _erase(p, loop),
            live=lambda typed: _hint(p, typed),
            answers={"tried": lambda loop, answer: _check(p, loops.slot, loop, answer)},
        ),
    )
    p.entries("helps", _helps(p))
    words = p.text["picture"]
    p.chart(words["question"], lambda narrow: draw_heat(p.book, words, narrow))


def _hint(p: Page, typed: dict[str, Any]) -> str:
    """Says gently where "my part" is about the other one; silent on words of fear, injury or force."""
    told = "\n".join(str(typed.get(name) or "") for name in (*CIRCLE, "next_time"))
    about = [each for each in tone.check(said_to_them(told)).findings if each.category in ABOUT_THEM]
    return str(p.text["part"]["hint"]).format(why=about[0].why) if about else ""


def said_to_them(text: str) -> str:
    """What is said about the partner, as if it were said to them: the rules of tone read "you"."""
    return THEY.sub("you", THEY_ARE.sub("you are", text))


def _circle(p: Page) -> Field:
    options = tuple(Option(station, p.text["circle"][station]) for station in CIRCLE)
    return Field(
        name="step_out", kind="circle", label=p.text["form"]["circle"], options=options, follows=CIRCLE
    )


def _checks(p: Page, loop: str) -> list[Written[LoopCheck]]:
    return sorted(p.book.entries(LoopCheck, loop=loop), key=lambda each: (each.entry.on, each.written_at))


def _heat(p: Page, loop: Written[Loop]) -> int | None:
    """How hot a loop is: at the last weekly look that says so, else when it was written down."""
    noted = [each.entry.heat for each in _checks(p, loop.id) if each.entry.heat is not None]
    return noted[-1] if noted else loop.entry.heat


def _card(p: Page, written: Written[Loop]) -> Card:
    words, check, loop = p.text["cards"], p.text["check"], written.entry
    checks, heat = _checks(p, written.id), _heat(p, written)
    sentence = words["sentence"].format(happens=loop.happens or "…", does=loop.does or "…")
    lines = [
        ("", sentence if loop.name else ""),
        *((words[name], getattr(loop, name)) for name in ("underneath", "looks", "next_time")),
    ]
    if checks:
        last = checks[-1].entry
        lines.append((words["tried"], words["last"].format(tried=check[last.tried], day=day(last.on))))
        lines.append(("", last.note))
    return Card(
        id=written.id,
        title=loop.name or sentence,
        meta=words["heat"].format(heat=heat) if heat is not None else "",
        lines=tuple((label, text) for label, text in lines if text),
        tags=(p.text["fields"]["area"]["options"][loop.area],) if loop.area else (),
        ask=Ask("tried", check["label"], ("yes", "a little", "no chance")),
    )


def _check(p: Page, slot: Slot, loop: str, answer: Any) -> None:
    """Note at once what was tapped; then there is room for the heat and a line."""
    words = p.text["check"]
    prose = {"heat": p.text["fields"]["heat"] | {"label": words["heat"]}, "note": {"label": words["note"]}}
    check = LoopCheck(loop=loop, on=today(), tried=answer)
    p.tapped(slot, check, fields_of(LoopCheck, ("heat", "note"), prose), words)


def _erase(p: Page, loop: str) -> None:
    p.book.erase_many([*(check.id for check in _checks(p, loop)), loop])


def _helps(p: Page) -> Kept:
    words = p.text["helps"]
    cards = p.text["cards"] | {key: words[key] for key in ("title", "empty", "counts")}
    return Kept(
        kind=Helps,
        prose={
            "form": {"save": words["save"], "title": words["title"]},
            "fields": {"does": {"label": words["label"], "beginnings": words["beginnings"], "kind": "line"}},
            "cards": cards,
            "edit": p.text["edit"],
        },
        first=("does",),
        describe=lambda helps: Card(id=helps.id, title=helps.entry.does),
    )


def draw_heat(book: Book, words: dict[str, Any], narrow: bool, during: Span = ALL_DAYS) -> Showing:
    """The heat of each of one's own loops during these days, and where the next step was tried."""
    from workbook.charts import draw_heat, to_svg
    from workbook.insight import loops

    paths = [path.during(during) for path in loops.heat(own_frame(book, Loop), own_frame(book, LoopCheck))]
    paths = [path for path in paths if path.points]
    count = sum(point.tried is not None for path in paths for point in path.points)
    if not count:
        return Showing(empty=none_of(words, during))
    return Showing(
        finding=loops.finding(paths),
        rests_on=rests_on(words, count),
        svg=to_svg(draw_heat(paths, "narrow" if narrow else "wide")),
        table=table(
            words["columns"],
            lambda write: [
                [path.name, write.date(point.on), point.tried or "", point.heat]
                for path in paths
                for point in path.points
            ],
        ),
    )
