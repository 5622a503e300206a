"""What a page says before its work begins: one line of purpose, and why this helps, folded."""

from __future__ import annotations

import html

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
