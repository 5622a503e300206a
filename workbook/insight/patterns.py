"""The notation that the patterns of the tone check are written in, and how one is looked for.

A pattern is words with spaces between them, in the spelling that `clauses` reads everything in:

    word            that word                       word?       that word, or nothing
    (a|b c)         one of these                    (a|b)?      one of these, or nothing
    {set}           one of a set from [words]       {set}?      one of them, or nothing
    word+           that word with its endings      _           any one word
    stem*  *end     a word that begins, or ends so  ...         up to four words of the clause, any
    ......          up to sixteen of the sentence
    ,  .  !         a pause, a full stop of any kind, more than one exclamation mark
    ^               here a sentence or clause opens

"nag+" is nag, nags, nagged and nagging; "lazy+" is lazy, lazier and laziest, lazily and laziness.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product

from workbook.insight.clauses import CLAUSE_ENDS, SENTENCE_ENDS, Reading

_GAP, _LONG_GAP = 4, 16
_GAPS = {"...": _GAP, "......": _LONG_GAP}
_NEVER_IN_A_GROUP = {*_GAPS, "^"}
_NESTED = re.compile(r"[({]")
_WELL_FORMED = re.compile(r"[,.!]|\{\w+\}|\(.+\)|\*?[^\s*(){}|?!.,^_+]+[*+]?|[+]")

Phrase = tuple[str, ...]
Match = tuple[int, int, int]
"""First word, the first after the match, and the number of the rule that it belongs to."""


class NotationError(ValueError):
    """A pattern can't be read. The text says what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Step:
    """One place in a pattern, and what may stand there.

    words: any of these. phrases: what may follow a first word, by it: the lengths to try, the longest
    first, with the phrases of that length. loose: the same for phrases in which any word may stand.
    seconds: the words that go on with a phrase, by its first word; None where any may.
    beginnings, endings: of words. gap: so many words of any kind. is_plain: only `words` may stand there.
    """

    words: frozenset[str] = frozenset()
    phrases: Mapping[str, tuple[tuple[int, frozenset[Phrase]], ...]] | None = None
    loose: Mapping[str, tuple[Phrase, ...]] | None = None
    seconds: Mapping[str, frozenset[str] | None] = field(default_factory=dict)
    beginnings: Phrase = ()
    endings: Phrase = ()
    optional: bool = False
    gap: int = 0
    opening: bool = False
    any_word: bool = False
    is_plain: bool = False

    def ends(self, words: Sequence[str], at: int) -> Iterator[int]:
        """Where this step may end when it starts at a word; the longest first."""
        word = words[at] if at < len(words) else "\n"
        if self.phrases and word in self.phrases:
            for length, phrases in self.phrases[word]:
                if tuple(words[at + 1 : at + 1 + length]) in phrases:
                    yield at + 1 + length
        if self.loose and word in self.loose:
            for phrase in self.loose[word]:
                if _says(words, at + 1, phrase):
                    yield at + 1 + len(phrase)
        if word in self.words or self._has_its_shape(word):
            yield at + 1

    def _has_its_shape(self, word: str) -> bool:
        return (
            (self.any_word and word not in CLAUSE_ENDS)
            or (bool(self.beginnings) and word.startswith(self.beginnings))
            or (bool(self.endings) and word.endswith(self.endings) and len(word) > _SHORTEST_WITH_ENDING)
        )

    def first_words(self) -> frozenset[str]:
        """The words that it may begin with, as far as they can be named."""
        return self.words | frozenset(self.phrases or ()) | frozenset(self.loose or ())


_SHORTEST_WITH_ENDING = 4


def _says(words: Sequence[str], at: int, phrase: Phrase) -> bool:
    """Whether a phrase in which "_" stands for any word stands here."""
    following = words[at : at + len(phrase)]
    return len(following) == len(phrase) and all(
        wanted in (found, "_") and found not in SENTENCE_ENDS
        for wanted, found in zip(phrase, following, strict=True)
    )


