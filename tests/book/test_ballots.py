"""Ballots: sealed until both have answered, and then nobody can have changed theirs."""

from __future__ import annotations

import itertools
import secrets
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from tests.book.conftest import ANA, BEN, SOFT, Couple
from workbook.book import Book, Store, ballots
from workbook.book.ballots import Ballot
from workbook.entries import UNSEEN, Commitment, Invalid, Opening, Sealed, TrialAnswer
from workbook.store import NotYours, Vault

TRIAL = "0" * 32
AGAIN = Ballot(f"trial/{TRIAL}", TrialAnswer, ("again",), {"trial": TRIAL})


def answer(book: Book, again: str, note: str = "") -> None:
    ballots.seal(book, AGAIN, TrialAnswer(trial=TRIAL, again=again, note=note))  # type: ignore[arg-type]


def state(book: Book) -> str:
    return ballots.standing(book, AGAIN).state


def told(book: Book) -> tuple[Any, Any]:
    """What a member learns: the two answers."""
    standing = ballots.standing(book, AGAIN)
    return (standing.mine or {}).get("again"), (standing.theirs or {}).get("again")


def visit(*books: Book) -> None:
    for book in books:
        ballots.settle(book)


def test_both_learn_both_answers_once_both_have_answered_on_visits_apart(couple: Couple) -> None:
    answer(couple.ana, "yes")
    assert (state(couple.ana), state(couple.ben)) == ("waiting", "unanswered")
    answer(couple.ben, "no")
    assert state(couple.ben) == "waiting", "Ana has not been there since"
    visit(couple.ana)
    assert told(couple.ana) == ("yes", "no")
    assert told(couple.ben) == ("no", "yes")


def test_nothing_tells_whether_the_other_has_answered_before_one_has_oneself(couple: Couple) -> None:
    before = ballots.standing(couple.ben, AGAIN)
    answer(couple.ana, "maybe")
    assert ballots.standing(couple.ben, AGAIN) == before


def test_an_answer_is_nowhere_in_the_partners_reach_before_they_answer(couple: Couple) -> None:
    answer(couple.ana, "maybe", note="MARKER")
    seen = [each for kind in UNSEEN for each in couple.ben.entries(kind)]
    assert [type(each.entry) for each in seen] == [Commitment]
    assert "maybe" not in repr(seen)
    answer(couple.ben, "maybe")
    visit(couple.ana, couple.ben)
    assert "MARKER" not in repr([couple.ben.entries(kind) for kind in (*UNSEEN, TrialAnswer)])


def test_the_same_answer_is_committed_to_differently_each_time(couple: Couple) -> None:
    digests = set()
    for _ in range(3):
        answer(couple.ana, "yes")
        digests |= {each.entry.digest for each in couple.ben.entries(Commitment)}
    assert len(digests) == 3


def test_an_answer_may_be_exchanged_while_the_other_has_not_answered(couple: Couple) -> None:
    answer(couple.ana, "yes")
    answer(couple.ana, "no", note="thought better of it")
    answer(couple.ben, "yes")
    visit(couple.ana)
    assert told(couple.ben) == ("yes", "no")
    assert ballots.standing(couple.ben, AGAIN).round == 1
    assert [each.entry.note for each in couple.ana.entries(TrialAnswer)] == ["thought better of it"]


def test_withdrawing_looks_accepted_whenever_it_is_done(couple: Couple) -> None:
    for other_answered in (False, True):
        answer(couple.ana, "yes")
        if other_answered:
            answer(couple.ben, "yes")
            visit(couple.ana, couple.ben)
        ballots.withdraw(couple.ana, AGAIN)
        assert state(couple.ana) == "unanswered"
        assert couple.ana.entries(TrialAnswer) == []
        assert all(couple.ana.own(kind) == [] for kind in UNSEEN)
    assert state(couple.ben) == "waiting", "as if Ana had never answered"


