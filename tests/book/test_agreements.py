"""What one proposes and the other agrees to: a decision, a goal, a talk that is kept."""

from __future__ import annotations

from datetime import date

import pytest

from tests.book.conftest import Couple
from workbook.book import Book, agreements, diary
from workbook.entries import Agreement, Decision, Entry, Goal, GoalRating, Invalid

DAY = date(2026, 3, 2)


def proposed(couple: Couple, entry: Entry) -> str:
    return couple.ana.write(entry, room="ours")


def decided(couple: Couple) -> str:
    return proposed(couple, Decision(candidate="a", on=DAY))


def stands(couple: Couple, entry_id: str) -> bool:
    """Both see alike whether it stands."""
    answers = {agreements.stands(book, book.entry(entry_id)) for book in (couple.ana, couple.ben)}
    assert len(answers) == 1
    return answers.pop()


def titles(book: Book) -> list[str]:
    return [each.entry.title for each in diary.goals(book)]


def test_a_proposal_stands_when_the_other_agrees_and_until_they_no_longer_do(couple: Couple) -> None:
    decision = decided(couple)
    assert not stands(couple, decision)
    agreements.agree(couple.ben, couple.ben.entry(decision))
    agreements.agree(couple.ben, couple.ben.entry(decision))
    assert stands(couple, decision)
    assert len(couple.ana.entries(Agreement)) == 1
    agreements.take_back(couple.ben, couple.ben.entry(decision))
    assert not stands(couple, decision)


def test_nobody_agrees_with_themselves(couple: Couple) -> None:
    decision = decided(couple)
    agreements.agree(couple.ana, couple.ana.entry(decision))
    couple.ana.write(Agreement(to=decision), room="ours")
    assert not stands(couple, decision)


def test_a_proposal_that_was_changed_since_needs_a_new_agreement(couple: Couple) -> None:
    decision = decided(couple)
    agreements.agree(couple.ben, couple.ben.entry(decision))
    couple.ana.revise(decision, candidate="b")
    assert not stands(couple, decision)
    assert [each.id for each in agreements.waiting(couple.ben, Decision)] == [decision]


def test_who_has_it_otherwise_is_asked_no_more_and_the_other_learns_nothing(couple: Couple) -> None:
    goal = proposed(couple, Goal(title="Walks"))
    agreements.set_aside(couple.ben, couple.ben.entry(goal))
    assert agreements.waiting(couple.ben, Goal) == []
    assert couple.ana.entries(Agreement) == []
    couple.ana.revise(goal, title="Walks on Sundays")
    assert [each.id for each in agreements.waiting(couple.ben, Goal)] == [goal]


def test_an_answer_replaces_the_one_before_whichever_it_was(couple: Couple) -> None:
    goal = proposed(couple, Goal(title="Walks"))
    there = couple.ben.entry(goal)
    agreements.set_aside(couple.ben, there)
    agreements.agree(couple.ben, there)
    assert (stands(couple, goal), agreements.is_aside(couple.ben, there)) == (True, False)
    agreements.set_aside(couple.ben, there)
    assert (stands(couple, goal), agreements.is_aside(couple.ben, there)) == (False, True)
    assert len(couple.ben.entries(Agreement)) == 1


def test_a_goal_counts_for_its_author_at_once_and_for_the_other_once_they_agree(couple: Couple) -> None:
    own = couple.ana.write(Goal(title="Walks"))
    copy = couple.ana.share(own)
    couple.ana.write(GoalRating(goal=own, level=1, on=DAY))
    assert (titles(couple.ana), titles(couple.ben)) == (["Walks"], [])
    assert [each.now for each in diary.standings(couple.ana)] == [1]
    assert diary.standings(couple.ben) == []
    agreements.agree(couple.ben, couple.ben.entry(copy))
    assert (titles(couple.ana), titles(couple.ben)) == (["Walks"], ["Walks"])
    assert [each.now for each in diary.standings(couple.ben)] == [None]
    assert agreements.stands(couple.ana, couple.ana.entry(own))


def test_changing_a_common_goal_changes_it_for_both_and_asks_anew(couple: Couple) -> None:
    own = couple.ana.write(Goal(title="Walks"))
    copy = couple.ana.share(own)
    agreements.agree(couple.ben, couple.ben.entry(copy))
    couple.ben.write(GoalRating(goal=copy, level=2, on=DAY))
    diary.revise_goal(couple.ana, own, {"title": "Walks on Sundays"})
    assert couple.ben.entry(copy).entry.title == "Walks on Sundays"
    assert (titles(couple.ana), titles(couple.ben)) == (["Walks on Sundays"], [])
    agreements.agree(couple.ben, couple.ben.entry(copy))
    assert [each.now for each in diary.standings(couple.ben)] == [2]


def test_an_agreement_does_not_pass_to_what_is_proposed_anew(couple: Couple) -> None:
    own = couple.ana.write(Goal(title="Walks"))
    copy = couple.ana.share(own)
    agreements.agree(couple.ben, couple.ben.entry(copy))
    couple.ana.erase(copy)
    couple.ana.share(own)
    assert not agreements.stands(couple.ana, couple.ana.entry(own))
    assert titles(couple.ben) == []


def test_erasing_a_goal_takes_the_proposal_and_ones_own_ratings_along(couple: Couple) -> None:
    own = couple.ana.write(Goal(title="Walks"))
    couple.ana.share(own)
    couple.ana.write(GoalRating(goal=own, level=1, on=DAY))
    diary.erase_goal(couple.ana, own)
    for book in couple[1:]:
        assert (book.entries(Goal), book.entries(GoalRating)) == ([], [])


def test_after_the_partner_has_left_what_stood_stands_and_nothing_new_is_asked(couple: Couple) -> None:
    common, open_ = (proposed(couple, Goal(title=title)) for title in ("Walks", "Money"))
    agreements.agree(couple.ben, couple.ben.entry(common))
    couple.ana.extent()  # whoever leaves has read what there is
    couple.ana.leave()
    assert titles(couple.ben) == ["Walks"]
    assert agreements.waiting(couple.ben, Goal) == []
    with pytest.raises(Invalid):
        agreements.agree(couple.ben, couple.ben.entry(open_))
