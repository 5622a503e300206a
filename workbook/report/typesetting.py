"""Notes -> one page: a tagged PDF, and a picture of exactly that page. Nothing of it touches the disk."""

from __future__ import annotations

import json
import unicodedata
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from workbook.report.letters import families, fonts
from workbook.report.notes import Notes, Passage

PIXELS_PER_INCH = 130
AT_ONCE = 3
"""How many things to leave out are named at most."""
_RIGHT_TO_LEFT = ("R", "AL")


class Typeset(msgspec.Struct, frozen=True):
    """One page. pdf: the file to save; picture: the same page as PNG."""

    pdf: bytes
    picture: bytes


class TooLong(ValueError):  # noqa: N818 - named for what the page is
    """It does not fit on one page, not in the smallest letters either.

    lines: about how many too many. leave_out: the ids of up to three things that it would fit without; empty
    where that is not enough.
    """

    def __init__(self, lines: int, leave_out: tuple[str, ...]) -> None:
        super().__init__(f"about {lines} lines too long for one page")
        self.lines, self.leave_out = lines, leave_out


def typeset(notes: Notes) -> Typeset:
    """Set the page in the largest letters in which it fits, from 10.5 to 8.5 points. Raises TooLong.

    By PDF/UA-1: tags, a title, a language, words beside each drawing, and no glyph that isn't there.
    """
    import typst

    page: Any = {
        "input": _template(),
        "font_paths": fonts(),
        "sys_inputs": {"notes": json.dumps(_data(notes))},
    }
    fit = json.loads(typst.query(selector="<fit>", field="value", one=True, **page))
    if fit["over"] > 0:
        raise TooLong(max(1, round(fit["over"] / fit["line"])), _enough(fit))
    pdf = typst.compile(format="pdf", pdf_standards="ua-1", **page)
    return Typeset(pdf, typst.compile(format="png", ppi=PIXELS_PER_INCH, **page))


def _enough(fit: dict[str, Any]) -> tuple[str, ...]:
    """The fewest things without which the page fits: words before a drawing, one small thing before more."""
    passages = sorted(((height, id_) for id_, height in fit["passages"]), reverse=True)
    alone = [id_ for height, id_ in passages if height >= fit["over"]]
    if alone:
        return (alone[-1],)
    for count in range(2, AT_ONCE + 1):
        if sum(height for height, _ in passages[:count]) >= fit["over"]:
            return tuple(id_ for _, id_ in passages[:count])
    drawings = sorted((height, id_) for id_, height in fit["drawings"] if height >= fit["over"])
    return tuple(id_ for _, id_ in drawings[:1])


@cache
def _template() -> bytes:
    return (Path(__file__).parent / "notes.typ").read_bytes()


def _data(notes: Notes) -> dict[str, Any]:
    parts = [
        {
            "title": part.title,
            "finding": part.finding,
            "drawing": msgspec.to_builtins(part.drawing),
            "passages": [_passage(each) for each in part.passages],
        }
        for part in notes.parts
    ]
    authors = [notes.author] if notes.author else []
    own = {"parts": parts, "authors": authors, "fonts": families()}
    return {**msgspec.to_builtins(notes), **own}


def _passage(passage: Passage) -> dict[str, Any]:
    lines = passage.words.split("\n")
    return {"id": passage.id, "label": passage.label, "lines": lines, "rtl": _is_right_to_left(passage.words)}


def _is_right_to_left(text: str) -> bool:
    """By the first letter that has a direction."""
    directions = (unicodedata.bidirectional(character) for character in text)
    first = next((each for each in directions if each in ("L", *_RIGHT_TO_LEFT)), "L")
    return first in _RIGHT_TO_LEFT
