"""Ballots: an answer stays sealed until both members have given theirs; then each learns the other's.

Commit and reveal. Answering puts a commitment into the room of both: HMAC-SHA-256 under a random key of
32 bytes, over the book, the ballot, the round, the member and the answer as canonical JSON. Answer and key
stay in `mine`. Once both commitments stand, each side publishes its opening: answer, key, and the digest of
the other's commitment that it answers. So nobody can exchange an answer after learning the other's: whoever
does stands there with a commitment that the other's opening does not name, and the round is broken.

An answer can be exchanged or withdrawn. Once the other's may be known, a new one belongs to the next round,
in which both have to answer anew; an answer that nobody can know is carried into that round by itself.
No clock decides anything.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Container, Mapping, Sequence
from typing import Any, Literal

import msgspec

from workbook.book.book import Book, Item, new_id
from workbook.book.written import Written
from workbook.entries import Commitment, Consent, Entry, Invalid, Opening, Sealed, checked

State = Literal["unanswered", "sealed", "waiting", "matched", "broken"]
KEY = 32
"""Bytes of a key; of this length alone, so that no two keys give the same digest."""
FURTHEST_AHEAD = 10
"""Rounds; nobody honest is further ahead, and a changed program shall not use up the numbers of rounds."""


class Ballot(msgspec.Struct, frozen=True):
    """What is asked.

    name: the same for both members. kind: the entry in `mine` that holds an answer. fields: those of its
    fields that are sealed; the rest stays with whoever wrote it. given: fields that the question fixes.
    """

    name: str
    kind: type[Entry]
    fields: tuple[str, ...]
    given: Mapping[str, Any] = {}


class Standing(msgspec.Struct, frozen=True):
    """How it stands with a ballot, as one member may know it.

    state: unanswered by oneself (whether the other has answered is not told) · sealed: given before there
    was a partner · waiting · matched: both answers are here · broken: an answer was exchanged too late or
    given twice; answering anew opens the next round.
    mine, theirs: the sealed fields of both answers, once matched.
    """

    state: State
    round: int = 1
    mine: Mapping[str, Any] | None = None
    theirs: Mapping[str, Any] | None = None


def own(book: Book, ballot: Ballot) -> Written[Any] | None:
    """The member's own answer, as the entry that holds it."""
    sealed = _last_sealed(book, ballot.name)
    return book.entry(sealed.entry.holds) if sealed else None


def seal(book: Book, ballot: Ballot, entry: Entry, told: Mapping[str, Any] | None = None) -> None:
    """Answer, or answer anew. told: what the other may learn of a field, if less. Raises Invalid."""
    fields = {name: getattr(checked(entry), name) for name in ballot.fields}
    answer = _canonical(fields | dict(told or {}))
    kept, before = own(book, ballot), _last_sealed(book, ballot.name)
    holder = kept.id if kept else new_id()
    sealed = Item(_sealed(ballot.name, _round_to_answer(book, ballot.name), answer, holder), "mine", new_id())
    if kept:
        changes = {name: getattr(entry, name) for name in entry.__struct_fields__}
        book.revise_many({holder: changes}, new=[sealed])
    else:
        book.post([Item(entry, "mine", holder), sealed])
    if before and not _Round.of(book, ballot.name, before.entry.round).is_complete:
        book.erase_many([before.id, *_published(book, ballot.name, before.entry.round)])
    settle(book)


def withdraw(book: Book, ballot: Ballot) -> None:
    """Take one's answer back, in one transaction. It looks the same whatever the other has done."""
    kept = own(book, ballot)
    rounds = book.own(Sealed, ballot=ballot.name)
    published = [id_ for each in rounds for id_ in _published(book, ballot.name, each.entry.round)]
    book.erase_many([*(each.id for each in rounds), *published, *([kept.id] if kept else [])])


