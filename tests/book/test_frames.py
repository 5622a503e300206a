"""Frames: one row an entry, typed columns, the same ones whether anything is written or not."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from decimal import Decimal

import pandas as pd
import pytest

from tests.book.conftest import ANA, DAY, ONE_OF_EACH, SOME_ID, Couple
from workbook.book import Book, Store
from workbook.entries import KINDS, Entry, FeePlan, Goal, GoalRating, Reflection, Session, field_types

FIRST = {
    "id": "str",
    "author": "str",
    "room": "str",
    "written_at": "datetime64[us]",
    "revised_at": "datetime64[us]",
}
COLUMNS: dict[type[Entry], dict[str, str]] = {
    Session: {
        "on": "datetime64[us]",
        "together": "str",
        "with_whom": "str",
        "place": "str",
        "agenda": "str",
        "tags": "object",
        "paid": "float64",
    },
    Reflection: {
        "session": "str",
        "understood": "Int64",
        "mattered": "Int64",
        "pace": "Int64",
        "closeness": "Int64",
        "hope": "Int64",
        "helped": "str",
        "hurt": "str",
        "takeaway": "str",
    },
    Goal: {
        "title": "str",
        "today": "str",
        "good_enough": "str",
        "levels": "object",
        "importance": "Int64",
        "difficulty": "Int64",
        "until": "datetime64[us]",
    },
    GoalRating: {"goal": "str", "level": "Int64", "on": "datetime64[us]", "seen": "str"},
}
TEXT = pd.Series(["a"], dtype="str").dtype
"""Text as this version of pandas keeps it."""


@pytest.fixture
def in_zone(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], None]]:
    """Sets the time zone of the reader's computer."""

    def set_(zone: str) -> None:
        monkeypatch.setenv("TZ", zone)
        time.tzset()

    yield set_
    monkeypatch.undo()
    time.tzset()


def written_at(book: Book, monkeypatch: pytest.MonkeyPatch, moments: list[datetime]) -> None:
    for moment in moments:
        nanoseconds = round(moment.timestamp() * 1_000_000) * 1_000
        monkeypatch.setattr(time, "time_ns", lambda now=nanoseconds: now)
        book.write(Goal(title="Walks"))


@pytest.mark.parametrize("kind", COLUMNS)
def test_columns_and_types_are_what_the_kind_says(book: Book, kind: type[Entry]) -> None:
    expected = {name: TEXT if dtype == "str" else dtype for name, dtype in {**FIRST, **COLUMNS[kind]}.items()}
    assert dict(book.frame(kind).dtypes) == expected
    book.write(ONE_OF_EACH[kind])
    assert dict(book.frame(kind).dtypes) == expected


@pytest.mark.parametrize("kind", KINDS)
def test_an_empty_frame_has_the_columns_and_types_of_a_filled_one(book: Book, kind: type[Entry]) -> None:
    empty = book.frame(kind)
    entry_id = book.write(ONE_OF_EACH[kind])
    filled = book.frame(kind)
    pd.testing.assert_series_equal(empty.dtypes, filled.dtypes)
    pd.testing.assert_series_equal(empty.dtypes, book.history(entry_id).dtypes)
    assert (len(empty), len(filled)) == (0, 1)
    assert list(empty.columns) == [*FIRST, *kind.__struct_fields__]


@pytest.mark.parametrize("kind", KINDS)
def test_a_frame_holds_the_values_of_its_entries(book: Book, kind: type[Entry]) -> None:
    book.write(ONE_OF_EACH[kind])
    (row,) = book.frame(kind).to_dict("records")
    for field in field_types(kind):
        assert row[field] == as_in_a_frame(getattr(ONE_OF_EACH[kind], field)), field


def as_in_a_frame(value: object) -> object:
    if isinstance(value, date):
        return pd.Timestamp(value)
    return float(value) if isinstance(value, Decimal) else value


def test_what_is_unanswered_is_missing_and_not_zero(book: Book) -> None:
    book.write_many([Reflection(session=SOME_ID, closeness=0), Reflection(session=SOME_ID, hope=10)])
    frame = book.frame(Reflection)
    assert frame["closeness"].isna().tolist() == [False, True]
    assert frame["hope"].isna().tolist() == [True, False]
    assert frame["closeness"].mean() == 0
    assert frame["pace"].isna().all()


def test_what_has_no_date_or_price_is_missing(book: Book) -> None:
    book.write_many([Goal(title="Walks"), Session(on=DAY), Session(on=DAY, paid=Decimal(0))])
    assert book.frame(Goal)["until"].isna().tolist() == [True]
    assert book.frame(Session)["paid"].isna().tolist() == [True, False]


