"""What could come next, and how far along the path one is. Counts and dates only, never anyone's words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import msgspec

from workbook.book import agreements, asking, diary, drive_home
from workbook.book.book import Book
from workbook.entries import (
    Alternative,
    AlternativeTry,
    Assignment,
    AssignmentLog,
    Candidate,
    CoverCall,
    Decision,
    DriveHome,
    Ending,
    Entry,
    FeePlan,
    FirstSession,
    GamePlan,
    Goal,
    GoalRating,
    Helps,
    Invitation,
    Later,
    Loop,
    LoopCheck,
    Moment,
    Plan,
    Preference,
    PrivateTopic,
    Ranking,
    Reflection,
    Review,
    SatisfactionScore,
    Session,
    Skip,
    Sorting,
    Talk,
    Thought,
    Trial,
    TrialAnswer,
)
from workbook.insight.schedule import dates, review_due

WEEK = timedelta(days=7)
A_WHILE = timedelta(days=28)

KINDS_OF_STEP: Mapping[str, tuple[type[Entry], ...]] = {
    "accountability": (Loop, Helps),
    "commitment": (Plan,),
    "homework": (GamePlan, Assignment),
    "budget": (FeePlan, CoverCall),
    "invitation": (Invitation,),
    "timing": (Moment, Talk),
    "trial": (Trial, FirstSession),
    "therapist": (Candidate, Ranking, Decision),
    "preferences": (Preference, PrivateTopic),
    "stigma": (Thought,),
    "alternatives": (Alternative, Sorting, AlternativeTry),
    "progress": (Goal, SatisfactionScore, Review),
}
"""What is written at each step that leaves anything behind."""

SPEAKS_UP: tuple[type[Entry], ...] = (Session, Reflection, Plan, Goal)
"""What is written after an end makes the book speak up again."""

ENOUGH: Mapping[str, tuple[type[Entry], ...]] = {
    "accountability": (LoopCheck,),
    "commitment": (Plan,),
    "homework": (AssignmentLog,),
    "budget": (FeePlan,),
    "invitation": (Invitation,),
    "timing": (Talk,),
    "trial": (TrialAnswer,),
    "therapist": (Ranking,),
    "preferences": (Preference,),
    "stigma": (Thought,),
    "alternatives": (Sorting,),
    "progress": (GoalRating,),
}
"""A step counts as done once something of these kinds is there."""


class Thing(msgspec.Struct, frozen=True):
    """One thing to do next: its name, and the figures that its sentence needs."""

    name: str
    figures: Mapping[str, Any] = {}


class Stop(msgspec.Struct, frozen=True):
    """One step on the path. state: not_begun, begun, done or skipped."""

    step: str
    state: str
    count: int


def next_thing(book: Book, today: date) -> Thing | None:
    """What may be proposed today, the most pressing first; None where nothing is, or all was put off."""
    put_off = {each.thing for each in _own(book, Later) if each.on == today}
    ended = ending(book)
    if ended:
        booster = _booster(ended, today)
        return booster if booster and booster.name not in put_off else None
    things = (
        _session_ahead(book, today),
        _unwritten(book, today),
        _picked_moment(book, today),
        _talk(book, today),
        _review(book, today),
        _proposed(book),
        _overdue(book, today),
        _loops_to_check(book, today),
        _tries_to_look_at(book, today),
        _goals_to_rate(book, today),
        _beginning(book),
    )
    return next((thing for thing in things if thing and thing.name not in put_off), None)


def stop(book: Book, step: str) -> Stop:
    """How far one is with a step."""
    count = sum(len(_own(book, kind)) for kind in KINDS_OF_STEP.get(step, ()))
    if any(each.step == step for each in _own(book, Skip)):
        return Stop(step, "skipped", count)
    if not count:
        return Stop(step, "not_begun", 0)
    done = all(_own(book, kind) for kind in ENOUGH[step])
    return Stop(step, "done" if done else "begun", count)


def ending(book: Book) -> Ending | None:
    """How the work came to its end, if it did and nothing was begun since: the book is quiet then."""
    ends = book.own(Ending)
    if not ends:
        return None
    begun = [each.written_at for kind in SPEAKS_UP for each in book.own(kind)]
    return ends[-1].entry if max(begun, default=ends[-1].written_at) <= ends[-1].written_at else None


def left_off(book: Book, today: date) -> tuple[date, str] | None:
    """The day on which one wrote something last, and the page it was on; None within a week of it.

    Neither after an end: nobody is called back.
    """
    pages = {kind: step for step, kinds in KINDS_OF_STEP.items() for kind in kinds}
    pages |= {Reflection: "journal", GoalRating: "progress", LoopCheck: "accountability"}
    last = [(own[-1].written_at, page) for kind, page in pages.items() if (own := book.own(kind))]
    if not last or ending(book):
        return None
    when, page = max(last)
    day = when.astimezone().date()
    return (day, page) if day <= today - WEEK else None


def plan(book: Book) -> Plan | None:
    """The member's own plan, as it stands."""
    own = _own(book, Plan)
    return own[-1] if own else None


