"""What a check cell does in a running notebook: what a reader would do, by the same messages.

A check cell awaits one of these functions, so that the kernel's own loop runs meanwhile.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any, TypeVar

from ipywidgets import Widget

from workbook import desk, frame
from workbook.book import sample
from workbook.entries import KINDS
from workbook.widgets import Cards, Deck, Form, Path, Picture, Safety, Sorter, Week
from workbook.widgets.control import Control

PATIENCE = 60.0
"""Seconds that anything may take on a slow machine."""
Wanted = TypeVar("Wanted", bound=Control)


async def until(happened: Callable[[], object]) -> None:
    """Let the kernel work on until something has happened. Raises TimeoutError."""

    async def look() -> None:
        while not happened():
            await asyncio.sleep(0.01)

    await asyncio.wait_for(look(), PATIENCE)


def press(control: Control, do: str, **content: Any) -> None:
    """Send a control what its view sends when someone presses a button in it."""
    control._handle_custom_msg({"do": do, **content}, [])


def shown() -> desk.Desk:
    """The desk that the notebook's cell shows."""
    (one,) = desk._desks
    return one


def on_page(name: str, kind: type[Wanted]) -> list[Wanted]:
    """The controls of a kind that stand on a built page, from top to bottom."""
    session = shown()._session
    assert session is not None
    return [each for each in _all(session._built[name].box) if isinstance(each, kind)]


def _all(widget: Widget) -> Iterator[Widget]:
    yield widget
    for child in getattr(widget, "children", ()):
        yield from _all(child)


async def unlock() -> None:
    """Open the book as Robin does at the door, and find it closed to a wrong passphrase before."""
    assert frame("Session").empty
    press(shown().door, "unlock", who="Robin", passphrase=sample.PASSPHRASE)
    await until(lambda: shown().book)
    assert len(frame("Session")) == 16


async def unlock_empty() -> None:
    """Open Robin's book in which nothing stands yet."""
    press(shown().door, "unlock", who="Robin", passphrase=sample.PASSPHRASE)
    await until(lambda: shown().book)
    assert len(frame("Session")) == 0


async def lock() -> None:
    """Press Lock: the pages are gone, and so are the frames."""
    press(shown().shell, "lock")
    assert shown().book is None
    assert shown().stage.children == ()
    assert frame("Session").empty


async def stands(name: str) -> None:
    """Any page: it stands once the book is unlocked, and is gone once it is locked."""
    await unlock()
    assert on_page(name, Control)
    await lock()


async def journal() -> None:
    """Write a session down: it is in the frames, and the cards know it."""
    await unlock()
    form, lists = on_page("journal", Form)[0], on_page("journal", Cards)
    press(form, "save", values={"on": "2026-08-03", "closeness": 7, "takeaway": "“Later” is a time of day."})
    assert form._state["words"].startswith("Saved")
    (written,) = frame("Reflection").tail(1).to_dict("records")
    assert (written["closeness"], written["takeaway"]) == (7, "“Later” is a time of day.")
    assert written["session"] == frame("Session")["id"].iloc[-1]
    assert written["session"] in {card.id for cards in lists for card in cards._read()[:1]}
    await lock()


async def journal_refuses() -> None:
    """A session without a date is refused at its field, and nothing is written."""
    await unlock()
    form = on_page("journal", Form)[0]
    press(form, "save", values={"on": "", "closeness": 7})
    assert not form._state["words"].startswith("Saved")
    assert form.values["closeness"] == 7
    assert len(frame("Session")) == 16


async def progress() -> None:
    """Rate a goal on its ladder."""
    await unlock()
    before, cards = len(frame("GoalRating")), on_page("progress", Cards)[0]
    goal = frame("Goal")["id"].iloc[0]
    press(cards, "act", action="rate", id=goal)
    rating = on_page("progress", Form)[0]
    press(
        rating, "save", values={"level": 1, "seen": "Twenty minutes, both still there.", "on": "2026-08-03"}
    )
    (written,) = frame("GoalRating").iloc[before:].to_dict("records")
    assert (written["goal"], written["level"]) == (goal, 1)
    assert written["seen"] == "Twenty minutes, both still there."
    await lock()


