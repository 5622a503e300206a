"""Whether a quarrel that comes back gets calmer: its heat over time, and where the next step was tried."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from workbook.insight.change import FEWEST_RATINGS, Verdict, between, trend
from workbook.insight.span import Span

if TYPE_CHECKING:
    from pandas import DataFrame

Tried = Literal["yes", "a little", "no chance"]
_IN_SHORT: Mapping[Verdict, str] = {
    "falling": "calmer lately",
    "rising": "hotter lately",
    "no clear change": "can't tell yet",
    "too early": "too early to tell",
}


class Point(NamedTuple):
    """What was noted of a loop on a day. heat: 0–10 or None. tried: None when the loop was first written."""

    on: date
    heat: int | None
    tried: Tried | None


@dataclass(frozen=True, slots=True)
class Path:
    """One loop and what was noted of it, in time order, one point a day. loop: the id of the loop."""

    loop: str
    name: str
    points: tuple[Point, ...]

    @property
    def rated(self) -> list[tuple[date, int]]:
        """The days on which a heat was given, and the heat, 0–10."""
        return [(point.on, point.heat) for point in self.points if point.heat is not None]

    @property
    def now(self) -> int | None:
        """The heat that was noted last; None if never."""
        return self.rated[-1][1] if self.rated else None

    def during(self, days: Span) -> Path:
        """The same loop with what was noted of it on these days."""
        return replace(self, points=tuple(point for point in self.points if days.holds(point.on)))


def heat(loops: DataFrame, checks: DataFrame) -> list[Path]:
    """The heat of each loop over time, in the order of the loops.

    loops: a frame of Loop. checks: a frame of LoopCheck. Both of one member.
    A path begins with the heat that the loop was written down with, unless checks were dated before that
    day. Of several checks on one day the last written counts, and before the loop's own heat. A check whose
    loop is not there is left out.
    """
    by_loop = _checks_by_loop(checks)
    columns = (loops[name] for name in ("id", "name", "happens", "does", "heat", "written_at"))
    paths = []
    for loop, *names, own_heat, written_at in zip(*columns, strict=True):
        begun = written_at.date()
        points = by_loop.get(str(loop), {})
        if not points or begun <= min(points):
            points = {begun: Point(begun, _whole(own_heat), None)} | points
        called = next((str(name) for name in names if str(name).strip()), "")
        paths.append(Path(str(loop), called, tuple(points[on] for on in sorted(points))))
    return paths


def finding(paths: Sequence[Path]) -> str:
    """Whether the loops are calmer, in one careful sentence; the verdicts are those of `change.trend`."""
    if not paths:
        return "No loops yet."
    if len(paths) == 1:
        return path_finding(paths[0])
    said = Counter(_verdict(path) for path in paths)
    parts = [f"{said[verdict]} {words}" for verdict, words in _IN_SHORT.items() if said[verdict]]
    doubt = ", which doesn't say why" if said["falling"] or said["rising"] else ""
    return f"Of {len(paths)} loops, {', '.join(parts)}{doubt}."


def path_finding(path: Path) -> str:
    """Whether one loop is calmer, in one careful sentence."""
    values = [heat for _, heat in path.rated]
    if not values:
        return "No heat noted yet."
    verdict = _verdict(path)
    if verdict == "too early":
        return f"Too early to tell: {len(values)} of {FEWEST_RATINGS} ratings."
    if verdict == "no clear change":
        return f"Can't tell yet: {between(values)}."
    return f"{'Calmer' if verdict == 'falling' else 'Hotter'} lately, which doesn't say why."


def tries(path: Path) -> str:
    """How often the next step was tried, in one sentence; empty if nobody asked yet."""
    asked = [point.tried for point in path.points if point.tried is not None]
    tried = sum(answer != "no chance" for answer in asked)
    if not tried:
        return "Not tried yet." if asked else ""
    return f"Tried {tried} of {len(asked)} times." if len(asked) > 1 else "Tried once."


def _verdict(path: Path) -> Verdict:
    return trend((on for on, _ in path.rated), (heat for _, heat in path.rated), sized=False).verdict


def _whole(value: Any) -> int | None:
    from pandas import isna

    return None if isna(value) else int(value)


def _checks_by_loop(checks: DataFrame) -> dict[str, dict[date, Point]]:
    """The point of each day, for each loop."""
    in_order = checks.sort_values("written_at", kind="stable")
    columns = (in_order[name] for name in ("loop", "on", "heat", "tried"))
    found: dict[str, dict[date, Point]] = {}
    for loop, on, noted_heat, tried in zip(*columns, strict=True):
        found.setdefault(str(loop), {})[on.date()] = Point(on.date(), _whole(noted_heat), tried)
    return found
