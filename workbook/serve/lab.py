"""JupyterLab on copies of the notebooks, run so that it keeps nothing of what was typed."""

from __future__ import annotations

import os
import shutil
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

from platformdirs import user_documents_path

from workbook import places
from workbook.serve import kernels, lab_config
from workbook.serve.copies import copy_notebooks
from workbook.serve.guard import new_secret
from workbook.serve.server import listening


def default_folder() -> Path:
    """Where the copies are if nobody says where: among one's documents."""
    return user_documents_path() / "workbook-notebooks"


def serve_lab(
    folder: Path,
    book: str,
    announce: Callable[[str], None],
    port: int,
    open_browser: bool,
    is_demo: bool = False,
) -> None:
    """Run JupyterLab until SIGTERM or Ctrl-C. Raises PortInUse, or OSError where copies can't be written.

    announce: told the address once the server answers. is_demo: whether the book is the made-up couple's.
    """
    port = _free(port)
    copy_notebooks(places.NOTEBOOKS, folder)
    scratch = Path(kernels.folder_for_sockets())
    os.environ.update(lab_config.environment(book, scratch, is_demo))
    try:
        token = new_secret()
        address = f"http://127.0.0.1:{port}/lab?token={token}"
        config = lab_config.settings(folder, scratch, port, token, open_browser)
        _run(config, answering=lambda: announce(address))
    finally:
        _forget(scratch)


def _free(port: int) -> int:
    """The port, or any free one for 0."""
    sockets = listening(port)
    chosen: int = sockets[0].getsockname()[1]
    for one in sockets:
        one.close()
    return chosen


def _run(config: Any, answering: Callable[[], None]) -> None:
    from jupyterlab.labapp import LabApp  # after the environment, which it reads when it is imported

    server = LabApp.initialize_server(argv=[], config=config)
    server.contents_manager.register_pre_save_hook(lab_config.strip_outputs)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: server.stop(from_signal=True))
    server.io_loop.add_callback(answering)
    server.start()


def _forget(scratch: Path) -> None:
    from jupyter_core.paths import jupyter_config_dir

    shutil.rmtree(scratch, ignore_errors=True)
    shutil.rmtree(jupyter_config_dir(), ignore_errors=True)  # the empty one that JUPYTER_NO_CONFIG makes