async def accountability() -> None:
    """Build a sentence, then note with one tap that the next step was tried."""
    await unlock()
    form, cards = on_page("accountability", Form)[0], on_page("accountability", Cards)[0]
    press(form, "save", values={"happens": "we are late", "does": "push", "step_out": "does"})
    (written,) = frame("Loop").tail(1).to_dict("records")
    assert (written["happens"], written["does"], written["step_out"]) == ("we are late", "push", "does")
    press(cards, "act", action="tried:yes", id=written["id"])
    assert frame("LoopCheck")["loop"].iloc[-1] == written["id"]
    await lock()


async def commitment() -> None:
    """Change the plan: it stays one, in a new version."""
    await unlock()
    form = on_page("commitment", Form)[0]
    press(form, "save", values=form.values | {"sessions": "26"})
    assert frame("Plan")["sessions"].tolist() == [26]
    await lock()


async def homework() -> None:
    """Put something on the list, and mark it done."""
    await unlock()
    form, cards = on_page("homework", Form)[1], on_page("homework", Cards)[0]
    press(form, "save", values={"what": "Ten minutes of tea", "by": "2026-08-10"})
    (written,) = frame("Assignment").tail(1).to_dict("records")
    assert written["what"] == "Ten minutes of tea"
    press(cards, "act", action="done:partly", id=written["id"])
    assert frame("AssignmentLog")["done"].iloc[-1] == "partly"
    await lock()


async def budget() -> None:
    """A fourth plan fits, a fifth is refused."""
    await unlock()
    form = on_page("budget", Form)[0]
    fee = {"label": "Hill Road", "fee": "$95", "every_days": 7, "cover": "none", "first": "2026-08-03"}
    press(form, "save", values=fee)
    assert frame("FeePlan")["fee"].tolist() == [120.0, 120.0, 45.0, 95.0]
    press(form, "save", values=fee)
    assert len(frame("FeePlan")) == 4
    await lock()


async def safety() -> None:
    """The page tells everyone the same, hears no tick, and nothing is written down: no entry, no draft."""
    await unlock()
    book, (page,) = shown().book, on_page("safety", Safety)
    assert book is not None
    before = [book.entries(kind) for kind in KINDS], book.drafts()
    told: list[dict[str, Any]] = []
    page.send = told.append
    for do in ("ready", "tick", "change", "save"):
        press(page, do, values={"0": True, "2": True})
    assert [each["do"] for each in told] == ["show"]
    assert len(told[0]["words"]["sentences"]["items"]) == 8
    assert ([book.entries(kind) for kind in KINDS], book.drafts()) == before
    await lock()


async def stigma() -> None:
    """Answer a card: it turns, and what one makes of it becomes a second version of the same thought."""
    await unlock()
    (deck,), form = on_page("stigma", Deck), on_page("stigma", Form)[0]
    press(deck, "answer", answer="someone's")
    (written,) = frame("Thought").tail(1).to_dict("records")
    assert (written["whose"], deck.now_showing()["open"]) == ("someone's", True)
    press(form, "save", values={"to_a_friend": "I'd go with you.", "agreement": 2})
    (written,) = frame("Thought").tail(1).to_dict("records")
    assert (written["to_a_friend"], written["agreement"]) == ("I'd go with you.", 2)
    assert deck.now_showing()["open"] is False
    await lock()


async def alternatives() -> None:
    """Move a card and seal the sorting: it stays one, and what lies under "now" can be picked."""
    await unlock()
    (sorter,) = on_page("alternatives", Sorter)
    press(sorter, "save", values={"places": {"book": "maybe", "doctor": "now"}})
    assert frame("Sorting")["places"].tolist() == [{"book": "maybe", "doctor": "now"}]
    form = on_page("alternatives", Form)[2]
    press(form, "save", values={"tries": "doctor", "since": "2026-08-03", "look_again": "2026-08-01"})
    assert len(frame("AlternativeTry")) == 2
    press(form, "save", values={"tries": "doctor", "since": "2026-08-03", "look_again": "2026-08-17"})
    assert frame("AlternativeTry")["tries"].iloc[-1] == "doctor"
    await lock()


