"""Step 12, brainstorm all your alternatives: cards that each sorts alone, and one that is tried."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workbook import content
from workbook.book import Written, ballots, sortings
from workbook.content import today
from workbook.entries import Alternative, AlternativeTry, Invalid, Sorting
from workbook.formats import day
from workbook.steps import sharing
from workbook.steps.collection import Kept
from workbook.steps.page import Page, page
from workbook.steps.together import Together
from workbook.widgets import Ask, Card, Field, Prose, Sortable, Sorter, read_values
from workbook.widgets.fields import typed_values

Values = dict[str, Any]

BECAME = ("kept", "stopped", "on to therapy")
DETAILS = ("who", "cost", "takes", "link")


@page("alternatives", part="partner", number=12)
def alternatives(p: Page) -> None:
    """The cards to sort, cards of one's own, and what one tries."""
    p.opening()
    _sort(p)
    p.entries(
        "own",
        Kept(
            kind=Alternative,
            prose=p.text,
            first=("what", "kind"),
            more=DETAILS,
            extra={"what": Field(name="named", kind="note", label=p.text["fields"]["what"]["note"])},
            describe=lambda alternative: _card(p, alternative),
            read=lambda typed: _own_alternative(p, typed),
            show=lambda alternative: {**typed_values(alternative), "named": alternative.what},
            erase=lambda alternative: _erase(p, alternative),
        ),
    )
    _try(p)


# The sorting


def _sort(p: Page) -> None:
    sealed = _sealed(p)
    sorter = Sorter(
        lambda: _sortable(p),
        p.text["sort"] | {"withdraw": p.text["ballot"]["withdraw"]},
        places=sealed.entry.places if sealed else {},
        standing=lambda: _standing(p),
        on_save=lambda typed: _seal(p, sorter),
        on_withdraw=lambda: _withdraw(p),
    )
    p.on_change(sorter.refresh)
    p.form("sorting", sorter)
    p.cards(lambda: _both_could(p), p.text["cards"] | p.text["both"], searchable=False)


def _sealed(p: Page) -> Written[Sorting] | None:
    """One's own sorting."""
    return ballots.own(p.book, sortings.BALLOT)


def _standing(p: Page) -> str:
    """What becomes of the sorting, in words; nothing before it is sealed."""
    state = ballots.standing(p.book, sortings.BALLOT).state
    return str(p.text["sort"]["standing"].get(state) or p.text["ballot"].get(state, ""))


def _seal(p: Page, sorter: Sorter) -> Values:
    places = sorter.sorted_places()
    sortings.seal(p.book, Sorting(places=places))  # type: ignore[arg-type] # the sorter knows its places
    p.wrote()
    return {"places": places}


def _withdraw(p: Page) -> None:
    ballots.withdraw(p.book, sortings.BALLOT)
    p.wrote()


def _both_could(p: Page) -> list[Card]:
    """What both could imagine, once both have sorted; nothing of the rest."""
    standing = ballots.standing(p.book, sortings.BALLOT)
    if standing.mine is None or standing.theirs is None:
        return []
    both, words = sortings.both_could(standing.mine["places"], standing.theirs["places"]), p.text["both"]
    known = {card.key: card for card in _sortable(p)}
    return [
        Card(id=key, title=known[key].title, meta=known[key].what, lines=known[key].lines, group=group)
        for keys, group in ((both.now, words["now"]), (both.maybe, words["maybe"]))
        for key in keys
        if key in known
    ]


def _sortable(p: Page) -> list[Sortable]:
    """The ways that everyone has, then one's own and those that the partner shared."""
    words = p.text["sort"]
    known = [
        Sortable(
            key=way,
            title=told["title"],
            what=told["what"],
            lines=((words["good_for"], told["good_for"]), (words["doubt"], told["doubt"])),
        )
        for way, told in p.text["ways"].items()
    ]
    return known + [
        Sortable(
            key=each.key,
            title=each.entry.what,
            what=_kind(p, each.entry),
            lines=tuple(_details(p, each)),
        )
        for each in p.book.once(Alternative)
    ]


def _kind(p: Page, alternative: Alternative) -> str:
    if alternative.kind == "own":
        return ""
    return str(p.text["fields"]["kind"]["options"][alternative.kind])


def _details(p: Page, written: Written[Alternative]) -> list[tuple[str, str]]:
    fields = p.text["fields"]
    told = [(f"{fields[name]['label']}:", getattr(written.entry, name)) for name in DETAILS]
    if written.author != p.book.name:
        told.append(("", p.text["cards"]["shared_by"].format(name=written.author)))
    return [line for line in told if line[1]]


# Cards of one's own


def _card(p: Page, written: Written[Alternative]) -> Card:
    lines = [line for line in _details(p, written) if line[0]]
    return Card(id=written.id, title=written.entry.what, meta=_kind(p, written.entry), lines=tuple(lines))