def _own(book: Book, kind: type[Any]) -> list[Any]:
    return [each.entry for each in book.own(kind)]


def _planned(book: Book) -> list[date]:
    found = plan(book)
    return dates(found.first, found.every_days, found.sessions, found.skip) if found else []


def _booster(ended: Ending, today: date) -> Thing | None:
    day = ended.booster
    return Thing("booster", {"day": day}) if day and today <= day < today + WEEK else None


def _session_ahead(book: Book, today: date) -> Thing | None:
    ahead = [day for day in _planned(book) if today <= day < today + WEEK]
    if not ahead:
        return None
    return Thing("session_today") if ahead[0] == today else Thing("session_soon", {"day": ahead[0]})


def _unwritten(book: Book, today: date) -> Thing | None:
    """A planned session of the last three days that nobody has written down."""
    written = {each.entry.on for each in book.entries(Session)}
    past = [day for day in _planned(book) if today - timedelta(days=3) <= day < today and day not in written]
    return Thing("write_session", {"day": past[-1]}) if past else None


def _picked_moment(book: Book, today: date) -> Thing | None:
    """The moment that was picked for today. Whoever has asked twice is not led to ask again."""
    ahead = asking.moments_ahead(book, today)
    is_today = bool(ahead) and ahead[0].entry.on == today
    return Thing("picked_moment") if is_today and asking.standing(book, today).asks < asking.TWICE else None


def _talk(book: Book, today: date) -> Thing | None:
    """The talk after a session, where two are in the book."""
    session = drive_home.due(book, today) if book.has_ours else None
    return Thing("talk", {"day": session.entry.on}) if session else None


def _review(book: Book, today: date) -> Thing | None:
    """A review at a point of the plan that is reached."""
    number = reviewed_after(book, today)
    return Thing("review", {"number": number}) if number else None


def reviewed_after(book: Book, today: date) -> int | None:
    """The number of sessions after which a review is due by one's own plan, or one that was shared."""
    plans = book.own(Plan) or book.once(Plan)
    if not plans:
        return None
    done = [each.entry.on for each in book.once(Review)]
    return review_due(plans[-1].entry.reviews, diary.held(book, today), done)


def _proposed(book: Book) -> Thing | None:
    """What the partner has proposed and one has not answered: a goal, or to keep a talk."""
    if agreements.waiting(book, DriveHome):
        return Thing("keep_talk")
    return Thing("agree_goal") if agreements.waiting(book, Goal) else None


def _overdue(book: Book, today: date) -> Thing | None:
    logged = {each.assignment for each in _own(book, AssignmentLog)}
    late = [
        each
        for each in book.own(Assignment)
        if each.entry.by and each.entry.by < today and each.id not in logged
    ]
    return Thing("overdue", {"count": len(late)}) if late else None


def _loops_to_check(book: Book, today: date) -> Thing | None:
    checks = [each.on for each in _own(book, LoopCheck)]
    loops = [each.written_at.date() for each in book.own(Loop)]
    if loops and max(checks or loops) <= today - WEEK:
        return Thing("check_loops")
    return None


def _goals_to_rate(book: Book, today: date) -> Thing | None:
    ratings = [each.on for each in _own(book, GoalRating)]
    goals = [each.written_at.date() for each in diary.goals(book)]
    if goals and max(ratings or goals) <= today - A_WHILE:
        return Thing("rate_goals")
    return None


def _tries_to_look_at(book: Book, today: date) -> Thing | None:
    """From the chosen day on, until one has said what became of it."""
    due = (
        each.look_again is not None and each.look_again <= today and each.became is None
        for each in _own(book, AlternativeTry)
    )
    return Thing("look_again") if any(due) else None


def _beginning(book: Book) -> Thing | None:
    skipped = any(each.step == "accountability" for each in _own(book, Skip))
    anything = _own(book, Loop) or _own(book, Reflection) or _own(book, Goal)
    return None if anything or skipped else Thing("begin")
