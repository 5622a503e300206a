"""An empty figure to draw on, measured as the page measures: one unit is one pixel, y points down."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Literal

from workbook.charts.palette import QUIET

if TYPE_CHECKING:
    from matplotlib.figure import Figure

Width = Literal["wide", "narrow", "paper"]
Align = Literal["left", "center", "right"]

WIDTHS: dict[Width, int] = {"wide": 720, "narrow": 358, "paper": 760}
"""How wide a figure is: beside the list of pages on a desk, on a telephone, or on a sheet of paper.

Only ladders and scales are drawn for paper, where their rows stand closer.
"""

MARGIN = 24
"""Units left for one line of labels."""
SMALL, LABEL, TITLE = 12, 13, 15
"""Font sizes: along an axis, of labels and of titles."""
BOLD = 1.13
"""How much wider bold letters are."""
UNITS_PER_INCH = 72


class Sheet:
    """A Figure without axes. Fonts, colours and lines are given, so no setting of matplotlib's matters."""

    def __init__(self, width: float, height: float) -> None:
        from matplotlib.figure import Figure
        from matplotlib.transforms import Affine2D

        size = (width / UNITS_PER_INCH, height / UNITS_PER_INCH)
        self.figure: Figure = Figure(figsize=size, dpi=UNITS_PER_INCH, frameon=False)
        down = Affine2D().scale(1 / width, -1 / height).translate(0, 1)
        self._place: dict[str, Any] = {"transform": down + self.figure.transFigure}

    def write(
        self,
        x: float,
        y: float,
        text: str,
        colour: str = QUIET,
        size: float = LABEL,
        align: Align = "left",
        bold: bool = False,
    ) -> None:
        """One line of text; y is its baseline. Nothing in it is read as mathematics."""
        from matplotlib.text import Text

        written = Text(x, y, text, color=colour, ha=align, va="baseline", parse_math=False, usetex=False)
        written.set(fontfamily="sans-serif", fontsize=size, fontweight=700 if bold else 400)
        self._add(written)

    def line(self, x: Sequence[float], y: Sequence[float], colour: str, thickness: float) -> None:
        """A line through the points."""
        from matplotlib.lines import Line2D

        self._add(
            Line2D(x, y, color=colour, linewidth=thickness, linestyle="-", marker="", solid_capstyle="round")
        )

    def dots(self, x: Sequence[float], y: Sequence[float], across: float, edge: str, inside: str) -> None:
        """Round marks, `across` units wide to the middle of their edge."""
        from workbook.charts.dots import Dots

        marks = Dots(x, y, linestyle="", marker="o", markersize=across)
        marks.set(markeredgecolor=edge, markerfacecolor=inside, markeredgewidth=2)
        self._add(marks)

    def area(self, left: float, right: float, top: float, bottom: float, colour: str) -> None:
        """A plain area, behind what is drawn after it."""
        from matplotlib.patches import Rectangle

        self._add(Rectangle((left, top), right - left, bottom - top, facecolor=colour, linewidth=0))

    def _add(self, artist: Any) -> None:
        artist.set(**self._place)
        self.figure.add_artist(artist)


def words_alone(words: str, width: Width) -> Sheet:
    """A sheet with one line on it, for where there is nothing to draw."""
    sheet = Sheet(WIDTHS[width], MARGIN * 2)
    sheet.write(0, MARGIN, words)
    return sheet
