"""The totals of a questionnaire on satisfaction, as a part of step 13. The questions are not in the book."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from workbook.book import Written
from workbook.content import today
from workbook.entries import CSI_HIGHEST, SatisfactionScore
from workbook.formats import day
from workbook.steps.collection import Kept
from workbook.widgets import Card, Prose, read_values

if TYPE_CHECKING:
    from workbook.steps.page import Page

Values = dict[str, Any]

FIELDS = ("scale", "total", "on", "name", "highest")
OF_ONES_OWN = ("name", "highest")
"""What is asked of a questionnaire that the book doesn't know."""


def scores(p: Page) -> None:
    """A total and its day; one's own alone, so it is never shared."""
    words = p.text["scores"]
    p.add(Prose(words["intro"]))
    p.entries(
        "score",
        Kept(
            kind=SatisfactionScore,
            prose=words,
            first=FIELDS,
            describe=lambda score: _card(p, score),
            read=_score_values,
            start=lambda: {"on": today().isoformat()},
            order=lambda score: (-score.entry.on.toordinal(), -score.written_at.timestamp()),
            withheld=lambda score: ("share", "take_back"),
        ),
    )


def _score_values(typed: Values) -> Values:
    """What was typed; a name and a highest total belong to a questionnaire of one's own alone."""
    known = typed.get("scale") in CSI_HIGHEST
    given = {name: None if known and name in OF_ONES_OWN else typed.get(name) for name in FIELDS}
    return read_values(SatisfactionScore, given)


def _card(p: Page, written: Written[SatisfactionScore]) -> Card:
    words, score = p.text["scores"]["cards"], written.entry
    name = score.scale if score.scale in CSI_HIGHEST else score.name or words["own"]
    highest = CSI_HIGHEST.get(score.scale, score.highest)
    title = words["of" if highest else "total"].format(name=name, total=score.total, highest=highest)
    return Card(id=written.id, title=title, on=score.on, meta=day(score.on))
