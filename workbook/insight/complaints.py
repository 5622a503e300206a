"""Several complaints in one breath: counted, since no single word gives them away."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from workbook.insight.clauses import SENTENCE_ENDS, Reading
from workbook.insight.patterns import Patterns

STRONG_OF = {4: 3, 5: 2, 6: 1}
"""So many complaints in a row are too many, if so many of them leave no doubt; any more count as the last."""
STRONG_OF_LISTED = {3: 2, 4: 1}
"""The same where the writer says that the list goes on."""
LONGEST_PIECE = 16
LONGEST_PASSED_OVER = 4
JOINING = frozenset({"and", "but", "plus", "or"})
OWN = frozenset({"i", "we"})


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
        if _is_too_long(run, STRONG_OF_LISTED if goes_on else STRONG_OF):
            yield first, after


def _is_too_long(run: list[_Piece], strong_of: Mapping[int, int]) -> bool:
    least, most = min(strong_of), max(strong_of)
    wanted = strong_of[min(len(run), most)] if len(run) >= least else None
    return wanted is not None and sum(piece.is_strong for piece in run) >= wanted


def _runs(reading: Reading, grievance: Mapping[str, Patterns]) -> Iterator[list[_Piece]]:
    """Complaints that follow each other; between two of them one short piece of another kind may stand."""
    run: list[_Piece] = []
    passed_over = False
    for first, after in _stretches(reading):
        piece = _judged(reading, first, after, grievance)
        goes_on = bool(run) and reading.paragraph[run[-1].first] == reading.paragraph[first]
        if piece.complains and goes_on:
            run.append(piece)
        elif goes_on and not passed_over and _may_be_passed_over(reading, piece):
            passed_over = True
            continue
        else:
            yield run
            run = [piece] if piece.complains else []
        passed_over = False
    yield run


def _may_be_passed_over(reading: Reading, piece: _Piece) -> bool:
    short = piece.after - piece.first <= LONGEST_PASSED_OVER
    return short and OWN.isdisjoint(reading.words[piece.first : piece.after])


def _judged(reading: Reading, first: int, after: int, grievance: Mapping[str, Patterns]) -> _Piece:
    """How one piece sounds. What is quoted, asked, thanked for or the writer's own is no complaint."""

    def sounds(name: str) -> bool:
        return any(end <= after for _, end, _ in grievance[name].matches(reading, first, after))

    too_long = after - first > LONGEST_PIECE
    quoted = reading.quoted[first]
    complains = not too_long and not quoted and sounds("complaint") and not sounds("harmless")
    return _Piece(first, after, complains, complains and sounds("strong"))


def _stretches(reading: Reading) -> Iterator[tuple[int, int]]:
    """The stretches between pauses, stops, "and", the numbers of a list, and each new "you"."""
    first, number = 0, 1
    for at, word in enumerate((*reading.words, "\n")):
        counts = word == str(number)
        number += counts
        ends = word in SENTENCE_ENDS or word == "," or word in JOINING or counts
        if ends or (word == "you" and at - first >= _LEAST_BEFORE_YOU):
            if at > first:
                yield first, at
            first = at + ends


_LEAST_BEFORE_YOU = 4
