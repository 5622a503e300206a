"""Can we? What the bars of each plan show against what one can manage."""

from datetime import date
from decimal import Decimal

import pytest
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from matplotlib.text import Text

from workbook.charts.costs import MOST_MONTHS, TALLEST, draw_costs
from workbook.charts.palette import MARK, MEDIAN, PATH
from workbook.charts.svg import to_svg
from workbook.insight.costs import Month


def months(*amounts: int, extra: int = 0, begin: int = 0) -> list[Month]:
    """Months from January 2026 on, or so many months later."""
    return [
        Month(date(2026 + month // 12, month % 12 + 1, 1), Decimal(amount), Decimal(extra))
        for month, amount in enumerate(amounts, start=begin)
    ]


def bars(figure: Figure, colour: str = MARK) -> list[Rectangle]:
    """The bars of one colour, without the small one that explains it."""
    found = figure.findobj(Rectangle)
    return [bar for bar in found if bar.get_facecolor() == to_rgba(colour) and bar.get_width() != 16]


def to_rgba(colour: str) -> tuple[float, ...]:
    return (*(int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)), 1.0)


def limits(figure: Figure) -> list[float]:
    """How high each line of what one can manage lies."""
    found = (line for line in figure.findobj(Line2D) if line.get_color() == MEDIAN)
    return [line.get_ydata()[0] for line in found]


def words(figure: Figure) -> list[str]:
    return [text.get_text() for text in figure.findobj(Text)]


def test_each_month_is_a_bar_as_high_as_what_it_costs_with_the_amount_above() -> None:
    figure = draw_costs({"A": months(400, 100, 200)})
    assert [bar.get_height() for bar in bars(figure)] == [TALLEST, TALLEST / 4, TALLEST / 2]
    assert {"A", "700 in all", "400", "100", "200", "Jan", "Feb", "Mar", "2026"} <= set(words(figure))


def test_plans_side_by_side_share_one_scale_and_one_ground() -> None:
    left, right = bars(draw_costs({"A": months(400), "B": months(100)}))
    assert right.get_height() == left.get_height() / 4
    assert right.get_x() > left.get_x()
    assert right.get_y() + right.get_height() == left.get_y() + left.get_height()


def test_a_long_amount_beside_four_long_plans_leaves_every_month_its_bar() -> None:
    plans = {name: months(*[400] * MOST_MONTHS) for name in "ABCD"}
    figure = draw_costs(plans, Decimal(999_999), lambda amount: f"CFA francs {amount:,}.00")
    assert len(bars(figure)) == 4 * MOST_MONTHS
    assert all(bar.get_width() > 0 for bar in bars(figure))


def test_on_a_telephone_plans_stand_one_below_the_other() -> None:
    upper, lower = bars(draw_costs({"A": months(400), "B": months(100)}, width="narrow"))
    assert lower.get_y() > upper.get_y() + upper.get_height()
    assert lower.get_x() == upper.get_x()


def test_what_one_can_manage_is_a_line_across_each_plan_at_its_height() -> None:
    figure = draw_costs({"A": months(400, 200), "B": months(100)}, Decimal(200), lambda a: f"€{a:.0f}")
    assert limits(figure) == [bars(figure)[1].get_y()] * 2
    assert words(figure)[0] == "what you can manage a month: €200"
    assert words(figure).count("€200") == 3


def test_extra_costs_stand_on_top_of_what_you_pay_and_are_explained() -> None:
    figure = draw_costs({"A": months(300, extra=100)})
    (paid,), (extra,) = bars(figure), bars(figure, PATH)
    assert extra.get_y() + extra.get_height() == paid.get_y()
    assert extra.get_height() == paid.get_height() / 3
    assert {"extra costs", "what you pay for sessions", "400"} <= set(words(figure))


def test_no_amount_is_struck_through_by_the_line() -> None:
    for amount in range(300, 420, 5):
        figure = draw_costs({"A": months(400, amount, 100)}, Decimal(380))
        (line,) = limits(figure)
        labels = [text for text in figure.findobj(Text) if text.get_text() == str(amount)]
        for label in (text for text in labels if text.get_color() != MEDIAN):
            baseline = label.get_position()[1]
            assert line > baseline or line <= baseline - label.get_fontsize()


def test_amounts_that_would_run_into_each_other_are_written_at_the_highest_alone() -> None:
    figure = draw_costs({"A": months(*[111] * 15, 999)}, width="narrow")
    assert "999" in words(figure)
    assert "111" not in words(figure)


def test_a_year_is_named_at_its_january() -> None:
    figure = draw_costs({"A": months(1, 1, 1, begin=10)})
    places = {text.get_text(): text.get_position()[0] for text in figure.findobj(Text)}
    assert places["2027"] == places["Jan"]
    assert places["2026"] == places["Nov"]


def test_of_a_long_course_the_first_two_years_are_drawn_and_the_words_say_so() -> None:
    figure = draw_costs({"A": months(*[10] * 60)})
    assert len(bars(figure)) == MOST_MONTHS
    assert {"600 in all", "the first 24 of 60 months"} <= set(words(figure))


def test_a_course_that_costs_nothing_is_drawn_too() -> None:
    figure = draw_costs({"A": months(0, 0)})
    assert [bar.get_height() for bar in bars(figure)] == [0, 0]
    assert "0 in all" in words(figure)


def test_without_plans_there_is_a_figure_that_says_so() -> None:
    assert words(draw_costs({})) == ["No plans yet"]


def test_a_page_gives_the_bars_its_own_colours() -> None:
    svg = to_svg(draw_costs({"<b>A</b>": months(300, extra=100)}, Decimal(200)))
    assert "fill: var(--chart-mark" in svg
    assert "fill: var(--chart-path" in svg
    assert "<b>" not in svg


@pytest.mark.parametrize("count", [1, 2, 3, 4, 5])
@pytest.mark.parametrize(("width", "pixels"), [("wide", 720), ("narrow", 358)])
def test_everything_stays_on_the_sheet(count, width, pixels) -> None:
    plans = {f"{number} {'long name ' * 20}": months(*[10_000] * 30, extra=50) for number in range(count)}
    figure = draw_costs(plans, Decimal(9000), lambda amount: f"${amount:,.2f}", width)
    height = figure.get_figheight() * 72
    for text in figure.findobj(Text):
        x, y = text.get_position()
        assert 0 <= x <= pixels
        assert 0 < y <= height
    for bar in bars(figure):
        assert 0 <= bar.get_x() < bar.get_x() + bar.get_width() <= pixels
        assert 0 < bar.get_y() <= height
