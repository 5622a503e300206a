"""What may be ticked in, and that nothing else is on the page: nothing of the partner's, nothing unticked."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import msgspec
import pytest

from tests.report.conftest import DAY, Couple, reader, tags_of, text_of
from workbook import content
from workbook.book import Book
from workbook.entries import (
    AgendaItem,
    Agreement,
    Assignment,
    AssignmentLog,
    Goal,
    GoalRating,
    Reflection,
    Review,
    Session,
)
from workbook.steps.report import Report
from workbook.widgets import Choice, Made

WORDS = content.with_common(content.prose("our_data"))["report"]
ALL = Choice(None, DAY + timedelta(days=200), "a4")


def offered(book: Book, choice: Choice = ALL) -> dict[str, str]:
    """What may be ticked in: the words of each thing, by its id."""
    return {each.id: each.words for group in Report(book, WORDS, choice).groups() for each in group.things}


def made(book: Book, *words: str, choice: Choice = ALL) -> Made:
    """The page with the things that say these words; every thing if none are given."""
    ids = {id_ for id_, said in offered(book, choice).items() if said in words or not words}
    return Report(book, WORDS, msgspec.structs.replace(choice, ticks=frozenset(ids))).made()


def page(book: Book, *words: str, choice: Choice = ALL) -> str:
    """The text of that page, without anything white."""
    return text_of(made(book, *words, choice=choice).file)


def squeezed(words: Any) -> str:
    return "".join(str(words).split())


@pytest.fixture
def full(couple: Couple) -> Couple:
    """Both have written, alone and in the room of both."""
    ana, ben = couple
    session = ana.write(Session(on=DAY, agenda="Ask about sleep\nCome back to money"), "ours")
    ben.write(Session(on=DAY + timedelta(days=7), together="alone"), "ours")
    ana.write(Reflection(session=session, closeness=6, helped="ANA-HELPED", hurt="ANA-HURT"))
    theirs = Reflection(session=session, closeness=1, hope=1, helped="BEN-HELPED", hurt="BEN-HURT")
    ben.share(ben.write(theirs))
    own, hers = ana.write(Goal(title="ANA-GOAL")), ana.write(Goal(title="PROPOSED-BY-ANA"), "ours")
    agreed, open_ = (ben.write(Goal(title=title), "ours") for title in ("AGREED-GOAL", "OPEN-GOAL"))
    ben.write(Goal(title="BEN-GOAL"))
    ana.write(Agreement(to=agreed), "ours")
    ana.write(Agreement(to=open_))
    for author, level in ((ana, 1), (ben, -2)):
        author.write_many([GoalRating(goal=goal, level=level, on=DAY) for goal in (own, hers, agreed)])
    ben.share(ben.write(GoalRating(goal=agreed, level=-2, on=DAY + timedelta(days=1))))
    task = ana.write(Assignment(what="ANA-TASK"))
    ana.write(AssignmentLog(assignment=task, on=DAY, done="partly", helped="helped", noticed="ANA-NOTICED"))
    ben.write_many([Assignment(what="BEN-TASK")])
    ben.share(ben.write(Assignment(what="SHARED-TASK")))
    ana.write(Review(on=DAY, ask="ANA-ASKS", keep="ANA-KEEPS"))
    ben.write(Review(on=DAY, ask="BEN-ASKS"))
    ana.write(AgendaItem(what="ANA-AGENDA", on=DAY + timedelta(days=8)))
    ben.write(AgendaItem(what="BEN-AGENDA", on=DAY + timedelta(days=8)))
    return couple


def test_only_ones_own_and_what_both_agreed_on_may_be_ticked(full: Couple) -> None:
    said = set(offered(full.ana).values())
    assert said == {
        "ANA-GOAL", "PROPOSED-BY-ANA", "AGREED-GOAL", WORDS["t_score"]["tick"], "Closeness",
        "ANA-HELPED", "ANA-HURT", "ANA-TASK", "Ask about sleep", "Come back to money", "ANA-ASKS",
        "ANA-AGENDA", "Ana",
    }  # fmt: skip


def test_with_everything_ticked_nothing_of_the_partners_is_on_the_page(full: Couple) -> None:
    text = page(full.ana)
    assert [each for each in ("BEN", "OPEN-GOAL", "SHARED-TASK", "NOTICED", "KEEPS") if each in text] == []
    assert all(
        squeezed(each) in text for each in offered(full.ana).values() if not each.startswith("The goals")
    )
    assert "BEN" not in str(made(full.ana).words)


def test_with_nothing_ticked_the_page_has_the_days_and_the_number_of_sessions(full: Couple) -> None:
    nothing = Report(full.ana, WORDS, ALL).made()
    text = text_of(nothing.file)
    assert squeezed("2 sessions: 1 together, 1 by my partner alone.") in text
    assert squeezed(content.day(DAY)) in text
    assert squeezed(WORDS["page"]["foot"]) in text
    assert [each for each in offered(full.ana).values() if squeezed(each) in text] == []
    assert [tag for tag in tags_of(nothing.file) if tag["/S"] in ("/Figure", "/LI")] == []


def test_what_is_not_ticked_is_not_on_the_page(full: Couple) -> None:
    text = page(full.ana, "ANA-HELPED", "AGREED-GOAL")
    others = [each for each in offered(full.ana).values() if each not in ("ANA-HELPED", "AGREED-GOAL")]
    assert [each for each in others if squeezed(each) in text] == []
    assert "ANA-HELPED" in text


def test_only_ones_own_ratings_are_drawn_and_counted(full: Couple) -> None:
    pdf = made(full.ana, "AGREED-GOAL", "Closeness", WORDS["t_score"]["tick"]).file
    assert squeezed("1 of 1 at or above what was hoped.") in text_of(pdf)
    assert squeezed("T 60.0.") in text_of(pdf)
    ladders, scales = (tag["/Alt"] for tag in tags_of(pdf) if tag["/S"] == "/Figure")
    assert ladders.endswith(f"AGREED-GOAL: more than hoped on {content.day(DAY)}.")
    assert scales.endswith("Closeness: Too early to tell: 1 of 8 ratings.")


def test_a_session_that_both_wrote_down_counts_once_and_as_the_reader_saw_it(couple: Couple) -> None:
    couple.ben.write(Session(on=DAY, together="partner"), "ours")
    couple.ana.write(Session(on=DAY, together="together"), "ours")
    assert squeezed("1 session: 1 together.") in page(couple.ana)
    assert squeezed("1 session: 1 by my partner alone.") in page(couple.ben)


def test_days_choose_what_may_be_ticked_and_what_is_counted(full: Couple) -> None:
    later = msgspec.structs.replace(ALL, since=DAY + timedelta(days=1))
    assert set(offered(full.ana, later).values()) == {
        "ANA-GOAL", "PROPOSED-BY-ANA", "AGREED-GOAL", WORDS["t_score"]["tick"], "ANA-TASK", "ANA-AGENDA",
        "Ana",
    }  # fmt: skip
    text = page(full.ana, choice=later)
    assert squeezed("1 session: 1 by my partner alone.") in text
    assert squeezed(WORDS["moved"]["none"]) in text


def test_what_was_worded_otherwise_after_one_agreed_waits_for_a_new_yes(full: Couple) -> None:
    agreed = next(each for each in full.ben.entries(Goal) if each.entry.title == "AGREED-GOAL")
    full.ben.revise(agreed.id, title="REWORDED-GOAL")
    assert {"AGREED-GOAL", "REWORDED-GOAL"} & set(offered(full.ana).values()) == set()
    full.ana.write(Agreement(to=agreed.id), "ours")
    assert "REWORDED-GOAL" in offered(full.ana).values()


def test_a_t_score_without_a_rated_goal_is_said_and_not_made_up(full: Couple) -> None:
    alone = made(full.ana, WORDS["t_score"]["tick"])
    assert WORDS["t_score"]["none"] in alone.said
    assert "T50" not in text_of(alone.file)


def test_too_long_a_selection_saves_nothing_and_says_what_to_leave_out(couple: Couple) -> None:
    session = couple.ana.write(Session(on=DAY))
    couple.ana.write(Reflection(session=session, helped="word " * 4_000, hurt="Short."))
    too_long = made(couple.ana)
    assert (too_long.file, too_long.picture) == (b"", b"")
    assert "Leave out “word word" in too_long.said[0]
    assert made(couple.ana, "Short.").file


def test_what_no_font_can_draw_is_named_and_left_off(couple: Couple) -> None:
    session = couple.ana.write(Session(on=DAY))
    couple.ana.write(Reflection(session=session, helped="A \U00012000 sign", hurt="Short."))
    drawn = made(couple.ana)
    assert "“A \U00012000 sign”" in drawn.said[1]
    assert "Short." in text_of(drawn.file)
    assert "sign" not in text_of(drawn.file)


def test_an_empty_book_makes_a_page_too(couple: Couple) -> None:
    empty = made(couple.ben, choice=Choice(None, None, "us-letter"))
    assert squeezed(WORDS["page"]["no_sessions"]) in text_of(empty.file)
    assert round(reader(empty.file).pages[0].mediabox.height) == 792
    assert str(content.today().year) in text_of(empty.file)
