"""Fallback bargaining: by hand, and what always holds."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbook.insight.choice import Choice, Rank, common, course, fallback_bargaining

NAMES = "abcdefg"
FIRST_PAIR = {"r": list("xpyqr"), "k": list("qryxp")}


@st.composite
def votes(draw: st.DrawFn) -> tuple[dict[str, list[str]], dict[str, int]]:
    """Two or three orders, each over some of seven candidates, and a line in some of them."""
    members = draw(st.sampled_from([["r", "k"], ["r", "k", "m"]]))
    orders = {
        member: draw(st.permutations(NAMES).map(list))[: draw(st.integers(0, len(NAMES)))]
        for member in members
    }
    lines = {member: draw(st.integers(0, len(order))) for member, order in orders.items()}
    return orders, {member: line for member, line in lines.items() if draw(st.booleans())}


def accepted(orders: dict[str, list[str]], lines: dict[str, int]) -> dict[str, list[str]]:
    return {member: order[: lines.get(member, len(order))] for member, order in orders.items()}


# By hand


def test_the_first_to_stand_in_both_orders_is_chosen() -> None:
    choice = fallback_bargaining(FIRST_PAIR)
    assert (choice.winners, choice.depth) == (("y",), 3)
    choice = fallback_bargaining({"r": list("abcd"), "k": list("cadb")})
    assert (choice.winners, choice.depth) == (("a",), 2)


def test_what_lies_below_a_line_never_counts() -> None:
    choice = fallback_bargaining(FIRST_PAIR, {"r": 2, "k": 2})
    assert (choice.winners, choice.depth) == ((), None)
    choice = fallback_bargaining(FIRST_PAIR, {"k": 2})
    assert (choice.winners, choice.depth) == (("q",), 4)


def test_points_are_given_over_all_candidates() -> None:
    assert fallback_bargaining(FIRST_PAIR).borda == {"x": 5, "p": 3, "y": 4, "q": 5, "r": 3}


def test_a_tie_at_one_depth_breaks_by_points() -> None:
    # At depth 3 b and c stand in both. Of five candidates' points, b has 3 + 2 and c has 2 + 4.
    choice = fallback_bargaining({"r": list("abcd"), "k": list("cdbea")})
    assert (choice.winners, choice.depth) == (("c",), 3)
    assert (choice.borda["b"], choice.borda["c"]) == (5, 6)


def test_a_tie_that_points_cannot_break_is_shown_as_one() -> None:
    choice = fallback_bargaining({"r": ["a", "b"], "k": ["b", "a"]})
    assert choice == Choice(("a", "b"), 2, {"a": 1, "b": 1})


def test_one_candidate_whom_both_accept_is_chosen() -> None:
    assert fallback_bargaining({"r": ["a"], "k": ["a"]}) == Choice(("a",), 1, {"a": 0})
    assert fallback_bargaining({"r": ["a"], "k": ["a"]}, {"k": 0}).depth is None


def test_all_below_the_line_is_an_impasse() -> None:
    assert fallback_bargaining(FIRST_PAIR, {"r": 0, "k": 0}).winners == ()
    assert course(FIRST_PAIR, {"r": 0, "k": 0}) == []


def test_who_stands_in_one_order_only_cannot_be_chosen_and_does_no_harm() -> None:
    choice = fallback_bargaining({"r": ["new", "a", "b"], "k": ["gone", "b"]})
    assert (choice.winners, choice.depth) == (("b",), 3)
    assert fallback_bargaining({"r": ["a"], "k": []}).winners == ()
    assert fallback_bargaining({"r": [], "k": []}) == Choice((), None, {})


def test_the_course_tells_rank_by_rank_what_each_adds() -> None:
    assert course(FIRST_PAIR, {"k": 2}) == [
        Rank(1, {"r": "x", "k": "q"}, ()),
        Rank(2, {"r": "p", "k": "r"}, ()),
        Rank(3, {"r": "y", "k": None}, ()),
        Rank(4, {"r": "q", "k": None}, ("q",)),
    ]


def test_everyone_whom_both_accept_is_listed_in_nobodys_order() -> None:
    assert common({"r": list("dcba"), "k": list("cbad")}, {"k": 3}) == ("a", "b", "c")


# What is refused


@pytest.mark.parametrize(
    ("orders", "lines", "words"),
    [
        ({}, None, "at least two members"),
        ({"r": ["a"]}, None, "at least two members"),
        ({"r": ["a", "b", "a"], "k": ["a"]}, None, "the order of 'r' twice"),
        ({"r": ["a"], "k": ["a"]}, {"k": 2}, "the line of 'k' should lie between 0 and 1"),
        ({"r": ["a"], "k": ["a"]}, {"r": -1}, "the line of 'r' should lie between 0 and 1"),
        ({"r": ["a"], "k": ["a"]}, {"m": 1}, "a line of 'm', but no order"),
    ],
)
def test_what_cannot_be_counted_is_refused_in_words(orders, lines, words) -> None:
    for refuses in (fallback_bargaining, course, common):
        with pytest.raises(ValueError, match=words):
            refuses(orders, lines)


# What always holds


@given(votes())
def test_every_winner_is_acceptable_to_everyone(vote) -> None:
    orders, lines = vote
    for winner in fallback_bargaining(orders, lines).winners:
        assert all(winner in names for names in accepted(orders, lines).values())


@given(votes())
def test_no_other_candidate_stands_higher_with_everyone(vote) -> None:
    orders, lines = vote
    for winner in fallback_bargaining(orders, lines).winners:
        for other in common(orders, lines):
            higher = [order.index(other) < order.index(winner) for order in orders.values()]
            assert not all(higher), (winner, other)


@given(votes())
def test_the_least_content_member_could_not_be_better_off(vote) -> None:
    orders, lines = vote
    worst = {name: max(order.index(name) + 1 for order in orders.values()) for name in common(orders, lines)}
    choice = fallback_bargaining(orders, lines)
    assert choice.depth == min(worst.values(), default=None)
    assert set(choice.winners) <= {name for name in worst if worst[name] == choice.depth}
    assert bool(choice.winners) == bool(worst)


@given(votes(), st.permutations(NAMES))
def test_other_names_for_candidates_change_nothing_but_labels(vote, others) -> None:
    orders, lines = vote
    called = dict(zip(NAMES, others, strict=True))
    renamed = {member: [called[name] for name in order] for member, order in orders.items()}
    before, after = fallback_bargaining(orders, lines), fallback_bargaining(renamed, lines)
    assert set(after.winners) == {called[name] for name in before.winners}
    assert after.depth == before.depth
    assert after.borda == {called[name]: points for name, points in before.borda.items()}


@given(votes())
def test_it_makes_no_difference_who_is_named_first_or_how(vote) -> None:
    orders, lines = vote
    choice = fallback_bargaining(orders, lines)
    for members in permutations(orders):
        assert fallback_bargaining({member: orders[member] for member in members}, lines) == choice
    other = {f"the {member}": order for member, order in orders.items()}
    assert fallback_bargaining(other, {f"the {member}": line for member, line in lines.items()}) == choice


@given(votes())
def test_the_course_ends_where_the_choice_was_made(vote) -> None:
    orders, lines = vote
    ranks, choice = course(orders, lines), fallback_bargaining(orders, lines)
    assert [rank.depth for rank in ranks] == list(range(1, len(ranks) + 1))
    assert all(rank.common == () for rank in ranks[:-1])
    if choice.depth is None:
        assert len(ranks) == max(len(names) for names in accepted(orders, lines).values())
    else:
        assert (ranks[-1].depth, set(choice.winners) <= set(ranks[-1].common)) == (choice.depth, True)
    for member, names in accepted(orders, lines).items():
        assert [rank.read[member] for rank in ranks if rank.read[member]] == names[: len(ranks)]
