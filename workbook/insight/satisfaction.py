"""Whether a score of satisfaction changed by more than its own noise, and on which side of the cut-off it is.

The questionnaires are not in the book, only their totals.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING

from workbook.entries import CSI_HIGHEST
from workbook.insight.change import reliable_change

if TYPE_CHECKING:
    from pandas import DataFrame


@dataclass(frozen=True, slots=True)
class Norm:
    """What is known of one questionnaire.

    highest: its highest total; the lowest is 0. cut_off: totals below it are in the distressed range.
    sd: standard deviation in the sample it comes from, in points. reliability: 0 ≤ r < 1.
    """

    highest: int
    cut_off: float
    sd: float
    reliability: float

    @property
    def threshold(self) -> float:
        """The points beyond which a difference is unlikely to be chance (Jacobson & Truax 1991)."""
        return reliable_change(0, 0, self.sd, self.reliability).threshold

    @property
    def smallest(self) -> int:
        """The smallest whole number of points beyond the threshold."""
        return math.floor(self.threshold) + 1


NORMS: Mapping[str, Norm] = MappingProxyType(
    {
        "CSI-4": Norm(CSI_HIGHEST["CSI-4"], 13.5, 4, 0.94),
        "CSI-16": Norm(CSI_HIGHEST["CSI-16"], 51.5, 17, 0.98),
        "CSI-32": Norm(CSI_HIGHEST["CSI-32"], 104.5, 32, 0.98),
    }
)
"""The Couples Satisfaction Index. Ranges, cut-offs, reliabilities, rounded deviations: Funk & Rogge 2007.

The smallest reliable changes of 3, 7 and 13 points are not in that paper: they are derived from it here.
"""


@dataclass(frozen=True, slots=True)
class Course:
    """The totals of one questionnaire.

    name: what one's own is called; empty for those in `NORMS`. highest: the highest possible total.
    path: (day, total) in time order, one a day, at least one.
    """

    scale: str
    name: str
    highest: int
    path: tuple[tuple[date, int], ...]

    @property
    def norm(self) -> Norm | None:
        """What is known of the questionnaire; None for one's own, which has neither cut-off nor band."""
        return NORMS.get(self.scale)

    @property
    def change(self) -> int:
        """The points from the first total to the last."""
        return self.path[-1][1] - self.path[0][1]

    @property
    def is_distressed(self) -> bool:
        """Whether the last total is below the cut-off."""
        return self.norm is not None and self.path[-1][1] < self.norm.cut_off


def courses(scores: DataFrame) -> list[Course]:
    """The totals of each questionnaire, those of the CSI from the longest to the shortest, then one's own.

    scores: a frame of SatisfactionScore, of one member. Of several totals on one day the last written counts.
    """
    from pandas import isna

    found: dict[tuple[str, str], dict[date, int]] = {}
    highest: dict[tuple[str, str], int] = {}
    in_order = scores.sort_values(["on", "written_at"], kind="stable")
    columns = (in_order[name] for name in ("scale", "name", "highest", "on", "total"))
    for scale, name, most, on, total in zip(*columns, strict=True):
        key = (str(scale), "" if scale in NORMS else str(name).strip())
        found.setdefault(key, {})[on.date()] = int(total)
        reach = NORMS[scale].highest if scale in NORMS else int(total) if isna(most) else int(most)
        highest[key] = max(highest.get(key, 1), reach)
    ordered = sorted(found, key=lambda key: (key[0] not in NORMS, -highest[key], key[1]))
    return [Course(*key, highest[key], tuple(found[key].items())) for key in ordered]


def course_finding(course: Course) -> str:
    """Whether one questionnaire's total changed by more than noise, in one or two plain sentences."""
    if len(course.path) == 1:
        return f"One score so far: {course.path[0][1]}{_side(course)}."
    change, norm = course.change, course.norm
    if not change:
        return f"As high as at first: {course.path[-1][1]}{_side(course)}."
    moved = f"{'Up' if change > 0 else 'Down'} {abs(change)}"
    if norm is None:
        return f"{moved}. For a questionnaire of your own, nobody knows how much of that is chance."
    if abs(change) < norm.smallest:
        return f"{moved}; less than {norm.smallest} may well be chance."
    doubt = "" if change > 0 else " That doesn't say why."
    return f"{moved}; {norm.smallest} or more is unlikely to be chance.{doubt}"


def finding(courses: Sequence[Course], labels: Mapping[Course, str]) -> str:
    """What the questionnaires show, each under its label where there are several."""
    if not courses:
        return "No scores yet."
    if len(courses) == 1:
        return course_finding(courses[0])
    return " ".join(f"{labels[course]}: {course_finding(course)}" for course in courses)


def count(courses: Iterable[Course]) -> int:
    """How many totals there are in all."""
    return sum(len(course.path) for course in courses)


def _side(course: Course) -> str:
    """On which side of the cut-off the last total is."""
    if course.norm is None:
        return ""
    side = "below" if course.is_distressed else "above"
    return f", {side} the cut-off of {course.norm.cut_off:g}"
