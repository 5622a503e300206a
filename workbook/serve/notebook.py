"""A notebook as a page: its prose as HTML, its cells run in a kernel, their widgets as Voila expects them."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import nbformat
from markupsafe import Markup
from nbclient.exceptions import CellExecutionError, DeadKernelError
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath
from nbformat import NotebookNode
from voila.execute import VoilaExecutor

from workbook.serve import extensions

LAB_ONLY = "lab-only"
"""The tag of a cell that is for JupyterLab alone."""
WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"
UNWANTED_PLUGINS = ("@jupyterlab/mathjax-extension", "@jupyterlab/mathjax2-extension")
"""Users' words are text: a dollar sign starts no formula."""

log = logging.getLogger(__name__)

Cell = dict[str, Any]
FAILED: Cell = {"prose": "", "views": [], "failed": True}


def page_config(base_url: str, kernel_id: str) -> dict[str, Any]:
    """What Voila's script reads from the page; nothing of it comes from a configuration file."""
    return {
        "appUrl": "voila/",
        "baseUrl": base_url,
        "kernelId": kernel_id,
        "fullStaticUrl": f"{base_url}voila/static",
        "fullLabextensionsUrl": f"{base_url}voila/labextensions",
        "federated_extensions": extensions.listed(),
        "disabledExtensions": list(UNWANTED_PLUGINS),
        "progressiveRendering": False,
        "terminalsAvailable": False,
        "fullMathjaxUrl": "",
    }


async def run(path: Path, starting: asyncio.Task[Any]) -> AsyncIterator[Cell]:
    """Each cell as the template shows it, once it has run: `prose`, `views` (Voila's JSON) and `failed`.

    path: the notebook; starting: gives Jupyter's manager of the kernel once that is started.
    """
    page = nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]
    cells = [cell for cell in page.cells if LAB_ONLY not in cell.metadata.get("tags", [])]
    try:
        executor = VoilaExecutor(page, km=await starting, timeout=None)
        client = await executor.async_start_new_kernel_client()
    except (RuntimeError, OSError) as error:
        log.error("A kernel could not be started: %s", type(error).__name__)
        yield FAILED
        return
    try:
        for index, cell in enumerate(cells):
            shown = await _shown(executor, cell, index)
            yield shown
            if shown["failed"]:
                return
    finally:
        client.stop_channels()


async def _shown(executor: VoilaExecutor, cell: NotebookNode, index: int) -> Cell:
    if cell.cell_type == "markdown":
        return {"prose": prose(cell.source), "views": [], "failed": False}
    if cell.cell_type != "code":
        return {"prose": "", "views": [], "failed": False}
    cell.outputs = []
    try:
        await executor.async_execute_cell(cell, index, store_history=False)
    except (CellExecutionError, DeadKernelError, TimeoutError) as error:
        # Only the kind: what went wrong may quote what someone wrote.
        log.error("A page could not be shown: %s", getattr(error, "ename", type(error).__name__))
        return FAILED
    return {"prose": "", "views": views(cell.outputs), "failed": False}


def prose(source: str) -> Markup:
    """A Markdown cell as HTML. HTML in it is shown as text."""
    renderer = IPythonRenderer(escape=True, exclude_anchor_links=True)
    return Markup(MarkdownWithMath(renderer=renderer).render(source))  # noqa: S704 - escaped by the renderer


def views(outputs: list[NotebookNode]) -> list[Markup]:
    """The widgets among a cell's outputs, as JSON that may stand inside a script element."""
    return [
        Markup(_json({**output, "trusted": True}))  # noqa: S704 - "<" is escaped
        for output in outputs
        if WIDGET_VIEW in output.get("data", {})
    ]


def _json(value: object) -> str:
    return json.dumps(value).replace("<", "\\u003c")
