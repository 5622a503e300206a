"""The voice of the house: one hand, one word for one thing, nothing that shouts, nags or riddles."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import workbook
from workbook import content, places
from workbook.steps.page import PageSpec, pages
from workbook.store import errors
from workbook.store.errors import StoreError

EVERY_PAGE = [pytest.param(spec, id=spec.name) for spec in pages()]
FILES = sorted(path.stem for path in (places.DATA / "content" / "en").glob("*.toml"))
PACKAGE = Path(workbook.__file__).parent

LONGEST_SENTENCE = 35
"""Words that can be read aloud in one breath, by someone with a lot of it."""
OTHER_WORDS = re.compile(
    r"\b(somebody|anybody|everybody|whoever|whomever|whichever|oneself|one's|anew|"
    r"(?<!with )(?<!for )(?<!by )whom|as to|the other one|beside the common)\b",
    re.IGNORECASE,
)
"""What this book says in another word: someone, anyone, you, again, about, your partner, who."""
FILLER = re.compile(r"\b(please|simply|just)\b", re.IGNORECASE)
SAID_BY_PEOPLE = (
    "Please don't start with",
    "Tea, please",
    "just that",
    "I'd just sit there and lose",
)
"""What people who write in the book say in their own voice."""
JUST_LOOK = re.compile(r"Just look(ing)?\b")
AS_AGREED = ("Not a yes from both — that's an answer too",)
"""The one long dash: it was agreed on so."""
NAMES = re.compile(
    r"\b(I|I'[a-z]+|CSI-\d+|PNG|SVG|CSV|JSON|LGBTQ|T-score|JupyterLab|PostgreSQL|UTC|US|USB|NPI|Gottman|Couples|"
    r"Satisfaction|Index|Lines|Thursday|Tuesday|Sunday|Robin|Kim|MiB|T|Z63|README|Good|Faith|Estimate|GBP|USD|EUR)\b"
)
NEVER_EMPTY = {"journal.talk.cards", "journal.notes", "home.path", "our_data.leave"}
"""Lists that are not on the page while they are empty, and counts that belong to no list."""


NOTHING_TO_DO = ("Cancelled", "NotYours")
"""What was asked for, and what nobody can change."""


def texts(prose: Any, place: str = "") -> Iterator[tuple[str, str]]:
    """Every text in a file of prose, with its place in it."""
    if isinstance(prose, str):
        yield place, prose
    elif isinstance(prose, dict | list):
        parts = prose.items() if isinstance(prose, dict) else enumerate(prose)
        for name, part in parts:
            yield from texts(part, f"{place}.{name}" if place else str(name))


def tables(prose: dict[str, Any], place: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every table in a file of prose, with its place in it."""
    yield place, prose
    for name, part in prose.items():
        if isinstance(part, dict):
            yield from tables(part, f"{place}.{name}")


def said_by_the_program() -> list[str]:
    """Every whole sentence in the code of the package: what it raises, prints and shows."""
    found = []
    for file in sorted(PACKAGE.rglob("*.py")):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        told = {id(each.value) for each in ast.walk(tree) if isinstance(each, ast.Expr)}
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told:
                found += [node.value] if re.search(r"[a-z] [a-z].*[.?…]$", node.value) else []
    return found


def of_the_house(name: str) -> list[tuple[str, str]]:
    """The texts of a file, without the code that it shows."""
    return [
        each for each in texts(content.prose(name)) if not re.search(r"(^|\.)(code|show|command)$", each[0])
    ]


@pytest.mark.parametrize("name", FILES)
def test_the_same_thing_has_the_same_word(name: str) -> None:
    assert [each for each in of_the_house(name) if OTHER_WORDS.search(each[1])] == []


def test_the_program_speaks_in_the_same_words() -> None:
    assert len(said_by_the_program()) > 100
    assert [words for words in said_by_the_program() if OTHER_WORDS.search(words)] == []
    assert [words for words in said_by_the_program() if "!" in words or FILLER.search(words)] == []


