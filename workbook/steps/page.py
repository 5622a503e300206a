"""The vocabulary that a page is written in, and the list of pages there are.

A page is a function that is handed a `Page` and says what stands on it, from top to bottom:

    @page("journal", part="around")
    def journal(p: Page) -> None:
        p.opening()
        p.form(...)
        p.cards(...)

Words come from data/content, entries from `p.book`. What a page needs and this vocabulary lacks
becomes a control in `widgets`, made for any page.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from typing import Any, Literal, Protocol

import msgspec
from ipywidgets import VBox, Widget

from workbook import content
from workbook.book import Book, Store
from workbook.entries import Entry
from workbook.steps.collection import Collection, Kept, completed
from workbook.steps.drafts import Drafts
from workbook.steps.slot import Slot
from workbook.widgets import (
    Card,
    Cards,
    Field,
    Form,
    Found,
    Grid,
    Outcome,
    Picture,
    Prose,
    Showing,
    Signpost,
    Table,
    read_values,
)

Part = Literal["home", "own", "partner", "around"]
Build = Callable[["Page"], None]


class PageSpec(msgspec.Struct, frozen=True):
    """A page there is: its name, its number if it is a step, and how it is built.

    traceless: whether a visit shows nowhere: not in the address, not in what is sent to the kernel.
    listed: whether it stands in the list at the side; another page leads to one that doesn't.
    """

    name: str
    part: Part
    number: int | None
    order: int
    build: Build
    traceless: bool = False
    listed: bool = True

    @property
    def title(self) -> str:
        """The page's title, from its prose."""
        return str(content.prose(self.name)["title"])

    @property
    def purpose(self) -> str:
        """What the page is for, in one line."""
        return str(content.prose(self.name)["purpose"])

    @property
    def address(self) -> str:
        """What stands behind the # in the address bar while the page is shown."""
        return self.name.replace("_", "-")

    @property
    def notebook(self) -> str:
        """The file name of its notebook, such as "13-progress.ipynb"."""
        return f"{self.number:02d}-{self.name}.ipynb" if self.number else f"{self.name}.ipynb"


_PAGES: dict[str, PageSpec] = {}


def page(
    name: str, *, part: Part, number: int | None = None, order: int = 0, **seen: bool
) -> Callable[[Build], Build]:
    """Make a function the page of this name.

    part: where the list shows it. number: of a step. order: among pages that have no number.
    seen: `traceless` or `listed`, as in a PageSpec, where they are not the usual.
    """

    def register(build: Build) -> Build:
        _PAGES[name] = PageSpec(name, part, number, order, build, **seen)
        return build

    return register


def pages() -> list[PageSpec]:
    """Every page, in the order of the list at the side: home, one's own steps, both's steps, the rest."""
    import workbook.steps  # noqa: F401 - each module in it adds its page

    parts = ("home", "own", "partner", "around")
    return sorted(_PAGES.values(), key=lambda spec: (parts.index(spec.part), spec.number or spec.order))


def page_named(name: str) -> PageSpec:
    """The page of this name. Raises ValueError, listing the names, for another one."""
    by_name = {spec.name: spec for spec in pages()}
    if name not in by_name:
        raise ValueError(f"There is no page called {name!r}; there are {', '.join(by_name)}.")
    return by_name[name]


class Surroundings(Protocol):
    """What a page is handed by the desk that shows it."""

    book: Book
    store: Store
    drafts: Drafts

    def later(self, work: Callable[[], Showing], then: Callable[[Showing], None]) -> None:
        """Do work off the event loop and hand its result to `then` on it."""

    def wrote(self) -> None:
        """Let every page show what was just written."""

    def finish(self) -> None:
        """Finish what waits for an undo, and keep what is being typed."""

    def let_go(self, words: str) -> None:
        """Close the book, and show the door with a sentence."""


