"""Can we? The months of each plan as bars, against what one can manage a month."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from workbook import formats
from workbook.charts.palette import HOPED, INK, MARK, MEDIAN, PATH, QUIET
from workbook.charts.sheet import BOLD, LABEL, MARGIN, SMALL, TITLE, WIDTHS, Sheet, Width, words_alone
from workbook.charts.wording import wrapped
from workbook.insight.costs import NOTHING, Month, whole

if TYPE_CHECKING:
    from matplotlib.figure import Figure

Money = Callable[[Decimal], str]

TALLEST = 150
"""Units of the tallest bar."""
HEADROOM = 24
"""Units above the tallest bar, for its label."""
AXIS = 40
"""Units below the bars, for the months and the years below them."""
MOST_MONTHS = 24
"""On a telephone more bars than these cannot be told apart."""
AT_MOST: dict[Width, int] = {"wide": 4, "narrow": 1}
"""How many panels stand side by side."""
WIDEST_SLOT, NARROWEST_SLOT = 72, 2
"""Units from one month to the next where there are few; and where a long amount leaves hardly any room."""
BETWEEN = 28
_TITLE_LINE, _LINE = TITLE + 5, LABEL + 7
_MONTH_ROOM, _YEAR_ROOM = 27, 40
"""Units that the name of a month and the number of a year take."""
_FIGURE = 0.64
"""How wide a figure is, in parts of the font's size."""


@dataclass(frozen=True, slots=True)
class _Scale:
    """What all panels share. most: what the tallest bar stands for. indent: units left of the bars."""

    most: Decimal
    a_month: Decimal | None
    money: Money
    indent: float
    slot: float

    def height(self, amount: Decimal) -> float:
        return TALLEST * float(amount / self.most) if self.most else 0.0

    def fits(self, amount: Decimal) -> bool:
        """Whether an amount can stand above one bar."""
        return _breadth(self.money(amount)) + 5 <= self.slot


@dataclass(frozen=True, slots=True)
class _Panel:
    """One plan on the sheet: its words, its months, its top left corner, and where its bars stand."""

    title: list[str]
    notes: list[str]
    months: Sequence[Month]
    left: float
    top: float
    base: float

    def middle(self, index: int, scale: _Scale) -> float:
        """The middle of the bar of a month."""
        return self.left + scale.indent + (index + 0.5) * scale.slot


class _Chart(Sheet):
    """A sheet that can draw bars."""

    def bar(self, middle: float, width: float, bottom: float, height: float, colour: str) -> None:
        """A bar without an edge, that stands on `bottom`."""
        from matplotlib.patches import Rectangle

        corner = (middle - width / 2, bottom - height)
        self._add(Rectangle(corner, width, height, facecolor=colour, edgecolor="none", linewidth=0))


def draw_costs(
    months: Mapping[str, Sequence[Month]],
    a_month: Decimal | None = None,
    money: Money = whole,
    width: Width = "wide",
) -> Figure:
    """A panel of bars for each plan, one bar a month, all on one scale; up to four side by side.

    months: the label of each plan and its months, as `insight.costs.months` gives them.
    a_month: what one can manage, drawn as a line. money: writes an amount as the reader does.
    A month's extra costs stand on top of what one pays. Of a long course the first 24 months are drawn.
    """
    if not any(months.values()):
        return words_alone("No plans yet", width).figure
    keys = _keys(months, a_month, money)
    column = _column(len(months), width)
    panels = _panels(months, money, width, len(keys) * _LINE)
    scale = _scale(months, a_month, money, column)
    sheet = _Chart(WIDTHS[width], panels[-1].base + AXIS)
    for index, (colour, words) in enumerate(keys):
        _draw_key(sheet, colour, words, 14 + index * _LINE)
    for panel in panels:
        _draw_words(sheet, panel)
        _draw_bars(sheet, panel, scale)
        _draw_axis(sheet, panel, scale)
    return sheet.figure


def _column(plans: int, width: Width) -> float:
    """The units that one panel may take across."""
    side_by_side = min(plans, AT_MOST[width])
    return (WIDTHS[width] - BETWEEN * (side_by_side - 1)) / side_by_side


def _panels(months: Mapping[str, Sequence[Month]], money: Money, width: Width, top: float) -> list[_Panel]:
    """The panels in rows; those of a row have their bars on one line."""
    column, side_by_side = _column(len(months), width), AT_MOST[width]
    words = [
        (wrapped(label, column, TITLE * BOLD, 3), _notes(given, money), given)
        for label, given in months.items()
    ]
    panels: list[_Panel] = []
    for begin in range(0, len(words), side_by_side):
        row = words[begin : begin + side_by_side]
        tallest = max(len(title) * _TITLE_LINE + len(notes) * _LINE for title, notes, _ in row)
        base = top + MARGIN + tallest + HEADROOM + TALLEST
        for place, (title, notes, given) in enumerate(row):
            left = place * (column + BETWEEN)
            panels.append(_Panel(title, notes, given[:MOST_MONTHS], left, top, base))
        top = base + AXIS
    return panels


