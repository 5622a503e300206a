"""What one proposes and the other agrees to, on a card: how it stands, the question, and the answer.

The words are in the table `agreement` of a page, which every page has from the common ones.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from workbook.book import Written, agreements
from workbook.formats import day
from workbook.widgets import Ask

if TYPE_CHECKING:
    from workbook.steps.page import Page

NAME = "agree"
"""What the question is called among the answers of a list of cards."""


def standing(p: Page, written: Written[Any]) -> str:
    """How it stands with a proposal, in one sentence; nothing for what was not, or to nobody who is there."""
    words, proposed = p.text["agreement"], agreements.proposal(p.book, written)
    if proposed is None:
        return ""
    agreed = agreements.agreement(p.book, proposed)
    if agreed:
        return str(words["stands"]).format(day=day(agreed.written_at.date()))
    if not p.book.has_ours:
        return ""
    if agreements.is_aside(p.book, proposed):
        return str(words["aside"]).format(name=written.author)
    which = "waits_for" if written.author == p.book.name else "asks_you"
    return str(words[which]).format(name=p.book.partner)


def ask(p: Page, written: Written[Any], *, otherwise: bool = True) -> Ask | None:
    """The question to the one who did not propose it. otherwise: whether one can set it aside."""
    if written.author == p.book.name:
        return None
    words = p.text["agreement"]
    if agreements.stands(p.book, written):
        return Ask(NAME, words["you_agreed"], (words["no_longer"],))
    if not p.book.has_ours:
        return None
    aside = (words["otherwise"],) if otherwise and not agreements.is_aside(p.book, written) else ()
    return Ask(NAME, words["ask"], (words["agree"], *aside))


def answer(p: Page, proposed: str, said: str) -> None:
    """Keep the answer to the question."""
    words = p.text["agreement"]
    acts = {
        words["agree"]: agreements.agree,
        words["otherwise"]: agreements.set_aside,
        words["no_longer"]: agreements.take_back,
    }
    acts[said](p.book, p.book.entry(proposed))
    p.wrote()
