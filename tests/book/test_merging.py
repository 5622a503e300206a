"""Copies of one book that were written apart, by clocks that differ: one result, whatever the order."""

from __future__ import annotations

import sqlite3
import types
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from tests.book.conftest import ANA, BEN, SOFT, Couple
from workbook.book import Store, ballots, trials
from workbook.entries import Goal, Trial, TrialAnswer
from workbook.store import Vault, merging
from workbook.store.backup import copy_state, unreported
from workbook.store.schema import fetch, head, record

OpenSoft = Callable[[str | Path], Store]
DEEDS = st.lists(
    st.tuples(
        st.integers(0, 2),  # on which copy
        st.sampled_from([ANA, BEN]),
        st.sampled_from(["mine", "ours", "revise", "revise", "erase", "take in"]),
        st.integers(0, 9),  # which entry, or from which copy
        st.integers(-(10**15), 10**15),  # what the clock says, microseconds
    ),
    max_size=8,
)


class Histories:
    """Copies in memory of one book that two have begun. The databases are used again in each history."""

    def __init__(self) -> None:
        self._all = [Vault.open(":memory:", hardness=SOFT) for _ in range(24)]
        self._first, *self._free = self._all
        store = Store(self._first)
        store.create_member(*ANA)
        ana = store.unlock(*ANA)
        store.join(*BEN, ana.invite())
        self.common = ana.write(Goal(title="both know this"), "ours")

    def begin(self, count: int) -> list[Vault]:
        """Copies of the book as it was begun; those of the history before are gone."""
        self._free = self._all[1:]
        return [self.copied(self._first) for _ in range(count)]

    def copied(self, vault: Vault) -> Vault:
        copy = self._free.pop()
        with vault._database.raw() as source, copy._database.raw() as target:  # type: ignore[union-attr]
            copy_state(source, target)
        return copy

    def merged(self, into: Vault, *others: Vault) -> Vault:
        """A copy into which the others were merged, in this order."""
        result = self.copied(into)
        for other in others:
            merging._unite(result._database, other._database, unreported)  # type: ignore[arg-type]
        return result


def rows(vault: Vault) -> list[Any]:
    with vault._database.reading() as connection:  # type: ignore[union-attr]
        return sorted(fetch(connection, select(record)) + fetch(connection, select(head)), key=repr)


def read(vault: Vault, who: tuple[str, str]) -> list[tuple[str, list[str]]]:
    """What a member reads: each goal's id and titles, from the first version to the last."""
    book = Store(vault).unlock(*who)
    return [(each.id, [v.entry.title for v in book.versions(each.id)]) for each in book.entries(Goal)]


@pytest.fixture(scope="module")
def histories() -> Histories:
    return Histories()


@contextmanager
def clock_at(microseconds: int) -> Iterator[None]:
    """Write as a machine does whose clock says this."""
    with pytest.MonkeyPatch.context() as patch:
        clock = types.SimpleNamespace(time_ns=lambda: microseconds * 1000)
        patch.setattr("workbook.book.book.time", clock)
        yield


class Deeds:
    """What was done on any copy: the entries written, and those erased."""

    def __init__(self) -> None:
        self.titles: dict[str, set[str]] = {}
        self.erased: set[str] = set()

    def do(self, copy: Vault, who: tuple[str, str], deed: str, choice: int, title: str) -> None:
        book = Store(copy).unlock(*who)
        own = sorted(each.id for each in book.own(Goal))
        if deed in ("mine", "ours"):
            written = book.write(Goal(title=title), "mine" if deed == "mine" else "ours")
            self.titles[written] = {title}
        elif own and deed == "revise":
            book.revise(own[choice % len(own)], title=title)
            self.titles.setdefault(own[choice % len(own)], set()).add(title)
        elif own and deed == "erase":
            book.erase(own[choice % len(own)])
            self.erased.add(own[choice % len(own)])

    def left(self) -> dict[str, set[str]]:
        """The titles that every entry ever had, without what was erased anywhere."""
        return {id_: titles for id_, titles in self.titles.items() if id_ not in self.erased}


@settings(max_examples=1000, deadline=None, suppress_health_check=list(HealthCheck))
@given(deeds=DEEDS)
def test_a_thousand_histories_on_three_copies_have_one_result_in_any_order(
    histories: Histories, deeds: list[Any]
) -> None:
    copies, done, merged = histories.begin(3), Deeds(), histories.merged
    done.titles[histories.common] = {"both know this"}
    for number, (which, who, deed, choice, clock) in enumerate(deeds):
        if deed == "take in":
            copies[which] = merged(copies[which], copies[choice % 3])
            continue
        with clock_at(clock):
            done.do(copies[which], who, deed, choice, f"title {number}")
    a, b, c = copies
    one, other, nested = merged(a, b, c), merged(c, a, b), merged(b, merged(c, a))
    assert rows(one) == rows(other) == rows(nested) == rows(merged(one, other, a))
    found = {who: read(one, who) for who in (ANA, BEN)}
    titles = {id_: set(versions) for each in found.values() for id_, versions in each}
    assert titles == done.left()


