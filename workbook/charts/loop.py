"""The couple's loop as a circle of four: what happens, what I do, what I feel, how it may look."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbook.charts.palette import HOPED, INK, MEDIAN, PATH, QUIET
from workbook.charts.sheet import BOLD, LABEL, SMALL, TITLE, WIDTHS, Sheet, Width
from workbook.charts.wording import wrapped

if TYPE_CHECKING:
    from matplotlib.figure import Figure

Point = tuple[float, float]

HEADINGS = ("When", "I", "Underneath I feel", "It may look like")
STEP_OUT = "step out here"
HEIGHT: dict[Width, float] = {"wide": 340, "narrow": 400}
RADII: dict[Width, Point] = {"wide": (236, 115), "narrow": (114, 142)}
"""How far right and how far down the circle reaches from its middle."""
COLUMN: dict[Width, float] = {"wide": 230, "narrow": 124}
LINE = TITLE + 4
LINES: dict[Width, int] = {"wide": 3, "narrow": 4}
_AROUND = 10
"""Units kept clear around words."""
_HEAD, _OPENING = 9, math.radians(28)
"""How long the strokes of an arrowhead are, and how far they open."""
_STEPS = 90


@dataclass(frozen=True, slots=True)
class _Place:
    """One of the four places: its middle, and its lines, of which the first is the heading."""

    x: float
    y: float
    heading: str
    lines: list[str]
    half_width: float

    @property
    def half_height(self) -> float:
        """Half of what its lines take."""
        return (1 + len(self.lines)) * LINE / 2

    def covers(self, point: Point) -> bool:
        """Whether a point lies in its words or close to them."""
        across, down = abs(point[0] - self.x), abs(point[1] - self.y)
        return across < self.half_width + _AROUND and down < self.half_height + _AROUND


def draw_loop(
    words: Sequence[str],
    width: Width = "wide",
    step_out: int | None = None,
    headings: Sequence[str] = HEADINGS,
) -> Figure:
    """Four short texts in a circle, clockwise from the top, with an arrow from each to the next.

    words: what happens, what I do, underneath, how it may look; an empty one shows "…". A long one is cut.
    step_out: the place, 0–3, at which one could step out: it is marked, and the arrow from it is pale.
    Raises ValueError for other than four texts or headings.
    """
    if len(words) != 4 or len(headings) != 4:
        raise ValueError("a loop has four places")
    sheet = Sheet(WIDTHS[width], HEIGHT[width])
    places = _places(words, headings, width, step_out)
    for index in range(4):
        _draw_arrow(sheet, places, index, width, HOPED if index == step_out else PATH)
    for index, place in enumerate(places):
        _draw_place(sheet, place, marked=index == step_out)
    return sheet.figure


def _places(
    words: Sequence[str], headings: Sequence[str], width: Width, step_out: int | None
) -> list[_Place]:
    places = []
    for index, (text, heading) in enumerate(zip(words, headings, strict=True)):
        x, y = _on_circle(index * math.pi / 2, width)
        lines = wrapped(text.strip() or "…", COLUMN[width], TITLE, LINES[width])
        lines += [STEP_OUT] if index == step_out else []
        places.append(_Place(x, y, heading, lines, _half_width(heading, lines, width)))
    return places


def _half_width(heading: str, lines: Sequence[str], width: Width) -> float:
    """Half of the narrowest column, in steps of ten units, in which no line breaks again."""
    for room in range(40, int(COLUMN[width]), 10):
        texts = [(heading, SMALL * BOLD), *((line, TITLE * 1.0) for line in lines)]
        if all(len(wrapped(text, room, size, 2)) == 1 for text, size in texts):
            return room / 2
    return COLUMN[width] / 2


def _draw_place(sheet: Sheet, place: _Place, marked: bool) -> None:
    baseline = place.y - place.half_height + LABEL
    sheet.write(place.x, baseline, place.heading, QUIET, SMALL, "center", bold=True)
    for number, line in enumerate(place.lines, start=1):
        last = marked and number == len(place.lines)
        colour, size = (MEDIAN, SMALL) if last else (INK, TITLE)
        sheet.write(place.x, baseline + number * LINE, line, colour, size, "center", bold=last)


def _draw_arrow(sheet: Sheet, places: Sequence[_Place], index: int, width: Width, colour: str) -> None:
    """The part of the circle from one place to the next that lies in nobody's words."""
    angles = [(index + step / _STEPS) * math.pi / 2 for step in range(_STEPS + 1)]
    points = [_on_circle(angle, width) for angle in angles]
    free = [point for point in points if not any(place.covers(point) for place in places)]
    if len(free) < 2:
        return
    sheet.line([x for x, _ in free], [y for _, y in free], colour, 2.5)
    _draw_head(sheet, free[-2], free[-1], colour)


def _draw_head(sheet: Sheet, before: Point, tip: Point, colour: str) -> None:
    back = math.atan2(before[1] - tip[1], before[0] - tip[0])
    ends = [
        (tip[0] + _HEAD * math.cos(back + turn), tip[1] + _HEAD * math.sin(back + turn))
        for turn in (-_OPENING, _OPENING)
    ]
    sheet.line([ends[0][0], tip[0], ends[1][0]], [ends[0][1], tip[1], ends[1][1]], colour, 2.5)


def _on_circle(angle: float, width: Width) -> Point:
    """Where an angle, clockwise from the top, lies on the circle."""
    across, down = RADII[width]
    return WIDTHS[width] / 2 + across * math.sin(angle), HEIGHT[width] / 2 - down * math.cos(angle)
