"""What the pages say: complete, in its place, and in the tone of the book."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal, get_args, get_origin

import pytest

from tests.conftest import SOFT
from workbook import content, places
from workbook.book import Store
from workbook.entries import KINDS, field_types
from workbook.steps.drafts import Drafts
from workbook.steps.page import Page, PageSpec, Surroundings, pages
from workbook.store import Vault

EVERY_PAGE = [pytest.param(spec, id=spec.name) for spec in pages()]
FILES = sorted(path.stem for path in (places.DATA / "content" / "en").glob("*.toml"))


class Alone(Surroundings):
    """What a page is handed here: a book in memory, and nobody to draw for."""

    def __init__(self) -> None:
        self.store = Store(Vault.open(":memory:", hardness=SOFT))
        self.store.create_member("Ana", "six words")
        self.book = self.store.unlock("Ana", "six words")
        self.drafts = Drafts(self.book)


def sentences(prose: Any) -> Iterator[str]:
    """Every text in a file of prose."""
    if isinstance(prose, str):
        yield prose
    elif isinstance(prose, dict | list):
        for part in prose.values() if isinstance(prose, dict) else prose:
            yield from sentences(part)


@pytest.mark.parametrize("spec", EVERY_PAGE)
def test_every_page_has_a_title_and_a_purpose_in_one_line(spec: PageSpec) -> None:
    for words in (spec.title, spec.purpose):
        assert words.strip() == words != ""
        assert "\n" not in words


@pytest.mark.parametrize("spec", EVERY_PAGE)
def test_every_page_says_why_in_60_to_120_words(spec: PageSpec) -> None:
    assert 60 <= len(content.prose(spec.name)["why"].split()) <= 120


@pytest.mark.parametrize("spec", EVERY_PAGE)
def test_every_page_can_be_built_from_its_prose(spec: PageSpec) -> None:
    page = Page(spec, Alone(), alone=False)
    assert len(page.box.children) > 1


@pytest.mark.parametrize("spec", EVERY_PAGE)
def test_every_choice_of_an_entry_has_words_on_the_page_that_asks_for_it(spec: PageSpec) -> None:
    fields = content.prose(spec.name).get("fields", {})
    for kind in KINDS:
        for name, hint in field_types(kind).items():
            worded = fields.get(name, {}).get("options")
            if get_origin(hint) is Literal and isinstance(worded, dict) and set(worded) & set(get_args(hint)):
                assert set(worded) == set(get_args(hint)), (kind, name)


@pytest.mark.parametrize("spec", EVERY_PAGE)
def test_every_field_on_a_page_has_a_label(spec: PageSpec) -> None:
    for name, field in content.prose(spec.name).get("fields", {}).items():
        assert field["label"].strip(), name


@pytest.mark.parametrize("name", FILES)
def test_the_prose_never_raises_its_voice(name: str) -> None:
    loud = [words for words in sentences(content.prose(name)) if "!" in words]
    assert loud == []


@pytest.mark.parametrize("name", FILES)
def test_no_text_is_left_unfinished(name: str) -> None:
    unfinished = ("TODO", "FIXME", "XXX", "lorem")
    found = [words for words in sentences(content.prose(name)) if any(mark in words for mark in unfinished)]
    assert found == []


def test_a_page_without_prose_is_not_found() -> None:
    with pytest.raises(FileNotFoundError):
        content.prose("no-such-page")


def test_titles_and_names_are_each_page_s_own() -> None:
    for words in ([spec.title for spec in pages()], [spec.name for spec in pages()]):
        assert len(set(words)) == len(words)


def test_steps_are_numbered_once_each() -> None:
    numbers = [spec.number for spec in pages() if spec.number]
    assert len(set(numbers)) == len(numbers)
    assert set(numbers) <= set(range(1, 14))
