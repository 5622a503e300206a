"""Something long on a page: done off the event loop, watched, called off, and never twice at once."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from workbook.book.keeping import Cancelled, Progress
from workbook.steps.long_work import LongWork
from workbook.widgets import Task


def run_aside(run: Callable[[], Coroutine[Any, Any, Any]]) -> Any:
    """On a thread of its own: the browser of other tests keeps a loop in this one."""
    with ThreadPoolExecutor(1) as threads:
        return threads.submit(lambda: asyncio.run(run())).result()


class Watched(Task):
    """A task whose view's messages are kept."""

    def __init__(self) -> None:
        super().__init__({"title": "Long"})
        self.told: list[tuple[str, Any]] = []

    def tell(self, do: str, **content: Any) -> None:
        self.told.append((do, content))


def test_what_is_called_off_ends_at_its_next_report_and_says_so() -> None:
    async def run() -> tuple[Watched, list[str]]:
        view, ended, begun = Watched(), [], threading.Event()
        work = LongWork(view)

        def count(progress: Progress) -> str:
            for done in range(10**9):
                begun.set()
                progress(done, 10**9)
            return "never"

        work.begin("Counting …", count, ended.append)
        work.begin("A second time …", count, ended.append)
        await asyncio.get_running_loop().run_in_executor(None, begun.wait)
        view._dispatch(view, {"do": "cancel"}, [])
        assert work._task is not None
        await asyncio.wait_for(work._task, 30)
        return view, ended

    view, ended = run_aside(run)
    assert ended == []
    assert [content["words"] for do, content in view.told if do == "working"] == ["Counting …"]
    assert view.told[-1] == ("refused", {"field": "", "rule": str(Cancelled())})


@pytest.mark.parametrize("fails", [False, True])
def test_what_comes_of_it_is_handed_on_or_said_where_it_was_asked_for(fails: bool) -> None:
    async def run() -> tuple[Watched, list[int]]:
        view, ended = Watched(), []
        work = LongWork(view)
        work.begin("Working …", lambda progress: 1 // (0 if fails else 1), ended.append)
        assert work._task is not None
        await work._task
        return view, ended

    view, ended = run_aside(run)
    assert ended == ([] if fails else [1])
    assert (view.told[-1][0] == "refused") == fails
