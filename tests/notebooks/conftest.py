"""The made-up couple's book to run notebooks on, and nothing of the person who runs the tests."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest

from tests.conftest import ROOT
from workbook import places
from workbook.book import Store, sample
from workbook.store import Vault
from workbook.store.hardness import LOWEST

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Folders of the system, for this process and for those that it starts."""
    for name in ("XDG_STATE_HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "IPYTHONDIR", "JUPYTER_CONFIG_DIR"):
        monkeypatch.setenv(name, str(tmp_path / name.lower()))


@pytest.fixture(scope="session")
def written_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A book that each test copies, because writing one takes four passphrases."""
    folder = tmp_path_factory.mktemp("written-once")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_STATE_HOME", str(folder / "state"))
        sample.write_sample(folder / "book.db")
    return folder / "book.db"


@pytest.fixture
def run(tmp_path: Path, written_once: Path) -> Run:
    """Run a shipped notebook by nbval, with cells added after its first code cell and at its end."""

    def run_one(
        name: str, after_show: str = "", at_end: str = "", book: Callable[[Path], None] | None = None
    ) -> subprocess.CompletedProcess[str]:
        if book:
            book(tmp_path / "book.db")
        else:
            shutil.copy(written_once, tmp_path / "book.db")
        _copy_with_checks(name, tmp_path, after_show, at_end)
        (tmp_path / "pytest.ini").write_text("[pytest]\n", encoding="utf-8")
        options = ["-c", "pytest.ini", "-p", "no:cacheprovider", "--nbval-lax", "--nbval-current-env"]
        environment = {
            "PYTHONPATH": str(ROOT),
            "WORKBOOK_BOOK": str(tmp_path / "book.db"),
            "WORKBOOK_LAB": "1",
        }
        return subprocess.run(
            [sys.executable, "-m", "pytest", *options, name],
            cwd=tmp_path,
            env={**os.environ, **environment},
            check=False,
            capture_output=True,
            text=True,
        )

    return run_one


def empty_book(where: Path) -> None:
    """Write Robin's book in which nothing stands yet."""
    store = Store(Vault.open(where, hardness=LOWEST))
    store.create_member("Robin", sample.PASSPHRASE)
    store.close()


def _copy_with_checks(name: str, folder: Path, after_show: str, at_end: str) -> None:
    book = nbformat.read(places.NOTEBOOKS / name, as_version=4)
    show = next(place for place, cell in enumerate(book.cells) if cell.cell_type == "code")
    if after_show:
        book.cells.insert(show + 1, nbformat.v4.new_code_cell(after_show))
    if at_end:
        book.cells.append(nbformat.v4.new_code_cell(at_end))
    nbformat.write(book, folder / name)
