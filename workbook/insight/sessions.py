"""Which number a session has. It is counted, never stored, so that two people count alike."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date


def numbered(sessions: Iterable[tuple[str, date, str]]) -> Mapping[str, int]:
    """The number of each session: 1 is the first.

    sessions: (id, day, author), in the order in which they were written. Where both members wrote
    down the session of one day, it is one session; where one member wrote two, they are two.
    """
    written: Counter[tuple[date, str]] = Counter()
    places: dict[str, tuple[date, int]] = {}
    for session, on, author in sessions:
        places[session] = (on, written[on, author])
        written[on, author] += 1
    order = {place: number for number, place in enumerate(sorted(set(places.values())), start=1)}
    return {session: order[place] for session, place in places.items()}
