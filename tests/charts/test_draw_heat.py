"""Calmer? What the line of a loop's heat shows."""

from datetime import date, timedelta

import pytest
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.text import Text

from workbook.charts.heat import draw_heat
from workbook.charts.palette import MARK, PAPER, PATH
from workbook.insight.loops import Path, Point, Tried

START = date(2026, 1, 6)


def path(*noted: tuple[int, int | None, Tried | None], name: str = "Dishes") -> Path:
    """A loop with what was noted so many weeks after the start."""
    points = (Point(START + timedelta(weeks=week), heat, tried) for week, heat, tried in noted)
    return Path(name, name, tuple(points))


def lines(figure: Figure) -> list[Line2D]:
    found = figure.findobj(Line2D)
    return [line for line in found if line.get_linestyle() == "-" and line.get_color() == PATH]


def dots(figure: Figure, inside: str, edge: str = MARK) -> list[tuple[float, float]]:
    """The dots of one kind, without the one that explains them."""
    groups = [
        mark
        for mark in figure.findobj(Line2D)
        if (mark.get_marker(), mark.get_markerfacecolor(), mark.get_markeredgecolor()) == ("o", inside, edge)
    ]
    points = [point for group in groups for point in zip(*group.get_data(), strict=True)]
    return points if edge == PATH else points[:-1]


def words(figure: Figure) -> list[str]:
    return [text.get_text() for text in figure.findobj(Text)]


def test_a_line_goes_through_every_heat_that_was_noted() -> None:
    (line,) = lines(draw_heat([path((0, 8, None), (1, None, "yes"), (2, 5, "yes"), (3, 5, "no chance"))]))
    first, second, third = line.get_ydata()
    assert first < second == third
    assert list(line.get_xdata()) == sorted(line.get_xdata())


def test_zero_is_calm_and_lies_at_the_bottom_and_ten_is_hot_at_the_top() -> None:
    figure = draw_heat([path((0, 0, None), (1, 10, None))])
    heights = {text.get_text(): text.get_position()[1] - 4 for text in figure.findobj(Text)}
    assert list(lines(figure)[0].get_ydata()) == [heights["0 calm"], heights["10 hot"]]


def test_a_dot_is_full_where_it_was_tried_hollow_where_a_little_and_none_where_not() -> None:
    figure = draw_heat(
        [path((0, 8, None), (1, 7, "yes"), (2, 6, "a little"), (3, 5, "no chance"), (4, None, "yes"))]
    )
    (line,) = lines(figure)
    corners = list(zip(*line.get_data(), strict=True))
    assert dots(figure, MARK) == [corners[1]]
    assert dots(figure, PAPER) == [corners[2]]
    assert {"tried", "tried a little"} <= set(words(figure))


def test_six_weeks_and_more_without_a_heat_break_the_line_and_a_lone_heat_is_still_seen() -> None:
    figure = draw_heat([path((0, 8, None), (1, 7, "no chance"), (20, 3, "no chance"))])
    assert [len(line.get_xdata()) for line in lines(figure)] == [2, 1]
    assert len(dots(figure, PATH, PATH)) == 3


def test_each_loop_says_its_finding_and_how_often_it_was_tried() -> None:
    figure = draw_heat([path((0, 8, None), (1, 7, "yes"), (2, 6, "no chance")), path(name="New")])
    said = " ".join(words(figure))
    assert "Dishes Too early to tell: 3 of 8 ratings. Tried 1 of 2 times." in said
    assert {"New", "No heat noted yet."} <= set(words(figure))


def test_loops_stand_on_the_same_days() -> None:
    upper, lower = lines(draw_heat([path((0, 1, None), (6, 1, "yes")), path((0, 9, None), (3, 9, "yes"))]))
    assert upper.get_xdata()[0] == lower.get_xdata()[0] < lower.get_xdata()[1] < upper.get_xdata()[1]


def test_without_a_heat_there_are_words_alone() -> None:
    assert words(draw_heat([path((0, None, None))])) == ["Dishes", "No heat noted yet."]
    assert words(draw_heat([])) == ["No loops yet"]


@pytest.mark.parametrize(("width", "pixels"), [("wide", 720), ("narrow", 358)])
def test_everything_stays_on_the_sheet(width, pixels) -> None:
    figure = draw_heat(
        [path(*((week, week % 11, "yes") for week in range(60)), name="long " * 90)] * 3, width
    )
    for text in figure.findobj(Text):
        x, y = text.get_position()
        assert 0 <= x <= pixels
        assert 0 < y <= figure.get_figheight() * 72
