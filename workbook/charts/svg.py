"""A Figure as SVG that stands inside a page: the page's font and colours, and nobody's words as markup.

matplotlib never sees what people wrote. It draws one and the same letter in the place of each text, and the
text takes its place afterwards: so it measures no letter that its fonts lack, and that one only once.
"""

from __future__ import annotations

import hashlib
import io
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

from workbook.charts.palette import LIGHT
from workbook.charts.wording import plain

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from matplotlib.figure import Figure

_SETTINGS: Any = {"svg.fonttype": "none", "svg.hashsalt": "workbook", "svg.id": None, "path.sketch": None}
_LETTER = "x"
"""What matplotlib draws in the place of each text."""
_ONE_AT_A_TIME = threading.Lock()
"""matplotlib's settings belong to the whole process, and a figure is changed while it is drawn."""

_NAMESPACE = "http://www.w3.org/2000/svg"
_TOKENS = {colour: f"var(--chart-{token}, {colour})" for token, colour in LIGHT.items()}
_COLOUR = re.compile(r"#[0-9a-f]{6}\b")
_REFERENCE = re.compile(r"#(\w+)")
_DIGITS_TOO_MANY = re.compile(r"(?<=\.\d\d)\d+")
_FONT = re.compile(r"font-family:[^;]*")
_RIGHT_TO_LEFT = re.compile(
    r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
_GEOMETRY = ("d", "x", "y", "transform")
_DROPPED = ("metadata", "style")


def to_svg(figure: Figure, print_in: str = "") -> str:
    """The figure as one <svg> element for a page, the same text for the same figure.

    It has a viewBox and no size, inherits its font, takes each colour of the palette from
    `--chart-<token>`, holds no style sheet, script or link to anything outside, and its ids are its own.
    print_in: families of fonts, as CSS lists them, for a figure that is printed: it names its own.
    """
    drawn, words = _drawn(figure)
    root = ElementTree.fromstring(drawn)  # noqa: S314 - matplotlib wrote it a moment ago, without words
    _strip(root)
    for element in root.iter():
        _round(element)
        _restyle(element, print_in)
    _put_words_back(root, words)
    _rename_ids(root, hashlib.sha256(drawn.encode()).hexdigest()[:10])
    return ElementTree.tostring(root, encoding="unicode")


def _drawn(figure: Figure) -> tuple[str, dict[str, str]]:
    """The figure as matplotlib writes it, a letter in the place of each text; the text by its group's id."""
    from matplotlib import rc_context

    page = io.StringIO()
    with _ONE_AT_A_TIME, rc_context(_SETTINGS), _letters_for_words(figure) as words:
        figure.savefig(page, format="svg", metadata={"Date": None})
    return page.getvalue(), words


@contextmanager
def _letters_for_words(figure: Figure) -> Iterator[dict[str, str]]:
    from matplotlib.text import Text

    texts = [artist for artist in figure.findobj(Text) if isinstance(artist, Text)]
    originals = [(text.get_text(), text.get_gid()) for text in texts]
    words = {f"words-{index}": original for index, (original, _) in enumerate(originals)}
    try:
        for text, key in zip(texts, words, strict=True):
            text.set(text=_LETTER, gid=key)
        yield words
    finally:
        for text, (original, gid) in zip(texts, originals, strict=True):
            text.set(text=original, gid=gid)


def _strip(root: Element) -> None:
    """Leave only what is drawn: no namespaces, no size, no style sheet and no description of the file."""
    for element in root.iter():
        element.tag = _local(element.tag)
        element.attrib = {_local(name): value for name, value in element.attrib.items()}
        element.tail = None
        if element.tag != "text":
            element.text = None
    for parent in list(root.iter()):
        for child in list(parent):
            if child.tag in _DROPPED or (child.tag == "defs" and all(part.tag in _DROPPED for part in child)):
                parent.remove(child)
    root.attrib = {"xmlns": _NAMESPACE, "viewBox": root.attrib["viewBox"], "stroke-linejoin": "round"}


def _local(name: str) -> str:
    return name.rpartition("}")[2]


def _round(element: Element) -> None:
    for name in _GEOMETRY:
        if name in element.attrib:
            element.set(name, " ".join(_DIGITS_TOO_MANY.sub("", element.attrib[name]).split()))
    if element.get("transform", "").startswith("rotate(-0 "):
        del element.attrib["transform"]


def _restyle(element: Element, print_in: str) -> None:
    """Let the page choose colours and font, and say once for all marks of a group what each would repeat."""
    marks = [child for child in element if child.tag == "use"]
    if marks and len(marks) == len(element) and len({mark.get("style") for mark in marks}) == 1:
        element.set("style", marks[0].attrib["style"])
        for mark in marks:
            del mark.attrib["style"]
    if "style" in element.attrib:
        style = _FONT.sub(f"font-family: {print_in or 'inherit'}", element.attrib["style"])
        tokens = {} if print_in else _TOKENS
        element.set("style", _COLOUR.sub(lambda found: tokens.get(found[0], found[0]), style))


def _put_words_back(root: Element, words: dict[str, str]) -> None:
    for group in root.iter("g"):
        if group.get("id") in words:
            for element in group.iter("text"):
                _write(element, plain(words[group.attrib["id"]]))


def _write(element: Element, text: str) -> None:
    element.text = text
    if _RIGHT_TO_LEFT.search(text):
        element.set("style", f"{element.get('style', '')}; unicode-bidi: plaintext")


def _rename_ids(root: Element, prefix: str) -> None:
    """Keep only the ids that something refers to, under names that no other figure on the page has."""
    references = [
        (element, name) for element in root.iter() for name in ("href", "clip-path") if name in element.attrib
    ]
    used = {found for element, name in references for found in _REFERENCE.findall(element.attrib[name])}
    for element in root.iter():
        if element.get("id") in used:
            element.set("id", f"{prefix}-{element.attrib['id']}")
        else:
            element.attrib.pop("id", None)
    for element, name in references:
        element.set(name, _REFERENCE.sub(rf"#{prefix}-\1", element.attrib[name]))
