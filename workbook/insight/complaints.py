"""Several complaints in one breath: counted, since no single word gives them away."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from workbook.insight.clauses import SENTENCE_ENDS, Reading
from workbook.insight.rules import Patterns

ENOUGH, ENOUGH_IN_A_LIST = 4, 3
"""So many complaints one after another are too many; fewer where the writer says that the list goes on."""
STRONG, STRONG_IN_A_LIST = 3, 2
"""Of which so many must leave no doubt that they are complaints."""
LONGEST_PIECE = 16
JOINING = frozenset({"and", "but", "plus", "or"})


@dataclass(frozen=True, slots=True)
class _Piece:
    """A stretch between commas, stops and "and": its first word, the first after it, and how it sounds."""

    first: int
    after: int
    complains: bool
    is_strong: bool


def find(reading: Reading, grievance: Mapping[str, Patterns]) -> Iterator[tuple[int, int]]:
    """Each run of complaints that is too long: its first word and the first after it.

    grievance: the patterns of [kitchen_sink] in the rule file, by name.
    """
    for run in filter(None, _runs(reading, grievance)):
        first, after = run[0].first, run[-1].after
        goes_on = any(grievance["goes_on"].matches(reading, first, min(after + 6, len(reading.words))))
        enough, strong = (ENOUGH_IN_A_LIST, STRONG_IN_A_LIST) if goes_on else (ENOUGH, STRONG)
        if len(run) >= enough and sum(piece.is_strong for piece in run) >= strong:
            yield first, after


def _runs(reading: Reading, grievance: Mapping[str, Patterns]) -> Iterator[list[_Piece]]:
    run: list[_Piece] = []
    for first, after in _stretches(reading):
        piece = _judged(reading, first, after, grievance)
        goes_on = run and reading.paragraph[run[-1].first] == reading.paragraph[first]
        if not (piece.complains and goes_on):
            yield run
            run = []
        if piece.complains:
            run.append(piece)
    yield run


def _judged(reading: Reading, first: int, after: int, grievance: Mapping[str, Patterns]) -> _Piece:
    """How one piece sounds. What is quoted, asked, thanked for or the writer's own is no complaint."""

    def sounds(name: str) -> bool:
        return any(end <= after for _, end, _ in grievance[name].matches(reading, first, after))

    too_long = after - first > LONGEST_PIECE
    quoted = reading.quoted[first]
    complains = not too_long and not quoted and sounds("complaint") and not sounds("harmless")
    return _Piece(first, after, complains, complains and sounds("strong"))


def _stretches(reading: Reading) -> Iterator[tuple[int, int]]:
    """The stretches of words between pauses, stops, "and", and a new "you" that starts another complaint."""
    first = 0
    for at, word in enumerate((*reading.words, "\n")):
        ends = word in SENTENCE_ENDS or word == "," or word in JOINING
        if ends or (word == "you" and at - first >= _LEAST_BEFORE_YOU):
            if at > first:
                yield first, at
            first = at + ends
            continue


_LEAST_BEFORE_YOU = 4