def test_two_edits_of_one_entry_both_stay_in_its_history(
    couple: Couple, tmp_path: Path, open_soft: OpenSoft
) -> None:
    goal = couple.ana.write(Goal(title="first"))
    other = apart(couple.store, tmp_path, open_soft)
    couple.ana.revise(goal, title="here")
    there = other.unlock(*ANA)
    there.revise(goal, title="there"), there.revise(goal, title="there again")
    couple.store.merge(other.where)
    other.merge(couple.store.where)
    titles = [[v.entry.title for v in book.versions(goal)] for book in (couple.ana, other.unlock(*ANA))]
    assert titles[0] == titles[1]
    assert (titles[0][0], sorted(titles[0][1:3]), titles[0][3]) == ("first", ["here", "there"], "there again")


def test_an_entry_erased_on_one_copy_and_edited_on_the_other_is_erased_on_both(
    couple: Couple, tmp_path: Path, open_soft: OpenSoft
) -> None:
    goal = couple.ana.write(Goal(title="first"), "ours")
    other = apart(couple.store, tmp_path, open_soft)
    couple.ana.erase(goal)
    other.unlock(*ANA).revise(goal, title="edited")
    couple.store.merge(other.where)
    for book in (couple.ana, couple.ben, couple.store.unlock(*ANA), couple.store.unlock(*BEN)):
        assert book.entries(Goal) == []
        assert book.is_erased(goal)
    assert (
        sealed(couple.store, goal) == 0
    )  # what was added on the other copy is emptied by its author's unlock


def sealed(store: Store, entry_id: str) -> int:
    """How many records of an entry still hold bytes in the file."""
    with closing(sqlite3.connect(store.where)) as book:
        query = "SELECT count(*) FROM record WHERE id = ? AND sealed IS NOT NULL"
        return int(book.execute(query, [bytes.fromhex(entry_id)]).fetchone()[0])


def test_no_warning_cries_wolf_after_a_merge(couple: Couple, tmp_path: Path, open_soft: OpenSoft) -> None:
    seen = tmp_path / "seen"
    here = Vault.open(couple.store.where, hardness=SOFT, seen_folder=seen)
    other = apart(couple.store, tmp_path, open_soft)
    other.unlock(*ANA).write(Goal(title="there"))
    here.unlock(*ANA).append([])
    here.merge(other.where)
    assert here.unlock(*ANA).warnings == []
    Vault.open(other.where, hardness=SOFT, seen_folder=seen).merge(here.where)
    assert Vault.open(other.where, hardness=SOFT, seen_folder=seen).unlock(*ANA).warnings == []
    here.close()


@pytest.mark.parametrize("answers", [("yes", "no"), ("yes", "yes")])
def test_a_question_answered_on_two_copies_stands_the_same_for_both_wherever_they_look(
    couple: Couple, tmp_path: Path, open_soft: OpenSoft, answers: tuple[Any, Any]
) -> None:
    trial = couple.ana.write(Trial(with_whom="a practice"), "ours")
    ballot = trials.ballot(couple.ana.entry(trial))
    other = apart(couple.store, tmp_path, open_soft)
    there = other.unlock(*ANA)
    ballots.seal(couple.ana, ballot, TrialAnswer(trial=trial, again=answers[0]))
    ballots.seal(there, ballot, TrialAnswer(trial=trial, again=answers[1]))
    ballots.seal(couple.ben, ballot, TrialAnswer(trial=trial, again="maybe"))
    ballots.settle(couple.ana)  # opened here, against the answer that was given there as well
    couple.store.merge(other.where)
    other.merge(couple.store.where)
    for _ in range(2):
        for store in (couple.store, other):
            for who in (ANA, BEN):
                ballots.settle(store.unlock(*who))
    couple.store.merge(other.where)
    other.merge(couple.store.where)
    standings = [ballots.standing(store.unlock(*ANA), ballot) for store in (couple.store, other)]
    assert standings[0] == standings[1]
    mirrored = ballots.standing(couple.store.unlock(*BEN), ballot)
    assert (standings[0].state, standings[0].round) == (mirrored.state, mirrored.round)
    assert (standings[0].mine, standings[0].theirs) == (mirrored.theirs, mirrored.mine)


def apart(store: Store, tmp_path: Path, open_soft: OpenSoft) -> Store:
    """A copy of the book, to be written apart."""
    store.backup(tmp_path / "other.db")
    return open_soft(tmp_path / "other.db")
