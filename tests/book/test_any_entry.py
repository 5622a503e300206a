"""Any entry that is valid comes back exactly: from a new unlock, in a frame, after any steps."""

from __future__ import annotations

import types
from collections.abc import Iterator
from datetime import date, time
from decimal import Decimal
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec import Meta

from tests.book.conftest import ANA, SOFT
from workbook.book import Store
from workbook.book.book import Book
from workbook.entries import EARLIEST, KINDS, LATEST, Entry, Goal, Invalid, checked, field_types
from workbook.store import Vault

FEW = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
SMALL = 200
"""Characters of the longest text tried here; the true bounds have a test of their own."""
PLAIN = {
    str: st.text(max_size=SMALL),
    bool: st.booleans(),
    int: st.integers(-(2**31), 2**31),
    date: st.dates(EARLIEST, LATEST),
    time: st.times(),
    Decimal: st.decimals(0, 1, places=2) | st.decimals(0, 1_000_000, places=2) | st.decimals(0, 1),
}
SEEDED = {
    "Ranking": {"acceptable": st.integers(0, 4)},
    "SatisfactionScore": {"total": st.integers(0, 21)},
}
"""Fields of a kind that would hardly ever fit together by chance."""


def values(hint: Any) -> st.SearchStrategy[Any]:
    """Values of a field's type, within its bounds."""
    outer, parts = get_origin(hint), get_args(hint)
    if outer is Annotated:
        return bounded(parts[0], parts[1])
    if outer is Literal:
        return st.sampled_from(parts)
    if outer in (Union, types.UnionType):
        return st.one_of(*(values(part) for part in parts))
    if outer is tuple:
        return any_tuple(parts, 4)
    if outer is dict:
        return st.dictionaries(values(parts[0]), values(parts[1]), max_size=4)
    return st.none() if hint is type(None) else PLAIN[hint]


def bounded(hint: Any, bounds: Meta) -> st.SearchStrategy[Any]:
    if hint is int:
        return st.integers(bounds.ge, bounds.le)
    if bounds.pattern:
        return st.from_regex(bounds.pattern)
    if hint is str:
        return st.text(min_size=bounds.min_length or 0, max_size=min(bounds.max_length or SMALL, SMALL))
    return any_tuple(get_args(hint), min(bounds.max_length or 4, 4))


def any_tuple(parts: tuple[Any, ...], longest: int) -> st.SearchStrategy[Any]:
    if parts[-1] is Ellipsis:
        return st.lists(values(parts[0]), max_size=longest).map(tuple)
    return st.tuples(*(values(part) for part in parts))


def entries(kind: type[Entry]) -> st.SearchStrategy[Entry]:
    """Entries of a kind that keep its rules."""
    hints = get_type_hints(kind, include_extras=True)
    fields = {name: values(hints[name]) for name in kind.__struct_fields__} | SEEDED.get(kind.__name__, {})
    return st.builds(kind, **fields).filter(is_valid)


def is_valid(entry: Entry) -> bool:
    try:
        entry.check()
    except Invalid:
        return False
    return True


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    """A book in memory that goes through all examples."""
    store = Store(Vault.open(":memory:", hardness=SOFT))
    store.create_member(*ANA)
    yield store
    store.close()


def as_in_a_frame(value: Any) -> Any:
    if value is None:
        return None
    if isinstance(value, date):
        return pd.Timestamp(value)
    return float(value) if isinstance(value, Decimal) else value


def read(value: Any) -> Any:
    return None if value is pd.NA or value is pd.NaT or value != value else value


@pytest.mark.parametrize("kind", KINDS)
def test_any_valid_entry_comes_back_exactly_from_a_new_unlock(store: Store, kind: type[Entry]) -> None:
    @FEW
    @given(entries(kind))
    def comes_back(entry: Entry) -> None:
        entry_id = store.unlock(*ANA).write(entry)
        again = store.unlock(*ANA)
        assert again.entry(entry_id).entry == entry
        row = again.frame(kind).iloc[-1]
        assert row["id"] == entry_id
        for field in field_types(kind):
            assert read(row[field]) == as_in_a_frame(getattr(entry, field)), field
        again.erase(entry_id)

    comes_back()


@pytest.mark.parametrize("kind", KINDS)
def test_checking_changes_nothing_about_a_valid_entry(kind: type[Entry]) -> None:
    @given(entries(kind))
    def is_unchanged(entry: Entry) -> None:
        assert checked(entry) == entry
        assert checked(checked(entry)) == checked(entry)

    is_unchanged()


@given(st.text(alphabet=st.characters(categories=None), max_size=50))
def test_any_text_at_all_can_be_written(text: str) -> None:
    kept = checked(Goal(title="x", today=text)).today
    assert len(kept) <= len(text)
    kept.encode()


WORDS = st.text(min_size=1, max_size=8).filter(lambda words: bool(words.strip()))
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("write"), WORDS),
        st.tuples(st.just("revise"), WORDS),
        st.tuples(st.just("erase"), st.just("")),
    ),
    max_size=12,
)


@FEW
@given(STEPS, st.lists(st.booleans(), min_size=12, max_size=12))
def test_two_open_books_always_agree_with_each_other_and_with_a_new_one(
    steps: list[tuple[str, str]], turns: list[bool]
) -> None:
    store = Store(Vault.open(":memory:", hardness=SOFT))
    store.create_member(*ANA)
    books = store.unlock(*ANA), store.unlock(*ANA)
    goals: dict[str, list[str]] = {}
    for (step, words), turn in zip(steps, turns, strict=False):
        take_step(books[turn], goals, step, words)
    expected = list(goals.items())
    for book in (*books, store.unlock(*ANA)):
        assert [(goal, titles(book, goal)) for goal in ids(book)] == expected
    store.close()


def take_step(book: Book, goals: dict[str, list[str]], step: str, words: str) -> None:
    """One step, in the book and in the plain dict that says what should be there."""
    if step == "write":
        goals[book.write(Goal(title=words))] = [words]
    elif goals and step == "revise":
        last = list(goals)[-1]
        book.revise(last, title=words)
        goals[last] += [words] if goals[last][-1] != words else []
    elif goals:
        first = next(iter(goals))
        book.erase(first)
        del goals[first]


def ids(book: Book) -> list[str]:
    return [written.id for written in book.entries(Goal)]


def titles(book: Book, goal: str) -> list[str]:
    return [version.entry.title for version in book.versions(goal)]
