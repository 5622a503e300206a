"""The tone check: marks words in a message that may land harder than meant, and says what is good in it.

A list of rules, shown as such: data/tone.toml, which anyone may read and change. No score, nothing learned,
nothing kept, nothing sent. It reads English.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from typing import Literal

import msgspec

from workbook.insight import clauses, complaints
from workbook.insight.clauses import Reading
from workbook.insight.patterns import Match, Patterns
from workbook.insight.rules import HARSH, Category, Rule, Rules, the_rules
from workbook.insight.warmth import YOURS, Warmth, warmth

ENOUGH_WORDS_TO_TELL = 3
"""Fewer words than this are not taken for another language."""
UNKNOWN = 8
"""So many words without a single English one are not English, whatever they are."""
MOSTLY = 0.5
FAR = 40
"""So many words back, nothing has to do with a word any more."""

NAMES = ("labelling", "diagnosing")
SUBJECTS = frozenset({"i", "you", "he", "she", "we", "they", "it", "your"})

Language = Literal["english", "another", "none"]


class Finding(msgspec.Struct, frozen=True, order=True):
    """A stretch of the text that a rule marks.

    start, end: where it stands, in Unicode code points of the text as given: `text[start:end]` in Python.
    (JavaScript counts UTF-16 units: convert before marking.) category: one of `rules.HARSH`. why: what it
    does. instead: what could stand there.
    """

    start: int
    end: int
    category: str
    why: str
    instead: str


class ToneReport(msgspec.Struct, frozen=True):
    """What the check has to say of a text.

    findings: in the order of the text; none overlaps another of its category. has: the good parts that are
    there, of `rules.GOOD`; a part that is not there is not missing. silent: the text speaks of fear, injury,
    force or control; then nothing is marked, `has` is empty, and the page on safety is offered. language:
    "another" where most of it is not English, which is all that the check reads; "none" where there are no
    words. A text of several languages is marked in its English paragraphs alone.
    """

    findings: tuple[Finding, ...] = ()
    has: frozenset[str] = frozenset()
    silent: bool = False
    language: Language = "english"


def labels() -> dict[str, Category]:
    """Each harsh category in the order of `rules.HARSH`: the word that the page shows, and what it means."""
    return {name: the_rules().categories[name] for name in HARSH}


def check(text: str) -> ToneReport:
    """Check a text of any kind and length. Raises RuleFileError if the rule file can't be used."""
    rules = the_rules()
    reading = clauses.read(text, rules.spelling)
    foreign = _foreign_paragraphs(reading, rules)
    language = _language(reading, foreign)
    if _is_about_harm(reading, rules):
        return ToneReport(silent=True, language=language)
    good = [part for part in _good_parts(reading, rules) if reading.paragraph[part[0]] not in foreign]
    marks = sorted(set(_marks(reading, rules, good)))
    return ToneReport(
        findings=tuple(_apart(_findings(reading, rules, marks, foreign))),
        has=frozenset(part for _, part in good),
        language=language,
    )


def _is_about_harm(reading: Reading, rules: Rules) -> bool:
    """Whether anything speaks of harm, quoted or not: who reports a threat has a reason to."""
    return any(
        not _is_harmless(reading, first, after, rules.silences[owner])
        for first, after, owner in rules.silencing.matches(reading)
    )


def _is_harmless(reading: Reading, first: int, after: int, rule: Rule) -> bool:
    """Whether these very words stand in one of the rule's exceptions, such as "it hit me that"."""
    begin, _ = reading.clause(first)
    found = rule.unless.matches(reading, max(begin, first - FAR), after)
    return any(begun < after and first < ended for begun, ended, _ in found)


def _is_excepted(reading: Reading, first: int, after: int, rule: Rule) -> bool:
    """Whether one of the rule's own exceptions holds where it was found."""
    return _touches(reading, rule.unless, first, after) or _follows(reading, rule.after_which, after)


def _touches(reading: Reading, patterns: Patterns, first: int, after: int) -> bool:
    """Whether a pattern stands in the clause, or in the stretch itself where that is longer."""
    begin, _ = reading.clause(first)
    _, end = reading.clause(max(first, after - 1))
    return any(patterns.matches(reading, begin, end))


def _follows(reading: Reading, patterns: Patterns, after: int) -> bool:
    """Whether a pattern stands between a word and the end of its sentence."""
    _, end = reading.sentence(after - 1)
    return any(patterns.matches(reading, after, min(end + 1, len(reading.words))))


def _precedes(reading: Reading, patterns: Patterns, begin: int, first: int) -> bool:
    """Whether a pattern starts between two words; it may go on past the second."""
    return any(patterns.matches(reading, begin, first))


