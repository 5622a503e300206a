"""How a message is read before any rule looks at it: words in one spelling, sentences, clauses, quotation.

"U dont even", "You don’t even" and "you don't even" all read "you do not even"; each word remembers where
in the text it stands. Everything here is measured in Unicode code points.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

SENTENCE_ENDS = frozenset({".", "?", "!", "!!", "\n"})
CLAUSE_ENDS = SENTENCE_ENDS | {","}
TURN = frozenset({"but"})
NO_WORD = "□"
"""Stands for what nobody says: a string of letters too long to be a word."""
LONGEST_WORD = 40

_APOSTROPHE = r"(?:['’‘ʼ`´＇]|&\#0?39;|&apos;|&[lr]squo;)"
_PIECE = re.compile(
    rf"""(?P<blank>\r?\n[^\S\n]*(?:\r?\n\s*)+)|(?P<line>\n)
    |(?P<block></?(?:p|div|br|li|ul|ol|h[1-6]|tr|td|table|blockquote)\b[^<>\n]{{0,500}}>)
    |(?P<tag></?[a-z!][^<>\n]{{0,500}}>)
    |(?P<word>[^\W_]\w{{0,60}}(?:{_APOSTROPHE}[^\W_]+|[\u0300-\u036f\u00ad]\w*){{0,8}})
    |(?P<entity>&[a-z]{{2,6}};|&\#\d{{2,5}};)
    |(?P<stop>[.!?…]+)|(?P<pause>[,;:()–—]|-(?=\s|$))|(?P<mark>[^\s\w])""",
    re.VERBOSE | re.IGNORECASE,
)
_ANY_APOSTROPHE = re.compile(_APOSTROPHE, re.IGNORECASE)
_UNSEEN = re.compile("[\u0300-\u036f\u00ad_]")
_DRAWN_OUT = re.compile(r"(.)\1{2,}")
_OPENING = "“„«"
_ENDINGS = {"'re": "are", "'ve": "have", "'ll": "will", "'m": "am", "'d": "would"}
_IRREGULAR_NOT = {"wo": "will", "ca": "can", "sha": "shall", "ai": "is"}


@dataclass(frozen=True, slots=True)
class Spelling:
    """How the many spellings of a word become one; read from the rule file.

    full: spelling → the words it stands for. fillers: words that say nothing and are passed over.
    then_are: words before which "your" and "ur" mean "you are". then_will: words before which, at the
    start of a clause, "ill" means "I will". openers: words that a sentence may open with before it begins.
    is_after: words after which "'s" means "is".
    """

    full: Mapping[str, tuple[str, ...]]
    fillers: frozenset[str]
    then_are: frozenset[str]
    then_will: frozenset[str]
    openers: frozenset[str]
    is_after: frozenset[str]


@dataclass(slots=True)
class Reading:
    """A message as the rules see it: as many `words` as `starts` and `ends`, marks of punctuation among them.

    starts, ends: where in the text each one stands, in code points. quoted: it stands between quotation
    marks. opens: a sentence or clause begins there. paragraph: which one, from 0. found: what has been
    looked for already, by what looked for it: (first word, first after it, rule), in order.
    """

    words: list[str] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    quoted: list[bool] = field(default_factory=list)
    opens: list[bool] = field(default_factory=list)
    paragraph: list[int] = field(default_factory=list)
    found: dict[object, list[tuple[int, int, int]]] = field(default_factory=dict)
    _places: dict[str, list[int]] = field(default_factory=dict)
    _stops: dict[frozenset[str], list[int]] = field(default_factory=dict)

    def places(self) -> Mapping[str, list[int]]:
        """Where each word stands."""
        if not self._places:
            for at, word in enumerate(self.words):
                self._places.setdefault(word, []).append(at)
        return self._places

    def clause(self, at: int) -> tuple[int, int]:
        """First word of the clause around one word, and the first after it."""
        return self._around(at, CLAUSE_ENDS | TURN)

    def turn(self, at: int) -> tuple[int, int]:
        """The same of the part of the sentence between one "but" and the next."""
        return self._around(at, SENTENCE_ENDS | TURN)

    def sentence(self, at: int) -> tuple[int, int]:
        """First word of the sentence around one word, and the first after it."""
        return self._around(at, SENTENCE_ENDS)

    def _around(self, at: int, ends: frozenset[str]) -> tuple[int, int]:
        if ends not in self._stops:
            self._stops[ends] = [place for place, word in enumerate(self.words) if word in ends]
        stops = self._stops[ends]
        before = bisect_left(stops, at)
        behind = bisect_right(stops, at) if self.words[at] in TURN else before
        first = stops[before - 1] + 1 if before else 0
        return first, stops[behind] if behind < len(stops) else len(self.words)


def read(text: str, spelling: Spelling) -> Reading:
    """Read a whole message. Any text will do."""
    reading = Reading()
    quotes = _quotations(text)
    paragraph = 0
    for piece in _PIECE.finditer(text):
        if piece.lastgroup == "blank":
            paragraph += 1
        inside = _is_inside(quotes, piece.start())
        for word in _spoken(piece, text, spelling):
            _add(reading, word, piece, inside, paragraph)
    _tell_apart(reading, spelling)
    _mark_openings(reading, spelling)
    return reading


def _add(reading: Reading, word: str, piece: re.Match[str], inside: bool, paragraph: int) -> None:
    reading.words.append(word)
    reading.starts.append(piece.start())
    reading.ends.append(piece.end())
    reading.quoted.append(inside)
    reading.paragraph.append(paragraph)


def _spoken(piece: re.Match[str], text: str, spelling: Spelling) -> tuple[str, ...]:
    """The words and marks that one piece of the text stands for; none for what is not said."""
    kind, found = piece.lastgroup, piece.group()
    if kind == "word":
        return _in_full(found, spelling)
    if kind == "stop":
        return (_stop(found),)
    if kind in ("blank", "block") or (kind == "line" and _ends_a_line(text, piece)):
        return ("\n",)
    if kind == "pause":
        return (",",)
    if kind == "mark" and found not in "\"'“”„«»‘’`´*-_/\\~<>[]{}|^=#":
        return spelling.full.get(found, (found,))
    return ()


def _stop(found: str) -> str:
    if "?" in found:
        return "?"
    if "!" in found:
        return "!!" if found.count("!") > 1 else "!"
    return "." if found == "." else ","


def _ends_a_line(text: str, piece: re.Match[str]) -> bool:
    """A line break ends a sentence, unless the line was folded: then the next goes on in lower case."""
    before = text[max(0, piece.start() - 200) : piece.start()].rstrip()
    after = text[piece.end() : piece.end() + 40].lstrip()
    return not (after[:1].islower() and len(before.rsplit("\n", 1)[-1]) > LONGEST_WORD)


def _in_full(found: str, spelling: Spelling) -> tuple[str, ...]:
    """One word as it stands in the text → the words that it is short for, in lower case."""
    if len(found) > LONGEST_WORD:
        return (NO_WORD,)
    word = _ANY_APOSTROPHE.sub("'", _UNSEEN.sub("", found)).lower()
    if word not in spelling.full:
        word = _DRAWN_OUT.sub(r"\1", word)
    return tuple(each for each in _expanded(word, spelling) if each not in spelling.fillers)


def _expanded(word: str, spelling: Spelling) -> tuple[str, ...]:
    if word in spelling.full:
        return spelling.full[word]
    stem, mark, _ = word.rpartition("'")
    if not mark:
        return (word,)
    if word.endswith("n't") and len(word) > len("n't"):
        verb = word[:-3]
        return (_IRREGULAR_NOT.get(verb, verb), "not")
    ending = word[len(stem) :]
    if ending in _ENDINGS:
        return (*spelling.full.get(stem, (stem,)), _ENDINGS[ending])
    return (stem, "is") if ending == "'s" and stem in spelling.is_after else (word,)


def _tell_apart(reading: Reading, spelling: Spelling) -> None:
    """Replace "your" by "you are" where it can only mean that, "ill" by "I will", and "lets" by "let us"."""
    at = 0
    while at < len(reading.words) - 1:
        word, following = reading.words[at], reading.words[at + 1]
        if word == "your" and following in spelling.then_are:
            _split(reading, at, ("you", "are"))
        elif word == "ill" and following in spelling.then_will:
            _split(reading, at, ("i", "will"))
        elif word == "lets" and following not in _LET_BY_SOMEONE:
            _split(reading, at, ("let", "us"))
        at += 1


_LET_BY_SOMEONE = frozenset(
    {
        "me",
        "you",
        "him",
        "her",
        "them",
        "us",
        "it",
        "the",
        "my",
        "your",
        "his",
        "people",
        "anyone",
        "everyone",
    }
)


def _split(reading: Reading, at: int, two: tuple[str, str]) -> None:
    reading.words[at : at + 1] = two
    reading.starts.insert(at, reading.starts[at])
    reading.ends.insert(at, reading.ends[at])
    reading.quoted.insert(at, reading.quoted[at])
    reading.paragraph.insert(at, reading.paragraph[at])


def _mark_openings(reading: Reading, spelling: Spelling) -> None:
    """A clause opens after punctuation, and stays open while only words such as "and" or "look" go by."""
    is_open = True
    for word in reading.words:
        reading.opens.append(is_open)
        is_open = word in CLAUSE_ENDS or (is_open and word in spelling.openers) or word in _JOINING


_JOINING = frozenset({"and", "but", "so", "or", "then"})


def _is_inside(quotes: list[tuple[int, int]], at: int) -> bool:
    place = bisect_left(quotes, (at + 1, 0))
    return place > 0 and at < quotes[place - 1][1]


def _quotations(text: str) -> list[tuple[int, int]]:
    """Stretches between quotation marks, in order, none beyond its paragraph; a lone mark opens nothing."""
    found: list[tuple[int, int]] = []
    begin = 0
    for blank in (*re.finditer(r"\n\s*\n", text), None):
        end = blank.start() if blank else len(text)
        found.extend((begin + first, begin + last) for first, last in _pairs(text[begin:end]))
        begin = blank.end() if blank else end
    return found


_DOUBLE = re.compile('["“”„«»]')
_SINGLE = re.compile(r"(?:^|(?<=[\s(—–,]))[‘'](?=\w)([^‘'’\n]|[‘'’](?=\w)){1,400}[’'](?!\w)")


def _pairs(paragraph: str) -> Iterator[tuple[int, int]]:
    opened = -1
    taken: list[tuple[int, int]] = []
    for mark in _DOUBLE.finditer(paragraph):
        opens = mark.group() in _OPENING or (mark.group() == '"' and opened < 0)
        if opens:
            opened = mark.start()
        elif opened >= 0:
            taken.append((opened, mark.end()))
            opened = -1
    for mark in _SINGLE.finditer(paragraph):
        if not any(first < mark.end() and mark.start() < last for first, last in taken):
            taken.append(mark.span())
    yield from sorted(taken)


def share_of_latin(text: str) -> float:
    """How many of the letters are Latin ones, 0 … 1; 1 for a text without letters."""
    letters = [each for each in text if each.isalpha()]
    latin = sum(each < "ɐ" or "Ḁ" <= each <= "ỿ" for each in letters)
    return latin / len(letters) if letters else 1.0