def test_after_one_withdrew_from_a_match_both_have_to_answer_anew(couple: Couple) -> None:
    answer(couple.ana, "yes")
    answer(couple.ben, "yes")
    visit(couple.ana, couple.ben)
    ballots.withdraw(couple.ana, AGAIN)
    answer(couple.ana, "no")
    visit(couple.ben, couple.ana)
    assert (state(couple.ana), state(couple.ben)) == ("waiting", "waiting")
    answer(couple.ben, "maybe")
    visit(couple.ana, couple.ben)
    assert told(couple.ben) == ("maybe", "no")


def test_answering_anew_after_a_match_leaves_the_match_to_the_other_until_they_do_too(couple: Couple) -> None:
    answer(couple.ana, "yes")
    answer(couple.ben, "no")
    visit(couple.ana)
    answer(couple.ben, "yes")
    visit(couple.ana)
    assert told(couple.ana) == ("yes", "no")
    assert state(couple.ben) == "waiting"
    answer(couple.ana, "yes")
    visit(couple.ben)
    assert told(couple.ana) == told(couple.ben) == ("yes", "yes")


def test_an_answer_that_nobody_can_know_follows_the_other_into_a_later_round(couple: Couple) -> None:
    answer(couple.ana, "yes")
    answer(couple.ben, "yes")
    ballots.withdraw(couple.ben, AGAIN)
    ballots.withdraw(couple.ana, AGAIN)
    couple.ben.write(Commitment(ballot=AGAIN.name, round=3, digest="0" * 64), "ours")
    answer(couple.ana, "maybe")
    assert {each.entry.round for each in couple.ana.own(Sealed)} == {3}


def test_a_round_far_ahead_does_not_keep_the_other_from_answering(couple: Couple) -> None:
    couple.ben.write(Commitment(ballot=AGAIN.name, round=100_000, digest="0" * 64), "ours")
    for again in ("yes", "no"):
        answer(couple.ana, again)
    assert {each.entry.round for each in couple.ana.own(Sealed)} == {1}


def test_answers_given_alone_are_committed_to_once_the_partner_is_there(store: Store, book: Book) -> None:
    answer(book, "yes")
    assert state(book) == "sealed"
    store.join(*BEN, book.invite())
    ben = store.unlock(*BEN)
    visit(book)
    answer(ben, "yes")
    visit(book)
    assert told(ben) == ("yes", "yes")


def test_a_ballot_opened_twice_counts_once(couple: Couple) -> None:
    answer(couple.ana, "yes")
    answer(couple.ben, "yes")
    visit(couple.ana)
    (opening,) = couple.ana.own(Opening)
    couple.ana.write(opening.entry, "ours")
    assert state(couple.ben) == "matched"


@pytest.mark.parametrize("kind", UNSEEN)
def test_what_a_ballot_rests_on_is_in_no_frame(couple: Couple, kind: Any) -> None:
    with pytest.raises(ValueError, match=kind.__name__):
        couple.ana.frame(kind)


def test_nobody_can_answer_erase_or_open_for_the_other(couple: Couple) -> None:
    answer(couple.ana, "yes")
    (commitment,) = couple.ben.entries(Commitment)
    with pytest.raises(Invalid):
        couple.ben.erase(commitment.id)
    with pytest.raises(NotYours):
        couple.ben._unlocked.erase([("ours", commitment_writer(couple.ben, commitment.id), 1)])


def commitment_writer(book: Book, entry_id: str) -> str:
    return book._ledger.versions(entry_id)[-1].record.writer


def test_a_commitment_copied_from_the_other_can_never_be_opened(couple: Couple) -> None:
    answer(couple.ana, "yes")
    (commitment,) = couple.ben.entries(Commitment)
    couple.ben.write(commitment.entry, "ours")
    visit(couple.ana)
    (opening,) = couple.ana.own(Opening)
    couple.ben.write(opening.entry, "ours")
    assert state(couple.ana) == "broken"


