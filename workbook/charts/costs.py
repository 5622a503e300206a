"""Can we? The months of each plan as bars, against what one can manage a month."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from workbook.charts.palette import HOPED, INK, MARK, MEDIAN, PATH, QUIET
from workbook.charts.panels import MARGIN
from workbook.charts.sheet import BOLD, LABEL, SMALL, TITLE, WIDTHS, Sheet, Width
from workbook.charts.timeline import MONTHS
from workbook.charts.wording import wrapped
from workbook.insight.costs import Month, whole

if TYPE_CHECKING:
    from matplotlib.figure import Figure

Money = Callable[[Decimal], str]

PANEL = 150
"""Units of the tallest bar."""
HEADROOM = 26
AXIS = 40
"""Units below the bars for the months, and for the years below them."""
MOST_MONTHS = 24
"""More bars than these cannot be told apart on a telephone."""
SIDE_BY_SIDE: dict[Width, int] = {"wide": 4, "narrow": 1}
WIDEST_SLOT = 64
LEFT = 52
"""Units left of the bars, for the amount that one can manage."""
BETWEEN = 20
_TITLE_LINE, _NOTE_LINE = TITLE + 5, LABEL + 5
_DIGIT = 0.62
"""How wide a figure is, in parts of the font's size."""


@dataclass(frozen=True, slots=True)
class _Scale:
    """What all panels share: units per amount and per month, what one can manage, how amounts are written."""

    most: Decimal
    slot: float
    a_month: Decimal | None
    money: Money

    def height(self, amount: Decimal) -> float:
        return PANEL * float(amount / self.most) if self.most else 0.0


@dataclass(frozen=True, slots=True)
class _Panel:
    """One plan on the sheet: its words, its months, and where its bars stand."""

    title: list[str]
    notes: list[str]
    months: Sequence[Month]
    left: float
    right: float
    top: float
    base: float


class _Chart(Sheet):
    """A sheet that can draw bars."""

    def bar(self, left: float, top: float, width: float, height: float, colour: str) -> None:
        """A bar without an edge; its top left corner is given."""
        from matplotlib.patches import Rectangle

        self._add(Rectangle((left, top), width, height, facecolor=colour, edgecolor="none", linewidth=0))


def draw_costs(
    months: Mapping[str, Sequence[Month]],
    a_month: Decimal | None = None,
    money: Money = whole,
    width: Width = "wide",
) -> Figure:
    """A panel of bars for each plan, one bar a month, all on one scale; up to four side by side.

    months: the plan's label -> its months, as `insight.costs.months` gives them. a_month: what one can
    manage, drawn as a line. money: writes an amount as the reader does.
    A month's extra costs stand on top of what one pays. After 24 months a panel says how many more there are.
    """
    if not any(months.values()):
        return _empty(width)
    top = 16.0 + _NOTE_LINE * _keys(months, a_month, width)
    panels, bottom = _panels(months, a_month, money, width, top)
    sheet = _Chart(WIDTHS[width], bottom)
    _draw_keys(sheet, months, a_month, money, width)
    scale = _scale(panels, a_month, money)
    for panel in panels:
        _draw_words(sheet, panel)
        _draw_bars(sheet, panel, scale)
        _draw_months(sheet, panel, scale)
    return sheet.figure
