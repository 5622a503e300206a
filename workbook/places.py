"""Where things are: what the package ships with, what belongs to its user, and where leaving goes."""

import os
from pathlib import Path

from platformdirs import user_data_path, user_state_path

_PACKAGE = Path(__file__).parent
_SHIPPED_IN_WHEEL = _PACKAGE / "_share"
_SHARE = _SHIPPED_IN_WHEEL if _SHIPPED_IN_WHEEL.is_dir() else _PACKAGE.parent

DATA = _SHARE / "data"
NOTEBOOKS = _SHARE / "notebooks"

NEUTRAL_SITE = "https://www.weather.com/"
"""Where "Leave this page" goes unless the book says otherwise: a site that suits anyone."""


def default_book() -> Path:
    """The book that is opened when nobody names one: $WORKBOOK_BOOK is read by the callers, not here."""
    return user_data() / "book.db"


def user_data() -> Path:
    """The folder of the system that keeps a person's own data; not created here."""
    return user_data_path("workbook", appauthor=False)


def user_state() -> Path:
    """The folder of the system for what a program remembers about itself; not created here."""
    return user_state_path("workbook", appauthor=False)


def named_book() -> str | None:
    """The book that $WORKBOOK_BOOK names, if it names one."""
    return os.environ.get("WORKBOOK_BOOK") or None


def builds_ahead() -> bool:
    """Whether pages are built before anyone asks for them; $WORKBOOK_AHEAD=no spares a slow processor."""
    return os.environ.get("WORKBOOK_AHEAD") != "no"
