"""Candidates for a therapist: who can be voted on, what counts, how each rates them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

import msgspec

from workbook.book import ballots
from workbook.book.ballots import Ballot, Standing
from workbook.book.book import Book, Item, new_id
from workbook.book.written import Written
from workbook.entries import Candidate, CandidateRating, Criterion, Entry, Ranking
from workbook.insight.ratings import weighted_mean

Kind = TypeVar("Kind", bound=Entry)

RANKING = Ballot("therapist", Ranking, ("order", "acceptable"))

Scores = Mapping[str, Mapping[str, int]]
"""By a candidate's key, the answers 0–10 by criterion."""

SHOWN: tuple[type[Entry], ...] = (CandidateRating, Criterion)
"""What each shows the other, beside the ballot, once both have ticked."""


def in_the_vote(book: Book) -> list[Written[Candidate]]:
    """The candidates that both can read; while one is alone, one's own."""
    found = book.once(Candidate)
    if not book.has_ours:
        return found
    shared = {each.shared_from for each in book.entries(Candidate)}
    return [each for each in found if each.room == "ours" or each.id in shared]


def names(book: Book) -> dict[str, str]:
    """What the candidates are called that this member can read, by key."""
    return {each.key: each.entry.name for each in book.once(Candidate)}


def erase(book: Book, candidate: str) -> None:
    """Erase one's own candidate with one's own ratings of it, in one transaction."""
    named = book.entry(candidate).key
    ratings = [each for each in book.entries(CandidateRating, candidate=named) if each.author == book.name]
    book.erase_many([*(each.id for each in ratings), candidate])


# What counts, and ratings


def criteria(book: Book, author: str, begun: Sequence[str]) -> list[Criterion]:
    """What counts for a member: the criteria that everyone begins with, as they stand now, then their own.

    begun: the names of those that everyone begins with.
    """
    written = {each.entry.name: each.entry for each in _said_by(book, author, Criterion)}
    common = [written.get(name, Criterion(name=name)) for name in begun]
    return common + [each for name, each in written.items() if name not in begun]


def keep_criteria(book: Book, wanted: Sequence[Criterion], begun: Sequence[str]) -> None:
    """Write down what counts, and erase criteria of one's own that are no longer wanted. Raises Invalid."""
    there = {each.entry.name: each for each in _said_by(book, book.name, Criterion)}
    changed = {there[each.name].id: msgspec.structs.asdict(each) for each in wanted if each.name in there}
    first = [each for each in wanted if each.name not in there and each != Criterion(name=each.name)]
    first += [each for each in wanted if each.name not in {*there, *begun} and each not in first]
    book.revise_many(changed, new=[Item(each, "mine", new_id()) for each in first])
    left = {each.name for each in wanted}
    book.erase_many([each.id for name, each in there.items() if name not in left])


def ratings(book: Book, author: str) -> dict[str, dict[str, int]]:
    """A member's answers by candidate, as far as this member can read them."""
    found = [each.entry for each in _said_by(book, author, CandidateRating)]
    return {each.candidate: dict(each.scores) for each in found}


def keep_ratings(book: Book, scores: Scores) -> None:
    """Write down how one rates each candidate; without an answer there is no rating. Raises Invalid."""
    there = {each.entry.candidate: each.id for each in _said_by(book, book.name, CandidateRating)}
    changed = {there[named]: {"scores": dict(given)} for named, given in scores.items() if named in there}
    first = [
        CandidateRating(candidate=named, scores=dict(given))
        for named, given in scores.items()
        if given and named not in there
    ]
    book.revise_many(changed, new=[Item(each, "mine", new_id()) for each in first])
    book.erase_many([there[named] for named, given in scores.items() if named in there and not given])


def _said_by(book: Book, author: str, kind: type[Kind]) -> list[Written[Kind]]:
    """What a member says of this kind now: one's own entries, and of the partner's what was shared.

    Unlike `Book.own`, without a copy whose entry has been erased meanwhile.
    """
    found = [each for each in book.entries(kind) if each.author == author and not each.source_author]
    return [each for each in found if not each.shared_from] if author == book.name else found


def means(book: Book, author: str, begun: Sequence[str]) -> dict[str, float | None]:
    """A member's weighted mean for each candidate whom they rated, 0–10."""
    weights = {each.name: each.weight for each in criteria(book, author, begun)}
    return {named: weighted_mean(given, weights) for named, given in ratings(book, author).items()}


# Showing each other the lists


def lists_of(standing: Standing) -> str:
    """What one ticks to show: the lists of this round, not those of another one."""
    return f"{RANKING.name} lists {standing.round}"


def lists_are_open(book: Book, standing: Standing) -> bool:
    """Whether both have ticked."""
    return standing.state == "matched" and ballots.both_consent(book, lists_of(standing))


def follow_consent(book: Book) -> None:
    """Share one's own ratings and what counts for one while both have ticked; else take the copies back.

    The order and the line need no copy: the ballot's openings hold them.
    """
    are_open = lists_are_open(book, ballots.standing(book, RANKING))
    for kind in SHOWN:
        own = {each.id: each for each in _said_by(book, book.name, kind)}
        copies = {
            each.shared_from: each
            for each in book.entries(kind)
            if each.shared_from and each.author == book.name
        }
        wanted = own if are_open else {}
        book.erase_many(copy.id for origin, copy in copies.items() if origin not in wanted)
        for origin in wanted.keys() - copies.keys():
            book.share(origin)
        _renew(book, wanted, copies)


def _renew(book: Book, own: Mapping[str, Written[Any]], copies: Mapping[str, Written[Any]]) -> None:
    """Let copies say what the entries say now."""
    both = [(own[origin].entry, copy) for origin, copy in copies.items() if origin in own]
    changed = {copy.id: _fields(entry) for entry, copy in both if entry != copy.entry}
    if changed:
        book.revise_many(changed)


def _fields(entry: Entry) -> dict[str, Any]:
    return {name: getattr(entry, name) for name in entry.__struct_fields__}
