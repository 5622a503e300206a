"""How often a trend is said where there is none, or missed where there is one: simulated, one fixed seed."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest
from scipy.stats import kendalltau, theilslopes

from workbook.insight.change import trend

SERIES = 1_000
SESSIONS = [date(2026, 1, 5) + timedelta(weeks=week) for week in range(12)]


def ratings(rise: float, middle: float = 5) -> np.ndarray:
    """Whole numbers from 0 to 10 for twelve sessions, with noise of SD 1. rise: points from first to last."""
    expected = middle + rise * (np.linspace(0, 1, len(SESSIONS)) - 0.5)
    noise = np.random.default_rng(20260105).normal(0, 1, (SERIES, len(SESSIONS)))
    return np.clip(np.rint(expected + noise), 0, 10)


def verdicts(series: np.ndarray) -> list[str]:
    return [trend(SESSIONS, values, sized=False).verdict for values in series]


@pytest.mark.parametrize("middle", [2, 5, 8])
def test_a_trend_that_is_not_there_is_said_in_at_most_six_of_a_hundred(middle) -> None:
    said = verdicts(ratings(rise=0, middle=middle))
    assert 0 < sum(verdict in ("rising", "falling") for verdict in said) <= 0.06 * SERIES


@pytest.mark.parametrize(("rise", "verdict"), [(3.5, "rising"), (-3.5, "falling")])
def test_a_change_of_three_and_a_half_points_over_twelve_sessions_is_mostly_seen(rise, verdict) -> None:
    assert verdicts(ratings(rise)).count(verdict) >= 0.8 * SERIES


def test_the_verdict_and_the_slope_are_those_of_scipy() -> None:
    days = np.array([(on - SESSIONS[0]).days for on in SESSIONS], dtype=float)
    for values in ratings(rise=1.5)[:50]:
        found, (tau, p) = trend(SESSIONS, values), kendalltau(days, values)
        wanted = "no clear change" if p >= 0.05 else "rising" if tau > 0 else "falling"
        assert found.verdict == wanted
        assert found.slope == pytest.approx(30 * theilslopes(values, days).slope)


def test_the_verdict_alone_is_the_verdict_with_its_size() -> None:
    for values in ratings(rise=2)[:20]:
        sized, alone = trend(SESSIONS, values), trend(SESSIONS, values, sized=False)
        assert (alone.verdict, alone.slope == alone.slope) == (sized.verdict, False)
