"""How long each chart takes from 5,000 entries to SVG, beside a plain line; the first of all, too."""

import io
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from statistics import median

import pytest
from matplotlib.figure import Figure

from workbook.charts import (
    draw_beads,
    draw_costs,
    draw_dumbbells,
    draw_goals,
    draw_heat,
    draw_scales,
    draw_scores,
    to_svg,
)
from workbook.entries import FeePlan
from workbook.insight import costs, loops
from workbook.insight.change import scale_finding, trend
from workbook.insight.goals import Standing
from workbook.insight.goals import finding as goals_finding
from workbook.insight.satisfaction import Course
from workbook.insight.schedule import Bead, so_far

COUNT = 5_000
SIZE = (720 / 72, 640 / 72)
WANTED_MS = 300
FIRST = """
import time
begun = time.perf_counter()
from datetime import date, timedelta
from workbook.charts import draw_scales, to_svg
from workbook.insight.change import trend
days = [date(2026, 1, 5) + timedelta(weeks=week) for week in range(16)]
values = [week % 11 for week in range(16)]
trend(days, values, sized=False)
to_svg(draw_scales({"Hope": (days, values)}))
print(time.perf_counter() - begun)
"""


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
    findings = {name: scale_finding(trend(days, values, sized=False), values) for name in names}
    return to_svg(draw_scales(dict.fromkeys(names, (days, values)), findings=findings))


def one_scale() -> str:
    days, values = some_days(COUNT), [day % 11 for day in range(COUNT)]
    found = scale_finding(trend(days, values, sized=False), values)
    return to_svg(draw_scales({"hope": (days, values)}, findings={"hope": found}))


def ladders() -> str:
    path = tuple((day, day.toordinal() % 5 - 2) for day in some_days(COUNT // 5))
    standings = [Standing(name, name, 1, 1, path) for name in "abcde"]
    goals_finding(standings)
    return to_svg(draw_goals(standings))


def scores() -> str:
    path = tuple((day, day.toordinal() % 82) for day in some_days(COUNT))
    return to_svg(draw_scores([Course("CSI-16", "", 81, path)]))


def beads() -> str:
    row = [Bead(number, on, "together") for number, on in enumerate(some_days(COUNT), start=1)]
    so_far(row)
    return to_svg(draw_beads(row))


def heat() -> str:
    points = tuple(loops.Point(on, on.toordinal() % 11, "yes") for on in some_days(COUNT))
    path = loops.Path("loop", "Dishes", points)
    loops.finding([path])
    return to_svg(draw_heat([path]))


def money() -> str:
    """The longest course there is, four times."""
    plan = FeePlan(label="Long", fee=Decimal(100), first=date(2026, 1, 5), sessions=520)
    costs.finding([plan] * 4, Decimal(300))
    return to_svg(draw_costs({name: costs.months(plan) for name in "abcd"}, Decimal(300)))


def dumbbells() -> str:
    """As many candidates as anyone compares, which is few."""
    from pandas import DataFrame

    names = [f"Candidate {number}" for number in range(50)]
    return to_svg(draw_dumbbells(DataFrame({"candidate": names, "mine": 3.0, "theirs": 7.5})))


@pytest.mark.parametrize(
    "chart",
    [scales, one_scale, ladders, scores, beads, heat, money, dumbbells],
    ids=lambda each: each.__name__,
)
def test_five_thousand_entries_as_a_chart(benchmark, capsys, chart: Callable[[], str]) -> None:
    plain_line()
    baseline = median(_seconds(plain_line) for _ in range(5))
    svg = benchmark.pedantic(chart, rounds=7, warmup_rounds=1)
    ours = benchmark.stats.stats.median
    with capsys.disabled():
        size = f"{len(svg) / 1000:.0f} kB"
        took = f"{ours * 1000:.0f} ms of {WANTED_MS} wanted"
        print(f"\n{chart.__name__}: {took}, {size}, {ours / baseline:.2f} × a plain line")


def test_the_first_chart_of_a_fresh_kernel(capsys) -> None:
    run = [sys.executable, "-c", FIRST]
    took = [float(subprocess.run(run, capture_output=True, text=True, check=True).stdout) for _ in range(3)]
    with capsys.disabled():
        print(f"\nfirst chart, imports and all: {median(took):.2f} s of 1.5 s wanted")


def _seconds(draw: Callable[[], str]) -> float:
    begun = time.perf_counter()
    draw()
    return time.perf_counter() - begun
