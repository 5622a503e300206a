"""The rules of the tone check, read from data/tone.toml. How its patterns are written: `patterns`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from workbook import places
from workbook.insight.clauses import Spelling
from workbook.insight.patterns import Notation, NotationError, Pattern, Patterns

FILE = places.DATA / "tone.toml"
HARSH = (
    "always_never",
    "labelling",
    "blame",
    "contempt",
    "command",
    "ultimatum",
    "threat",
    "diagnosing",
    "kitchen_sink",
)
GOOD = ("love", "hope", "own_part", "reassurance", "specific_ask", "freedom")

GRIEVANCE = ("complaint", "strong", "harmless", "goes_on")
"""What a piece of several complaints in one breath is looked at for."""


class RuleFileError(Exception):
    """The rule file can't be used. The text names the file, the rule and what is wrong with it."""


class Category(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A category's word, and what it means. The page shows those of harsh ones; of good parts it asks."""

    label: str
    means: str


class _Rule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A rule of the file, as it is written there."""

    name: str
    patterns: list[str] = []
    doubtful: list[str] = []
    last_resort: list[str] = []
    category: str = ""
    part: str = ""
    unless: list[str] = []
    after_which: list[str] = []
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
    softened_by: list[str]


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
class Rule:
    """What to look for, and what to say of it.

    category: one of HARSH or of GOOD; empty for what silences the check. unless: patterns that take the
    match back when they stand in the same clause. after_which: the same, from the match to the end of the
    sentence.
    """

    category: str
    unless: Patterns
    after_which: Patterns
    why: str
    instead: str


@dataclass(frozen=True, slots=True)
class Rules:
    """The whole rule file, ready for use."""

    spelling: Spelling
    english: frozenset[str]
    others: frozenset[str]
    categories: Mapping[str, Category]
    rules: tuple[Rule, ...]
    sure: Patterns
    doubtful: Patterns
    last_resort: Patterns
    gentle: Patterns
    silencing: Patterns
    silences: tuple[Rule, ...]
    denied: Patterns
    reported: Patterns
    mine: Patterns
    praise: Patterns
    softening: Patterns
    grievance: Mapping[str, Patterns]


@cache
def the_rules() -> Rules:
    """The rules that the book ships with, read once. Raises RuleFileError."""
    return read(FILE)


def read(file: Path) -> Rules:
    """Read a rule file. Raises RuleFileError, which names the rule and what is wrong with it."""
    try:
        given = msgspec.convert(tomllib.loads(file.read_text(encoding="utf-8")), _File)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise RuleFileError(f"{file.name} can't be read: {error}") from error
    except msgspec.ValidationError as error:
        raise RuleFileError(f"{file.name}: {error}{_named(file, str(error))}") from error
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
        self._notation = self._read_words()

    def rules(self) -> Rules:
        given = self._given
        self._check_categories()
        rules = tuple(self._rule(each) for each in given.rule)
        silences = tuple(self._silence(each) for each in given.silence)
        return Rules(
            spelling=self._spelling(),
            english=frozenset(given.language.english.split()),
            others=frozenset(given.language.others.split()),
            categories=given.category,
            rules=rules,
            sure=self._of_rules(given.rule, HARSH, lambda rule: rule.patterns),
            doubtful=self._of_rules(given.rule, HARSH, lambda rule: rule.doubtful),
            last_resort=self._of_rules(given.rule, HARSH, lambda rule: rule.last_resort),
            gentle=self._of_rules(given.rule, GOOD, lambda rule: rule.patterns),
            silencing=self._of_rules(given.silence, ("",), lambda rule: rule.patterns),
            silences=silences,
            denied=self._listed("excuses.denied_by", given.excuses.denied_by),
            reported=self._listed("excuses.reported_by", given.excuses.reported_by),
            mine=self._listed("excuses.said_by_me", given.excuses.said_by_me),
            praise=self._listed("excuses.praised_by", given.excuses.praised_by),
            softening=self._listed("excuses.softened_by", given.excuses.softened_by),
            grievance={
                name: self._listed(f"kitchen_sink.{name}", patterns)
                for name, patterns in given.kitchen_sink.items()
            },
        )

    def _check_categories(self) -> None:
        """Every table that the check looks into is there, and a rule for what no pattern finds."""
        for table, wanted, found in (
            ("category", HARSH, self._given.category),
            ("good", GOOD, self._given.good),
            ("kitchen_sink", GRIEVANCE, self._given.kitchen_sink),
        ):
            for name in sorted(set(wanted) ^ set(found)):
                self._at = f"[{table}.{name}]"
                raise self._bad("is missing" if name in wanted else "is not a category")
        if not any(rule.category == "kitchen_sink" for rule in self._given.rule):
            self._at = "[[rule]]"
            raise self._bad("there is no rule of the category “kitchen_sink”")

    def _rule(self, given: _Rule) -> Rule:
        self._at = f"the rule “{given.name}”"
        category = given.category or given.part
        if category not in HARSH + GOOD:
            raise self._bad(f"“{category}” is not a category")
        if category in HARSH and not (given.why.strip() and given.instead.strip()):
            raise self._bad("it needs a why and an instead")
        if category in GOOD:
            self._check_only_patterns(given)
        if not (given.patterns or given.doubtful or given.last_resort) and category != "kitchen_sink":
            raise self._bad("it has no patterns")
        return self._made(given, category)

    def _silence(self, given: _Rule) -> Rule:
        self._at = f"the rule “{given.name}”"
        if given.category or given.part:
            raise self._bad("a rule that silences the check has no category")
        self._check_only_patterns(given)
        if not given.patterns:
            raise self._bad("it has no patterns")
        return self._made(given, "")

    def _check_only_patterns(self, given: _Rule) -> None:
        """Whether something is harsh may be in doubt; what is written so elsewhere would never be found."""
        if given.doubtful or given.last_resort:
            raise self._bad("only harsh rules have doubtful patterns or a last resort")

    def _made(self, given: _Rule, category: str) -> Rule:
        return Rule(
            category=category,
            unless=self._patterns(given.unless),
            after_which=self._patterns(given.after_which),
            why=given.why,
            instead=given.instead,
        )

    def _of_rules(
        self, given: Sequence[_Rule], categories: Sequence[str], of: Callable[[_Rule], list[str]]
    ) -> Patterns:
        found: list[tuple[Pattern, int]] = []
        for number, rule in enumerate(given):
            if (rule.category or rule.part) in categories:
                self._at = f"the rule “{rule.name}”"
                found.extend((self._pattern(pattern), number) for pattern in of(rule))
        return Patterns(found)

    def _listed(self, where: str, patterns: Sequence[str]) -> Patterns:
        self._at = f"[{where}]"
        return self._patterns(patterns)

    def _patterns(self, patterns: Sequence[str]) -> Patterns:
        return Patterns((self._pattern(pattern), 0) for pattern in patterns)

    def _pattern(self, written: str) -> Pattern:
        try:
            return self._notation.pattern(written)
        except NotationError as error:
            raise self._bad(str(error)) from error

    def _read_words(self) -> Notation:
        self._at = "[words]"
        try:
            return Notation(self._given.words)
        except NotationError as error:
            raise self._bad(str(error)) from error

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

    def _bad(self, what: str) -> RuleFileError:
        return RuleFileError(f"{self._file}, {self._at}: {what}")
