"""How warm a message is: where it is, the tone check gives the benefit of the doubt."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import IntEnum

from workbook.insight.clauses import SENTENCE_ENDS, Reading
from workbook.insight.patterns import Match
from workbook.insight.rules import Rules

OWN_PART = "own_part"
"""Warms little by itself: whoever accuses says "I" as well."""
HARMLESS_AFTER_BUT = frozenset(
    {
        "i",
        "we",
        "if",
        "would",
        "could",
        "can",
        "it",
        "not",
        "no",
        "please",
        "let",
        "my",
        "maybe",
        "only",
        "for",
        "because",
        "in",
        "also",
        "shall",
        "then",
    }
)
"""What may follow a "but" that does not take back the kind words before it."""
OWN = frozenset({"i", "me", "my", "mine", "myself", "we", "us", "our", "ours", "ourselves"})
YOURS = frozenset({"you", "your", "yours", "yourself"})


class Warmth(IntEnum):
    """How warm: not at all; for its own part, or since it speaks of the writer; or with kind words."""

    COLD = 0
    OWN = 1
    KIND = 2


def warmth(
    reading: Reading, rules: Rules, good: Iterable[tuple[int, str]], doubted: Iterable[Match]
) -> Warmth:
    """How warm a message is. good: the first word of each good part, and which it is.

    doubted: stretches that are harsh if anything is; a kind word within one is irony.
    """
    turns = list(_turns(reading))
    ironic = {at for first, after, _ in doubted for at in range(first, after)}

    def stays(at: int) -> bool:
        return at not in ironic and not reading.quoted[at] and not _is_taken_back(reading, turns, at)

    parts = {part for at, part in good if stays(at)}
    if parts - {OWN_PART} or any(stays(at) for at, _, _ in rules.softening.matches(reading)):
        return Warmth.KIND
    return Warmth.OWN if parts or _speaks_mostly_of_itself(reading) else Warmth.COLD


def _speaks_mostly_of_itself(reading: Reading) -> bool:
    own, yours = (sum(word in these for word in reading.words) for these in (OWN, YOURS))
    return own > yours


def _turns(reading: Reading) -> Iterator[int]:
    """Each "but" that goes on to the other person."""
    for at, word in enumerate(reading.words):
        following = reading.words[at + 1] if at + 1 < len(reading.words) else "\n"
        if word == "but" and following not in HARMLESS_AFTER_BUT:
            yield at


def _is_taken_back(reading: Reading, turns: list[int], at: int) -> bool:
    """Whether such a "but" follows in the same sentence, or opens the next."""
    _, end = reading.sentence(at)
    while end < len(reading.words) and reading.words[end] in SENTENCE_ENDS:
        end += 1
    return any(at < turn <= end for turn in turns)
