"""One row of small multiples: a title and notes, and the panel beside them or, where it is narrow, below."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from workbook.charts.palette import INK, QUIET, RULE
from workbook.charts.sheet import BOLD, LABEL, SMALL, TITLE, WIDTHS, Sheet, Width
from workbook.charts.timeline import Timeline
from workbook.charts.wording import wrapped

MARGIN = 24
"""Units left for one line of labels."""
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
