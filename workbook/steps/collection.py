"""Entries of one kind on a page: a form for a new one, cards of those there are, a form to change one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import msgspec

from workbook.book import Written
from workbook.entries import Entry, Invalid
from workbook.steps.conflict import Watched
from workbook.widgets import Action, Card, Field, Form, fields_of, read_values
from workbook.widgets.fields import typed_values

if TYPE_CHECKING:
    from workbook.steps.page import Page, Slot

Values = dict[str, Any]
Read = Callable[[Values], Values]
Describe = Callable[[Written[Any]], Card]


class Kept(msgspec.Struct, kw_only=True):
    """How entries of one kind stand on a page.

    prose: tables `form`, `fields`, `cards` and `edit` with the words.
    first, more: the fields before "More" and behind it. extra: fields that are not the entry's own, by
    the name of the field that they follow. questions: further fields behind "More". describe: an entry
    as a card, without its actions.
    read: what was typed, as values for the entry; show: the other way round. start: values of a new form.
    erase: what erasing does, where it is more than the entry. order: sorts the cards. live: a sentence
    for the values as they are typed.
    """

    kind: type[Entry]
    prose: Mapping[str, Any]
    first: Sequence[str]
    more: Sequence[str] = ()
    extra: Mapping[str, Field] = {}
    questions: Sequence[Field] = ()
    describe: Describe
    read: Read | None = None
    show: Callable[[Entry], Values] | None = None
    start: Callable[[], Values] = dict
    erase: Callable[[str], None] | None = None
    order: Callable[[Written[Any]], Any] | None = None
    live: Callable[[Values], str] | None = None
    answers: dict[str, Callable[[str, str], None]] = {}
    at_most: int | None = None
    searchable: bool = False

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
    """The form, the cards and the place for changes, put on a page in that order."""

    def __init__(self, p: Page, name: str, kept: Kept) -> None:
        self._p, self._name, self._kept = p, name, kept
        words = kept.prose["form"]
        self.form = Form(
            kept.fields(kept.first),
            more=kept.behind(),
            values=kept.start(),
            save=words["save"],
            title=words.get("title", ""),
            more_label=words.get("more", "More"),
            on_save=self._write,
        )
        self.form.on_change = kept.live
        p.form(name, self.form)
        self._slot: Slot = p.slot()
        self.cards = p.cards(
            self._cards,
            dict(kept.prose["cards"]),
            acts={"edit": self._edit, "erase": self._erase},
            answers=kept.answers,
            versions=self._versions,
            searchable=kept.searchable,
        )

    def _write(self, typed: Values) -> Values:
        kept = self._kept
        if kept.at_most is not None and len(self._own()) >= kept.at_most:
            raise Invalid("", kept.prose["form"]["at_most"])
        self._p.book.write(kept.kind(**kept.entry_values(typed)))
        self._p.wrote()
        return dict.fromkeys(kept.names()) | kept.start()

    def _own(self) -> list[Written[Any]]:
        found = [each for each in self._p.book.entries(self._kept.kind) if each.author == self._p.book.name]
        return sorted(found, key=self._kept.order) if self._kept.order else found[::-1]

    def _cards(self) -> list[Card]:
        words = self._kept.prose["cards"]["actions"]
        actions = tuple(Action(name, label) for name, label in words.items())
        return [msgspec.structs.replace(self._kept.describe(each), actions=actions) for each in self._own()]

    def _edit(self, entry_id: str) -> None:
        kept, words = self._kept, self._kept.prose["edit"]
        written = self._p.book.entry(entry_id)
        watched = Watched(self._p.book, [entry_id])

        def save(typed: Values) -> Values:
            watched.check(words["changed_elsewhere"])
            self._p.book.revise(entry_id, **kept.entry_values(typed))
            self._slot.close()
            self._p.wrote()
            return typed

        form = Form(
            kept.fields(kept.first),
            more=kept.behind(),
            values=kept.form_values(written.entry),
            save=words["save"],
            title=words["title"].format(title=kept.describe(written).title),
            more_label=kept.prose["form"].get("more", "More"),
            on_save=save,
            on_cancel=self._slot.close,
            focus=True,
        )
        form.on_change = kept.live
        self._slot.show(f"{self._p.spec.name}/{entry_id}", form)

    def _erase(self, entry_id: str) -> None:
        (self._kept.erase or self._p.book.erase)(entry_id)
        self._p.wrote()

    def _versions(self, entry_id: str) -> list[tuple[str, list[tuple[str, str]]]]:
        return [
            (f"{written.written_at:%d.%m.%Y %H:%M}", _lines(self._kept.describe(written)))
            for written in self._p.book.versions(entry_id)
        ]


def _lines(card: Card) -> list[tuple[str, str]]:
    return [("", card.title), *card.lines]
