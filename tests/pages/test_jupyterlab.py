"""The same pages as notebooks in JupyterLab, which otherwise keeps what is typed and shown."""

from __future__ import annotations

import shutil
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import httpx
import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from tests.conftest import ROOT, Served, start
from tests.pages.conftest import (
    ADA,
    Shelf,
    chart_in_sight,
    lock,
    own_folders,
    page_in_front,
    state,
    turn_to,
    unlock,
)
from tests.pages.test_accessibility import found_by_axe
from tests.serve.test_kernels import kernel_pids, wait_until
from tests.serve.test_leave import GONE_WITHIN, at_best, expect_gone, hold, tap
from workbook.entries import GoalRating, Reflection

MARKER, TYPED = "the plum tree stays", "nobody said sorry on the stairs"
BUSY_ICONS = ("favicon-busy-1.ico", "favicon-file.ico", "favicon-notebook.ico")
PLAIN = """
import sys
from jupyterlab.labapp import LabApp
app = LabApp.initialize_server(argv=sys.argv[1:])
app.io_loop.add_callback(lambda: print(f"http://127.0.0.1:{app.port}/lab?token={app.token}", flush=True))
app.start()
"""


class Lab(NamedTuple):
    """JupyterLab on a folder, with Ada's full book."""

    served: Served
    folder: Path
    home: Path
    shelf: Shelf

    def notebook(self, name: str) -> str:
        """The address of a notebook, in a workspace without what was open before."""
        return f"{self.served.origin}/lab/tree/{name}?reset&token={self.served.token}"


