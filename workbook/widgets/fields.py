"""The fields of a form: which control an entry's field gets, and how what was typed becomes a value."""

from __future__ import annotations

import types
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import msgspec

from workbook.entries import Entry, Invalid, Scale, Text, field_types

Values = dict[str, Any]


class Option(msgspec.Struct, frozen=True):
    """One answer to choose: its value, its words, and a line that explains it."""

    value: Any
    label: str
    note: str = ""


class Field(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One field of a form.

    kind: line, text, date, number, money, tags, scale, choice (chips), ladder (described levels),
    many (up to `at_most` chips) or note (words only).
    """

    name: str
    kind: str
    label: str
    hint: str = ""
    options: tuple[Option, ...] = ()
    beginnings: tuple[str, ...] = ()
    ends: tuple[str, str] | None = None
    near: tuple[dict[str, Any], ...] = ()
    rows: int = 2
    at_most: int | None = None


def fields_of(kind: type[Entry], names: Sequence[str], prose: Mapping[str, Any]) -> list[Field]:
    """Fields for these fields of an entry kind, in this order.

    prose: per field a table with `label` and, as wanted, `hint`, `beginnings`, `ends`, `options`, `near`.
    """
    hints = get_type_hints(kind, include_extras=True)
    return [_field(name, hints[name], prose[name]) for name in names]


def _field(name: str, hint: Any, prose: Mapping[str, Any]) -> Field:
    control = prose.get("kind") or _control(hint)
    options = prose.get("options", {})
    if control == "choice" and isinstance(options, Mapping):
        options = [Option(value, label) for value, label in options.items()]
    return Field(
        name=name,
        kind=control,
        label=prose["label"],
        hint=prose.get("hint", ""),
        options=tuple(options),
        beginnings=tuple(prose.get("beginnings", ())),
        ends=tuple(prose["ends"]) if "ends" in prose else None,
        near=tuple(prose.get("near", ())),
        rows=prose.get("rows", 2),
    )


def _control(hint: Any) -> str:
    """The control that fits a field's type."""
    kinds = set(get_args(hint)) if isinstance(hint, types.UnionType) or get_origin(hint) is Union else {hint}
    if Scale in kinds:
        return "scale"
    if Text in kinds:
        return "text"
    if date in kinds:
        return "date"
    if Decimal in kinds:
        return "money"
    if any(get_origin(each) is Literal for each in kinds):
        return "choice"
    if any(get_origin(get_args(each)[0]) is tuple for each in kinds if get_args(each)):
        return "tags"
    return "line"


def read_values(kind: type[Entry], values: Mapping[str, Any]) -> Values:
    """What was typed into the fields of an entry kind, as values for its constructor.

    Raises Invalid, naming the field, for a date or an amount that cannot be read.
    """
    hints = field_types(kind)
    return {name: _read(name, hints[name], value) for name, value in values.items() if name in hints}


def _read(name: str, hint: Any, value: Any) -> Any:
    kinds = set(get_args(hint)) if isinstance(hint, types.UnionType) else {hint}
    if date in kinds:
        return _read_date(name, value, optional=type(None) in kinds)
    if Decimal in kinds:
        return _read_amount(name, value)
    if get_origin(hint) is tuple and isinstance(value, str):
        return tuple(dict.fromkeys(tag for tag in (part.strip() for part in value.split(",")) if tag))
    return value


def _read_date(name: str, value: Any, *, optional: bool) -> date | None:
    if not value and optional:
        return None
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        rule = "this should be a date, with a year between 1900 and 2199" if value else "choose a date"
        raise Invalid(name, rule) from None


def _read_amount(name: str, value: Any) -> Decimal | None:
    from babel.numbers import NumberFormatError, parse_decimal

    from workbook.content import LOCALE

    typed = str(value or "").strip().strip("$€£ ")
    if not typed:
        return None
    try:
        return parse_decimal(typed, locale=LOCALE)
    except (NumberFormatError, ValueError):
        raise Invalid(name, f"“{typed}” can't be read as an amount; write it like 120 or 120.50") from None


def typed_values(entry: Entry) -> Values:
    """An entry as a form shows it: dates as ISO text, amounts and tags as one writes them."""
    return {name: _typed(getattr(entry, name)) for name in entry.__struct_fields__}


def _typed(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, tuple):
        return ", ".join(value)
    return value
