"""The vote on a therapist: one's own list is sealed, and what both can live with stands there, no more."""

from __future__ import annotations

from collections.abc import Sequence
from math import isnan
from typing import TYPE_CHECKING, Any

import msgspec

from workbook.book import Written, ballots, candidates
from workbook.book.ballots import Standing
from workbook.book.candidates import RANKING
from workbook.entries import Candidate, Ranking
from workbook.formats import money
from workbook.insight import choice
from workbook.steps.drawn import table
from workbook.steps.together import Together
from workbook.widgets import (
    Found,
    Listed,
    Named,
    Opened,
    Pairing,
    Showing,
    Sortable,
    Tick,
)

if TYPE_CHECKING:
    from workbook.steps.drawn import Writing
from workbook.steps.page import Page

Values = dict[str, Any]


def vote(p: Page) -> None:
    """Two names side by side, what comes of it, and, by both's consent, how the two lists lie."""
    _pairs(p)

    def follow_consent() -> None:
        candidates.follow_consent(p.book)

    p.on_change(follow_consent)
    follow_consent()
    p.outcome(lambda: _found(p), lambda yes: _tick(p, yes))
    words = p.text["differ"]
    picture = p.chart(words["question"], lambda narrow: _differences(p, narrow), height=300)
    lists = Together(p, picture)

    def follow() -> None:
        lists.show(_are_open(p))

    p.on_change(follow)
    follow()


def suggested(p: Page) -> tuple[str, ...]:
    """Whom the vote suggests, by key; nobody before both have voted, or at an impasse."""
    votes = _votes(p, _standing(p))
    return choice.fallback_bargaining(*votes).winners if votes else ()


# One's own list


def _pairs(p: Page) -> None:
    kept = ballots.own(p.book, RANKING)
    begun: tuple[Sequence[str], int] = (kept.entry.order, kept.entry.acceptable) if kept else ((), 0)
    pairing = Pairing(
        lambda: [_sortable(p, each) for each in candidates.in_the_vote(p.book)],
        p.text["pairs"] | {"withdraw": p.text["ballot"]["withdraw"]},
        begun=begun,
        standing=lambda: str(
            p.text["pairs"]["standing"].get(_state(p)) or p.text["ballot"].get(_state(p), "")
        ),
        left_out=lambda: _left_out(p),
        on_save=lambda typed: _seal(p, typed),
        on_withdraw=lambda: _withdraw(p),
    )
    p.on_change(pairing.refresh)
    p.form("ranking", pairing)


def _sortable(p: Page, written: Written[Candidate]) -> Sortable:
    entry, fields = written.entry, p.text["fields"]
    told = ("approach", "distance", "hours")
    fee = p.text["cards"]["fee"].format(fee=money(entry.fee, p.book.settings().currency)) if entry.fee else ""
    lines = [(f"{fields[name]['label']}:", getattr(entry, name)) for name in told]
    return Sortable(
        key=written.key,
        title=entry.name,
        what=fee,
        lines=tuple(line for line in lines if line[1]),
    )


def _left_out(p: Page) -> str:
    """Names that only one of the two can read are not in the vote, and that is said."""
    count = len(p.book.once(Candidate)) - len(candidates.in_the_vote(p.book))
    one, several = p.text["pairs"]["left_out"]
    return str(one if count == 1 else several).format(count=count) if count else ""


def _seal(p: Page, typed: Values) -> Values:
    ranking = Ranking(order=tuple(typed["order"]), acceptable=int(typed["acceptable"]))
    ballots.seal(p.book, RANKING, ranking)
    p.wrote()
    return typed


def _withdraw(p: Page) -> None:
    ballots.withdraw(p.book, RANKING)
    p.wrote()


# What comes of it


def _standing(p: Page) -> Standing:
    return ballots.standing(p.book, RANKING)


def _state(p: Page) -> str:
    return _standing(p).state


def _votes(p: Page, standing: Standing) -> tuple[dict[str, Sequence[str]], dict[str, int]] | None:
    """Both orders and lines, one's own first; None before both have voted."""
    if standing.mine is None or standing.theirs is None:
        return None
    sides = {p.book.name: standing.mine, str(p.book.partner): standing.theirs}
    orders = {member: tuple(side["order"]) for member, side in sides.items()}
    return dict(orders), {member: int(side["acceptable"]) for member, side in sides.items()}


def _found(p: Page) -> Found:
    """What both may know: who works for both, the suggested first. Nothing of orders, lines and ratings."""
    words, standing = p.text["outcome"], _standing(p)
    votes = _votes(p, standing)
    if votes is None:
        return msgspec.convert(words[standing.state], Found)
    won = choice.fallback_bargaining(*votes)
    if won.winners:
        found = _matched(p, won.winners, choice.common(*votes))
    else:
        found = msgspec.convert(words["impasse"], Found)
    return msgspec.structs.replace(found, tick=_shown_tick(p, standing), opened=_opened(p, standing, votes))


