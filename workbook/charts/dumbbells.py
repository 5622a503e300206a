"""Where do we differ? Two dots a candidate, one for each member's mean, and the line between them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import isnan
from typing import TYPE_CHECKING

from workbook import formats
from workbook.charts.palette import INK, MARK, MEDIAN, PAPER, PATH, QUIET, RULE
from workbook.charts.sheet import BOLD, LABEL, SMALL, TITLE, WIDTHS, Align, Sheet, Width, words_alone
from workbook.charts.wording import wrapped

if TYPE_CHECKING:
    from matplotlib.figure import Figure
    from pandas import DataFrame

MOST = 10
"""The end of the scale."""
KEY = 36
"""Units for the words that say whose dot is whose."""
AXIS = 28
"""Units below the last row, for the figures of the scale."""
_LINE = TITLE + 5
_COLUMN = 220
_LEFT: dict[Width, float] = {"wide": 260, "narrow": 40}
_RIGHT: dict[Width, float] = {"wide": 60, "narrow": 52}
"""Units at either side of the scale, for a figure beside a dot at its end."""
_APART = 12
"""Units between a dot and its figure."""


@dataclass(frozen=True, slots=True)
class _Row:
    """One candidate on the sheet. y: of its line. mine, theirs: means, None where there is none."""

    title: list[str]
    top: float
    y: float
    bottom: float
    mine: float | None
    theirs: float | None


@dataclass(frozen=True, slots=True)
class _Scale:
    left: float
    right: float

    def x(self, value: float) -> float:
        return self.left + (self.right - self.left) * value / MOST


def draw_dumbbells(
    frame: DataFrame, width: Width = "wide", labels: tuple[str, str] = ("You", "Your partner")
) -> Figure:
    """A row for each candidate: a full dot for one's own mean and a hollow one for the other's, 0–10.

    frame: `candidate`, `mine` and `theirs`, as from `insight.ratings.side_by_side`; NaN where one of them
    gave no rating, whose dot is then not there. labels: what the two are called.
    Candidates keep their order. Two dots at the same place are one dot in a ring.
    """
    if frame.empty:
        return words_alone("Nobody is rated yet", width).figure
    rows = list(_rows(frame, width))
    sheet = Sheet(WIDTHS[width], rows[-1].bottom + AXIS)
    scale = _Scale(_LEFT[width], WIDTHS[width] - _RIGHT[width])
    _draw_key(sheet, labels, width)
    for row in rows:
        _draw_row(sheet, row, scale)
    for value in (0, 5, MOST):
        sheet.write(scale.x(value), rows[-1].bottom + 14, str(value), QUIET, SMALL, "center")
    return sheet.figure


def _rows(frame: DataFrame, width: Width) -> Iterator[_Row]:
    top = float(KEY)
    room = _COLUMN if width == "wide" else WIDTHS[width]
    columns = (frame[name] for name in ("candidate", "mine", "theirs"))
    for candidate, mine, theirs in zip(*columns, strict=True):
        title = wrapped(str(candidate), room, TITLE * BOLD, 2)
        words = len(title) * _LINE
        y = top + (20 if width == "wide" else words + 22)
        bottom = max(top + words, y) + 20
        yield _Row(title, top, y, bottom, _mean(mine), _mean(theirs))
        top = bottom


def _mean(value: float) -> float | None:
    return None if isnan(value) else float(value)


def _draw_key(sheet: Sheet, labels: Sequence[str], width: Width) -> None:
    x, room = 8.0, WIDTHS[width] / 2 - 30
    for label, inside, colour in zip(labels, (MARK, PAPER), (MARK, MEDIAN), strict=True):
        sheet.dots([x], [14], 11, colour, inside)
        words = wrapped(label, room, LABEL, 1)[0]
        sheet.write(x + 12, 19, words, colour, LABEL)
        x += room + 24 if width == "narrow" else min(room, 40 + len(words) * LABEL * 0.7)


def _draw_row(sheet: Sheet, row: _Row, scale: _Scale) -> None:
    for index, line in enumerate(row.title):
        sheet.write(0, row.top + TITLE + 9 + index * _LINE, line, INK, TITLE, bold=True)
    sheet.line([scale.left, scale.right], [row.y, row.y], RULE, 1)
    for value in (0, 5, MOST):
        sheet.line([scale.x(value)] * 2, [row.y - 4, row.y + 4], RULE, 1)
    if row.mine is not None and row.theirs is not None:
        sheet.line([scale.x(row.mine), scale.x(row.theirs)], [row.y, row.y], PATH, 4)
    if _figure(row.mine) == _figure(row.theirs):
        _draw_ring(sheet, row, scale)
        return
    if row.theirs is not None:
        sheet.dots([scale.x(row.theirs)], [row.y], 11, MEDIAN, PAPER)
        _label(sheet, row, scale, row.theirs, row.mine, MEDIAN)
    if row.mine is not None:
        sheet.dots([scale.x(row.mine)], [row.y], 11, MARK, MARK)
        _label(sheet, row, scale, row.mine, row.theirs, MARK)


def _draw_ring(sheet: Sheet, row: _Row, scale: _Scale) -> None:
    """Two means that read the same: a dot in a ring, with one figure."""
    assert row.mine is not None
    x = scale.x(row.mine)
    sheet.dots([x], [row.y], 16, MEDIAN, PAPER)
    sheet.dots([x], [row.y], 7, MARK, MARK)
    _label(sheet, row, scale, row.mine, None, INK)


def _label(sheet: Sheet, row: _Row, scale: _Scale, value: float, other: float | None, colour: str) -> None:
    """The figure on the side of its dot where the other dot is not."""
    is_lower = other is not None and value < other
    align: Align = "right" if is_lower else "left"
    x = scale.x(value) - _APART if is_lower else scale.x(value) + _APART
    sheet.write(x, row.y + 5, _figure(value), colour, LABEL, align, bold=True)


def _figure(value: float | None) -> str:
    return "" if value is None else formats.number(value)
