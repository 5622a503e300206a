"""What two sortings tell: what both could imagine, and nothing of cards that only one of them knows."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.book.conftest import Couple
from workbook.book import ballots, sortings
from workbook.entries import UNSEEN, Alternative, Sorting

PLACES = st.dictionaries(st.sampled_from("abcdef"), st.sampled_from(["now", "maybe", "not for me"]))


def test_what_both_could_do_now_stands_apart_from_what_both_could_imagine() -> None:
    mine = {"book": "now", "doctor": "maybe", "retreat": "now", "mediation": "not for me", "class": "now"}
    theirs = {"book": "now", "doctor": "now", "retreat": "not for me", "mediation": "now"}
    assert sortings.both_could(mine, theirs) == sortings.Shared(("book",), ("doctor",))


@given(PLACES, PLACES)
def test_a_card_that_either_put_aside_is_never_shown(mine: dict[str, str], theirs: dict[str, str]) -> None:
    both = sortings.both_could(mine, theirs)
    for card in (*both.now, *both.maybe):
        assert "not for me" not in (mine[card], theirs[card])


@given(PLACES, PLACES)
def test_both_see_the_same_cards(mine: dict[str, str], theirs: dict[str, str]) -> None:
    here, there = sortings.both_could(mine, theirs), sortings.both_could(theirs, mine)
    assert (set(here.now), set(here.maybe)) == (set(there.now), set(there.maybe))


@pytest.mark.parametrize("is_shared", [True, False])
def test_of_a_card_of_ones_own_only_what_was_shared_is_told(couple: Couple, is_shared: bool) -> None:
    card = couple.ana.write(Alternative(what="A bench by the canal"))
    if is_shared:
        couple.ana.share(card)
    sortings.seal(couple.ana, Sorting(places={"book": "now", card: "now"}))
    sortings.seal(couple.ben, Sorting(places={"book": "now"}))
    ballots.settle(couple.ana)
    theirs = ballots.standing(couple.ben, sortings.BALLOT).theirs
    assert theirs == {"places": {"book": "now"} | ({card: "now"} if is_shared else {})}
    told = repr([couple.ben.entries(kind) for kind in UNSEEN])
    assert (card in told) == is_shared
    assert [dict(each.entry.places) for each in couple.ana.entries(Sorting)] == [{"book": "now", card: "now"}]


def test_the_book_grows_for_both_when_either_writes(couple: Couple) -> None:
    before = couple.ben.extent()
    assert couple.ben.extent() == before
    couple.ana.write(Alternative(what="A choir"), "ours")
    assert couple.ben.extent() == before + 1
