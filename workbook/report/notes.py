"""What stands on the page: a heading, the period, and parts of passages that their writer ticked in."""

from __future__ import annotations

from typing import Literal

import msgspec

Paper = Literal["a4", "us-letter"]


class Passage(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that is said. id: by which it was ticked; label: stands before the words, such as a day."""

    id: str
    words: str
    label: str = ""


class Drawing(msgspec.Struct, frozen=True, kw_only=True):
    """A chart as SVG that names its fonts and colours. alt: states its finding. id: of its tick, or ticks."""

    id: str
    svg: str
    alt: str


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """One part of the page. finding: what its drawing shows, in words; its alt begins with that."""

    title: str
    finding: str = ""
    drawing: Drawing | None = None
    passages: tuple[Passage, ...] = ()


class Notes(msgspec.Struct, frozen=True, kw_only=True):
    """The whole page. about: lines below the title; foot: what it isn't; author: empty for nobody's name."""

    title: str
    about: tuple[str, ...]
    parts: tuple[Part, ...]
    foot: str
    paper: Paper = "a4"
    author: str = ""
    language: str = "en"

    def in_words(self) -> list[tuple[str, list[str]]]:
        """The page for those who do not see it: each part's title, and what stands there line by line."""
        said = [(self.title, [*([self.author] if self.author else []), *self.about])]
        for part in self.parts:
            found = part.drawing.alt if part.drawing else part.finding
            spoken = [f"{each.label}: {each.words}" if each.label else each.words for each in part.passages]
            said.append((part.title, [*([found] if found else []), *spoken]))
        return [*said, ("", [self.foot])]