def resting_on(book: Book, holders: Container[str]) -> list[str]:
    """What goes with the entries that hold answers: what was sealed of them, and what was published."""
    sealed = [each for each in book.own(Sealed) if each.entry.holds in holders]
    rounds = dict.fromkeys((each.entry.ballot, each.entry.round) for each in sealed)
    published = [id_ for name, number in rounds for id_ in _published(book, name, number)]
    return [*(each.id for each in sealed), *published]


def standing(book: Book, ballot: Ballot) -> Standing:
    """How it stands with a ballot."""
    sealed = _last_sealed(book, ballot.name)
    if sealed is None:
        return Standing("unanswered")
    number = sealed.entry.round
    if not book.has_ours:
        return Standing("sealed", number)
    here = _Round.of(book, ballot.name, number)
    if here.is_broken:
        return Standing("broken", number)
    if not here.is_complete:
        return Standing("waiting", number)
    mine, theirs = (_read(ballot, side.openings[0].answer) for side in (here.mine, here.theirs))
    if mine is None or theirs is None:
        return Standing("broken", number)
    return Standing("matched", number, mine, theirs)


def settle(book: Book) -> None:
    """Publish what is due: commitments once there is a partner, openings once both commitments stand."""
    if not book.has_ours:
        return
    for name in dict.fromkeys(each.entry.ballot for each in book.own(Sealed)):
        _drop_doubles(book, name)
        _follow(book, name)
        _commit_and_open(book, name)


def consent(book: Book, to: str, yes: bool) -> None:
    """Tick, or take back the tick, that one would show something. Raises Invalid while one is alone."""
    ticked = book.own(Consent, to=to)
    if yes and not ticked:
        book.write(Consent(to=to), room="ours")
    elif not yes:
        book.erase_many(each.id for each in ticked)


def consents(book: Book, to: str) -> bool:
    """Whether one has ticked."""
    return bool(book.own(Consent, to=to))


def both_consent(book: Book, to: str) -> bool:
    """Whether both have ticked; all that a page may tell of the other's tick."""
    authors = {each.author for each in book.entries(Consent, to=to)}
    return book.name in authors and len(authors) > 1


class _Side(msgspec.Struct, frozen=True):
    """What one member has published in a round; the same thing said twice counts once."""

    digests: tuple[str, ...]
    openings: tuple[Opening, ...]


class _Round(msgspec.Struct, frozen=True):
    """One round of one ballot, as it lies in the room of both."""

    mine: _Side
    theirs: _Side
    is_broken: bool

    @classmethod
    def of(cls, book: Book, name: str, number: int) -> _Round:
        partner = book.partner or ""
        mine, theirs = _side(book, name, number, book.name), _side(book, name, number, partner)
        ids = book.member_id(book.name), book.member_id(partner)
        fits = _fits(book, mine, theirs, ids[0]) and _fits(book, theirs, mine, ids[1])
        return cls(mine, theirs, not fits)

    @property
    def both_stand(self) -> bool:
        return bool(self.mine.digests and self.theirs.digests)

    @property
    def is_complete(self) -> bool:
        return self.both_stand and bool(self.mine.openings and self.theirs.openings) and not self.is_broken


def _side(book: Book, name: str, number: int, author: str) -> _Side:
    where = {"ballot": name, "round": number}
    digests = [each.entry.digest for each in book.entries(Commitment, **where) if each.author == author]
    openings = [each.entry for each in book.entries(Opening, **where) if each.author == author]
    return _Side(tuple(dict.fromkeys(digests)), tuple(_distinct(openings)))


def _distinct(openings: Sequence[Opening]) -> list[Opening]:
    return [each for place, each in enumerate(openings) if each not in openings[:place]]


def _fits(book: Book, side: _Side, other: _Side, member: str) -> bool:
    """Whether a side has said nothing twice, and opened what it committed to, in answer to what stands."""
    if len(side.digests) > 1 or len(side.openings) > 1:
        return False
    return all(
        (not side.digests or hmac.compare_digest(_digest(book, member, each), side.digests[0]))
        and (not other.digests or each.answers == other.digests[0])
        for each in side.openings
    )