def test_a_second_commitment_in_a_round_is_shown_as_broken(couple: Couple) -> None:
    answer(couple.ben, "yes")
    two = [Commitment(ballot=AGAIN.name, round=1, digest=digest * 64) for digest in "12"]
    couple.ana.write_many(two, "ours")
    visit(couple.ben)
    assert state(couple.ben) == "broken"
    assert couple.ben.own(Opening) == [], "nothing is opened to two answers"


def test_after_a_broken_round_both_can_answer_anew(couple: Couple) -> None:
    test_a_second_commitment_in_a_round_is_shown_as_broken(couple)
    answer(couple.ben, "maybe")
    answer(couple.ana, "no")
    visit(couple.ben, couple.ana)
    assert told(couple.ben) == ("maybe", "no")


@pytest.mark.parametrize("said", ["[]", "{}", '{"again": "never"}', "not json", '{"trial": 4}', "{", "null"])
def test_an_opening_that_is_no_answer_to_the_ballot_is_shown_as_broken(couple: Couple, said: str) -> None:
    key, number = secrets.token_hex(32), 1
    sealed = Sealed(ballot=AGAIN.name, round=number, answer=said, key=key, holds=TRIAL)
    digest = ballots._digest(couple.ana, couple.ana.member_id("Ana"), sealed)
    couple.ana.write(Commitment(ballot=AGAIN.name, round=number, digest=digest), "ours")
    answer(couple.ben, "yes")
    (theirs,) = couple.ben.own(Commitment)
    couple.ana.write(
        Opening(ballot=AGAIN.name, round=number, answer=said, key=key, answers=theirs.entry.digest), "ours"
    )
    assert state(couple.ben) == "broken"


def test_answers_from_two_windows_at_once_leave_the_last_one(couple: Couple, store: Store) -> None:
    window = store.unlock(*ANA)
    for book, again in ((couple.ana, "yes"), (window, "no")):
        sealed = ballots._sealed(AGAIN.name, 1, ballots._canonical({"again": again}), TRIAL)
        book.write(sealed)
    visit(couple.ana, window, couple.ana)
    answer(couple.ben, "yes")
    visit(window)
    assert told(couple.ben) == ("yes", "no")


def test_consent_opens_only_once_both_have_ticked_and_can_be_taken_back(couple: Couple) -> None:
    couples = itertools.product((couple.ana, couple.ben), repeat=2)
    ballots.consent(couple.ana, "lists", True)
    assert not any(ballots.both_consent(each, "lists") for each in (couple.ana, couple.ben))
    assert not ballots.consents(couple.ben, "lists")
    ballots.consent(couple.ben, "lists", True)
    assert all(ballots.both_consent(one, "lists") for one, _ in couples)
    ballots.consent(couple.ana, "lists", False)
    assert not ballots.both_consent(couple.ben, "lists")
    assert ballots.consents(couple.ben, "lists")


def opening_of(sealed: Sealed, answers: str) -> Opening:
    return Opening(
        ballot=sealed.ballot, round=sealed.round, answer=sealed.answer, key=sealed.key, answers=answers
    )


def test_an_answer_exchanged_after_learning_the_others_is_shown_as_broken(couple: Couple) -> None:
    answer(couple.ana, "yes")
    answer(couple.ben, "no")
    (theirs,) = couple.ana.entries(Opening)
    couple.ana.erase_many(each.id for each in couple.ana.own(Commitment))
    exchanged = ballots._sealed(AGAIN.name, 1, theirs.entry.answer, TRIAL)
    digest = ballots._digest(couple.ana, couple.ana.member_id("Ana"), exchanged)
    couple.ana.write(Commitment(ballot=AGAIN.name, round=1, digest=digest), "ours")
    (committed,) = couple.ben.own(Commitment)
    couple.ana.write(opening_of(exchanged, committed.entry.digest), "ours")
    assert state(couple.ben) == "broken"


