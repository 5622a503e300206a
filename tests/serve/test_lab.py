"""JupyterLab, run so that it keeps nothing of what was typed or shown."""

from __future__ import annotations

import json
import os
import re
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import psutil
import pytest
from nbformat.v4 import new_code_cell, new_notebook, new_output
from playwright.sync_api import Page, expect

from tests.conftest import PATIENCE, Served, start
from workbook import places
from workbook.serve.lab_config import OVERRIDES, environment, strip_outputs

TELLING = "a private word"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A person's home, with Jupyter settings of their own that would keep everything."""
    home = tmp_path_factory.mktemp("home")
    (home / ".jupyter").mkdir()
    (home / ".jupyter" / "jupyter_server_config.py").write_text("raise SystemExit(9)")
    return home


@pytest.fixture(scope="module")
def lab(home: Path) -> Iterator[Served]:
    """`workbook lab`, running."""
    env = {
        "HOME": str(home),
        "XDG_DATA_HOME": str(home / "data"),
        "TMPDIR": str(home),
        "XDG_DOCUMENTS_DIR": str(home),
    }
    env["WORKBOOK_BOOK"] = str(home / "book.db")
    command = [sys.executable, "-m", "workbook", "lab", str(home / "copies"), "--no-browser", "--port", "0"]
    served = start(command, env)
    yield served
    served.end()


@pytest.fixture
def client(lab: Served) -> Iterator[httpx.Client]:
    """A program with JupyterLab's token."""
    headers = {"Authorization": f"token {lab.token}"}
    with httpx.Client(base_url=lab.origin, headers=headers, timeout=60) as client:
        yield client


def telling() -> dict[str, Any]:
    """A notebook that was run, with what was typed in its outputs and its widgets."""
    output = new_output("execute_result", {"text/plain": TELLING}, execution_count=7)
    cell = new_code_cell(
        "1 + 1", outputs=[output], execution_count=7, metadata={"execution": {"iopub": TELLING}}
    )
    state = {"application/vnd.jupyter.widget-state+json": {"state": {"x": {"value": TELLING}}}}
    return dict(new_notebook(cells=[cell], metadata={"widgets": state}))


def test_saving_a_notebook_keeps_nothing_that_was_shown(client: httpx.Client, home: Path) -> None:
    body = {"type": "notebook", "format": "json", "content": telling()}
    assert client.put("/api/contents/saved.ipynb", json=body).status_code == 201
    saved = (home / "copies" / "saved.ipynb").read_text()
    assert TELLING not in saved
    assert "1 + 1" in saved
    assert json.loads(saved)["cells"][0]["execution_count"] is None


def test_saving_a_notebook_as_plain_text_keeps_nothing_either(client: httpx.Client, home: Path) -> None:
    body = {"type": "file", "format": "text", "content": json.dumps(telling())}
    assert client.put("/api/contents/text.ipynb", json=body).status_code == 201
    assert TELLING not in (home / "copies" / "text.ipynb").read_text()


def test_a_checkpoint_keeps_nothing_either(client: httpx.Client, home: Path) -> None:
    client.put("/api/contents/kept.ipynb", json={"type": "notebook", "format": "json", "content": telling()})
    assert client.post("/api/contents/kept.ipynb/checkpoints").status_code == 201
    found = [path for path in home.rglob("*") if path.is_file() and TELLING.encode() in path.read_bytes()]
    assert found == []


@pytest.mark.parametrize(
    "content", ["no notebook", "[1]", '"x"', "{}", '{"cells":7}', '{"cells":[7],"metadata":"x"}']
)
def test_text_that_is_no_notebook_is_saved_as_it_is(content: str) -> None:
    model = {"type": "file", "content": content}
    strip_outputs(model, "x.ipynb")
    assert str(model["content"]).split() == content.split()


def test_other_files_are_left_alone() -> None:
    model = {"type": "file", "content": '{"cells": [{"cell_type": "code", "outputs": [1]}]}'}
    strip_outputs(model, "x.json")
    assert "[1]" in model["content"]


def test_jupyterlab_shows_copies_of_the_notebooks(client: httpx.Client) -> None:
    names = {entry["name"] for entry in client.get("/api/contents/").json()["content"]}
    assert {path.name for path in places.NOTEBOOKS.glob("*.ipynb")} <= names


