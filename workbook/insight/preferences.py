"""What two people's preferences for a therapist have in common, and ways to serve both where they differ."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Literal

import msgspec

ANY = "any"
NAMED = ("language", "culture", "faith", "lgbtq", "access")
"""Wishes in one's own words."""

Gender = Literal["anyone", "one", "either", "apart"]
Alone = Literal["both", "neither", "differ"]


class Meeting(msgspec.Struct, frozen=True):
    """What both can live with.

    gender: anyone · one, which suits both · either, since nobody insists · apart, no one person meets both.
    suits: the gender, where it is one. alone: how both see sessions alone. named: the wishes in one's own
    words that both have, by field.
    """

    gender: Gender
    suits: str = ""
    alone: Alone = "differ"
    named: tuple[str, ...] = ()


def meet(mine: Mapping[str, Any], theirs: Mapping[str, Any]) -> Meeting:
    """Where two preferences meet. Who of the two wished what can't be told from it where they differ.

    mine, theirs: the fields of a `Preference`, without its reasons. The order of the two makes no difference.
    """
    gender, suits = _gender(mine, theirs)
    both = tuple(name for name in NAMED if mine[name].strip() and theirs[name].strip())
    return Meeting(gender, suits, _alone(mine["alone"], theirs["alone"]), both)


def wishes(preference: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """What someone wishes for, as (field, value); what makes no difference to them is left out."""
    if preference["gender"] != ANY:
        yield "gender", preference["gender"]
    for name in NAMED:
        if preference[name].strip():
            yield name, preference[name].strip()
    if preference["alone"] != "no":
        yield "alone", preference["alone"]


def _gender(mine: Mapping[str, Any], theirs: Mapping[str, Any]) -> tuple[Gender, str]:
    wanted = {each["gender"] for each in (mine, theirs)} - {ANY}
    musts = {each["gender"] for each in (mine, theirs) if each["how"] == "must"} - {ANY}
    if not wanted:
        return "anyone", ""
    if len(wanted) == 1:
        return "one", wanted.pop()
    if len(musts) == 1:
        return "one", musts.pop()
    return ("apart" if musts else "either"), ""


def _alone(mine: str, theirs: str) -> Alone:
    if mine == theirs == "no":
        return "neither"
    return "differ" if "no" in (mine, theirs) else "both"
