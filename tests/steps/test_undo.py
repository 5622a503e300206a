"""What is erased on a page waits ten seconds for an undo, and waits longer while somebody is at it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from workbook.widgets import Card, Cards
from workbook.widgets import cards as module

WORDS = {
    "title": "So far",
    "empty": "",
    "labels": {},
    "none_found": "",
    "counts": ["1", "{count}"],
    "erased": "Erased.",
    "erased_several": "{count} erased.",
    "undo": "Undo",
}
SOON, PATIENCE = 0.02, 30


class List(Cards):
    """Cards of three entries, and what was told of them."""

    def __init__(self) -> None:
        self.erased: list[str] = []
        self.told: list[dict[str, Any]] = []
        self.happened = asyncio.Event()
        super().__init__(
            lambda: [Card(id=each, title=each) for each in "abc" if each not in self.erased],
            WORDS,
            acts={"erase": self.erased.append},
        )

    def tell(self, do: str, **content: Any) -> None:
        self.told.append({"do": do, **content})
        if do == "settled":
            self.happened.set()

    def hears(self, do: str, **content: Any) -> None:
        self._respond({"do": do, **content}, [])

    def shown(self) -> list[str]:
        self.hears("find")
        return [item["id"] for item in self.told[-1]["items"]]


def at_a_desk(work: Callable[[List], Coroutine[Any, Any, None]]) -> None:
    """Do the work on a loop of its own: a browser's test leaves one behind on this thread."""

    async def sit() -> None:
        await asyncio.wait_for(work(List()), PATIENCE)

    with ThreadPoolExecutor(1) as worker:
        worker.submit(lambda: asyncio.run(sit())).result()


def test_an_undo_stands_for_ten_seconds() -> None:
    assert module.UNDO_SECONDS == 10.0


def test_no_time_passes_while_somebody_is_at_it_and_then_the_rest_of_it_does(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def work(cards: List) -> None:
        loop = asyncio.get_running_loop()
        cards.hears("act", action="erase", id="a")
        erased = loop.time()
        cards.hears("hold")
        assert cards._timer is None
        cards.hears("go_on")
        assert cards._timer is not None
        assert erased + 9 < cards._timer.when() < erased + 11
        monkeypatch.setattr(module, "LEAST_SECONDS", SOON)
        cards.hears("hold")
        cards._left = 0.0
        cards.hears("go_on")
        await cards.happened.wait()
        assert cards.erased == ["a"]

    at_a_desk(work)


def test_what_is_erased_soon_after_joins_it_and_one_undo_brings_both_back() -> None:
    async def work(cards: List) -> None:
        cards.hears("act", action="erase", id="a")
        cards.hears("act", action="erase", id="c")
        assert [each["words"] for each in cards.told if each["do"] == "erased"] == ["Erased.", "2 erased."]
        assert (cards.shown(), cards.held_back, cards.erased) == (["b"], {"a", "c"}, [])
        cards.hears("undo")
        assert (cards.shown(), cards.held_back, cards.erased) == (["a", "b", "c"], frozenset(), [])
        cards.hears("go_on")  # from a view that is late
        assert cards._timer is None

    at_a_desk(work)


def test_a_lock_erases_all_that_waited_even_while_somebody_is_at_it() -> None:
    async def work(cards: List) -> None:
        other: list[str] = []
        cards.hears("act", action="erase", id="a")
        cards.hold_back("talk", other.append)
        cards.hears("hold")
        cards.settle()
        assert (cards.erased, other, cards.held_back) == (["a"], ["talk"], frozenset())

    at_a_desk(work)


def test_what_could_not_be_erased_is_said_and_shown_again() -> None:
    def fail(entry_id: str) -> None:
        raise OSError

    async def work(cards: List) -> None:
        cards.hold_back("b", fail)
        assert cards.shown() == ["a", "c"]
        cards.settle()
        assert [each["do"] for each in cards.told][-2:] == ["refused", "again"]
        assert cards.shown() == ["a", "b", "c"]

    at_a_desk(work)
