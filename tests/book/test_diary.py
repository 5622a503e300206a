"""The diary: a session, what one made of it and how goals stand, written and changed as one."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.book.conftest import ANA, DAY, Couple
from tests.book.test_writing import room_for
from workbook.book import Book, Store, StoreError, Written, agreements, diary
from workbook.entries import Goal, GoalRating, Invalid, Reflection, Session

NEXT = DAY + timedelta(days=7)


def write(book: Book, on: date = DAY, **reflection: object) -> str:
    return diary.write_session(book, Session(on=on), reflection, {})


def reflection(book: Book, session: str) -> Written[Reflection]:
    """What the member made of a session; there has to be something."""
    found = diary.page(book, session).reflection
    assert found is not None
    return found


def numbers(book: Book) -> list[tuple[int, date]]:
    return [(page.number, page.session.entry.on) for page in diary.pages(book)]


def test_a_session_a_reflection_and_ratings_are_written_together(book: Book) -> None:
    goal = book.write(Goal(title="Walks"))
    session = diary.write_session(book, Session(on=DAY, place="here"), {"closeness": 6}, {goal: -1})
    page = diary.page(book, session)
    assert (page.number, page.session.entry) == (1, Session(on=DAY, place="here"))
    assert reflection(book, session).entry == Reflection(session=session, closeness=6)
    assert diary.latest_ratings(book) == {goal: GoalRating(goal=goal, level=-1, on=DAY)}


def test_one_wrong_answer_keeps_all_of_it_out(book: Book) -> None:
    with pytest.raises(Invalid):
        diary.write_session(book, Session(on=DAY), {"closeness": 11}, {})
    with pytest.raises(Invalid):
        diary.write_session(book, Session(on=DAY), {"closeness": 1}, {"goal": 3})
    assert [len(book.entries(kind)) for kind in (Session, Reflection, GoalRating)] == [0, 0, 0]


def test_pages_come_newest_first_and_numbered_from_the_first(book: Book) -> None:
    for week in (2, 0, 1):
        write(book, DAY + timedelta(weeks=week))
    assert numbers(book) == [(3 - week, DAY + timedelta(weeks=2 - week)) for week in range(3)]


def test_two_sessions_on_one_day_are_two(book: Book) -> None:
    first, second = write(book), write(book)
    assert [page.session.id for page in diary.pages(book)] == [second, first]
    assert [page.number for page in diary.pages(book)] == [2, 1]


def test_a_page_that_is_not_there_is_not_found(book: Book) -> None:
    with pytest.raises(KeyError):
        diary.page(book, "no such session")


def test_a_session_goes_to_the_room_of_both_and_the_reflection_does_not(couple: Couple) -> None:
    session = write(couple.ana, hurt="for me alone")
    assert diary.page(couple.ana, session).session.room == "ours"
    (page,) = diary.pages(couple.ben)
    assert (page.session.id, page.session.author, page.reflection) == (session, "Ana", None)
    assert couple.ben.entries(Reflection) == []


def test_a_session_is_for_both_as_soon_as_the_partner_has_joined(couple: Couple) -> None:
    session = diary.write_session(couple.ana, Session(on=DAY, place="here"), {}, {})
    assert couple.ben.entry(session).entry.place == "here"


def test_whoever_is_alone_writes_for_themselves(book: Book) -> None:
    session = write(book)
    assert diary.page(book, session).session.room == "mine"


def test_a_session_that_the_partner_wrote_down_is_not_written_twice(couple: Couple) -> None:
    session = write(couple.ana, closeness=3)
    assert write(couple.ben, closeness=8) == session
    for book, answer in ((couple.ana, 3), (couple.ben, 8)):
        assert len(diary.pages(book)) == 1
        assert reflection(book, session).entry.closeness == answer


def test_a_second_session_on_that_day_is_a_new_one(couple: Couple) -> None:
    first = write(couple.ana)
    assert write(couple.ben) == first
    second = write(couple.ben)
    assert second != first
    assert couple.ana.entry(second).author == "Ben"


def test_where_each_was_alone_that_day_both_sessions_are_written(couple: Couple) -> None:
    first, second = (
        diary.write_session(book, Session(on=DAY, together="alone"), {"closeness": 5}, {})
        for book in (couple.ana, couple.ben)
    )
    assert second != first
    assert couple.ana.entry(second).author == "Ben"
    assert diary.page(couple.ben, first).reflection is None


def test_a_session_at_which_the_partner_says_they_were_alone_is_not_written_twice(couple: Couple) -> None:
    session = diary.write_session(couple.ana, Session(on=DAY, together="alone"), {}, {})
    assert diary.write_session(couple.ben, Session(on=DAY, together="partner"), {}, {}) == session


def test_a_session_on_another_day_is_a_new_one(couple: Couple) -> None:
    first, second = write(couple.ana), write(couple.ben, NEXT)
    assert numbers(couple.ana) == numbers(couple.ben) == [(2, NEXT), (1, DAY)]
    assert first != second


def test_what_one_adds_to_the_session_itself_is_not_lost(couple: Couple) -> None:
    write(couple.ana)
    session = diary.write_session(couple.ben, Session(on=DAY, agenda="the roof"), {}, {})
    assert couple.ana.entry(session).entry.agenda == "the roof"
    assert numbers(couple.ana) == numbers(couple.ben) == [(1, DAY), (1, DAY)]


def test_both_count_the_same_whoever_wrote_a_session_down(couple: Couple) -> None:
    for week, book in enumerate((couple.ana, couple.ben, couple.ben, couple.ana)):
        write(book, DAY + timedelta(weeks=week))
    assert numbers(couple.ana) == numbers(couple.ben)
    assert [number for number, _ in numbers(couple.ana)] == [4, 3, 2, 1]


def test_a_shared_session_is_still_one_session(store: Store, book: Book) -> None:
    session = write(book)
    store.join("Ben", "six other words", book.invite())
    copy = book.share(session)
    ben = store.unlock("Ben", "six other words")
    assert numbers(book) == numbers(ben) == [(1, DAY)]
    assert [page.session.id for page in diary.pages(ben)] == [copy]


def test_a_shared_reflection_is_changed_where_only_its_author_reads_it(couple: Couple) -> None:
    session = write(couple.ana, takeaway="shared")
    copy = couple.ana.share(reflection(couple.ana, session).id)
    diary.revise_session(couple.ana, session, {}, {"takeaway": "for me alone"})
    assert couple.ben.entry(copy).entry.takeaway == "shared"
    again = reflection(couple.ana, session)
    assert (again.room, again.entry.takeaway) == ("mine", "for me alone")


def test_a_shared_goal_is_listed_once(couple: Couple) -> None:
    goal = couple.ana.write(Goal(title="Walks"))
    copy = couple.ana.share(goal)
    assert [each.id for each in diary.goals(couple.ana)] == [goal]
    agreements.agree(couple.ben, couple.ben.entry(copy))
    assert [each.id for each in diary.goals(couple.ben)] == [copy]


def test_the_last_takeaway_is_that_of_the_latest_session(book: Book) -> None:
    assert diary.last_takeaway(book) == ""
    write(book, NEXT, takeaway="newer")
    write(book, DAY, takeaway="older, though written later")
    assert diary.last_takeaway(book) == "newer"


def test_a_session_without_a_takeaway_leaves_the_one_before(book: Book) -> None:
    write(book, DAY, takeaway="ask first")
    write(book, NEXT, takeaway="  ")
    assert diary.last_takeaway(book) == "ask first"


def test_the_partner_s_takeaway_is_not_one_s_own(couple: Couple) -> None:
    session = write(couple.ana, takeaway="from Ana")
    couple.ana.share(reflection(couple.ana, session).id)
    assert diary.last_takeaway(couple.ben) == ""


def test_a_session_and_its_reflection_are_revised_together(book: Book) -> None:
    session = write(book, closeness=3, takeaway="a")
    diary.revise_session(book, session, {"place": "there", "on": NEXT}, {"closeness": 4, "takeaway": "b"})
    assert book.entry(session).entry == Session(on=NEXT, place="there")
    assert reflection(book, session).entry == Reflection(session=session, closeness=4, takeaway="b")


def test_one_wrong_answer_keeps_the_session_as_it_was(book: Book) -> None:
    session = write(book, closeness=3)
    with pytest.raises(Invalid):
        diary.revise_session(book, session, {"place": "there"}, {"closeness": 11})
    assert book.entry(session).entry == Session(on=DAY)


def test_a_first_reflection_and_a_changed_session_are_written_together(
    store: Store, book: Book, place: Path
) -> None:
    session = book.write(Session(on=DAY))
    with pytest.raises(Invalid):
        diary.revise_session(book, session, {"place": "there"}, {"closeness": 11})
    with room_for(place, more=1), pytest.raises(StoreError):
        diary.revise_session(book, session, {"place": "there"}, {"closeness": 1})
    for each in (book, store.unlock(*ANA)):
        assert (each.entry(session).entry, each.entries(Reflection)) == (Session(on=DAY), [])
    diary.revise_session(book, session, {"place": "there"}, {"closeness": 1})
    assert (book.entry(session).entry.place, book.entries(Reflection)[0].entry.closeness) == ("there", 1)


def test_no_reflection_is_written_where_nothing_is_said(book: Book) -> None:
    session = book.write(Session(on=DAY))
    diary.revise_session(book, session, {"place": "there"}, {"closeness": None, "takeaway": ""})
    assert book.entries(Reflection) == []


def test_the_partner_s_session_is_not_revised_with_one_s_reflection(couple: Couple) -> None:
    session = write(couple.ana)
    diary.revise_session(couple.ben, session, {"place": "there"}, {"closeness": 2})
    assert couple.ana.entry(session).entry == Session(on=DAY)
    own = reflection(couple.ben, session)
    assert (own.entry.closeness, own.room) == (2, "mine")


def test_erasing_a_session_erases_it_with_its_reflection(store: Store, book: Book) -> None:
    kept, erased = write(book, closeness=1), write(book, NEXT, closeness=2)
    diary.erase_session(book, erased)
    for each in (book, store.unlock(*ANA)):
        assert [page.session.id for page in diary.pages(each)] == [kept]
        assert [written.entry.closeness for written in each.entries(Reflection)] == [1]


def test_erasing_the_partner_s_session_erases_one_s_own_part_only(couple: Couple) -> None:
    session = write(couple.ana, closeness=1)
    write(couple.ben, closeness=2)
    diary.erase_session(couple.ben, session)
    assert diary.page(couple.ben, session).reflection is None
    assert reflection(couple.ana, session).entry.closeness == 1


def test_erasing_a_goal_erases_its_ratings_and_no_others(store: Store, book: Book) -> None:
    kept, erased = book.write_many([Goal(title="kept"), Goal(title="erased")])
    book.write_many(GoalRating(goal=goal, level=n, on=DAY) for goal in (kept, erased) for n in (-1, 0, 1))
    diary.erase_goal(book, erased)
    for each in (book, store.unlock(*ANA)):
        assert [goal.id for goal in diary.goals(each)] == [kept]
        assert {rating.entry.goal for rating in each.entries(GoalRating)} == {kept}


def test_erasing_the_partner_s_goal_erases_one_s_own_ratings_only(couple: Couple) -> None:
    goal = couple.ana.write(Goal(title="Walks"), "ours")
    couple.ana.write(GoalRating(goal=goal, level=1, on=DAY))
    couple.ben.write(GoalRating(goal=goal, level=-1, on=DAY))
    diary.erase_goal(couple.ben, goal)
    assert couple.ben.entries(GoalRating) == []
    assert [rating.entry.level for rating in couple.ana.entries(GoalRating)] == [1]
    assert couple.ana.entry(goal).entry.title == "Walks"


def test_the_last_rating_is_that_of_the_latest_day_then_the_one_written_last(book: Book) -> None:
    goal = book.write(Goal(title="Walks"))
    for on, level in ((NEXT, 0), (NEXT, 2), (DAY, -2)):
        book.write(GoalRating(goal=goal, level=level, on=on))
    assert diary.latest_ratings(book)[goal].level == 2


def test_the_partner_s_ratings_are_not_one_s_own(couple: Couple) -> None:
    goal = couple.ana.write(Goal(title="Walks"), "ours")
    couple.ben.write(GoalRating(goal=goal, level=2, on=DAY), "ours")
    assert diary.latest_ratings(couple.ana) == {}


def test_the_most_important_goals_come_first_where_only_some_are_wanted(book: Book) -> None:
    book.write_many(Goal(title=f"{n}", importance=n) for n in (1, 3, 2, 3))
    assert [goal.entry.title for goal in diary.goals(book, 3)] == ["3", "3", "2"]
    assert [goal.entry.title for goal in diary.goals(book)] == ["1", "3", "2", "3"]
