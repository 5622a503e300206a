"""Are we moving? What a ladder shows, and what it leaves open."""

from datetime import date, timedelta

import pytest
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.text import Text

from workbook.charts import draw_goals
from workbook.charts.palette import HOPED, MARK, PAPER, PATH
from workbook.insight.goals import Standing

START = date(2026, 1, 6)


def standing(*path: tuple[int, int], title: str = "A goal") -> Standing:
    """A goal with levels, each so many days after the start."""
    return Standing(title, title, 1, 1, tuple((START + timedelta(days=day), level) for day, level in path))


def lines(figure: Figure, colour: str) -> list[Line2D]:
    found = figure.findobj(Line2D)
    return [line for line in found if line.get_linestyle() == "-" and line.get_color() == colour]


def marks(figure: Figure, inside: str) -> list[tuple[float, float]]:
    found = figure.findobj(Line2D)
    groups = [mark for mark in found if mark.get_marker() == "o" and mark.get_markerfacecolor() == inside]
    return [point for group in groups for point in zip(*group.get_data(), strict=True)]


def words(figure: Figure) -> list[str]:
    return [text.get_text() for text in figure.findobj(Text)]


def test_the_first_level_is_hollow_and_the_last_is_solid() -> None:
    figure = draw_goals([standing((0, -2), (14, -1), (28, 1))])
    ((first_x, first_y),), ((now_x, now_y),) = marks(figure, PAPER), marks(figure, MARK)
    assert first_x < now_x
    assert first_y > now_y
    assert {"first", "now"} <= set(words(figure))


def test_a_level_as_hoped_lies_on_the_line_as_hoped() -> None:
    figure = draw_goals([standing((0, -1), (14, 0))])
    (hoped,) = lines(figure, HOPED)
    assert {y for _, y in marks(figure, MARK)} == set(hoped.get_ydata())


def test_two_months_without_a_rating_break_the_path() -> None:
    whole = draw_goals([standing((0, -1), (60, 0), (120, 1))])
    broken = draw_goals([standing((0, -1), (14, 0), (75, 1), (90, 1))])
    assert len(lines(whole, PATH)) == 1
    assert [len(line.get_xdata()) for line in lines(broken, PATH)] == [2, 2]


def test_a_single_rating_is_a_point_and_says_so() -> None:
    figure = draw_goals([standing((0, 1))])
    assert len(marks(figure, MARK)) == 1
    assert marks(figure, PAPER) == []
    assert "rated once" in words(figure)


def test_a_goal_without_ratings_says_so_instead_of_showing_a_level() -> None:
    figure = draw_goals([standing(title="New"), standing((0, 0), (30, 1), title="Old")])
    assert words(figure).count("Not rated yet.") == 1
    assert len(marks(figure, MARK)) == 1


def test_without_goals_there_is_a_figure_that_says_so() -> None:
    assert words(draw_goals([])) == ["No goals yet"]


def test_goals_keep_their_order_from_top_to_bottom() -> None:
    figure = draw_goals([standing((0, 0), title=title) for title in ("One", "Two", "Three")])
    assert [word for word in words(figure) if word in ("One", "Two", "Three")] == ["One", "Two", "Three"]


@pytest.mark.parametrize(("width", "pixels"), [("wide", 720), ("narrow", 358)])
def test_everything_stays_on_the_sheet(width, pixels) -> None:
    figure = draw_goals([standing((0, -2), (200, 2), title="long " * 60), standing(title="x")], width)
    assert figure.get_figwidth() * 72 == pytest.approx(pixels)
    height = figure.get_figheight() * 72
    for text in figure.findobj(Text):
        x, y = text.get_position()
        assert 0 <= x <= pixels
        assert 0 < y <= height
