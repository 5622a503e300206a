"""A vault of bytes: sealed records in SQLite or PostgreSQL, for members who each hold their own keys.

It knows nothing of what the bytes say.
"""

from workbook.store.errors import (
    AlreadyBegun,
    AlreadyTwo,
    BookBusy,
    BookMoved,
    DiskFull,
    EmptyPassphrase,
    Locked,
    NameTaken,
    NewerBook,
    NoBackup,
    NoBook,
    NoPartner,
    NotYours,
    PassphraseChanged,
    ReadOnlyBook,
    StoreError,
    Tampered,
    UnreadableBook,
    UnsuitableName,
    WrongCode,
    WrongPassphrase,
)
from workbook.store.hardness import Hardness
from workbook.store.records import Member, Record, Room
from workbook.store.unlocked import Unlocked
from workbook.store.vault import Vault

__all__ = [
    "AlreadyBegun",
    "AlreadyTwo",
    "BookBusy",
    "BookMoved",
    "DiskFull",
    "EmptyPassphrase",
    "Hardness",
    "Locked",
    "Member",
    "NameTaken",
    "NewerBook",
    "NoBackup",
    "NoBook",
    "NoPartner",
    "NotYours",
    "PassphraseChanged",
    "ReadOnlyBook",
    "Record",
    "Room",
    "StoreError",
    "Tampered",
    "Unlocked",
    "UnreadableBook",
    "UnsuitableName",
    "Vault",
    "WrongCode",
    "WrongPassphrase",
]
