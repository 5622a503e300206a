"""Calmer? One line of heat for each loop, with a dot where the next step was tried."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbook.charts.palette import MARK, PAPER, PATH, RULE
from workbook.charts.panels import (
    AXIS,
    MARGIN,
    Frame,
    draw_axis,
    draw_months,
    draw_words,
    frame_for,
    timeline_for,
)
from workbook.charts.sheet import LABEL, SMALL, WIDTHS, Sheet, Width
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
    rows = _rows(paths, width, (HIGHEST - LOWEST) * UNIT if days else 0)
    if not rows:
        return _empty(width)
    bottom = rows[-1].frame.bottom
    sheet = Sheet(WIDTHS[width], bottom + (AXIS if days else 0))
    for row in rows:
        draw_words(sheet, row.frame)
    if days:
        timeline = timeline_for(days, rows[0].frame)
        _draw_panels(sheet, rows, timeline)
        draw_axis(sheet, timeline, bottom)
        _draw_key(sheet, rows[0].frame.left if width == "wide" else 0)
    return sheet.figure


def _rows(paths: Sequence[Path], width: Width, panel: float) -> list[_Row]:
    rows: list[_Row] = []
    top = float(KEY) if panel else 0.0
    for path in paths:
        notes = [note for note in (path_finding(path), tries(path)) if note]
        frame = frame_for(path.name, notes, width, top, panel)
        rows.append(_Row(path, frame))
        top = frame.bottom
    return rows


def _draw_panels(sheet: Sheet, rows: Sequence[_Row], timeline: Timeline) -> None:
    for row in rows:
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


def _empty(width: Width) -> Figure:
    sheet = Sheet(WIDTHS[width], MARGIN * 2)
    sheet.write(0, MARGIN, "No loops yet")
    return sheet.figure
