"""Step 5, rule out violence: sentences to read alone, advice for everyone, people to call. Never recorded."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from workbook import helplines
from workbook.helplines import Helpline
from workbook.steps.page import Page, page
from workbook.widgets import Safety

PARTS = ("sentences", "advice", "numbers", "devices")


@page("safety", part="own", number=5, traceless=True)
def safety(p: Page) -> None:
    """Everyone is shown the same, and nothing that is done here leaves the browser."""
    p.opening()
    words = {part: p.text[part] for part in PARTS}
    p.add(Safety(words, *numbers(words["numbers"])))


def numbers(words: dict[str, str]) -> tuple[list[dict[str, Any]], list[str]]:
    """The people to call, by country, and in words what the file had to leave out."""
    found = helplines.read()
    left = [words["left"].format(line=each.line, why=each.why) for each in found.left]
    return _countries(found.lines, words), left


def _countries(lines: Iterable[Helpline], words: dict[str, str]) -> list[dict[str, Any]]:
    """The lines of each country, countries by name, lines as the file has them."""
    by_code: dict[str, list[dict[str, str]]] = {}
    for line in lines:
        by_code.setdefault(line.country, []).append(_said(line, words))
    named = [{"code": code, "name": helplines.country(code), "lines": said} for code, said in by_code.items()]
    return sorted(named, key=lambda each: str(each["name"]))


def _said(line: Helpline, words: dict[str, str]) -> dict[str, str]:
    return {
        "name": line.name,
        "serves": words["serves"].format(serves=line.serves) if line.serves else "",
        "number": line.number,
        "text_line": line.text_line,
        "site": line.site,
        "source": _source(line, words),
    }


def _source(line: Helpline, words: dict[str, str]) -> str:
    """Where a line is from and of when; where that isn't known, that it isn't."""
    date = helplines.dated(line)
    if line.source:
        return words["source_dated" if date else "source_undated"].format(source=line.source, date=date)
    return words["only_dated" if date else "unsourced"].format(date=date)
