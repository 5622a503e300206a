"""How far the goals are: where each one stands, and all of them taken together."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pandas import DataFrame

AS_HOPED = 0
"""The level at which a goal is what was hoped for when it was set."""


@dataclass(frozen=True, slots=True)
class Standing:
    """One goal and the levels it was rated at.

    goal: the id of the goal. importance, difficulty: 1–3.
    path: (day, level −2 … +2) in time order, one a day; empty if never rated.
    """

    goal: str
    title: str
    importance: int
    difficulty: int
    path: tuple[tuple[date, int], ...]

    @property
    def first(self) -> int | None:
        """The level at the first rating; None if never rated."""
        return self.path[0][1] if self.path else None

    @property
    def now(self) -> int | None:
        """The level at the last rating; None if never rated."""
        return self.path[-1][1] if self.path else None


def t_score(levels: Sequence[int], weights: Sequence[float] | None = None, rho: float = 0.3) -> float:
    """Goal attainment T-score of several goals taken together.

    levels: attained level of each goal, −2 … +2, where 0 is "as hoped".
    weights: importance × difficulty of each goal, > 0; all equal if left out.
    rho: assumed correlation between goals, 0 ≤ rho < 1.
    Returns T, where 50 means that on the whole things went as hoped; SD 10 under the model.
    Raises ValueError for no goal, a level outside −2 … +2, a weight ≤ 0 or without end, as many
    weights as there are not goals, or a rho outside its range.
    Source: Kiresuk & Sherman 1968.
    """
    attained = _levels(levels)
    shares = _shares(weights, len(attained))
    if not 0 <= rho < 1:
        raise ValueError("rho should be at least 0 and below 1")
    gained = math.fsum(share * level for share, level in zip(shares, attained, strict=True))
    squares = math.fsum(share * share for share in shares)
    spread = math.sqrt((1 - rho) * squares + rho * math.fsum(shares) ** 2)
    return 50 + 10 * gained / spread


def standings(goals: DataFrame, ratings: DataFrame) -> list[Standing]:
    """Where each goal stands, in the order of the goals.

    goals: a frame of Goal. ratings: a frame of GoalRating, of one member.
    Of several ratings on one day the last written counts. A rating whose goal is not there is left out.
    """
    paths = _paths(ratings)
    columns = (goals[name] for name in ("id", "title", "importance", "difficulty"))
    return [
        Standing(str(goal), str(title), int(importance), int(difficulty), tuple(paths.get(goal, ())))
        for goal, title, importance, difficulty in zip(*columns, strict=True)
    ]


def finding(standings: Sequence[Standing]) -> str:
    """What the ladders show, in one sentence: "3 of 5 at or above what you hoped."."""
    rated = [standing.now for standing in standings if standing.now is not None]
    unrated = len(standings) - len(rated)
    if not standings:
        return "No goals yet."
    if not rated:
        return (
            "Your goal is not rated yet." if unrated == 1 else f"None of your {unrated} goals is rated yet."
        )
    reached = sum(level >= AS_HOPED for level in rated)
    waiting = f"; {unrated} not rated yet" if unrated else ""
    return f"{_at_or_above(reached, len(rated), alone=not unrated)}{waiting}."


def _at_or_above(reached: int, rated: int, alone: bool) -> str:
    hoped = "at or above what you hoped"
    if rated == 1:
        which = "Your goal" if alone else "The one rated goal"
        return f"{which} is {hoped}" if reached else f"{which} is below what you hoped"
    of = f"of {rated}" if alone else f"of {rated} rated goals"
    return f"{reached or 'None'} {of} {hoped}"


def _levels(levels: Sequence[int]) -> list[int]:
    attained = list(levels)
    if not attained:
        raise ValueError("there should be at least one goal")
    if not all(-2 <= level <= 2 for level in attained):
        raise ValueError("a level should lie between −2 and +2")
    return attained


def _shares(weights: Sequence[float] | None, count: int) -> list[float]:
    """The weights as parts of the largest one: T depends on their ratio alone, and no square overflows."""
    given = [1.0] * count if weights is None else list(weights)
    if len(given) != count:
        raise ValueError("there should be one weight for each goal")
    if not all(0 < weight < math.inf for weight in given):
        raise ValueError("a weight should be a number above 0")
    heaviest = max(given)
    return [weight / heaviest for weight in given]


def _paths(ratings: DataFrame) -> dict[str, list[tuple[date, int]]]:
    in_order = ratings.sort_values(["on", "written_at"], kind="stable")
    last_of_a_day = in_order.drop_duplicates(["goal", "on"], keep="last")
    paths: dict[str, list[tuple[date, int]]] = {}
    columns = (last_of_a_day[name] for name in ("goal", "on", "level"))
    for goal, on, level in zip(*columns, strict=True):
        paths.setdefault(goal, []).append((on.date(), int(level)))
    return paths
