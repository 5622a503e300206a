"""A kernel lives as long as its page, keeps no trace, and runs no code that a page sends."""

from __future__ import annotations

import json
import os
import re
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import httpx
import psutil
import pytest
from websockets.sync.client import ClientConnection, connect

from tests.conftest import ROOT, Served
from tests.serve.conftest import StartScratch, enter, is_alive
from workbook.serve import kernels
from workbook.serve.kernels import Backstop

ID = re.compile(r'data-end="[^"]*/([0-9a-f-]+)"')


def open_page(client: httpx.Client, address: str = "") -> tuple[str, str]:
    """Open a page as a program. Returns its kernel's id, and the token that its forms repeat."""
    text = client.get(address).text
    form_token = re.search(r'data-form-token="([^"]*)"', text)
    kernel = ID.search(text)
    assert kernel is not None
    assert form_token is not None
    return kernel[1], form_token[1]


def channel(client: httpx.Client, served: Served, kernel_id: str) -> ClientConnection:
    """The channels of a kernel."""
    cookie = "; ".join(f"{name}={value}" for name, value in client.cookies.items())
    return connect(
        f"ws://127.0.0.1:{served.port}/api/kernels/{kernel_id}/channels?session_id=s",
        origin=served.origin,  # type: ignore[arg-type]
        additional_headers={"Cookie": cookie},
    )


def message(kind: str, content: dict[str, Any]) -> str:
    """A message as a page sends it."""
    header = {"msg_id": kind, "msg_type": kind, "session": "s", "username": "", "version": "5.3", "date": ""}
    return json.dumps(
        {
            "header": header,
            "parent_header": {},
            "metadata": {},
            "content": content,
            "channel": "shell",
            "buffers": [],
        }
    )


def until(connection: ClientConnection, kind: str) -> list[dict[str, Any]]:
    """The messages up to the first of a kind."""
    seen: list[dict[str, Any]] = []
    while not seen or seen[-1]["msg_type"] != kind:
        seen.append(json.loads(connection.recv(timeout=30)))
    return seen


def test_code_sent_over_the_channel_does_not_run(
    visitor: httpx.Client, scratch: Served, tmp_path: Path
) -> None:
    kernel_id, _ = open_page(visitor)
    made = tmp_path / "made"
    code = {"code": f"open({str(made)!r}, 'w').close()", "silent": False, "store_history": False,
            "user_expressions": {}, "allow_stdin": False, "stop_on_error": True}  # fmt: skip
    with channel(visitor, scratch, kernel_id) as connection:
        connection.send(message("execute_request", code))
        for unwanted in ("debug_request", "inspect_request", "complete_request", "history_request"):
            connection.send(message(unwanted, {}))
        connection.send(message("kernel_info_request", {}))
        answers = until(connection, "kernel_info_reply")
    assert {answer["msg_type"] for answer in answers} <= {"status", "kernel_info_reply"}
    assert not made.exists()


def test_a_page_ends_its_kernel_and_may_say_so_twice(visitor: httpx.Client) -> None:
    kernel_id, form_token = open_page(visitor)
    assert is_alive(visitor, kernel_id)
    for _ in range(2):
        answer = visitor.post(f"voila/api/shutdown/{kernel_id}", headers={"X-XSRFToken": form_token})
        assert answer.status_code == 204
    assert not is_alive(visitor, kernel_id)


def test_nobody_ends_a_kernel_without_the_pages_own_token(visitor: httpx.Client) -> None:
    kernel_id, _ = open_page(visitor)
    for headers in ({}, {"X-XSRFToken": "wrong"}):
        assert visitor.post(f"voila/api/shutdown/{kernel_id}", headers=headers).status_code == 403
    assert visitor.delete(f"api/kernels/{kernel_id}").status_code == 405
    assert is_alive(visitor, kernel_id)


def test_a_page_that_nobody_connects_to_loses_its_kernel(start_scratch: StartScratch) -> None:
    served = start_scratch(patience=1)
    with httpx.Client(base_url=served.base, timeout=60) as client:
        enter(client, served)
        kernel_id, _ = open_page(client)
        wait_until(lambda: not is_alive(client, kernel_id))


def test_a_page_that_is_given_up_while_it_opens_loses_its_kernel(start_scratch: StartScratch) -> None:
    served = start_scratch(patience=1)
    with httpx.Client(base_url=served.base, timeout=60) as client:
        enter(client, served)
        kernel_id = given_up(client)
        wait_until(lambda: not is_alive(client, kernel_id))


def given_up(client: httpx.Client) -> str:
    """Close the connection of a page as soon as its kernel's id is here."""
    arrived = ""
    with client.stream("GET", "") as answer:
        for piece in answer.iter_text():
            arrived += piece
            if found := ID.search(arrived):
                return found[1]
    raise AssertionError("the page came without a kernel")


def wait_until(is_so: Any, seconds: float = 30) -> None:
    """Ask again and again until it is so."""
    deadline = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < deadline, "it never came to be"


def test_a_kernel_that_cannot_start_is_said_on_the_page(start_scratch: StartScratch, tmp_path: Path) -> None:
    (tmp_path / "ipykernel_launcher.py").write_text("raise SystemExit(1)")
    served = start_scratch(env={"PYTHONPATH": f"{tmp_path}{os.pathsep}{ROOT}"})
    with httpx.Client(base_url=served.base, timeout=60) as client:
        enter(client, served)
        text = client.get("").text
    assert "This page couldn't be opened. Nothing was lost." in text
    assert text.endswith("</html>")


