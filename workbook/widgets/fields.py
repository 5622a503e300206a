"""The fields of a form: which control an entry's field gets, and how what was typed becomes a value."""

from __future__ import annotations

import types
from collections.abc import Mapping, Sequence
from datetime import date, time
from decimal import Decimal
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import msgspec

from workbook import formats
from workbook.entries import Entry, Invalid, Scale, Text, field_types

Values = dict[str, Any]


class Option(msgspec.Struct, frozen=True):
    """One answer to choose: its value, its words, and a line that explains it."""

    value: Any
    label: str
    note: str = ""


class Field(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One field of a form.

    kind: line, text, date, time, number, money, percent, dates, tags, scale, choice (chips), ladder
    (described levels), circle (four options in a round, which say what other fields hold), many (up to
    `at_most` chips) or note (words only).
    chips: words that a tap puts into a line. follows: for a circle, the fields that its options show.
    shown_if: the name of a choice and the answers to it with which this field is there at all.
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
    chips: tuple[str, ...] = ()
    follows: tuple[str, ...] = ()
    shown_if: tuple[str, tuple[Any, ...]] | None = None


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
        chips=tuple(prose.get("chips", ())),
        shown_if=_shown_if(prose),
    )


def _kinds(hint: Any) -> set[Any]:
    """The types that a field may have; one with bounds beside None makes another sort of union."""
    is_union = isinstance(hint, types.UnionType) or get_origin(hint) is Union
    return set(get_args(hint)) if is_union else {hint}


def _shown_if(prose: Mapping[str, Any]) -> tuple[str, tuple[Any, ...]] | None:
    condition = prose.get("shown_if")
    return (condition[0], tuple(condition[1:])) if condition else None


def _control(hint: Any) -> str:
    """The control that fits a field's type."""
    kinds = _kinds(hint)
    if Scale in kinds:
        return "scale"
    if Text in kinds:
        return "text"
    if date in kinds:
        return "date"
    if time in kinds:
        return "time"
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
    kinds = _kinds(hint)
    if date in kinds:
        return _read_date(name, value, optional=type(None) in kinds)
    if Decimal in kinds:
        return _read_amount(name, value)
    if time in kinds:
        return _read_time(name, value)
    if int in kinds and isinstance(value, str):
        return _read_number(name, value, optional=type(None) in kinds)
    if get_origin(hint) is tuple and isinstance(value, str):
        parts = tuple(dict.fromkeys(part for part in (each.strip() for each in value.split(",")) if part))
        return tuple(_read_listed(name, get_args(hint)[0], part) for part in parts)
    return value


def _read_listed(name: str, kind: Any, part: str) -> Any:
    """One part of a list that was typed with commas."""
    if kind is date:
        return _read_date(name, part, optional=False)
    return _read_number(name, part, optional=False) if kind is int else part


def _read_time(name: str, value: Any) -> time | None:
    try:
        return time.fromisoformat(str(value)) if value else None
    except ValueError:
        raise Invalid(name, f"“{value}” can't be read as a time; write it like 18:30") from None


def _read_number(name: str, value: str, *, optional: bool) -> int | None:
    if not value.strip():
        if optional:
            return None
        raise Invalid(name, "write a whole number")
    try:
        return int(value)
    except ValueError:
        raise Invalid(name, f"“{value}” can't be read as a whole number") from None


def read_share(name: str, value: Any) -> Decimal:
    """A share between 0 and 1: "20 %" or "0.2". Raises Invalid for a bare 20, which is asked back."""
    typed = str(value or "0").strip()
    amount = _read_amount(name, typed.rstrip("%\u00a0\u202f "), is_share=True) or Decimal(0)
    if typed.endswith("%"):
        return amount / 100
    if amount > 1:
        share = formats.amount_to_type(Decimal("0.2"))
        raise Invalid(
            name, f"Do you mean {typed} %? Then write it with the sign, or as a share such as {share}."
        )
    return amount


def _read_date(name: str, value: Any, *, optional: bool) -> date | None:
    if not value and optional:
        return None
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        rule = "this should be a date, with a year between 1900 and 2199" if value else "choose a date"
        raise Invalid(name, rule) from None


def _read_amount(name: str, value: Any, *, is_share: bool = False) -> Decimal | None:
    try:
        return formats.read_amount(str(value or ""), is_share=is_share)
    except formats.Unreadable as error:
        raise Invalid(name, str(error)) from None


def typed_values(entry: Entry) -> Values:
    """An entry as a form shows it: dates as ISO text, amounts and tags as one writes them."""
    return {name: _typed(getattr(entry, name)) for name in entry.__struct_fields__}


def _typed(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return value.strftime("%H:%M")
    if isinstance(value, Decimal):
        return formats.amount_to_type(value)
    if isinstance(value, tuple):
        return ", ".join(str(_typed(part)) for part in value)
    return value
