"""The names that people's own scripts rely on: they stand, with their signatures."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from decimal import Decimal
from importlib import import_module
from typing import Any

import pytest

import workbook
from workbook import entries
from workbook.book import Book, NewMember, Store, StoreError, Written
from workbook.entries import Entry, Invalid
from workbook.insight.choice import Choice
from workbook.insight.tone import Finding, ToneReport

SIGNATURES: dict[Callable[..., Any], str] = {
    workbook.open_store: "(where: 'str | Path | None' = None) -> 'Store'",
    workbook.show: "(page: 'str | None' = None) -> 'None'",
    workbook.frame: "(kind: 'str') -> 'DataFrame'",
    Store.members: "(self) -> 'list[str]'",
    Store.create_member: "(self, name: 'str', passphrase: 'str') -> 'NewMember'",
    Store.join: "(self, name: 'str', passphrase: 'str', code: 'str') -> 'NewMember'",
    Store.unlock: "(self, name: 'str', passphrase: 'str') -> 'Book'",
    Store.unlock_with_code: "(self, name: 'str', recovery_code: 'str') -> 'Book'",
    Book.invite: "(self) -> 'str'",
    Book.write: "(self, entry: 'Entry', room: 'Room' = 'mine') -> 'str'",
    Book.write_many: "(self, entries: 'Iterable[Entry]', room: 'Room' = 'mine') -> 'list[str]'",
    Book.revise: "(self, entry_id: 'str', **changes: 'Any') -> 'None'",
    Book.erase: "(self, entry_id: 'str') -> 'None'",
    Book.share: "(self, entry_id: 'str') -> 'str'",
    Book.entries: "(self, kind: 'type[Kind]', **where: 'Any') -> 'list[Written[Kind]]'",
    Book.frame: "(self, kind: 'type[Entry]') -> 'DataFrame'",
    Book.history: "(self, entry_id: 'str') -> 'DataFrame'",
    Book.change_passphrase: "(self, old: 'str | None', new: 'str') -> 'str'",
    Book.lock: "(self) -> 'None'",
}

SESSION = {
    "on": inspect.Parameter.empty,
    "together": "together",
    "with_whom": "",
    "place": "",
    "agenda": "",
    "tags": (),
    "paid": None,
}
REFLECTION = {
    "session": inspect.Parameter.empty,
    **dict.fromkeys(("understood", "mattered", "pace", "closeness", "hope")),
    **dict.fromkeys(("helped", "hurt", "takeaway"), ""),
}
GOAL = {
    "title": inspect.Parameter.empty,
    "today": "",
    "good_enough": "",
    "levels": None,
    "importance": 1,
    "difficulty": 1,
    "until": None,
}
GOAL_RATING = {**dict.fromkeys(("goal", "level", "on"), inspect.Parameter.empty), "seen": ""}
FEE_PLAN = {
    **dict.fromkeys(("label", "fee", "first"), inspect.Parameter.empty),
    "sessions": 12,
    "every_days": 7,
    "cover": "none",
    "allowed": None,
    "deductible_left": Decimal(0),
    "out_of_pocket_left": None,
    "coinsurance": Decimal(0),
    "copay": None,
    "copay_before_deductible": False,
    "plan_year_ends": None,
    "next_deductible": None,
    "next_out_of_pocket": None,
    "extra": Decimal(0),
}
FIELDS = {
    "FeePlan": FEE_PLAN,
    "Session": SESSION,
    "Reflection": REFLECTION,
    "Goal": GOAL,
    "GoalRating": GOAL_RATING,
}


@pytest.mark.parametrize("function", SIGNATURES, ids=lambda function: function.__qualname__)
def test_a_name_keeps_its_signature(function: Callable[..., Any]) -> None:
    assert str(inspect.signature(function)) == SIGNATURES[function]


def test_the_package_offers_these_names_and_no_others() -> None:
    expected = {
        "BookBusy",
        "Invalid",
        "NewerBook",
        "Tampered",
        "WrongPassphrase",
        "frame",
        "open_store",
        "show",
    }
    assert set(workbook.__all__) == expected
    assert all(hasattr(workbook, name) for name in expected)


@pytest.mark.parametrize("name", FIELDS)
def test_a_kind_keeps_its_fields_and_what_they_are_if_left_out(name: str) -> None:
    parameters = inspect.signature(getattr(entries, name)).parameters
    assert {field: each.default for field, each in parameters.items()} == FIELDS[name]
    assert {each.kind for each in parameters.values()} == {inspect.Parameter.KEYWORD_ONLY}


@pytest.mark.parametrize("kind", entries.KINDS)
def test_every_kind_is_frozen_and_named_by_keyword_alone(kind: type[Entry]) -> None:
    config = kind.__struct_config__
    assert (config.frozen, config.kw_only if hasattr(config, "kw_only") else True) == (True, True)
    with pytest.raises(TypeError):
        kind("by position")


def test_what_was_written_says_the_same_six_things() -> None:
    asked = ("id", "author", "room", "written_at", "revised_at", "entry")
    assert Written.__struct_fields__[: len(asked)] == asked
    assert NewMember.__struct_fields__ == ("name", "recovery_code")


def test_a_refusal_says_which_field_and_which_rule() -> None:
    refused = Invalid("closeness", "choose a number from 0 to 10")
    assert (refused.field, refused.rule, str(refused)) == (
        "closeness",
        "choose a number from 0 to 10",
        "closeness: choose a number from 0 to 10",
    )


@pytest.mark.parametrize("name", ["WrongPassphrase", "Tampered", "NewerBook", "BookBusy"])
def test_what_can_go_wrong_with_a_book_has_one_family(name: str) -> None:
    assert issubclass(getattr(workbook, name), StoreError)


@pytest.mark.parametrize(
    ("module", "names"),
    [
        ("insight.goals", ["t_score"]),
        ("insight.change", ["reliable_change", "trend"]),
        ("insight.sessions", ["numbered"]),
        ("insight.costs", ["course"]),
        ("insight.schedule", ["dates"]),
        ("insight.choice", ["fallback_bargaining"]),
        ("insight.tone", ["check"]),
        ("insight.timing", ["objections"]),
    ],
)
def test_the_insights_are_where_scripts_look_for_them(module: str, names: list[str]) -> None:
    assert all(callable(getattr(import_module(f"workbook.{module}"), name)) for name in names)


def test_what_the_insights_find_says_the_same_things() -> None:
    assert set(Choice.__struct_fields__) == {"winners", "depth", "borda"}
    assert set(Finding.__struct_fields__) == {"category", "start", "end", "why", "instead"}
    assert {"findings", "has"} <= set(ToneReport.__struct_fields__)


def test_a_kind_is_found_by_its_name() -> None:
    assert all(entries.BY_NAME[kind.__name__] is kind for kind in entries.KINDS)