def test_a_channel_is_told_that_its_kernel_died_and_gets_no_other(
    visitor: httpx.Client, scratch: Served
) -> None:
    kernel_id, _ = open_page(visitor)
    pid = kernel_pids(scratch.process.pid, kernel_id)[0]
    with channel(visitor, scratch, kernel_id) as connection:
        until(connection, "status")
        os.kill(pid, 9)
        states = []
        while "dead" not in states:
            received = json.loads(connection.recv(timeout=30))
            states.append(received["content"].get("execution_state"))
    assert "restarting" not in states
    assert not is_alive(visitor, kernel_id)


def kernel_processes(server: int, kernel_id: str = "kernel-") -> list[psutil.Process]:
    """The living processes of a server's kernels, or of the one with this id."""
    found = []
    for child in psutil.Process(server).children(recursive=True):
        with suppress(psutil.NoSuchProcess):  # it may end while it is looked at
            if child.status() != psutil.STATUS_ZOMBIE and kernel_id in " ".join(child.cmdline()):
                found.append(child)
    return found


def kernel_pids(server: int, kernel_id: str = "kernel-") -> list[int]:
    """The process ids of a server's kernels, or of the one with this id."""
    return [kernel.pid for kernel in kernel_processes(server, kernel_id)]


def test_kernels_are_spoken_to_in_a_private_folder_and_at_no_port(
    visitor: httpx.Client, scratch: Served
) -> None:
    kernel_id, _ = open_page(visitor)
    (pid,) = kernel_pids(scratch.process.pid, kernel_id)
    sockets = {
        Path(one.laddr) for one in psutil.Process(pid).net_connections(kind="unix") if kernel_id in one.laddr
    }
    assert {one.name for one in sockets} == {f"kernel-{kernel_id}-ipc-{n}" for n in range(1, 6)}
    assert {one.parent.stat().st_mode & 0o077 for one in sockets} == {0}


def test_a_kernel_leaves_nothing_in_the_home_folder(start_scratch: StartScratch, tmp_path: Path) -> None:
    home = tmp_path / "home"
    (home / ".ipython" / "profile_default").mkdir(parents=True)
    startup = tmp_path / "startup.py"
    startup.write_text(f"open({str(tmp_path / 'ran')!r}, 'w').close()")
    (home / ".ipython" / "profile_default" / "ipython_config.py").write_text(startup.read_text())
    env = {"HOME": str(home), "PYTHONSTARTUP": str(startup), "XDG_CACHE_HOME": str(tmp_path / "cache")}
    served = start_scratch(env=env)
    with httpx.Client(base_url=served.base, timeout=60) as client:
        enter(client, served)
        open_page(client)
    assert served.end()[0] == 0
    files = {path.name for path in home.rglob("*") if path.is_file()}
    assert files == {"ipython_config.py"}
    assert not (tmp_path / "ran").exists()


def test_a_folder_for_sockets_is_private_and_its_path_short(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    deep = tmp_path / ("x" * 90)
    deep.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(deep))
    folder = Path(kernels.folder_for_sockets())
    assert folder.stat().st_mode & 0o077 == 0
    assert (
        len(str(folder / "kernel-12345678-1234-1234-1234-123456789012-ipc-5")) <= kernels.LONGEST_SOCKET_PATH
    )
    folder.rmdir()


class Kernels(dict[str, int]):
    """Kernels by their number of connections, as far as the backstop looks at them."""

    def list_kernel_ids(self) -> list[str]:
        return list(self)

    def kernel_model(self, kernel_id: str) -> dict[str, int]:
        return {"connections": self[kernel_id]}

    async def shutdown_kernel(self, kernel_id: str) -> None:
        del self[kernel_id]


def test_the_backstop_waits_its_time_and_forgets_what_is_connected_again() -> None:
    running, now = Kernels(alone=0, joined=1, flaky=0, opening=0), [0.0]
    backstop = Backstop(running, patience=30, clock=lambda: now[0])  # type: ignore[arg-type]
    backstop.opening.add("opening")
    left = []
    for now[0], running["flaky"] in ((0, 0), (20, 1), (30, 0), (31, 0), (61, 0)):
        send(backstop.sweep())
        left.append(sorted(running))
    everyone = ["alone", "flaky", "joined", "opening"]
    without = ["flaky", "joined", "opening"]
    assert left == [everyone, everyone, everyone, without, ["joined", "opening"]]


def test_the_backstop_spares_a_kernel_whose_page_comes_back_while_another_is_ended() -> None:
    class ComesBack(Kernels):
        async def shutdown_kernel(self, kernel_id: str) -> None:
            await super().shutdown_kernel(kernel_id)
            self.update(dict.fromkeys(self, 1))

    running, now = ComesBack(first=0, second=0), [0.0]
    backstop = Backstop(running, patience=30, clock=lambda: now[0])  # type: ignore[arg-type]
    for now[0] in (0, 31, 32):
        send(backstop.sweep())
    assert len(running) == 1


def send(waiting: Any) -> None:
    """Run what never really waits; a browser's loop may run in this thread."""
    with pytest.raises(StopIteration):
        waiting.send(None)
