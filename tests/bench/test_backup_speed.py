"""How long a backup of 100,000 entries takes while another program writes, and merging as many.

Run with `pytest tests/bench/test_backup_speed.py -s`. Never fails on time.
"""

from __future__ import annotations

import os
import secrets
import subprocess
import sys
import time
from pathlib import Path

import pytest

from workbook.store import Hardness, Vault

ROOT = Path(__file__).parents[2]
SOFT = Hardness(memory=64, passes=1)
ANA = ("Ana", "words")
MANY = 100_000
WRITE_ON = """if True:
    import secrets, sys, time
    from workbook.store import Hardness, Vault
    ana = Vault.open(sys.argv[1], hardness=Hardness(memory=64, passes=1)).unlock("Ana", "words")
    slowest = 0.0
    print("writing", flush=True)
    while True:
        start = time.perf_counter()
        ana.append([("mine", secrets.token_hex(16), b"x" * 700)])
        slowest = max(slowest, time.perf_counter() - start)
        print(slowest, flush=True)
"""


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    vault = Vault.open(tmp_path / "book.db", hardness=SOFT)
    vault.create_member(*ANA)
    ana = vault.unlock(*ANA)
    payload = os.urandom(700)
    for _ in range(10):
        ana.append([("mine", secrets.token_hex(16), payload) for _ in range(MANY // 10)])
    return vault


def test_a_backup_while_another_program_writes(vault: Vault, tmp_path: Path) -> None:
    command = [sys.executable, "-c", WRITE_ON, vault.where]
    with subprocess.Popen(command, cwd=ROOT, stdout=-1, text=True) as writer:
        assert writer.stdout is not None
        for _ in range(20):
            writer.stdout.readline()
        start = time.perf_counter()
        count = vault.backup(tmp_path / "copy.db")
        taken = time.perf_counter() - start
        writer.terminate()
        slowest = float([line for line in writer.stdout.read().splitlines() if "." in line][-1])
    assert count > MANY
    print(
        f"\nbackup of {count:,} records, verified: {taken:.2f} s; the writer waited {slowest:.2f} s at most"
    )


def test_a_merge_of_as_many(vault: Vault, tmp_path: Path) -> None:
    vault.backup(tmp_path / "copy.db")
    vault.unlock(*ANA).append([("mine", secrets.token_hex(16), b"x" * 700) for _ in range(1000)])
    for what, into, other in (
        ("few new", tmp_path / "copy.db", vault.where),
        ("nothing new", tmp_path / "copy.db", vault.where),
    ):
        target = Vault.open(into, hardness=SOFT)
        start = time.perf_counter()
        added = target.merge(other).added
        print(f"\nmerge into {MANY:,} records, {what} ({added}): {time.perf_counter() - start:.2f} s")
        target.close()
