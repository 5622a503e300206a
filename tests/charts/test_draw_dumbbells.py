"""Where do we differ? Two dots a candidate, and what stands beside them."""

from __future__ import annotations

import pytest
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.text import Text

from workbook.charts import draw_dumbbells
from workbook.charts.palette import MARK, MEDIAN, PAPER, PATH
from workbook.insight.ratings import side_by_side

NAMES = {"a": "Ines", "b": "Bo", "c": "Cleo"}


def drawn(mine, theirs, width="wide", names=NAMES, labels=("Robin", "Kim")) -> Figure:
    return draw_dumbbells(side_by_side(names, mine, theirs), width, labels)


def dots(figure: Figure, edge: str, inside: str) -> list[tuple[float, float]]:
    """The dots of one kind below the key, from top to bottom."""
    found = [each for each in figure.findobj(Line2D) if each.get_marker() == "o"]
    of_kind = [
        each for each in found if (each.get_markeredgecolor(), each.get_markerfacecolor()) == (edge, inside)
    ]
    points = [point for each in of_kind for point in zip(*each.get_data(), strict=True)]
    return sorted((point for point in points if point[1] > 30), key=lambda point: point[1])


def bars(figure: Figure) -> list[Line2D]:
    return [each for each in figure.findobj(Line2D) if each.get_color() == PATH and each.get_marker() == ""]


def words(figure: Figure) -> list[str]:
    return [text.get_text() for text in figure.findobj(Text)]


def test_a_line_runs_between_the_two_dots_of_a_candidate() -> None:
    figure = drawn({"a": 2.0}, {"a": 7.0})
    ((mine, y),), ((theirs, other_y),) = dots(figure, MARK, MARK), dots(figure, MEDIAN, PAPER)
    assert mine < theirs
    assert y == other_y
    (bar,) = bars(figure)
    assert sorted(bar.get_xdata()) == [mine, theirs]


def test_dots_lie_where_the_scale_says() -> None:
    figure = drawn({"a": 0.0, "b": 5.0, "c": 10.0}, {})
    at = [x for x, _ in dots(figure, MARK, MARK)]
    scale = {text.get_text(): text.get_position()[0] for text in figure.findobj(Text)}
    assert at == [scale["0"], scale["5"], scale["10"]]


def test_each_dot_has_its_figure_on_the_far_side_of_the_other() -> None:
    figure = drawn({"a": 2.04}, {"a": 7.0})
    low, high = (
        next(t for t in figure.findobj(Text) if t.get_text() == figure_) for figure_ in ("2.0", "7.0")
    )
    ((mine, _),), ((theirs, _),) = dots(figure, MARK, MARK), dots(figure, MEDIAN, PAPER)
    assert (low.get_ha(), high.get_ha()) == ("right", "left")
    assert low.get_position()[0] < mine < theirs < high.get_position()[0]


def test_two_alike_are_a_dot_in_a_ring_with_one_figure() -> None:
    figure = drawn({"a": 6.04}, {"a": 5.98})
    assert words(figure).count("6.0") == 1
    assert dots(figure, MARK, MARK) == dots(figure, MEDIAN, PAPER) != []


def test_who_gave_no_rating_has_no_dot() -> None:
    figure = drawn({"a": 6.0}, {"b": 3.0})
    assert (len(dots(figure, MARK, MARK)), len(dots(figure, MEDIAN, PAPER)), bars(figure)) == (1, 1, [])


def test_it_says_whose_dots_are_whose_and_keeps_the_order_of_names() -> None:
    figure = drawn({"a": 6.0, "b": 3.0, "c": 1.0}, {})
    assert [word for word in words(figure) if word in {*NAMES.values(), "Robin", "Kim"}] == [
        "Robin",
        "Kim",
        "Ines",
        "Bo",
        "Cleo",
    ]


def test_without_ratings_there_is_a_figure_that_says_so() -> None:
    assert words(drawn({}, {})) == ["Nobody is rated yet"]


@pytest.mark.parametrize(("width", "pixels"), [("wide", 720), ("narrow", 358)])
def test_everything_stays_on_the_sheet(width, pixels) -> None:
    names = {"a": "long " * 60, "b": "W" * 300, "c": "x"}
    means = {"a": 0.0, "b": 10.0, "c": 5.0}
    figure = drawn(means, {"a": 10.0, "b": 0.0, "c": 5.0}, width, names, ("R" * 300, "K" * 300))
    assert figure.get_figwidth() * 72 == pytest.approx(pixels)
    height = figure.get_figheight() * 72
    for text in figure.findobj(Text):
        x, y = text.get_position()
        room = 28 if text.get_text() in ("0.0", "10.0") else 0
        assert (text.get_ha() == "right") * room <= x <= pixels - (text.get_ha() == "left") * room
        assert 0 < y <= height
