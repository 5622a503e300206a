"""The colours of the charts, by what they stand for. Blue and orange stay apart for colour-blind eyes.

A figure is drawn in the light colours, each of them unique; `to_svg` turns each into
`var(--chart-<token>, <light>)`, so that the page's own CSS may choose others, as it does where it is dark.
"""

from collections.abc import Mapping
from types import MappingProxyType

PAPER = "#fffffe"
INK = "#1d2733"
QUIET = "#56606e"
RULE = "#dfe4ea"
HOPED = "#77828f"
PATH = "#6487ab"
MARK = "#0b5cad"
MEDIAN = "#b4500f"
RANGE = "#f7ece1"
BAND = "#d8e5f2"

LIGHT: Mapping[str, str] = MappingProxyType(
    {
        "paper": PAPER,  # what is behind everything, and inside a hollow mark
        "ink": INK,  # titles
        "quiet": QUIET,  # labels
        "rule": RULE,  # rungs and months; only a guide for the eye
        "hoped": HOPED,  # the line "as hoped"
        "path": PATH,  # the way between first and now
        "mark": MARK,  # one rating
        "median": MEDIAN,  # the median of several ratings
        "range": RANGE,  # behind totals below the cut-off
        "band": BAND,  # behind totals that chance alone may explain
    }
)

GROUNDS = ("range", "band")
"""Tokens that lie behind words and marks as paper does."""
TEXTS = ("ink", "quiet", "mark", "median")
"""Tokens that words are written in: at least 4.5 : 1 on paper."""
MARKS = ("hoped", "path", "mark", "median")
"""Tokens that carry meaning as a mark: at least 3 : 1 on paper."""
