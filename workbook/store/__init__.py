"""A vault of bytes: sealed records in SQLite or PostgreSQL, for members who each hold their own keys.

It knows nothing of what the bytes say.
"""

from workbook.store.errors import (
    AlreadyBegun,
    AlreadyTwo,
    BookBusy,
    BookMoved,
    ClockDiffers,
    DiskFull,
    EmptyPassphrase,
    Locked,
    NameTaken,
    NewerBook,
    NoBackup,
    NoBook,
    NoPartner,
    NotYours,
    PartnerLeft,
    PassphraseChanged,
    ReadOnlyBook,
    RecoveryCodeGiven,
    StoreError,
    Tampered,
    Unread,
    UnreadableBook,
    UnsuitableName,
    WrongCode,
    WrongPassphrase,
    YouLeft,
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
    "ClockDiffers",
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
    "PartnerLeft",
    "PassphraseChanged",
    "ReadOnlyBook",
    "Record",
    "RecoveryCodeGiven",
    "Room",
    "StoreError",
    "Tampered",
    "Unlocked",
    "Unread",
    "UnreadableBook",
    "UnsuitableName",
    "Vault",
    "WrongCode",
    "WrongPassphrase",
    "YouLeft",
]
