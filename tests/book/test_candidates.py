"""Candidates: who is in the vote, what counts, and what is shown by both's consent."""

from __future__ import annotations

import pytest

from tests.book.conftest import Couple
from workbook.book import Book, ballots, candidates
from workbook.book.candidates import RANKING
from workbook.entries import Candidate, CandidateRating, Criterion, Ranking

BEGUN = ["Fair", "Near"]


def voted(couple: Couple) -> list[str]:
    """Two candidates whom both can read, on whom both have voted."""
    ids = couple.ana.write_many([Candidate(name="Ines"), Candidate(name="Bo")], room="ours")
    for book, order in ((couple.ana, ids), (couple.ben, ids[::-1])):
        ballots.seal(book, RANKING, Ranking(order=tuple(order), acceptable=2))
    ballots.settle(couple.ana)
    assert ballots.standing(couple.ana, RANKING).state == "matched"
    return ids


def tick(book: Book, yes: bool = True) -> None:
    ballots.consent(book, candidates.lists_of(ballots.standing(book, RANKING)), yes)


def seen(book: Book, author: str) -> tuple[dict[str, dict[str, int]], list[str]]:
    own = [each.name for each in candidates.criteria(book, author, [])]
    return candidates.ratings(book, author), own


# The vote


def test_while_one_is_alone_all_names_are_in_the_vote(book: Book) -> None:
    book.write(Candidate(name="Ines"))
    assert [each.entry.name for each in candidates.in_the_vote(book)] == ["Ines"]


def test_a_name_that_one_alone_can_read_is_not_in_the_vote_until_it_is_shared(couple: Couple) -> None:
    hidden = couple.ana.write(Candidate(name="Ines"))
    couple.ben.write(Candidate(name="Bo"), room="ours")
    assert [each.entry.name for each in candidates.in_the_vote(couple.ana)] == ["Bo"]
    couple.ana.share(hidden)
    for book in (couple.ana, couple.ben):
        keys = {each.entry.name: each.key for each in candidates.in_the_vote(book)}
        assert keys.keys() == {"Ines", "Bo"}
        assert keys["Ines"] == hidden


def test_erasing_a_name_takes_ones_own_ratings_of_it_along(couple: Couple) -> None:
    gone, stays = couple.ana.write_many([Candidate(name="Ines"), Candidate(name="Bo")], room="ours")
    for book in (couple.ana, couple.ben):
        candidates.keep_ratings(book, {gone: {"Fair": 3}, stays: {"Fair": 4}})
    candidates.erase(couple.ana, gone)
    assert candidates.ratings(couple.ana, "Ana") == {stays: {"Fair": 4}}
    assert candidates.ratings(couple.ben, "Ben") == {gone: {"Fair": 3}, stays: {"Fair": 4}}


# What counts, and ratings


def test_what_everyone_begins_with_counts_three_until_one_says_otherwise(book: Book) -> None:
    assert candidates.criteria(book, "Ana", BEGUN) == [Criterion(name="Fair"), Criterion(name="Near")]
    wanted = [Criterion(name="Fair", weight=5), Criterion(name="Near"), Criterion(name="Own", must_have=True)]
    candidates.keep_criteria(book, wanted, BEGUN)
    assert candidates.criteria(book, "Ana", BEGUN) == wanted
    assert {each.entry.name for each in book.entries(Criterion)} == {"Fair", "Own"}


def test_a_criterion_that_is_taken_off_goes_and_a_changed_one_keeps_its_history(book: Book) -> None:
    candidates.keep_criteria(book, [Criterion(name="Fair", weight=5), Criterion(name="Own")], BEGUN)
    fair = next(each.id for each in book.entries(Criterion) if each.entry.name == "Fair")
    candidates.keep_criteria(book, [Criterion(name="Fair"), Criterion(name="Near")], BEGUN)
    assert candidates.criteria(book, "Ana", BEGUN) == [Criterion(name="Fair"), Criterion(name="Near")]
    assert [each.entry.weight for each in book.versions(fair)] == [5, 3]