@dataclass(frozen=True, slots=True)
class Pattern:
    """A pattern ready to be looked for."""

    steps: tuple[Step, ...]

    def end(self, reading: Reading, at: int, step: int = 0) -> int:
        """Where a match that starts at a word ends (the first word after it); -1 if there is none."""
        words = reading.words
        while step < len(self.steps) and self.steps[step].is_plain:
            if (words[at] if at < len(words) else "\n") not in self.steps[step].words:
                return -1
            at, step = at + 1, step + 1
        if step == len(self.steps):
            return at
        here = self.steps[step]
        if here.opening:
            return self.end(reading, at, step + 1) if at < len(reading.opens) and reading.opens[at] else -1
        if here.gap:
            return self._past_gap(reading, at, step)
        for after in here.ends(words, at):
            found = self.end(reading, after, step + 1)
            if found >= 0:
                return found
        return self.end(reading, at, step + 1) if here.optional else -1

    def _past_gap(self, reading: Reading, at: int, step: int) -> int:
        gap = self.steps[step].gap
        closed_by = CLAUSE_ENDS if gap == _GAP else SENTENCE_ENDS
        for after in range(at, at + gap + 1):
            found = self.end(reading, after, step + 1)
            if found >= 0 or after >= len(reading.words) or reading.words[after] in closed_by:
                return found
        return -1


class Patterns:
    """Patterns that are looked for together, found by the word they begin with."""

    def __init__(self, patterns: Iterable[tuple[Pattern, int]]) -> None:
        """patterns: each with the number of the rule that it belongs to."""
        self._by_word: dict[str, list[tuple[Pattern, int, frozenset[str] | None]]] = defaultdict(list)
        self._by_beginning: list[tuple[str, Pattern, int]] = []
        for pattern, owner in patterns:
            seconds = _second_words(pattern.steps)
            for word in sorted(_first_words(pattern.steps)):
                self._by_word[word].append((pattern, owner, seconds.get(word, seconds.get(""))))
            for beginning in _first_beginnings(pattern.steps):
                self._by_beginning.append((beginning, pattern, owner))

    def matches(self, reading: Reading, first: int = 0, after: int | None = None) -> Iterator[Match]:
        """Every match that starts from one word up to another. They are looked for once in each reading."""
        if self not in reading.found:
            reading.found[self] = sorted(self._all(reading))
        found = reading.found[self]
        end = len(found) if after is None else bisect_left(found, (after,))
        return (found[place] for place in range(bisect_left(found, (first,)), end))

    def _all(self, reading: Reading) -> Iterator[Match]:
        places, words = reading.places(), reading.words
        for word in self._by_word.keys() & places.keys():
            for at in places[word]:
                following = words[at + 1] if at + 1 < len(words) else "\n"
                for pattern, owner, seconds in self._by_word[word]:
                    if (seconds is None or following in seconds) and (end := pattern.end(reading, at)) > at:
                        yield at, min(end, len(words)), owner
        for beginning, pattern, owner in self._by_beginning:
            for at in (at for word in places if word.startswith(beginning) for at in places[word]):
                if (end := pattern.end(reading, at)) > at:
                    yield at, min(end, len(words)), owner


def _first_words(steps: Sequence[Step]) -> frozenset[str]:
    found = frozenset[str]()
    for step in steps:
        found |= step.first_words()
        if not (step.optional or step.opening):
            return found
    return found


def _second_words(steps: Sequence[Step]) -> dict[str, frozenset[str] | None]:
    """Which words may follow a first word, "" standing for every first word not named; None where any may.

    Knowing them spares nine looks out of ten.
    """
    places = [step for step in steps if not step.opening]
    if len(places) < 2 or places[0].optional or places[0].gap:
        return {}
    return {"": _words_that_begin(places[1:]), **places[0].seconds}


