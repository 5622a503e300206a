"""A power cut, or kill −9, at any moment: what was said to be saved is there, and the book opens."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.store.conftest import ANA, SOFT, an_id
from workbook.store import Vault

ROOT = Path(__file__).parents[2]
ROUNDS = 50


def test_two_writers_killed_at_random_moments_lose_nothing_that_was_acknowledged(place: str) -> None:
    program = str(Path(__file__).with_name("kill_rounds.py"))
    command = [sys.executable, program, place, str(ROUNDS)]
    done = subprocess.run(command, cwd=ROOT, env={"PYTHONPATH": str(ROOT)}, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > ROUNDS


def test_a_write_that_is_cut_off_by_a_crash_is_undone_when_the_book_is_opened(tmp_path: Path) -> None:
    """The journal of a transaction that never ended lies beside the book, as a crash leaves it."""
    file, journal = tmp_path / "book.db", tmp_path / "book.db-journal"
    vault = Vault.open(file, hardness=SOFT)
    vault.create_member(*ANA)
    written = vault.unlock(*ANA).append([("mine", an_id(), b"x" * 700) for _ in range(50)])
    crashed = copied_in_the_middle_of_a_write(vault, file, journal)
    assert file.read_bytes() != crashed[0]
    vault.close()
    file.write_bytes(crashed[0])
    journal.write_bytes(crashed[1])
    again = Vault.open(file, hardness=SOFT)
    assert again.unlock(*ANA).read() == written
    again.close()
    assert not journal.exists()


def copied_in_the_middle_of_a_write(vault: Vault, file: Path, journal: Path) -> tuple[bytes, bytes]:
    with vault._database.raw() as raw:  # type: ignore[union-attr]
        raw.execute("PRAGMA cache_size = 1")  # so that pages reach the file before the end
        raw.execute("BEGIN IMMEDIATE")
        raw.execute("UPDATE record SET sealed = zeroblob(700)")
        copied = file.read_bytes(), journal.read_bytes()
        raw.execute("ROLLBACK")
    return copied
