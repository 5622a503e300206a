"""Puts the parts together: the door, the frame, and the unlocked book's pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ipywidgets import VBox

from workbook import content, formats, places
from workbook.book import Book, Store, StoreError, open_store
from workbook.door import Door
from workbook.sitting import Sitting
from workbook.steps.open_book import OpenBook, close_all
from workbook.steps.page import PageSpec, page_named, pages
from workbook.widgets import Leave, Shell

if TYPE_CHECKING:
    from pandas import DataFrame

FIRST_PAGE = "home"
_desks: list[Desk] = []


def show(page: str | None = None) -> None:
    """Show one page by its name, or the whole book if left out, in the notebook's output."""
    from IPython.display import display

    for desk in _desks:
        desk.close()
    desk = Desk(page_named(page) if page else None)
    _desks[:] = [desk]
    display(desk.root)  # type: ignore[no-untyped-call]


def frame(kind: str) -> DataFrame:
    """One's own entries of a kind, of the book unlocked in this kernel; empty, with a hint, while locked."""
    from workbook.book.frames import frame_of
    from workbook.book.ledger import kind_named

    wanted = kind_named(kind)
    book = _desks[0].book if _desks else None
    if book is None:
        print(f"The book is locked. Unlock it above, then run this cell again to see your {kind} entries.")
        return frame_of(wanted, [], {})
    return book.frame(wanted)


