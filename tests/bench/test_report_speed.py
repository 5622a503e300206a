"""How long the one-page report of a year takes: 52 sessions, everything ticked that fits on the page."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import msgspec
import pytest

from workbook import content
from workbook.book import Book, Store
from workbook.entries import Assignment, Goal, GoalRating, Reflection, Session
from workbook.steps.report import Report
from workbook.store import Vault
from workbook.store.hardness import LOWEST
from workbook.widgets import Choice

WEEKS, GOALS, TASKS = 52, 5, 6
CHOICE = Choice(None, date(2027, 1, 1), "a4")
LIMIT = 2.0
"""Seconds that it should take at most."""


@pytest.fixture
def year(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Book:
    """A year of weekly sessions with a reflection each."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    store = Store(Vault.open(tmp_path / "book.db", hardness=LOWEST))
    store.create_member("Ada", "six words that ada knows well")
    book = store.unlock("Ada", "six words that ada knows well")
    days = [date(2026, 1, 5) + timedelta(weeks=week) for week in range(WEEKS)]
    sessions = book.write_many([Session(on=day) for day in days])
    book.write_many([_reflection(session, week) for week, session in enumerate(sessions)])
    goals = book.write_many([Goal(title=f"We do thing number {number}") for number in range(GOALS)])
    book.write_many(
        [GoalRating(goal=goal, level=at % 5 - 2, on=days[at]) for goal in goals for at in range(0, WEEKS, 3)]
    )
    book.write_many([Assignment(what=f"Ten minutes of thing {number}") for number in range(TASKS)])
    return book


def _reflection(session: str, week: int) -> Reflection:
    scales = {
        name: (week * step) % 11 for step, name in enumerate(("closeness", "understood", "hope"), start=2)
    }
    return Reflection(
        session=session, helped=f"A line about week {week}.", hurt=f"Another, {week}.", **scales
    )


def test_the_report_of_a_year(benchmark, capsys, year: Book) -> None:
    words = content.with_common(content.prose("our_data"))["report"]
    report = Report(year, words, CHOICE)
    ids = [each.id for group in report.groups() for each in group.things]
    helped = [each for each in ids if each.startswith(("helped", "hurt"))]
    ticks = frozenset(set(ids) - set(helped))
    fitting = next(
        chosen
        for count in range(len(helped), -1, -1)
        if Report(year, words, chosen := _with(ticks, helped[:count])).made().file
    )
    benchmark.pedantic(lambda: Report(year, words, fitting).made(), rounds=7, warmup_rounds=1)
    with capsys.disabled():
        took = benchmark.stats.stats.median
        ticked = f"{len(fitting.ticks)} things ticked of {WEEKS} sessions"
        print(f"\nreport: {took:.2f} s, {took / LIMIT:.2f} × what it may take; {ticked}")


def _with(ticks: frozenset[str], more: list[str]) -> Choice:
    return msgspec.structs.replace(CHOICE, ticks=ticks | frozenset(more))