def test_money_adds_up_in_a_frame(book: Book) -> None:
    book.write_many(Session(on=DAY, paid=Decimal(f"{cents}.10")) for cents in range(3))
    assert book.frame(Session)["paid"].tolist() == [0.1, 1.1, 2.1]
    book.write(FeePlan(label="Mill Street", fee=Decimal("120.50"), first=DAY))
    assert book.frame(FeePlan)["fee"].tolist() == [120.5]


def test_a_frame_has_one_row_an_entry_and_shows_the_last_version(book: Book) -> None:
    first, second = book.write_many([Goal(title="a"), Goal(title="b")])
    book.revise(first, title="c")
    frame = book.frame(Goal)
    assert frame["id"].tolist() == [first, second]
    assert frame["title"].tolist() == ["c", "b"]
    assert frame["revised_at"].isna().tolist() == [False, True]


def test_a_frame_says_who_wrote_what_and_who_can_read_it(couple: Couple) -> None:
    couple.ana.write(Goal(title="a"))
    couple.ana.write(Goal(title="b"), "ours")
    couple.ben.write(Goal(title="c"), "ours")
    columns = ["author", "room", "title"]
    own = [["Ana", "mine", "a"], ["Ana", "ours", "b"], ["Ben", "ours", "c"]]
    assert couple.ana.frame(Goal)[columns].to_numpy().tolist() == own
    assert couple.ben.frame(Goal)[columns].to_numpy().tolist() == own[1:]


def test_a_history_has_one_row_a_version(book: Book) -> None:
    entry_id = book.write(Goal(title="a"))
    book.revise(entry_id, title="b", until=DAY)
    history = book.history(entry_id)
    assert history["title"].tolist() == ["a", "b"]
    assert history["id"].tolist() == [entry_id, entry_id]
    assert history["until"].tolist() == [pd.NaT, pd.Timestamp(DAY)]


def test_a_frame_is_the_reader_s_own_copy(book: Book) -> None:
    book.write(Goal(title="a"))
    frame = book.frame(Goal)
    frame.loc[0, "title"] = "changed"
    assert book.frame(Goal)["title"].tolist() == ["a"]


def test_a_frame_of_many_agrees_with_the_entries(store: Store, book: Book) -> None:
    book.write_many(Reflection(session=SOME_ID, closeness=n % 11, takeaway=f"{n}") for n in range(200))
    again = store.unlock(*ANA)
    frame, entries = again.frame(Reflection), again.entries(Reflection)
    assert frame["id"].tolist() == [written.id for written in entries]
    assert frame["takeaway"].tolist() == [f"{n}" for n in range(200)]
    assert frame["written_at"].tolist() == [written.written_at.replace(tzinfo=None) for written in entries]


ZONES = {
    "Europe/Berlin": [
        (datetime(2026, 3, 29, 0, 59, 59, tzinfo=UTC), "2026-03-29 01:59:59"),
        (datetime(2026, 3, 29, 1, 0, tzinfo=UTC), "2026-03-29 03:00:00"),
        (datetime(2026, 10, 25, 0, 59, 59, tzinfo=UTC), "2026-10-25 02:59:59"),
        (datetime(2026, 10, 25, 1, 0, tzinfo=UTC), "2026-10-25 02:00:00"),
    ],
    "Asia/Kathmandu": [(datetime(2026, 7, 1, 18, 20, tzinfo=UTC), "2026-07-02 00:05:00")],
    "Australia/Lord_Howe": [
        (datetime(2026, 4, 4, 14, 59, 59, 999_999, tzinfo=UTC), "2026-04-05 01:59:59.999999"),
        (datetime(2026, 4, 4, 15, 0, tzinfo=UTC), "2026-04-05 01:30:00"),
    ],
    "America/St_Johns": [(datetime(2026, 1, 1, 2, 0, tzinfo=UTC), "2025-12-31 22:30:00")],
}


@pytest.mark.parametrize("zone", ZONES)
def test_times_are_what_the_clock_on_the_wall_showed(
    book: Book, monkeypatch: pytest.MonkeyPatch, in_zone: Callable[[str], None], zone: str
) -> None:
    in_zone(zone)
    moments, shown = zip(*ZONES[zone], strict=True)
    written_at(book, monkeypatch, list(moments))
    assert book.frame(Goal)["written_at"].tolist() == [pd.Timestamp(each) for each in shown]
    assert [written.written_at for written in book.entries(Goal)] == list(moments)
