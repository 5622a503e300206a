"""Charts: frames and values in, a matplotlib Figure out, and nothing else.

matplotlib is imported when the first chart is drawn, never by importing this.
"""

from workbook.charts.goals import draw_goals
from workbook.charts.scales import draw_scales
from workbook.charts.svg import to_svg

__all__ = ["draw_goals", "draw_scales", "to_svg"]
