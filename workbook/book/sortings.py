"""What the two could do instead of couples therapy, or before it: each one's sorting, and what both hold."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from workbook.book import ballots
from workbook.book.ballots import Ballot
from workbook.book.book import Book
from workbook.entries import Alternative, Sorting

BALLOT = Ballot("alternatives", Sorting, ("places",))
POSSIBLE = ("now", "maybe")


class Shared(msgspec.Struct, frozen=True):
    """What both could imagine, by key: what both could do now, and the rest."""

    now: tuple[str, ...]
    maybe: tuple[str, ...]


def seal(book: Book, sorting: Sorting) -> None:
    """Seal a sorting. Of cards that only its writer can read, nothing is told. Raises Invalid."""
    hidden = {each.id for each in book.own(Alternative)} - _shared(book)
    told = {card: place for card, place in sorting.places.items() if card not in hidden}
    ballots.seal(book, BALLOT, sorting, {"places": told})


def both_could(mine: Mapping[str, str], theirs: Mapping[str, str]) -> Shared:
    """The cards that both put under "now" or "maybe", in the order of the first sorting."""
    common = [card for card in mine if mine[card] in POSSIBLE and theirs.get(card) in POSSIBLE]
    now = tuple(card for card in common if mine[card] == theirs[card] == "now")
    return Shared(now, tuple(card for card in common if card not in now))


def _shared(book: Book) -> set[str]:
    """Ids under which the partner knows cards of this member."""
    own = [each for each in book.entries(Alternative) if each.author == book.name and each.room == "ours"]
    return {each.key for each in own}
