"""The one-use code that lets the partner in: the key of `ours`, wrapped under 128 random bits."""

from __future__ import annotations

import os
import time
from typing import Any

import msgspec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import Connection, delete, insert, select

from workbook.store import codes
from workbook.store.errors import ClockDiffers, RecoveryCodeGiven, WrongCode
from workbook.store.keys import ID, KEY, ROW_STEP, RoomKeys
from workbook.store.records import Acquaintance
from workbook.store.schema import fetch, invite
from workbook.store.sealing import framed, seal, stretch, unframed, unseal

LASTS_DAYS = 14
DAY = 86_400
"""Seconds."""

_KIND = "invitation"


class Invitation(msgspec.Struct, frozen=True):
    """What an invitation's code opens: the shared room's key, and who invites, vouched for by the code."""

    book: bytes
    ours: RoomKeys
    inviter: Acquaintance


def put_invitation(connection: Connection, invitation: Invitation, days: int) -> str:
    """Replace an outstanding invitation by a new one; its code."""
    secret, expires = os.urandom(codes.INVITATION_BYTES), int(time.time()) + days * DAY
    keys = invitation.ours
    body = invitation.book + keys.room + keys.newest + keys.epochs[keys.newest] + invitation.inviter.packed()
    address = _address(_id(secret), expires)
    wrapped = seal(_cipher(secret), framed(body, ROW_STEP), address)
    connection.execute(delete(invite))
    connection.execute(insert(invite), {"id": _id(secret), "wrapped_key": wrapped, "expires": expires})
    return codes.encode(secret)


def read_invitation(connection: Connection, code: str) -> Invitation:
    """What a code opens. Raises WrongCode for one that is unknown, used, replaced or expired.

    The clock is this computer's, which may have been wrong when the invitation was made, or be so now: one
    that would last longer than any can is refused as well (ClockDiffers), so that none lasts for years.
    """
    if codes.is_recovery_code(code):
        raise RecoveryCodeGiven
    secret, now = codes.decode(code, codes.INVITATION_BYTES), time.time()
    columns = invite.c.wrapped_key, invite.c.expires
    rows = fetch(connection, select(*columns).where(invite.c.id == _id(secret)))
    if not rows or not isinstance(rows[0][1], int) or not now < rows[0][1] < 2**62:
        raise WrongCode(_KIND)
    invitation = _unwrapped(secret, *rows[0])
    if rows[0][1] > now + (LASTS_DAYS + 1) * DAY:
        raise ClockDiffers
    return invitation


def use_up_invitation(connection: Connection, code: str) -> None:
    """A code lets one person in. Raises WrongCode where it was used or replaced meanwhile."""
    read_invitation(connection, code)
    connection.execute(delete(invite))


def drop_expired(connection: Connection) -> None:
    """Remove the row of an invitation that nobody used in time."""
    connection.execute(delete(invite).where(invite.c.expires <= int(time.time())))


def any_expired(connection: Connection) -> bool:
    """Whether there is anything for `drop_expired` to remove."""
    return bool(fetch(connection, select(invite.c.id).where(invite.c.expires <= int(time.time()))))


def _unwrapped(secret: bytes, wrapped: Any, expires: int) -> Invitation:
    what = "an invitation"
    body = unframed(unseal(_cipher(secret), wrapped, _address(_id(secret), expires), what), what)
    book, room, epoch = body[:ID], body[ID : 2 * ID], body[2 * ID : 3 * ID]
    key, inviter = body[3 * ID : 3 * ID + KEY], body[3 * ID + KEY :]
    return Invitation(book, RoomKeys(room, {epoch: key}, epoch), Acquaintance.unpacked(inviter))


def _id(secret: bytes) -> bytes:
    return stretch(secret, "invitation id")[:ID]


def _cipher(secret: bytes) -> AESGCM:
    return AESGCM(stretch(secret, "invitation key"))


def _address(id_: bytes, expires: int) -> bytes:
    return b"\x13" + id_ + expires.to_bytes(8, "big")
