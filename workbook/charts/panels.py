"""Small multiples along the same days.

Each row has a title and notes, and its panel beside them or, where it is narrow, below.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from workbook.charts.palette import INK, QUIET, RULE
from workbook.charts.sheet import BOLD, LABEL, SMALL, TITLE, WIDTHS, Sheet, Width, words_alone
from workbook.charts.timeline import Timeline
from workbook.charts.wording import wrapped

AXIS = 20
"""Units that the words along the days need below the last row."""
BETWEEN: dict[Width, float] = {"wide": 24, "narrow": 24, "paper": 13}
"""Units above and below the panel of a row."""
CLOSER: dict[Width, float] = {"wide": 1, "narrow": 1, "paper": 0.52}
"""How much of its usual height a panel has."""
_TITLE_LINE, _NOTE_LINE = TITLE + 5, LABEL + 5
_COLUMN: dict[Width, float] = {"wide": 210, "paper": 206}
_PANEL_LEFT: dict[Width, float] = {"wide": 292, "narrow": 80, "paper": 300}
_INSET = 16
"""Units between an end of a panel and the first or last day, so that their labels stay inside."""
_ROOM_AT_RIGHT: dict[Width, float] = {"wide": 70, "narrow": 64, "paper": 64}


@dataclass(frozen=True, slots=True)
class Frame:
    """Where the parts of one row are, in units from the top left of the sheet."""

    title: list[str]
    title_baseline: float
    notes: list[str]
    notes_baseline: float
    left: float
    right: float
    panel_top: float
    bottom: float


class Row(Protocol):
    """What a chart draws into one panel."""

    @property
    def frame(self) -> Frame:
        """Where."""


AnyRow = TypeVar("AnyRow", bound=Row)


def stacked(
    words: Iterable[tuple[str, Sequence[str]]], width: Width, panel: float, top: float = 0
) -> list[Frame]:
    """The frames of rows one below the other, from `top` on. words: the title and the notes of each."""
    frames: list[Frame] = []
    for title, notes in words:
        frames.append(frame_for(title, notes, width, frames[-1].bottom if frames else top, panel))
    return frames


def draw_rows(
    rows: Sequence[AnyRow],
    days: Sequence[float],
    width: Width,
    empty: str,
    draw: Callable[[Sheet, AnyRow, Timeline], None],
) -> Sheet:
    """A sheet with the words of each row, its panel as `draw` fills it, and the days below the last one.

    days: all of all rows; without any there are words alone. empty: what is said where there is no row.
    """
    if not rows:
        return words_alone(empty, width)
    bottom = rows[-1].frame.bottom
    sheet = Sheet(WIDTHS[width], bottom + (AXIS if days else 0))
    for row in rows:
        draw_words(sheet, row.frame)
    if days:
        timeline = timeline_for(days, rows[0].frame)
        for row in rows:
            draw(sheet, row, timeline)
        draw_axis(sheet, timeline, bottom)
    return sheet


def frame_for(title: str, notes: Sequence[str], width: Width, top: float, panel: float) -> Frame:
    """The frame of a row that begins at `top` and whose panel is `panel` units high; 0 for words alone."""
    beside, between = width != "narrow", BETWEEN[width]
    room = _COLUMN.get(width, WIDTHS[width])
    titles = wrapped(title, room, TITLE * BOLD, 3)
    lines = [line for note in notes for line in wrapped(note, room, LABEL, 3)]
    title_baseline = top + between + 4
    notes_baseline = title_baseline + len(titles) * _TITLE_LINE
    after_words = notes_baseline + len(lines) * _NOTE_LINE
    panel_top = top + between if beside else after_words + 8
    return Frame(
        title=titles,
        title_baseline=title_baseline,
        notes=lines,
        notes_baseline=notes_baseline,
        left=_PANEL_LEFT[width],
        right=WIDTHS[width] - _ROOM_AT_RIGHT[width],
        panel_top=panel_top,
        bottom=max(panel_top + panel, after_words) + between,
    )


def timeline_for(days: Sequence[float], frame: Frame) -> Timeline:
    """From the first to the last of the days, of which there is at least one, along the panel of a frame."""
    return Timeline(min(days), max(days), frame.left + _INSET, frame.right - _INSET)


def draw_words(sheet: Sheet, frame: Frame) -> None:
    """The title of a row and its notes."""
    for index, line in enumerate(frame.title):
        sheet.write(0, frame.title_baseline + index * _TITLE_LINE, line, INK, TITLE, bold=True)
    for index, line in enumerate(frame.notes):
        sheet.write(0, frame.notes_baseline + index * _NOTE_LINE, line)


def draw_months(sheet: Sheet, timeline: Timeline, top: float, bottom: float) -> None:
    """Upright rules across a panel, where the axis is marked."""
    for x, _ in timeline.marks():
        sheet.line([x, x], [top, bottom], RULE, 1)


def draw_axis(sheet: Sheet, timeline: Timeline, y: float) -> None:
    """The words along the days, below a row that ends at y."""
    for x, label in timeline.marks():
        sheet.write(x, y + AXIS / 2, label, QUIET, SMALL, "center")
