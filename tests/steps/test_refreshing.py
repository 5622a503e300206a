"""A page shows what was written, part by part."""

from __future__ import annotations

from types import SimpleNamespace
from typing import cast

import pytest

from workbook.steps.page import Page, PageSpec, Surroundings

NOWHERE = cast(
    "Surroundings", SimpleNamespace(**dict.fromkeys(("book", "store", "wrote", "finish", "let_go")))
)


def test_a_part_that_fails_does_not_keep_the_others_from_what_was_written() -> None:
    done: list[str] = []

    def fail() -> None:
        done.append("second")
        raise ZeroDivisionError

    def build(p: Page) -> None:
        for refresh in (lambda: done.append("first"), fail, lambda: done.append("third")):
            p.on_change(refresh)

    page = Page(PageSpec("journal", "around", None, 0, build), NOWHERE, alone=True)
    with pytest.raises(ZeroDivisionError):
        page.changed()
    assert done == ["first", "second", "third"]
