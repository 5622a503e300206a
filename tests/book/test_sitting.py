"""Two at one page, one after the other: what can still open, and when the one aside is locked."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any

import pytest

from tests.book.conftest import ANA, BEN, Couple
from workbook.book import Book, BookBusy, ballots
from workbook.book.ballots import Ballot
from workbook.desk import Desk
from workbook.entries import Settings, TrialAnswer
from workbook.sitting import Sitting
from workbook.steps.open_book import OpenBook
from workbook.steps.page import Page
from workbook.store import Locked
from workbook.widgets.control import Control

TRIAL = "0" * 32
AGAIN = Ballot(f"trial/{TRIAL}", TrialAnswer, ("again",), {"trial": TRIAL})
PATIENCE = 30


class Hurrying(asyncio.SelectorEventLoop):
    """A loop in which nothing is waited for, and which notes for how long it was to be: in seconds."""

    def __init__(self) -> None:
        super().__init__()
        self.delays: list[float] = []

    def call_later(self, delay: float, *arguments: Any, **options: Any) -> asyncio.TimerHandle:
        self.delays.append(delay)
        return super().call_later(0 if delay > PATIENCE else delay, *arguments, **options)


def run(
    work: Coroutine[Any, Any, None], loop_factory: Callable[[], asyncio.AbstractEventLoop] | None = None
) -> asyncio.AbstractEventLoop:
    """Run to the end, in a thread of its own: a browser's test may have left a loop on the main one."""

    def to_the_end() -> asyncio.AbstractEventLoop:
        with asyncio.Runner(loop_factory=loop_factory) as runner:
            runner.run(work)
            return runner.get_loop()

    with ThreadPoolExecutor(1) as thread:
        return thread.submit(to_the_end).result()


async def until(happened: Callable[[], object]) -> None:
    async def look() -> None:
        while not happened():
            await asyncio.sleep(0)

    await asyncio.wait_for(look(), PATIENCE)


def press(control: Control, do: str, **content: Any) -> None:
    control._handle_custom_msg({"do": do, **content}, [])


async def unlocked(desk: Desk, who: str, passphrase: str) -> Book:
    press(desk.door, "unlock", who=who, passphrase=passphrase)
    await until(lambda: desk.book and desk.book.name == who)
    assert desk.book
    return desk.book


async def passed_on(desk: Desk) -> tuple[Book, Book]:
    """Ana unlocks and passes the page on to Ben, who unlocks: both their books."""
    ana = await unlocked(desk, *ANA)
    press(desk.shell, "pass")
    assert desk.book is None
    return ana, await unlocked(desk, *BEN)


def answer(book: Book, again: str) -> None:
    ballots.seal(book, AGAIN, TrialAnswer(trial=TRIAL, again=again))  # type: ignore[arg-type]


def state(book: Book) -> str:
    return ballots.standing(book, AGAIN).state


def is_locked(book: Book) -> bool:
    try:
        book.entries(TrialAnswer)
    except Locked:
        return True
    return False


