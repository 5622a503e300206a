"""The command: one line when it answers, one line when it can't, and nothing left when it ends."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import click
import httpx
import psutil
import pytest

import workbook
from tests.conftest import PATIENCE, ROOT, Served
from workbook.cli import prefix
from workbook.terminal import absolute

LINE = re.compile(r"Workbook is open at http://127\.0\.0\.1:\d+/\?token=[\w-]{43}\n")
Serve = Callable[..., Served]


def run(*args: str, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """Run the command to its end."""
    return subprocess.run(
        [sys.executable, "-m", "workbook", *args],
        cwd=ROOT,
        env={**os.environ, **(env or {})},
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )


def open_page(served: Served) -> None:
    """Open the first page as a program, which starts its kernel."""
    with httpx.Client(base_url=served.base, timeout=60, follow_redirects=True) as client:
        assert client.get(served.address).status_code == 200


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_stop_is_status_0_and_leaves_no_kernel(serve: Serve, number: signal.Signals) -> None:
    served = serve()
    open_page(served)
    children = psutil.Process(served.process.pid).children(recursive=True)
    assert len(children) == 1
    served.process.send_signal(number)
    printed, errors = served.process.communicate(timeout=PATIENCE)
    assert (served.process.returncode, printed, errors) == (0, "", "")
    assert not any(child.is_running() for child in children)


def test_nothing_is_left_among_the_temporary_files(serve: Serve, tmp_path: Path) -> None:
    scratch = tmp_path / "t"
    scratch.mkdir()
    served = serve(env={"TMPDIR": str(scratch)})
    open_page(served)
    assert [path.name for path in scratch.iterdir()] != []
    assert served.end()[0] == 0
    assert [path.name for path in scratch.iterdir()] == []


def test_serving_writes_no_book(serve: Serve, tmp_path: Path) -> None:
    served = serve("--book", str(tmp_path / "mine.db"))
    served.end()
    assert [path.name for path in tmp_path.iterdir()] == []


def test_one_line_is_printed(free_port: int, tmp_path: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "workbook",
        "--no-browser",
        "--port",
        str(free_port),
        "--book",
        str(tmp_path / "b.db"),
    ]
    with subprocess.Popen(command, cwd=ROOT, stdout=-1, stderr=-1, text=True) as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        assert httpx.get(f"http://127.0.0.1:{free_port}/health").text == "ok"
        process.terminate()
        rest, errors = process.communicate(timeout=PATIENCE)
    assert LINE.fullmatch(line)
    assert f":{free_port}/" in line
    assert (rest, errors, process.returncode) == ("", "", 0)


def test_a_port_in_use_is_one_line_and_status_2(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        for command in (["serve"], ["lab", str(tmp_path / "copies")]):
            fails(run(*command, "--no-browser", "--port", port, "--book", str(tmp_path / "b.db")), port)


def fails(ended: subprocess.CompletedProcess[str], *words: str) -> None:
    """It ended with one line for the person, which says these words."""
    assert (ended.returncode, ended.stdout) == (2, "")
    assert re.fullmatch(r"[^\n]+\n", ended.stderr), ended.stderr
    assert all(word in ended.stderr for word in words), ended.stderr
    assert "Traceback" not in ended.stderr


def test_an_unreadable_book_is_one_line_and_status_2(tmp_path: Path) -> None:
    broken = tmp_path / "b.db"
    broken.write_bytes(b"no book " * 1000)
    fails(run("--no-browser", "--port", "0", "--book", str(broken)), "b.db")
    assert broken.read_bytes() == b"no book " * 1000


def test_a_folder_in_place_of_a_book_is_one_line_and_status_2(tmp_path: Path) -> None:
    fails(run("serve", "--no-browser", "--port", "0", "--book", str(tmp_path)))


def test_a_demo_and_a_book_are_not_asked_for_at_once(tmp_path: Path) -> None:
    ended = run("--demo", "--no-browser", "--book", str(tmp_path / "b.db"))
    assert (ended.returncode, ended.stdout) == (2, "")
    assert "--demo and --book don't go together. Choose one of them." in ended.stderr


def test_a_demo_is_gone_afterwards(serve: Serve, tmp_path: Path) -> None:
    served = serve("--demo", env={"TMPDIR": str(tmp_path), "WORKBOOK_BOOK": str(tmp_path / "never.db")})
    books = list(tmp_path.glob("*/book.db"))
    assert len(books) == 1
    assert served.end()[0] == 0
    assert list(tmp_path.iterdir()) == []


def test_a_demo_that_is_stopped_while_it_is_written_is_gone_too(tmp_path: Path) -> None:
    env = {**os.environ, "TMPDIR": str(tmp_path)}
    command = [sys.executable, "-m", "workbook", "--demo", "--no-browser", "--port", "0"]
    with subprocess.Popen(command, cwd=ROOT, env=env, stdout=-1, stderr=-1, text=True) as process:
        deadline = time.monotonic() + PATIENCE
        while not list(tmp_path.glob("*/book.db*")):
            assert time.monotonic() < deadline
        process.terminate()
        printed, errors = process.communicate(timeout=PATIENCE)
    assert (process.returncode, printed, errors) == (0, "", "")
    assert list(tmp_path.iterdir()) == []


def test_help_is_plain_and_names_every_command() -> None:
    shown = run("--help")
    assert shown.returncode == 0
    assert "made-up couple" in shown.stdout
    for command in ("serve", "lab", "export", "import", "backup", "restore", "merge", "doctor"):
        assert re.search(rf"^  {command} ", shown.stdout, re.MULTILINE)
        assert run(command, "--help").returncode == 0


def test_the_version_is_the_packages() -> None:
    assert run("--version").stdout == f"workbook {workbook.__version__}\n"


def test_an_unknown_option_is_status_2() -> None:
    assert run("--nothing").returncode == 2
    assert run("nothing").returncode == 2


def test_a_book_is_found_from_any_folder_that_a_kernel_works_in(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    assert absolute("book.db") == str(tmp_path / "book.db")
    assert absolute("~/book.db") == str(Path.home() / "book.db")
    for where in (":memory:", "postgresql+psycopg://here/book"):
        assert absolute(where) == where


@pytest.mark.parametrize(
    ("given", "made"), [("/", "/"), ("", "/"), ("x", "/x/"), ("/x", "/x/"), ("/x/y/", "/x/y/")]
)
def test_a_base_url_has_a_slash_at_both_ends(given: str, made: str) -> None:
    assert prefix(given) == made


@pytest.mark.parametrize(
    "given", ["/a b/", "/a?b/", "/a#b", "/x//y/", "/../x/", "/é/", "/a%20b/", "{x}", "http://x"]
)
def test_what_is_no_path_is_refused_as_a_base_url(given: str) -> None:
    with pytest.raises(click.BadParameter, match=f"^{re.escape(given)} is no path"):
        prefix(given)


def test_the_browser_is_opened_with_a_token_of_its_own(tmp_path: Path) -> None:
    seen = tmp_path / "seen"
    opener = tmp_path / "opener"
    opener.write_text(f'#!/bin/sh\nprintf %s "$1" > {seen}.part && mv {seen}.part {seen}\n')
    opener.chmod(0o755)
    env = {**os.environ, "BROWSER": str(opener)}
    command = [sys.executable, "-m", "workbook", "--port", "0", "--book", str(tmp_path / "b.db")]
    with subprocess.Popen(command, cwd=ROOT, env=env, stdout=-1, stderr=-1, text=True) as process:
        assert process.stdout is not None
        printed = process.stdout.readline().split()[-1]
        deadline = time.monotonic() + PATIENCE
        while not seen.exists():
            assert time.monotonic() < deadline
        used = seen.read_text()
        statuses = [httpx.get(used).status_code for _ in range(2)]
        process.terminate()
        process.communicate(timeout=PATIENCE)
    assert used != printed
    assert used.split("token=")[0] == printed.split("token=")[0]
    assert statuses == [302, 403]
