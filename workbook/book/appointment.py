"""A day that an entry names, before it is written into a calendar file."""

from __future__ import annotations

from datetime import date, time
from typing import NamedTuple


class Appointment(NamedTuple):
    """A day, or a time on it. entry: the id of what names it. place: which of that entry's days this is."""

    entry: str
    place: str
    on: date
    at: time | None = None
