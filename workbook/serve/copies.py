"""Copies of the notebooks for JupyterLab. One that was edited is never overwritten."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path

RECORD = ".workbook-copied.json"
"""What was copied, as a fingerprint a name; kept in the folder of the copies."""


def copy_notebooks(source: Path, folder: Path) -> None:
    """Copy each notebook, bring unedited copies up to date, and put a newer one beside an edited one."""
    folder.mkdir(parents=True, exist_ok=True)
    record = _recorded(folder)
    for notebook in sorted(source.glob("*.ipynb")):
        beside = folder / f"{notebook.stem} (new).ipynb"
        if not _bring_up_to_date(notebook, folder / notebook.name, record):
            _bring_up_to_date(notebook, beside, record)
    (folder / RECORD).write_text(json.dumps(record, indent=1), encoding="utf-8")


def _bring_up_to_date(notebook: Path, copy: Path, record: dict[str, str]) -> bool:
    """Whether nothing is left to do: the copy is up to date, or was edited with nothing newer to offer."""
    newest, copied = fingerprint(notebook), record.get(copy.name)
    record[copy.name] = newest
    if copy.exists() and fingerprint(copy) not in (newest, copied):
        return copied == newest
    if not copy.exists() or fingerprint(copy) != newest:
        part = copy.with_suffix(".part")  # cut off half-way, a copy would look edited from then on
        shutil.copyfile(notebook, part)
        part.replace(copy)
    return True


def fingerprint(notebook: Path) -> str:
    """What a notebook says, as a SHA-256: its cells, not its layout, which JupyterLab changes."""
    raw = notebook.read_bytes()
    try:
        said = [[cell["cell_type"], "".join(cell["source"])] for cell in json.loads(raw)["cells"]]
    except (ValueError, KeyError, TypeError):
        return hashlib.sha256(raw).hexdigest()
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()


def _recorded(folder: Path) -> dict[str, str]:
    try:
        record = json.loads((folder / RECORD).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return record if isinstance(record, dict) else {}
