"""More than noise? The totals of each questionnaire, its cut-off, and the band that chance may explain."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbook.charts.palette import BAND, HOPED, INK, MARK, PAPER, PATH, QUIET, RANGE, RULE
from workbook.charts.panels import Frame, draw_months, draw_rows, stacked
from workbook.charts.sheet import LABEL, SMALL, Sheet, Width
from workbook.charts.timeline import Timeline, day_number, stretches
from workbook.insight.satisfaction import Course, Norm, course_finding

if TYPE_CHECKING:
    from matplotlib.figure import Figure

PANEL = 140
"""Units from the lowest total to the highest."""
GAP_DAYS = 200
"""A questionnaire is filled in every few months; longer than this without one is a gap."""
ROOM_FOR_TWO_LABELS = 44
"""Units between first and now; where there is less, the first total has no figure."""
MANY = 60
"""From here on dots are smaller."""


@dataclass(frozen=True, slots=True)
class _Row:
    """One questionnaire on the sheet, and its frame."""

    course: Course
    frame: Frame

    def y(self, total: float) -> float:
        inside = min(max(total, 0), self.course.highest)
        return self.frame.panel_top + (1 - inside / self.course.highest) * PANEL


def draw_scores(
    courses: Sequence[Course], labels: Mapping[Course, str] | None = None, width: Width = "wide"
) -> Figure:
    """A small chart from 0 to the highest total for each questionnaire, along the same days.

    labels: what each is called; its scale if left out. What is below the cut-off and what is within the
    threshold of reliable change around the first total have a colour behind them, and words beside it; one's
    own questionnaire has neither. The line is broken across more than 200 days without a total.
    """
    words = [((labels or {}).get(course, course.scale), _notes(course)) for course in courses]
    frames = stacked(words, width, PANEL)
    rows = [_Row(course, frame) for course, frame in zip(courses, frames, strict=True)]
    days = [day_number(on) for course in courses for on, _ in course.path]
    return draw_rows(rows, days, width, "No scores yet", _draw_row).figure


def _notes(course: Course) -> list[str]:
    count = len(course.path)
    return [course_finding(course), f"{count} scores" if count > 1 else "1 score"]


def _draw_row(sheet: Sheet, row: _Row, timeline: Timeline) -> None:
    _draw_ground(sheet, row, timeline)
    _draw_path(sheet, row, timeline)


def _draw_ground(sheet: Sheet, row: _Row, timeline: Timeline) -> None:
    frame, norm = row.frame, row.course.norm
    if norm:
        sheet.area(frame.left, frame.right, row.y(norm.cut_off), row.y(0), RANGE)
        if len(row.course.path) > 1:
            _draw_band(sheet, row, norm)
    draw_months(sheet, timeline, row.y(row.course.highest), row.y(0))
    for total in (0, row.course.highest):
        sheet.line([frame.left, frame.right], [row.y(total)] * 2, RULE, 1)
        sheet.write(frame.left - 10, row.y(total) + 4, str(total), size=SMALL, align="right")
    if norm:
        _draw_cut_off(sheet, row, norm)


def _draw_cut_off(sheet: Sheet, row: _Row, norm: Norm) -> None:
    frame, y = row.frame, row.y(norm.cut_off)
    sheet.line([frame.left, frame.right], [y, y], HOPED, 1.5)
    sheet.write(frame.left - 10, y + 4, f"{norm.cut_off:g}", size=SMALL, align="right")
    middle = (y + row.y(0)) / 2
    for line, words in enumerate(("distressed", "range")):
        sheet.write(frame.left - 10, middle + line * (SMALL + 2), words, QUIET, SMALL, "right")


def _draw_band(sheet: Sheet, row: _Row, norm: Norm) -> None:
    """What is so close to the first total that chance may explain it."""
    first = row.course.path[0][1]
    top, bottom = row.y(first + norm.threshold), row.y(first - norm.threshold)
    sheet.area(row.frame.left, row.frame.right, top, bottom, BAND)
    middle = (top + bottom) / 2
    for line, words in enumerate(("may be", "chance")):
        sheet.write(row.frame.right + 8, middle - 3 + line * (SMALL + 2), words, QUIET, SMALL)


def _draw_path(sheet: Sheet, row: _Row, timeline: Timeline) -> None:
    path = row.course.path
    days = [day_number(on) for on, _ in path]
    x, y = [timeline.x(day) for day in days], [row.y(total) for _, total in path]
    for stretch in stretches(days, GAP_DAYS):
        sheet.line(x[stretch], y[stretch], PATH, 2)
    if len(x) > 2:
        sheet.dots(x[1:-1], y[1:-1], 6 if len(x) < MANY else 2, MARK, MARK)
    if len(x) > 1:
        sheet.dots(x[:1], y[:1], 8, MARK, PAPER)
    if x[-1] - x[0] > ROOM_FOR_TWO_LABELS:
        sheet.write(x[0] - 8, _beside(row, y[0], y[1]), f"{path[0][1]} first", INK, LABEL)
    sheet.dots(x[-1:], y[-1:], 9, MARK, MARK)
    now = _beside(row, y[-1], y[-2] if len(x) > 1 else y[-1])
    sheet.write(x[-1] + 8, now, f"{path[-1][1]} now", INK, LABEL, "right", bold=True)


def _beside(row: _Row, y: float, next_y: float) -> float:
    """The baseline of words above a mark or below it: off the cut-off, and off the path at next_y."""
    above, below = y - 10, y + LABEL + 6
    cut_off = row.y(row.course.norm.cut_off) if row.course.norm else None
    free = [
        each
        for each in ((below, above) if next_y < y else (above, below))
        if cut_off is None or not each - LABEL < cut_off < each + 4
    ]
    return free[0] if free else above
