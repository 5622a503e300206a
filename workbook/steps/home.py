"""Home: one thing at a time, and how far along the path one is."""

from __future__ import annotations

from typing import Any

from workbook import content, formats
from workbook.book import today
from workbook.entries import Later, Skip
from workbook.steps.page import Page, page, page_named, pages
from workbook.widgets import Path

TRACELESS = "safety"
"""The step of which no state is ever kept or shown."""


@page("home", part="home")
def home(p: Page) -> None:
    """One card with one button; a path of thirteen stops; a question."""
    p.opening()
    p.to_safety()
    path = Path(lambda: _showing(p))
    path.hear("not_today", lambda message: _put_off(p, str(message["thing"])))
    path.hear("skip", lambda message: _skip(p, str(message["step"])))
    path.hear("back", lambda message: _take_up(p, str(message["step"])))
    p.on_change(path.refresh)
    p.add(path)


def _showing(p: Page) -> dict[str, Any]:
    words = p.text["path"] | {"not_today": p.text["card"]["not_today"], "next": p.text["purpose"]}
    return {
        "left_off": _left_off(p),
        "card": _card(p),
        "cards": {"title": p.text["cards"]["title"], "at_hand": content.prose("cards")["fan"]["cards"]},
        "path": _path(p),
        "words": words,
        "question": p.text["question"],
    }


def _left_off(p: Page) -> str:
    """Where one was, after a week or more away; in one line, and without reproach."""
    found = today.left_off(p.book, content.today())
    if found is None:
        return ""
    day, page = found
    return str(p.text["left_off"]).format(day=formats.day(day), title=page_named(page).title)


def _card(p: Page) -> dict[str, str]:
    thing = today.next_thing(p.book, content.today())
    if thing is None:
        return {"words": p.text["card"]["ended" if today.ending(p.book) else "rest"]}
    words = p.text["card"][thing.name]
    figures = dict(thing.figures)
    if "day" in figures:
        figures["weekday"] = f"{figures['day']:%A}"
    return {
        "name": thing.name,
        "words": words["words"].format(**figures),
        "button": words["button"],
        "page": words["page"],
    }


def _path(p: Page) -> list[dict[str, str]]:
    there = {spec.name for spec in pages()}
    return [_stop(p, step, title, is_there=step in there) for step, title in p.text["path"]["steps"].items()]


def _stop(p: Page, step: str, title: str, *, is_there: bool) -> dict[str, str]:
    words = p.text["path"]
    if not is_there:
        return {"step": step, "title": title, "note": words["later"]}
    if step == TRACELESS:
        return {"step": step, "title": title, "note": "", "page": step}
    found = today.stop(p.book, step)
    one, several = words["counts"]
    count = (one if found.count == 1 else several).format(count=found.count) if found.count else ""
    act = {"not_begun": "skip", "skipped": "back"}.get(found.state, "")
    note = " · ".join(part for part in (words[found.state], count) if part)
    return {"step": step, "title": title, "note": note, "state": found.state, "page": step, "act": act}


def _put_off(p: Page, thing: str) -> None:
    p.book.write(Later(thing=thing, on=content.today()))
    p.wrote()


def _skip(p: Page, step: str) -> None:
    p.book.write(Skip(step=step))
    p.wrote()


def _take_up(p: Page, step: str) -> None:
    p.book.erase_many(skip.id for skip in p.book.own(Skip, step=step))
    p.wrote()
