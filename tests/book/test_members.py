"""Members: joining, a new passphrase, the recovery code, settings, and what lock leaves behind."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.book.conftest import ANA, BEN, DAY, Couple
from workbook.book import Book, Store, WrongCode, WrongPassphrase
from workbook.entries import KINDS, Goal, Session, Settings
from workbook.store import AlreadyBegun, AlreadyTwo, Locked, NameTaken

OpenSoft = Callable[[str], Store]
NEW = "seven words that ana just made up"


def test_a_passphrase_unlocks_and_another_does_not(store: Store, book: Book) -> None:
    assert store.unlock(*ANA).name == "Ana"
    for name, passphrase in ((ANA[0], "guess"), ("Nobody", ANA[1]), ("", ""), (ANA[0], ANA[1].upper())):
        with pytest.raises(WrongPassphrase):
            store.unlock(name, passphrase)


def test_a_book_is_begun_once(store: Store) -> None:
    with pytest.raises(AlreadyBegun):
        store.create_member("Eve", "six words of eve's own")
    assert store.members() == ["Ana"]


def test_members_are_listed_in_the_order_in_which_they_joined(couple: Couple) -> None:
    assert couple.store.members() == ["Ana", "Ben"]


def test_an_invitation_works_once(store: Store, book: Book) -> None:
    code = book.invite()
    store.join(*BEN, code)
    with pytest.raises(WrongCode):
        store.join("Eve", "six words of eve's own", code)
    assert store.members() == ["Ana", "Ben"]


def test_there_is_nobody_to_invite_once_both_are_there(couple: Couple) -> None:
    for book in (couple.ana, couple.ben):
        with pytest.raises(AlreadyTwo):
            book.invite()


def test_a_new_invitation_replaces_the_one_before(store: Store, book: Book) -> None:
    first, second = book.invite(), book.invite()
    with pytest.raises(WrongCode):
        store.join(*BEN, first)
    assert store.join(*BEN, second).name == "Ben"


def test_the_partner_needs_a_name_of_their_own(store: Store, book: Book) -> None:
    with pytest.raises(NameTaken):
        store.join("ana", "six other words", book.invite())


def test_a_new_passphrase_takes_the_place_of_the_old_one(store: Store, book: Book) -> None:
    entry_id = book.write(Goal(title="Walks"))
    book.change_passphrase(ANA[1], NEW)
    with pytest.raises(WrongPassphrase):
        store.unlock(*ANA)
    assert store.unlock(ANA[0], NEW).entry(entry_id).entry == Goal(title="Walks")


def test_an_open_book_goes_on_after_its_passphrase_was_changed(store: Store, book: Book) -> None:
    book.change_passphrase(ANA[1], NEW)
    entry_id = book.write(Goal(title="Walks"))
    assert store.unlock(ANA[0], NEW).entry(entry_id).entry == Goal(title="Walks")


def test_whoever_does_not_know_the_passphrase_cannot_change_it(store: Store, book: Book) -> None:
    for old in ("guess", "", None):
        with pytest.raises(WrongPassphrase):
            book.change_passphrase(old, NEW)
    with pytest.raises(ValueError, match="choose a passphrase"):
        book.change_passphrase(ANA[1], "")
    assert store.unlock(*ANA).name == "Ana"


def test_the_recovery_code_opens_everything_and_sets_a_new_passphrase(store: Store, book: Book) -> None:
    code = book.change_passphrase(ANA[1], NEW)
    entry_id = book.write(Goal(title="Walks"))
    recovered = store.unlock_with_code(ANA[0], code)
    assert recovered.entry(entry_id).entry == Goal(title="Walks")
    recovered.change_passphrase(None, "eight words that ana will remember now")
    assert store.unlock(ANA[0], "eight words that ana will remember now").entry(entry_id).author == "Ana"
    with pytest.raises(WrongCode):
        store.unlock_with_code(ANA[0], code)


def test_the_recovery_code_may_be_typed_in_small_letters(store: Store, book: Book) -> None:
    code = book.change_passphrase(ANA[1], NEW)
    assert store.unlock_with_code(ANA[0], code.lower().replace("-", " ")).name == "Ana"


def test_the_code_of_the_first_passphrase_is_void_after_a_new_one(open_soft: OpenSoft) -> None:
    store = open_soft(":memory:")
    first = store.create_member(*ANA).recovery_code
    second = store.unlock_with_code(ANA[0], first).change_passphrase(None, NEW)
    assert first != second
    with pytest.raises(WrongCode):
        store.unlock_with_code(ANA[0], first)


def test_each_recovery_code_opens_its_own_member_alone(store: Store, book: Book) -> None:
    ben = store.join(*BEN, book.invite())
    with pytest.raises(WrongCode):
        store.unlock_with_code(ANA[0], ben.recovery_code)
    assert store.unlock_with_code(BEN[0], ben.recovery_code).name == "Ben"


def test_a_changed_passphrase_leaves_the_partner_s_book_as_it_was(couple: Couple) -> None:
    entry_id = couple.ana.write(Session(on=DAY), "ours")
    couple.ana.change_passphrase(ANA[1], NEW)
    couple.ben.write(Goal(title="from Ben"), "ours")
    assert couple.store.unlock(*BEN).entry(entry_id).author == "Ana"
    assert [written.author for written in couple.store.unlock(ANA[0], NEW).entries(Goal)] == ["Ben"]


def test_a_locked_book_gives_nothing_away(couple: Couple) -> None:
    book = couple.ana
    entry_id = book.write(Goal(title="Walks"), "ours")
    book.lock()
    attempts = [
        *(lambda kind=kind: book.entries(kind) for kind in KINDS),
        lambda: book.frame(Goal),
        lambda: book.entry(entry_id),
        lambda: book.history(entry_id),
        lambda: book.versions(entry_id),
        lambda: book.settings(),
        lambda: book.drafts(),
        lambda: book.partner,
    ]
    for attempt in attempts:
        with pytest.raises(Locked):
            attempt()
    assert list(book._ledger.every()) == []


def test_a_locked_book_takes_nothing(store: Store, book: Book) -> None:
    entry_id = book.write(Goal(title="Walks"))
    book.lock()
    attempts = [
        lambda: book.write(Goal(title="more")),
        lambda: book.revise(entry_id, title="other"),
        lambda: book.erase(entry_id),
        lambda: book.share(entry_id),
        lambda: book.keep_draft("journal/new", {"takeaway": "a"}),
        lambda: book.invite(),
        lambda: book.change_passphrase(ANA[1], NEW),
    ]
    for attempt in attempts:
        with pytest.raises(Locked):
            attempt()
    assert [written.entry.title for written in store.unlock(*ANA).entries(Goal)] == ["Walks"]


def test_locking_twice_is_no_harm(book: Book) -> None:
    book.lock()
    book.lock()
    with pytest.raises(Locked):
        book.entries(Goal)


def test_locking_one_book_leaves_the_other_open(couple: Couple) -> None:
    couple.ana.lock()
    couple.ben.write(Goal(title="still open"))
    assert len(couple.ben.entries(Goal)) == 1


def test_settings_have_a_beginning_and_can_be_changed(book: Book) -> None:
    assert book.settings() == Settings(idle_minutes=15)
    entry_id = book.write(Settings(idle_minutes=5))
    assert book.settings() == Settings(idle_minutes=5)
    book.revise(entry_id, idle_minutes=30)
    assert book.settings() == Settings(idle_minutes=30)


def test_settings_are_each_member_s_own(couple: Couple) -> None:
    couple.ben.write(Settings(idle_minutes=1), "ours")
    assert couple.ana.settings() == Settings()
    assert couple.ben.settings() == Settings(idle_minutes=1)


def test_where_to_leave_to_is_known_while_locked(store: Store, book: Book) -> None:
    store.set_setting("leave_to", "https://example.org/")
    book.lock()
    assert store.setting("leave_to") == "https://example.org/"
    assert store.setting("other") is None
