"""Step 13, evaluate your progress: goals one would notice at home, scores, and a review now and then."""

from __future__ import annotations

from typing import Any

from workbook.book import Written, agreements, diary
from workbook.content import today
from workbook.entries import Goal, GoalRating
from workbook.formats import day
from workbook.steps import agreeing, reviews, satisfaction
from workbook.steps.charts import draw_moving
from workbook.steps.collection import Kept
from workbook.steps.page import Page, page
from workbook.steps.slot import Slot
from workbook.widgets import Card, Field, fields_of, read_values
from workbook.widgets.fields import Option, typed_values

Values = dict[str, Any]

FIRST = ("title", "today", "good_enough")
MORE = ("importance", "difficulty", "until")
GROUPS = ("waiting", "common", "own", "aside")
"""Where a goal stands between two, in the order of the cards."""
DESCRIBED = ("much_less", "less", "as_hoped", "more", "much_more")
"""The five levels as fields of a form, from −2 to +2."""


@page("progress", part="partner", number=13)
def progress(p: Page) -> None:
    """A review where one is due; the goals there are, a new one, and whether they move; scores; reviews."""
    p.opening()
    review = reviews.when_due(p)
    _goals(p)
    p.chart(p.text["picture"]["question"], lambda narrow: draw_moving(p.book, p.text["picture"], narrow))
    satisfaction.scores(p)
    reviews.so_far(p, review)


# Goals, of one and of both


def _goals(p: Page) -> None:
    goals = p.entries(
        "new",
        Kept(
            kind=Goal,
            prose=p.text,
            first=FIRST,
            questions=_more_fields(p),
            describe=lambda goal: _card(p, goal),
            in_full=lambda goal: _in_full(p, goal),
            read=_goal_values,
            show=_form_values,
            order=lambda goal: (GROUPS.index(_group(p, goal)), goal.written_at),
            erase=lambda goal: diary.erase_goal(p.book, goal),
            revise=lambda goal, values: diary.revise_goal(p.book, goal, values),
            caution=lambda goal: _caution(p, goal),
            withheld=lambda goal: () if _counts(p, goal) else ("rate",),
            acts={"rate": lambda goal: _rate(p, goals.slot, goal)},
            answers={agreeing.NAME: lambda goal, said: agreeing.answer(p, goal, said)},
            cards_first=True,
        ),
    )


def _group(p: Page, goal: Written[Goal]) -> str:
    """Whose goal it is by now, as the other member has answered or was asked."""
    if agreements.stands(p.book, goal):
        return "common"
    if goal.author == p.book.name:
        return "own"
    return "aside" if agreements.is_aside(p.book, goal) or not p.book.has_ours else "waiting"


def _counts(p: Page, goal: Written[Goal]) -> bool:
    return _group(p, goal) in ("common", "own")


def _caution(p: Page, goal: Written[Goal]) -> str:
    """Before one changes what was proposed to both: what becomes of the other's yes."""
    if not p.book.has_ours or agreements.proposal(p.book, goal) is None:
        return ""
    return str(p.text["edit"]["caution"]).format(name=p.book.partner)


def _more_fields(p: Page) -> list[Field]:
    fields = p.text["fields"]
    described = [Field(name=name, kind="line", label=fields[name]["label"]) for name in DESCRIBED]
    return [*described, *(_choice(fields, name) for name in MORE[:2]), *fields_of(Goal, ["until"], fields)]


def _choice(fields: dict[str, Any], name: str) -> Field:
    options = tuple(Option(option["value"], option["label"]) for option in fields[name]["options"])
    return Field(name=name, kind="choice", label=fields[name]["label"], options=options)


def _goal_values(values: Values) -> Values:
    """What was typed, as fields of a Goal: five described levels, or none."""
    described = tuple((values.get(name) or "").strip() for name in DESCRIBED)
    read = read_values(Goal, {name: values.get(name) for name in (*FIRST, *MORE)})
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


def _in_full(p: Page, goal: Goal) -> list[tuple[str, str]]:
    fields, typed = p.text["fields"], _form_values(goal)
    plain = {name: typed[name] for name in (*FIRST, *DESCRIBED, "until") if typed[name]}
    return [(fields[name]["label"], words) for name, words in plain.items()]


def _card(p: Page, goal: Written[Goal]) -> Card:
    words, rating, counts = p.text["cards"], diary.latest_ratings(p.book).get(goal.id), _counts(p, goal)
    now = words["not_rated"] if counts else ""
    if rating and counts:
        now = words["rated"].format(level=_level_words(p, goal.entry, rating.level), day=day(rating.on))
    lines = [
        (words["now"], now),
        ("", rating.seen if rating and counts else ""),
        (words["today"], goal.entry.today),
        (words["good_enough"], goal.entry.good_enough),
        ("", agreeing.standing(p, goal)),
    ]
    return Card(
        id=goal.id,
        title=goal.entry.title,
        meta=words["until"].format(day=day(goal.entry.until)) if goal.entry.until else "",
        lines=tuple((label, text) for label, text in lines if text),
        ask=agreeing.ask(p, goal),
        group=p.text["groups"][_group(p, goal)].format(name=goal.author) if p.book.has_ours else "",
    )


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

    def save(values: Values) -> None:
        read = {"level": None, "on": None, **read_values(GoalRating, values)}
        p.book.write(GoalRating(goal=goal, **read | {"seen": read.get("seen") or ""}))

    slot.ask(
        f"progress/rate/{goal}",
        fields,
        save,
        {"title": words["title"].format(title=written.entry.title), "save": words["save"]},
        values={"on": today().isoformat()},
    )
