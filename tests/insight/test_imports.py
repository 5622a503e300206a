"""What a page may import without waiting."""

import subprocess
import sys

import pytest

HEAVY = ("numpy", "pandas", "scipy", "matplotlib")


@pytest.mark.parametrize(
    "module",
    [
        "workbook.insight.goals",
        "workbook.insight.change",
        "workbook.insight.costs",
        "workbook.insight.schedule",
        "workbook.insight.loops",
        "workbook.insight.choice",
        "workbook.insight.pairs",
        "workbook.insight.ratings",
        "workbook.book.calendar",
        "workbook.charts",
        "workbook.charts.palette",
        "workbook.charts.costs",
        "workbook.charts.beads",
        "workbook.charts.dumbbells",
        "workbook.charts.heat",
        "workbook.charts.scores",
    ],
)
def test_importing_brings_in_no_heavy_library(module) -> None:
    code = f"import sys, {module}; print(*sorted(set(sys.modules) & set({HEAVY})))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.split() == []
