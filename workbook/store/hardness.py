"""How hard a passphrase is to guess: the cost of Argon2id, and the bounds that no file may leave."""

from __future__ import annotations

import re
import unicodedata

import msgspec
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from workbook.store.errors import Tampered


class Hardness(msgspec.Struct, frozen=True):
    """Cost of Argon2id: memory in KiB, passes over it, lanes. Defaults as in RFC 9106's spirit, 256 MiB."""

    memory: int = 256 * 1024
    passes: int = 3
    lanes: int = 1


STANDARD = Hardness()
LOWEST = Hardness(memory=64 * 1024, passes=3)
HIGHEST = Hardness(memory=1024 * 1024, passes=10, lanes=4)

_NOTATION = re.compile(r"argon2id\$m=(\d{1,9})\$t=(\d{1,3})\$p=(\d{1,2})", re.ASCII)


def notation(hardness: Hardness) -> str:
    """The cost as text, such as "argon2id$m=262144$t=3$p=1"."""
    return f"argon2id$m={hardness.memory}$t={hardness.passes}$p={hardness.lanes}"


def parse(kdf: str, allowed: Hardness) -> Hardness:
    """The cost that a book's `kdf` column states.

    allowed: what the program itself uses; it lowers the floor when it lies below it, as tests do.
    Raises Tampered for anything cheaper than the floor, dearer than the ceiling, or not understood.
    """
    found = _NOTATION.fullmatch(kdf)
    if found is None:
        raise Tampered("the cost of a passphrase")
    stated = Hardness(*map(int, found.groups()))
    floor = Hardness(min(LOWEST.memory, allowed.memory), min(LOWEST.passes, allowed.passes))
    if not _within(stated, floor, HIGHEST):
        raise Tampered("the cost of a passphrase")
    return stated


def derive(passphrase: str, salt: bytes, hardness: Hardness) -> bytes:
    """32 bytes from a passphrase in Unicode NFC; takes about half a second at the standard cost."""
    text = unicodedata.normalize("NFC", passphrase).encode("utf-8", "surrogatepass")
    kdf = Argon2id(
        salt=salt,
        length=32,
        iterations=hardness.passes,
        lanes=hardness.lanes,
        memory_cost=hardness.memory,
    )
    return kdf.derive(text)


def _within(stated: Hardness, floor: Hardness, ceiling: Hardness) -> bool:
    return (
        floor.memory <= stated.memory <= ceiling.memory
        and floor.passes <= stated.passes <= ceiling.passes
        and 1 <= stated.lanes <= ceiling.lanes
    )
