"""Dates, times, numbers and money as the reader writes them, and amounts as the reader types them.

The language of the reader's browser decides; the desk is told it once. Before, and for English without a
country, dates and times are written as this book always did. What is stored, exported or printed for
a therapist is not written by these functions.
"""

from __future__ import annotations

import re
import unicodedata
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, time
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from babel import Locale

HOUSE = "en"
"""Plain English, of no country."""
PATTERNS = {
    "day": "EEE d MMMM yyyy",
    "date": "d MMMM yyyy",
    "short": "d MMM yyyy",
    "long": "EEEE d MMMM",
    "weekday": "EEE d",
    "mark": "d MMM",
    "month": "MMM",
    "month_year": "MMM yyyy",
    "clock": "HH:mm",
}
"""How the house writes them."""
HOUSE_TOO = {("day", "en_GB"), ("weekday", "en_US"), ("weekday", "en_CA")}
"""Where a country writes as the house does, and the locale data know only a stiffer form."""
SKELETONS = {"long": "MMMMEEEEd", "weekday": "Ed", "mark": "MMMd", "month": "MMM", "month_year": "yMMM"}
LONGEST_TAG = 35
SPACES = "\u00a0\u202f\u2009 "
APOSTROPHES = "’'"
_MULTIPLE = re.compile(r"\d\s*(?:k|m|mio|mil|tsd|tys)\.?$", re.IGNORECASE)
"""Thousands or millions behind an amount, which are no currency."""
_reader = HOUSE
_instead: ContextVar[str | None] = ContextVar("instead", default=None)


class Unreadable(ValueError):  # noqa: N818 - named for what the amount is
    """An amount that cannot be read, in words for the one who typed it."""


def read_by(tag: str) -> None:
    """From now on write for a reader of this language, such as "de-DE"; as the house for an unknown one."""
    global _reader
    _reader = known(tag)


def known(tag: str) -> str:
    """A locale that is known for a language tag: the tag's own, its language's, or the house's."""
    from babel import Locale, UnknownLocaleError

    parts = re.split(r"[-_](?:[a-z0-9][-_]|$)", tag[:LONGEST_TAG], maxsplit=1, flags=re.IGNORECASE)[0]
    words = re.split(r"[-_]", parts)
    for end in range(len(words), 0, -1):
        try:
            return str(Locale.parse("-".join(words[:end]), sep="-"))
        except (ValueError, UnknownLocaleError):
            continue
    return HOUSE


def language() -> str:
    """The reader's language tag, for a view that writes as these functions do."""
    return "en-GB" if _now() == HOUSE else _now().replace("_", "-")


@contextmanager
def as_the_house() -> Iterator[None]:
    """Write as the house does meanwhile, whoever reads: what goes onto paper for somebody else."""
    token = _instead.set(HOUSE)
    try:
        yield
    finally:
        _instead.reset(token)


def day(value: date) -> str:
    """A date with its weekday: "Mon 2 March 2026"."""
    return _written(value, "day")


def full_date(value: date) -> str:
    """A date in a sentence: "2 March 2026"."""
    return _written(value, "date")


def short_date(value: date) -> str:
    """A date in a table or along an axis: "2 Mar 2026"."""
    return _written(value, "short")


def long_day(value: date) -> str:
    """A day as it is announced: "Thursday 26 November"."""
    return _written(value, "long")


def weekday(value: date) -> str:
    """A day of this week: "Thu 26"."""
    return _written(value, "weekday")


def mark(value: date) -> str:
    """A day along an axis: "2 Mar"."""
    return _written(value, "mark")


def month(value: date) -> str:
    """A month along an axis: "Mar"."""
    return _written(value, "month")


def month_and_year(value: date) -> str:
    """The first month along an axis: "Mar 2026"."""
    return _written(value, "month_year")


def clock(value: time) -> str:
    """A time of day: "18:30", or "6:30 PM"."""
    from babel.dates import format_time

    return format_time(value, _pattern("clock", _now()), locale=_now()).replace("\u202f", "\u00a0")


def moment(value: datetime) -> str:
    """A day and a time: "2 Mar 2026, 18:30"."""
    return f"{short_date(value)}, {clock(value.time())}"


def number(value: Decimal | float, decimals: int = 1) -> str:
    """A number with so many decimals: "1,234.5"."""
    from babel.numbers import format_decimal

    places = "." + "0" * decimals if decimals else ""
    return format_decimal(value, f"{_grouped(_now())}{places}", locale=_now())


def money(amount: Decimal, currency: str) -> str:
    """An amount as one writes it: "$1,940" or "$52.50"."""
    from babel.numbers import format_currency

    cut = amount == amount.to_integral_value()
    pattern = _locale(_now()).currency_formats["standard"].pattern
    return format_currency(
        amount,
        currency,
        format=re.sub(r"\.0+", "", pattern) if cut else None,
        locale=_now(),
        currency_digits=not cut,
    )


