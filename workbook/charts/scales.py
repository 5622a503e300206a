"""Which way? One small chart for each scale: every rating a dot, and the median of the last five."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbook.charts.palette import MARK, MEDIAN, RULE
from workbook.charts.panels import CLOSER, Frame, draw_months, draw_rows, stacked
from workbook.charts.sheet import LABEL, SMALL, TITLE, Sheet, Width
from workbook.charts.timeline import Timeline, stretches
from workbook.insight.change import answered

if TYPE_CHECKING:
    from matplotlib.figure import Figure

Series = Mapping[str, tuple[Iterable[object], Iterable[object]]]

LOWEST, MIDDLE, HIGHEST = 0, 5, 10
UNIT = 8.4
"""Units between two answers on a scale."""
MEDIAN_OF = 5
GAP_DAYS = 45
"""Sessions come every week or few; longer than this without a rating is a gap."""
MANY = 300
"""From here on dots are smaller, so that they can be told apart."""


@dataclass(frozen=True, slots=True)
class _Row:
    """One scale on the sheet: its answered ratings in time order, and its frame."""

    days: list[float]
    values: list[float]
    frame: Frame
    unit: float

    def y(self, value: float) -> float:
        return self.frame.panel_top + (HIGHEST - value) * self.unit


def draw_scales(series: Series, width: Width = "wide", findings: Mapping[str, str] | None = None) -> Figure:
    """A small chart from 0 to 10 for each scale, one below the other along the same days.

    series: label -> (days, values) as `insight.change.trend` takes them; what was not answered is not drawn.
    findings: label -> what to say about that scale, written beside it.
    From five ratings on, a line shows the median of the last five, with no line across more than 45 days
    without a rating.
    """
    ratings = {label: [part.tolist() for part in answered(*pair)] for label, pair in series.items()}
    days = [day for when, _ in ratings.values() for day in when]
    unit = UNIT * CLOSER[width] if days else 0
    words = [
        (label, _notes(len(values), (findings or {}).get(label))) for label, (_, values) in ratings.items()
    ]
    frames = stacked(words, width, (HIGHEST - LOWEST) * unit)
    rows = [
        _Row(when, values, frame, unit)
        for (when, values), frame in zip(ratings.values(), frames, strict=True)
    ]
    return draw_rows(rows, days, width, "Nothing rated yet", _draw_row).figure


def _notes(ratings: int, finding: str | None) -> list[str]:
    count = [f"{ratings} ratings" if ratings > 1 else "1 rating"] if ratings else []
    return ([finding] if finding is not None else []) + count or ["Not answered yet."]


def _draw_row(sheet: Sheet, row: _Row, timeline: Timeline) -> None:
    _draw_scale(sheet, row, timeline)
    x = [timeline.x(day) for day in row.days]
    if len(x) >= MEDIAN_OF:
        _draw_median(sheet, row, x)
    if x:
        sheet.dots(x, [row.y(value) for value in row.values], 5 if len(x) < MANY else 2, MARK, MARK)


def _draw_scale(sheet: Sheet, row: _Row, timeline: Timeline) -> None:
    frame = row.frame
    draw_months(sheet, timeline, row.y(HIGHEST), row.y(LOWEST))
    for value in (LOWEST, MIDDLE, HIGHEST):
        sheet.line([frame.left, frame.right], [row.y(value)] * 2, RULE, 1)
        sheet.write(frame.left - 12, row.y(value) + 4, str(value), size=SMALL, align="right")


def _draw_median(sheet: Sheet, row: _Row, x: Sequence[float]) -> None:
    medians = _medians(row.values)
    x = x[MEDIAN_OF - 1 :]
    y = [row.y(value) for value in medians]
    for stretch in stretches(row.days[MEDIAN_OF - 1 :], GAP_DAYS):
        sheet.line(x[stretch], y[stretch], MEDIAN, 2.5)
    sheet.write(x[-1] + 12, y[-1] + 2, f"{medians[-1]:g}", MEDIAN, TITLE, bold=True)
    sheet.write(x[-1] + 12, y[-1] + LABEL + 2, "median", MEDIAN, SMALL)


def _medians(values: Sequence[float]) -> list[float]:
    """The median of each rating and the four before it, from the fifth on."""
    import numpy as np

    windows = np.lib.stride_tricks.sliding_window_view(np.array(values), MEDIAN_OF)
    return [float(value) for value in np.median(windows, axis=1)]
