"""Erasing all that one wrote of a kind, with what only makes sense beside it."""

from __future__ import annotations

from collections import Counter

from workbook.book import ballots
from workbook.book.book import Book
from workbook.entries import (
    KINDS,
    Assignment,
    AssignmentLog,
    Entry,
    Goal,
    GoalRating,
    Loop,
    LoopCheck,
    Reflection,
    Session,
    Trial,
    TrialAnswer,
)

BELONGING: dict[type[Entry], tuple[type[Entry], str]] = {
    Session: (Reflection, "session"),
    Goal: (GoalRating, "goal"),
    Loop: (LoopCheck, "loop"),
    Assignment: (AssignmentLog, "assignment"),
    Trial: (TrialAnswer, "trial"),
}
"""What goes with the entries of a kind: the kind that names them, and in which field."""


def counts(book: Book) -> dict[type[Entry], int]:
    """How many entries of each kind the member wrote, shared copies among them."""
    found = {kind: len(_ids(book, kind)) for kind in KINDS}
    return {kind: count for kind, count in found.items() if count}


def with_kind(book: Book, kind: type[Entry]) -> dict[str, type[Entry]]:
    """The ids, and their kinds, of all that goes when a kind is erased."""
    going = dict.fromkeys(_ids(book, kind), kind)
    if kind in BELONGING:
        other, field = BELONGING[kind]
        named = going.keys() | {book.entry(id_).shared_from for id_ in going}
        own = [each for each in book.entries(other) if each.author == book.name]
        going |= {each.id: other for each in own if getattr(each.entry, field) in named}
    return going


def counted(going: dict[str, type[Entry]]) -> Counter[type[Entry]]:
    """How many of each kind."""
    return Counter(going.values())


def erase_kind(book: Book, kind: type[Entry]) -> int:
    """Erase them in one durable transaction, answers to ballots with what rests on them. Returns how many."""
    going = with_kind(book, kind)
    book.erase_many([*going, *ballots.resting_on(book, going)])
    return len(going)


def _ids(book: Book, kind: type[Entry]) -> list[str]:
    return [each.id for each in book.entries(kind) if each.author == book.name]
