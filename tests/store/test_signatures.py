"""The room of both: each holds its key, and neither can write, shorten or erase as the other."""

from __future__ import annotations

from typing import Any, NamedTuple

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import delete, insert, select, update

from tests.store.conftest import ANA, BEN, Couple, an_id
from workbook.store import Record, Tampered, Vault
from workbook.store.engine import Database
from workbook.store.keys import KeyRing, RoomKeys, new_id
from workbook.store.records import (
    ENTRY,
    ERASURE,
    JOINED,
    OPENING,
    PIN,
    Acquaintance,
    Addition,
    erasure,
    opening,
    record_prefix,
    seal_head,
    seal_record,
)
from workbook.store.schema import fetch, head, member, record
from workbook.store.sealing import seal


class Forger(NamedTuple):
    """Ben, who holds the key of `ours` and his own signing key, and edits the database."""

    couple: Couple
    database: Database
    ring: KeyRing
    keys: RoomKeys
    hers: Record
    """What Ana wrote last into `ours`."""

    @property
    def her_writer(self) -> bytes:
        return bytes.fromhex(self.hers.writer)

    def put(self, writer: bytes, n: int, addition: Addition, signer: Ed25519PrivateKey | None = None) -> None:
        """Insert or replace a record, signed by Ben unless said otherwise, and its writer's head."""
        signer = signer or self.ring.identity.signer
        row = seal_record(self.keys, signer, writer, n, addition)
        end = seal_head(self.keys, signer, writer, n)
        with self.database.writing() as connection:
            connection.execute(delete(record).where(record.c.writer == writer, record.c.n == n))
            connection.execute(insert(record), row)
            connection.execute(delete(head).where(head.c.writer == writer))
            connection.execute(insert(head), end)


@pytest.fixture
def forger(couple: Couple, database: Database) -> Forger:
    (hers,) = couple.ana.append([("ours", an_id(), b"what ana wrote")])
    couple.ben.read()
    ring = couple.ben._rooms.ring  # type: ignore[union-attr]
    assert ring.ours is not None
    return Forger(couple, database, ring, ring.ours, hers)


def assert_refused(forger: Forger, what: str) -> None:
    """Neither Ana's running program nor a new unlock of either takes it."""
    for read in (forger.couple.ana.read, lambda: forger.couple.vault.unlock(*ANA)):
        with pytest.raises(Tampered, match=what):
            read()


def test_a_partner_cannot_add_a_record_as_the_other(forger: Forger) -> None:
    forger.put(forger.her_writer, forger.hers.n + 1, Addition(ENTRY, new_id(), b"forged"))
    assert_refused(forger, f"head of writer {forger.hers.writer[:8]}")


def test_a_partner_cannot_begin_a_writer_as_the_other(forger: Forger) -> None:
    writer = new_id()
    ana = bytes.fromhex(forger.couple.ana.member.id)
    forger.put(writer, 0, Addition(OPENING, new_id(), opening(ana, {})))
    assert_refused(forger, f"record 0 of writer {writer.hex()[:8]}")


def test_a_partner_cannot_bring_in_a_third(forger: Forger) -> None:
    writer, stranger, key = new_id(), new_id(), Ed25519PrivateKey.generate()
    forger.put(writer, 0, Addition(OPENING, new_id(), opening(stranger, {})), key)
    said = Acquaintance(stranger, key.public_key().public_bytes_raw(), "Eve")
    forger.put(writer, 1, Addition(JOINED, new_id(), said.packed()), key)
    assert_refused(forger, f"record 0 of writer {writer.hex()[:8]}")


def test_a_name_that_is_no_text_is_refused_before_whoever_joined_is_known(
    vault: Vault, database: Database
) -> None:
    ana = vault.unlock(*ANA)
    vault.join(*BEN, ana.invite())
    ring = vault.unlock(*BEN)._rooms.ring  # type: ignore[union-attr]
    assert ring.ours is not None
    signer, writer = ring.identity.signer, new_id()
    said = Addition(JOINED, new_id(), ring.identity.member + ring.identity.public + b"\xff")
    rows = [
        seal_record(
            ring.ours, signer, writer, 0, Addition(OPENING, new_id(), opening(ring.identity.member, {}))
        ),
        seal_record(ring.ours, signer, writer, 1, said),
    ]
    with database.writing() as connection:
        connection.execute(insert(record), rows)
        connection.execute(insert(head), seal_head(ring.ours, signer, writer, 1))
    for read in (ana.read, lambda: vault.unlock(*ANA)):
        with pytest.raises(Tampered, match="who joined"):
            read()


def test_a_record_without_even_a_kind_is_refused(forger: Forger) -> None:
    writer, id_ = new_id(), new_id()
    forger.put(writer, 0, Addition(OPENING, id_, opening(forger.ring.identity.member, {})))
    address = record_prefix(forger.keys.room, writer) + bytes(8) + id_ + forger.keys.newest
    empty = seal(AESGCM(forger.keys.epochs[forger.keys.newest]), b"", address)
    with forger.database.writing() as connection:
        connection.execute(update(record).where(record.c.writer == writer).values(sealed=empty))
    assert_refused(forger, f"record 0 of writer {writer.hex()[:8]}")


