"""Calmer? One line of heat for each loop, with a dot where the next step was tried."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbook.charts.palette import MARK, PAPER, PATH, RULE
from workbook.charts.panels import Frame, draw_months, draw_rows, stacked
from workbook.charts.sheet import LABEL, SMALL, Sheet, Width
from workbook.charts.timeline import Timeline, day_number, stretches
from workbook.insight.loops import Path, path_finding, tries

if TYPE_CHECKING:
    from matplotlib.figure import Figure

LOWEST, MIDDLE, HIGHEST = 0, 5, 10
UNIT = 8.4
"""Units between two answers on the scale."""
GAP_DAYS = 45
"""Loops are looked at every week; longer than this without a heat is a gap."""
KEY = 24
"""Units for the words that say what the dots mean."""
_WORDS = {LOWEST: "0 calm", MIDDLE: "5", HIGHEST: "10 hot"}


@dataclass(frozen=True, slots=True)
class _Row:
    """One loop on the sheet, and its frame."""

    path: Path
    frame: Frame

    def y(self, heat: float) -> float:
        return self.frame.panel_top + (HIGHEST - heat) * UNIT


def draw_heat(paths: Sequence[Path], width: Width = "wide") -> Figure:
    """A small chart of heat from 0 to 10 for each loop, one below the other along the same days.

    A full dot where the next step was tried, a hollow one where it was tried a little; beside it the finding.
    What has no heat is not drawn. The line is broken where no heat was noted for more than 45 days.
    """
    days = [day_number(on) for path in paths for on, _ in path.rated]
    words = [(path.name, [note for note in (path_finding(path), tries(path)) if note]) for path in paths]
    panel, top = ((HIGHEST - LOWEST) * UNIT, KEY) if days else (0, 0)
    rows = [_Row(path, frame) for path, frame in zip(paths, stacked(words, width, panel, top), strict=True)]
    sheet = draw_rows(rows, days, width, "No loops yet", _draw_row)
    if days:
        _draw_key(sheet, rows[0].frame.left if width == "wide" else 0)
    return sheet.figure


def _draw_row(sheet: Sheet, row: _Row, timeline: Timeline) -> None:
    _draw_scale(sheet, row, timeline)
    _draw_line(sheet, row, timeline)
    _draw_dots(sheet, row, timeline, "a little", PAPER)
    _draw_dots(sheet, row, timeline, "yes", MARK)


def _draw_scale(sheet: Sheet, row: _Row, timeline: Timeline) -> None:
    draw_months(sheet, timeline, row.y(HIGHEST), row.y(LOWEST))
    for heat, words in _WORDS.items():
        sheet.line([row.frame.left, row.frame.right], [row.y(heat)] * 2, RULE, 1)
        sheet.write(row.frame.left - 12, row.y(heat) + 4, words, size=SMALL, align="right")


def _draw_line(sheet: Sheet, row: _Row, timeline: Timeline) -> None:
    days = [day_number(on) for on, _ in row.path.rated]
    x = [timeline.x(day) for day in days]
    y = [row.y(heat) for _, heat in row.path.rated]
    for stretch in stretches(days, GAP_DAYS):
        sheet.line(x[stretch], y[stretch], PATH, 2)
    # A heat that stands alone in its stretch has no line to show it.
    sheet.dots(x, y, 2, PATH, PATH)


def _draw_dots(sheet: Sheet, row: _Row, timeline: Timeline, tried: str, inside: str) -> None:
    points = [point for point in row.path.points if point.tried == tried and point.heat is not None]
    x = [timeline.x(day_number(point.on)) for point in points]
    sheet.dots(x, [row.y(point.heat or 0) for point in points], 7, MARK, inside)


def _draw_key(sheet: Sheet, x: float) -> None:
    for words, inside in (("tried", MARK), ("tried a little", PAPER)):
        sheet.dots([x + 6], [KEY - 8], 7, MARK, inside)
        sheet.write(x + 18, KEY - 4, words, size=LABEL)
        x += 76
