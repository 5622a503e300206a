"""Versions of entries -> DataFrame. Columns and dtypes come from the Struct of the kind."""

from __future__ import annotations

import time
import types
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Literal, Union, get_args, get_origin

from workbook.book.ledger import Version, revised
from workbook.entries import Entry, field_types

if TYPE_CHECKING:
    from pandas import DataFrame, Series

_QUARTER_HOUR = 900_000_000


def frame_of(kind: type[Entry], entries: Sequence[Sequence[Version]], names: Mapping[str, str]) -> DataFrame:
    """One row an entry, in the order given.

    entries: the versions of each entry, oldest first; the row shows the last.
    names: member id -> name.
    Columns `id, author, room` (text), `written_at, revised_at` (datetime64[us], local time, NaT if
    never revised), then the kind's fields: dates datetime64[us], scales and grades Int64 with NA,
    money float64, text str, the rest as Python objects.
    """
    from pandas import DataFrame, Series

    records = [versions[-1].record for versions in entries]
    latest = [versions[-1].line.entry for versions in entries]
    columns: dict[str, Series[Any]] = {
        "id": Series([record.id for record in records], dtype="str"),
        "author": Series([names.get(record.author, "") for record in records], dtype="str"),
        "room": Series([record.room for record in records], dtype="str"),
        "written_at": _local_times([versions[0].line.at for versions in entries]),
        "revised_at": _local_times([revised(versions) for versions in entries]),
    }
    for field, hint in field_types(kind).items():
        columns[field] = _column(list(map(attrgetter(field), latest)), hint)
    return DataFrame(columns, copy=False)


def _local_times(microseconds: Sequence[int | None]) -> Series[Any]:
    """Moments since 1970, UTC, as the local clock showed them; None becomes NaT."""
    import numpy as np
    from pandas import Series

    known = np.array([moment is not None for moment in microseconds], dtype=bool)
    utc = np.array([moment or 0 for moment in microseconds], dtype="int64")
    quarters, place = np.unique(utc // _QUARTER_HOUR, return_inverse=True)
    offsets = [time.localtime(int(quarter) * 900).tm_gmtoff * 1_000_000 for quarter in quarters]
    local = (utc + np.array(offsets, dtype="int64")[place]).astype("datetime64[us]")
    return Series(np.where(known, local, np.datetime64("NaT", "us")))


def _column(values: Sequence[Any], hint: Any) -> Series[Any]:
    import numpy as np
    from pandas import Series

    plain = _without_none(hint)
    if plain is date:
        return Series(np.array(values, dtype="datetime64[D]").astype("datetime64[us]"))
    if plain is int:
        return Series(np.array(values, dtype="float64")).astype(
            "Int64"
        )  # twice as fast as from a list with None
    if plain is Decimal:
        return Series([float("nan") if value is None else float(value) for value in values], dtype="float64")
    if plain is str or get_origin(plain) is Literal:
        return Series(values, dtype="str")
    return Series(values, dtype="object")


def _without_none(hint: Any) -> Any:
    if isinstance(hint, types.UnionType) or get_origin(hint) is Union:
        kept = [part for part in get_args(hint) if part is not type(None)]
        return kept[0] if len(kept) == 1 else hint
    return hint
