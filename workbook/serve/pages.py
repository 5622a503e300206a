"""The addresses of the server: pages, the way in, the kernel's channels, and the end of a kernel."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import jinja2
from jupyter_server.services.kernels.handlers import KernelHandler
from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager
from tornado.iostream import StreamClosedError
from tornado.web import HTTPError
from voila.static_file_handler import MultiStaticFileHandler
from voila.tornado.kernel_websocket_handler import VoilaKernelWebsocketHandler

from workbook.serve import kernels, notebook
from workbook.serve.guard import Guarded

TEMPLATES = Path(__file__).parent / "template"
STEM = r"([0-9a-z][0-9a-z_-]*)"
KERNEL_ID = r"(?P<kernel_id>\w+-\w+-\w+-\w+-\w+)"
WHOLE_BOOK = "workbook"
A_YEAR = 31_536_000


SMALL = jinja2.Environment(
    loader=jinja2.FileSystemLoader(TEMPLATES), autoescape=True, trim_blocks=True, lstrip_blocks=True
)
STREAMED = SMALL.overlay(enable_async=True)
"""Waits for cells while the page is sent."""


class Shown(Guarded):
    """An address that a person sees."""

    def show(self, template: str, **values: object) -> None:
        """Send a small page of ours."""
        self.set_header("Content-Type", "text/html; charset=UTF-8")
        self.finish(SMALL.get_template(template).render(static=self.versioned, **values))

    def show_way_in(self, is_wrong: bool) -> None:
        """Send the page that asks for the token."""
        self.show("login.html.j2", action=f"{self.admission.base_url}login", is_wrong=is_wrong)

    def versioned(self, name: str) -> str:
        """The address of a static file of this version of the program."""
        return f"{self.admission.base_url}voila/static/{name}?v={self.settings['version']}"

    def write_error(self, status_code: int, **_: object) -> None:
        """The way in for whom has no token; else a sentence."""
        if status_code == 403 and self.needs_token and not self.is_admitted:
            self.show_way_in(is_wrong=self.get_query_argument("token", None) is not None)
        else:
            self.show("notice.html.j2", home=self.admission.base_url, is_missing=status_code == 404)


class NotFound(Shown):
    """Every address that there isn't."""

    async def prepare(self) -> None:
        """Refuse strangers first, then everyone."""
        await super().prepare()
        if not self._finished:
            raise HTTPError(404)


class Health(Guarded):
    """Says that the server answers; the only address that tells anything without a token."""

    needs_token = False

    def get(self) -> None:
        """Answer "ok"."""
        self.set_header("Content-Type", "text/plain; charset=UTF-8")
        self.finish("ok")


class Login(Shown):
    """The way in for someone who opened the address without its token."""

    needs_token = False

    def get(self) -> None:
        """Say what to do, with a field for the token."""
        self.show_way_in(is_wrong=False)

    def post(self) -> None:
        """Take a token, or the whole address that holds it."""
        if self.admission.admits_token(token_in(self.get_body_argument("token", ""))):
            self.give_cookie()
            self.redirect(self.admission.base_url, status=303)
            return
        self.set_status(403)
        self.show_way_in(is_wrong=True)


def token_in(pasted: str) -> str:
    """The token in what someone pasted: the address that holds it, or the token alone."""
    pasted = pasted.strip()
    return parse_qs(urlsplit(pasted).query).get("token", [pasted])[0] if "?" in pasted else pasted


class Page(Shown):
    """A notebook, run in a kernel of its own and sent as a page while it runs."""

    def initialize(
        self, folder: Path, leave_to: Callable[[], str], kernel_env: Callable[[], dict[str, str]]
    ) -> None:
        """leave_to: where "Leave this page" goes; kernel_env: a kernel's environment."""
        self.folder = folder
        self.leave_to = leave_to
        self.kernel_env = kernel_env

    async def get(self, stem: str = WHOLE_BOOK) -> None:
        """Send the head at once, then what each cell shows."""
        path = self.folder / f"{stem}.ipynb"
        if not path.is_file():
            raise HTTPError(404)
        leave_to = await asyncio.to_thread(self.leave_to)
        every: AsyncMappingKernelManager = self.settings["kernel_manager"]
        opening: set[str] = self.settings["backstop"].opening
        kernel_id = str(uuid4())
        opening.add(kernel_id)
        starting = asyncio.create_task(kernels.start(every, kernel_id, self.folder, self.kernel_env()))
        try:
            await self._send(path, leave_to, kernel_id, starting)
        except StreamClosedError:
            await asyncio.wait([starting])
            await kernels.end(every, kernel_id)
        finally:
            opening.discard(kernel_id)

    async def _send(self, path: Path, leave_to: str, kernel_id: str, starting: asyncio.Task[Any]) -> None:
        self.set_header("Content-Type", "text/html; charset=UTF-8")
        page = STREAMED.get_template("page.html.j2").generate_async(
            static=self.versioned,
            leave_to=leave_to,
            end=f"{self.admission.base_url}voila/api/shutdown/{kernel_id}",
            form_token=self.xsrf_token.decode(),
            config=notebook.page_config(self.admission.base_url, kernel_id),
            cells=notebook.run(path, starting),
        )
        async for piece in page:
            self.write(piece)
            await self.flush()


class EndKernel(Guarded):
    """Ends a kernel when its page goes away."""

    async def post(self, kernel_id: str) -> None:
        """End the kernel, if it still lives."""
        self.check_xsrf_cookie()
        await kernels.end(self.settings["kernel_manager"], kernel_id)
        self.set_status(204)


class Kernel(Guarded, KernelHandler):  # type: ignore[misc] # untyped
    """What Voila's script asks of its kernel before it connects."""

    SUPPORTED_METHODS = ("GET",)


class Channels(Guarded, VoilaKernelWebsocketHandler):  # type: ignore[misc] # untyped
    """The messages between a page and its kernel. No page can send code to run."""


class Static(Guarded, MultiStaticFileHandler):  # type: ignore[misc] # untyped
    """Files of the program: kept by a browser for long if their address says the version."""

    def get_absolute_path(self, root: str, path: str) -> str:
        """The file in the first folder that has it."""
        found: str = super().get_absolute_path(root, path)
        if not Path(found).is_file():
            raise HTTPError(404)
        return found

    def set_extra_headers(self, path: str) -> None:
        """Only in the browser's own cache, and asked again unless versioned."""
        kept = (
            f"private, max-age={A_YEAR}, immutable"
            if self.get_query_argument("v", "")
            else "private, no-cache"
        )
        self.set_header("Cache-Control", kept)


def is_extension_file(names: tuple[str, ...]) -> str:
    """A pattern of the addresses of these front-end extensions."""
    return f"((?:{'|'.join(re.escape(name) for name in names)})/.*)"