def _commit_and_open(book: Book, name: str) -> None:
    last = _last_sealed(book, name)
    if last is None:
        return
    said, number = last.entry, last.entry.round
    if not _Round.of(book, name, number).mine.digests:
        digest = _digest(book, book.member_id(book.name), said)
        book.write(Commitment(ballot=name, round=number, digest=digest), room="ours")
    here = _Round.of(book, name, number)
    if here.both_stand and not here.is_broken and not here.mine.openings:
        answers = here.theirs.digests[0]
        opening = Opening(ballot=name, round=number, answer=said.answer, key=said.key, answers=answers)
        book.write(opening, room="ours")


def _drop_doubles(book: Book, name: str) -> None:
    """Of answers given twice in a round, by two windows or across a crash, one is left.

    The one that the other has opened theirs for, and else the last.
    """
    last = _last_sealed(book, name)
    doubles = book.own(Sealed, ballot=name, round=last.entry.round) if last else []
    if last is None or len(doubles) <= 1:
        return
    me, here = book.member_id(book.name), _Round.of(book, name, last.entry.round)
    answered = {each.answers for each in here.theirs.openings}
    kept = next((each for each in doubles if _digest(book, me, each.entry) in answered), last)
    left = {kept.entry.key, _digest(book, me, kept.entry)}
    published = [book.entry(id_) for id_ in _published(book, name, last.entry.round)]
    others = [each.id for each in published if not left & {*msgspec.structs.astuple(each.entry)}]
    book.erase_many([*(each.id for each in doubles if each is not kept), *others])


def _follow(book: Book, name: str) -> None:
    """Carry an answer that nobody can know into the later round that the other has gone on to."""
    last = _last_sealed(book, name)
    if last is None:
        return
    now = last.entry.round
    here = _Round.of(book, name, now)
    later = [
        each.entry.round for each in _theirs(book, name) if now < each.entry.round <= now + FURTHEST_AHEAD
    ]
    if later and not here.theirs.digests and not here.mine.openings:
        book.write(_sealed(name, max(later), last.entry.answer, last.entry.holds))
        book.erase_many([last.id, *_published(book, name, now)])


def _theirs(book: Book, name: str) -> list[Written[Commitment]]:
    return [each for each in book.entries(Commitment, ballot=name) if each.author != book.name]


def _round_to_answer(book: Book, name: str) -> int:
    """The round that a new answer belongs to: never one in which the other's may be known."""
    last = _last_sealed(book, name)
    number = last.entry.round if last else 1
    while True:
        here = _Round.of(book, name, number)
        if not here.is_broken and not here.theirs.openings:
            return number
        number += 1


def _last_sealed(book: Book, name: str) -> Written[Sealed] | None:
    found = book.own(Sealed, ballot=name)
    return max(reversed(found), key=lambda each: each.entry.round) if found else None


def _published(book: Book, name: str, number: int) -> list[str]:
    """What the member has put into the room of both in a round."""
    where = {"ballot": name, "round": number}
    return [each.id for kind in (Commitment, Opening) for each in book.own(kind, **where)]


def _sealed(name: str, number: int, answer: str, holder: str) -> Sealed:
    return Sealed(ballot=name, round=number, answer=answer, key=secrets.token_hex(KEY), holds=holder)


def _digest(book: Book, member: str, said: Sealed | Opening) -> str:
    """What a commitment has to be for this answer and key."""
    covered = _canonical([book.id, said.ballot, said.round, member, said.answer])
    return hmac.digest(bytes.fromhex(said.key), covered.encode(), "sha256").hex()


def _canonical(value: Any) -> str:
    return msgspec.json.encode(value, order="sorted").decode()


def _read(ballot: Ballot, answer: str) -> dict[str, Any] | None:
    """The sealed fields of an answer; None for what is not an answer to this ballot."""
    try:
        fields = {"type": ballot.kind.__name__, **ballot.given, **msgspec.json.decode(answer, type=dict)}
        entry = checked(msgspec.convert(fields, ballot.kind))
    except (msgspec.MsgspecError, Invalid):
        return None
    return {name: getattr(entry, name) for name in ballot.fields}
