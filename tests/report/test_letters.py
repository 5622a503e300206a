"""Which letters can be drawn: those that can't are said, and never come out as boxes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen

from tests.report.conftest import glyphs_of, page_of, text_of
from workbook.report import Part, Passage, letters, missing, readable, typeset

NOWHERE = "\U00012000"
"""A cuneiform sign; a font with it is rarer than a clay tablet."""


@pytest.fixture
def chinese(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A font with two Chinese characters among this user's own fonts."""
    folder = tmp_path / ".local" / "share" / "fonts"
    folder.mkdir(parents=True)
    write_font(folder / "chinese.ttf", "字典")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / ".local" / "share"))
    forget()
    yield
    forget()


def forget() -> None:
    """Look for fonts anew."""
    letters.fonts.cache_clear()
    letters.families.cache_clear()


def write_font(where: Path, characters: str) -> None:
    """A font in which each of the characters is a square of its own."""
    pen = TTGlyphPen(None)
    for point, draw in zip(
        [(0, 0), (0, 800), (800, 800), (800, 0)], [pen.moveTo, *[pen.lineTo] * 3], strict=True
    ):
        draw(point)
    pen.closePath()
    square, names = pen.glyph(), [".notdef", *(f"sign{place}" for place in range(len(characters)))]
    font = FontBuilder(1000, isTTF=True)
    font.setupGlyphOrder(names)
    font.setupCharacterMap(dict(zip(map(ord, characters), names[1:], strict=True)))
    font.setupGlyf(dict.fromkeys(names, square))
    font.setupHorizontalMetrics(dict.fromkeys(names, (900, 0)))
    font.setupHorizontalHeader(ascent=800, descent=-200)
    font.setupNameTable({"familyName": "Two Signs", "styleName": "Regular", "psName": "TwoSigns"})
    font.setupOS2()
    font.setupPost()
    font.save(where)


def test_ordinary_letters_are_never_missing() -> None:
    assert missing(["Naïve café – “yes” … ½ €5 ✓ Ωя אב"]) <= {"✓"}


def test_what_no_font_has_is_named_and_nothing_else() -> None:
    assert missing([f"Two {NOWHERE} words", "z\u0301"]) == {NOWHERE}


def test_a_text_with_a_letter_that_no_font_has_is_not_readable() -> None:
    assert readable(f"A {NOWHERE}", missing([NOWHERE])) is None


def test_a_sign_that_no_font_has_is_named_in_words() -> None:
    family = "Us: \U0001f468\u200d\U0001f469\ufe0f!"
    assert readable(family, frozenset("\U0001f468\U0001f469")) == "Us: [man][woman]!"


def test_what_controls_other_text_is_taken_out_and_lines_stay() -> None:
    assert readable("a\u202eb\x00\r\n\tc  d\n", frozenset()) == "ab\nc d"


@pytest.mark.usefixtures("chinese")
def test_chinese_is_written_where_a_font_has_it_and_said_where_none_has() -> None:
    lacking = missing(["字典 書"])
    assert lacking == {"書"}
    assert readable("字典", lacking) == "字典"
    pdf = typeset(page_of(Part(title="字典", passages=(Passage(id="1", words="典 字, and words."),)))).pdf
    assert "典字,andwords." in text_of(pdf)
    assert 0 not in glyphs_of(pdf)
