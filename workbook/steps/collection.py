"""Entries of one kind on a page: a form for a new one, cards of those there are, a form to change one."""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import msgspec

from workbook import content
from workbook.book import Written
from workbook.entries import Entry, Invalid, Room
from workbook.formats import moment
from workbook.steps import sharing
from workbook.steps.conflict import Watched
from workbook.widgets import Action, Card, Field, Form, fields_of, read_values
from workbook.widgets.fields import typed_values

if TYPE_CHECKING:
    from workbook.steps.page import Page

Values = dict[str, Any]
Read = Callable[[Values], Values]
Describe = Callable[[Written[Any]], Card]


class Kept(msgspec.Struct, kw_only=True):
    """How entries of one kind stand on a page.

    prose: tables `form`, `fields`, `cards` and `edit` with the words that differ from the common ones.
    first, more: the fields before "More" and behind it. extra: fields that are not the entry's own, by
    the name of the field that they follow. questions: further fields behind "More".
    describe: an entry as a card; who can read it, and what can be done with it, are added.
    in_full: everything that an entry says, where its fields do not tell.
    read: what was typed, as values for the entry; show: the other way round. start: values of a new form.
    erase, revise: what erasing or changing does, where it is more than the entry. caution: what one should
    know before one changes an entry. order: sorts the cards. live: a sentence for the values as they are
    typed. asks: whether a form for a new entry stands on the page. withheld: names of actions that can't
    be done with this entry. acts: what the page itself can do with an entry, by the name of the
    action in `cards.actions`; answers: the same for what a tap on a card answers.
    room: where a new entry goes, which stands beside Save; into the common one it goes by the button alone.
    by_key: whether Ctrl+S may save a new entry. can_change: whether its author may edit it, and
    so has earlier versions. can_share: whether it may ever be the other's to read.
    """

    kind: type[Entry]
    prose: Mapping[str, Any]
    first: Sequence[str]
    more: Sequence[str] = ()
    extra: Mapping[str, Field] = {}
    questions: Sequence[Field] = ()
    describe: Describe
    in_full: Callable[[Any], list[tuple[str, str]]] | None = None
    read: Read | None = None
    show: Callable[[Any], Values] | None = None
    start: Callable[[], Values] = dict
    erase: Callable[[str], None] | None = None
    revise: Callable[[str, Values], None] | None = None
    caution: Callable[[Written[Any]], str] | None = None
    withheld: Callable[[Written[Any]], Container[str]] | None = None
    order: Callable[[Written[Any]], Any] | None = None
    live: Callable[[Values], str] | None = None
    acts: Mapping[str, Callable[[str], None]] = {}
    answers: Mapping[str, Callable[[str, str], None]] = {}
    at_most: int | None = None
    searchable: bool = False
    cards_first: bool = False
    asks: bool = True
    room: Room = "mine"
    by_key: bool = True
    can_change: bool = True
    can_share: bool = True

    def __post_init__(self) -> None:
        self.prose = content.with_common(dict(self.prose))

    def fields(self, names: Sequence[str]) -> list[Field]:
        """The controls for these fields, each followed by what stands behind it."""
        found = []
        for field in fields_of(self.kind, names, self.prose["fields"]):
            found += [field, self.extra[field.name]] if field.name in self.extra else [field]
        return found

    def behind(self) -> list[Field]:
        """The controls behind "More"."""
        return [*self.fields(self.more), *self.questions]

    def names(self) -> list[str]:
        """The names of all fields, in their order."""
        return [field.name for field in (*self.fields(self.first), *self.behind())]

    def entry_values(self, typed: Values) -> Values:
        """What was typed, as values for the entry; what was left empty gets the kind's own default."""
        given = {name: typed.get(name) for name in self.names()}
        read = self.read(given) if self.read else read_values(self.kind, given)
        return completed(self.kind, read)

    def form_values(self, entry: Entry) -> Values:
        """An entry, as its form shows it."""
        return self.show(entry) if self.show else typed_values(entry)

    def words_of(self, entry: Entry) -> list[tuple[str, str]]:
        """Everything that an entry says, as pairs of a label and the words."""
        return self.in_full(entry) if self.in_full else sharing.in_full(entry, self.prose["fields"])


def completed(kind: type[Entry], values: Values) -> Values:
    """The values, with the kind's default for each that is empty. Raises Invalid where there is none."""
    defaults = {field.name: field for field in msgspec.structs.fields(kind)}
    return {
        name: _default(defaults[name]) if value is None or value == "" else value
        for name, value in values.items()
    }


def _default(field: Any) -> Any:
    if field.default is not msgspec.NODEFAULT:
        return field.default
    if field.default_factory is not msgspec.NODEFAULT:
        return field.default_factory()
    raise Invalid(field.name, "this is needed")


