"""What a page says in words of ours: its purpose and why this helps, and what one should know."""

from __future__ import annotations

import html
from collections.abc import Sequence

from ipywidgets import HTML


class Prose(HTML):  # type: ignore[misc] # ipywidgets ships no types
    """Sentences of ours from the content; never a person's own words."""

    def __init__(self, purpose: str, why: str = "", source: str = "") -> None:
        folded = ""
        if why:
            paragraphs = "".join(f"<p>{html.escape(part)}</p>" for part in why.strip().split("\n\n"))
            cited = f'<p class="wb-source">{html.escape(source)}</p>' if source else ""
            folded = f'<details class="wb-why"><summary>Why this helps</summary>{paragraphs}{cited}</details>'
        super().__init__(value=f'<p class="wb-purpose">{html.escape(purpose)}</p>{folded}')
        self.add_class("wb-prose")


class Points(HTML):  # type: ignore[misc] # ipywidgets ships no types
    """A heading, and short paragraphs that each begin with what they are about. points: pairs of these."""

    def __init__(self, title: str, points: Sequence[tuple[str, str]], intro: str = "") -> None:
        begun = f"<p>{html.escape(intro)}</p>" if intro else ""
        told = "".join(
            f"<dt>{html.escape(about)}</dt><dd>{html.escape(words)}</dd>" for about, words in points
        )
        super().__init__(
            value=f'<section class="wb-card wb-points"><h2 class="wb-h2">{html.escape(title)}</h2>'
            f"{begun}<dl>{told}</dl></section>"
        )
