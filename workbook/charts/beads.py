"""How far? One bead for each session: hollow planned, half held alone, whole held together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from workbook import formats
from workbook.charts.palette import HOPED, INK, MARK, MEDIAN, PAPER, QUIET
from workbook.charts.sheet import LABEL, MARGIN, SMALL, WIDTHS, Sheet, Width, words_alone
from workbook.insight.schedule import Bead, State

if TYPE_CHECKING:
    from matplotlib.figure import Figure

ACROSS = 18
PITCH = 31
"""Units from one bead to the next: room for a month's name, and for a number of three digits."""
ROW = 76
KEY = 40
"""Units for the words that say what the beads mean."""
MOST = 156
"""Beads; more of them, three years of weeks, are a row that nobody counts along. The table has all."""
LEFT_OUT = 22
"""Units for the words that say how many are left out."""
_KEY: tuple[tuple[State, str, float], ...] = (
    ("planned", "planned", 88),
    ("alone", "held alone", 104),
    ("together", "held together", 0),
)
"""Each state, its words, and the units they take."""


class _Thread(Sheet):
    """A sheet that can draw beads."""

    def beads(self, state: State, places: Sequence[tuple[float, float]]) -> None:
        """Beads around points: hollow, their left half full, or full."""
        from matplotlib.lines import Line2D

        x, y = zip(*places, strict=True)
        edge = HOPED if state == "planned" else MARK
        inside = MARK if state == "together" else PAPER
        self.dots(x, y, ACROSS, edge, inside)
        if state == "alone":
            half = Line2D(x, y, linestyle="", marker="o", markersize=ACROSS, fillstyle="left")
            half.set(markerfacecolor=MARK, markerfacecoloralt="none", markeredgewidth=0)
            self._add(half)


def draw_beads(beads: Sequence[Bead], width: Width = "wide") -> Figure:
    """A row of beads, in as many lines as it takes, each with its number below; of very many, the last ones.

    The first bead of a month names the month above it, and the first of a later year names the year. Below
    the bead from which on the partner came along stands "joined".
    """
    if not beads:
        return words_alone("No sessions planned yet", width).figure
    every, beads = len(beads), beads[-MOST:]
    top = KEY + (LEFT_OUT if every > MOST else 0)
    in_a_row = int((WIDTHS[width] - 2 * MARGIN) // PITCH) + 1
    sheet = _Thread(WIDTHS[width], top + -(-len(beads) // in_a_row) * ROW)
    _draw_key(sheet)
    if every > MOST:
        said = f"The last {MOST} of {formats.number(every, 0)} sessions."
        sheet.write(MARGIN - ACROSS / 2, top, said, size=LABEL)
    places = [
        (MARGIN + index % in_a_row * PITCH, top + index // in_a_row * ROW + 30) for index in range(len(beads))
    ]
    _draw_thread(sheet, beads, places)
    for bead, when, (x, y) in zip(beads, _months(beads), places, strict=True):
        _draw_words(sheet, bead, when, x, y)
    return sheet.figure


def _draw_thread(sheet: _Thread, beads: Sequence[Bead], places: Sequence[tuple[float, float]]) -> None:
    """All beads of a state at once: hundreds of them are drawn as quickly as a few."""
    for state, _, _ in _KEY:
        of_state = [place for bead, place in zip(beads, places, strict=True) if bead.state == state]
        if of_state:
            sheet.beads(state, of_state)


def _draw_words(sheet: _Thread, bead: Bead, when: str, x: float, y: float) -> None:
    if when:
        sheet.write(x, y - ACROSS, when, QUIET, SMALL, "center")
    held = bead.state != "planned"
    sheet.write(x, y + ACROSS + 8, str(bead.number), INK if held else QUIET, SMALL, "center")
    if bead.joined:
        sheet.write(x, y + ACROSS + 23, "joined", MEDIAN, SMALL, "center", bold=True)


def _draw_key(sheet: _Thread) -> None:
    x = float(MARGIN)
    for state, words, room in _KEY:
        sheet.beads(state, [(x, 16)])
        sheet.write(x + ACROSS - 2, 20, words, size=LABEL)
        x += room


def _months(beads: Sequence[Bead]) -> Iterator[str]:
    """What stands above each bead."""
    before = None
    for bead in beads:
        month = (bead.on.year, bead.on.month)
        if before is not None and before[0] != month[0]:
            yield str(bead.on.year)
        else:
            yield formats.month(bead.on) if month != before else ""
        before = month