def desk_on(store: Any) -> Desk:
    """A desk that acts on messages at once, whatever loop a browser's test left on the main thread."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(Desk, store=store).result()


@pytest.fixture
def desk(couple: Couple) -> Desk:
    """The desk at which both sit, with Ana's and Ben's book on it, locked."""
    couple.ana.lock()
    couple.ben.lock()
    return desk_on(couple.store)


def test_what_both_sealed_opens_in_one_sitting(desk: Desk) -> None:
    async def sit() -> None:
        ana = await unlocked(desk, *ANA)
        answer(ana, "yes")
        press(desk.shell, "pass")
        ben = await unlocked(desk, *BEN)
        assert state(ben) == "unanswered"
        answer(ben, "no")
        assert state(ben) == "waiting"
        assert desk._session
        desk._session.wrote()
        await until(lambda: state(ben) == "matched")
        desk.close()

    run(sit())


def test_a_book_that_cannot_be_shown_is_locked_again(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[Book] = []

    def fail(session: OpenBook, _: str) -> None:
        seen.append(session.book)
        raise BookBusy("")

    async def sit() -> None:
        with monkeypatch.context() as spoiled:
            spoiled.setattr(OpenBook, "turn_to", fail)
            press(desk.door, "unlock", who=ANA[0], passphrase=ANA[1])
            await until(lambda: seen and is_locked(seen[0]))
        assert (desk.book, desk.stage.children) == (None, ())
        await unlocked(desk, *ANA)
        desk.close()

    run(sit())


@pytest.mark.parametrize("do", ["lock", "pass"])
def test_nothing_stays_open_or_on_the_screen_where_what_waits_cannot_be_kept(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, do: str
) -> None:
    def fail(_: OpenBook) -> None:
        raise BookBusy("")

    async def sit() -> None:
        ana = await unlocked(desk, *ANA)
        shown = desk.stage.children
        assert shown
        with monkeypatch.context() as spoiled:
            spoiled.setattr(OpenBook, "finish", fail)
            with suppress(BookBusy):
                press(desk.shell, do)
        assert (desk.book, desk.stage.children, is_locked(ana)) == (None, (), True)
        await unlocked(desk, *BEN)
        assert not {*shown} & {*desk.stage.children}
        desk.close()

    run(sit())


def test_after_a_lock_instead_an_answer_waits_for_the_other_s_next_unlock(desk: Desk) -> None:
    async def sit() -> None:
        answer(await unlocked(desk, *ANA), "yes")
        press(desk.shell, "lock")
        ben = await unlocked(desk, *BEN)
        answer(ben, "no")
        desk._written()
        assert state(ben) == "waiting"
        press(desk.shell, "lock")
        assert state(await unlocked(desk, *ANA)) == "matched"
        desk.close()

    run(sit())


ENDS: dict[str, Callable[[Desk], object]] = {
    "the second locks": lambda desk: press(desk.shell, "lock"),
    "the second passes back": lambda desk: press(desk.shell, "pass"),
    "nobody is there": lambda desk: desk._idle(15),
    "the page closes": lambda desk: desk.close(),
}


@pytest.mark.parametrize("end", ENDS.values(), ids=ENDS)
def test_the_one_aside_is_locked_when(desk: Desk, end: Callable[[Desk], object]) -> None:
    async def sit() -> None:
        ana, _ = await passed_on(desk)
        assert not is_locked(ana)
        end(desk)
        assert is_locked(ana)
        desk.close()

    run(sit())


def test_passing_back_asks_for_the_first_passphrase_again_and_keeps_the_second_aside(desk: Desk) -> None:
    async def sit() -> None:
        _, ben = await passed_on(desk)
        press(desk.shell, "pass")
        assert (desk.book, is_locked(ben)) == (None, False)
        press(desk.door, "unlock", who=ANA[0], passphrase="a guess")
        again = await unlocked(desk, *ANA)
        assert (again.name, is_locked(ben)) == ("Ana", False)
        press(desk.shell, "lock")
        assert (is_locked(ben), is_locked(again)) == (True, True)
        desk.close()

    run(sit())


def test_the_one_aside_is_locked_when_they_come_back_themselves_or_someone_only_looks(desk: Desk) -> None:
    async def sit() -> None:
        ana = await unlocked(desk, *ANA)
        press(desk.shell, "pass")
        again = await unlocked(desk, *ANA)
        assert (is_locked(ana), is_locked(again)) == (True, False)
        press(desk.shell, "pass")
        press(desk.door, "look")
        await until(lambda: desk.book and desk.book.name == "You")
        assert is_locked(again)
        desk.close()

    run(sit())


def test_nobody_stays_aside_for_longer_than_their_idle_minutes(couple: Couple) -> None:
    couple.ana.write(Settings(idle_minutes=7))

    async def sit() -> None:
        over = asyncio.Event()
        sitting = Sitting(over.set)
        assert sitting.begin(couple.ana) == 7
        assert not is_locked(couple.ana)
        await asyncio.wait_for(over.wait(), PATIENCE)
        assert (is_locked(couple.ana), sitting.aside) == (True, None)

    loop = run(sit(), Hurrying)
    assert isinstance(loop, Hurrying)
    assert 7 * 60 in loop.delays


def test_a_book_of_one_cannot_be_passed_on(store: Any, book: Book) -> None:
    book.lock()
    desk = desk_on(store)

    async def sit() -> None:
        ana = await unlocked(desk, *ANA)
        press(desk.shell, "pass")
        assert (desk.book, is_locked(ana)) == (ana, False)
        desk.close()

    run(sit())


def test_whatever_goes_wrong_with_a_page_the_keys_are_dropped_and_the_door_shows(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(page: Page) -> None:
        raise RuntimeError("a page that can't be settled")

    async def sit() -> None:
        ana = await unlocked(desk, *ANA)
        monkeypatch.setattr(Page, "settle", fail)
        press(desk.shell, "lock")
        assert is_locked(ana)
        assert desk.book is None
        assert desk.door._showing is not None
        assert desk.door._showing["view"] == "unlock"
        assert desk.shell._showing["open"] is False

    run(sit())
