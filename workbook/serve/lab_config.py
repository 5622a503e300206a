"""How JupyterLab is run: nothing of what was typed or shown stays in a file, and nothing calls home."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from traitlets.config import Config

from workbook import places
from workbook.serve import kernels

OVERRIDES = {
    "@jupyter-widgets/jupyterlab-manager:plugin": {"saveState": False},
    "@jupyterlab/apputils-extension:notification": {
        "fetchNews": "false",
        "checkForUpdates": False,
        "doNotDisturbMode": True,
    },
    "@jupyterlab/extensionmanager-extension:plugin": {"enabled": False},
    "@jupyterlab/notebook-extension:tracker": {"kernelShutdown": True},  # closing its tab locks the book
}
"""JupyterLab's own settings, under the names that it gives them."""
PAGE = {
    "disabledExtensions": {"@voila-dashboards/jupyterlab-preview": True},  # a Voila without our guard
    "fullMathjaxUrl": "",  # it is on the internet; JupyterLab brings its own
}
"""What JupyterLab's page is told beyond its own."""


def strip_outputs(model: dict[str, Any], path: str, **_: object) -> None:
    """Drop outputs, counts and widget states from a notebook before it is saved.

    model: as Jupyter's contents service hands it over; path: where it will be saved.
    """
    content = model.get("content")
    if model.get("type") == "notebook" and isinstance(content, dict):
        _strip(content)
    elif path.endswith(".ipynb") and isinstance(content, str):
        model["content"] = _stripped_text(content)


def _stripped_text(text: str) -> str:
    """A notebook that is edited as a plain file; text that is no notebook stays as it is."""
    try:
        notebook = json.loads(text)
        _strip(notebook)
    except (ValueError, TypeError, AttributeError):
        return text
    return json.dumps(notebook, indent=1, ensure_ascii=False) + "\n"


def _strip(notebook: dict[str, Any]) -> None:
    notebook.get("metadata", {}).pop("widgets", None)
    for cell in notebook.get("cells", []):
        cell.get("metadata", {}).pop("execution", None)  # when each cell was run
        if cell.get("cell_type") == "code":
            cell["outputs"] = []
            cell["execution_count"] = None


def settings(folder: Path, scratch: Path, port: int, token: str, open_browser: bool) -> Config:
    """JupyterLab's configuration.

    folder: the notebooks it shows; scratch: a folder that is gone afterwards.
    """
    config = kernels.settings()
    config.ServerApp.update(_server(folder, port), open_browser=open_browser)
    config.IdentityProvider.token = token
    config.Application.log_level = "WARN"
    config.NotebookNotary.db_file = ":memory:"
    config.LabApp.update(_lab(scratch))
    return config


def _server(folder: Path, port: int) -> dict[str, Any]:
    return {
        "ip": "127.0.0.1",
        "port": port,
        "port_retries": 0,
        "root_dir": str(folder),
        "allow_root": True,
        "kernel_spec_manager_class": kernels.OwnKernelSpecs,
    }


def _lab(scratch: Path) -> dict[str, Any]:
    from jupyterlab.handlers.announcements import NeverCheckForUpdate

    own = places.user_data() / "lab"
    app_settings = scratch / "settings"
    app_settings.mkdir()
    for name, content in (("overrides.json", OVERRIDES), ("page_config.json", PAGE)):
        (app_settings / name).write_text(json.dumps(content), encoding="utf-8")
    return {
        "app_settings_dir": str(app_settings),
        "user_settings_dir": str(own / "user-settings"),
        "workspaces_dir": str(own / "workspaces"),
        "news_url": None,
        "check_for_updates_class": NeverCheckForUpdate,
        "extension_manager": "readonly",
    }


def environment(book: str, scratch: Path, is_demo: bool = False) -> dict[str, str]:
    """The environment of JupyterLab and its kernels, without the person's own Jupyter folders."""
    demo = {"WORKBOOK_DEMO": "1"} if is_demo else {}
    return demo | {
        "WORKBOOK_BOOK": book,
        "WORKBOOK_LAB": "1",
        "IPYTHONDIR": str(scratch),
        "JUPYTER_NO_CONFIG": "1",
        "JUPYTER_DATA_DIR": str(scratch / "data"),
        "JUPYTER_RUNTIME_DIR": str(scratch),
    }