def test_a_partner_cannot_show_a_second_key(forger: Forger) -> None:
    writer, me = new_id(), forger.ring.identity
    forger.put(writer, 0, Addition(OPENING, new_id(), opening(me.member, {})))
    said = Acquaintance(me.member, Ed25519PrivateKey.generate().public_key().public_bytes_raw(), me.name)
    forger.put(writer, 1, Addition(JOINED, new_id(), said.packed()))
    assert_refused(forger, f"record 1 of writer {writer.hex()[:8]}")


def test_once_pinned_the_partners_key_is_never_exchanged_for_another(couple: Couple) -> None:
    stranger = Acquaintance(bytes.fromhex(couple.ben.member.id), bytes(32), "Ben")
    rooms = couple.ana._rooms
    assert rooms is not None
    rooms.append({"mine": [Addition(PIN, new_id(), stranger.packed())]})
    with pytest.raises(Tampered, match="pinned key"):
        couple.vault.unlock(*ANA)


def test_a_partner_cannot_change_the_words_of_the_other(forger: Forger) -> None:
    """Ben opens Ana's record, changes it, keeps her signature and seals it again at its place."""
    with forger.database.writing() as connection:
        where = (record.c.writer == forger.her_writer, record.c.n == forger.hers.n)
        ((id_, epoch, sealed),) = fetch(
            connection, select(record.c.id, record.c.epoch, record.c.sealed).where(*where)
        )
        address = record_prefix(forger.keys.room, forger.her_writer) + forger.hers.n.to_bytes(8, "big")
        cipher = AESGCM(forger.keys.epochs[epoch])
        plain = cipher.decrypt(sealed[:12], sealed[12:], address + id_ + epoch)
        changed = plain.replace(b"what ana wrote", b"what ben wrote")
        assert changed != plain
        again = sealed[:12] + cipher.encrypt(sealed[:12], changed, address + id_ + epoch)
        connection.execute(update(record).where(*where).values(sealed=again))
    with pytest.raises(Tampered, match=f"record {forger.hers.n} of writer {forger.hers.writer[:8]}"):
        forger.couple.vault.unlock(*ANA)


def test_a_partner_cannot_cut_off_what_the_other_wrote_last(forger: Forger) -> None:
    shorter = seal_head(forger.keys, forger.ring.identity.signer, forger.her_writer, 0)
    with forger.database.writing() as connection:
        connection.execute(delete(record).where(record.c.writer == forger.her_writer, record.c.n == 1))
        connection.execute(update(head).where(head.c.writer == forger.her_writer).values(shorter))
    assert_refused(forger, f"head of writer {forger.hers.writer[:8]}")


def test_an_older_head_of_the_other_is_refused_by_a_program_that_saw_more(forger: Forger) -> None:
    where = head.c.writer == forger.her_writer
    with forger.database.reading() as connection:
        ((older,),) = fetch(connection, select(head.c.sealed).where(where))
    forger.couple.ana.append([("ours", an_id(), b"later")])
    with forger.database.writing() as connection:
        connection.execute(update(head).where(where).values(sealed=older))
        connection.execute(delete(record).where(record.c.writer == forger.her_writer, record.c.n == 2))
    with pytest.raises(Tampered, match=f"writer {forger.hers.writer[:8]}"):
        forger.couple.ana.append([("ours", an_id(), b"on top")])
    with pytest.raises(Tampered, match=f"writer {forger.hers.writer[:8]}"):
        forger.couple.ana.read()


def test_a_partner_cannot_erase_with_an_erasure_of_their_own(forger: Forger) -> None:
    writer = new_id()
    forger.put(writer, 0, Addition(OPENING, new_id(), opening(forger.ring.identity.member, {})))
    target = (forger.her_writer, forger.hers.n, bytes.fromhex(forger.hers.id))
    forger.put(writer, 1, Addition(ERASURE, new_id(), erasure([target])))
    with forger.database.writing() as connection:
        where = (record.c.writer == forger.her_writer, record.c.n == forger.hers.n)
        connection.execute(update(record).where(*where).values(sealed=None))
    assert_refused(forger, f"record {forger.hers.n} of writer {forger.hers.writer[:8]}")


def test_a_partner_cannot_exchange_the_other_ones_key_in_the_list_of_members(forger: Forger) -> None:
    key = forger.ring.identity.public
    with forger.database.writing() as connection:
        connection.execute(update(member).where(member.c.name == "Ana").values(public_key=key))
    for who in (ANA, BEN):
        with pytest.raises(Tampered, match="member"):
            forger.couple.vault.unlock(*who)


def test_a_partner_cannot_give_the_other_another_name(forger: Forger) -> None:
    with forger.database.writing() as connection:
        connection.execute(update(member).where(member.c.name == "Ben").values(name="Benedict"))
    with pytest.raises(Tampered, match="member"):
        forger.couple.vault.unlock(*ANA)


def test_what_is_not_signed_at_all_is_refused(forger: Forger) -> None:
    writer = new_id()
    row: dict[str, Any] = seal_record(
        forger.keys, None, writer, 0, Addition(OPENING, new_id(), opening(forger.ring.identity.member, {}))
    )
    with forger.database.writing() as connection:
        connection.execute(insert(record), row)
        connection.execute(insert(head), seal_head(forger.keys, None, writer, 0))
    assert_refused(forger, f"record 0 of writer {writer.hex()[:8]}")


def test_what_a_partner_writes_honestly_is_taken(forger: Forger) -> None:
    (his,) = forger.couple.ben.append([("ours", an_id(), b"honest")])
    assert forger.couple.ana.read() == [his]