def _words_that_begin(steps: Sequence[Step]) -> frozenset[str] | None:
    """The words that these steps can begin with; None if there is no telling."""
    found = frozenset[str]()
    for step in steps:
        if step.gap or step.any_word or step.beginnings or step.endings or step.opening:
            return None
        found |= step.first_words()
        if not step.optional:
            return found
    return None


def _first_beginnings(steps: Sequence[Step]) -> Phrase:
    found: Phrase = ()
    for step in steps:
        found += step.beginnings
        if not (step.optional or step.opening):
            return found
    return found


class Notation:
    """Reads patterns, and knows the named sets of words. Raises NotationError."""

    def __init__(self, words: Mapping[str, Sequence[str]]) -> None:
        """words: the members of each set, with commas between them; a set may name others."""
        self._words = words
        self._sets: dict[str, Phrase] = {}
        self._steps: dict[str, Step] = {}
        for name in words:
            self._sets[name] = self._members(name, ())

    def pattern(self, written: str) -> Pattern:
        """Read one pattern."""
        steps = tuple(self._step(part, written) for part in _split(written, " ") if part)
        needed = [step for step in steps if not step.opening]
        if not needed or needed[0].gap or needed[0].any_word or needed[0].endings:
            raise NotationError(f"the pattern “{written}” has to begin with a word")
        if all(step.optional or step.gap for step in needed):
            raise NotationError(f"the pattern “{written}” would be found everywhere")
        return Pattern(steps)

    def _step(self, part: str, written: str) -> Step:
        if part in _GAPS:
            return Step(gap=_GAPS[part])
        if part == "^":
            return Step(opening=True)
        optional = part.endswith("?") and len(part) > 1
        core = part[:-1] if optional else part
        if core != "_" and not _WELL_FORMED.fullmatch(core):
            raise NotationError(f"“{part}” in the pattern “{written}” is not in the notation")
        if part not in self._steps:
            self._steps[part] = _step_of(self._alternatives(core), optional)
        return self._steps[part]

    def _alternatives(self, core: str) -> Phrase:
        """Each word or phrase that a group, a set or a word stands for; groups and sets may be nested."""
        if core.startswith("{"):
            return self._members(core[1:-1], ())
        if not core.startswith("("):
            return _family(core)
        return tuple(phrase for each in _split(core[1:-1], "|") for phrase in self._phrases(each))

    def _phrases(self, sequence: str) -> Iterator[str]:
        """Every way to say one alternative of a group, such as "so {kind}" or "how (much|well)"."""
        if not _NESTED.search(sequence) and "+" not in sequence:
            yield " ".join(sequence.split())
            return
        places = [self._sayings(part) for part in _split(sequence, " ") if part]
        for said in product(*places):
            yield " ".join(each for each in said if each)

    def _sayings(self, part: str) -> Phrase:
        if part[0] not in "({":
            return _family(part)
        optional = part.endswith("?")
        return self._alternatives(part.rstrip("?")) + (("",) if optional else ())

    def _members(self, name: str, seen: Phrase) -> Phrase:
        """The words of a set, those of the sets it names among them."""
        if name in self._sets:
            return self._sets[name]
        if name in seen:
            raise NotationError(f"the set of words “{name}” names itself")
        if name not in self._words:
            raise NotationError(f"there is no set of words “{name}”")
        return tuple(self._each_member(name, seen))

    def _each_member(self, name: str, seen: Phrase) -> Iterator[str]:
        for line in self._words[name]:
            for member in (each.strip() for each in line.split(",")):
                if member.startswith("{"):
                    yield from self._members(member.strip("{}"), (*seen, name))
                elif member:
                    yield from _family(member)


def _family(member: str) -> Phrase:
    """A word written with a plus → itself and its usual forms; of a phrase, the word that has the plus."""
    if "+" not in member or member == "+":
        return (member,)
    forms = [_forms(word[:-1]) if word.endswith("+") else (word,) for word in member.split()]
    return tuple(" ".join(said) for said in product(*forms))


