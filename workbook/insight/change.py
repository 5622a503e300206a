"""Whether something changed: between two measurements, and along a row of ratings."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]

Verdict = Literal["too early", "no clear change", "rising", "falling"]

Z_95 = 1.96
"""Beyond this, a standard normal value comes up by chance one time in twenty (Jacobson & Truax 1991)."""
CHANCE = 0.05
"""How often a verdict of rising or falling may be chance alone."""
FEWEST_RATINGS = 8
"""With fewer ratings than this no verdict is given."""
LAST = 5
"""How many of the last ratings a sentence speaks of."""
DAYS_A_MONTH = 30


@dataclass(frozen=True, slots=True)
class ReliableChange:
    """Whether two scores differ by more than the scale's own noise.

    index: RC, the difference in standard errors of a difference.
    threshold: the points beyond which a difference is reliable.
    """

    index: float
    threshold: float
    reliable: bool


@dataclass(frozen=True, slots=True)
class Trend:
    """Which way ratings go. slope, low, high: points per 30 days and their 95 % interval; NaN if unknown."""

    slope: float
    low: float
    high: float
    verdict: Verdict


def reliable_change(before: float, after: float, sd: float, reliability: float) -> ReliableChange:
    """Whether the change between two scores is more than noise, at 95 %.

    before, after: scores, in points. sd: standard deviation of the scale in the population it is
    compared with, in points, > 0. reliability: 0 ≤ r < 1.
    Raises ValueError for a score that is not a finite number, an sd ≤ 0 or a reliability outside its range.
    Source: Jacobson & Truax 1991.
    """
    if not (math.isfinite(before) and math.isfinite(after)):
        raise ValueError("a score should be a finite number")
    if not 0 < sd < math.inf:
        raise ValueError("a standard deviation should be a number above 0")
    if not 0 <= reliability < 1:
        raise ValueError("a reliability should be at least 0 and below 1")
    standard_error = sd * math.sqrt(1 - reliability)
    of_a_difference = math.sqrt(2) * standard_error
    index = (after - before) / of_a_difference
    return ReliableChange(index, Z_95 * of_a_difference, abs(index) > Z_95)


def trend(days: Iterable[object], values: Iterable[object], sized: bool = True) -> Trend:
    """Which way the ratings of one scale go.

    days: dates, datetimes or numbers of days, in any order; several on one day are allowed.
    values: the ratings, one a day given; missing ones (None, NaN, NA) are left out.
    sized: whether the slope is wanted. It looks at every pair of ratings, the verdict does not.
    The verdict is Kendall's tau-b at 5 %, which allows for ties; the size is the Theil–Sen slope with its
    95 % interval in points per 30 days. With many ties the slope can be 0 although the verdict is clear.
    Under 8 ratings the verdict is "too early", and with all of them on one day "no clear change"; both
    without a slope (NaN), as is every trend that is not sized.
    Raises ValueError if there are not as many values as days.
    Sources: Kendall 1945; Sen 1968.
    """
    when, rated = answered(days, values)
    unknown = (math.nan,) * 3
    if len(rated) < FEWEST_RATINGS:
        return Trend(*unknown, "too early")
    if when[0] == when[-1]:
        return Trend(*unknown, "no clear change")
    return Trend(*(_slope(when, rated) if sized else unknown), _verdict(when, rated))


def answered(days: Iterable[object], values: Iterable[object]) -> tuple[Numbers, Numbers]:
    """The days and values of the ratings that were given, in time order, as floats.

    Days are counted from 1 January 1970, unless they came as numbers. Ratings on one day keep their order.
    Raises ValueError if there are not as many values as days.
    """
    import numpy as np

    when = _day_numbers(days)
    rated = _numbers(values)
    if len(when) != len(rated):
        raise ValueError("there should be one value for each day")
    known = np.isfinite(when) & np.isfinite(rated)
    order = np.argsort(when[known], kind="stable")
    return when[known][order], rated[known][order]


def scale_finding(trend: Trend, values: Iterable[object]) -> str:
    """What the ratings of one scale show, in one or two plain sentences.

    values: the ratings in time order, those that `trend` was made from; missing ones are left out.
    """
    rated = [value for value in _numbers(values).tolist() if math.isfinite(value)]
    if not rated:
        return "Not answered yet."
    if trend.verdict == "too early":
        return f"Too early to tell: {len(rated)} of {FEWEST_RATINGS} ratings."
    if trend.verdict == "falling":
        return "Lower lately. That doesn't say why."
    if trend.verdict == "rising":
        return f"Rising lately. {between(rated).capitalize()}."
    return f"Can't tell yet. {between(rated).capitalize()}."


def between(values: Sequence[float]) -> str:
    """Where the last few of the ratings lie, such as "between 3 and 6, the last 5".

    values: in time order, at least one.
    """
    last = values[-LAST:]
    low, high = min(last), max(last)
    where = f"{low:g} each time" if low == high else f"between {low:g} and {high:g}"
    return f"{where}, the last {len(last)}"


def _day_numbers(days: Iterable[object]) -> Numbers:
    import numpy as np
    from pandas import Series

    if isinstance(days, Series) and days.dtype.kind == "M":  # at once: one by one they would be Timestamps
        return _days_since_1970(days.to_numpy("datetime64[us]"))
    days = list(days)
    if not any(isinstance(day, date | np.datetime64) for day in days):
        return _numbers(days)
    return _days_since_1970(np.array(days, dtype="datetime64[us]"))


def _days_since_1970(moments: Any) -> Numbers:
    import numpy as np

    return np.asarray((moments - np.datetime64(0, "us")) / np.timedelta64(1, "D"), dtype=float)


def _numbers(values: Iterable[Any]) -> Numbers:
    """The values as floats, with NaN for None and pandas' NA."""
    import numpy as np
    from pandas import NA, Series

    if isinstance(values, Series) and values.dtype.kind in "iuf":
        return values.to_numpy(dtype=float, na_value=math.nan)
    return np.array([math.nan if value is None or value is NA else value for value in values], dtype=float)


def _slope(when: Numbers, rated: Numbers) -> tuple[float, float, float]:
    import numpy as np
    from scipy.stats import theilslopes

    # Where nearly all days and values are tied, the variance of Sen's interval comes out below zero.
    with np.errstate(invalid="ignore"):
        fit = theilslopes(rated, when, alpha=0.95)
    slope, low, high = (float(part) * DAYS_A_MONTH for part in (fit.slope, fit.low_slope, fit.high_slope))
    return slope, low, high


def _verdict(when: Numbers, rated: Numbers) -> Verdict:
    from scipy.stats import kendalltau

    if rated.min() == rated.max():
        return "no clear change"
    tau, p = kendalltau(when, rated)
    if not p < CHANCE:
        return "no clear change"
    return "rising" if tau > 0 else "falling"