class Desk:
    """One book and what is shown of it, for as long as its kernel lives.

    only: the one page to show; the whole book if None.
    """

    def __init__(self, only: PageSpec | None = None, store: Store | None = None) -> None:
        self._only = only
        self._specs = [only] if only else pages()
        self._words = content.prose("unlock")
        self._store, trouble = (store, "") if store else _opened()
        self.book: Book | None = None
        self._session: OpenBook | None = None
        self._sitting = Sitting(self._sitting_over)
        self._address = ""
        self.shell, self._ways_in = Shell(), Door(self, self._store, trouble, whole=only is None)
        self.door, self.stage = self._ways_in.view, VBox()
        self.root = VBox([Leave(self._leave_to()), self.shell, self.door, self.stage])
        self.root.add_class("wb-root")
        self.stage.add_class("wb-stage")
        self._listen()
        self._ways_in.show()

    def close(self) -> None:
        """Lock the book and take everything off the screen."""
        self.lock()
        self._ways_in.close()
        close_all(self.root)
        if self._store:
            self._store.close()

    def _listen(self) -> None:
        shell = self.shell
        shell.hear("lock", lambda message: self.lock(self._locked_notice()))
        shell.hear("pass", lambda message: self._pass_on())
        shell.hear("keep", lambda message: self._ways_in.show_keep())
        shell.hear("go", self._go)
        shell.hear("active", lambda message: self._somebody_there())
        shell.hear("ready", self._shell_ready)

    def _leave_to(self) -> str:
        chosen = self._store.setting("leave_to") if self._store and self._ways_in.members() else None
        return chosen if chosen and chosen.startswith(("https://", "http://")) else places.NEUTRAL_SITE

    # What the door asks for

    def come_out(self, notice: str = "") -> None:
        """Put the door in front; pages behind it stay as they are."""
        titled = self._only is None
        self.shell.stand(open=False, pages=[], titled=titled, title=self._words["title"], notice=notice)
        self.stage.add_class("wb-away")
        self.door.remove_class("wb-away")

    def let_in(self, book: Book, memory: Store | None = None, *, invited: bool = False) -> None:
        """Show an unlocked book. memory: where it lies, if it is only looked at."""
        self._close_pages()
        self.book = book
        try:
            session = self._open(book, memory)
            if invited:
                self._ways_in.show_invited(can_leave=self._only is None)
            else:
                self._in_front()
        except BaseException:
            self._close_pages()  # else the book would stay unlocked behind a door that looks shut
            raise
        session.build_ahead()

    def _open(self, book: Book, memory: Store | None) -> OpenBook:
        """Publish what is due, and build the page that shows first."""
        self._sitting.joined_by(book)
        self._sitting.settle()
        addressed = {spec.address: spec.name for spec in self._specs if not spec.traceless}
        first = addressed.get(self._address) or addressed.get(FIRST_PAGE) or self._specs[0].name
        session = self._session = OpenBook(
            book,
            memory or self._ways_in.kept(),
            self.stage,
            self._specs,
            alone=self._only is not None,
            looking=memory is not None,
            idle=self._idle,
            written=self._written,
            let_go=self.lock,
        )
        self._sitting.settle()  # once more: what it opens may hang on what the other has just sealed
        session.turn_to(first)
        return session

    def carry_over(self, book: Book) -> None:
        """Put what was written while looking into a book that is kept, and close what was looked at."""
        if self._session:
            self._session.drafts.flush()
            self._session.book.copy_to(book)
            self._close_pages()

    def go_back(self) -> None:
        """Go back to the pages, or to the first view of the door where there are none."""
        if self._session:
            self._in_front()
        else:
            self._ways_in.show(focus=True)

    def go_to(self, page: str) -> None:
        """Go back to the pages, to this one."""
        self.go_back()
        self.shell.tell("go", page=page_named(page).address)

    # The open book

    def _in_front(self) -> None:
        """Put the pages in front, and the door away."""
        assert self._session
        self.door.show_view("away")
        self.door.add_class("wb-away")
        self.stage.remove_class("wb-away")
        session, who = self._session, self._words["who"]
        looking = session.is_looked_at
        self.shell.stand(
            open=True,
            arriving=True,
            pages=[
                {
                    "name": s.address,
                    "title": s.title,
                    "part": s.part,
                    "traceless": s.traceless,
                    "listed": s.listed,
                }
                for s in self._specs
            ],
            page=page_named(session.page).address,
            who=who["looking"] if looking else who["open"].format(name=session.book.name),
            looking=looking and not self._ways_in.members(),
            two=session.book.partner is not None,
            look=session.book.settings().look,
            titled=self._only is None,
            notice=" ".join(session.book.warnings),
        )

    def _shell_ready(self, message: dict[str, Any]) -> None:
        self._address = str(message.get("address", ""))
        formats.read_by(str(message.get("language") or formats.HOUSE))
        self.shell.refresh()

    def _go(self, message: dict[str, Any]) -> None:
        if self._session:
            self._session.sign_of_life()
            self._session.turn_to(self._named(str(message["page"])))
            self.shell.tell("built", page=message["page"])

    def _named(self, address: str) -> str:
        """The page with this address; the address itself where there is none, so that nothing turns."""
        return next((spec.name for spec in self._specs if spec.address == address), address)

    def _somebody_there(self) -> None:
        if self._session:
            self._session.sign_of_life()

    def _written(self) -> None:
        """After each write: open what is due, look as is chosen, and offer to pass the page on."""
        assert self.book
        self._sitting.settle()
        self.shell.tell("two", there=self.book.partner is not None)
        self.shell.tell("look", look=self.book.settings().look)

    # Locking and passing on

    def _pass_on(self) -> None:
        """Close everything of one member, and ask the other in; see `Sitting` for what stays possible."""
        session = self._session
        if session is None or session.book.partner is None:
            return
        book, partner, page = session.book, session.book.partner, page_named(session.page)
        try:
            self._take_off()
        except BaseException:
            book.lock()
            self._ways_in.show(focus=True)
            raise
        self._address = page.address if page.part == "partner" or self._only else FIRST_PAGE
        self.shell.tell("address", page=self._address)
        minutes = self._sitting.begin(book)
        words = self._words["notices"]["passed"]
        self._ways_in.show(
            words.format(name=book.name, partner=partner, minutes=minutes), focus=True, chosen=partner
        )

    def _sitting_over(self) -> None:
        self.shell.tell("notice", words=self._words["notices"]["sitting_over"])

    def _idle(self, minutes: int) -> None:
        notices = self._words["notices"]
        looking = self._session is not None and self._session.is_looked_at
        self.lock(notices["idle_look" if looking else "idle"].format(minutes=minutes))

    def _locked_notice(self) -> str:
        if self._session is not None and self._session.is_looked_at:
            return str(self._words["notices"]["let_go"])
        return str(self._words["notices"]["locked_both" if self._sitting.aside else "locked"])

    def lock(self, notice: str = "") -> None:
        """Keep drafts, close every page, drop the keys, and show the door."""
        self._sitting.end()
        if self._session is None:
            return
        try:
            self._close_pages()
        finally:
            self._ways_in.show(notice, focus=True)

    def _close_pages(self) -> None:
        """Take everything of the open book off the screen, and drop its keys, whatever goes wrong."""
        book = self.book
        try:
            self._take_off()
        finally:
            if book:
                book.lock()

    def _take_off(self) -> None:
        """Keep what is being typed, and take every page off the screen; the keys stay."""
        session, self._session, self.book = self._session, None, None
        try:
            if session:
                session.close()
        finally:
            self.shell.tell("clear")


def _opened() -> tuple[Store | None, str]:
    """The store, or in words why it cannot be opened."""
    try:
        store = open_store()
        store.members()
    except StoreError as error:
        return None, str(error)
    return store, ""
