"""A server of small notebooks, and ways to ask it: as a program, as a page, as a browser."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from http.cookies import SimpleCookie
from pathlib import Path

import httpx
import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from playwright.sync_api import Browser, BrowserContext, Page

from tests.conftest import ROOT, Served, start

PROGRAM = """
import sys
from pathlib import Path
from workbook.serve.server import serve_book
folder, book, options = sys.argv[1:]
serve_book(book, announce=lambda address: print(address, flush=True), folder=Path(folder), port=0,
           open_browser=False, **__import__("json").loads(options))
"""
WIDGETS = '''
import os
import anywidget, ipywidgets, traitlets
from IPython.display import display

class Counter(anywidget.AnyWidget):
    _esm = """
    function render({ model, el }) {
      const button = document.createElement("button");
      const show = () => { button.textContent = `Counted ${model.get("n")}`; };
      button.onclick = () => { model.set("n", model.get("n") + 1); model.save_changes(); };
      model.on("change:n", show);
      show();
      el.append(button);
    }
    export default { render };
    """
    n = traitlets.Int(0).tag(sync=True)

button, label = ipywidgets.Button(description="Greet"), ipywidgets.Label("nobody yet")
book = os.path.basename(os.environ["WORKBOOK_BOOK"])
button.on_click(lambda _: setattr(label, "value", "hello from " + book))
die = ipywidgets.Button(description="Die")
die.on_click(lambda _: os._exit(1))
display(ipywidgets.VBox([button, label, ipywidgets.Text(description="Say"), die]), Counter())
'''


@pytest.fixture(scope="session")
def notebooks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three notebooks: one with widgets, one whose cell fails, one whose cell never ends."""
    folder = tmp_path_factory.mktemp("notebooks")
    lab_only = new_code_cell("1 / 0", metadata={"tags": ["lab-only"]})
    prose = new_markdown_cell("# A page\n\nWith *prose*, <b>no markup</b> and $5 or $6.")
    write(folder / "workbook.ipynb", [prose, new_code_cell(WIDGETS), lab_only])
    write(folder / "13-failing.ipynb", [new_code_cell("raise ValueError('a private word')")])
    write(folder / "12-endless.ipynb", [new_code_cell("while True: pass")])
    return folder


def write(path: Path, cells: list[nbformat.NotebookNode]) -> None:
    """Write a notebook."""
    nbformat.write(new_notebook(cells=cells), path)


StartScratch = Callable[..., Served]


@pytest.fixture(scope="session")
def start_scratch(notebooks: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[StartScratch]:
    """Start a server of the notebooks, with options of the server; ended afterwards."""
    running: list[Served] = []

    def start_one(env: dict[str, str] | None = None, cwd: Path = ROOT, **options: object) -> Served:
        book = tmp_path_factory.mktemp("book") / "book.db"
        command = [sys.executable, "-c", PROGRAM, str(notebooks), str(book), json.dumps(options)]
        running.append(start(command, env, cwd))
        return running[-1]

    yield start_one
    for served in running:
        served.end()


@pytest.fixture(scope="session")
def scratch(start_scratch: StartScratch) -> Served:
    """One server of the notebooks for all tests that change nothing of it."""
    return start_scratch()


@pytest.fixture
def stranger(scratch: Served) -> Iterator[httpx.Client]:
    """A program without the token."""
    with httpx.Client(base_url=scratch.base, timeout=60) as client:
        yield client


@pytest.fixture
def visitor(scratch: Served) -> Iterator[httpx.Client]:
    """A program that swapped the token for the cookie."""
    with httpx.Client(base_url=scratch.base, timeout=60) as client:
        enter(client, scratch)
        yield client


def enter(client: httpx.Client, served: Served) -> httpx.Response:
    """Swap the token for the cookie at an address that starts no kernel."""
    return client.get(f"{served.base}voila/static/page.js", params={"token": served.token})


def cookies(response: httpx.Response) -> SimpleCookie:
    """The cookies that an answer sets, with all that is said of them."""
    jar: SimpleCookie = SimpleCookie()
    for line in response.headers.get_list("Set-Cookie"):
        jar.load(line)
    return jar


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A browser that knows nothing of earlier tests."""
    context = browser.new_context()
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """An empty tab."""
    return context.new_page()


def kernel_of(page: Page) -> str:
    """The id of the kernel behind a served page."""
    end = page.locator("html").get_attribute("data-end")
    assert end is not None
    return end.rpartition("/")[2]


def is_alive(client: httpx.Client, kernel_id: str) -> bool:
    """Whether the server still has this kernel."""
    return client.get(f"api/kernels/{kernel_id}").status_code == 200
