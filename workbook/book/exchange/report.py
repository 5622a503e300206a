"""What an import comes to, in sentences: line by line, runs of lines that came to the same taken together."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from workbook.book.exchange.taking_in import Incoming, Outcome, What

_DONE = {
    "new": "came in",
    "later": "came in as a later version of what was brought in before",
    "here": "here already",
    "copy": "not taken twice: a shared copy",
    "different": "not taken: different from what is here",
    "refused": "refused",
}
_TO_DO = {**_DONE, "new": "would come in", "later": "would come in as a later version of what is here"}


def summary(incoming: Incoming, *, is_done: bool) -> str:
    """One sentence: "12 entries would come in, 3 are here already, 1 is refused."."""
    new = incoming.count("new", "later")
    said = [f"{_entries(new)} {'came in' if is_done else 'would come in'}"]
    for counted, one, several in (
        (incoming.count("here", "copy"), "is here already", "are here already"),
        (
            incoming.count("different"),
            "differs from what is here, which stays",
            "differ from what is here, which stays",
        ),
        (incoming.count("refused"), "is refused", "are refused"),
    ):
        if counted:
            said.append(f"{counted:,} {one if counted == 1 else several}")
    return f"{', '.join(said)}."


def _entries(count: int) -> str:
    return "1 entry" if count == 1 else f"{count:,} entries" if count else "No entries"


def warnings(incoming: Incoming, name: str) -> list[str]:
    """What the one who brings it in should know of it as a whole. name: theirs."""
    others = incoming.others
    if not others:
        return []
    written = [each for each in incoming.outcomes if each.what == "new"]
    whose = printable(" and ".join(others))
    if all(each.author for each in written):
        return [
            f"All of it was written by {whose}, and nothing by {name}: it may be another couple's book. "
            f"It is kept as words of {whose} and counts nowhere as yours. If that was you under another "
            "name, say so first."
        ]
    return [f"What {whose} wrote is kept as words of {whose}, and counts nowhere as yours."]


def lines(incoming: Incoming, *, is_done: bool) -> Iterator[str]:
    """Each line of each file, in order: "Session.csv, lines 2–17: came in"."""
    words = _DONE if is_done else _TO_DO
    for alike, run in groupby(incoming.outcomes, key=_alike):
        file, what, why, author = alike
        found = list(run)
        said = words[what] + (f", as words of {author}" if author and what in ("new", "later") else "")
        more = f": {why}" if what == "refused" else f" ({why})"
        yield printable(f"{file}{_place(found)}: {said}{more if why else ''}")


def printable(words: str) -> str:
    """The words without what would act on a terminal: a file may name anybody."""
    return "".join(each if each.isprintable() else "\N{REPLACEMENT CHARACTER}" for each in words)


def _alike(outcome: Outcome) -> tuple[str, What, str, str]:
    return outcome.file, outcome.what, outcome.why, outcome.author


def _place(run: list[Outcome]) -> str:
    first, last = run[0].line, run[-1].line
    if not first:
        return ""
    return f", line {first}" if first == last else f", lines {first}–{last}"
