"""Charts: frames and values in, a matplotlib Figure out, and nothing else.

matplotlib is imported when the first chart is drawn, never by importing this.
"""

from workbook.charts.beads import draw_beads
from workbook.charts.costs import draw_costs
from workbook.charts.dumbbells import draw_dumbbells
from workbook.charts.goals import draw_goals
from workbook.charts.heat import draw_heat
from workbook.charts.scales import draw_scales
from workbook.charts.scores import draw_scores
from workbook.charts.svg import to_svg

__all__ = [
    "draw_beads",
    "draw_costs",
    "draw_dumbbells",
    "draw_goals",
    "draw_heat",
    "draw_scales",
    "draw_scores",
    "to_svg",
]
