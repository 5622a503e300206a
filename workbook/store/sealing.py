"""AES-256-GCM with a random nonce in front, and padding that hides small differences in length."""

from __future__ import annotations

import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from workbook.store.errors import Tampered

NONCE = 12


def seal(cipher: AESGCM, plaintext: bytes, address: bytes) -> bytes:
    """nonce ‖ ciphertext, readable only under the same key and at the same address."""
    nonce = os.urandom(NONCE)
    return nonce + cipher.encrypt(nonce, plaintext, address)


def unseal(cipher: AESGCM, sealed: object, address: bytes, what: str) -> bytes:
    """What `seal` was given. Raises Tampered, naming `what`, for anything else."""
    if not isinstance(sealed, bytes):
        raise Tampered(what)
    try:
        return cipher.decrypt(sealed[:NONCE], sealed[NONCE:], address)
    except (InvalidTag, ValueError):
        raise Tampered(what) from None


def stretch(secret: bytes, label: str, salt: bytes | None = None) -> bytes:
    """A 32-byte key for one purpose from a secret that is already random (HKDF-SHA256)."""
    return HKDF(algorithm=SHA256(), length=32, salt=salt, info=b"couples-workbook " + label.encode()).derive(
        secret
    )


def framed(body: bytes, step: int) -> bytes:
    """The body behind its length (4 bytes), padded with zeros to a multiple of `step`."""
    plain = len(body).to_bytes(4, "big") + body
    return plain + bytes(-len(plain) % step)


def unframed(plain: bytes, what: str) -> bytes:
    """The body that `framed` was given. Raises Tampered where the length does not fit."""
    end = 4 + int.from_bytes(plain[:4], "big")
    if end > len(plain):
        raise Tampered(what)
    return plain[4:end]