class Cheating(RuleBasedStateMachine):
    """Ben is honest. Ana does whatever a changed program, under her own name, could do."""

    @initialize()
    def begin(self) -> None:
        self.store = Store(Vault.open(":memory:", hardness=SOFT))
        self.store.create_member(*ANA)
        self.ana = self.store.unlock(*ANA)
        self.store.join(*BEN, self.ana.invite())
        self.ben = self.store.unlock(*BEN)
        self.stood: dict[tuple[int, str], set[str]] = {}
        self.known: dict[str, Sealed] = {}

    def teardown(self) -> None:
        self.store.close()

    def note(self) -> None:
        """What of Ana's stood when an opening of Ben's was first there to be read."""
        for opening in self.ben.own(Opening):
            digests = self.ana.own(Commitment, round=opening.entry.round)
            self.stood.setdefault((opening.entry.round, opening.id), {each.entry.digest for each in digests})

    @rule(again=st.sampled_from(["yes", "maybe", "no"]))
    def ben_answers(self, again: str) -> None:
        answer(self.ben, again)
        self.note()

    @rule()
    def ben_withdraws(self) -> None:
        ballots.withdraw(self.ben, AGAIN)

    @rule()
    def ben_visits(self) -> None:
        visit(self.ben)
        self.note()

    @rule(again=st.sampled_from(["yes", "maybe", "no"]))
    def ana_answers_as_one_should(self, again: str) -> None:
        answer(self.ana, again)

    @rule(again=st.sampled_from(["yes", "maybe", "no"]), number=st.integers(1, 3))
    def ana_commits(self, again: str, number: int) -> None:
        sealed = ballots._sealed(AGAIN.name, number, ballots._canonical({"again": again}), TRIAL)
        digest = ballots._digest(self.ana, self.ana.member_id("Ana"), sealed)
        self.known[digest] = sealed
        self.ana.write(Commitment(ballot=AGAIN.name, round=number, digest=digest), "ours")

    @rule()
    def ana_opens_what_stands(self) -> None:
        for mine in self.ana.own(Commitment):
            sealed, here = self.known.get(mine.entry.digest), mine.entry.round
            theirs = [each for each in self.ana.entries(Commitment, round=here) if each.author == "Ben"]
            if sealed and theirs:
                self.ana.write(opening_of(sealed, theirs[-1].entry.digest), "ours")

    @rule(again=st.sampled_from(["yes", "maybe", "no"]), number=st.integers(1, 3))
    def ana_exchanges_hers(self, again: str, number: int) -> None:
        own = [*self.ana.own(Commitment, round=number), *self.ana.own(Opening, round=number)]
        self.ana.erase_many(each.id for each in own)
        self.ana_commits(again, number)
        self.ana_opens_what_stands()

    @rule(choice=st.randoms(use_true_random=False))
    def ana_erases(self, choice: Any) -> None:
        own = [*self.ana.own(Commitment), *self.ana.own(Opening)]
        if own:
            self.ana.erase(choice.choice(own).id)

    @rule()
    def ana_visits(self) -> None:
        visit(self.ana)

    @invariant()
    def no_answer_was_chosen_after_bens_could_be_read(self) -> None:
        standing = ballots.standing(self.ben, AGAIN)
        if standing.state != "matched":
            return
        (opening,) = self.ben.own(Opening, round=standing.round)
        theirs = [
            each.entry for each in self.ben.entries(Opening, round=standing.round) if each.author == "Ana"
        ]
        me = self.ben.member_id("Ana")
        assert {ballots._digest(self.ben, me, each) for each in theirs} <= self.stood[
            standing.round, opening.id
        ]


TestNoOrderOfActsLetsOneChangeAnAnswerAfterLearningTheOthers = Cheating.TestCase
TestNoOrderOfActsLetsOneChangeAnAnswerAfterLearningTheOthers.settings = settings(
    max_examples=60, stateful_step_count=25, deadline=None
)
