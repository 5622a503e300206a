"""How much of a book this machine has seen: an older copy put back cannot be told from the file alone."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

import msgspec

OLDER_COPY = (
    "This book holds less than it last did on this computer: it may be an older copy that was put back. "
    "If that wasn't you, look for a newer copy before you write more."
)
UNCOUNTED = (
    "This computer couldn't note how far the book had got, so it can't notice if an older copy is put back."
)

_Counts = dict[str, int]


class Seen:
    """The highest number of records that each member has seen here: `seen_folder`/<book id>.json."""

    def __init__(self, folder: Path | None, book: bytes, member: bytes) -> None:
        self._file = folder / f"{book.hex()}.json" if folder is not None else None
        self._member = member.hex()
        self._highest = self._counts().get(self._member, 0)

    def is_older(self, records: int) -> bool:
        """Whether a book with this many records was seen here with more."""
        return records < self._highest

    def note(self, records: int) -> bool:
        """Keep the count where it is the highest yet. False where it cannot be kept."""
        if self._file is None or records <= self._highest:
            return True
        self._highest = records
        try:
            counts = self._counts()
            if records > counts.get(self._member, 0):  # another window may have seen more
                self._keep(self._file, {**counts, self._member: records})
        except OSError:
            return False
        return True

    def _counts(self) -> _Counts:
        """What the file says; it only ever warns, so one that cannot be read counts as none."""
        if self._file is None:
            return {}
        try:
            return msgspec.json.decode(self._file.read_bytes(), type=_Counts)
        except (OSError, msgspec.DecodeError):
            return {}

    @staticmethod
    def _keep(file: Path, counts: _Counts) -> None:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        fresh = file.with_name(f".{file.name}.{secrets.token_hex(4)}")
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as stream:
            stream.write(msgspec.json.encode(counts))
        fresh.replace(file)