def test_the_demo_is_a_made_up_book_and_copies_that_are_gone_afterwards(tmp_path: Path) -> None:
    (tmp_path / "tmp").mkdir()
    env = {"HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path / "data"), "TMPDIR": str(tmp_path / "tmp")}
    env["XDG_DOCUMENTS_DIR"] = str(tmp_path / "documents")
    demo = start([sys.executable, "-m", "workbook", "lab", "--demo", "--no-browser", "--port", "0"], env)
    headers = {"Authorization": f"token {demo.token}"}
    shown = httpx.get(f"{demo.origin}/api/contents/", headers=headers, timeout=60).json()["content"]
    assert demo.end()[0] == 0
    assert "explore.ipynb" in {entry["name"] for entry in shown}
    assert list((tmp_path / "tmp").iterdir()) == []
    assert not (tmp_path / "documents").exists()


def test_in_the_demo_kernels_offer_to_open_as_either(tmp_path: Path) -> None:
    assert environment("book.db", tmp_path, is_demo=True)["WORKBOOK_DEMO"] == "1"
    assert "WORKBOOK_DEMO" not in environment("book.db", tmp_path)


def test_every_setting_of_ours_is_one_that_jupyterlab_has(client: httpx.Client) -> None:
    for name, values in OVERRIDES.items():
        schema = client.get(f"/lab/api/settings/{name}").json()["schema"]
        assert {key: schema["properties"][key]["default"] for key in values} == values


def test_jupyterlab_calls_nobody(client: httpx.Client) -> None:
    config = page_config(client)
    assert config["news"] == {"disabled": True}
    assert config["fullMathjaxUrl"] == ""
    assert "https://" not in json.dumps(config)
    assert client.get("/lab/api/update").json() == {"notification": None}
    assert client.get("/lab/api/news").json() == {"news": []}


def page_config(client: httpx.Client) -> dict[str, Any]:
    """What JupyterLab's page is told."""
    found = re.search(
        r'<script id="jupyter-config-data"[^>]*>(.*?)</script>', client.get("/lab").text, re.DOTALL
    )
    assert found is not None
    config: dict[str, Any] = json.loads(found[1])
    return config


def test_a_kernel_in_jupyterlab_knows_the_book_and_keeps_no_history(
    client: httpx.Client, lab: Served
) -> None:
    client.post("/api/kernels", json={"name": "python3"})
    (kernel,) = psutil.Process(lab.process.pid).children()
    assert "--HistoryManager.enabled=False" in kernel.cmdline()
    env = kernel.environ()
    assert (env["WORKBOOK_LAB"], Path(env["WORKBOOK_BOOK"]).name) == ("1", "book.db")
    assert "workbook-" in env["IPYTHONDIR"]


def test_nothing_is_answered_without_the_token(lab: Served) -> None:
    for address in ("/api/contents", "/api/kernels", "/files/workbook.ipynb"):
        assert httpx.get(lab.origin + address).status_code in (302, 403)
    assert httpx.get(lab.origin + "/api/status", headers={"Host": "evil.example"}).status_code == 403


def test_the_notebook_opens_in_a_browser_and_no_request_leaves_this_machine(page: Page, lab: Served) -> None:
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.goto(lab.address.replace("/lab?", "/lab/tree/workbook.ipynb?"))
    expect(page.locator(".jp-Notebook")).to_be_visible(timeout=60_000)
    allowed = (lab.origin, f"blob:{lab.origin}", "data:")
    assert [url for url in requests if not url.startswith(allowed)] == []
    expect(page.get_by_text("Would you like to get notified")).to_have_count(0)


def test_jupyterlab_ends_with_its_kernels_and_leaves_no_trace_at_home(home: Path, tmp_path: Path) -> None:
    scratch = tmp_path / "t"
    scratch.mkdir()
    env = {"HOME": str(home), "XDG_DATA_HOME": str(tmp_path / "data"), "TMPDIR": str(scratch)}
    command = [
        sys.executable,
        "-m",
        "workbook",
        "lab",
        str(tmp_path / "copies"),
        "--no-browser",
        "--port",
        "0",
    ]
    served = start([*command, "--book", str(tmp_path / "b.db")], env)
    before = {path for path in home.rglob("*") if "copies" not in path.parts}
    httpx.post(
        f"{served.origin}/api/kernels",
        headers={"Authorization": f"token {served.token}"},
        json={},
        timeout=60,
    )
    children = psutil.Process(served.process.pid).children(recursive=True)
    os.kill(served.process.pid, signal.SIGINT)
    printed, errors = served.process.communicate(timeout=PATIENCE)
    assert (served.process.returncode, printed, errors) == (0, "", "")
    assert len(children) == 1
    assert not any(child.is_running() for child in children)
    assert list(scratch.iterdir()) == []
    assert {path for path in home.rglob("*") if "copies" not in path.parts} == before