@pytest.mark.parametrize("name", FILES)
def test_no_sentence_begs_or_waves_a_hand(name: str) -> None:
    found = []
    for place, words in of_the_house(name):
        left = JUST_LOOK.sub("", words)
        for said in SAID_BY_PEOPLE:
            left = left.replace(said, "")
        found += [(place, words)] if FILLER.search(left) else []
    assert found == []


@pytest.mark.parametrize("name", FILES)
def test_every_sentence_can_be_read_aloud_in_one_breath(name: str) -> None:
    found = []
    for place, words in of_the_house(name):
        for sentence in re.split(r"(?<=[.?…])[”)]?\s+", words):
            found += [(place, sentence)] if len(sentence.split()) > LONGEST_SENTENCE else []
    assert found == []


@pytest.mark.parametrize("spec", EVERY_PAGE)
def test_every_why_names_its_source_and_its_doubt(spec: PageSpec) -> None:
    prose = content.prose(spec.name)
    assert re.search(r"[A-Z]\w+.* (19|20)\d\d\b", prose["source"])
    assert re.search(r"n't|\b(not|no|nobody)\b|mixed|small", prose["why"] + prose["source"], re.IGNORECASE)


@pytest.mark.parametrize("spec", EVERY_PAGE)
def test_every_list_and_chart_says_what_will_be_here(spec: PageSpec) -> None:
    for place, table in tables(content.prose(spec.name), spec.name):
        is_list = "counts" in table and "title" in table
        is_chart = "question" in table and ("columns" in table or "rests_on" in table)
        if (is_list or is_chart) and place not in NEVER_EMPTY:
            assert re.search(r"\bhere\b", table["empty"]), (place, table["empty"])


@pytest.mark.parametrize("name", FILES)
def test_quotes_dashes_and_dots_have_one_form(name: str) -> None:
    found = []
    for place, words in of_the_house(name):
        left = re.sub(r"`[^`]*`|= \+ - @", "", words)
        for said in AS_AGREED:
            left = left.replace(said, "")
        if re.search(r"[\"‘’«»—]|--|\.\.\.| - |  ", left):
            found.append((place, words))
    assert found == []


@pytest.mark.parametrize("name", FILES)
def test_labels_and_buttons_are_in_sentence_case(name: str) -> None:
    found = []
    for place, words in of_the_house(name):
        if (
            len(words.split()) <= 8
            and not place.startswith(("kinds.", "source"))
            and not place.endswith("source")
        ):
            left = NAMES.sub("x", re.sub(r"“[^”]*”|\([A-Z]+\)", "x.", words))
            found += [(place, words)] if re.search(r"[a-z,] +[A-Z]", left) else []
    assert found == []


def told(*without: str) -> list[Any]:
    """What each error of the store says; `why` brings its own next step."""
    made = []
    for name, kind in sorted(vars(errors).items()):
        if (
            name not in without
            and isinstance(kind, type)
            and issubclass(kind, StoreError)
            and kind is not StoreError
        ):
            wanted = inspect.signature(kind).parameters.values()
            given = ["Choose another." if each.name == "why" else 7 for each in wanted]
            made.append(pytest.param(str(kind(*given)), id=name))
    return made


@pytest.mark.parametrize("words", told())
def test_every_error_says_that_nothing_was_lost(words: str) -> None:
    assert re.search(
        r"[Nn]othing (of it )?was|was not saved|is safe|as it was|not tried|may not be saved|is in your own",
        words,
    )


@pytest.mark.parametrize("words", told(*NOTHING_TO_DO))
def test_every_error_says_what_to_do_next(words: str) -> None:
    verbs = "Try|Open|Install|Close|Allow|Free|Begin|Unlock|Choose|Check|Save|Set|Give|unlock|use"
    assert re.search(rf"\b({verbs})\b", words)
