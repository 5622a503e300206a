"""How long a chart takes from 5,000 ratings to SVG, beside a plain matplotlib line of the same size."""

import io
import time
from datetime import date, timedelta
from statistics import median

import pytest
from matplotlib.figure import Figure

from workbook.charts import draw_goals, draw_scales, to_svg
from workbook.insight.goals import Standing

COUNT = 5_000
SIZE = (880 / 72, 640 / 72)


def some_days(count: int) -> list[date]:
    return [date(2010, 1, 1) + timedelta(days=day) for day in range(count)]


def plain_line() -> str:
    figure, page = Figure(figsize=SIZE), io.StringIO()
    figure.add_subplot().plot(range(COUNT), [day % 11 for day in range(COUNT)])
    figure.savefig(page, format="svg")
    return page.getvalue()


def scales() -> str:
    days = some_days(COUNT // 5)
    values = [day % 11 for day in range(len(days))]
    names = ("closeness", "understood", "mattered", "pace", "hope")
    return to_svg(draw_scales(dict.fromkeys(names, (days, values))))


def ladders() -> str:
    path = tuple((day, day.toordinal() % 5 - 2) for day in some_days(COUNT // 5))
    return to_svg(draw_goals([Standing(name, name, 1, 1, path) for name in "abcde"]))


@pytest.mark.parametrize("chart", [scales, ladders])
def test_five_thousand_ratings_as_a_chart(benchmark, capsys, chart) -> None:
    plain_line()
    baseline = median(_seconds(plain_line) for _ in range(5))
    svg = benchmark.pedantic(chart, rounds=7, warmup_rounds=1)
    ours = benchmark.stats.stats.median
    with capsys.disabled():
        size = f"{len(svg) / 1000:.0f} kB"
        print(f"\n{chart.__name__}: {ours * 1000:.0f} ms, {size}, {ours / baseline:.2f} × a plain line")


def _seconds(draw) -> float:
    begun = time.perf_counter()
    draw()
    return time.perf_counter() - begun
