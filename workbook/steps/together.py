"""Parts of a page that come and go together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ipywidgets import VBox, Widget

if TYPE_CHECKING:
    from workbook.steps.page import Page


class Together:
    """A box around widgets that stand together on a page already, in their place.

    A control's own view follows no class that is set after it was shown; the box does.
    """

    def __init__(self, p: Page, *widgets: Widget) -> None:
        place = p.box.children.index(widgets[0])
        rest = [each for each in p.box.children if each not in widgets]
        self._box = VBox(widgets)
        self._box.add_class("wb-together")
        p.box.children = (*rest[:place], self._box, *rest[place:])

    def show(self, is_there: bool) -> None:
        """Let them stand there, or not."""
        (self._box.remove_class if is_there else self._box.add_class)("wb-away")
