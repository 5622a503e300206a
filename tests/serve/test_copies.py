"""Copies of the notebooks: up to date, and never over someone's own work."""

from __future__ import annotations

import json
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from workbook.serve.copies import copy_notebooks


@pytest.fixture
def shipped(tmp_path: Path) -> Path:
    """What the package ships."""
    folder = tmp_path / "shipped"
    folder.mkdir()
    say(folder / "a.ipynb", "first")
    return folder


@pytest.fixture
def copies(tmp_path: Path) -> Path:
    """Where the copies go; not there yet."""
    return tmp_path / "deep" / "copies"


def say(path: Path, text: str) -> None:
    """Write a notebook with one cell."""
    nbformat.write(new_notebook(cells=[new_code_cell(text)]), path)


def said(folder: Path) -> dict[str, str]:
    """The first cell of each notebook of a folder."""
    return {
        path.name: json.loads(path.read_text())["cells"][0]["source"][0] for path in folder.glob("*.ipynb")
    }


def test_notebooks_are_copied_into_a_folder_that_is_made(shipped: Path, copies: Path) -> None:
    copy_notebooks(shipped, copies)
    assert said(copies) == {"a.ipynb": "first"}


def test_a_copy_that_was_cut_off_half_way_is_made_anew(
    shipped: Path, copies: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cut_off(source: Path, part: Path) -> None:
        part.write_bytes(source.read_bytes()[:40])
        raise OSError("cut off")

    monkeypatch.setattr("shutil.copyfile", cut_off)
    with pytest.raises(OSError, match="cut off"):
        copy_notebooks(shipped, copies)
    monkeypatch.undo()
    assert said(copies) == {}
    copy_notebooks(shipped, copies)
    assert said(copies) == {"a.ipynb": "first"}


def test_an_unedited_copy_is_brought_up_to_date(shipped: Path, copies: Path) -> None:
    copy_notebooks(shipped, copies)
    say(shipped / "a.ipynb", "second")
    copy_notebooks(shipped, copies)
    assert said(copies) == {"a.ipynb": "second"}


def test_an_edited_copy_is_kept_and_left_in_peace(shipped: Path, copies: Path) -> None:
    copy_notebooks(shipped, copies)
    say(copies / "a.ipynb", "mine")
    copy_notebooks(shipped, copies)
    assert said(copies) == {"a.ipynb": "mine"}


def test_a_newer_notebook_is_put_beside_an_edited_copy(shipped: Path, copies: Path) -> None:
    copy_notebooks(shipped, copies)
    say(copies / "a.ipynb", "mine")
    say(shipped / "a.ipynb", "second")
    copy_notebooks(shipped, copies)
    assert said(copies) == {"a.ipynb": "mine", "a (new).ipynb": "second"}


def test_neither_of_two_edited_copies_is_ever_overwritten(shipped: Path, copies: Path) -> None:
    copy_notebooks(shipped, copies)
    say(copies / "a.ipynb", "mine")
    say(shipped / "a.ipynb", "second")
    copy_notebooks(shipped, copies)
    say(copies / "a (new).ipynb", "mine too")
    for text in ("second", "third", "third", "fourth"):
        say(shipped / "a.ipynb", text)
        copy_notebooks(shipped, copies)
        assert said(copies) == {"a.ipynb": "mine", "a (new).ipynb": "mine too"}


def test_an_unedited_newer_notebook_follows_what_is_shipped(shipped: Path, copies: Path) -> None:
    copy_notebooks(shipped, copies)
    say(copies / "a.ipynb", "mine")
    for text in ("second", "third"):
        say(shipped / "a.ipynb", text)
        copy_notebooks(shipped, copies)
        assert said(copies) == {"a.ipynb": "mine", "a (new).ipynb": text}


def test_someone_elses_notebook_of_the_same_name_is_kept(shipped: Path, copies: Path) -> None:
    copies.mkdir(parents=True)
    say(copies / "a.ipynb", "mine")
    copy_notebooks(shipped, copies)
    assert said(copies) == {"a.ipynb": "mine", "a (new).ipynb": "first"}


def test_a_notebook_that_jupyterlab_only_laid_out_anew_is_unedited(shipped: Path, copies: Path) -> None:
    copy_notebooks(shipped, copies)
    notebook = json.loads((copies / "a.ipynb").read_text())
    notebook["metadata"]["language_info"] = {"name": "python"}
    (copies / "a.ipynb").write_text(json.dumps(notebook, indent=7))
    say(shipped / "a.ipynb", "second")
    copy_notebooks(shipped, copies)
    assert said(copies) == {"a.ipynb": "second"}


@pytest.mark.parametrize("damage", ["", "no json", "[]", "{}"])
def test_a_damaged_record_loses_nobodys_work(shipped: Path, copies: Path, damage: str) -> None:
    copy_notebooks(shipped, copies)
    say(copies / "a.ipynb", "mine")
    (copies / ".workbook-copied.json").write_text(damage)
    copy_notebooks(shipped, copies)
    assert said(copies)["a.ipynb"] == "mine"


def test_a_copy_that_is_no_notebook_any_more_is_kept(shipped: Path, copies: Path) -> None:
    copy_notebooks(shipped, copies)
    (copies / "a.ipynb").write_text("mine")
    say(shipped / "a.ipynb", "second")
    copy_notebooks(shipped, copies)
    assert (copies / "a.ipynb").read_text() == "mine"
