"""What stands around the pages: who is unlocked, Lock, the list of pages, the address, the banner."""

from __future__ import annotations

from typing import Any

from workbook.widgets.control import ASSETS, Control, Message, module

FACES = {"Source Sans 3 Variable": "sans-latin.woff2", "Source Serif 4 Variable": "serif-latin.woff2"}
"""By family, the files of the shipped faces that hold the Latin letters."""


class Shell(Control):
    """The frame of the book. Its view changes between built pages by itself and tells the kernel.

    Messages: go (a page), lock, pass, keep, active (a sign of life), ping. It is told where the address
    begins anew, a notice, whether there are two by now, and the look that was chosen. Where the page brings
    no faces, its view asks for them by family and is handed the files.
    """

    _esm = module("onward", "faces", "shell")
    _css = ASSETS / "theme.css"

    def __init__(self) -> None:
        super().__init__()
        self._showing: Message = {"open": False, "pages": []}
        self.hear("ping", lambda message: self.tell("pong"))
        self.hear("faces", self._tell_faces)

    def stand(self, **showing: Any) -> None:
        """Set what the frame shows.

        open: whether a book is unlocked · pages: dicts of name, title, part, traceless and listed · page:
        the one to begin with · who: a sentence · looking: whether nothing is kept · two: whether there is a
        partner to pass the page to · look: "light", "dark" or "system", which holds on while locked · titled:
        whether the frame shows the page's title · title: the title while locked · notice: a sentence or None.
        """
        self._showing = showing
        self.refresh()

    def _tell_faces(self, message: Message) -> None:
        for family in message["families"]:
            self.tell_bytes("face", (ASSETS / "fonts" / FACES[family]).read_bytes(), family=family)

    def now_showing(self) -> Message:
        """How the frame stands."""
        return self._showing


class Leave(Control):
    """The button "Leave this page" where the page itself has none, as in JupyterLab.

    leave_to: the neutral address that the browser goes to. It works without the kernel.
    """

    _esm = module("leave", "leave-lab")

    def __init__(self, leave_to: str) -> None:
        super().__init__()
        self._leave_to = leave_to

    def now_showing(self) -> Message:
        """Where to go."""
        return {"leave_to": self._leave_to}