def _own_alternative(p: Page, typed: Values) -> Values:
    """What was typed, refused where another card has that name. named: what the card was called before."""
    name, before = _plain(typed.get("what")), _plain(typed.get("named"))
    if not name:
        raise Invalid("what", "write what it is")
    own = (each.entry.what for each in p.book.entries(Alternative) if each.author == p.book.name)
    taken = {_plain(what) for what in (*own, *(way["title"] for way in p.text["ways"].values()))}
    if name in taken - {before}:
        raise Invalid("what", p.text["form"]["twice"])
    return read_values(Alternative, typed)


def _plain(words: Any) -> str:
    return " ".join(str(words or "").casefold().split())


def _erase(p: Page, alternative: str) -> None:
    """Erase an alternative with what was noted of trying it; its place in the sorting goes, too."""
    sealed = _sealed(p)
    if sealed and alternative in sealed.entry.places:
        left = {key: place for key, place in sealed.entry.places.items() if key != alternative}
        if left:
            p.book.revise(sealed.id, places=left)
        else:
            ballots.withdraw(p.book, sortings.BALLOT)
    tried = p.book.own(AlternativeTry, tries=alternative)
    p.book.erase_many([*(each.id for each in tried), alternative])


# One that is tried


def _try(p: Page) -> None:
    """Pick one of those that one could do now; the choice follows the sealed sorting."""
    nothing = p.add(Prose(p.text["trying"]["none_yet"]))
    kept = Kept(
        kind=AlternativeTry,
        prose=_try_words(p),
        first=("tries", "since", "look_again"),
        describe=lambda tried: _tried(p, tried),
        in_full=lambda tried: _in_full(p, tried),
        start=lambda: {"since": today().isoformat()},
        order=lambda tried: (_group(tried), -tried.entry.since.toordinal()),
        answers={"became": lambda tried, answer: _became(p, tried, answer)},
    )
    trying = p.entries("try", kept)
    without, picking = Together(p, nothing), Together(p, trying.form, trying.slot.box, trying.cards)

    def follow() -> None:
        kept.prose = content.with_common(_try_words(p))
        options = kept.prose["fields"]["tries"]["options"]
        trying.form.set_fields(kept.fields(kept.first))
        picking.show(bool(options))
        without.show(not options)

    p.on_change(follow)
    follow()


def _try_words(p: Page) -> dict[str, Any]:
    """The prose of this part, with the cards that can be picked."""
    words = p.text["trying"]
    sealed, own = _sealed(p), [each.entry for each in p.book.entries(AlternativeTry)]
    keys = [key for key, place in sealed.entry.places.items() if place == "now"] if sealed else []
    keys += [tried.tries for tried in own if tried.tries not in keys]
    titles = _titles(p)
    options = {key: titles[key] for key in keys if key in titles}
    fields = words["fields"] | {"tries": words["fields"]["tries"] | {"options": options}}
    return dict(words) | {"fields": fields}


def _titles(p: Page) -> dict[str, str]:
    return {card.key: card.title for card in _sortable(p)}


def _name(p: Page, tried: AlternativeTry, author: str) -> str:
    """What is tried, in words; an alternative that this member can't read has none."""
    words = p.text["trying"]
    gone: str = words["unknown"] if author == p.book.name else words["unknown_partner"].format(name=author)
    return _titles(p).get(tried.tries, gone)


def _group(written: Written[AlternativeTry]) -> int:
    """0: due to be looked at again. 1: going on. 2: looked at."""
    tried = written.entry
    if tried.became:
        return 2
    return 0 if tried.look_again and tried.look_again <= today() else 1


def _tried(p: Page, written: Written[AlternativeTry]) -> Card:
    words, tried = p.text["trying"]["cards"], written.entry
    lines = [
        (f"{words['look_again']}:", day(tried.look_again) if tried.look_again else ""),
        (words["became"], _became_words(p, tried)),
    ]
    own = written.author == p.book.name
    return Card(
        id=written.id,
        title=_name(p, tried, written.author),
        on=tried.since,
        meta=words["since"].format(day=day(tried.since)),
        lines=tuple(line for line in lines if line[1]),
        ask=Ask("became", words["ask"], BECAME) if own else None,
        group=words[("due", "going", "over")[_group(written)]],
    )


def _became_words(p: Page, tried: AlternativeTry) -> str:
    options: Mapping[str, str] = p.text["trying"]["fields"]["became"]["options"]
    return options[tried.became] if tried.became else ""


def _in_full(p: Page, tried: AlternativeTry) -> list[tuple[str, str]]:
    """All that it says, as the partner would read it: the name of a card that wasn't shared isn't told."""
    fields = p.text["trying"]["fields"]
    shown = {*p.text["ways"], *sharing.copies(p.book, Alternative)}
    name = _titles(p).get(tried.tries) if tried.tries in shown else p.text["trying"]["not_shared"]
    told = [
        (fields["tries"]["label"], name or p.text["trying"]["unknown"]),
        (fields["since"]["label"], day(tried.since)),
        (fields["look_again"]["label"], day(tried.look_again) if tried.look_again else ""),
        (fields["became"]["label"], _became_words(p, tried)),
    ]
    return [line for line in told if line[1]]


def _became(p: Page, tried: str, answer: str) -> None:
    p.book.revise(tried, became=answer)
    p.wrote()
