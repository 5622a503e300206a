"""Which way? What small multiples show of a scale."""

from datetime import date, timedelta

import pytest
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.text import Text

from workbook.charts import draw_scales
from workbook.charts.palette import MARK, MEDIAN

START = date(2026, 1, 6)


def weekly(count: int) -> list[date]:
    return [START + timedelta(weeks=week) for week in range(count)]


def dots(figure: Figure) -> list[list[tuple[float, float]]]:
    groups = [mark for mark in figure.findobj(Line2D) if mark.get_marker() == "o"]
    assert all(group.get_markerfacecolor() == MARK for group in groups)
    return [list(zip(*group.get_data(), strict=True)) for group in groups]


def medians(figure: Figure) -> list[Line2D]:
    return [line for line in figure.findobj(Line2D) if line.get_color() == MEDIAN]


def words(figure: Figure) -> list[str]:
    return [text.get_text() for text in figure.findobj(Text)]


def test_each_answer_is_a_dot_and_no_answer_is_none() -> None:
    (found,) = dots(draw_scales({"Hope": (weekly(4), [1, None, 3, 3])}))
    assert len(found) == 3
    assert found[0][1] > found[1][1] == found[2][1]


def test_zero_and_ten_lie_on_the_lowest_and_the_highest_line() -> None:
    figure = draw_scales({"Hope": (weekly(2), [0, 10])})
    labels = {text.get_text(): text.get_position()[1] - 4 for text in figure.findobj(Text)}
    assert [y for _, y in dots(figure)[0]] == [labels["0"], labels["10"]]


def test_four_answers_are_dots_alone_and_a_fifth_brings_the_median() -> None:
    assert medians(draw_scales({"Hope": (weekly(4), [1, 2, 3, 4])})) == []
    five = draw_scales({"Hope": (weekly(5), [1, 2, 3, 4, 9])})
    assert [line.get_xdata()[0] for line in medians(five)] == [dots(five)[0][-1][0]]
    assert {"3", "median"} <= set(words(five))


def test_the_line_is_the_median_of_the_last_five_whatever_the_outliers() -> None:
    figure = draw_scales({"Hope": (weekly(7), [5, 5, 0, 5, 5, 10, 5])})
    (line,) = medians(figure)
    assert len(line.get_ydata()) == 3
    assert set(line.get_ydata()) == {dots(figure)[0][0][1]}


def test_six_weeks_and_more_without_an_answer_break_the_line() -> None:
    days = [*weekly(6), *(day + timedelta(days=90) for day in weekly(3))]
    figure = draw_scales({"Hope": (days, [5] * 9)})
    assert [len(line.get_xdata()) for line in medians(figure)] == [2, 3]


def test_scales_stand_on_the_same_days() -> None:
    days = weekly(6)
    upper, lower = dots(draw_scales({"Hope": (days, [1] * 6), "Pace": (days[3:], [2] * 3)}))
    assert [x for x, _ in upper[3:]] == [x for x, _ in lower]


def test_each_scale_says_on_how_many_ratings_it_rests() -> None:
    figure = draw_scales({"Hope": (weekly(3), [1, 2, None]), "Pace": (weekly(1), [1]), "New": ([], [])})
    assert {"2 ratings", "1 rating", "Not answered yet."} <= set(words(figure))


def test_a_finding_stands_beside_its_scale() -> None:
    figure = draw_scales({"Hope": (weekly(1), [1])}, findings={"Hope": "Too early."})
    assert words(figure)[:3] == ["Hope", "Too early.", "1 rating"]


def test_without_any_scale_there_is_a_figure_that_says_so() -> None:
    assert words(draw_scales({})) == ["Nothing rated yet"]


@pytest.mark.parametrize(("width", "pixels"), [("wide", 720), ("narrow", 358)])
def test_everything_stays_on_the_sheet(width, pixels) -> None:
    series = {"A rather long name of a scale " * 9: (weekly(30), [week % 11 for week in range(30)])}
    figure = draw_scales(series, width, {next(iter(series)): "words " * 90})
    for text in figure.findobj(Text):
        x, y = text.get_position()
        assert 0 <= x <= pixels
        assert 0 < y <= figure.get_figheight() * 72
