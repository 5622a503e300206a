"""A program that kills someone who leaves: `python leave_rounds.py FOLDER`.

In each round Ana, who shares a book with Ben, leaves it in a process that ends without warning, each time a
little later, until she was through with it a few times. Then her entries are all in the shared book, or all
in her own, which is whole if it is there; and Ben's side opens. Prints how often she was still in, in with
her own book written, and gone.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from collections import Counter
from pathlib import Path

from workbook.book import Book, Store, WrongPassphrase, leaving
from workbook.entries import Goal, Session
from workbook.store import Hardness, Vault

SOFT = Hardness(memory=64, passes=1)
PASSPHRASE = "the same words for both"
ENTRIES = 40
LATER, ENOUGH = 1.12, 3


def open_soft(place: object) -> Store:
    return Store(Vault.open(str(place), hardness=SOFT))


def begin(place: Path) -> None:
    from datetime import date

    store = open_soft(place)
    store.create_member("Ana", PASSPHRASE)
    ana = store.unlock("Ana", PASSPHRASE)
    store.join("Ben", PASSPHRASE, ana.invite())
    ana.write_many([Goal(title=f"goal {number}") for number in range(ENTRIES - 1)])
    ana.write(Session(on=date(2026, 3, 2)), "ours")
    store.close()


def leave(place: Path, own: Path) -> None:
    store = open_soft(place)
    ana = store.unlock("Ana", PASSPHRASE)
    leaving.leave(ana, leaving.write_own_book(ana, store, own, PASSPHRASE))


def leave_and_be_killed(place: Path, own: Path, seconds: float) -> None:
    """Leave in a process that an alarm ends wherever it is by then."""
    child = os.fork()
    if child == 0:
        signal.setitimer(signal.ITIMER_REAL, seconds)
        leave(place, own)
        os._exit(0)
    os.waitpid(child, 0)


def count(book: Book) -> int:
    own = [each for kind in (Goal, Session) for each in book.entries(kind) if each.author == "Ana"]
    book.lock()
    return len(own)


def outcome(place: Path, own: Path) -> str:
    """Check that nothing is lost, and say how far she got."""
    store = open_soft(place)
    assert count(store.unlock("Ben", PASSPHRASE)) == 1, "what was shared stays"
    if own.exists():
        assert count(open_soft(own).unlock("Ana", PASSPHRASE)) == ENTRIES, "the own book is whole"
    try:
        assert count(store.unlock("Ana", PASSPHRASE)) == ENTRIES
    except WrongPassphrase:
        assert own.exists(), "gone without a book of her own"
        return "gone"
    finally:
        store.close()
    return "written" if own.exists() else "in"


def main(folder: Path) -> None:
    leaving.open_store = open_soft  # type: ignore[assignment] # so that no round takes two seconds
    outcomes: Counter[str] = Counter()
    begin(folder / "first.db")
    begun = time.monotonic()
    leave(folder / "first.db", folder / "first-own.db")
    seconds = (time.monotonic() - begun) / 20
    while outcomes["gone"] < ENOUGH:
        place, own = folder / f"{outcomes.total()}.db", folder / f"{outcomes.total()}-own.db"
        begin(place)
        leave_and_be_killed(place, own, seconds)
        outcomes[outcome(place, own)] += 1
        seconds *= LATER
    print(*(outcomes[name] for name in ("in", "written", "gone")))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
