"""What tests of several rooms share: two people, a real browser, and the command running as a real server."""

from __future__ import annotations

import os
import queue
import re
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Playwright, sync_playwright

from workbook.store import Hardness

ROOT = Path(__file__).parents[1]
SOFT = Hardness(memory=64, passes=1)
"""A passphrase costs next to nothing here: only a test may say so."""
ANA, BEN = ("Ana", "six words that ana knows well"), ("Ben", "six words that ben knows well")
PATIENCE = 60
"""Seconds for a program to start or to end on a slow machine."""
CHROMIUM = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
NAMES = ("chromium", "chromium-browser", "google-chrome")


MORNING = 9
"""The hour at which each run begins, so that no day ends before it does."""


def pytest_configure(config: pytest.Config) -> None:
    """Stand in the time zone where it is morning: for the tests, and for each program that they start."""
    is_first = not hasattr(config, "workerinput")  # the others inherit what it stands in
    if is_first and hasattr(time, "tzset"):
        east = (MORNING - datetime.now(UTC).hour + 12) % 24 - 12
        os.environ["TZ"] = f"Etc/GMT{-east:+d}"  # these names count westwards
        time.tzset()


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """Two runs side by side for all tests, since each waits for a browser half of its time; else one."""
    if config.args != config.getini("testpaths"):
        return 0
    chromium()  # both would install it
    return 2


@dataclass
class Served:
    """A running server and where it answers."""

    process: subprocess.Popen[str]
    address: str
    """What it printed, with the token."""

    @property
    def base(self) -> str:
        """The address without the token; ends with a slash."""
        return self.address.partition("?")[0]

    @property
    def origin(self) -> str:
        """Scheme, host and port."""
        parts = urlsplit(self.address)
        return f"{parts.scheme}://{parts.netloc}"

    @property
    def port(self) -> int:
        """The port on 127.0.0.1."""
        return urlsplit(self.address).port or 0

    @property
    def token(self) -> str:
        """The token in the printed address."""
        return parse_qs(urlsplit(self.address).query)["token"][0]

    def end(self) -> tuple[int, str, str]:
        """End it by SIGTERM, if it still runs. Returns its status, what else it printed, and its errors."""
        self.process.terminate()
        try:
            printed, errors = self.process.communicate(timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            printed, errors = self.process.communicate()
        return self.process.returncode, printed, errors


def start(command: list[str], env: dict[str, str] | None = None, cwd: Path = ROOT) -> Served:
    """Start a program that prints one line with its address once it answers."""
    process = subprocess.Popen(
        command,
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(ROOT), **(env or {})},
        stdout=-1,
        stderr=-1,
        text=True,
    )
    line = first_line(process)
    found = re.search(r"http://\S+", line)
    if not found:
        process.kill()
        raise AssertionError(f"no address in {line!r}: {process.communicate()[1]}")
    return Served(process, found[0])


def first_line(process: subprocess.Popen[str]) -> str:
    """The first line that a program prints; empty if it ends, or takes too long, without one."""
    assert process.stdout is not None
    lines: queue.Queue[str] = queue.Queue()
    threading.Thread(target=lambda out: lines.put(out.readline()), args=[process.stdout], daemon=True).start()
    try:
        return lines.get(timeout=PATIENCE)
    except queue.Empty:
        return ""


@pytest.fixture
def free_port() -> int:
    """A port that nothing listens at."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Callable[..., Served]]:
    """Start `workbook serve` with more arguments, on a book and a port of its own; ended afterwards."""
    running: list[Served] = []

    def start_one(*args: str, env: dict[str, str] | None = None, cwd: Path = ROOT) -> Served:
        book = [] if {"--book", "--demo"} & set(args) else ["--book", str(tmp_path / "book.db")]
        port = [] if "--port" in args else ["--port", "0"]
        command = [sys.executable, "-m", "workbook", "serve", "--no-browser", *port, *book, *args]
        running.append(start(command, env, cwd))
        return running[-1]

    yield start_one
    for served in running:
        served.end()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A real Chromium: the one on the PATH, else one that is installed now."""
    with sync_playwright() as playwright:
        browser = launch(playwright)
        yield browser
        browser.close()


def launch(playwright: Playwright) -> Browser:
    """Start Chromium, after installing one if there is none."""
    path = chromium()
    args = [*CHROMIUM, *(["--no-sandbox"] if is_root() else [])]
    return playwright.chromium.launch(executable_path=path, args=args)


def chromium() -> str | None:
    """Where Chromium is; None for the one that Playwright keeps."""
    found = on_path()
    if found is not None:
        return found
    fetched = subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)
    if fetched.returncode == 0:
        return None
    subprocess.run(["apt-get", "update"], check=True)
    subprocess.run(["apt-get", "install", "-y", "chromium"], check=True)
    return on_path()


def on_path() -> str | None:
    """The first Chromium on the PATH."""
    return next((path for path in map(shutil.which, NAMES) if path), None)


def is_root() -> bool:
    """Whether this is the superuser, under whom Chromium's sandbox does not work."""
    return hasattr(os, "geteuid") and os.geteuid() == 0
