"""What is being typed: kept sealed, replaced as a whole, and read by its owner alone."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from sqlalchemy import select, update

from tests.store.conftest import ANA, Couple, OpenVault, an_id
from workbook.store import Tampered, Unlocked, Vault
from workbook.store.engine import Database
from workbook.store.schema import draft, fetch


def stored(vault: Vault) -> list[tuple[Any, ...]]:
    with vault._database.reading() as connection:  # type: ignore[union-attr]
        return fetch(connection, select(draft.c.n, draft.c.sealed))


def test_a_draft_is_back_after_a_lock(vault: Vault, unlocked: Unlocked) -> None:
    assert unlocked.draft() is None
    unlocked.update_draft(lambda before: b"half a sen")
    unlocked.lock()
    assert vault.unlock(*ANA).draft() == b"half a sen"


def becomes(text: bytes | None) -> Callable[[bytes | None], bytes | None]:
    """A change that puts this text in the place of whatever was there."""
    return lambda before: text


def test_a_draft_is_changed_from_what_it_was(unlocked: Unlocked) -> None:
    for letter in (b"a", b"b"):
        unlocked.update_draft(partial(lambda more, before: (before or b"") + more, letter))
    assert unlocked.draft() == b"ab"
    unlocked.update_draft(becomes(None))
    assert unlocked.draft() is None


def test_an_empty_draft_and_no_draft_are_two_things(unlocked: Unlocked) -> None:
    unlocked.update_draft(lambda before: b"")
    assert unlocked.draft() == b""


def test_two_windows_that_type_at_once_lose_no_word(place: str, vault: Vault, open_vault: OpenVault) -> None:
    windows = [vault.unlock(*ANA), open_vault(place).unlock(*ANA)]

    def type_into(window: Unlocked) -> None:
        for _ in range(10):
            window.update_draft(lambda before: (before or b"") + b"x")

    threads = [threading.Thread(target=type_into, args=(window,)) for window in windows]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert windows[0].draft() == windows[1].draft() == b"x" * 20


def test_each_member_has_a_draft_of_their_own(couple: Couple) -> None:
    couple.ana.update_draft(lambda before: b"ana's")
    assert couple.ben.draft() is None
    couple.ben.update_draft(lambda before: b"ben's")
    assert (couple.ana.draft(), couple.ben.draft()) == (b"ana's", b"ben's")


def test_the_length_of_a_draft_does_not_show(vault: Vault, unlocked: Unlocked) -> None:
    lengths = set()
    for text in (None, b"", b"x", b"x" * 4000):
        for written in (text, b"other", text):
            unlocked.update_draft(becomes(written))
        lengths.add(len(stored(vault)[0][1]))
    assert lengths == {4096 + 12 + 16}


def test_a_draft_survives_a_change_of_passphrase(vault: Vault, unlocked: Unlocked) -> None:
    unlocked.update_draft(lambda before: b"unfinished")
    unlocked.change_passphrase(ANA[1], "new words")
    assert unlocked.draft() == b"unfinished"
    assert vault.unlock(ANA[0], "new words").draft() == b"unfinished"


def test_a_failed_change_leaves_the_draft_as_it_was(unlocked: Unlocked) -> None:
    unlocked.update_draft(lambda before: b"safe")
    with pytest.raises(ZeroDivisionError):
        unlocked.update_draft(lambda before: b"x" * (1 // 0))
    assert unlocked.draft() == b"safe"
    unlocked.append([("mine", an_id(), b"and the book goes on")])


@pytest.mark.parametrize("change", [{"n": 7}, {"n": -1}, {"sealed": b""}, {"sealed": bytes(4124)}])
def test_a_changed_draft_is_named_and_not_shown(
    vault: Vault, unlocked: Unlocked, database: Database, change: dict[str, object]
) -> None:
    unlocked.update_draft(lambda before: b"mine")
    with database.writing() as connection:
        connection.execute(update(draft).values(**change))
    with pytest.raises(Tampered, match="typed"):
        unlocked.draft()