async def home() -> None:
    """Pass over a step, and take it up again."""
    await unlock()
    (path,) = on_page("home", Path)
    press(path, "skip", step="commitment")
    assert frame("Skip")["step"].tolist() == ["commitment"]
    press(path, "back", step="commitment")
    assert frame("Skip").empty
    await lock()


async def charts() -> None:
    """Ask for each chart the way its place on the page does, and get a drawing that states its finding."""
    await unlock()
    own, theirs = (on_page("charts", Picture)[part] for part in (slice(6), slice(6, None)))
    assert len(theirs) == 3
    for picture in own:
        press(picture, "draw", narrow=False)
        await until(lambda picture=picture: picture._drawn)
        assert picture._drawn.svg.lstrip().startswith(("<svg", "<?xml"))
        assert picture._drawn.finding
    for picture in theirs:  # nobody has ticked
        press(picture, "draw", narrow=False)
        await until(lambda picture=picture: picture._drawn)
        assert not picture._drawn.svg
    await lock()


async def whole_book() -> None:
    """Go from page to page: each stands beside the one before."""
    await unlock()
    for name in ("journal", "progress", "charts"):
        press(shown().shell, "go", page=name)
        assert on_page(name, Control)
    form = on_page("journal", Form)[0]
    press(form, "save", values={"on": "2026-08-03", "takeaway": "From the whole book."})
    assert frame("Reflection")["takeaway"].iloc[-1] == "From the whole book."
    await lock()


async def wrong_passphrase() -> None:
    """A wrong passphrase opens nothing, and the door says so."""
    refused: list[dict[str, Any]] = []
    shown().door.send = refused.append
    press(shown().door, "unlock", who="Robin", passphrase="a guess")
    await until(lambda: refused)
    assert shown().book is None
    assert refused[-1]["do"] == "refused"
    assert "don't belong together" in refused[-1]["rule"]


async def timing() -> None:
    """Move the marker, save the moment, note a no: the marker and the moments go from the page."""
    await unlock()
    (week,), forms, before = on_page("timing", Week), on_page("timing", Form), len(frame("Moment"))
    soon = week.now_showing()["days"][3]["on"]
    press(week, "move", on=soon, minutes=19 * 60 + 30)
    press(forms[0], "save", values=forms[0].values | {"where": "on a walk"})
    (written,) = frame("Moment").iloc[before:].to_dict("records")
    assert (written["on"].date().isoformat(), str(written["at"])[:5]) == (soon, "19:30")
    press(forms[1], "save", values={"on": str(date.today()), "answer": "no"})  # noqa: DTZ011 - the page's day
    assert frame("Talk")["answer"].iloc[-1] == "no"
    together = next(each for each in _all(shown()._session._built["timing"].box) if week in _children(each))
    await until(lambda: "wb-away" in together._dom_classes)
    await lock()


def _children(widget: Widget) -> tuple[Widget, ...]:
    return tuple(getattr(widget, "children", ()))


async def trial() -> None:
    """Keep an answer to the visit, and write the sheet for a first session anew."""
    await unlock()
    cards, sheet = on_page("trial", Cards)[0], on_page("trial", Form)[-1]
    (visit,) = frame("Trial").to_dict("records")
    press(cards, "act", action="again:no", id=visit["id"])
    asked = on_page("trial", Form)[1]
    press(asked, "save", values={"again": "no", "note": "Not with her."})
    (kept,) = frame("TrialAnswer").to_dict("records")
    assert (kept["trial"], kept["again"], kept["note"]) == (visit["id"], "no", "Not with her.")
    press(sheet, "save", values=sheet.values | {"hope": "One quiet hour."})
    assert frame("FirstSession")["hope"].tolist() == ["One quiet hour."]
    await lock()
