"""The section "How to add a step" of CONTRIBUTING.md, followed word by word in a copy of the repository."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.conftest import ROOT, Served

STEP = re.compile(r"\*\*\d\. [^*]+\*\* In `([^`]+)`[^\n]*:\n\n```\w+\n(.*?)```", re.DOTALL)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of what a contributor changes."""
    for name in ("workbook", "data", "notebooks"):
        shutil.copytree(ROOT / name, tmp_path / "copy" / name, ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path / "copy"


def follow(copy: Path) -> None:
    """Do what the section says."""
    section = (
        (ROOT / ".github" / "CONTRIBUTING.md")
        .read_text(encoding="utf-8")
        .partition("## How to add a step")[2]
    )
    pieces = STEP.findall(section)
    assert [name for name, _ in pieces] == [
        "workbook/entries.py",
        "data/content/en/thanks.toml",
        "workbook/steps/thanks.py",
    ]
    (entries, kind), *files = pieces
    source = (copy / entries).read_text(encoding="utf-8")
    (copy / entries).write_text(source.replace("\nKINDS", f"\n{kind}\n\nKINDS", 1), encoding="utf-8")
    for name, text in files:
        (copy / name).write_text(text, encoding="utf-8")
    run(copy, "-m", "workbook.steps.notebooks")


def run(copy: Path, *arguments: str) -> None:
    """Run Python in the copy."""
    environment = {"PYTHONPATH": str(copy), "PATH": "/usr/bin:/bin", "HOME": str(copy.parent)}
    subprocess.run([sys.executable, *arguments], cwd=copy, env=environment, check=True)


def test_a_fourteenth_step_stands_in_the_book_and_alone(
    copy: Path, serve: Callable[..., Served], browser: Browser
) -> None:
    follow(copy)
    served = serve(cwd=copy, env={"PYTHONPATH": str(copy)})
    page = browser.new_page()
    page.goto(f"{served.address}#thanks")
    page.get_by_role("button", name="Just look").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Say thank you", timeout=30_000)
    page.get_by_role("textbox", name="I was glad of").fill("the tea")
    page.get_by_role("textbox", name="When", exact=True).locator("visible=true").fill("2026-03-02")
    page.get_by_role("button", name="Save thanks").click()
    expect(page.get_by_role("heading", name="the tea")).to_be_visible()
    page.goto(f"{served.base}14-thanks")
    expect(page.get_by_role("heading", level=1)).to_have_text("Say thank you", timeout=30_000)
    page.close()


def test_its_notebook_passes_nbval_and_it_goes_without_a_trace(copy: Path) -> None:
    follow(copy)
    run(copy, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--nbval-lax", "notebooks/14-thanks.ipynb")
    for name in ("data/content/en/thanks.toml", "workbook/steps/thanks.py", "notebooks/14-thanks.ipynb"):
        (copy / name).unlink()
    (copy / "workbook/entries.py").write_text((ROOT / "workbook/entries.py").read_text(encoding="utf-8"))
    run(copy, "-m", "workbook.steps.notebooks")
    made, shipped = (
        {path.name: path.read_bytes() for path in (folder / "notebooks").glob("*.ipynb")}
        for folder in (copy, ROOT)
    )
    assert made == shipped
