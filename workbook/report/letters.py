"""Which characters the fonts of this computer can draw, and what becomes of those that they can't."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING

from workbook.charts.wording import plain

if TYPE_CHECKING:
    from typst import Fonts

FIRST_CHOICES = ("Libertinus Serif", "Noto Serif", "DejaVu Sans", "Noto Sans", "Arial", "Segoe UI")
"""The first one comes with typst; the others are tried before whatever else a system has."""
_NO_LETTERS = ("last resort", "lastresort", "blank", "wingdings", "webdings", "symbol", "math")
"""Parts of the names of fonts whose glyphs are boxes, blanks or signs in the place of letters."""
_MISSING = re.compile(r'the text `"((?:[^"\\]|\\.)*)"` could not be displayed')
_ESCAPE = re.compile(r"\\u\{([0-9a-f]+)\}|\\(.)")
_LEFT_OVER = re.compile("[\u200c\u200d\ufe00-\ufe0f\U000e0020-\U000e007f]")
_PROBE = (
    '#set document(title: "x", date: none)\n'
    "#set text(font: json(bytes(sys.inputs.fonts)), fallback: false)\n"
    "#json(bytes(sys.inputs.text))"
)


@cache
def fonts() -> Fonts:
    """The fonts that come with typst, and those of this computer."""
    from typst import Fonts

    return Fonts(include_system_fonts=True, include_embedded_fonts=True)


@cache
def families() -> tuple[str, ...]:
    """The families to draw with, the best first."""
    known = [name for name in fonts().families() if not any(part in name.lower() for part in _NO_LETTERS)]
    first = [name for name in FIRST_CHOICES if name in known]
    return (*first, *(name for name in known if name not in first))


def missing(texts: Iterable[str]) -> frozenset[str]:
    """The characters of some texts that no font here can draw."""
    characters = frozenset().union(*texts) - {" ", "\n"}
    return frozenset(_refused(" ".join(sorted(characters)))) & characters


def _refused(text: str) -> set[str]:
    """What typst names when it is asked for a page on which every character shows."""
    import json

    import typst

    inputs = {"fonts": json.dumps(families()), "text": json.dumps(text)}
    try:
        typst.compile(
            _PROBE.encode(), format="pdf", pdf_standards="ua-1", font_paths=fonts(), sys_inputs=inputs
        )
    except typst.TypstError as error:
        named = _MISSING.findall(error.diagnostic)
        return set("".join(_unescaped(each) for each in named)) or set(text)
    return set()


def _unescaped(text: str) -> str:
    return _ESCAPE.sub(lambda found: chr(int(found[1], 16)) if found[1] else found[2], text)


def readable(text: str, lacking: frozenset[str]) -> str | None:
    """The text without what controls other text, and with signs that can't be drawn named: "[red heart]".

    lacking: as from `missing`. None where a letter can't be drawn: then the text can't be read.
    """
    lines = "\n".join(plain(line) for line in text.splitlines()).strip()
    if not lacking.intersection(lines):
        return lines
    if any(unicodedata.category(each)[0] in "LMN" for each in lacking.intersection(lines)):
        return None
    named = (f"[{unicodedata.name(each, 'sign').lower()}]" if each in lacking else each for each in lines)
    return _LEFT_OVER.sub("", "".join(named))
