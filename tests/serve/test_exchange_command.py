"""`workbook export` and `workbook import`: one line for what can't be done, a report for what was."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from tests.conftest import PATIENCE, ROOT
from tests.serve.test_command import fails, run
from workbook.book import Store
from workbook.entries import Goal
from workbook.store import Vault
from workbook.store.hardness import LOWEST

ADA = "six words that ada knows well"


@pytest.fixture(autouse=True)
def own_state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing of the person who runs the tests is read or written."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


def made(book: Path, goals: int = 0) -> tuple[str, ...]:
    """Make Ada's book; the options that open it."""
    store = Store(Vault.open(book, hardness=LOWEST))
    store.create_member("Ada", ADA)
    store.unlock("Ada", ADA).write_many([Goal(title=f"goal {number}") for number in range(goals)])
    store.close()
    key = book.with_suffix(".key")
    key.write_text(f"{ADA}\n")
    return "--book", str(book), "--member", "Ada", "--passphrase-file", str(key)


@pytest.mark.parametrize("kind", ["csv", "jsonl"])
def test_a_book_goes_out_and_comes_in_once(tmp_path: Path, kind: str) -> None:
    there, here = made(tmp_path / "a.db", 3), made(tmp_path / "b.db")
    out = tmp_path / "out"
    exported = run("export", str(out), "--format", kind, *there)
    assert (exported.returncode, exported.stderr) == (0, "")
    assert exported.stdout == f"3 entries exported to {out}. The files aren't locked.\n"
    first = 2 if kind == "csv" else 1
    for words, summary in (
        ("came in", "3 entries came in."),
        ("here already", "No entries came in, 3 are here already."),
    ):
        brought = run("import", str(out), *here)
        assert (brought.returncode, brought.stderr) == (0, "")
        assert brought.stdout == f"Goal.{kind}, lines {first}–{first + 2}: {words}\n{summary}\n"
    fails(run("export", str(out), *there), "not empty", "Nothing was written.")
    fails(run("import", str(tmp_path / "none"), *here), "can't be read", "Nothing was brought in.")


def test_looking_brings_nothing_in(tmp_path: Path) -> None:
    there, here = made(tmp_path / "a.db", 1), made(tmp_path / "b.db")
    run("export", str(tmp_path / "out"), *there)
    for _ in range(2):
        assert run("import", str(tmp_path / "out"), "--look", *here).stdout.endswith(
            "1 entry would come in.\n"
        )


def interrupted(command: list[str], begun: Callable[[], bool]) -> tuple[int, str, str]:
    """Press Ctrl-C once a command has begun. Returns its status, what it printed, and its errors.

    One that had ended before it was seen to begin is left as it ended.
    """
    heeding = partial(signal.signal, signal.SIGINT, signal.SIG_DFL)  # behind a shell it may be ignored
    with subprocess.Popen(command, cwd=ROOT, stdout=-1, stderr=-1, text=True, preexec_fn=heeding) as process:
        deadline = time.monotonic() + PATIENCE
        while process.poll() is None and not begun():
            assert time.monotonic() < deadline
        process.send_signal(signal.SIGINT)
        printed, errors = process.communicate(timeout=PATIENCE)
    return process.returncode, printed, errors


def test_ctrl_c_leaves_no_export(tmp_path: Path) -> None:
    options, out = made(tmp_path / "a.db", 20_000), tmp_path / "out"
    before = {path.name for path in tmp_path.iterdir()}
    command = [sys.executable, "-m", "workbook", "export", str(out), *options]
    for _ in range(10):
        ended = interrupted(command, lambda: bool(list(tmp_path.glob(".out.*"))))
        if not out.exists():
            break
        shutil.rmtree(out)  # the machine was elsewhere, and the export done before the key was pressed
    assert ended == (130, "", "Stopped. Nothing was written.\n")
    assert {path.name for path in tmp_path.iterdir()} - {"state", "a-backups"} == before - {
        "state",
        "a-backups",
    }
