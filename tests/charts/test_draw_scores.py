"""More than noise? What the chart of a questionnaire's totals shows."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from matplotlib.text import Text

from workbook.charts.palette import BAND, HOPED, PATH, RANGE
from workbook.charts.scores import PANEL, draw_scores
from workbook.charts.svg import to_svg
from workbook.insight.satisfaction import NORMS, Course

FIRST = date(2026, 1, 5)


def course(*totals: int, scale: str = "CSI-16", weeks: int = 4, highest: int = 81) -> Course:
    days = (FIRST + timedelta(weeks=weeks * place) for place in range(len(totals)))
    return Course(scale, "", highest, tuple(zip(days, totals, strict=True)))


def words(figure: Figure) -> list[str]:
    return [text.get_text() for text in figure.findobj(Text)]


def areas(figure: Figure, colour: str) -> list[Rectangle]:
    found = figure.findobj(Rectangle)
    wanted = tuple(int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return [each for each in found if each.get_facecolor()[:3] == pytest.approx(wanted)]


def units(points: float, highest: int) -> float:
    return points / highest * PANEL


def test_the_distressed_range_reaches_from_the_cut_off_to_nought() -> None:
    figure = draw_scores([course(44, 53)])
    (low,) = areas(figure, RANGE)
    assert low.get_height() == pytest.approx(units(51.5, 81))
    (line,) = (each for each in figure.findobj(Line2D) if each.get_color() == HOPED)
    assert list(line.get_ydata()) == [low.get_y()] * 2
    assert {"51.5", "distressed", "range", "0", "81"} <= set(words(figure))


@pytest.mark.parametrize(("scale", "highest", "first"), [("CSI-4", 21, 11), ("CSI-32", 161, 90)])
def test_the_band_is_as_wide_as_the_threshold_on_both_sides_of_the_first_total(scale, highest, first) -> None:
    figure = draw_scores([course(first, first + 9, scale=scale, highest=highest)])
    (band,) = areas(figure, BAND)
    assert band.get_height() == pytest.approx(units(2 * NORMS[scale].threshold, highest))
    assert {"may be", "chance"} <= set(words(figure))


def test_the_band_ends_where_the_scale_ends() -> None:
    (band,) = areas(draw_scores([course(2, 40)]), BAND)
    assert band.get_height() == pytest.approx(units(2 + NORMS["CSI-16"].threshold, 81))


def test_ones_own_questionnaire_has_neither() -> None:
    figure = draw_scores([course(3, 30, scale="own", highest=40)])
    assert areas(figure, RANGE) == areas(figure, BAND) == []
    assert "distressed" not in words(figure)


def test_a_single_score_is_a_point_without_a_band_or_a_line() -> None:
    figure = draw_scores([course(44)])
    assert areas(figure, BAND) == []
    assert not any(len(each.get_xdata()) > 1 for each in figure.findobj(Line2D) if each.get_color() == PATH)
    assert "44 now" in words(figure)


def test_a_year_without_a_score_is_a_gap() -> None:
    paths = [
        each for each in draw_scores([course(44, 50, weeks=52)]).findobj(Line2D) if each.get_color() == PATH
    ]
    assert sum(len(each.get_xdata()) > 1 for each in paths) == 0


def test_first_and_now_are_named_with_their_totals() -> None:
    assert {"44 first", "53 now"} <= set(words(draw_scores([course(44, 41, 53)])))


def test_a_long_name_of_ones_own_is_shortened_and_stays_on_the_sheet() -> None:
    own = course(3, 30, scale="own", highest=40)
    for width, pixels in (("wide", 720), ("narrow", 358)):
        figure = draw_scores([own], {own: "我们" * 75 + " שלום " * 25}, width)  # type: ignore[arg-type]
        assert any(word.endswith("…") for word in words(figure))
        assert "我们" in to_svg(figure)
        for text in figure.findobj(Text):
            assert 0 <= text.get_position()[0] <= pixels


def test_without_scores_there_is_a_figure_that_says_so() -> None:
    assert words(draw_scores([])) == ["No scores yet"]


def test_scores_that_are_all_equal_are_a_level_line() -> None:
    figure = draw_scores([course(44, 44, 44)])
    (path,) = (
        each for each in figure.findobj(Line2D) if each.get_color() == PATH and len(each.get_xdata()) > 1
    )
    assert len(set(path.get_ydata())) == 1
