"""Whether sessions have fitted less of late, by one's own answers: a reason to say so in the next one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

LOOKED_AT = 3
"""How many of the last answered sessions are compared."""
LEAST = 2
"""Points; a single one less is within what an answer varies by."""
ASKED = ("understood", "pace")
"""The scales that say how a session fitted."""


@dataclass(frozen=True, slots=True)
class Answered:
    """One session and what one answered about how it fitted, 0–10 or None. session: its id."""

    session: str
    on: date
    understood: int | None
    pace: int | None


@dataclass(frozen=True, slots=True)
class Fall:
    """A scale that fell. values: its last three answers. sessions: those that they are about, as ids."""

    scale: str
    values: tuple[int, ...]
    sessions: tuple[str, ...]


def falls(answered: Sequence[Answered]) -> list[Fall]:
    """The scales that fell over the last three sessions for which they were answered.

    answered: in time order. Fell: never rose in between, and is at least two points lower in the end.
    """
    found = []
    for scale in ASKED:
        given = [each for each in answered if getattr(each, scale) is not None][-LOOKED_AT:]
        values = tuple(getattr(each, scale) for each in given)
        if len(values) == LOOKED_AT and _fell(values):
            found.append(Fall(scale, values, tuple(each.session for each in given)))
    return found


def _fell(values: Sequence[int]) -> bool:
    return list(values) == sorted(values, reverse=True) and values[0] - values[-1] >= LEAST
