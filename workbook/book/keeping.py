"""Backups of a book and the way back: where they go, and what restoring would lose."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path

from workbook import places
from workbook.store import (
    Cancelled,
    Difference,
    Merged,
    Progress,
    backups_of,
    compare,
    remove,
    restore,
    unreported,
)

__all__ = [
    "Cancelled",
    "Difference",
    "Merged",
    "Progress",
    "automatic_backups",
    "backup_place",
    "backups_of",
    "compare",
    "erase_everything",
    "restore",
    "unreported",
]


def backup_place(chosen: Path) -> Path:
    """Where a backup goes: the file that was chosen; in a folder, a free name with the day."""
    if not chosen.is_dir():
        return chosen
    day, number = datetime.now().astimezone().date().isoformat(), 2
    place = chosen / f"book-{day}.db"
    while place.exists():
        place, number = chosen / f"book-{day}-{number}.db", number + 1
    return place


def automatic_backups(where: str) -> list[Path]:
    """The copies that the program itself has made of a book, the newest first."""
    folder = backups_of(Path(where))
    found = [path for path in folder.glob("*.db") if path.is_file()] if folder.is_dir() else []
    return sorted(found, key=lambda path: path.stat().st_mtime, reverse=True)


def erase_everything(where: str, book: str) -> None:
    """Remove a book's file, the copies that the program made of it, and what this machine counts of it.

    book: its id. Raises CannotRemove where its keys are gone, and some of its copies, but not every file; and
    another StoreError where nothing was removed.
    """
    remove(Path(where))
    if re.fullmatch(r"[0-9a-f]{32}", book):
        (places.user_state() / "seen" / f"{book}.json").unlink(missing_ok=True)
