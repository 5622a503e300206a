"""What the book refuses: each refusal names the field and the rule, and nothing is written."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import msgspec
import pytest

from tests.book.conftest import DAY, SOME_ID, Couple
from workbook.book import Book, Store
from workbook.entries import (
    LONGEST_TEXT,
    Entry,
    Goal,
    GoalRating,
    Invalid,
    Plan,
    Reflection,
    Session,
    Settings,
)

YEARS = "the year should be between 1900 and 2199"
TEXT = "a text can be up to 20,000 characters long"
SCALE = "choose a number from 0 to 10"
LEVEL = "choose a level from −2 to +2"
NUMBER = "an amount should be a number"
AMOUNT = "an amount should be between 0 and 1,000,000"
LINE = "a line can be up to 300 characters long"


class Stray(Entry, kw_only=True, frozen=True):
    """A kind that no book keeps."""


def reflection(**fields: Any) -> Reflection:
    return Reflection(session=SOME_ID, **fields)


def session(**fields: Any) -> Session:
    return Session(**{"on": DAY, **fields})


REFUSED = [
    (reflection(closeness=11), "closeness", SCALE),
    (reflection(hope=-1), "hope", SCALE),
    (reflection(takeaway="x" * (LONGEST_TEXT + 1)), "takeaway", TEXT),
    (GoalRating(goal=SOME_ID, level=3, on=DAY), "level", LEVEL),
    (GoalRating(goal=SOME_ID, level=-3, on=DAY), "level", LEVEL),
    (session(on=date(2200, 1, 1)), "on", YEARS),
    (session(on=date(1899, 12, 31)), "on", YEARS),
    (session(paid=Decimal("NaN")), "paid", NUMBER),
    (session(paid=Decimal("sNaN")), "paid", NUMBER),
    (session(paid=Decimal("Infinity")), "paid", NUMBER),
    (session(paid=float("nan")), "paid", NUMBER),
    (session(paid=Decimal("-0.01")), "paid", AMOUNT),
    (session(paid=Decimal("1000000.01")), "paid", AMOUNT),
    (session(with_whom="x" * 301), "with_whom", LINE),
    (session(tags=("x" * 301,)), "tags", LINE),
    (session(tags=("x",) * 31), "tags", "up to 30 tags"),
    (Goal(title=""), "title", "this can't be empty"),
    (Goal(title=" \t\n"), "title", "a goal needs a title"),
    (Goal(title="Walks", importance=4), "importance", "choose 1, 2 or 3"),
    (Goal(title="Walks", difficulty=0), "difficulty", "choose a number from 1 to 3"),
    (Goal(title="Walks", until=date(2200, 1, 1)), "until", YEARS),
    (Settings(idle_minutes=0), "idle_minutes", "choose a number from 1 to 240"),
    (Settings(idle_minutes=241), "idle_minutes", "choose a number from 1 to 240"),
    (Plan(first=date(2026, 3, 2), alone=-1), "alone", "choose a number from 0 to 50"),
]


@pytest.mark.parametrize(("entry", "field", "rule"), REFUSED)
def test_a_refusal_names_the_field_and_the_rule(book: Book, entry: Entry, field: str, rule: str) -> None:
    with pytest.raises(Invalid) as refused:
        book.write(entry)
    assert (refused.value.field, refused.value.rule) == (field, rule)
    assert str(refused.value) == f"{field}: {rule}"
    assert book.entries(type(entry)) == []


WRONG_TYPE = [
    (reflection(closeness=True), "closeness"),
    (reflection(closeness=6.0), "closeness"),
    (reflection(closeness="6"), "closeness"),
    (reflection(closeness=object()), "closeness"),
    (reflection(helped=None), "helped"),
    (reflection(takeaway=b"bytes"), "takeaway"),
    (Reflection(session=None), "session"),
    (session(on="12026-03-02"), "on"),
    (session(on=None), "on"),
    (session(on=datetime(2026, 3, 2, 10, 30)), "on"),  # noqa: DTZ001
    (session(together="apart"), "together"),
    (session(tags="money"), "tags"),
    (session(tags=("money", 3)), "tags"),
    (session(paid="a lot"), "paid"),
    (Goal(title="Walks", levels=("much less", "less")), "levels"),
    (Settings(currency="EUR\n"), "currency"),
    (GoalRating(goal=SOME_ID, level=None, on=DAY), "level"),
]


@pytest.mark.parametrize(("entry", "field"), WRONG_TYPE)
def test_a_value_of_the_wrong_type_is_refused_at_its_field(book: Book, entry: Entry, field: str) -> None:
    with pytest.raises(Invalid) as refused:
        book.write(entry)
    assert refused.value.field == field
    assert refused.value.rule


def test_the_ends_of_every_rule_are_inside(book: Book) -> None:
    edges = [
        reflection(closeness=0, hope=10, takeaway="x" * LONGEST_TEXT),
        session(on=date(1900, 1, 1), paid=Decimal(0)),
        session(on=date(2199, 12, 31), paid=Decimal(1000000), tags=("x" * 300,) * 30),
        Goal(title="x", importance=1, difficulty=3, until=date(1900, 1, 1)),
    ]
    ids = book.write_many(edges)
    assert [book.entry(entry_id).entry for entry_id in ids] == edges


def test_nothing_counts_as_an_answer_unless_it_was_given(book: Book) -> None:
    book.write(reflection())
    (written,) = book.entries(Reflection)
    scales = ("understood", "mattered", "pace", "closeness", "hope")
    assert [getattr(written.entry, scale) for scale in scales] == [None] * 5


def test_a_kind_that_the_book_does_not_know_is_refused(book: Book) -> None:
    with pytest.raises(Invalid, match="Stray is not a kind of entry"):
        book.write(Stray())


def test_a_room_that_there_is_not_is_refused(book: Book) -> None:
    with pytest.raises(Invalid) as refused:
        book.write(session(), "yours")
    assert (refused.value.field, refused.value.rule) == ("room", 'a room is "mine" or "ours"')


def test_there_is_no_room_of_both_before_the_partner_joined(book: Book) -> None:
    book.invite()
    entry_id = book.write(session())
    for attempt in (lambda: book.write(session(), "ours"), lambda: book.share(entry_id)):
        with pytest.raises(Invalid) as refused:
            attempt()
        assert refused.value.field == "room"
        assert refused.value.rule == "nothing can go to both of you until your partner has joined"


def test_the_room_of_both_opens_as_soon_as_the_partner_has_joined(couple: Couple) -> None:
    entry_id = couple.ana.write(session(), "ours")
    assert couple.ben.entry(entry_id).room == "ours"


def test_an_unknown_field_cannot_be_revised(book: Book) -> None:
    entry_id = book.write(session())
    with pytest.raises(Invalid) as refused:
        book.revise(entry_id, on=date(2026, 3, 3), colour="green")
    assert refused.value.field == "colour"
    assert book.entry(entry_id).entry == session()


def test_a_revision_is_checked_like_a_new_entry(book: Book) -> None:
    entry_id = book.write(reflection(closeness=4))
    with pytest.raises(Invalid) as refused:
        book.revise(entry_id, closeness=11)
    assert refused.value.field == "closeness"
    assert len(book.versions(entry_id)) == 1


@pytest.mark.parametrize("name", ["", "   ", "x" * 81, "two\nlines"])
def test_a_name_that_cannot_be_shown_on_one_line_is_refused(store: Store, book: Book, name: str) -> None:
    with pytest.raises(Invalid) as refused:
        store.join(name, "six other words", book.invite())
    assert refused.value.field == "name"
    assert store.members() == ["Ana"]


def test_an_empty_passphrase_is_refused(store: Store, book: Book) -> None:
    with pytest.raises(Invalid) as refused:
        store.join("Ben", "", book.invite())
    assert refused.value.field == "passphrase"


def test_every_kind_is_frozen() -> None:
    with pytest.raises(AttributeError):
        session().on = DAY
    assert msgspec.structs.replace(session(), place="here").place == "here"
