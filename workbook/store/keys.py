"""A member's keys: two ways to one random root, and the root's way to the keys of the rooms."""

from __future__ import annotations

import os
from typing import Any, Literal

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from workbook.store.errors import Tampered
from workbook.store.hardness import Hardness, derive, notation
from workbook.store.sealing import framed, seal, stretch, unframed, unseal

Slot = Literal["passphrase", "recovery"]
Row = dict[str, Any]

ROOT = 32
ID = 16
KEY = 32
RECOVERY_KDF = "hkdf-sha256"
ROW_STEP = 512
"""Every key row is as long as any other, so that its length does not say what it is for."""

_ROLES = {b"m": "mine", b"o": "ours", b"s": "signing"}


class RoomKeys(msgspec.Struct):
    """The keys of one room: every epoch by its id, and the one that new records are sealed under."""

    room: bytes
    epochs: dict[bytes, bytes]
    newest: bytes

    def ciphers(self) -> dict[bytes, AESGCM]:
        """A cipher for each epoch."""
        return {epoch: AESGCM(key) for epoch, key in self.epochs.items()}


class Identity(msgspec.Struct):
    """Who a member is, as their own keys say it: nothing in the database can change that."""

    member: bytes
    name: str
    book: bytes
    seed: bytes

    @property
    def signer(self) -> Ed25519PrivateKey:
        """The private half that signs what this member writes into `ours`."""
        return Ed25519PrivateKey.from_private_bytes(self.seed)

    @property
    def public(self) -> bytes:
        """The public half, 32 bytes."""
        return self.signer.public_key().public_bytes_raw()


class KeyRing(msgspec.Struct):
    """Everything that a member's root unlocks."""

    root: bytes
    identity: Identity
    mine: RoomKeys
    ours: RoomKeys | None = None

    def check_book(self, stated: str | None) -> None:
        """Raise Tampered where the database calls itself another book than the keys do."""
        if stated != self.identity.book.hex():
            raise Tampered("the id of the book")


def new_id() -> bytes:
    """A random id: a time-ordered one would tell when."""
    return os.urandom(ID)


def new_room() -> RoomKeys:
    """A room that nobody has written into, with its first epoch."""
    epoch = new_id()
    return RoomKeys(new_id(), {epoch: os.urandom(KEY)}, epoch)


def new_epoch(keys: RoomKeys) -> RoomKeys:
    """The same room with one more epoch, under which everything from now on is sealed."""
    epoch = new_id()
    return RoomKeys(keys.room, {**keys.epochs, epoch: os.urandom(KEY)}, epoch)


def passphrase_slot(ring: KeyRing, passphrase: str, hardness: Hardness) -> Row:
    """The row of `slot` that a passphrase opens."""
    salt = os.urandom(16)
    return _slot(ring, "passphrase", notation(hardness), salt, derive(passphrase, salt, hardness))


def recovery_slot(ring: KeyRing, code: bytes) -> Row:
    """The row of `slot` that a recovery code opens."""
    salt = os.urandom(16)
    return _slot(ring, "recovery", RECOVERY_KDF, salt, recovery_key(code, salt))


def recovery_key(code: bytes, salt: bytes) -> bytes:
    """The key that a recovery code stands for."""
    return stretch(code, "recovery", salt)


def open_slot(row: Row, key: bytes) -> tuple[bytes, int] | None:
    """The root, and how many epochs `mine` has; None where the key does not fit the row."""
    try:
        sealed = row["wrapped_root"]
        plain = AESGCM(key).decrypt(sealed[:12], sealed[12:], _slot_address(row))
    except (InvalidTag, ValueError, TypeError):
        return None
    return plain[:ROOT], int.from_bytes(plain[ROOT:], "big")


def wrap_ring(ring: KeyRing) -> list[Row]:
    """The rows of `room_key` that hold a member's keys, wrapped under their root."""
    signing = ring.identity.seed + ring.identity.book + ring.identity.name.encode()
    rows = [_key_row(ring, new_id(), new_id(), b"s", 1, signing)]
    rows += wrap_room(ring, ring.mine, b"m")
    if ring.ours is not None:
        rows += wrap_room(ring, ring.ours, b"o")
    return rows