def _matched(p: Page, winners: Sequence[str], common: Sequence[str]) -> Found:
    """The suggested ones, then the others by name: their places in the lists stay untold."""
    words, known = p.text["outcome"]["matched"], _known(p)
    mark = words["suggested" if len(winners) == 1 else "tied"]
    rest = sorted((key for key in common if key not in winners), key=lambda key: _name(p, key).casefold())
    names = [_named(p, key, mark, known) for key in winners] + [_named(p, key, "", known) for key in rest]
    sentence = words["one" if len(common) == 1 else "several" if len(winners) == 1 else "tie"]
    return Found(title=words["title"], sentences=(sentence, words["next"]), names=tuple(names))


def _named(p: Page, key: str, mark: str, known: dict[str, Candidate]) -> Named:
    entry = known.get(key)
    return Named(_name(p, key), " · ".join(entry.contact.split("\n")) if entry else "", mark)


def _known(p: Page) -> dict[str, Candidate]:
    return {each.key: each.entry for each in p.book.once(Candidate)}


def _name(p: Page, key: str) -> str:
    return candidates.names(p.book).get(key, str(p.text["outcome"]["unknown"]))


# What both agree to show


def _are_open(p: Page) -> bool:
    return candidates.lists_are_open(p.book, _standing(p))


def _shown_tick(p: Page, standing: Standing) -> Tick:
    words = p.text["outcome"]["tick"]
    return Tick(words["label"], words["hint"], ballots.consents(p.book, candidates.lists_of(standing)))


def _tick(p: Page, yes: bool) -> None:
    ballots.consent(p.book, candidates.lists_of(_standing(p)), yes)
    p.wrote()


def _opened(
    p: Page, standing: Standing, votes: tuple[dict[str, Sequence[str]], dict[str, int]]
) -> Opened | None:
    if not candidates.lists_are_open(p.book, standing):
        return None
    words, (orders, lines) = p.text["outcome"]["opened"], votes
    lists = [
        Listed(
            words["list"].format(name=member),
            tuple(_name(p, key) for key in order[: lines[member]]),
            tuple(_name(p, key) for key in order[lines[member] :]),
        )
        for member, order in orders.items()
    ]
    return Opened(
        title=words["title"],
        line=words["line"],
        lists=tuple(lists),
        course_title=words["course_title"],
        course=tuple(_course(p, orders, lines)),
    )


def _course(p: Page, orders: dict[str, Sequence[str]], lines: dict[str, int]) -> list[str]:
    """How the result came about, a sentence a rank, and one more where a tie was broken or none was found."""
    words, ranks = p.text["outcome"]["opened"], choice.course(orders, lines)
    told = [_rank(p, rank) for rank in ranks]
    won, stood = choice.fallback_bargaining(orders, lines), ranks[-1].common if ranks else ()
    if not won.winners:
        return [*told, words["impasse"]]
    if len(won.winners) < len(stood):
        points = " · ".join(f"{_name(p, key)} {won.borda[key]}" for key in stood)
        told.append(words["tie_broken"].format(points=points))
    return told


def _rank(p: Page, rank: choice.Rank) -> str:
    words = p.text["outcome"]["opened"]
    read = [
        words["adds" if key else "line_drawn"].format(member=member, name=_name(p, key) if key else "")
        for member, key in rank.read.items()
    ]
    found = ", ".join(_name(p, key) for key in rank.common)
    end = words["in_both"].format(names=found) if found else words["in_neither"]
    return str(words["rank"].format(read="; ".join(read), end=end))


def _differences(p: Page, narrow: bool) -> Showing:
    """A dumbbell for each candidate whom somebody rated; nothing while the lists are not open."""
    from workbook.charts import draw_dumbbells, to_svg
    from workbook.insight import ratings

    words, partner = p.text["differ"], str(p.book.partner)
    if not _are_open(p):
        return Showing(empty=words["empty"])
    given = p.text["criteria"]["begun"]
    mine, theirs = (candidates.means(p.book, member, given) for member in (p.book.name, partner))
    frame = ratings.side_by_side(candidates.names(p.book), mine, theirs)
    if frame.empty:
        return Showing(empty=words["empty"])
    labels = (words["you"].format(name=p.book.name), partner)
    columns = (frame[name] for name in ("candidate", "mine", "theirs"))
    values = list(zip(*columns, strict=True))
    return Showing(
        finding=ratings.finding(frame),
        rests_on=words["rests_on"],
        svg=to_svg(draw_dumbbells(frame, "narrow" if narrow else "wide", labels)),
        table=table(
            [words["column"], *labels],
            lambda write: [
                [str(name), _figure(mean, write), _figure(other, write)] for name, mean, other in values
            ],
        ),
    )


def _figure(mean: float, write: Writing) -> str:
    return "" if isnan(mean) else write.number(mean)
