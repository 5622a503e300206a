"""A couple's book after years of use: 5,000 entries in the proportions in which pages write them."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from workbook.book import Store
from workbook.book.book import Item, new_id
from workbook.entries import (
    Affordable,
    Assignment,
    AssignmentLog,
    CoverCall,
    Entry,
    FeePlan,
    GamePlan,
    Goal,
    GoalRating,
    Helps,
    Later,
    Loop,
    LoopCheck,
    Plan,
    Reflection,
    Room,
    Session,
    Skip,
)
from workbook.store import Vault
from workbook.store.hardness import LOWEST

ENTRIES = 5_000
SESSIONS, GOALS, LOOPS, ASSIGNMENTS = 400, 8, 12, 150
RATINGS, CHECKS, LOGS = 150, 125, 6
"""How many of each goal, of each loop, of each assignment."""
FIRST = date(2019, 1, 7)
WEEK = timedelta(weeks=1)
AREAS = ("money", "chores", "time", "families")
TRIED = ("yes", "a little", "no chance")
DONE = ("done", "partly", "not this time")
WORDS = ("the", "a", "we", "said", "later", "again", "kitchen", "rain", "bus", "list", "quiet", "morning")


def write_years(where: Path, name: str, passphrase: str) -> None:
    """Write the book at a place where there is none yet, everything by the one member of this name."""
    store = Store(Vault.open(where, hardness=LOWEST))
    store.create_member(name, passphrase)
    book = store.unlock(name, passphrase)
    store.join("Kim", passphrase, book.invite())
    book.post(items())
    book.lock()
    store.close()


def items() -> list[Item]:
    """The 5,000 entries. What fills the number up is what home notes: proposals that were put off."""
    chance = random.Random(1)
    found = [*_sessions(chance), *_goals(chance), *_loops(chance), *_homework(chance), *_own_steps(chance)]
    days = range(ENTRIES - len(found))
    return found + [_item(Later(thing="check_loops", on=FIRST + timedelta(days=day))) for day in days]


def _sessions(chance: random.Random) -> Iterator[Item]:
    for week in range(SESSIONS):
        entry = Session(
            on=FIRST + week * WEEK,
            with_whom="Ines Aldana",
            place="Mill Street",
            agenda=_words(chance, 12),
            tags=(chance.choice(AREAS),),
            paid=Decimal(120),
        )
        session = _item(entry, "ours")
        scales = {
            name: chance.randint(0, 10) for name in ("understood", "mattered", "pace", "closeness", "hope")
        }
        texts = {name: _words(chance, 15) for name in ("helped", "hurt", "takeaway")}
        yield from (session, _item(Reflection(session=session.id, **scales, **texts)))


def _goals(chance: random.Random) -> Iterator[Item]:
    for number in range(GOALS):
        described = (number < GOALS // 2 and tuple(_words(chance, 8) for _ in range(5))) or None
        goal = _item(Goal(title=f"Goal {number + 1}", today=_words(chance, 10), levels=described), "ours")
        yield goal
        for rated in range(RATINGS):
            day = FIRST + timedelta(days=rated * 18 + number)
            rating = GoalRating(goal=goal.id, level=chance.randint(-2, 2), on=day, seen=_words(chance, 8))
            yield _item(rating)


def _loops(chance: random.Random) -> Iterator[Item]:
    for number in range(LOOPS):
        said = {name: _words(chance, 10) for name in ("happens", "does", "underneath", "looks", "next_time")}
        loop = _item(Loop(name=f"Loop {number + 1}", area=chance.choice(AREAS), heat=7, **said))
        yield loop
        for week in range(CHECKS):
            day, tried = FIRST + (week * 3 + number) * WEEK, chance.choice(TRIED)
            heat, note = chance.randint(0, 10), _words(chance, 8)
            yield _item(LoopCheck(loop=loop.id, on=day, tried=tried, heat=heat, note=note))


def _homework(chance: random.Random) -> Iterator[Item]:
    repeats = ("none", "none", "weekly", "until the next session")
    for number in range(ASSIGNMENTS):
        day = FIRST + number * 2 * WEEK
        assignment = _item(Assignment(what=_words(chance, 8), by=day, repeats=chance.choice(repeats)))
        yield assignment
        for week in range(LOGS):
            done, noticed = chance.choice(DONE), _words(chance, 10)
            log = AssignmentLog(
                assignment=assignment.id, on=day + week * WEEK, done=done, helped="helped", noticed=noticed
            )
            yield _item(log)


def _own_steps(chance: random.Random) -> Iterator[Item]:
    """What is written seldom: plans, calls, what helps, what one can manage."""
    years = [FIRST + timedelta(days=365 * year) for year in range(7)]
    yield from (_item(Plan(first=day, sessions=52, why=_words(chance, 20))) for day in years)
    yield from (_item(Affordable(a_month=Decimal(300))) for _ in years)
    yield from (_item(GamePlan(lines=tuple(_words(chance, 8) for _ in range(3)))) for _ in years)
    yield from (
        _item(FeePlan(label=f"Practice {place}", fee=Decimal(150), first=years[-1])) for place in range(3)
    )
    yield from (_item(Helps(does=_words(chance, 8))) for _ in range(30))
    yield _item(Skip(step="safety"))
    for number in range(40):
        answers = {name: _words(chance, 8) for name in ("pre_authorisation", "limit", "deductible")}
        yield _item(CoverCall(on=FIRST + number * 8 * WEEK, called="The insurer", answers=answers))


def _item(entry: Entry, room: Room = "mine") -> Item:
    return Item(entry, room, new_id())


def _words(chance: random.Random, count: int) -> str:
    return " ".join(chance.choices(WORDS, k=count))
