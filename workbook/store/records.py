"""What a record and a head are made of: their kinds, their addresses, their seals and signatures.

record.sealed = nonce ‖ AES-256-GCM(kind ‖ length ‖ body [‖ signature] ‖ zeros up to a multiple of 256)
head.sealed   = epoch ‖ nonce ‖ AES-256-GCM(last n [‖ signature])

The associated data is the row's address, and the signature (in `ours` alone) covers it too, so that
neither can be moved elsewhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from workbook.store.errors import Tampered
from workbook.store.keys import ID, RoomKeys
from workbook.store.sealing import seal, unseal

Room = Literal["mine", "ours"]

ENTRY, OPENING, ERASURE, PIN, JOINED, LEFT = 1, 2, 3, 4, 5, 6
STEP = 256
PREFIX = 5
"""Bytes before the body: its kind (1) and its length (4)."""
SIGNATURE = 64
NAMED = ID + 8
ERASED = ID + 8 + ID

_RECORD, _HEAD = b"\x01", b"\x02"


class Member(msgspec.Struct, frozen=True):
    """A person who has a passphrase in the book; `id` is hexadecimal."""

    id: str
    name: str


class Record(msgspec.Struct, frozen=True, gc=False):
    """One thing at rest. `payload` is None once its author has erased it.

    (room, writer, n) is its address; `id` is what whoever wrote it chose; `author` is a member's id.
    """

    room: Room
    writer: str
    n: int
    id: str
    author: str
    payload: bytes | None


class Acquaintance(msgspec.Struct, frozen=True):
    """A member as the other one knows them: pinned in `mine`, and never exchanged for another."""

    id: bytes
    public_key: bytes
    name: str

    def packed(self) -> bytes:
        """id ‖ public key ‖ name."""
        return self.id + self.public_key + self.name.encode()

    @classmethod
    def unpacked(cls, body: bytes) -> Acquaintance:
        """What `packed` gave."""
        return cls(body[:ID], body[ID : ID + 32], body[ID + 32 :].decode())

    def verifier(self) -> Ed25519PublicKey:
        """Checks this member's signatures."""
        return Ed25519PublicKey.from_public_bytes(self.public_key)


class Addition(msgspec.Struct, frozen=True):
    """What is to become a record: its kind, its id and its body."""

    kind: int
    id: bytes
    body: bytes


def opening(author: bytes, ends: dict[bytes, int]) -> bytes:
    """The body of a writer's first record: its author, and other writers with the n they had reached."""
    return author + b"".join(writer + last.to_bytes(8, "big") for writer, last in ends.items())


def read_opening(body: bytes) -> tuple[bytes, dict[bytes, int]]:
    """The author and the named writers of an opening."""
    named = range(ID, len(body), NAMED)
    return body[:ID], {body[at : at + ID]: int.from_bytes(body[at + ID : at + NAMED], "big") for at in named}


def farewell(epoch: bytes, ends: dict[bytes, int]) -> bytes:
    """The body of a member's last record in `ours`: the epoch they knew, and where their writers end."""
    return opening(epoch, ends)


def read_farewell(body: bytes) -> tuple[bytes, dict[bytes, int]]:
    """The epoch and the ends of a farewell."""
    return read_opening(body)


def erasure(targets: Sequence[tuple[bytes, int, bytes]]) -> bytes:
    """The body of an Erasure: (writer, n, id) of each record that it empties."""
    return b"".join(writer + n.to_bytes(8, "big") + id_ for writer, n, id_ in targets)


def read_erasure(body: bytes) -> dict[tuple[bytes, int], bytes]:
    """The id of each erased record, by (writer, n)."""
    return {
        (body[at : at + ID], int.from_bytes(body[at + ID : at + NAMED], "big")): body[
            at + NAMED : at + ERASED
        ]
        for at in range(0, len(body), ERASED)
    }


def record_prefix(room: bytes, writer: bytes) -> bytes:
    """The part of a record's address that all records of a writer share; n, id and epoch follow."""
    return _RECORD + room + writer


def seal_record(
    keys: RoomKeys, signer: Ed25519PrivateKey | None, writer: bytes, n: int, addition: Addition
) -> dict[str, Any]:
    """The row of `record` for an addition. signer: the author's key in `ours`, None in `mine`."""
    address = record_prefix(keys.room, writer) + n.to_bytes(8, "big") + addition.id + keys.newest
    kind = bytes([addition.kind])
    plain = kind + len(addition.body).to_bytes(4, "big") + addition.body
    if signer is not None:
        plain += signer.sign(address + kind + addition.body)
    padded = plain + bytes(-len(plain) % STEP)
    return {
        "room": keys.room,
        "writer": writer,
        "n": n,
        "id": addition.id,
        "epoch": keys.newest,
        "sealed": seal(AESGCM(keys.epochs[keys.newest]), padded, address),
    }


def seal_head(keys: RoomKeys, signer: Ed25519PrivateKey | None, writer: bytes, last: int) -> dict[str, Any]:
    """The row of `head` that says how far a writer got."""
    address = _HEAD + keys.room + writer + keys.newest
    plain = last.to_bytes(8, "big")
    if signer is not None:
        plain += signer.sign(address + plain)
    sealed = keys.newest + seal(AESGCM(keys.epochs[keys.newest]), plain, address)
    return {"room": keys.room, "writer": writer, "sealed": sealed}


def unseal_head(
    room: bytes,
    ciphers: dict[bytes, AESGCM],
    verifier: Ed25519PublicKey | None,
    writer: bytes,
    sealed: Any,
    what: str,
) -> int:
    """The last n of a writer. Raises Tampered where the seal, or in `ours` the signature, does not fit."""
    if not isinstance(sealed, bytes) or sealed[:ID] not in ciphers:
        raise Tampered(what)
    address = _HEAD + room + writer + sealed[:ID]
    plain = unseal(ciphers[sealed[:ID]], sealed[ID:], address, what)
    if verifier is not None:
        try:
            verifier.verify(plain[8:], address + plain[:8])
        except InvalidSignature:
            raise Tampered(what) from None
    return int.from_bytes(plain[:8], "big")