def _notes(months: Sequence[Month], money: Money) -> list[str]:
    total = sum((month.total for month in months), NOTHING)
    notes = [f"{money(total)} in all"]
    if len(months) > MOST_MONTHS:
        notes.append(f"the first {MOST_MONTHS} of {len(months)} months")
    return notes


def _scale(
    months: Mapping[str, Sequence[Month]], a_month: Decimal | None, money: Money, column: float
) -> _Scale:
    shown = [given[:MOST_MONTHS] for given in months.values()]
    most = max([month.total for given in shown for month in given] + [a_month or NOTHING])
    indent = 0.0 if a_month is None else _breadth(money(a_month)) * BOLD + 8
    slot = max(NARROWEST_SLOT, min(WIDEST_SLOT, (column - indent) / max(map(len, shown))))
    return _Scale(most, a_month, money, indent, slot)


def _keys(
    months: Mapping[str, Sequence[Month]], a_month: Decimal | None, money: Money
) -> list[tuple[str, str]]:
    """The colours that need words, and the words."""
    keys = []
    if a_month is not None:
        keys.append((MEDIAN, f"what you can manage a month: {money(a_month)}"))
    if any(month.extra for given in months.values() for month in given):
        keys += [(PATH, "extra costs"), (MARK, "what you pay for sessions")]
    return keys


def _draw_key(sheet: _Chart, colour: str, words: str, baseline: float) -> None:
    thickness = 2.5 if colour == MEDIAN else 10
    sheet.bar(8, 16, baseline - 5 + thickness / 2, thickness, colour)
    sheet.write(24, baseline, words, MEDIAN if colour == MEDIAN else QUIET, LABEL)


def _draw_words(sheet: Sheet, panel: _Panel) -> None:
    baseline = panel.top + MARGIN + 4
    for line in panel.title:
        sheet.write(panel.left, baseline, line, INK, TITLE, bold=True)
        baseline += _TITLE_LINE
    for line in panel.notes:
        sheet.write(panel.left, baseline, line)
        baseline += _LINE


def _draw_bars(sheet: _Chart, panel: _Panel, scale: _Scale) -> None:
    across = scale.slot * 0.66
    for index, month in enumerate(panel.months):
        x, paid = panel.middle(index, scale), scale.height(month.you_pay)
        sheet.bar(x, across, panel.base, paid, MARK)
        sheet.bar(x, across, panel.base - paid, scale.height(month.extra), PATH)
    end = panel.left + scale.indent + len(panel.months) * scale.slot
    sheet.line([panel.left + scale.indent, end], [panel.base] * 2, HOPED, 1)
    if scale.a_month is not None:
        _draw_limit(sheet, panel, scale, scale.a_month, end)
    _draw_labels(sheet, panel, scale)


def _draw_limit(sheet: Sheet, panel: _Panel, scale: _Scale, a_month: Decimal, end: float) -> None:
    y = panel.base - scale.height(a_month)
    sheet.line([panel.left + scale.indent, end], [y, y], MEDIAN, 2.5)
    words = scale.money(a_month)
    sheet.write(panel.left + scale.indent - 8, y + 4, words, MEDIAN, SMALL, "right", bold=True)


def _draw_labels(sheet: Sheet, panel: _Panel, scale: _Scale) -> None:
    """The amount above each bar or, where they would run into each other, above the highest alone."""
    totals = [month.total for month in panel.months]
    if all(map(scale.fits, totals)):
        labelled = list(range(len(totals)))
    else:
        labelled = [totals.index(max(totals))] if totals else []
    for index in labelled:
        y = panel.base - scale.height(totals[index]) - 6
        if scale.a_month is not None:
            line = panel.base - scale.height(scale.a_month)
            y = line - 6 if y - SMALL < line < y + 4 else y
        sheet.write(panel.middle(index, scale), y, scale.money(totals[index]), INK, SMALL, "center")


def _draw_axis(sheet: Sheet, panel: _Panel, scale: _Scale) -> None:
    every = max(1, -(-_MONTH_ROOM // int(scale.slot)))
    firsts = [month.first for month in panel.months]
    to_january = next((index for index, first in enumerate(firsts) if index and first.month == 1), None)
    crowded = to_january is not None and to_january * scale.slot < _YEAR_ROOM
    for index, first in enumerate(firsts):
        x = panel.middle(index, scale)
        if index % every == 0:
            sheet.write(x, panel.base + 15, formats.month(first), QUIET, SMALL, "center")
        if first.month == 1 or (index == 0 and not crowded):
            sheet.write(x, panel.base + 30, str(first.year), QUIET, SMALL, "center")


def _breadth(words: str) -> float:
    """About the units that an amount takes."""
    return len(words) * SMALL * _FIGURE
