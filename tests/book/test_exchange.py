"""Export, import, export: what people wrote comes back byte for byte, each once, and what belongs together
does so again."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from decimal import Decimal
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.book.conftest import BEN, ONE_OF_EACH, Couple
from tests.book.exchanging import bring, content, counts, exported, new_book, rows, whys
from tests.book.test_any_entry import entries
from tests.hostile import STRINGS
from workbook.book import Book
from workbook.book.exchange import Format, lines, summary, warnings
from workbook.book.exchange.columns import ABOUT, columns, references
from workbook.entries import (
    KINDS,
    Alternative,
    AlternativeTry,
    CoverCall,
    Entry,
    Goal,
    GoalRating,
    Invalid,
    Plan,
    Ranking,
    Reflection,
    Session,
    Settings,
    Sorting,
    Thought,
)

FORMATS = get_args(Format)
ANY_ENTRIES = st.lists(st.one_of(*(entries(kind) for kind in KINDS)), max_size=8)


def everything(book: Book) -> list[Entry]:
    return [each.entry for kind in KINDS for each in book.entries(kind)]


@pytest.mark.parametrize("kind", FORMATS)
def test_any_entries_come_back_byte_for_byte(kind: Format) -> None:
    @settings(max_examples=25, deadline=None)
    @given(ANY_ENTRIES)
    def come_back(written: list[Entry]) -> None:
        book, again = new_book(), new_book()
        book.write_many(written)
        first = exported(book, kind)
        assert counts(bring(again, first)) == ({"new": len(written)} if written else {})
        assert everything(again) == everything(book)
        assert content(exported(again, kind)) == content(first)
        assert counts(bring(again, first)) == ({"here": len(written)} if written else {})
        assert len(everything(again)) == len(written)

    come_back()


@pytest.mark.parametrize("kind", FORMATS)
def test_hostile_texts_come_back_byte_for_byte_in_every_sort_of_field(kind: Format) -> None:
    book, again = new_book(), new_book()
    book.write_many([Goal(title="x", today=text) for text in STRINGS])
    book.write_many([Session(on=date(2026, 3, 2), tags=(text,), place=text) for text in STRINGS])
    book.write_many([CoverCall(on=date(2026, 3, 2), answers={text: text}) for text in STRINGS])
    first = exported(book, kind)
    bring(again, first)
    assert everything(again) == everything(book)
    assert content(exported(again, kind)) == content(first)


def test_no_cell_of_an_export_is_a_formula() -> None:
    book = new_book("=cmd|' /C calc'!A0")
    book.write_many([Goal(title="x", today=text) for text in STRINGS if text])
    book.write(GoalRating(goal="g", level=-1, on=date(2026, 3, 2)))
    found = exported(book)
    cells_ = [
        cell for name in ("Goal.csv", "GoalRating.csv") for row in rows(found[name]) for cell in row.values()
    ]
    assert [cell for cell in cells_ if cell[:1] in set("=+-@\t\r\n")] == ["-1"]
    assert found["Goal.csv"].startswith(b"\xef\xbb\xbf")
    assert {row["author"] for row in rows(found["Goal.csv"])} == {"'=cmd|' /C calc'!A0"}


def test_times_come_back_and_a_new_export_tells_the_original_ids() -> None:
    book, again = new_book(), new_book()
    goal = book.write(Goal(title="before"))
    book.revise(goal, title="after")
    first = exported(book)
    bring(again, first)
    (before,), (after,) = rows(first["Goal.csv"]), rows(exported(again)["Goal.csv"])
    assert after["source_id"] == goal != after["id"]
    assert after["author"] == "Ana"
    for column in ("written_at", "revised_at", "title", "room"):
        assert after[column] == before[column]


def test_an_export_of_what_was_imported_adds_nothing_to_where_it_comes_from() -> None:
    book, again, third = new_book(), new_book(), new_book()
    book.write_many([Goal(title="one"), Goal(title="two")])
    bring(again, exported(book))
    assert counts(bring(book, exported(again))) == {"here": 2}
    bring(third, exported(again))
    assert counts(bring(third, exported(book))) == {"here": 2}
    assert len(third.entries(Goal)) == 2


def test_what_belongs_together_does_so_again() -> None:
    book, again = new_book(), new_book()
    session, goal = book.write(Session(on=date(2026, 3, 2))), book.write(Goal(title="x"))
    other = book.write(Alternative(what="A walk"))
    book.write(Reflection(session=session, takeaway="t"))
    book.write(GoalRating(goal=goal, level=1, on=date(2026, 3, 2)))
    book.write(AlternativeTry(tries=other, since=date(2026, 3, 2)))
    book.write(AlternativeTry(tries="retreat", since=date(2026, 3, 2)))
    book.write(Sorting(places={"book": "now", other: "maybe"}))
    book.write(Ranking(order=(other, "b"), acceptable=1))
    bring(again, exported(book))
    here = again.entries(Alternative)[0].id
    assert again.entries(Reflection)[0].entry.session == again.entries(Session)[0].id != session
    assert again.entries(GoalRating)[0].entry.goal == again.entries(Goal)[0].id
    assert [each.entry.tries for each in again.entries(AlternativeTry)] == [here, "retreat"]
    assert again.entries(Sorting)[0].entry.places == {"book": "now", here: "maybe"}
    assert again.entries(Ranking)[0].entry.order == (here, "b")


def test_a_later_export_adds_what_is_new_and_revises_what_was_brought_in() -> None:
    book, again = new_book(), new_book()
    session = book.write(Session(on=date(2026, 3, 2)))
    goal = book.write(Goal(title="before"))
    bring(again, exported(book))
    book.revise(goal, title="after")
    book.write(Reflection(session=session, takeaway="new"))
    later = exported(book)
    assert counts(bring(again, later)) == {"new": 1, "later": 1, "here": 1}
    (there,) = again.entries(Goal)
    assert [each.entry.title for each in again.versions(there.id)] == ["before", "after"]
    assert again.entries(Reflection)[0].entry.session == again.entries(Session)[0].id
    assert counts(bring(again, later)) == {"here": 3}


def test_an_earlier_export_and_one_edited_outside_change_nothing() -> None:
    book, again = new_book(), new_book()
    goal = book.write(Goal(title="before"))
    earlier = exported(book)
    book.revise(goal, title="after")
    bring(again, exported(book))
    assert counts(bring(again, earlier)) == {"different": 1}
    edited = {"Goal.csv": exported(book)["Goal.csv"].replace(b"after", b"forged")}
    for each in (book, again):
        assert counts(bring(each, edited)) == {"different": 1}
        assert [written.entry.title for written in each.entries(Goal)] == ["after"]


def test_what_was_changed_here_since_is_not_overwritten() -> None:
    book, again = new_book(), new_book()
    goal = book.write(Goal(title="before"))
    bring(again, exported(book))
    book.revise(goal, title="there")
    later = exported(book)
    again.revise(again.entries(Goal)[0].id, title="here")
    assert counts(bring(again, later)) == {"different": 1}
    assert again.entries(Goal)[0].entry.title == "here"
    assert rows(exported(again)["Goal.csv"])[0]["source_id"] == goal


def test_what_is_brought_in_stands_before_what_was_written_here() -> None:
    book, again = new_book(), new_book()
    book.write(Settings(idle_minutes=3))
    book.write(Plan(first=date(2026, 3, 2), why="there"))
    again.write(Settings(idle_minutes=9))
    again.write(Plan(first=date(2026, 4, 6), why="here"))
    bring(again, exported(book))
    assert [each.entry.why for each in again.own(Plan)] == ["there", "here"]
    assert again.settings().idle_minutes == 9


def test_a_shared_entry_comes_in_once_and_its_copy_only_if_it_says_something_else(couple: Couple) -> None:
    same, changed = couple.ana.write(Goal(title="same")), couple.ana.write(Goal(title="at first"))
    for goal in (same, changed):
        couple.ana.share(goal)
    couple.ana.revise(changed, title="by now")
    again = new_book()
    assert counts(bring(again, exported(couple.ana))) == {"new": 3, "copy": 1}
    assert [each.entry.title for each in again.own(Goal)] == ["same", "by now"]
    assert counts(bring(again, exported(couple.ana))) == {"here": 3, "copy": 1}


def test_only_what_the_member_can_read_goes_out_each_row_with_its_room(couple: Couple) -> None:
    couple.ben.write(Thought(statement="only Ben's", whose="mine"))
    couple.ben.share(couple.ben.write(Goal(title="shared by Ben")))
    couple.ana.write(Goal(title="only Ana's"))
    found = exported(couple.ana)
    assert "Thought.csv" not in found
    assert {(row["title"], row["room"], row["author"]) for row in rows(found["Goal.csv"])} == {
        ("shared by Ben", "ours", "Ben"),
        ("only Ana's", "mine", "Ana"),
    }
    assert b"only Ben's" not in b"".join(found.values())


def test_the_partners_words_stay_theirs_by_name_and_count_nowhere_as_ones_own(couple: Couple) -> None:
    couple.ben.share(couple.ben.write(Goal(title="Ben's goal")))
    couple.ana.write(Goal(title="Ana's goal"))
    again = new_book()
    incoming = bring(again, exported(couple.ana))
    theirs = next(each for each in again.entries(Goal) if each.entry.title == "Ben's goal")
    assert (theirs.author, theirs.room, theirs.source_author) == ("Ana", "mine", "Ben")
    assert [each.entry.title for each in again.own(Goal)] == ["Ana's goal"]
    assert "as words of Ben" in warnings(incoming, "Ana")[0]
    assert [row["source_author"] for row in rows(exported(again)["Goal.csv"])] == ["Ben", ""]


def test_what_is_brought_in_is_for_oneself_alone_and_others_words_cannot_be_shared(couple: Couple) -> None:
    couple.ben.share(couple.ben.write(Goal(title="Ben's goal")))
    found, other = exported(couple.ana), new_book()
    couple.ana.write(Goal(title="of both"), room="ours")
    bring(other, found)
    bring(couple.ben, exported(other))
    assert {each.room for each in other.entries(Goal)} == {"mine"}
    with pytest.raises(Invalid, match="isn't yours to share"):
        other.share(other.entries(Goal)[0].id)


def test_another_couples_book_is_said_to_be_one_and_kept_as_theirs() -> None:
    book, mine = new_book("Carla"), new_book()
    book.write_many([Goal(title="theirs")])
    incoming = bring(mine, exported(book))
    assert "another couple's book" in warnings(incoming, "Ana")[0]
    assert (mine.own(Goal), len(mine.entries(Goal))) == ([], 1)


def test_under_another_name_one_says_who_one_was() -> None:
    book, mine = new_book("Carla"), new_book()
    book.write_many([Goal(title="mine, too")])
    incoming = bring(mine, exported(book), written_by="Carla")
    assert (warnings(incoming, "Ana"), len(mine.own(Goal))) == ([], 1)


def test_a_line_whose_whole_is_missing_is_refused_and_comes_in_with_it() -> None:
    book, again = new_book(), new_book()
    session = book.write(Session(on=date(2026, 3, 2)))
    book.write(Reflection(session=session, takeaway="t"))
    found = exported(book)
    alone = {"Reflection.csv": found["Reflection.csv"], "export.json": found["export.json"]}
    incoming = bring(again, alone)
    assert counts(incoming) == {"refused": 1}
    assert list(lines(incoming, is_done=True)) == [
        "Reflection.csv, line 2: refused: what it belongs to is neither in the export nor in this book"
    ]
    bring(again, {"Session.csv": found["Session.csv"]})
    assert counts(bring(again, alone)) == {"new": 1}
    assert again.entries(Reflection)[0].entry.session == again.entries(Session)[0].id


def test_what_was_missing_already_where_it_comes_from_is_not_lost() -> None:
    book, again = new_book(), new_book()
    session = book.write(Session(on=date(2026, 3, 2)))
    book.write(Reflection(session=session, takeaway="t"))
    book.erase(session)
    assert counts(bring(again, exported(book))) == {"new": 1}
    assert again.entries(Reflection)[0].entry == Reflection(session=session, takeaway="t")


def test_a_later_import_in_one_transaction_leaves_all_or_nothing() -> None:
    book, again = new_book(), new_book()
    book.write_many([Goal(title=f"goal {number}") for number in range(500)])
    found = exported(book)

    def stop(done: int, total: int) -> None:
        if done >= 200:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        bring(again, found, progress=stop)
    assert again.entries(Goal) == []
    seen: list[tuple[int, int]] = []
    bring(again, found, progress=lambda done, total: seen.append((done, total)))
    assert (seen[0], seen[-1]) == ((0, 500), (500, 500))
    assert len(again.entries(Goal)) == 500


def test_the_report_says_line_by_line_what_came_of_each() -> None:
    book, again = new_book(), new_book()
    book.write_many([Goal(title="one"), Goal(title="two"), Goal(title="three")])
    found = exported(book)["Goal.csv"]
    bring(again, {"Goal.csv": found.replace(b'"three"', b'""').replace(b'"two"', b'"t\nwo"')})
    read = bring(again, {"Goal.csv": found.replace(b'"three"', b'""')})
    assert summary(read, is_done=False) == (
        "No entries would come in, 1 is here already, 1 differs from what is here, which stays, 1 is refused."
    )
    assert list(lines(read, is_done=False)) == [
        "Goal.csv, line 2: here already",
        "Goal.csv, line 3: not taken: different from what is here (what is here stays as it is)",
        "Goal.csv, line 4: refused: title: this can't be empty",
    ]


def test_every_column_of_every_kind_is_explained_with_its_unit() -> None:
    from workbook.content import prose

    words = prose("columns")
    assert set(words["about"]) == set(ABOUT)
    for kind in KINDS:
        assert set(words["kinds"][kind.__name__]) == set(kind.__struct_fields__), kind.__name__
        assert not set(ABOUT) & set(kind.__struct_fields__)
    book = new_book()
    book.write_many(ONE_OF_EACH.values())
    readme = exported(book)["README.txt"].decode()
    assert "not therapy, not a diagnosis and no help in an emergency" in " ".join(readme.split())
    for kind in KINDS:
        part = readme.partition(f"\n{kind.__name__}.csv\n")[2].partition("\n\n\n")[0]
        assert all(f"\n  {field}: " in part for field in kind.__struct_fields__), kind.__name__
    assert "closeness: how close you felt to your partner; higher is closer; a whole number from 0 to 10" in (
        " ".join(readme.split())
    )


def test_fields_that_name_other_entries_are_known_by_their_type() -> None:
    assert references(Reflection) == {"session": True}
    named = {field for kind in KINDS for field in references(kind)}
    assert named >= {"session", "goal", "loop", "assignment", "trial", "candidate", "to"}


def test_the_columns_are_those_of_the_struct_in_its_order() -> None:
    book = new_book()
    book.write(Session(on=date(2026, 3, 2), paid=Decimal("0.50")))
    data = exported(book)["Session.csv"]
    head, row = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert tuple(head) == columns(Session)
    assert row[-1] == "0.50"
    assert data.count(b"\r\n") == 2
    (said,) = exported(book, "jsonl")["Session.jsonl"].decode().splitlines()
    assert json.loads(said)["paid"] == "0.50"
    assert whys(bring(new_book(), {"Session.csv": data})) == []


def test_one_name_is_enough_to_leave_a_partner_out_of_file_names(couple: Couple) -> None:
    couple.ana.write(Goal(title="x"))
    assert not any(name.startswith((BEN[0], "Ana")) for name in exported(couple.ana))
