"""Backups of a book and the way back: where they go, and what restoring would lose."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from workbook.store import Cancelled, Difference, Merged, Progress, compare, restore, unreported

__all__ = [
    "Cancelled",
    "Difference",
    "Merged",
    "Progress",
    "backup_place",
    "compare",
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
