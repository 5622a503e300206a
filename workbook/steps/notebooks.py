"""Writes the notebooks from the list of pages: `python -m workbook.steps.notebooks`.

A notebook reads well before anything runs: the title, the purpose and why in Markdown, one code cell
that shows the page, and, for JupyterLab alone, the reader's own entries as a DataFrame.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from workbook import content, places
from workbook.steps.page import PageSpec, pages

Cell = dict[str, Any]
LAB_ONLY = "lab-only"
"""The tag of a cell that the served app neither shows nor runs."""

FRAMES = {
    "accountability": "LoopCheck",
    "commitment": "Plan",
    "homework": "AssignmentLog",
    "budget": "FeePlan",
    "timing": "Talk",
    "trial": "Trial",
    "therapist": "Candidate",
    "stigma": "Thought",
    "alternatives": "AlternativeTry",
    "invitation": "Invitation",
    "progress": "GoalRating",
    "journal": "Reflection",
    "charts": "Reflection",
}
"""Which of the reader's own entries a page's notebook shows as a DataFrame."""


def notebooks() -> dict[str, str]:
    """File name -> text of every notebook there should be."""
    made = {spec.notebook: _notebook(_of_page(spec)) for spec in pages()}
    made["workbook.ipynb"] = _notebook(_of_book())
    made["explore.ipynb"] = _notebook(_of_exploring())
    return made


def write(folder: Path = places.NOTEBOOKS) -> None:
    """Write every notebook into the folder."""
    for name, text in notebooks().items():
        (folder / name).write_text(text, encoding="utf-8")


def _of_page(spec: PageSpec) -> list[Cell]:
    prose = content.prose(spec.name)
    why = f"\n\n**Why this helps.** {prose['why'].strip()}" if prose.get("why") else ""
    source = f"\n\n*{prose['source']}*" if prose.get("source") else ""
    names = "frame, show" if spec.name in FRAMES else "show"
    cells = [
        _markdown("about", f"# {spec.title}\n\n{prose['purpose']}{why}{source}"),
        _code("show", f'from workbook import {names}\n\nshow("{spec.name}")'),
    ]
    if spec.name in FRAMES:
        cells.append(_code("frame", f'frame("{FRAMES[spec.name]}").tail()', LAB_ONLY))
    return cells


def _of_book() -> list[Cell]:
    intro = (
        "# Workbook\n\nThe whole book. Run the cell below, or choose *Run All Cells* in the *Run* menu. "
        "Then its pages are in the list at the side."
    )
    return [_markdown("about", intro, LAB_ONLY), _code("show", "from workbook import show\n\nshow()")]


def _of_exploring() -> list[Cell]:
    """The reader's own entries, a few lines of pandas at a time."""
    prose = content.prose("explore")
    cells = [
        _markdown("about", f"# {prose['title']}\n\n{prose['purpose']}"),
        _code("show", prose["show"].strip()),
    ]
    for number, step in enumerate(prose["steps"], start=1):
        cells += [_markdown(f"ask-{number}", step["ask"]), _code(f"answer-{number}", step["code"].strip())]
    return cells


def _markdown(name: str, text: str, *tags: str) -> Cell:
    return {"cell_type": "markdown", "id": name, "metadata": _tagged(tags), "source": _lines(text)}


def _code(name: str, text: str, *tags: str) -> Cell:
    empty: dict[str, Any] = {"execution_count": None, "outputs": []}
    return {"cell_type": "code", "id": name, "metadata": _tagged(tags), "source": _lines(text), **empty}


def _tagged(tags: tuple[str, ...]) -> dict[str, Any]:
    return {"tags": list(tags)} if tags else {}


def _lines(text: str) -> list[str]:
    return text.splitlines(keepends=True)


def _notebook(cells: list[Cell]) -> str:
    kernel = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
    metadata = {"kernelspec": kernel, "language_info": {"name": "python"}, "title": "Workbook"}
    book = {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(book, indent=1, ensure_ascii=False, sort_keys=True) + "\n"


if __name__ == "__main__":
    write()
