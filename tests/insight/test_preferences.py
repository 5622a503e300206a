"""Where two preferences meet."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbook.entries import Preference
from workbook.insight.preferences import Meeting, meet, wishes

PREFERENCES = st.builds(
    Preference,
    gender=st.sampled_from(["woman", "man", "non-binary", "any"]),
    how=st.sampled_from(["must", "nice"]),
    language=st.sampled_from(["", " ", "Polish"]),
    faith=st.sampled_from(["", "Quaker"]),
    alone=st.sampled_from(["yes", "maybe", "no"]),
).map(msgspec.structs.asdict)


def preference(**said: Any) -> dict[str, Any]:
    return msgspec.structs.asdict(Preference(**said))


def test_who_has_no_wish_can_live_with_anyone() -> None:
    assert meet(preference(), preference()).gender == "anyone"


@pytest.mark.parametrize("how", ["must", "nice"])
def test_the_wish_of_one_suits_both_where_the_other_has_none(how: str) -> None:
    found = meet(preference(gender="woman", how=how), preference())
    assert (found.gender, found.suits) == ("one", "woman")


def test_a_must_goes_before_what_would_be_nice() -> None:
    found = meet(preference(gender="woman", how="nice"), preference(gender="man", how="must"))
    assert (found.gender, found.suits) == ("one", "man")


def test_two_that_would_be_nice_leave_both_open() -> None:
    assert meet(preference(gender="woman"), preference(gender="man")).gender == "either"


def test_two_different_musts_are_met_by_nobody() -> None:
    found = meet(preference(gender="woman", how="must"), preference(gender="non-binary", how="must"))
    assert found == Meeting("apart", "", "both")


@pytest.mark.parametrize(
    ("mine", "theirs", "both"),
    [("yes", "maybe", "both"), ("no", "no", "neither"), ("yes", "no", "differ"), ("no", "maybe", "differ")],
)
def test_sessions_alone_are_for_both_only_where_neither_minds(mine: str, theirs: str, both: str) -> None:
    assert meet(preference(alone=mine), preference(alone=theirs)).alone == both


def test_a_wish_in_own_words_is_told_only_as_one_that_both_have() -> None:
    found = meet(preference(language="Polish", faith="Quaker"), preference(language="German", faith=" "))
    assert found.named == ("language",)


def test_wishes_leave_out_what_makes_no_difference() -> None:
    assert list(wishes(preference(alone="no"))) == []
    said = preference(gender="man", language=" Polish ", alone="yes")
    assert list(wishes(said)) == [("gender", "man"), ("language", "Polish"), ("alone", "yes")]


@given(PREFERENCES, PREFERENCES)
def test_it_makes_no_difference_whose_is_whose(mine: dict[str, Any], theirs: dict[str, Any]) -> None:
    assert meet(mine, theirs) == meet(theirs, mine)


@given(PREFERENCES, PREFERENCES)
def test_what_suits_both_is_against_nobodys_must(mine: dict[str, Any], theirs: dict[str, Any]) -> None:
    found = meet(mine, theirs)
    for each in (mine, theirs):
        if found.gender == "one" and each["how"] == "must" and each["gender"] != "any":
            assert found.suits == each["gender"]
