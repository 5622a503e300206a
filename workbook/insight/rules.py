"""The rules of the tone check, read from data/tone.toml, and the notation that their patterns are written in.

A pattern is words with spaces between them, in the spelling that `clauses` reads everything in:

    word            that word                       word?       that word, or nothing
    (a|b c)         one of these                    (a|b)?      one of these, or nothing
    {set}           one of a set from [words]       {set}?      one of them, or nothing
    stem*  *end     a word that begins, or ends so  _           any one word
    ...             up to four words, any           ^           here a sentence or clause opens
    ,  .  !         a pause, a full stop of any kind, more than one exclamation mark
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

import msgspec

from workbook import places
from workbook.insight.clauses import CLAUSE_ENDS, SENTENCE_ENDS, Reading, Spelling

FILE = places.DATA / "tone.toml"
HARSH = (
    "always_never", "labelling", "blame", "contempt", "command", "ultimatum", "threat", "diagnosing", "kitchen_sink",
)  # fmt: skip
GOOD = ("love", "hope", "own_part", "reassurance", "specific_ask", "freedom")
_GAP = 4


class BadRules(Exception):
    """The rule file can't be used. The text names the file, the rule and what is wrong with it."""


class Category(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the page shows of a category: its word, and what it means."""

    label: str
    means: str


class _Rule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A rule of the file, as it is written there."""

    name: str
    patterns: list[str]
    category: str = ""
    part: str = ""
    unless: list[str] = []
    after_which: list[str] = []
    alone: bool = False
    doubtful: bool = False
    why: str = ""
    instead: str = ""


class _Language(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    english: str
    others: str


class _Spelling(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    full: dict[str, str]
    fillers: str
    then_are: str
    then_will: str
    openers: str
    is_after: str


class _Excuses(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    denied_by: list[str]
    reported_by: list[str]
    said_by_me: list[str]
    praised_by: list[str]


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    language: _Language
    spelling: _Spelling
    words: dict[str, list[str]]
    category: dict[str, Category]
    good: dict[str, Category]
    excuses: _Excuses
    kitchen_sink: dict[str, list[str]]
    rule: list[_Rule]
    silence: list[_Rule]


@dataclass(frozen=True, slots=True)
class Step:
    """One place in a pattern. `words` and `phrases` (by first word) may stand there, or words that begin or end so."""

    words: frozenset[str] = frozenset()
    phrases: Mapping[str, tuple[tuple[str, ...], ...]] | None = None
    beginnings: tuple[str, ...] = ()
    endings: tuple[str, ...] = ()
    optional: bool = False
    gap: int = 0
    opening: bool = False
    any_word: bool = False

    def ends(self, words: Sequence[str], at: int) -> Iterator[int]:
        """Where this step may end when it starts at a word; the longest first."""
        word = words[at] if at < len(words) else "\n"
        if self.phrases and word in self.phrases:
            for rest in self.phrases[word]:
                if _says(words, at + 1, rest):
                    yield at + 1 + len(rest)
        if word in self.words or (self.any_word and word not in CLAUSE_ENDS):
            yield at + 1
        elif (self.beginnings and word.startswith(self.beginnings)) or (
            self.endings and word.endswith(self.endings) and len(word) > _GAP
        ):
            yield at + 1


def _says(words: Sequence[str], at: int, rest: tuple[str, ...]) -> bool:
    """Whether the rest of a phrase stands here."""
    following = words[at : at + len(rest)]
    return len(following) == len(rest) and all(
        wanted in (found, "_") and found not in SENTENCE_ENDS
        for wanted, found in zip(rest, following, strict=True)
    )


@dataclass(frozen=True, slots=True)
class Pattern:
    """A pattern ready to be looked for."""

    steps: tuple[Step, ...]

    def end(self, reading: Reading, at: int, step: int = 0) -> int:
        """Where a match that starts at a word ends (the first word after it); -1 if there is none."""
        if step == len(self.steps):
            return at
        here = self.steps[step]
        if here.opening:
            return self.end(reading, at, step + 1) if at < len(reading.opens) and reading.opens[at] else -1
        if here.gap:
            return self._past_gap(reading, at, step)
        for after in here.ends(reading.words, at):
            found = self.end(reading, after, step + 1)
            if found >= 0:
                return found
        return self.end(reading, at, step + 1) if here.optional else -1

    def _past_gap(self, reading: Reading, at: int, step: int) -> int:
        for after in range(at, at + self.steps[step].gap + 1):
            found = self.end(reading, after, step + 1)
            if found >= 0 or after >= len(reading.words) or reading.words[after] in CLAUSE_ENDS:
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

    def __bool__(self) -> bool:
        return bool(self._by_word or self._by_beginning)

    def matches(
        self, reading: Reading, first: int = 0, after: int | None = None
    ) -> Iterator[tuple[int, int, int]]:
        """Every match that starts from one word up to another: its first word, the first after it, the owner."""
        words = reading.words
        for at in range(first, len(words) if after is None else after):
            word = words[at]
            following = words[at + 1] if at + 1 < len(words) else "\n"
            for pattern, owner, seconds in self._by_word.get(word, ()):
                if (seconds is None or following in seconds) and (end := pattern.end(reading, at)) > at:
                    yield at, min(end, len(words)), owner
            for beginning, pattern, owner in self._by_beginning:
                if word.startswith(beginning) and (end := pattern.end(reading, at)) > at:
                    yield at, min(end, len(words)), owner


@dataclass(frozen=True, slots=True)
class Rule:
    """What to look for, and what to say of it.

    category: one of HARSH or of GOOD; empty for what silences the check. unless: patterns that take the
    match back when they stand in the same clause. after_which: the same, from the match to the end of the
    sentence. alone: it holds a word that may as well be said of oneself. doubtful: it counts only in a
    paragraph without any of the good parts.
    """

    name: str
    category: str
    unless: Patterns
    after_which: Patterns
    alone: bool
    doubtful: bool
    why: str
    instead: str


@dataclass(frozen=True, slots=True)
class Rules:
    """The whole rule file, ready for use."""

    spelling: Spelling
    english: frozenset[str]
    others: frozenset[str]
    categories: Mapping[str, Category]
    good: Mapping[str, Category]
    rules: tuple[Rule, ...]
    harsh: Patterns
    gentle: Patterns
    silencing: Patterns
    silences: tuple[Rule, ...]
    denied: Patterns
    reported: Patterns
    mine: Patterns
    praise: Patterns
    grievance: Mapping[str, Patterns]


@cache
def the_rules() -> Rules:
    """The rules that the book ships with, read once. Raises BadRules."""
    return read(FILE)


def read(file: Path) -> Rules:
    """Read a rule file. Raises BadRules, which names the rule and what is wrong with it."""
    try:
        given = msgspec.convert(tomllib.loads(file.read_text(encoding="utf-8")), _File)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BadRules(f"{file.name} can't be read: {error}") from error
    except msgspec.ValidationError as error:
        raise BadRules(f"{file.name}: {error}{_named(file, str(error))}") from error
    return _Reader(file.name, given).rules()


def _named(file: Path, complaint: str) -> str:
    """The name of the rule that a complaint such as "… at `$.rule[3].patterns`" is about, if it has one."""
    place = re.search(r"\$\.(rule|silence)\[(\d+)\]", complaint)
    if not place:
        return ""
    tables: list[Any] = tomllib.loads(file.read_text(encoding="utf-8"))[place[1]]
    return f" (the rule “{tables[int(place[2])].get('name', 'without a name')}”)"


class _Reader:
    """Turns what the file says into rules, and knows which rule it is at when something is wrong."""

    def __init__(self, file: str, given: _File) -> None:
        self._file = file
        self._given = given
        self._at = ""
        self._sets: dict[str, tuple[str, ...]] = {}
        self._steps: dict[str, Step] = {}

    def rules(self) -> Rules:
        given = self._given
        for name in given.words:
            self._sets[name] = self._members(name, ())
        self._check_categories()
        rules = tuple(self._rule(each) for each in given.rule)
        silences = tuple(self._rule(each) for each in given.silence)
        return Rules(
            spelling=self._spelling(),
            english=frozenset(given.language.english.split()),
            others=frozenset(given.language.others.split()),
            categories=given.category,
            good=given.good,
            rules=rules,
            harsh=self._of_rules(given.rule, HARSH),
            gentle=self._of_rules(given.rule, GOOD),
            silencing=self._of_rules(given.silence, ("",)),
            silences=silences,
            denied=self._listed("excuses.denied_by", given.excuses.denied_by),
            reported=self._listed("excuses.reported_by", given.excuses.reported_by),
            mine=self._listed("excuses.said_by_me", given.excuses.said_by_me),
            praise=self._listed("excuses.praised_by", given.excuses.praised_by),
            grievance={
                name: self._listed(f"kitchen_sink.{name}", patterns)
                for name, patterns in given.kitchen_sink.items()
            },
        )

    def _check_categories(self) -> None:
        for table, wanted, found in (
            ("category", HARSH, self._given.category),
            ("good", GOOD, self._given.good),
        ):
            for name in set(wanted) ^ set(found):
                self._at = f"[{table}.{name}]"
                raise self._bad("is missing" if name in wanted else "is not a category")

    def _rule(self, given: _Rule) -> Rule:
        self._at = f"the rule “{given.name}”"
        silent = given in self._given.silence
        category = given.category or given.part
        if not silent and category not in HARSH + GOOD:
            raise self._bad(f"“{category}” is not a category")
        if category in HARSH and not (given.why.strip() and given.instead.strip()):
            raise self._bad("it needs a why and an instead")
        if not given.patterns and category != "kitchen_sink":
            raise self._bad("it has no patterns")
        return Rule(
            name=given.name,
            category=category,
            unless=self._patterns(given.unless),
            after_which=self._patterns(given.after_which),
            alone=given.alone,
            doubtful=given.doubtful,
            why=given.why,
            instead=given.instead,
        )

    def _of_rules(self, given: Sequence[_Rule], categories: Sequence[str]) -> Patterns:
        found: list[tuple[Pattern, int]] = []
        for number, rule in enumerate(given):
            if (rule.category or rule.part) in categories:
                self._at = f"the rule “{rule.name}”"
                found.extend((self._pattern(pattern), number) for pattern in rule.patterns)
        return Patterns(found)

    def _listed(self, where: str, patterns: Sequence[str]) -> Patterns:
        self._at = f"[{where}]"
        return self._patterns(patterns)

    def _patterns(self, patterns: Sequence[str]) -> Patterns:
        return Patterns((self._pattern(pattern), 0) for pattern in patterns)

    def _pattern(self, written: str) -> Pattern:
        steps = tuple(self._step(part, written) for part in _parts(written))
        needed = [step for step in steps if not step.opening]
        if not needed or needed[0].gap or needed[0].any_word or needed[0].endings:
            raise self._bad(f"the pattern “{written}” has to begin with a word")
        if all(step.optional or step.gap for step in needed):
            raise self._bad(f"the pattern “{written}” would be found everywhere")
        return Pattern(steps)

    def _step(self, part: str, written: str) -> Step:
        if part == "...":
            return Step(gap=_GAP)
        if part == "^":
            return Step(opening=True)
        optional = part.endswith("?") and len(part) > 1
        core = part[:-1] if optional else part
        if core != "_" and not _WELL_FORMED.fullmatch(core):
            raise self._bad(f"“{part}” in the pattern “{written}” is not in the notation")
        if part not in self._steps:
            self._steps[part] = _step_of(self._alternatives(core), optional)
        return self._steps[part]

    def _alternatives(self, core: str) -> tuple[str, ...]:
        """Every word or phrase that a group, a set or a word stands for; groups and sets may stand in groups."""
        if core.startswith("{"):
            return self._members(core[1:-1], ())
        if not core.startswith("("):
            return (core,)
        if not _NESTED.search(core, 1):
            return tuple(" ".join(each.split()) for each in core[1:-1].split("|"))
        return tuple(phrase for each in _split(core[1:-1], "|") for phrase in self._phrases(each))

    def _phrases(self, sequence: str) -> Iterator[str]:
        """Every way to say one alternative of a group, such as "so {kind}" or "how (much|well)"."""
        if not _NESTED.search(sequence):
            yield " ".join(sequence.split())
            return
        places = [self._sayings(part) for part in _split(sequence, " ") if part]
        for said in product(*places):
            yield " ".join(each for each in said if each)

    def _sayings(self, part: str) -> tuple[str, ...]:
        if part[0] not in "({":
            return (part,)
        optional = part.endswith("?")
        return self._alternatives(part.rstrip("?")) + (("",) if optional else ())

    def _members(self, name: str, seen: tuple[str, ...]) -> tuple[str, ...]:
        """The words of a set, those of the sets it names among them."""
        if name in self._sets:
            return self._sets[name]
        if name in seen or name not in self._given.words:
            self._at = self._at or f"[words] {seen[0] if seen else name}"
            raise self._bad(
                f"there is no set of words “{name}”" if name not in seen else f"“{name}” names itself"
            )
        return tuple(self._each_member(name, seen))

    def _each_member(self, name: str, seen: tuple[str, ...]) -> Iterator[str]:
        for line in self._given.words[name]:
            for member in (each.strip() for each in line.split(",")):
                if member.startswith("{"):
                    yield from self._members(member.strip("{}"), (*seen, name))
                elif member:
                    yield member

    def _spelling(self) -> Spelling:
        given = self._given.spelling
        return Spelling(
            full={short: tuple(full.split()) for short, full in given.full.items()},
            fillers=frozenset(given.fillers.split()),
            then_are=frozenset(given.then_are.split()),
            then_will=frozenset(given.then_will.split()),
            openers=frozenset(given.openers.split()),
            is_after=frozenset(given.is_after.split()),
        )

    def _bad(self, what: str) -> BadRules:
        return BadRules(f"{self._file}, {self._at}: {what}")


_NESTED = re.compile(r"[({]")
_WELL_FORMED = re.compile(r"[,.!]|\{\w+\}|\(.+\)|\*?[^\s*(){}|?!.,^_]+\*?")


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


def _parts(written: str) -> list[str]:
    return [part for part in _split(written, " ") if part]


def _step_of(alternatives: Sequence[str], optional: bool) -> Step:
    words, phrases = set[str](), defaultdict[str, list[tuple[str, ...]]](list)
    beginnings, endings = list[str](), list[str]()
    for each in alternatives:
        first, *rest = each.split()
        if rest:
            phrases[first].append(tuple(rest))
        elif each.endswith("*"):
            beginnings.append(each[:-1])
        elif each.startswith("*"):
            endings.append(each[1:])
        else:
            words |= _marks(each)
    longest_first = {first: tuple(sorted(rests, key=len, reverse=True)) for first, rests in phrases.items()}
    return Step(
        words=frozenset(words - {"_"}),
        phrases=longest_first or None,
        beginnings=tuple(beginnings),
        endings=tuple(endings),
        optional=optional,
        any_word="_" in words,
    )


def _marks(word: str) -> frozenset[str]:
    """What a word of a pattern stands for: itself, or the marks of punctuation that it means."""
    return {".": SENTENCE_ENDS, ",": frozenset({","}), "!": frozenset({"!!"})}.get(word, frozenset({word}))


def _first_words(steps: Sequence[Step]) -> frozenset[str]:
    found = frozenset[str]()
    for step in steps:
        found |= step.words | frozenset(step.phrases or ())
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
    following = _words_that_begin(places[1:])
    phrases = places[0].phrases or {}
    return {"": following} | {
        first: None if first in places[0].words else frozenset(rest[0] for rest in rests) - {"_"} or None
        for first, rests in phrases.items()
    }


def _words_that_begin(steps: Sequence[Step]) -> frozenset[str] | None:
    """The words that these steps can begin with; None if there is no telling."""
    found = frozenset[str]()
    for step in steps:
        if step.gap or step.any_word or step.beginnings or step.endings or step.opening:
            return None
        found |= step.words | frozenset(step.phrases or ())
        if not step.optional:
            return found
    return None


def _first_beginnings(steps: Sequence[Step]) -> tuple[str, ...]:
    found: tuple[str, ...] = ()
    for step in steps:
        found += step.beginnings
        if not (step.optional or step.opening):
            return found
    return found
