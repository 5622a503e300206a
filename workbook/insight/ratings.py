"""How two members rated candidates: a weighted mean each, side by side, and what that shows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from workbook import formats

if TYPE_CHECKING:
    from pandas import DataFrame

NEAR = 1.0
"""Points on the scale 0–10 within which two means count as near each other."""

Means = Mapping[str, float | None]


def weighted_mean(scores: Mapping[str, int], weights: Mapping[str, int]) -> float | None:
    """The mean of the answers, 0–10, each counted as often as its criterion weighs.

    scores: by criterion, 0–10; what was not answered is not there. weights: by criterion, 0–5.
    None where nothing was answered that counts. An answer to a criterion without a weight doesn't count.
    """
    counted = {name: weights.get(name, 0) for name in scores}
    whole = sum(counted.values())
    return sum(scores[name] * weight for name, weight in counted.items()) / whole if whole else None


def side_by_side(names: Mapping[str, str], mine: Means, theirs: Means) -> DataFrame:
    """One row a candidate whom somebody rated, in the order of the names: `candidate`, `mine`, `theirs`.

    names: what each candidate is called, by id. mine, theirs: means by id, 0–10; what is missing is NaN.
    """
    import pandas as pd

    rated = [key for key in names if mine.get(key) is not None or theirs.get(key) is not None]
    columns = {
        "candidate": pd.Series([names[key] for key in rated], dtype="string"),
        "mine": pd.Series([mine.get(key) for key in rated], dtype="float64"),
        "theirs": pd.Series([theirs.get(key) for key in rated], dtype="float64"),
    }
    return pd.DataFrame(columns)


def finding(frame: DataFrame) -> str:
    """What the two means show, in one sentence; it says nothing of who rated higher.

    frame: as from `side_by_side`.
    """
    if frame.empty:
        return "Nobody is rated yet."
    both = frame.dropna(subset=["mine", "theirs"])
    apart = (both["mine"] - both["theirs"]).abs().round(1)
    if both.empty:
        return "No name is rated by both of you yet."
    if len(both) == 1:
        return f"{both['candidate'].iloc[0]}: {_apart(apart.iloc[0])}.{_waiting(len(frame) - 1)}"
    near = int((apart <= NEAR).sum())
    said = f"Within one point of each other on {near} of {len(both)} names"
    if apart.max() > NEAR:
        farthest = both["candidate"].iloc[int(apart.argmax())]
        said += f"; farthest apart on {farthest}, by {formats.number(apart.max())}"
    return f"{said}.{_waiting(len(frame) - len(both))}"


def _apart(points: float) -> str:
    if not points:
        return "the same from both of you"
    return f"{formats.number(points)} points apart" if points != 1 else "1 point apart"


def _waiting(count: int) -> str:
    if not count:
        return ""
    return " 1 name is rated by one of you." if count == 1 else f" {count} names are rated by one of you."
