"""Which pages stand before anyone turns to them."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from ipywidgets import VBox

from tests.conftest import SOFT
from workbook.book import Store
from workbook.steps.open_book import OpenBook
from workbook.steps.page import pages
from workbook.store import Vault

ALL = [spec.name for spec in pages()]
NOBODY: dict[str, Any] = {"idle": print, "written": print, "let_go": print}


async def built_ahead() -> list[str]:
    """The pages of a new book that stand once each had its turn to be built ahead, in order."""
    store = Store(Vault.open(":memory:", hardness=SOFT))
    store.create_member("Ada", "six words")
    book = store.unlock("Ada", "six words")
    session = OpenBook(book, store, VBox(), pages(), alone=False, looking=True, **NOBODY)
    for _ in ALL:
        session.build_ahead()
    names = list(session._built)
    session.close()
    return names


@pytest.mark.parametrize(("ahead", "stand"), [("yes", ALL), ("no", ["safety"])])
def test_the_safety_page_stands_before_it_is_asked_for_and_the_others_where_wanted(
    ahead: str, stand: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WORKBOOK_AHEAD", ahead)
    with ThreadPoolExecutor(1) as aside:  # a browser's test may have left a loop on this thread
        names = aside.submit(asyncio.run, built_ahead()).result()
    assert (names[0], sorted(names)) == ("safety", sorted(stand))