class Page:
    """One page while it is shown: what stands on it, in order."""

    def __init__(self, spec: PageSpec, around: Surroundings, *, alone: bool) -> None:
        self.spec = spec
        self.text = content.with_common(content.prose(spec.name))
        self.book, self.store, self.wrote = around.book, around.store, around.wrote
        self.finish, self.let_go = around.finish, around.let_go
        self._around, self._alone = around, alone
        self._refresh: list[Callable[[], None]] = []
        self._cards: list[Cards] = []
        self.box = VBox()
        self.box.add_class("wb-page").add_class(f"wb-page--{spec.address}")
        with self.box.hold_sync():  # the browser is told of all that stands on it at once
            spec.build(self)

    @property
    def calendar_title(self) -> str:
        """What dates are called in a calendar that others may see: neutral, unless the member chose."""
        return self.book.settings().calendar_title or str(self.text["calendar"]["title"])

    def add(self, widget: Widget) -> Widget:
        """Put a widget at the end of the page."""
        self.box.children = (*self.box.children, widget)
        return widget

    def opening(self) -> None:
        """The line of purpose and why this helps; a page alone in its notebook has them above it."""
        if not self._alone:
            self.add(Prose(self.text["purpose"], self.text.get("why", ""), self.text.get("source", "")))

    def to_safety(self, words: str = "") -> None:
        """Show the way to the page on safety, the same for everyone."""
        way = self.text["safety"]
        self.signpost({"words": words or way["words"], "label": way["label"]}, "safety")

    def signpost(self, way: Mapping[str, str], page: str) -> None:
        """Show the way to the page of this address; a page alone has no other to turn to.

        way: `words`, and the button's `label`.
        """
        self.add(Prose(way["words"]) if self._alone else Signpost(way["words"], way["label"], page))

    def slot(self) -> Slot:
        """A place on the page that is empty until something is to be done there."""
        slot = Slot(self._around.drafts, self.wrote)
        self.add(slot.box)
        return slot

    def form(self, name: str, form: Form) -> Form:
        """Put a form on the page. What is typed into it is kept as a draft under this name."""
        self._around.drafts.keep(f"{self.spec.name}/{name}", form)
        self.add(form)
        return form

    def cards(self, read: Callable[[], list[Card]], prose: dict[str, Any], **options: Any) -> Cards:
        """Put a list of cards on the page; it follows what is written anywhere."""
        cards = Cards(read, prose, **options)
        self._cards.append(cards)
        cards.on_undo = self.changed
        self.on_change(cards.again)
        self.add(cards)
        return cards

    def entries(self, name: str, kept: Kept) -> Collection:
        """Put entries of one kind on the page: a form for a new one, and cards of those there are."""
        return Collection(self, name, kept)

    def tapped(self, slot: Slot, entry: Entry, fields: Sequence[Field], words: Mapping[str, str]) -> None:
        """Write down at once what a tap said, then leave room for a line about it.

        words: `title` and `save` of the form with that room.
        """
        kind, noted = type(entry), self.book.write(entry)

        def save(typed: dict[str, Any]) -> None:
            self.book.revise(noted, **completed(kind, read_values(kind, typed)))

        slot.ask(f"{self.spec.name}/{noted}", fields, save, words)
        self.wrote()

    def chart(
        self,
        question: str,
        draw: Callable[[bool], Showing],
        height: int = 320,
        on_offer: Callable[[str], None] | None = None,
    ) -> Picture:
        """Put a chart on the page; it is drawn in the background, and anew after each change."""
        picture = Picture(question, draw, self._around.later, height, self.text["drawing"], on_offer)
        self.on_change(picture.again)
        self.add(picture)
        return picture

    def table(self, title: str, read: Callable[[], Table | None]) -> Grid:
        """Put a table on the page; it follows what is written anywhere, and is away while there is none."""
        grid = Grid(title, read)
        self.on_change(grid.refresh)
        self.add(grid)
        return grid

    def outcome(self, read: Callable[[], Found], tick: Callable[[bool], None]) -> Outcome:
        """Put on the page what comes of a vote; it follows what is written anywhere, by the other too.

        read: what came of it. tick: told whether the tick is set.
        """
        seen = self.book.extent()

        def look() -> None:
            """Show what the other has written since, if anything; what waited for it follows."""
            if self.book.extent() != seen:
                self.wrote()

        def follow() -> None:
            nonlocal seen
            outcome.refresh()
            seen = self.book.extent()

        outcome = Outcome(read, tick=tick, look=look)
        self.on_change(follow)
        self.add(outcome)
        return outcome

    def on_change(self, refresh: Callable[[], None]) -> None:
        """Call this after anything was written."""
        self._refresh.append(refresh)

    def changed(self) -> None:
        """Show what was written since; what can't be shown does not keep the rest from it."""
        with ExitStack() as last_to_first:
            for refresh in reversed(self._refresh):
                last_to_first.callback(refresh)

    @property
    def held_back(self) -> set[str]:
        """The ids of what was erased on this page and can still be brought back."""
        return {entry_id for cards in self._cards for entry_id in cards.held_back}

    def settle(self) -> None:
        """Finish what waits for an undo, because the page is about to close."""
        for cards in self._cards:
            cards.settle()