_TURNS_TO_I = re.compile(r"[^aeiou]y$")
_DOUBLES = re.compile(r"(?:^|[^aeiou])[aeiou][^aeiouwxy]$")
_DOUBLED_BELOW = 6


def _forms(word: str) -> Phrase:
    """A word with the endings of verbs, nouns and adjectives; some nobody says, which does no harm."""
    stem = word
    if word[-1] == "e":
        stem = word[:-1]
    elif _TURNS_TO_I.search(word):
        stem = word[:-1] + "i"
    elif len(word) < _DOUBLED_BELOW and _DOUBLES.search(word):
        stem = word + word[-1]
    plural = stem + "es" if stem.endswith("i") or word.endswith(("s", "x", "z", "ch", "sh")) else word + "s"
    going = (word if stem.endswith("i") else stem) + "ing"
    manner = (stem if stem.endswith("i") else word) + "ly"
    nature = (stem if stem.endswith("i") else word) + "ness"
    return (word, plural, stem + "ed", going, stem + "er", stem + "ers", stem + "est", manner, nature)


def _split(written: str, mark: str) -> list[str]:
    """The pieces between the marks that stand outside all parentheses."""
    if "(" not in written:
        return written.split(mark)
    pieces, depth = [""], 0
    for character in written:
        depth += (character == "(") - (character == ")")
        if character == mark and depth == 0:
            pieces.append("")
        else:
            pieces[-1] += character
    return pieces


def _step_of(alternatives: Sequence[str], optional: bool) -> Step:
    words, beginnings, endings = set[str](), list[str](), list[str]()
    phrases, loose = defaultdict[str, list[Phrase]](list), defaultdict[str, list[Phrase]](list)
    for each in alternatives:
        first, *rest = each.split() or [""]
        if rest and not _NEVER_IN_A_GROUP.isdisjoint(each.split()):
            raise NotationError(f"“{each}” can't stand in a group: only words and “_” can")
        if rest:
            (loose if "_" in rest else phrases)[first].append(tuple(rest))
        elif each.endswith("*"):
            beginnings.append(each[:-1])
        elif each.startswith("*"):
            endings.append(each[1:])
        else:
            words |= _marks(each)
    return Step(
        words=frozenset(words - {"_"}),
        phrases={first: _by_length(rests) for first, rests in phrases.items()} or None,
        loose={first: tuple(sorted(rests, key=len, reverse=True)) for first, rests in loose.items()} or None,
        beginnings=tuple(beginnings),
        endings=tuple(endings),
        optional=optional,
        seconds=_seconds(phrases, loose, words),
        any_word="_" in words,
        is_plain=not (optional or phrases or loose or beginnings or endings or "_" in words),
    )


def _seconds(
    phrases: Mapping[str, list[Phrase]], loose: Mapping[str, list[Phrase]], words: set[str]
) -> dict[str, frozenset[str] | None]:
    found: dict[str, frozenset[str] | None] = {}
    for first in {*phrases, *loose}:
        rests = frozenset(rest[0] for rest in (*phrases.get(first, ()), *loose.get(first, ())))
        found[first] = None if first in words or "_" in rests else rests
    return found


def _by_length(rests: Sequence[Phrase]) -> tuple[tuple[int, frozenset[Phrase]], ...]:
    lengths = sorted({len(rest) for rest in rests}, reverse=True)
    return tuple((length, frozenset(rest for rest in rests if len(rest) == length)) for length in lengths)


def _marks(word: str) -> frozenset[str]:
    """What a word of a pattern stands for: itself, or the marks of punctuation that it means."""
    return _MARKS.get(word) or frozenset({word})


_MARKS = {".": SENTENCE_ENDS, ",": frozenset({","}), "!": frozenset({"!!"})}