def percent(share: Decimal) -> str:
    """A share as one types it: "20 %" or "12,5 %"."""
    return f"{amount_to_type((share * 100).normalize())} %"


def amount_to_type(amount: Decimal) -> str:
    """An amount as one would type it, without groups: "1234.50" or "1234,50"."""
    return f"{amount:f}".replace(".", _marks(_now())[0])


def read_amount(typed: str, *, is_share: bool = False) -> Decimal | None:
    """The amount that was typed, with or without a currency; None for nothing.

    is_share: for a share of something, which may well have three decimals.
    Raises Unreadable for one that this reader's way of writing doesn't allow, or that may mean two things.
    """
    said = _bare(typed)
    if not said:
        return None
    decimal, groups, group = _marks(_now())
    point = re.escape(decimal)
    plain = re.fullmatch(rf"([+-]?)(\d+)(?:{point}(\d*))?", said)
    grouped = re.fullmatch(rf"([+-]?)({group})(?:{point}(\d*))?", said)
    found = plain or grouped
    if not found:
        raise Unreadable(f"“{typed.strip()}” can't be read as an amount; write it like 120 or {_example()}")
    sign, whole, part = found.groups(default="")
    whole = re.sub(rf"[{re.escape(groups)}]", "", whole)
    if plain and len(part) == 3 and 1 <= len(whole) <= 3 and whole.strip("0") and not is_share:
        raise Unreadable(_two_meanings(typed, Decimal(f"{whole}.{part}"), whole + part))
    return Decimal(f"{sign}{whole}.{part or 0}") if part else Decimal(sign + whole)


def _two_meanings(typed: str, small: Decimal, large: str) -> str:
    cents = amount_to_type(small.quantize(Decimal("0.01"), ROUND_HALF_UP))
    return f"“{typed.strip()}” can mean two amounts. Write {large} or {cents}."


def _example() -> str:
    return number(Decimal("1234.50"), 2).replace("\u202f", " ").replace("\u00a0", " ")


def _bare(typed: str) -> str:
    """Without a currency and spaces around, with plain digits and a plain minus sign."""
    said = "".join(
        str(unicodedata.decimal(letter)) if letter.isdecimal() else letter
        for letter in typed.replace("−", "-")
        if unicodedata.category(letter) not in ("Sc", "Cf")
    ).strip()
    if _MULTIPLE.search(said):
        return said
    return re.sub(r"^[^\W\d_]{1,3}\.?\s*(?=[\d+-])|(?<=\d)\s*[^\W\d_]{1,3}\.?$", "", said).strip()


@cache
def _marks(locale: str) -> tuple[str, str, str]:
    """The decimal mark, what may stand between thousands, and a pattern of whole numbers with that in them.

    A space may stand there for every reader.
    """
    from babel.numbers import get_decimal_symbol, get_group_symbol

    decimal, group = get_decimal_symbol(locale), get_group_symbol(locale)
    kind = APOSTROPHES if group in APOSTROPHES else SPACES if group in SPACES else group
    middle = 2 if ",##,##0" in _locale(locale).decimal_formats[None].pattern else 3
    one = [
        rf"[1-9]\d{{0,2}}(?:[{re.escape(each)}]\d{{{middle}}})*[{re.escape(each)}]\d{{3}}"
        for each in {kind, SPACES}
    ]
    return decimal, kind + SPACES, "|".join(sorted(one))


def _now() -> str:
    return _instead.get() or _reader


def _written(value: date, what: str) -> str:
    from babel.dates import format_date

    return format_date(value, _pattern(what, _now()), locale=_now())


@cache
def _pattern(what: str, locale: str) -> str:
    """How a locale writes something of a date, as a pattern; the house has its own."""
    if locale == HOUSE or (what, locale) in HOUSE_TOO:
        return PATTERNS[what]
    known = _locale(locale)
    if what == "clock":
        return str(known.time_formats["short"].pattern)
    if what == "day":  # the full form, with a short name of the weekday
        return re.sub("EEEE", "EEE", str(known.date_formats["full"].pattern))
    if what in SKELETONS:
        return _by_skeleton(SKELETONS[what], known)
    return str(known.date_formats["long" if what == "date" else "medium"].pattern)


def _by_skeleton(skeleton: str, known: Locale) -> str:
    from babel.dates import match_skeleton

    given = known.datetime_skeletons
    found = skeleton if skeleton in given else match_skeleton(skeleton, given)
    return str(given[found].pattern) if found else skeleton


@cache
def _grouped(locale: str) -> str:
    return str(_locale(locale).decimal_formats[None].pattern).partition(".")[0]


@cache
def _locale(name: str) -> Locale:
    from babel import Locale

    return Locale.parse(name)
