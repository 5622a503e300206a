"""The front-end extensions that a page needs, and no other that is installed beside them."""

from __future__ import annotations

import json
import sys
from functools import cache
from importlib.metadata import files
from pathlib import Path

NEEDED = {
    "@voila-dashboards/widgets-manager8": "voila",
    "@jupyter-widgets/jupyterlab-manager": "jupyterlab_widgets",
    "anywidget": "anywidget",
}
"""Each with the distribution that brings it."""


@cache
def folder(name: str) -> Path:
    """The folder that holds the folder of an extension, as its distribution was installed.

    A person's own Jupyter folders come before it in Jupyter's search, so it isn't searched for.
    """
    manifest = shipped(NEEDED[name], f"labextensions/{name}/package.json")
    return manifest.parents[len(Path(name).parts)]


@cache
def voila_static() -> Path:
    """The folder of Voila's own script and its parts."""
    return shipped("voila", "templates/base/static/voila.js").parent


def shipped(distribution: str, ending: str) -> Path:
    """The file of an installed distribution whose path ends so. Raises FileNotFoundError."""
    for file in files(distribution) or ():
        if file.as_posix().endswith(ending):
            return Path(str(file.locate())).resolve()
    found = next(Path(sys.prefix, "share", "jupyter").glob(f"**/{ending}"), None)
    if found is None:
        raise FileNotFoundError(f"{distribution} is not fully installed: {ending} is missing")
    return found


@cache
def listed() -> list[dict[str, str]]:
    """What Voila's script is told of each: its name, what to load, and its entry."""
    return [_entry(name) for name in NEEDED]


def _entry(name: str) -> dict[str, str]:
    manifest = json.loads((folder(name) / name / "package.json").read_text(encoding="utf-8"))
    return {"name": name, **manifest["jupyterlab"]["_build"]}
