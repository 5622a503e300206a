"""What is being typed: one sealed blob a member, replaced in place."""

from __future__ import annotations

from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import Connection, delete, insert, select

from workbook.store.errors import Tampered
from workbook.store.keys import KeyRing
from workbook.store.schema import draft, fetch
from workbook.store.sealing import framed, seal, stretch, unframed, unseal

STEP = 4096
"""A draft is padded to a multiple of this, and an empty one is as long as a short one."""

_WHAT = "what was being typed"
_NOTHING, _SOMETHING = b"\0", b"\1"


def read_draft(connection: Connection, ring: KeyRing) -> bytes | None:
    """What `put_draft` kept last, or None. Raises Tampered."""
    row = _row(connection, ring)
    return _unsealed(ring, *row) if row else None


def put_draft(connection: Connection, ring: KeyRing, text: bytes | None) -> None:
    """Replace what is kept; None empties it."""
    row = _row(connection, ring)
    n = row[0] + 1 if row else 0
    plain = framed(_NOTHING if text is None else _SOMETHING + text, STEP)
    sealed = seal(_cipher(ring), plain, _address(ring, n))
    connection.execute(delete(draft).where(draft.c.member == ring.identity.member))
    connection.execute(insert(draft), {"member": ring.identity.member, "n": n, "sealed": sealed})


def _row(connection: Connection, ring: KeyRing) -> tuple[int, Any] | None:
    query = select(draft.c.n, draft.c.sealed).where(draft.c.member == ring.identity.member)
    rows = fetch(connection, query)
    if not rows:
        return None
    n, sealed = rows[0]
    if not isinstance(n, int) or not 0 <= n < 2**62:
        raise Tampered(_WHAT)
    return n, sealed


def _unsealed(ring: KeyRing, n: int, sealed: Any) -> bytes | None:
    body = unframed(unseal(_cipher(ring), sealed, _address(ring, n), _WHAT), _WHAT)
    return None if body[:1] == _NOTHING else body[1:]


def _cipher(ring: KeyRing) -> AESGCM:
    return AESGCM(stretch(ring.root, "draft"))


def _address(ring: KeyRing, n: int) -> bytes:
    return b"\x03" + ring.identity.member + n.to_bytes(8, "big")
