"""The prose, read from data/content: every sentence that a page says."""

from __future__ import annotations

import tomllib
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from workbook import places

LOCALE = "en"
"""The language of the prose. How a reader's country writes dates and amounts, `formats` knows."""

Prose = dict[str, Any]


@cache
def prose(slug: str) -> Prose:
    """Everything that the page with this slug says. Raises FileNotFoundError for a page without prose."""
    return tomllib.loads(_file(slug).read_text(encoding="utf-8"))


def with_common(own: Prose) -> Prose:
    """What a page says on top of what every page says: its own words where it has them."""
    return _layered(prose("common"), own)


def _layered(below: Prose, above: Prose) -> Prose:
    """Both, with what only the upper one has first: a page's own actions stand before the common ones."""
    own = {name: words for name, words in above.items() if name not in below}
    common = {
        name: _layered(words, above.get(name, {})) if isinstance(words, dict) else above.get(name, words)
        for name, words in below.items()
    }
    return own | common


def has_prose(slug: str) -> bool:
    """Whether there is prose for a page of this name."""
    return _file(slug).is_file()


def _file(slug: str) -> Path:
    return places.DATA / "content" / LOCALE / f"{slug}.toml"


def money(amount: Decimal, currency: str) -> str:
    """An amount in a file, the same for every reader: "$1,940" or "$52.50"."""
    from babel.numbers import format_currency

    whole = amount == amount.to_integral_value()
    return format_currency(
        amount, currency, format="¤#,##0" if whole else None, locale=LOCALE, currency_digits=not whole
    )


def day(value: date) -> str:
    """A date on paper, the same for every reader: "Mon 2 March 2026"."""
    from babel.dates import format_date

    return format_date(value, "EEE d MMMM yyyy", locale=LOCALE)


def today() -> date:
    """The reader's own day."""
    return date.today()  # noqa: DTZ011 - not the server's, not UTC's


def now() -> datetime:
    """The reader's own day and hour, as the clock on the wall shows them."""
    return datetime.now()  # noqa: DTZ005 - not the server's, not UTC's
