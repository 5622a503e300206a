"""What is being typed: one sealed blob a member, replaced in place.

A member has one from the first moment on, empty at first: that it is there says nothing, and that it is
missing says that somebody took it away.
"""

from __future__ import annotations

from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import Connection, insert, select, update

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
    return _unsealed(ring, *_row(connection, ring))


def begin_draft(connection: Connection, ring: KeyRing) -> None:
    """The empty draft of a new member."""
    connection.execute(insert(draft), _sealed(ring, 0, None))


def put_draft(connection: Connection, ring: KeyRing, text: bytes | None) -> None:
    """Replace what is kept; None empties it. Raises Tampered where there is nothing to replace."""
    n, _ = _row(connection, ring)
    whose = draft.c.member == ring.identity.member
    connection.execute(update(draft).where(whose).values(_sealed(ring, n + 1, text)))


def _row(connection: Connection, ring: KeyRing) -> tuple[int, Any]:
    query = select(draft.c.n, draft.c.sealed).where(draft.c.member == ring.identity.member)
    rows = fetch(connection, query)
    if not rows or not isinstance(rows[0][0], int) or not 0 <= rows[0][0] < 2**62:
        raise Tampered(_WHAT)
    return rows[0][0], rows[0][1]


def _sealed(ring: KeyRing, n: int, text: bytes | None) -> dict[str, Any]:
    plain = framed(_NOTHING if text is None else _SOMETHING + text, STEP)
    sealed = seal(_cipher(ring), plain, _address(ring, n))
    return {"member": ring.identity.member, "n": n, "sealed": sealed}


def _unsealed(ring: KeyRing, n: int, sealed: Any) -> bytes | None:
    body = unframed(unseal(_cipher(ring), sealed, _address(ring, n), _WHAT), _WHAT)
    return None if body[:1] == _NOTHING else body[1:]


def _cipher(ring: KeyRing) -> AESGCM:
    return AESGCM(stretch(ring.root, "draft"))


def _address(ring: KeyRing, n: int) -> bytes:
    return b"\x03" + ring.identity.member + n.to_bytes(8, "big")