class Collection:
    """The form, the place for changes and the cards, put on a page in that order."""

    def __init__(self, p: Page, name: str, kept: Kept) -> None:
        self._p, self._kept = p, kept
        self.form = self._new_form()
        if kept.asks and not kept.cards_first:
            p.form(name, self.form)
        self.slot = p.slot()
        self.cards = p.cards(
            self._cards,
            dict(kept.prose["cards"]),
            acts=self._acts(),
            answers=dict(kept.answers),
            versions=self._versions,
            searchable=kept.searchable,
        )
        if kept.asks and kept.cards_first:
            p.form(name, self.form)

    def _new_form(self) -> Form:
        kept, words = self._kept, self._kept.prose["form"]
        form = Form(
            kept.fields(kept.first),
            more=kept.behind(),
            values=kept.start(),
            save=words["save"],
            room=kept.prose["rooms"][kept.room],
            title=words.get("title", ""),
            more_label=words["more"],
            on_save=self._write,
            by_key=kept.by_key and kept.room == "mine",
        )
        form.on_change = kept.live
        return form

    def _acts(self) -> dict[str, Callable[[str], None]]:
        ours: dict[str, Callable[[str], None]] = {
            "edit": self._edit,
            "share": self._share,
            "take_back": self._take_back,
            "erase": self._erase,
        }
        return ours | dict(self._kept.acts)

    def _write(self, typed: Values) -> Values:
        kept = self._kept
        if kept.at_most is not None and len(self._own()) >= kept.at_most:
            raise Invalid("", kept.prose["form"]["at_most"])
        self._p.book.write(kept.kind(**kept.entry_values(typed)), kept.room)
        self._p.wrote()
        return dict.fromkeys(kept.names()) | kept.start()

    def _own(self) -> list[Written[Any]]:
        return self._p.book.own(self._kept.kind)

    def _readable(self) -> list[Written[Any]]:
        """One's own entries and those that the partner shared, in the order of the cards."""
        found = self._p.book.once(self._kept.kind)
        return sorted(found, key=self._kept.order) if self._kept.order else found[::-1]

    def _cards(self) -> list[Card]:
        copies = sharing.copies(self._p.book, self._kept.kind)
        return [self._card(each, copies) for each in self._readable()]

    def _card(self, written: Written[Any], copies: Mapping[str, Written[Any]]) -> Card:
        card, rooms = self._kept.describe(written), self._kept.prose["rooms"]
        meta = " · ".join(filter(None, [card.meta, sharing.standing(self._p.book, written, copies, rooms)]))
        return msgspec.structs.replace(card, meta=meta, actions=self._actions(written, copies))

    def _actions(self, written: Written[Any], copies: Mapping[str, Written[Any]]) -> tuple[Action, ...]:
        """What can be done with an entry: its author alone changes, shares or erases it."""
        own = written.author == self._p.book.name
        possible = {*self._kept.acts, "history", sharing.possible(self._p.book, written, copies)}
        possible |= {"edit", "erase"} if own else set()
        possible -= set() if self._kept.can_change else {"edit", "history"}
        possible -= set() if self._kept.can_share else {"share"}
        withheld = self._kept.withheld(written) if self._kept.withheld else ()
        words = self._kept.prose["cards"]["actions"]
        return tuple(
            Action(name, label) for name, label in words.items() if name in possible and name not in withheld
        )

    def _edit(self, entry_id: str) -> None:
        kept, words = self._kept, self._kept.prose["edit"]
        written = self._p.book.entry(entry_id)
        watched = Watched(self._p.book, [entry_id])

        def save(typed: Values) -> None:
            watched.check(words["changed_elsewhere"])
            values = kept.entry_values(typed)
            if kept.revise:
                kept.revise(entry_id, values)
            else:
                self._p.book.revise(entry_id, **values)

        self.slot.ask(
            f"{self._p.spec.name}/{entry_id}",
            [*self._caution(written), *kept.fields(kept.first)],
            save,
            {
                "title": words["title"].format(title=kept.describe(written).title),
                "save": words["save"],
                "more": kept.prose["form"]["more"],
            },
            live=kept.live,
            more=kept.behind(),
            values=kept.form_values(written.entry),
            room=kept.prose["rooms"][written.room],
        )

    def _caution(self, written: Written[Any]) -> list[Field]:
        words = self._kept.caution(written) if self._kept.caution else ""
        return [Field(name="caution", kind="note", label=words)] if words else []

    def _share(self, entry_id: str) -> None:
        entry = self._p.book.entry(entry_id).entry
        sharing.ask_to_share(self._p, self.slot, entry_id, self._kept.words_of(entry))

    def _take_back(self, entry_id: str) -> None:
        copy = sharing.copies(self._p.book, self._kept.kind)[entry_id]
        sharing.ask_to_take_back(self._p, self.slot, copy.id, self._kept.words_of(copy.entry))

    def _erase(self, entry_id: str) -> None:
        (self._kept.erase or self._p.book.erase)(entry_id)
        self._p.wrote()

    def _versions(self, entry_id: str) -> list[tuple[str, list[tuple[str, str]]]]:
        return [
            (moment(written.written_at.astimezone()), self._kept.words_of(written.entry))
            for written in self._p.book.versions(entry_id)
        ]