@pytest.fixture(scope="module")
def lab(made_books: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """JupyterLab as `workbook lab` starts it."""
    home = tmp_path_factory.mktemp("lab-home")
    folder, book = home / "notebooks", home / "books" / "book.db"
    book.parent.mkdir()
    shutil.copyfile(made_books["full"], book)
    command = [
        sys.executable,
        "-m",
        "workbook",
        "lab",
        str(folder),
        "--no-browser",
        "--port",
        "0",
        "--book",
        str(book),
    ]
    served = start(command, own_folders(home))
    yield Lab(served, folder, home, Shelf(served, book, made_books, home))
    served.end()


@pytest.fixture
def notebook(context: BrowserContext, lab: Lab) -> Iterator[Page]:
    """The whole book's notebook, run and unlocked."""
    tab = opened(context.new_page(), lab.notebook("workbook.ipynb"))
    unlock(tab)
    turn_to(tab, "Journal")
    yield tab
    with httpx.Client(base_url=lab.served.origin, params={"token": lab.served.token}) as client:
        for kernel in client.get("/api/kernels").json():
            client.delete(
                f"/api/kernels/{kernel['id']}", headers={"Authorization": f"token {lab.served.token}"}
            )


def opened(tab: Page, address: str) -> Page:
    """Open a notebook and run all its cells."""
    tab.goto(address)
    expect(tab.locator(".jp-NotebookPanel-toolbar")).to_be_visible(timeout=60_000)
    expect(tab.locator(".jp-KernelName")).to_contain_text("Python 3", timeout=60_000)
    expect(tab.locator(".jp-Notebook-ExecutionIndicator[data-status=idle]")).to_be_visible(timeout=60_000)
    run_all(tab)
    expect(tab.get_by_role("button", name="Unlock")).to_be_visible(timeout=60_000)
    return tab


def run_all(tab: Page) -> None:
    tab.get_by_role("menuitem", name="Run", exact=True).click()
    tab.locator("#jp-mainmenu-run").get_by_text("Run All Cells", exact=True).click()


def save_notebook(tab: Page) -> None:
    """Save by the menu, and wait until the server has it."""
    with tab.expect_response(
        lambda answer: answer.request.method == "PUT" and "/api/contents/" in answer.url
    ):
        tab.get_by_role("menuitem", name="File", exact=True).click()
        tab.locator("#jp-mainmenu-file").get_by_text("Save Notebook", exact=True).click()


def files_with(words: str, *folders: Path) -> list[Path]:
    """Files in which words stand in the clear."""
    files = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    return [path for path in files if words.encode() in path.read_bytes()]


def test_a_session_and_a_rating_are_saved_and_the_chart_is_drawn(notebook: Page, lab: Lab) -> None:
    notebook.get_by_role("textbox", name="Takeaway").fill(MARKER)
    notebook.get_by_role("button", name="Save session").click()
    expect(notebook.get_by_text("That was session 26")).to_be_visible()
    turn_to(notebook, "Evaluate your progress")
    notebook.get_by_role("button", name="Rate: We talk about money").click()
    notebook.get_by_role("radio", name="as hoped", exact=True).check(force=True)
    notebook.get_by_role("button", name="Save rating").click()
    chart = chart_in_sight(notebook, "Are we moving?")
    expect(chart.get_by_role("img", name="Are we moving?")).to_be_visible()
    assert found_by_axe(notebook, ".wb-root") == []
    book = lab.shelf.opened()
    assert book.entries(Reflection)[-1].entry.takeaway == MARKER
    assert book.entries(GoalRating)[-1].entry.level == 0
    assert "#" not in notebook.url


def test_the_shipped_faces_are_there_once(notebook: Page) -> None:
    said = "[...document.fonts].filter((each) => each.family.includes('Source')).map((each) => each.status)"
    wait_until(lambda: notebook.evaluate(said) == ["loaded", "loaded"])
    run_all(notebook)
    expect(notebook.get_by_role("button", name="Unlock")).to_be_visible()
    assert notebook.evaluate(said) == ["loaded", "loaded"]


def test_the_save_keys_are_ours_in_a_form_and_the_notebooks_elsewhere(notebook: Page, lab: Lab) -> None:
    saved = []
    notebook.on("request", lambda asked: saved.append(asked.url) if asked.method == "PUT" else None)
    notebook.get_by_role("textbox", name="Takeaway").fill("keys in the form")
    notebook.keyboard.press("Control+s")
    expect(notebook.get_by_text("That was session")).to_be_visible()
    assert lab.shelf.opened().entries(Reflection)[-1].entry.takeaway == "keys in the form"
    assert saved == []
    notebook.get_by_role("searchbox", name="Search").focus()
    with notebook.expect_response(
        lambda answer: answer.request.method == "PUT" and "/api/contents/" in answer.url
    ):
        notebook.keyboard.press("Control+s")
    expect(notebook.get_by_role("searchbox", name="Search")).to_have_attribute(
        "data-lm-suppress-shortcuts", "true"
    )


def test_nothing_that_was_typed_or_shown_is_in_a_file(notebook: Page, lab: Lab) -> None:
    notebook.get_by_role("textbox", name="Takeaway").fill(TYPED)
    notebook.keyboard.press("Control+s")
    save_notebook(notebook)
    opened(notebook, lab.notebook("explore.ipynb"))
    unlock(notebook)
    expect(notebook.get_by_role("button", name="Lock", exact=True)).to_be_visible()
    run_all(notebook)
    expect(notebook.get_by_role("button", name="Unlock")).to_be_visible()
    unlock(notebook)
    expect(notebook.get_by_role("button", name="Lock", exact=True)).to_be_visible()
    frame_cells(notebook)
    expect(
        notebook.locator(".jp-RenderedHTMLCommon table").filter(has_text="Line of week 24").first
    ).to_be_visible()
    save_notebook(notebook)
    assert list(lab.folder.rglob("*checkpoint*.ipynb")) != []
    assert list((lab.home / "data").rglob("*.jupyterlab-workspace")) != []
    for words in (TYPED, "Line of week 24", ADA):
        assert files_with(words, lab.folder, lab.home) == []


def frame_cells(tab: Page) -> None:
    """Run two cells below the first one, which would lock the book if it ran again; words lie between."""
    tab.locator(".jp-Notebook .jp-CodeCell").nth(1).locator(".cm-content").click()
    for _ in range(3):
        tab.keyboard.press("Shift+Enter")


def type_into_every_form(tab: Page) -> int:
    """Type into each field of the page in front, and wait for the drafts. Returns how many there are."""
    page = page_in_front(tab)
    page.locator("form details").evaluate_all("(all) => all.forEach((each) => { each.open = true; })")
    fields = page.locator(".wb-field--line input, .wb-field--text textarea").locator("visible=true")
    for field in fields.all():
        field.fill(TYPED)
    for form in page.locator("form:has(.wb-field--line, .wb-field--text)").all():
        expect(form.locator(".wb-state")).to_contain_text("Saved as a draft")
    return fields.count()


def test_nothing_typed_into_any_form_of_the_book_is_in_a_file(notebook: Page, lab: Lab) -> None:
    for title in ("Hold yourself accountable", "Do your homework", "Consider your budget", "Journal"):
        turn_to(notebook, title)
        assert type_into_every_form(notebook) >= 4
    save_notebook(notebook)
    assert files_with(TYPED, lab.folder, lab.home) == []


@pytest.mark.parametrize("name", ["journal", "01-accountability", "03-homework"])
def test_nothing_typed_into_a_page_alone_is_in_a_file(context: BrowserContext, lab: Lab, name: str) -> None:
    tab = opened(context.new_page(), lab.notebook(f"{name}.ipynb"))
    unlock(tab)
    assert type_into_every_form(tab) >= 4
    save_notebook(tab)
    run_all(tab)
    expect(tab.get_by_role("button", name="Unlock")).to_be_visible()
    save_notebook(tab)
    assert (lab.folder / ".ipynb_checkpoints" / f"{name}-checkpoint.ipynb").is_file()
    assert files_with(TYPED, lab.folder, lab.home) == []
    leave_covered(tab, lab)


def test_after_a_lock_no_widget_of_the_kernel_holds_a_word(notebook: Page) -> None:
    notebook.get_by_role("textbox", name="Takeaway").fill(TYPED)
    expect(state(notebook)).to_contain_text("Saved as a draft")
    lock(notebook)
    notebook.locator(".jp-Notebook .jp-CodeCell .cm-content").first.click()
    notebook.keyboard.press("Escape")
    notebook.keyboard.press("b")
    notebook.keyboard.press("Enter")
    notebook.keyboard.insert_text(
        "from ipywidgets import Widget; s = str(Widget.get_manager_state(drop_defaults=False)); "
        f"print(len(s) > 500, {TYPED[:9]!r} in s, 'Line of week' in s, 'asked' + ' and answered')"
    )
    notebook.keyboard.press("Shift+Enter")
    expect(notebook.locator(".jp-OutputArea-output").filter(has_text="asked and answered")).to_have_text(
        "True False False asked and answered"
    )


def test_keys_pressed_on_our_buttons_are_not_for_the_notebook(notebook: Page) -> None:
    count = notebook.locator(".jp-Notebook .jp-Cell").count()
    notebook.get_by_role("button", name="Today", exact=True).first.focus()
    notebook.keyboard.type("ddabx")
    notebook.get_by_role("radio", name="Not answered").first.focus()
    notebook.keyboard.type("ddab")
    takeaway = notebook.get_by_role("textbox", name="Takeaway").first
    takeaway.fill("")  # a draft of an earlier test may stand there
    takeaway.focus()
    for key in ("a", "Enter", "b", "ArrowUp", "Shift+Enter", "d", "d"):  # Shift+Enter would run the cell anew
        notebook.keyboard.press(key)
    expect(takeaway).to_be_focused()
    assert sorted(takeaway.input_value().replace("\n", "")) == ["a", "b", "d", "d"]
    assert notebook.locator(".jp-Notebook .jp-Cell").count() == count
    expect(notebook.get_by_role("button", name="Save session")).to_be_visible()


HITS_NEXT_FRAME = """() => {
  window.hits = new Promise((done) => addEventListener("click", () => requestAnimationFrame(() => {
    const [right, bottom] = [innerWidth - 2, innerHeight - 2];
    const corners = [[2, 2], [right, 2], [2, bottom], [right, bottom]];
    const points = [...corners, [right / 2, bottom / 2], [right - 40, 20]];
    done(points.map(([x, y]) => document.elementFromPoint(x, y)?.id));
  }), { capture: true, once: true }));
}"""


def leave_covered(tab: Page, lab: Lab, kernels: int = 1) -> float:
    """Leave by a real click: the cover is over the whole window on the next frame, then no kernel is left.

    Returns the seconds until none was.
    """
    server = lab.served.process.pid
    assert len(kernel_pids(server)) == kernels
    hold(tab)
    tab.evaluate(f"void ({HITS_NEXT_FRAME})()")
    left = time.monotonic()
    tab.get_by_role("button", name="Leave this page").click()
    assert tab.evaluate("window.hits") == ["wb-cover"] * 6
    assert tab.evaluate("document.body.textContent.trim()") == ""
    return expect_gone(lab.served, left)


def test_within_two_seconds_of_leaving_no_kernel_is_left(context: BrowserContext, lab: Lab) -> None:
    def leave() -> float:
        tab = opened(context.new_page(), lab.notebook("journal.ipynb"))
        unlock(tab)
        expect(tab.get_by_role("button", name="Lock", exact=True)).to_be_visible()
        took = leave_covered(tab, lab)
        tab.close()
        return took

    assert at_best(leave) < GONE_WITHIN


def open_dialog(tab: Page) -> None:
    tab.get_by_role("menuitem", name="Help", exact=True).click()
    tab.locator("#jp-mainmenu-help").get_by_text("About JupyterLab").click()
    expect(tab.get_by_role("dialog")).to_be_visible()


def open_menu(tab: Page) -> None:
    tab.get_by_role("menuitem", name="Edit", exact=True).click()
    expect(tab.locator("#jp-mainmenu-edit")).to_be_visible()


def open_launcher(tab: Page) -> None:
    tab.get_by_role("menuitem", name="File", exact=True).click()
    tab.locator("#jp-mainmenu-file").get_by_text("New Launcher", exact=True).click()
    expect(tab.locator(".jp-Launcher-body")).to_be_visible()


def scroll_down(tab: Page) -> None:
    tab.get_by_role("contentinfo").or_(
        tab.get_by_role("button", name="Save session")
    ).last.scroll_into_view_if_needed()


@pytest.mark.parametrize("before", [open_dialog, open_menu, open_launcher, scroll_down])
def test_the_whole_window_is_covered_whatever_of_jupyterlab_is_in_front(
    notebook: Page, lab: Lab, before: Callable[[Page], None]
) -> None:
    before(notebook)
    leave_covered(notebook, lab)


def open_another(tab: Page, name: str) -> None:
    """Open a second notebook in front of the first, run it and unlock it."""
    tab.locator(".jp-DirListing-item").get_by_text(name, exact=True).dblclick()
    panel = tab.locator(".jp-NotebookPanel:visible")
    expect(panel.locator(".jp-KernelName")).to_contain_text("Python 3", timeout=60_000)
    expect(panel.locator(".jp-Notebook-ExecutionIndicator[data-status=idle]")).to_be_visible(timeout=60_000)
    run_all(tab)
    panel.get_by_role("textbox", name="Passphrase").fill(ADA)
    panel.get_by_role("button", name="Unlock").click()
    expect(panel.get_by_role("button", name="Lock", exact=True)).to_be_visible()


def test_leaving_ends_every_notebook_that_is_open(notebook: Page, lab: Lab) -> None:
    open_another(notebook, "journal.ipynb")
    assert notebook.title() == "Workbook"
    leave_covered(notebook, lab, kernels=2)


def test_a_notebook_that_runs_again_or_is_closed_leaves_the_way_out_to_the_others(
    notebook: Page, lab: Lab
) -> None:
    run_all(notebook)
    expect(notebook.get_by_role("button", name="Unlock")).to_be_visible()
    open_another(notebook, "journal.ipynb")
    notebook.get_by_role("menuitem", name="File", exact=True).click()
    notebook.locator("#jp-mainmenu-file").get_by_text("Close Tab", exact=True).click()
    notebook.get_by_role("dialog").get_by_role("button", name="Discard").click()
    expect(notebook.locator(".jp-NotebookPanel")).to_have_count(1)
    expect(notebook.get_by_role("button", name="Leave this page")).to_have_count(1)
    hold(notebook)
    tap(notebook)
    assert notebook.evaluate("document.elementFromPoint(300, 300).id") == "wb-cover"


def test_leaving_asks_nothing_and_goes_to_the_neutral_site(notebook: Page) -> None:
    asked: list[str] = []
    notebook.on("dialog", lambda dialog: (asked.append(dialog.message), dialog.accept()))
    notebook.context.route("https://**", neutral)
    notebook.get_by_role("textbox", name="Takeaway").fill(TYPED)
    tap(notebook)
    expect(notebook.get_by_text("Sunny")).to_be_visible()
    assert asked == []
    notebook.go_back()
    expect(notebook.locator(".wb-page")).to_have_count(0)
    assert TYPED not in notebook.content()


def test_the_browsers_tab_has_a_neutral_title_and_icon(notebook: Page) -> None:
    assert notebook.title() == "Workbook"
    open_launcher(notebook)
    assert notebook.title() == "Workbook"
    icons = notebook.locator("link[rel~=icon]").evaluate_all("(links) => links.map((link) => link.href)")
    assert {icon.rpartition("/")[2].partition("?")[0] for icon in icons} <= {"favicon.ico", *BUSY_ICONS}


def neutral(route: Route) -> None:
    """Stands for the neutral site, since tests ask nobody outside."""
    route.fulfill(body="<p>Sunny</p>", content_type="text/html")


@pytest.fixture
def plain_lab(lab: Lab, tmp_path: Path) -> Iterator[Served]:
    """JupyterLab with its own settings, on a copy of the notebooks."""
    shutil.copytree(ROOT / "notebooks", tmp_path / "notebooks")
    options = ["--no-browser", "--allow-root", "--port=0", f"--ServerApp.root_dir={tmp_path / 'notebooks'}"]
    env = own_folders(tmp_path) | {"WORKBOOK_BOOK": str(lab.shelf.book), "JUPYTER_NO_CONFIG": "1"}
    served = start([sys.executable, "-c", PLAIN, *options], env)
    yield served
    served.end()


def test_whoever_opens_it_with_plain_jupyterlab_is_told_at_the_door(
    context: BrowserContext, plain_lab: Served
) -> None:
    address = f"{plain_lab.origin}/lab/tree/workbook.ipynb?token={plain_lab.token}"
    tab = opened(context.new_page(), address)
    expect(tab.get_by_text("JupyterLab is running with its own settings.")).to_be_visible()


def test_whoever_opens_it_with_workbook_lab_is_not(context: BrowserContext, lab: Lab) -> None:
    tab = opened(context.new_page(), lab.notebook("journal.ipynb"))
    expect(tab.get_by_text("with its own settings")).to_have_count(0)
    expect(tab.get_by_role("combobox", name="Who")).to_have_value("Ada")
