"""How far? What a row of beads shows."""

from datetime import date, timedelta
from typing import NamedTuple

import pytest
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.text import Text

from workbook import formats
from workbook.charts.beads import draw_beads
from workbook.charts.palette import HOPED, MARK, MEDIAN, PAPER
from workbook.charts.svg import to_svg
from workbook.insight.schedule import Bead

START = date(2026, 11, 10)
KEY = 3
"""Beads that say what the others mean."""


def row(*states: str, joined: int | None = None) -> list[Bead]:
    return [
        Bead(number, START + timedelta(weeks=number - 1), state, number == joined)  # type: ignore[arg-type]
        for number, state in enumerate(states, start=1)
    ]


class Ring(NamedTuple):
    """One bead as it is drawn."""

    y: float
    x: float
    edge: str
    inside: str


def marks(figure: Figure, fillstyle: str) -> list[Line2D]:
    """The groups of marks that fill a circle in this way, without those of the key."""
    found = [mark for mark in figure.findobj(Line2D) if mark.get_fillstyle() == fillstyle]
    return found[KEY if fillstyle == "full" else 1 :]


def rings(figure: Figure) -> list[Ring]:
    """Every bead, in the order in which one reads them."""
    return sorted(
        Ring(y, x, mark.get_markeredgecolor(), mark.get_markerfacecolor())
        for mark in marks(figure, "full")
        for x, y in zip(mark.get_xdata(), mark.get_ydata(), strict=True)
    )


def words(figure: Figure) -> list[str]:
    return [text.get_text() for text in figure.findobj(Text)]


def place(figure: Figure, word: str) -> tuple[float, float]:
    return next(text.get_position() for text in figure.findobj(Text) if text.get_text() == word)


def test_a_bead_is_hollow_half_or_whole() -> None:
    figure = draw_beads(row("together", "alone", "planned"))
    assert [ring.inside for ring in rings(figure)] == [MARK, PAPER, PAPER]
    assert [ring.edge for ring in rings(figure)] == [MARK, MARK, HOPED]
    (half,) = marks(figure, "left")
    assert half.get_markerfacecolor() == MARK
    assert list(half.get_xdata()) == [rings(figure)[1].x]


def test_the_key_says_what_the_beads_mean() -> None:
    assert words(draw_beads(row("planned")))[:3] == ["planned", "held alone", "held together"]


def test_each_bead_has_its_number_below() -> None:
    figure = draw_beads(row("alone", "planned"))
    for ring, number in zip(rings(figure), ("1", "2"), strict=True):
        x, y = place(figure, number)
        assert x == ring.x
        assert y > ring.y


def test_the_bead_where_the_partner_joined_is_marked() -> None:
    figure = draw_beads(row("alone", "together", "together", joined=2))
    assert words(figure).count("joined") == 1
    assert place(figure, "joined")[0] == place(figure, "2")[0]
    assert next(text for text in figure.findobj(Text) if text.get_text() == "joined").get_color() == MEDIAN


def test_a_month_is_named_where_it_begins_and_a_new_year_by_its_number() -> None:
    figure = draw_beads(row(*["planned"] * 9))
    assert [word for word in words(figure) if word in ("Nov", "Dec", "Jan", "2026", "2027")] == [
        "Nov",
        "Dec",
        "2027",
    ]
    # 5 January 2027 is the ninth Tuesday.
    assert place(figure, "2027")[0] == place(figure, "9")[0]


def test_many_beads_go_on_in_the_next_line() -> None:
    figure = draw_beads(row(*["planned"] * 30), "narrow")
    assert len({ring.y for ring in rings(figure)}) == 3
    assert len(rings(figure)) == 30


def test_of_very_many_beads_the_last_ones_are_drawn_and_the_rest_counted() -> None:
    figure = draw_beads(row(*["together"] * 5_000))
    assert len(rings(figure)) == 156
    assert "The last 156 of 5,000 sessions." in words(figure)
    assert {"4845", "5000"} <= set(words(figure))
    assert "4844" not in words(figure)


def test_how_many_there_are_is_written_as_the_reader_does(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(formats, "_reader", formats.known("de-DE"))
    assert "The last 156 of 5.000 sessions." in words(draw_beads(row(*["together"] * 5_000)))


def test_without_beads_there_is_a_figure_that_says_so() -> None:
    assert words(draw_beads([])) == ["No sessions planned yet"]


def test_a_page_gives_the_beads_its_own_colours() -> None:
    svg = to_svg(draw_beads(row("alone", "planned")))
    assert "var(--chart-mark" in svg
    assert "var(--chart-paper" in svg


@pytest.mark.parametrize(("width", "pixels"), [("wide", 720), ("narrow", 358)])
def test_everything_stays_on_the_sheet(width, pixels) -> None:
    figure = draw_beads(row("alone", *["together"] * 103, joined=2), width)
    for text in figure.findobj(Text):
        x, y = text.get_position()
        assert 14 <= x <= pixels - 14
        assert 0 < y <= figure.get_figheight() * 72
