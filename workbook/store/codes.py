"""Codes that people copy by hand: Crockford's base 32 in groups of four, read tolerantly."""

from __future__ import annotations

from workbook.store.errors import WrongCode

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
RECOVERY_BYTES = 20
INVITATION_BYTES = 16

_LOOKALIKES = str.maketrans("OIL", "011", " -–—\t\n\r\u00a0")
_VALUES = {letter: value for value, letter in enumerate(ALPHABET)}


def encode(secret: bytes) -> str:
    """The bytes as groups of four letters and digits, such as "7K3M-…"; pads with zero bits at the end."""
    bits = len(secret) * 8
    length = -(-bits // 5)
    number = int.from_bytes(secret, "big") << (length * 5 - bits)
    letters = "".join(ALPHABET[number >> shift & 31] for shift in range((length - 1) * 5, -1, -5))
    return "-".join(letters[start : start + 4] for start in range(0, length, 4))


def is_recovery_code(code: str) -> bool:
    """Whether this has the form of a recovery code; it opens nothing and looks nothing up."""
    try:
        decode(code, RECOVERY_BYTES)
    except WrongCode:
        return False
    return True


def decode(code: str, size: int) -> bytes:
    """The `size` bytes that a code stands for: case, spaces and dashes don't matter, O is 0, I and L are 1.

    Raises WrongCode where it isn't a code of that size.
    """
    letters = code.upper().translate(_LOOKALIKES)
    length = -(-size * 8 // 5)
    if len(letters) != length or not set(letters) <= _VALUES.keys():
        raise WrongCode
    number = 0
    for letter in letters:
        number = number << 5 | _VALUES[letter]
    spare = length * 5 - size * 8
    if number & ((1 << spare) - 1):
        raise WrongCode
    return (number >> spare).to_bytes(size, "big")
