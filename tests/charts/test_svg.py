"""SVG that stands inside a page: nobody's words as markup, the page's colours, its own ids."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from xml.etree import ElementTree

import pytest

from workbook.charts import draw_goals, draw_scales, draw_scores, to_svg
from workbook.charts.beads import draw_beads
from workbook.charts.palette import LIGHT
from workbook.charts.sheet import Sheet
from workbook.insight.goals import Standing
from workbook.insight.satisfaction import Course
from workbook.insight.schedule import Bead

SVG = "{http://www.w3.org/2000/svg}"
PATH = ((date(2026, 1, 1), -1), (date(2026, 2, 1), 1), (date(2026, 3, 1), 0))


def ladder(title: str = "A goal", path: tuple[tuple[date, int], ...] = PATH) -> str:
    return to_svg(draw_goals([Standing("g", title, 1, 1, path)]))


def beads(count: int) -> str:
    """Half beads, which are marks that refer to one shape."""
    return to_svg(draw_beads([Bead(n, PATH[0][0] + timedelta(weeks=n), "alone") for n in range(count)]))


def words(svg: str) -> list[str]:
    return [element.text or "" for element in ElementTree.fromstring(svg).iter(f"{SVG}text")]


@pytest.mark.parametrize(
    "title",
    [
        "</svg><script>x()",
        "a < b & \"c\" 'd' >",
        "$x^2$ and \\frac{",
        "#0b5cad #1d2733",
        "]]> <!-- x",
        "שלום עולם",
        "お金の話",
        "🏳️‍🌈 👩🏽‍🚀",
    ],
)
def test_what_people_write_stands_there_as_they_wrote_it_and_as_text(title) -> None:
    svg = ladder(title)
    assert title in " ".join(words(svg))
    assert {element.tag for element in ElementTree.fromstring(svg).iter()} <= {
        f"{SVG}{name}" for name in ("svg", "g", "defs", "path", "use", "text")
    }


def test_control_characters_are_dropped_and_three_hundred_letters_shortened() -> None:
    assert "Evil plan" in words(ladder("Evil\x00\x07 \u202e\ud800plan\uffff"))
    assert any(line.endswith("…") for line in words(ladder("W" * 300)))


def test_no_chart_can_put_a_character_into_the_page_that_breaks_it() -> None:
    sheet = Sheet(100, 100)
    sheet.write(0, 50, "a\x00\ud800\u202eb")
    assert words(to_svg(sheet.figure)) == ["ab"]


def test_every_colour_of_the_palette_follows_the_page() -> None:
    scores = Course("CSI-16", "", 81, ((PATH[0][0], 44), (PATH[-1][0], 53)))
    svg = ladder() + to_svg(draw_scales({"Hope": ([PATH[0][0]] * 5, [1, 2, 3, 4, 5])}))
    svg += to_svg(draw_scores([scores]))
    for token, colour in LIGHT.items():
        assert f"var(--chart-{token}, {colour})" in svg
    outside = re.sub(r"var\([^)]*\)", "", svg)
    assert re.findall(r"#[0-9a-f]{6}\b", outside) == []


def test_a_figure_for_paper_names_its_font_and_colours_and_stands_closer() -> None:
    path = ((date(2026, 1, 6), -1), (date(2026, 2, 3), 1))
    goals = [Standing(title, title, 1, 1, path) for title in ("var(--chart-ink)", "B", "C")]
    wide, paper = draw_goals(goals), draw_goals(goals, "paper")
    drawn = to_svg(paper, print_in="'Some Serif', 'Another'")
    assert drawn.count("var(--chart-") == drawn.count(">var(--chart-ink)<") == 1
    assert "font-family: 'Some Serif', 'Another'" in drawn
    assert "inherit" not in drawn
    assert paper.get_figheight() < 0.7 * wide.get_figheight()


def test_a_figure_has_a_viewbox_and_no_size_font_or_description_of_its_own() -> None:
    svg = ladder()
    assert svg.startswith('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 720 ')
    root = ElementTree.fromstring(svg)
    assert set(root.attrib) == {"viewBox", "stroke-linejoin"}
    assert set(re.findall(r"font-family:\s*([^;\"]+)", svg)) == {"inherit"}
    assert "matplotlib" not in svg.lower()


def test_a_figure_refers_to_nothing_but_itself() -> None:
    root = ElementTree.fromstring(beads(2))
    ids = {element.get("id") for element in root.iter() if element.get("id")}
    references = [element.get("href", "") for element in root.iter(f"{SVG}use")]
    assert len(references) == 6  # two halves of each, and of the one that explains them
    assert {reference.removeprefix("#") for reference in references} == ids


def test_two_figures_in_one_page_share_no_id() -> None:
    one, other = (set(re.findall(r'id="([^"]+)"', beads(count))) for count in (1, 2))
    assert one
    assert other
    assert one.isdisjoint(other)


def test_the_same_figure_is_the_same_text_and_stays_as_it_was() -> None:
    figure = draw_goals([Standing("g", "A goal", 1, 1, PATH)])
    assert to_svg(figure) == to_svg(figure) == ladder()


def test_figures_drawn_in_several_threads_come_out_alike() -> None:
    titles = [f"Goal {number}" for number in range(12)]
    alone = [ladder(title) for title in titles]
    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(ladder, titles)) == alone


def test_settings_of_matplotlib_change_nothing() -> None:
    import matplotlib as mpl

    plain = ladder()
    with mpl.rc_context({"font.size": 40, "lines.linewidth": 9, "text.usetex": True, "svg.fonttype": "path"}):
        assert ladder() == plain
        assert mpl.rcParams["svg.fonttype"] == "path"


def test_thousands_of_marks_say_their_colour_once() -> None:
    days = [date(2020, 1, 1) + timedelta(days=day) for day in range(2000)]
    svg = to_svg(draw_scales({"Hope": (days, [day % 11 for day in range(2000)])}))
    assert svg.count("<use") == 0
    assert max(path.count("M") for path in re.findall(r' d="([^"]*)"', svg)) == 2000
    assert svg.count("--chart-mark") < 5
