"""A place on a page that is empty until something is to be done there, one thing at a time."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from ipywidgets import VBox, Widget

from workbook.steps.drafts import Drafts
from workbook.widgets import Field, Form

Values = dict[str, Any]


class Slot:
    """A place for one form or question at a time, such as the form that changes an entry.

    wrote: called after something was written here.
    """

    def __init__(self, drafts: Drafts, wrote: Callable[[], None]) -> None:
        self.box = VBox()
        self.box.add_class("wb-slot")
        self._drafts, self.wrote = drafts, wrote

    def ask(
        self,
        name: str,
        fields: Sequence[Field],
        save: Callable[[Values], None],
        words: Mapping[str, str],
        *,
        live: Callable[[Values], str] | None = None,
        **options: Any,
    ) -> None:
        """Ask in a form that goes once it is saved; its draft is kept under this name.

        save: writes down what was typed. words: `title`, `save` and, as wanted, `more`.
        live: a sentence for the values as they are typed. options: as for a Form.
        """

        def saved(typed: Values) -> Values:
            save(typed)
            self.close()
            self.wrote()
            return typed

        form = Form(
            fields,
            on_save=saved,
            on_cancel=self.close,
            title=words["title"],
            save=words["save"],
            more_label=words.get("more", "More"),
            focus=True,
            **options,
        )
        form.on_change = live
        self.take(name, form)

    def take(self, name: str, form: Form) -> None:
        """Put a form here, and keep what is typed into it as a draft under this name."""
        self._drafts.keep(name, form)
        self.put(form)

    def put(self, widget: Widget) -> None:
        """Put a widget here, in place of the one before."""
        self.close()
        self.box.children = (widget,)

    def close(self) -> None:
        """Take away what is here."""
        for widget in self.box.children:
            widget.close()
        self.box.children = ()
