"""Every notebook that is shipped runs: closed, and with a book unlocked and a button pressed in it."""

from __future__ import annotations

from collections.abc import Callable
from subprocess import CompletedProcess

import nbformat
import pytest

from tests.notebooks.conftest import empty_book
from workbook import content, places
from workbook.steps.notebooks import notebooks
from workbook.steps.page import pages

SHIPPED = sorted(path.name for path in places.NOTEBOOKS.glob("*.ipynb"))
PAGE_OF = {spec.notebook: spec.name for spec in pages()}
CHECKS = {
    "journal.ipynb": "journal()",
    "13-progress.ipynb": "progress()",
    "charts.ipynb": "charts()",
    "workbook.ipynb": "whole_book()",
    "explore.ipynb": "charts()",
    "01-accountability.ipynb": "accountability()",
    "02-commitment.ipynb": "commitment()",
    "03-homework.ipynb": "homework()",
    "04-budget.ipynb": "budget()",
    "07-timing.ipynb": "timing()",
    "08-trial.ipynb": "trial()",
    "05-safety.ipynb": "safety()",
    "11-stigma.ipynb": "stigma()",
    "12-alternatives.ipynb": "alternatives()",
    "home.ipynb": "home()",
}
"""What is done in a notebook; in any other one, that its page stands."""
EXPLORED = """
best = own.nlargest(1, "mean").iloc[0]
assert (len(sessions), str(best["on"].date()), round(best["mean"], 1)) == (16, "2026-06-16", 7.0)
assert (len(own), int(closer.sum()), own.loc[closer, "takeaway"].iloc[1]) == (16, 6, "One page at a time.")
assert own.groupby("done")["closeness"].median().to_dict() == {0: 4.0, 1: 7.0}
assert tagged.groupby("tags").size()["money"] == 4
assert (gaps.min(), gaps.median(), gaps.max()) == (7.0, 14.0, 35.0)
assert by_goal["level"].last()["One evening a week that is ours"] == 1
"""
"""What comes of its questions in the made-up couple's book, as Robin."""
UNEXPLORED = """
assert [len(each) for each in (sessions, own, tagged, ratings)] == [0, 0, 0, 0]
assert own.nlargest(3, "mean").empty and by_goal["level"].last().empty
assert gaps.count() == 0
"""
"""The same in a book in which nothing stands."""

Run = Callable[..., CompletedProcess[str]]


def check(call: str) -> str:
    """The source of a check cell."""
    return f"from tests.notebooks import checks\n\nawait checks.{call}"


def passed(done: CompletedProcess[str]) -> bool:
    """Whether every cell ran; what nbval printed is shown where one did not."""
    print(done.stdout, done.stderr)
    return done.returncode == 0


def test_the_shipped_notebooks_are_those_that_the_pages_make() -> None:
    assert sorted(notebooks()) == SHIPPED, (
        "run `python -m workbook.steps.notebooks` and commit what it writes"
    )


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_notebook_is_what_its_page_makes(name: str) -> None:
    shipped = (places.NOTEBOOKS / name).read_text(encoding="utf-8")
    assert shipped == notebooks()[name], (
        "stale: run `python -m workbook.steps.notebooks` and commit what it writes"
    )


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_notebook_holds_no_outputs(name: str) -> None:
    book = nbformat.read(places.NOTEBOOKS / name, as_version=4)
    nbformat.validate(book)
    code = [cell for cell in book.cells if cell.cell_type == "code"]
    assert code
    assert all(cell.outputs == [] and cell.execution_count is None for cell in code)
    assert "widgets" not in book.metadata


@pytest.mark.parametrize("name", SHIPPED)
def test_a_notebook_works_with_a_book_unlocked_in_it(run: Run, name: str) -> None:
    call = CHECKS.get(name) or f'stands("{PAGE_OF[name]}")'
    assert passed(run(name, at_end=check(call)))


def test_the_explore_notebook_works_on_a_full_book(run: Run) -> None:
    assert passed(run("explore.ipynb", after_show=check("unlock()"), at_end=EXPLORED))


def test_the_explore_notebook_works_on_an_empty_book(run: Run) -> None:
    unlock = check("unlock_empty()")
    assert passed(run("explore.ipynb", after_show=unlock, at_end=UNEXPLORED, book=empty_book))


def test_a_cell_of_the_explore_notebook_is_short_and_has_its_question_before_it() -> None:
    steps = content.prose("explore")["steps"]
    assert len(steps) == 6
    assert all(len(step["code"].strip().splitlines()) <= 6 for step in steps)
    assert all(step["ask"].startswith("**") and "?**" in step["ask"] for step in steps)


@pytest.mark.parametrize("call", ["journal_refuses()", "wrong_passphrase()"])
def test_a_notebook_writes_nothing_that_is_refused(run: Run, call: str) -> None:
    assert passed(run("journal.ipynb", at_end=check(call)))


def test_a_check_that_does_not_hold_is_noticed(run: Run) -> None:
    assert not passed(run("journal.ipynb", at_end="assert len(frame('Session')) == 16"))
