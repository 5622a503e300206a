"""Two people, two rooms: what is shared, with whose name on it, and who may change what."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from tests.book.conftest import ANA, BEN, DAY, SOME_ID, Couple
from workbook.book import Book, Tampered
from workbook.book.ledger import Line, encode
from workbook.entries import Goal, Invalid, Reflection, Session
from workbook.store import NotYours


def forge(book: Book, entry_id: str, title: str) -> None:
    """Write a version of an entry the way a changed program would: by its id, unasked."""
    book._unlocked.append([("ours", entry_id, encode(Line(99, 0, Goal(title=title))))])


def test_both_read_what_either_writes_into_the_room_of_both(couple: Couple) -> None:
    couple.ana.write(Goal(title="from Ana"), "ours")
    couple.ben.write(Goal(title="from Ben"), "ours")
    for book in (couple.ana, couple.ben):
        found = [(written.author, written.entry.title, written.room) for written in book.entries(Goal)]
        assert found == [("Ana", "from Ana", "ours"), ("Ben", "from Ben", "ours")]


def test_a_shared_entry_shows_who_shared_it_and_when(couple: Couple) -> None:
    before = datetime.now().astimezone() - timedelta(milliseconds=1)
    own = couple.ana.write(Reflection(session=SOME_ID, closeness=4, takeaway="ask first"))
    copy = couple.ana.share(own)
    (seen,) = couple.ben.entries(Reflection)
    assert (seen.id, seen.author, seen.room, seen.shared_from) == (copy, "Ana", "ours", own)
    assert seen.entry == Reflection(session=SOME_ID, closeness=4, takeaway="ask first")
    assert before <= seen.written_at <= datetime.now().astimezone()


def test_only_the_version_that_was_shared_is_shared(couple: Couple) -> None:
    own = couple.ana.write(Goal(title="MARKER the first draft"))
    couple.ana.revise(own, title="the second")
    copy = couple.ana.share(own)
    couple.ana.revise(own, title="MARKER the third")
    assert [version.entry.title for version in couple.ben.versions(copy)] == ["the second"]


def test_what_was_shared_stays_when_the_original_is_erased(couple: Couple) -> None:
    own = couple.ana.write(Goal(title="Walks"))
    copy = couple.ana.share(own)
    couple.ana.erase(own)
    assert couple.ben.entry(copy).entry == Goal(title="Walks")


def test_a_shared_copy_remembers_where_it_came_from_when_it_is_revised(couple: Couple) -> None:
    own = couple.ana.write(Goal(title="Walks"))
    copy = couple.ana.share(own)
    couple.ana.revise(copy, title="Long walks")
    assert couple.ben.entry(copy).shared_from == own


def test_what_both_can_read_already_is_not_shared_again(couple: Couple) -> None:
    entry_id = couple.ana.write(Goal(title="Walks"), "ours")
    with pytest.raises(Invalid, match="both of you can read this already"):
        couple.ana.share(entry_id)
    assert len(couple.ben.entries(Goal)) == 1


ATTEMPTS: dict[str, Callable[[Book, str], object]] = {
    "revise": lambda book, entry_id: book.revise(entry_id, title="mine now"),
    "erase": lambda book, entry_id: book.erase(entry_id),
    "share": lambda book, entry_id: book.share(entry_id),
}


@pytest.mark.parametrize("attempt", ATTEMPTS.values(), ids=ATTEMPTS.keys())
def test_only_the_author_changes_erases_or_shares(
    couple: Couple, attempt: Callable[[Book, str], object]
) -> None:
    entry_id = couple.ana.write(Goal(title="from Ana"), "ours")
    with pytest.raises(Invalid) as refused:
        attempt(couple.ben, entry_id)
    assert refused.value.field == "author"
    for book in (couple.ana, couple.ben):
        assert [version.entry.title for version in book.versions(entry_id)] == ["from Ana"]


def test_one_of_several_that_is_not_ones_own_keeps_all_from_being_erased(couple: Couple) -> None:
    own, other = couple.ben.write(Goal(title="Ben's"), "ours"), couple.ana.write(Goal(title="Ana's"), "ours")
    with pytest.raises(Invalid):
        couple.ben.erase_many([own, other])
    assert len(couple.ana.entries(Goal)) == 2


def test_a_changed_program_cannot_erase_what_the_other_wrote(couple: Couple) -> None:
    entry_id = couple.ana.write(Goal(title="from Ana"), "ours")
    couple.ben.entries(Goal)
    record = couple.ben._ledger.versions(entry_id)[0].record
    with pytest.raises(NotYours):
        couple.ben._unlocked.erase([(record.room, record.writer, record.n)])
    assert couple.ana.entry(entry_id).entry == Goal(title="from Ana")


def test_an_entry_that_two_members_claim_is_found_out(couple: Couple) -> None:
    entry_id = couple.ana.write(Goal(title="what Ana wrote"), "ours")
    couple.ben.entries(Goal)
    forge(couple.ben, entry_id, "what Ana never wrote")
    with pytest.raises(Tampered, match=entry_id[:8]):
        couple.ana.entries(Goal)
    for name in (ANA, BEN):
        with pytest.raises(Tampered, match="two members claim"):
            couple.store.unlock(*name)


def test_a_book_that_was_found_forged_stays_so(couple: Couple) -> None:
    entry_id = couple.ana.write(Goal(title="what Ana wrote"), "ours")
    couple.ben.entries(Goal)
    forge(couple.ben, entry_id, "what Ana never wrote")
    couple.ben._unlocked.append([("ours", SOME_ID, encode(Line(100, 0, Goal(title="after it"))))])
    for _ in range(2):
        with pytest.raises(Tampered):
            couple.ana.entries(Goal)
    with pytest.raises(Tampered):
        couple.ana.write(Goal(title="on top"))


def test_a_record_that_is_no_entry_is_found_out(couple: Couple) -> None:
    couple.ben._unlocked.append([("ours", SOME_ID, b"\x93\x01\x02\xa4what")])
    with pytest.raises(Tampered, match=r"record \d+ of writer"):
        couple.ana.entries(Goal)


def test_a_scale_of_eleven_is_found_out_even_from_a_changed_program(couple: Couple) -> None:
    line = Line(1, 0, Reflection(session=SOME_ID, closeness=11))
    couple.ben._unlocked.append([("ours", SOME_ID, encode(line))])
    with pytest.raises(Tampered):
        couple.ana.entries(Reflection)


def test_each_knows_the_other_by_name(couple: Couple) -> None:
    assert (couple.ana.partner, couple.ben.partner) == ("Ben", "Ana")
    assert couple.ana.has_ours
    assert couple.ben.has_ours


def test_whoever_is_alone_has_no_partner_and_no_room_of_both(book: Book) -> None:
    book.write(Session(on=DAY))
    assert (book.partner, book.has_ours) == (None, False)
