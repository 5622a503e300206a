"""The page that is previewed and saved is made of what is written by then."""

from __future__ import annotations

import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor

from workbook.widgets import Choice, Made, OnePage


def test_what_is_written_while_the_page_is_made_is_on_the_page_that_is_shown() -> None:
    written = ["before"]
    begun, may_end = threading.Event(), threading.Event()
    shown: list[bytes] = []

    def make(choice: Choice) -> Made:
        page = Made(picture=written[-1].encode())
        begun.set()
        may_end.wait()
        return page

    class Preview(OnePage):
        def tell_bytes(self, do: str, data: bytes, **content: object) -> None:
            shown.append(data)

    async def run() -> None:
        preview = Preview({}, Choice(None, None, "a4"), lambda choice: [], make)
        preview._open()
        await asyncio.to_thread(begun.wait)
        written.append("meanwhile")
        preview.again()
        may_end.set()
        assert preview._making
        await preview._making

    with ThreadPoolExecutor(1) as thread:  # after a test in the browser this thread has a loop of its own
        thread.submit(lambda: asyncio.run(run())).result()
    assert shown == [b"meanwhile"]
