"""Two names side by side: few taps, the true order, a line, and each tap undone."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbook.insight.pairs import Answer, InOrder, Tap, sort_by_pairs

FIVE = "abcde"


def asked(names: str, wanted: str, line: int, order: str = "", acceptable: int = 0) -> list[Tap]:
    """The taps of someone whose true order is `wanted`, the first `line` of whom would do."""
    taps: list[Tap] = []
    while (pair := sort_by_pairs(names, taps, order, acceptable).pair) is not None:
        taps.append(Tap(*pair, answer(*(wanted.index(name) for name in pair), line)))
    return taps


def answer(this: int, that: int, line: int) -> Answer:
    """What one says of two ranks; from `line` on nobody would do."""
    if min(this, that) >= line:
        return "neither"
    return "this" if this < that else "that"


wishes = st.integers(0, 7).flatmap(lambda count: st.permutations("abcdefg"[:count]).map("".join))


# By hand


def test_nothing_is_asked_about_nobody_or_one() -> None:
    assert sort_by_pairs([], []) == InOrder((), 0, None, 0)
    assert sort_by_pairs(["a"], []) == InOrder(("a",), 1, None, 0)


def test_the_second_name_is_asked_against_the_first() -> None:
    assert sort_by_pairs("ab", []) == InOrder(("a",), 1, ("b", "a"), 1)
    assert sort_by_pairs("ab", [Tap("b", "a", "this")]) == InOrder(("b", "a"), 2, None, 0)
    assert sort_by_pairs("ab", [Tap("b", "a", "that")]) == InOrder(("a", "b"), 2, None, 0)


def test_neither_draws_the_line_above_the_other_name_and_all_below_it() -> None:
    taps = [Tap("b", "a", "that"), Tap("c", "b", "neither")]
    assert sort_by_pairs("abc", taps) == InOrder(("a", "b", "c"), 1, None, 0)
    assert sort_by_pairs("ab", [Tap("b", "a", "neither")]) == InOrder(("a", "b"), 0, None, 0)


def test_below_the_line_only_the_first_is_asked_about() -> None:
    taps = [Tap("b", "a", "neither")]
    assert sort_by_pairs("abc", taps).pair == ("c", "a")
    assert sort_by_pairs("abc", [*taps, Tap("c", "a", "this")]) == InOrder(("c", "a", "b"), 1, None, 0)
    for answer in ("that", "neither"):
        assert sort_by_pairs("abc", [*taps, Tap("c", "a", answer)]) == InOrder(("a", "b", "c"), 0, None, 0)


def test_a_list_that_was_sorted_goes_on_with_whoever_is_new() -> None:
    assert sort_by_pairs("abc", [], "ba", 1) == InOrder(("b", "a"), 1, ("c", "a"), 2)
    assert sort_by_pairs("ab", [], "ba", 1) == InOrder(("b", "a"), 1, None, 0)


def test_who_has_gone_is_gone_from_the_list_and_from_above_the_line() -> None:
    assert sort_by_pairs("ac", [], "bac", 2) == InOrder(("a", "c"), 1, None, 0)


def test_a_name_that_is_there_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="twice"):
        sort_by_pairs("aba", [])
    with pytest.raises(ValueError, match="twice"):
        sort_by_pairs("ab", [], "aa", 1)
    with pytest.raises(ValueError, match="between 0 and 1"):
        sort_by_pairs("a", [], "a", 2)


@pytest.mark.parametrize(
    ("names", "most"), [("ab", 1), ("abc", 3), ("abcd", 5), (FIVE, 8), ("abcdefghijkl", 33)]
)
def test_five_names_take_eight_taps_at_most(names, most) -> None:
    assert sort_by_pairs(names, []).most_left == most


# What always holds


@given(wishes)
def test_whoever_could_live_with_all_gets_exactly_their_order(wanted) -> None:
    names = "".join(sorted(wanted))
    done = sort_by_pairs(names, asked(names, wanted, len(wanted)))
    assert ("".join(done.order), done.acceptable) == (wanted, len(wanted))


@given(wishes, st.data())
def test_above_the_line_stands_everyone_who_would_do_in_order(wanted, data) -> None:
    line = data.draw(st.integers(0, len(wanted)))
    names = "".join(sorted(wanted))
    done = sort_by_pairs(names, asked(names, wanted, line))
    assert "".join(done.order[:line]) == wanted[:line]
    assert sorted(done.order) == sorted(wanted)


@given(wishes, st.data())
def test_each_tap_brings_the_end_nearer(wanted, data) -> None:
    line = data.draw(st.integers(0, len(wanted)))
    names = "".join(sorted(wanted))
    taps = asked(names, wanted, line)
    left = [sort_by_pairs(names, taps[:count]).most_left for count in range(len(taps) + 1)]
    assert all(later < earlier for earlier, later in pairwise(left))
    assert left[-1] == 0


@given(wishes, st.data())
def test_undoing_a_tap_asks_the_same_again(wanted, data) -> None:
    names = "".join(sorted(wanted))
    taps = asked(names, wanted, data.draw(st.integers(0, len(wanted))))
    for count, tap in enumerate(taps):
        assert sort_by_pairs(names, taps[:count]).pair == (tap.this, tap.that)


@given(wishes, st.data())
def test_a_name_that_goes_meanwhile_leaves_the_others_sortable(wanted, data) -> None:
    names = "".join(sorted(wanted))
    taps = asked(names, wanted, len(wanted))
    left = "".join(name for name in names if data.draw(st.booleans()))
    found = sort_by_pairs(left, taps)
    rest = asked(left, wanted, len(wanted))
    done = sort_by_pairs(left, [*taps, *rest])
    assert set(found.order) <= set(left)
    assert "".join(done.order) == "".join(name for name in wanted if name in left)
