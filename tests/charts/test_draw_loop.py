"""The couple's loop: four texts in a circle, and arrows from each to the next."""

import pytest
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.text import Text

from workbook.charts.loop import STEP_OUT, draw_loop
from workbook.charts.palette import HOPED, MEDIAN, PATH

FOUR = ["it gets late", "go quiet", "alone", "like coldness"]


def arrows(figure: Figure, colour: str = PATH) -> list[list[tuple[float, float]]]:
    """The points along each arrow, without its head."""
    found = [line for line in figure.findobj(Line2D) if line.get_color() == colour]
    return [list(zip(*line.get_data(), strict=True)) for line in found if len(line.get_xdata()) > 3]


def places(figure: Figure) -> dict[str, tuple[float, float]]:
    return {text.get_text(): text.get_position() for text in figure.findobj(Text)}


@pytest.mark.parametrize("width", ["wide", "narrow"])
def test_the_four_stand_clockwise_from_the_top(width) -> None:
    found = places(draw_loop(FOUR, width))
    top, right, bottom, left = (found[text] for text in FOUR)
    assert top[1] < right[1] == pytest.approx(left[1])
    assert right[1] < bottom[1]
    assert left[0] < top[0] == pytest.approx(bottom[0])
    assert bottom[0] < right[0]


@pytest.mark.parametrize("width", ["wide", "narrow"])
@pytest.mark.parametrize("words", [FOUR, ["word " * 60] * 4, [""] * 4], ids=["short", "long", "empty"])
def test_an_arrow_leads_from_each_to_the_next(width, words) -> None:
    figure = draw_loop(words, width)
    middle, height = figure.get_figwidth() * 36, figure.get_figheight() * 36
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = (
        (along[-1][0] - along[0][0], along[-1][1] - along[0][1]) for along in arrows(figure)
    )
    assert (ax > 0, ay > 0, bx < 0, by > 0, cx < 0, cy < 0, dx > 0, dy < 0) == (True,) * 8
    assert all(x > middle and y < height for x, y in arrows(figure)[0])


def test_no_arrow_runs_through_words() -> None:
    figure = draw_loop(["word " * 60] * 4, "narrow")
    for text in figure.findobj(Text):
        x, y = text.get_position()
        assert all(abs(x - px) > 12 or abs(y - py) > 12 for along in arrows(figure) for px, py in along)


def test_an_empty_place_says_that_something_goes_there() -> None:
    assert "…" in places(draw_loop(["it gets late", " ", "x", "y"]))


def test_long_words_are_broken_and_cut() -> None:
    lines = [text.get_text() for text in draw_loop(["x" * 3, "word " * 60, "y", "z"]).findobj(Text)]
    assert sum(line.startswith("word") for line in lines) == 3
    assert any(line.endswith("…") for line in lines)


def test_the_place_to_step_out_is_marked_and_the_arrow_from_it_is_pale() -> None:
    figure = draw_loop(FOUR, step_out=1)
    (marked,) = [text for text in figure.findobj(Text) if text.get_text() == STEP_OUT]
    assert marked.get_color() == MEDIAN
    assert marked.get_position()[0] == places(figure)["go quiet"][0]
    assert len(arrows(figure)) == 3
    assert len(arrows(figure, HOPED)) == 1
    assert STEP_OUT not in places(draw_loop(FOUR))


def test_headings_may_be_others() -> None:
    assert {"a", "b", "c", "d"} <= set(places(draw_loop(FOUR, headings=["a", "b", "c", "d"])))


@pytest.mark.parametrize("words", [FOUR[:3], [*FOUR, "more"]])
def test_a_loop_of_other_than_four_is_refused(words) -> None:
    with pytest.raises(ValueError, match="four places"):
        draw_loop(words)


@pytest.mark.parametrize("width", ["wide", "narrow"])
def test_everything_stays_on_the_sheet(width) -> None:
    figure = draw_loop(["wide words " * 30] * 4, width, step_out=2)
    pixels, height = figure.get_figwidth() * 72, figure.get_figheight() * 72
    for text in figure.findobj(Text):
        x, y = text.get_position()
        assert 62 <= x <= pixels - 62
        assert 12 <= y <= height
