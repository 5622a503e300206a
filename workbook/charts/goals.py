"""Are we moving? A ladder for each goal: first and now, and the path between."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbook.charts.palette import HOPED, INK, MARK, PAPER, PATH, RULE
from workbook.charts.panels import CLOSER, Frame, draw_months, draw_rows, stacked
from workbook.charts.sheet import LABEL, SMALL, Sheet, Width
from workbook.charts.timeline import Timeline, day_number, stretches
from workbook.insight.goals import AS_HOPED, Standing

if TYPE_CHECKING:
    from matplotlib.figure import Figure

HIGHEST = 2
RUNG = 22
"""Units between two levels."""
GAP_DAYS = 60
"""Goals are looked at every few sessions; longer than this without a rating is a gap."""
ROOM_FOR_TWO_LABELS = 44
"""Units between first and now; where there is less, the hollow mark has no words."""
NAMED_RUNGS = {2: "much more", 0: "as hoped", -2: "much less"}


@dataclass(frozen=True, slots=True)
class _Row:
    """One goal on the sheet: its frame, and where its ladder begins."""

    standing: Standing
    frame: Frame
    rung: float

    def y(self, level: int) -> float:
        return self.frame.panel_top + (HIGHEST - level) * self.rung


def draw_goals(standings: Sequence[Standing], width: Width = "wide") -> Figure:
    """A ladder from −2 to +2 for each goal, with months along it; goals keep their order.

    The first level is hollow and the last one solid; the path between them is broken where no level was
    written down for more than 60 days. A goal that was never rated says so.
    """
    days = [day_number(day) for standing in standings for day, _ in standing.path]
    rung = RUNG * CLOSER[width] if days else 0
    words = [(standing.title, [] if standing.path else ["Not rated yet."]) for standing in standings]
    frames = stacked(words, width, 2 * HIGHEST * rung)
    rows = [_Row(standing, frame, rung) for standing, frame in zip(standings, frames, strict=True)]
    return draw_rows(rows, days, width, "No goals yet", _draw_row).figure


def _draw_row(sheet: Sheet, row: _Row, timeline: Timeline) -> None:
    _draw_ladder(sheet, row, timeline)
    if row.standing.path:
        _draw_path(sheet, row, timeline)


def _draw_ladder(sheet: Sheet, row: _Row, timeline: Timeline) -> None:
    draw_months(sheet, timeline, row.y(HIGHEST), row.y(-HIGHEST))
    for level in range(-HIGHEST, HIGHEST + 1):
        colour, thickness = (HOPED, 1.5) if level == AS_HOPED else (RULE, 1)
        sheet.line([row.frame.left, row.frame.right], [row.y(level)] * 2, colour, thickness)
        if level in NAMED_RUNGS:
            sheet.write(row.frame.left - 10, row.y(level) + 4, NAMED_RUNGS[level], size=SMALL, align="right")


def _draw_path(sheet: Sheet, row: _Row, timeline: Timeline) -> None:
    days = [day_number(day) for day, _ in row.standing.path]
    x = [timeline.x(day) for day in days]
    y = [row.y(level) for _, level in row.standing.path]
    for stretch in stretches(days, GAP_DAYS):
        sheet.line(x[stretch], y[stretch], PATH, 2)
    if len(x) > 2:
        sheet.dots(x[1:-1], y[1:-1], 4, PATH, PATH)
    if len(x) > 1:
        sheet.dots(x[:1], y[:1], 8, MARK, PAPER)
    if x[-1] - x[0] > ROOM_FOR_TWO_LABELS:
        _label(sheet, x[0], y[0], "first", y[1])
    sheet.dots(x[-1:], y[-1:], 9, MARK, MARK)
    _label(sheet, x[-1], y[-1], "now" if len(x) > 1 else "rated once", y[-2] if len(x) > 1 else y[-1])


def _label(sheet: Sheet, x: float, y: float, words: str, next_y: float) -> None:
    """Words above a mark or below it: on the side where the path, at next_y, does not go."""
    baseline = y + LABEL + 6 if next_y < y else y - 10
    sheet.write(x, baseline, words, INK, LABEL, "center", bold=words != "first")