def wrap_room(ring: KeyRing, keys: RoomKeys, role: bytes) -> list[Row]:
    """The rows of `room_key` for one room, one an epoch."""
    return [
        _key_row(ring, keys.room, epoch, role, ordinal, key)
        for ordinal, (epoch, key) in enumerate(keys.epochs.items(), start=1)
    ]


def unwrap_ring(root: bytes, epochs: int, member: bytes, rows: list[tuple[Any, ...]]) -> KeyRing:
    """A member's keys from their rows of `room_key`: (room, epoch, wrapped_key).

    epochs: how many `mine` must have. Raises Tampered for a row that is missing, added or changed.
    """
    found: dict[str, list[tuple[int, bytes, bytes, bytes]]] = {"mine": [], "ours": [], "signing": []}
    cipher = AESGCM(stretch(root, "room keys"))
    for room, epoch, wrapped in rows:
        role, ordinal, secret = _unwrap(cipher, member, room, epoch, wrapped)
        found[role].append((ordinal, room, epoch, secret))
    if len(found["signing"]) != 1 or len(found["mine"]) != epochs:
        raise Tampered("a member's row of keys")
    ours = _room(found["ours"]) if found["ours"] else None
    return KeyRing(root, _identity(member, found["signing"][0][3]), _room(found["mine"]), ours)


def _slot(ring: KeyRing, kind: Slot, kdf: str, salt: bytes, key: bytes) -> Row:
    row: Row = {"member": ring.identity.member, "kind": kind, "kdf": kdf, "salt": salt}
    plain = ring.root + len(ring.mine.epochs).to_bytes(4, "big")
    return {**row, "wrapped_root": seal(AESGCM(key), plain, _slot_address(row))}


def _slot_address(row: Row) -> bytes:
    member, salt = bytes(row["member"]), bytes(row["salt"])
    return b"\x11" + member + f"{row['kind']}\0{row['kdf']}\0".encode() + salt


def _key_address(member: bytes, room: bytes, epoch: bytes) -> bytes:
    return b"\x12" + member + room + epoch


def _key_row(ring: KeyRing, room: bytes, epoch: bytes, role: bytes, ordinal: int, secret: bytes) -> Row:
    member = ring.identity.member
    plain = framed(role + ordinal.to_bytes(4, "big") + secret, ROW_STEP)
    wrapped = seal(AESGCM(stretch(ring.root, "room keys")), plain, _key_address(member, room, epoch))
    return {"room": room, "epoch": epoch, "holder": member, "wrapped_key": wrapped}


def _unwrap(cipher: AESGCM, member: bytes, room: Any, epoch: Any, wrapped: Any) -> tuple[str, int, bytes]:
    what = "a member's row of keys"
    if not (isinstance(room, bytes) and isinstance(epoch, bytes)):
        raise Tampered(what)
    body = unframed(unseal(cipher, wrapped, _key_address(member, room, epoch), what), what)
    return _ROLES[body[:1]], int.from_bytes(body[1:5], "big"), body[5:]


def _room(found: list[tuple[int, bytes, bytes, bytes]]) -> RoomKeys:
    """The epochs in their order, of which none may be missing: an older one would be written under."""
    found.sort()
    rooms = {room for _, room, _, _ in found}
    if [ordinal for ordinal, *_ in found] != list(range(1, len(found) + 1)) or len(rooms) != 1:
        raise Tampered("a member's row of keys")
    return RoomKeys(rooms.pop(), {epoch: secret for _, _, epoch, secret in found}, found[-1][2])


def _identity(member: bytes, signing: bytes) -> Identity:
    seed, book, name = signing[:KEY], signing[KEY : KEY + ID], signing[KEY + ID :]
    return Identity(member, name.decode(), book, seed)


def new_member(name: str, book: bytes, ours: RoomKeys | None = None) -> KeyRing:
    """The keys of someone who has none yet."""
    seed = Ed25519PrivateKey.generate().private_bytes_raw()
    return KeyRing(os.urandom(ROOT), Identity(new_id(), name, book, seed), new_room(), ours)
