"""People's words on a chart: made harmless, and broken into the lines that a column has room for.

Widths are estimated. The page that shows the chart chooses the font, so none can be measured here.
"""

import unicodedata

ELLIPSIS = "…"
_NARROW = frozenset("fijlrtI.,:;!|'’‘()[] -")
_BROAD = frozenset("mwMW@%&—")
_JOINER = "\u200d"
_INVISIBLE_BUT_NEEDED = frozenset({"\u200c", _JOINER})


def plain(text: str) -> str:
    """The text on one line, without what controls a terminal, a parser or the direction of other text."""
    kept = (" " if character.isspace() else character for character in text if _is_harmless(character))
    return " ".join("".join(kept).split())


def wrapped(text: str, width: float, size: float, at_most: int) -> list[str]:
    """The text in up to `at_most` lines of `width` units at a font of `size`; what is cut ends in "…"."""
    lines: list[str] = []
    line = ""
    for word in plain(text).split(" "):
        for piece in _pieces(word, width, size):
            joined = f"{line} {piece.text}" if line and piece.begins_word else line + piece.text
            if line and _width(joined, size) > width:
                lines.append(line)
                joined = piece.text
            line = joined
    lines.append(line)
    if len(lines) > at_most:
        lines[at_most - 1 :] = [_shortened(lines[at_most - 1], width, size)]
    return lines


class _Piece:
    """A word, or the part of one that is too long for a line."""

    __slots__ = ("begins_word", "text")

    def __init__(self, text: str, begins_word: bool) -> None:
        self.text = text
        self.begins_word = begins_word


def _pieces(word: str, width: float, size: float) -> list[_Piece]:
    if _width(word, size) <= width:
        return [_Piece(word, True)]
    return [_Piece(cluster, index == 0) for index, cluster in enumerate(_clusters(word))]


def _shortened(line: str, width: float, size: float) -> str:
    clusters = _clusters(line)
    while clusters and _width("".join(clusters) + ELLIPSIS, size) > width:
        clusters.pop()
    return "".join(clusters).rstrip() + ELLIPSIS


def _clusters(text: str) -> list[str]:
    """The text in the units that a reader sees as one character: no accent or emoji is torn apart."""
    clusters: list[str] = []
    for character in text:
        if clusters and (
            _joins(character) or clusters[-1].endswith(_JOINER) or _is_flag(clusters[-1], character)
        ):
            clusters[-1] += character
        else:
            clusters.append(character)
    return clusters


def _joins(character: str) -> bool:
    skin_tone = "\U0001f3fb" <= character <= "\U0001f3ff"
    return skin_tone or character in _INVISIBLE_BUT_NEEDED or unicodedata.category(character).startswith("M")


def _is_flag(before: str, character: str) -> bool:
    first, second = "\U0001f1e6", "\U0001f1ff"
    return len(before) == 1 and first <= before <= second and first <= character <= second


def _is_harmless(character: str) -> bool:
    category = unicodedata.category(character)
    if category == "Cf":
        return character in _INVISIBLE_BUT_NEEDED
    return character.isspace() or category not in {"Cc", "Cs", "Cn", "Co"}


def _width(text: str, size: float) -> float:
    return size * sum(map(_advance, text))


def _advance(character: str) -> float:
    """The width of a character in a broad sans-serif font, in parts of the font's size."""
    if character in _NARROW:
        return 0.36
    if character in _BROAD:
        return 1.0
    if _joins(character):
        return 0.0
    if unicodedata.east_asian_width(character) in "WF" or ord(character) > 0xFFFF:
        return 1.2 if ord(character) > 0xFFFF else 1.0
    return 0.72 if character.isupper() else 0.61
