"""Step 13, evaluate your progress: goals that one would notice at home, and where they stand."""

from __future__ import annotations

from datetime import date
from typing import Any

from workbook.book import Written, diary
from workbook.content import day
from workbook.entries import Goal, GoalRating
from workbook.steps.charts import draw_moving
from workbook.steps.conflict import Watched
from workbook.steps.page import Page, Slot, page
from workbook.widgets import Action, Card, Field, Form, fields_of, read_values
from workbook.widgets.fields import Option, typed_values

Values = dict[str, Any]

FIRST = ("title", "today", "good_enough")
MORE = ("importance", "difficulty", "until")
DESCRIBED = ("much_less", "less", "as_hoped", "more", "much_more")
"""The five levels as fields of a form, from −2 to +2."""


@page("progress", part="partner", number=13)
def progress(p: Page) -> None:
    """A new goal, the goals there are, and whether they move."""
    p.opening()
    slot = p.slot()
    p.cards(
        lambda: _cards(p),
        p.text["cards"],
        acts={
            "rate": lambda goal: _rate(p, slot, goal),
            "edit": lambda goal: _edit(p, slot, goal),
            "erase": lambda goal: _erase(p, goal),
        },
        versions=lambda goal: _versions(p, goal),
        searchable=False,
    )
    words = p.text["form"]
    p.form(
        "new",
        Form(
            fields_of(Goal, FIRST, p.text["fields"]),
            more=_more_fields(p),
            save=words["save"],
            title=words["title"],
            more_label=words["more"],
            on_save=lambda values: _save(p, values),
        ),
    )
    p.chart(p.text["picture"]["question"], lambda narrow: draw_moving(p.book, p.text["picture"], narrow))


def _more_fields(p: Page) -> list[Field]:
    fields = p.text["fields"]
    described = [Field(name=name, kind="line", label=fields[name]["label"]) for name in DESCRIBED]
    return [*described, *(_choice(fields, name) for name in MORE[:2]), *fields_of(Goal, ["until"], fields)]


def _choice(fields: dict[str, Any], name: str) -> Field:
    options = tuple(Option(option["value"], option["label"]) for option in fields[name]["options"])
    return Field(name=name, kind="choice", label=fields[name]["label"], options=options)


def _save(p: Page, values: Values) -> Values:
    p.book.write(Goal(**_goal_values(values)))
    p.wrote()
    return dict.fromkeys((*FIRST, *DESCRIBED, *MORE))


def _goal_values(values: Values) -> Values:
    """What was typed, as fields of a Goal: five described levels, or none."""
    read = read_values(Goal, {name: values.get(name) for name in (*FIRST, *MORE)})
    for name in FIRST:
        read[name] = read[name] or ""
    for name in MORE[:2]:
        read[name] = read[name] or 1
    described = tuple((values.get(name) or "").strip() for name in DESCRIBED)
    return read | {"levels": described if any(described) else None}


def _form_values(goal: Goal) -> Values:
    described = dict(zip(DESCRIBED, goal.levels or ("",) * len(DESCRIBED), strict=True))
    typed = typed_values(goal)
    return (
        {name: typed[name] for name in (*FIRST, "until")}
        | described
        | {
            "importance": goal.importance,
            "difficulty": goal.difficulty,
        }
    )


def _cards(p: Page) -> list[Card]:
    ratings = diary.latest_ratings(p.book)
    return [_card(p, goal, ratings.get(goal.id)) for goal in diary.goals(p.book)]


def _card(p: Page, goal: Written[Goal], rating: GoalRating | None) -> Card:
    words = p.text["cards"]
    now = words["not_rated"]
    if rating:
        now = words["rated"].format(level=_level_words(p, goal.entry, rating.level), day=day(rating.on))
    lines = [
        (words["now"], now),
        (words["today"], goal.entry.today),
        (words["good_enough"], goal.entry.good_enough),
    ]
    if rating and rating.seen:
        lines.insert(1, ("", rating.seen))
    until = words["until"].format(day=day(goal.entry.until)) if goal.entry.until else ""
    return Card(
        id=goal.id,
        title=goal.entry.title,
        meta=" · ".join(
            part for part in (until, "Both of you" if goal.room == "ours" else "Only you") if part
        ),
        lines=tuple((label, text) for label, text in lines if text),
        actions=tuple(Action(name, words["actions"][name]) for name in _actions(goal.author == p.book.name)),
    )


def _actions(own: bool) -> tuple[str, ...]:
    """What can be done with a goal: both may rate it, its author alone changes or erases it."""
    return ("rate", "edit", "history", "erase") if own else ("rate", "history")


def _level_words(p: Page, goal: Goal, level: int) -> str:
    described = goal.levels[level + 2] if goal.levels else ""
    return described or str(p.text["levels"][str(level)])


def _rate(p: Page, slot: Slot, goal: str) -> None:
    """Open the ladder: five levels from the top down, their words beside them."""
    written, words = p.book.entry(goal), p.text["rating"]
    options = tuple(
        Option(
            level,
            p.text["levels"][str(level)],
            written.entry.levels[level + 2] if written.entry.levels else "",
        )
        for level in (2, 1, 0, -1, -2)
    )
    fields = [
        Field(name="level", kind="ladder", label=words["level"], options=options),
        Field(name="seen", kind="text", label=words["seen"]),
        Field(name="on", kind="date", label=words["on"], near=tuple(words["near"])),
    ]

    def save(values: Values) -> Values:
        read = {"level": None, "on": None, **read_values(GoalRating, values)}
        p.book.write(GoalRating(goal=goal, **read | {"seen": read.get("seen") or ""}))
        slot.close()
        p.wrote()
        return values

    slot.show(
        f"progress/rate/{goal}",
        Form(
            fields,
            values={"on": date.today().isoformat()},  # noqa: DTZ011 - the reader's own day
            save=words["save"],
            title=words["title"].format(title=written.entry.title),
            on_save=save,
            on_cancel=slot.close,
            focus=True,
        ),
    )


def _edit(p: Page, slot: Slot, goal: str) -> None:
    written, words = p.book.entry(goal), p.text["edit"]
    watched = Watched(p.book, [goal])

    def save(values: Values) -> Values:
        watched.check(words["changed_elsewhere"])
        p.book.revise(goal, **_goal_values(values))
        slot.close()
        p.wrote()
        return values

    slot.show(
        f"progress/{goal}",
        Form(
            fields_of(Goal, FIRST, p.text["fields"]),
            more=_more_fields(p),
            values=_form_values(written.entry),
            save=words["save"],
            title=words["title"].format(title=written.entry.title),
            more_label=p.text["form"]["more"],
            room="Both of you" if written.room == "ours" else "Only you",
            on_save=save,
            on_cancel=slot.close,
            focus=True,
        ),
    )


def _erase(p: Page, goal: str) -> None:
    diary.erase_goal(p.book, goal)
    p.wrote()


def _versions(p: Page, goal: str) -> list[tuple[str, list[tuple[str, str]]]]:
    words = p.text["cards"]
    return [
        (
            f"{written.written_at:%d.%m.%Y %H:%M} · {written.author}",
            [
                ("", written.entry.title),
                (words["today"], written.entry.today),
                (words["good_enough"], written.entry.good_enough),
            ],
        )
        for written in p.book.versions(goal)
    ]
