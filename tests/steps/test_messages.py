"""What a control does with a message, whichever thread hears it."""

from __future__ import annotations

import asyncio
import threading

from workbook.widgets.control import Control, Message


def test_a_message_that_another_thread_hears_is_acted_on_by_the_thread_of_the_control() -> None:
    acted: list[int] = []

    async def sit() -> None:
        control = Control()
        happened = asyncio.Event()

        def lock(message: Message) -> None:
            acted.append(threading.get_ident())
            happened.set()

        control.hear("lock", lock)
        await asyncio.to_thread(control._handle_custom_msg, {"do": "lock"}, [])
        await asyncio.wait_for(happened.wait(), 30)
        assert acted == [threading.get_ident()]
        control._handle_custom_msg({"do": "lock"}, [])
        assert acted == [threading.get_ident()] * 2

    worker = threading.Thread(target=asyncio.run, args=[sit()])
    worker.start()
    worker.join()
    assert len(acted) == 2
