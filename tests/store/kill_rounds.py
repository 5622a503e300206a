"""A program that kills writers: `python kill_rounds.py PLACE ROUNDS` on a book that Ana and Ben share.

In each round Ana and Ben write at once, each in a process of its own that tells the id of every write
after `append` returned. At a random moment both are ended by SIGKILL. Then the book has to open, and to
hold every id that was told, in both rooms. Prints how many writes were told of in all.
"""

from __future__ import annotations

import os
import random
import secrets
import select
import signal
import sys
import time
from pathlib import Path

from workbook.store import Hardness, Unlocked, Vault

SOFT = Hardness(memory=64, passes=1)
MEMBERS = ("Ana", "Ben")
PASSPHRASE = "the same words for both"
ID = 32


def begin(place: str) -> None:
    vault = Vault.open(place, hardness=SOFT)
    vault.create_member("Ana", PASSPHRASE)
    ana = vault.unlock("Ana", PASSPHRASE)
    vault.join("Ben", PASSPHRASE, ana.invite())
    ana.read()
    vault.close()


def write_until_killed(place: str, name: str, told: int) -> None:
    unlocked = Vault.open(place, hardness=SOFT).unlock(name, PASSPHRASE)
    while True:
        id_ = secrets.token_hex(16)
        unlocked.append([("mine", id_, b"x" * 700), ("ours", id_, b"y" * 300)])
        os.write(told, id_.encode())


def start(place: str, name: str) -> tuple[int, int]:
    """A writing process and the end of the pipe where it tells."""
    told, tell = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            write_until_killed(place, name, tell)
        finally:
            os._exit(1)
    os.close(tell)
    return child, told


def run_round(place: str, seconds: float, *, at_once: bool) -> dict[str, set[str]]:
    """Let both write for so long, kill them, and return the ids that each told of.

    The time begins when something was written, or at once, so that some are killed at the start.
    """
    writers = {name: start(place, name) for name in MEMBERS}
    pipes = {told: b"" for _, told in writers.values()}
    while not at_once and not any(pipes.values()):
        listen(pipes, None)
    end = time.monotonic() + seconds
    while (left := end - time.monotonic()) > 0:
        listen(pipes, left)
    for child, _ in writers.values():
        os.kill(child, signal.SIGKILL)
    for child, _ in writers.values():
        assert os.waitpid(child, 0)[1] == signal.SIGKILL, "a writer ended by itself"
    for told in pipes:
        while rest := os.read(told, 1 << 16):
            pipes[told] += rest
        os.close(told)
    return {name: _ids(pipes[told]) for name, (_, told) in writers.items()}


def listen(pipes: dict[int, bytes], seconds: float | None) -> None:
    """Take in what the writers tell, for so long at most."""
    for told in select.select(list(pipes), [], [], seconds)[0]:
        more = os.read(told, 1 << 16)
        assert more, "a writer ended by itself"
        pipes[told] += more


def _ids(told: bytes) -> set[str]:
    return {told[at : at + ID].decode() for at in range(0, len(told), ID)}


def ids(unlocked: Unlocked) -> dict[str, set[str]]:
    """The ids of each room that this member wrote."""
    found: dict[str, set[str]] = {"mine": set(), "ours": set()}
    for record in unlocked.read():
        if record.author == unlocked.member.id:
            found[record.room].add(record.id)
    return found


def check(place: str, told: dict[str, set[str]]) -> None:
    vault = Vault.open(place, hardness=SOFT)
    for name in MEMBERS:
        kept = ids(vault.unlock(name, PASSPHRASE))
        assert told[name] <= kept["mine"], "a write that was told of is lost"
        assert kept["mine"] == kept["ours"], "half of a write was kept"
    vault.close()


def main(place: str, rounds: int) -> None:
    begin(place)
    told: dict[str, set[str]] = {name: set() for name in MEMBERS}
    for number in range(rounds):
        more_told = run_round(place, random.uniform(0.0, 0.1), at_once=number % 4 == 0)
        for name, more in more_told.items():
            told[name] |= more
        check(place, told)
    if "://" not in place:
        left = [path.name for path in Path(place).parent.iterdir() if path.is_file()]
        assert left == [Path(place).name], left
    assert all(told.values()), "one of them never wrote"
    print(sum(map(len, told.values())))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
