"""What all charts say alike: on how much each rests, and what stands where there is nothing to draw."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workbook import content
from workbook.insight.span import Span


def rests_on(words: Mapping[str, Any], count: int) -> str:
    """On how many ratings, sessions or scores a chart rests. words: `rests_on`, for one and for several."""
    one, several = words["rests_on"]
    return str(one if count == 1 else several).format(count=count)


def none_of(words: Mapping[str, Any], during: Span) -> str:
    """What will stand here, or that there is nothing in the days that were chosen."""
    return str(words["empty"] if during.is_all else content.prose("charts")["days"]["none"])
