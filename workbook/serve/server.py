"""Voila as our server: what it answers, how it starts, and how it ends."""

from __future__ import annotations

import asyncio
import logging
import re
import shutil
import signal
import tempfile
import webbrowser
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from socket import socket
from typing import Any

from tornado.httpserver import HTTPServer
from tornado.ioloop import PeriodicCallback
from tornado.netutil import bind_sockets
from tornado.web import Application
from traitlets import Bool, Float, Instance, Unicode
from traitlets.config import Config
from voila.app import Voila

import workbook
from workbook import places
from workbook.serve import extensions, kernels, pages
from workbook.serve.guard import Admission, Visitor

OWN_STATIC = Path(__file__).parent / "static"
WIDGET_ASSETS = Path(__file__).parents[1] / "widgets" / "assets"

EVERY = 5.0
"""Seconds between two looks for kernels that were left alone."""
LARGEST_MESSAGE = 256 * 1024 * 1024
"""Bytes of one message from a page: a book that is restored is sent as one."""
LARGEST_FORM = 64 * 1024
"""Bytes of what a stranger may send before it is refused."""


class PortInUse(OSError):  # noqa: N818 - named for what is the case
    """Another program listens at this port."""


class Server(Voila):  # type: ignore[misc] # untyped
    """Voila without its file, tree, contents and template addresses, and with a guard before the rest."""

    folder = Instance(Path, default_value=places.NOTEBOOKS, help="The notebooks that are shown.")
    book = Unicode(None, allow_none=True, help="The book that kernels open.")
    is_demo = Bool(False, help="Whether the book is the made-up couple's.")
    port: int
    admission: Admission
    patience = Float(kernels.PATIENCE, help="Seconds that a kernel lives without a page.")

    def __init__(self, **options: Any) -> None:
        # No configuration file of the person or of the current folder changes this server.
        super().__init__(config_file_paths=[], log_level=logging.WARNING, ip="127.0.0.1", **options)

    def initialize(self, argv: list[str] | None = None) -> None:
        """Take the settings below, and no argument of the command line."""
        config = Config(kernels.settings())
        config.VoilaConfiguration.kernel_spec_manager_class = kernels.OwnKernelSpecs
        self.update_config(config)
        super().initialize(argv or [])

    def _handle_signal_stop(self, *_: object) -> None:
        """What Voila does at SIGTERM; until the server answers there is no loop to stop."""
        raise KeyboardInterrupt

    def setup_template_dirs(self) -> None:
        """Our own template stands alone; of Voila's, only the static files are served."""
        self.template_paths: list[str] = []
        self.static_paths = [str(WIDGET_ASSETS), str(OWN_STATIC), str(extensions.voila_static())]

    def init_settings(self) -> dict[str, Any]:
        """Voila's settings, with ours over them."""
        settings: dict[str, Any] = super().init_settings()
        self.config_manager.read_config_path = []
        self.backstop = kernels.Backstop(self.kernel_manager, self.patience)
        return settings | {
            "admission": self.admission,
            "identity_provider": Visitor(parent=self, token=self.admission.token),
            "backstop": self.backstop,
            "version": workbook.__version__,
            "allow_remote_access": False,
            "compress_response": True,
            "xsrf_cookie_name": self.admission.form_cookie_name,
            "xsrf_cookie_kwargs": {"path": self.base_url, "samesite": "Strict", "httponly": True},
            "websocket_max_message_size": LARGEST_MESSAGE,
            "ws_ping_interval": 0,  # the browser is on this machine: a closed connection is noticed at once
            "log_function": lambda _: None,
            "default_handler_class": pages.NotFound,
        }

    def init_handlers(self) -> list[Any]:
        """Every address that there is."""
        base = re.escape(self.base_url)
        page = {"folder": self.folder, "leave_to": self.leave_to, "kernel_env": self._kernel_env}
        known = tuple(extensions.NEEDED)
        extension_files = {"paths": [str(extensions.folder(name)) for name in known]}
        return [
            (f"{base}health", pages.Health),
            (f"{base}login", pages.Login),
            (f"{base}api/kernels/{pages.KERNEL_ID}", pages.Kernel),
            (f"{base}api/kernels/{pages.KERNEL_ID}/channels", pages.Channels),
            (f"{base}voila/api/shutdown/{pages.KERNEL_ID}", pages.EndKernel),
            (f"{base}voila/static/(.*)", pages.Static, {"paths": self.static_paths}),
            (f"{base}voila/labextensions/{pages.is_extension_file(known)}", pages.Static, extension_files),
            (base, pages.Page, page),
            (f"{base}{pages.STEM}", pages.Page, page),
        ]

    def leave_to(self) -> str:
        """Where "Leave this page" goes: what the book says, which may change while this runs."""
        from workbook.book import StoreError, open_store

        try:
            with closing(open_store(self.book)) as store:
                chosen = store.setting("leave_to") or ""
        except StoreError:
            return places.NEUTRAL_SITE
        return chosen if chosen.startswith(("https://", "http://")) else places.NEUTRAL_SITE

    def _kernel_env(self) -> dict[str, str]:
        demo = {"WORKBOOK_DEMO": "1"} if self.is_demo else {}
        return kernels.environment(self.book, self.scratch, WORKBOOK_SERVED="1", **demo)

    def serve(self, announce: Callable[[str], None]) -> None:
        """Listen until SIGTERM or Ctrl-C. Raises PortInUse.

        announce: told the address with its token, once the server answers.
        """
        sockets = listening(self.port)
        self.port = sockets[0].getsockname()[1]
        self.admission = Admission(port=self.port, base_url=self.base_url)
        self.connection_dir = kernels.folder_for_sockets()
        self.scratch = tempfile.mkdtemp(prefix="workbook-")
        try:
            asyncio.run(self._answer(sockets, announce))
        finally:
            shutil.rmtree(self.connection_dir, ignore_errors=True)
            shutil.rmtree(self.scratch, ignore_errors=True)

    async def _answer(self, sockets: list[socket], announce: Callable[[str], None]) -> None:
        ended = asyncio.Event()
        stop_at_signals(ended)
        self.app = Application(**self.init_settings())
        self.app.add_handlers(".*$", self.init_handlers())
        server = HTTPServer(self.app, max_body_size=LARGEST_FORM, max_buffer_size=LARGEST_MESSAGE)
        server.add_sockets(sockets)
        watch = PeriodicCallback(self.backstop.sweep, min(EVERY, self.patience) * 1000)
        watch.start()
        self._open(announce)
        await ended.wait()
        watch.stop()
        await self.kernel_manager.shutdown_all()

    def _open(self, announce: Callable[[str], None]) -> None:
        announce(self.admission.address(self.admission.token))
        if self.open_browser:
            address = self.admission.address(self.admission.one_use_token())
            asyncio.get_running_loop().run_in_executor(None, webbrowser.open, address)


def listening(port: int) -> list[socket]:
    """Sockets at a port of this machine alone; any free one at 0. Raises PortInUse."""
    try:
        return bind_sockets(port, "127.0.0.1")
    except OSError as error:
        raise PortInUse(f"Port {port} can't be used: {error.strerror}.") from error


def stop_at_signals(ended: asyncio.Event) -> None:
    """Set the event at SIGTERM and Ctrl-C."""
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: loop.call_soon_threadsafe(ended.set))


def serve_book(book: str, announce: Callable[[str], None], **options: Any) -> None:
    """Serve a book until SIGTERM or Ctrl-C. Raises PortInUse.

    announce: told the address once the server answers; options: traits of `Server`.
    """
    server = Server(book=book, **options)
    server.initialize()
    server.serve(announce)