def test_ratings_are_kept_changed_and_let_go_by_candidate(book: Book) -> None:
    candidates.keep_ratings(book, {"a": {"Fair": 3}, "b": {"Near": 9}, "c": {}})
    candidates.keep_ratings(book, {"a": {"Fair": 8, "Near": 0}, "b": {}})
    assert candidates.ratings(book, "Ana") == {"a": {"Fair": 8, "Near": 0}}
    assert len(book.entries(CandidateRating)) == 1
    candidates.keep_criteria(book, [Criterion(name="Fair", weight=1), Criterion(name="Near")], BEGUN)
    assert candidates.means(book, "Ana", BEGUN) == {"a": 2.0}


# What is shown by both's consent


def test_lists_open_only_once_both_have_ticked(couple: Couple) -> None:
    ids = voted(couple)
    candidates.keep_ratings(couple.ana, {ids[0]: {"Fair": 8}})
    tick(couple.ana)
    for book in (couple.ana, couple.ben):
        candidates.follow_consent(book)
        assert not candidates.lists_are_open(book, ballots.standing(book, RANKING))
    assert seen(couple.ben, "Ana") == ({}, [])
    assert not any(each.shared_from for each in couple.ana.entries(CandidateRating))


def test_once_both_have_ticked_each_reads_the_others_ratings_and_weights(couple: Couple) -> None:
    ids = voted(couple)
    candidates.keep_ratings(couple.ana, {ids[0]: {"Fair": 8}})
    candidates.keep_criteria(couple.ana, [Criterion(name="Fair", weight=5)], BEGUN)
    for book in (couple.ana, couple.ben):
        tick(book)
    for book in (couple.ana, couple.ben, couple.ana):
        candidates.follow_consent(book)
    assert seen(couple.ben, "Ana") == ({ids[0]: {"Fair": 8}}, ["Fair"])
    assert seen(couple.ana, "Ana") == ({ids[0]: {"Fair": 8}}, ["Fair"])
    assert len(couple.ben.entries(CandidateRating)) == 1


def test_what_changes_later_is_shown_as_it_is_then(couple: Couple) -> None:
    ids = voted(couple)
    candidates.keep_ratings(couple.ana, {ids[0]: {"Fair": 8}, ids[1]: {"Fair": 1}})
    for book in (couple.ana, couple.ben):
        tick(book)
    candidates.follow_consent(couple.ana)
    candidates.keep_ratings(couple.ana, {ids[0]: {"Fair": 2}, ids[1]: {}})
    candidates.follow_consent(couple.ana)
    assert candidates.ratings(couple.ben, "Ana") == {ids[0]: {"Fair": 2}}


@pytest.mark.parametrize("who", [0, 1])
def test_whoever_takes_the_tick_back_closes_the_lists_and_takes_the_copies(couple: Couple, who: int) -> None:
    ids = voted(couple)
    candidates.keep_ratings(couple.ana, {ids[0]: {"Fair": 8}})
    for book in (couple.ana, couple.ben):
        tick(book)
        candidates.follow_consent(book)
    candidates.follow_consent(couple.ana)
    assert candidates.ratings(couple.ben, "Ana") != {}
    tick((couple.ana, couple.ben)[who], yes=False)
    candidates.follow_consent(couple.ana)
    assert candidates.ratings(couple.ben, "Ana") == {}
    assert candidates.ratings(couple.ana, "Ana") == {ids[0]: {"Fair": 8}}


def test_a_new_round_begins_with_closed_lists(couple: Couple) -> None:
    ids = voted(couple)
    for book in (couple.ana, couple.ben):
        tick(book)
    for book in (couple.ana, couple.ben):
        ballots.seal(book, RANKING, Ranking(order=tuple(ids), acceptable=1))
    ballots.settle(couple.ana)
    standing = ballots.standing(couple.ana, RANKING)
    assert (standing.state, standing.round) == ("matched", 2)
    assert not candidates.lists_are_open(couple.ana, standing)
