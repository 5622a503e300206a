"""Kernels: what starts one, where it leaves no trace, and when it is ended."""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from subprocess import DEVNULL
from typing import Any
from uuid import uuid4

from jupyter_client.kernelspec import KernelSpec, KernelSpecManager
from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager, ServerKernelManager
from traitlets.config import Config

NAME = "python3"
ARGV = [
    sys.executable,
    "-m",
    "ipykernel_launcher",
    "-f",
    "{connection_file}",
    "--HistoryManager.enabled=False",
    "--InteractiveShellApp.exec_PYTHONSTARTUP=False",
]
PATIENCE = 30.0
"""Seconds that a kernel lives without a page."""
GRACE = 1.0
"""Seconds that a kernel may take to end: half of them after it is asked to, half after SIGTERM.

Then it is killed: what it was writing is either in the book or not at all.
"""
LONGEST_SOCKET_PATH = 100
"""Bytes that the path of a socket may have everywhere, less a few: macOS allows 104."""


class SilentKernel(ServerKernelManager):
    """A kernel that prints nothing to the terminal: what it would say of a failure may be private."""

    async def _async_launch_kernel(self, kernel_cmd: list[str], **options: Any) -> None:
        await super()._async_launch_kernel(kernel_cmd, **{**options, "stdout": DEVNULL, "stderr": DEVNULL})


class OwnKernelSpecs(KernelSpecManager):
    """The one kernel that there is: this Python, without history, whatever a notebook asks for."""

    def find_kernel_specs(self) -> dict[str, str]:
        """The name of the one kernel."""
        return {NAME: ""}

    def get_kernel_spec(self, kernel_name: str) -> KernelSpec:
        """The one kernel, under any name."""
        return KernelSpec(argv=ARGV, display_name="Python 3", language="python", name=kernel_name)

    def get_all_specs(self) -> dict[str, Any]:
        """The one kernel as Jupyter's interface lists it."""
        return {NAME: {"resource_dir": "", "spec": self.get_kernel_spec(NAME).to_dict()}}


def settings() -> Config:
    """How kernels are kept: over sockets in a private folder, and never restarted behind a page's back."""
    config = Config()
    config.MultiKernelManager.kernel_manager_class = f"{__name__}.{SilentKernel.__name__}"
    config.KernelManager.transport = "tcp" if sys.platform == "win32" else "ipc"
    config.KernelManager.shutdown_wait_time = GRACE
    # A restarted kernel is empty and its page looks alive; at a limit of 0 the page is told "dead".
    config.KernelRestarter.restart_limit = 0
    config.ZMQChannelsWebsocketConnection.limit_rate = False  # it drops a page with large charts
    return config


def folder_for_sockets() -> str:
    """A new private folder for connection files, with a path short enough for sockets."""
    usual = tempfile.gettempdir()
    longest = Path(usual, "workbook-12345678", f"kernel-{uuid4()}-ipc-5")
    parent = "/tmp" if len(os.fsencode(longest)) > LONGEST_SOCKET_PATH else usual  # noqa: S108 - mkdtemp is private
    return tempfile.mkdtemp(prefix="workbook-", dir=parent)


def environment(book: str | None, scratch: str, **more: str) -> dict[str, str]:
    """The environment of a kernel: the book by its name, and a throw-away folder for IPython."""
    named = {} if book is None else {"WORKBOOK_BOOK": book}
    return {**os.environ, **more, **named, "IPYTHONDIR": scratch}


async def start(kernels: AsyncMappingKernelManager, kernel_id: str, folder: Path, env: dict[str, str]) -> Any:
    """Start a kernel under an id. Returns Jupyter's manager of that one kernel."""
    await kernels.start_kernel(kernel_id=kernel_id, kernel_name=NAME, cwd=str(folder), env=env)
    return kernels.get_kernel(kernel_id)


async def end(kernels: AsyncMappingKernelManager, kernel_id: str) -> None:
    """End a kernel, if there still is one under this id."""
    if kernel_id in kernels:
        await kernels.shutdown_kernel(kernel_id)  # type: ignore[no-untyped-call]


class Backstop:
    """Ends kernels that no page is connected to: a browser that is killed says no goodbye."""

    def __init__(
        self,
        kernels: AsyncMappingKernelManager,
        patience: float = PATIENCE,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """patience: seconds without a page."""
        self._kernels = kernels
        self._patience = patience
        self._clock = clock
        self._alone_since: dict[str, float] = {}
        self.opening: set[str] = set()
        """Kernels whose page is still being sent."""

    async def sweep(self) -> None:
        """End what has been alone for too long. To be called every few seconds."""
        now = self._clock()
        alone = {kernel_id for kernel_id in self._kernels.list_kernel_ids() if self._is_alone(kernel_id)}
        self._alone_since = {kernel_id: self._alone_since.get(kernel_id, now) for kernel_id in alone}
        for kernel_id, since in list(self._alone_since.items()):
            # Ending one takes a moment, in which a page may have come back to the next.
            if now - since > self._patience and self._is_alone(kernel_id):
                await end(self._kernels, kernel_id)

    def _is_alone(self, kernel_id: str) -> bool:
        if kernel_id in self.opening or kernel_id not in self._kernels:
            return False
        model: dict[str, Any] = self._kernels.kernel_model(kernel_id)  # type: ignore[no-untyped-call]
        return not model["connections"]
