"""Fallback bargaining: whom of several candidates two members can agree on, and how that came about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

Orders = Mapping[str, Sequence[str]]
Lines = Mapping[str, int]


class Choice(msgspec.Struct, frozen=True):
    """What fallback bargaining leads to.

    winners: the suggested candidates, sorted; empty at an impasse, several at a tie.
    depth: how many ranks had to be read until one stood with all members; None at an impasse.
    borda: each candidate's points, n − 1 for a first place … 0, over all n candidates.
    """

    winners: tuple[str, ...]
    depth: int | None
    borda: dict[str, int]


class Rank(msgspec.Struct, frozen=True):
    """One rank of the course.

    depth: 1 is the top. read: by member, whom the rank adds, or None where the member's line lies above.
    common: who stands with all members once this rank is read, sorted.
    """

    depth: int
    read: dict[str, str | None]
    common: tuple[str, ...]


def fallback_bargaining(orders: Orders, acceptable: Lines | None = None) -> Choice:
    """Whom the members can agree on, read from the top of each order, one rank deeper at a time.

    orders: each member's candidates, the best first. A candidate that stands in only one of them, because
    it was added or erased in between, can't be agreed on.
    acceptable: how many from the top each member accepts; a member who is left out accepts all. What lies
    below that never counts.
    The first rank at which a candidate stands with all members decides; a tie breaks by Borda points over
    all candidates, where who is missing from an order has none there. What is left of a tie is returned.
    Raises ValueError for fewer than two members, a candidate that stands in an order twice, and a line
    that is not within its order or belongs to no member.
    Source: Brams & Kilgour 2001, "Fallback bargaining".
    """
    last = course(orders, acceptable)[-1:]
    borda = _borda(orders)
    if not last or not last[0].common:
        return Choice((), None, borda)
    most = max(borda[name] for name in last[0].common)
    return Choice(tuple(name for name in last[0].common if borda[name] == most), last[0].depth, borda)


def course(orders: Orders, acceptable: Lines | None = None) -> list[Rank]:
    """How a choice came about: each rank that was read, up to the one that decided or the last there is.

    Arguments and errors as for `fallback_bargaining`.
    """
    return list(_ranks(_accepted(orders, acceptable or {})))


def common(orders: Orders, acceptable: Lines | None = None) -> tuple[str, ...]:
    """Everyone whom all members accept, sorted: in no member's order.

    Arguments and errors as for `fallback_bargaining`.
    """
    return _in_all(_accepted(orders, acceptable or {}).values())


def _ranks(accepted: Mapping[str, Sequence[str]]) -> Iterator[Rank]:
    for depth in range(1, max(map(len, accepted.values())) + 1):
        read = {
            member: names[depth - 1] if depth <= len(names) else None for member, names in accepted.items()
        }
        found = _in_all(names[:depth] for names in accepted.values())
        yield Rank(depth, read, found)
        if found:
            return


def _in_all(lists: Iterable[Sequence[str]]) -> tuple[str, ...]:
    return tuple(sorted(set.intersection(*map(set, lists))))


def _accepted(orders: Orders, acceptable: Lines) -> dict[str, Sequence[str]]:
    """Each order down to its member's line."""
    if len(orders) < 2:
        raise ValueError("it takes the orders of at least two members")
    strangers = sorted(set(acceptable) - set(orders))
    if strangers:
        raise ValueError(f"there is a line of {strangers[0]!r}, but no order")
    return {member: order[: _line(member, order, acceptable)] for member, order in orders.items()}


def _line(member: str, order: Sequence[str], acceptable: Lines) -> int:
    if len(set(order)) != len(order):
        raise ValueError(f"a candidate stands in the order of {member!r} twice")
    line = acceptable.get(member, len(order))
    if not 0 <= line <= len(order):
        raise ValueError(f"the line of {member!r} should lie between 0 and {len(order)}")
    return line


def _borda(orders: Orders) -> dict[str, int]:
    names = sorted({name for order in orders.values() for name in order})
    points = dict.fromkeys(names, 0)
    for order in orders.values():
        for rank, name in enumerate(order, start=1):
            points[name] += len(names) - rank
    return points