def _marks(reading: Reading, rules: Rules, good: list[tuple[int, str]]) -> Iterator[Match]:
    """Every stretch that is to be marked.

    A doubtful pattern yields to kind words anywhere; a last resort to the writer's own part as well, and
    to whatever else was found.
    """
    found = list(_unexcused(reading, rules, rules.sure))
    doubted = list(_unexcused(reading, rules, rules.doubtful))
    warm = warmth(reading, rules, good, doubted)
    if warm < Warmth.KIND:
        found.extend(_counted(reading, rules))
        found.extend(doubted)
    if not found and warm is Warmth.COLD:
        found.extend(_unexcused(reading, rules, rules.last_resort))
    yield from found


def _unexcused(reading: Reading, rules: Rules, patterns: Patterns) -> Iterator[Match]:
    for first, after, owner in patterns.matches(reading):
        if not _is_excused(reading, first, after, rules, rules.rules[owner]):
            yield first, after, owner


def _counted(reading: Reading, rules: Rules) -> Iterator[tuple[int, int, int]]:
    """The same for several complaints in one breath, which no pattern finds."""
    counted = next(number for number, rule in enumerate(rules.rules) if rule.category == "kitchen_sink")
    for first, after in complaints.find(reading, rules.grievance):
        yield first, after, counted


def _is_excused(reading: Reading, first: int, after: int, rules: Rules, rule: Rule) -> bool:
    """Quoted, reported, denied, meant of oneself, or thanked for."""
    if reading.quoted[first] or _is_excepted(reading, first, after, rule):
        return True
    if _is_softened(reading, first, rules):
        return True
    clause, _ = reading.clause(first)
    turn, _ = reading.turn(first)
    return (
        _precedes(reading, rules.denied, clause, first)
        or _precedes(reading, rules.reported, turn, first)
        or _precedes(reading, rules.mine, turn, first)
        or (rule.category in NAMES and _is_of_oneself(reading, clause, first, after))
        or (rule.category in ("always_never", "blame") and _follows(reading, rules.praise, after))
    )


def _is_softened(reading: Reading, first: int, rules: Rules) -> bool:
    """Whether a wish, thanks or a request stands in the same sentence, up to a "but" that takes it back."""
    return any(rules.softening.matches(reading, *reading.turn(first)))


def _is_of_oneself(reading: Reading, clause: int, first: int, after: int) -> bool:
    """Whether a name without a "you" in it is the writer's own: "I'm being an idiot about it"."""
    if not YOURS.isdisjoint(reading.words[first:after]):
        return False
    before = [word for word in reading.words[max(clause, first - FAR) : first] if word in SUBJECTS]
    return bool(before) and before[-1] == "i"


def _findings(
    reading: Reading, rules: Rules, marks: list[tuple[int, int, int]], foreign: set[int]
) -> Iterator[Finding]:
    for first, after, owner in marks:
        if reading.paragraph[first] not in foreign:
            rule = rules.rules[owner]
            last = _last_word(reading, first, after)
            yield Finding(reading.starts[first], reading.ends[last], rule.category, rule.why, rule.instead)


def _last_word(reading: Reading, first: int, after: int) -> int:
    """The last word of a stretch, punctuation at its end left out."""
    last = after - 1
    while last > first and reading.words[last] in clauses.CLAUSE_ENDS:
        last -= 1
    return last


def _apart(findings: Iterator[Finding]) -> list[Finding]:
    """One finding a stretch and category: those that overlap become one, as long as both."""
    joined: dict[str, list[Finding]] = {}
    for each in sorted(findings):
        same = joined.setdefault(each.category, [])
        if same and each.start < same[-1].end:
            end = max(same[-1].end, each.end)
            same[-1] = msgspec.structs.replace(same[-1], end=end)
        else:
            same.append(each)
    return sorted(each for same in joined.values() for each in same)


def _good_parts(reading: Reading, rules: Rules) -> Iterator[tuple[int, str]]:
    """The first word of each good part, and which it is."""
    for first, after, owner in rules.gentle.matches(reading):
        rule = rules.rules[owner]
        if not reading.quoted[first] and not _is_excepted(reading, first, after, rule):
            yield first, rule.category


def _language(reading: Reading, foreign: set[int]) -> Language:
    words = [
        number for word, number in zip(reading.words, reading.paragraph, strict=True) if word[0].isalpha()
    ]
    if not words:
        return "none"
    return "another" if sum(number in foreign for number in words) > MOSTLY * len(words) else "english"


def _foreign_paragraphs(reading: Reading, rules: Rules) -> set[int]:
    """The paragraphs that are not in English."""
    found: set[int] = set()
    first, words = 0, reading.words
    while first < len(words):
        after = bisect_left(reading.paragraph, reading.paragraph[first] + 1)
        if _is_foreign([word for word in words[first:after] if word[0].isalpha()], rules):
            found.add(reading.paragraph[first])
        first = after
    return found


def _is_foreign(words: list[str], rules: Rules) -> bool:
    if words and clauses.share_of_latin("".join(words)) < MOSTLY:
        return True
    if len(words) < ENOUGH_WORDS_TO_TELL:
        return False
    english = sum(word in rules.english for word in words)
    others = sum(word in rules.others for word in words)
    return others > english or (english == 0 and len(words) >= UNKNOWN)
