"""What a page is made of, and what it is not."""

from __future__ import annotations

import gzip
import json
import re
import socket
from pathlib import Path

import httpx
import nbformat
import pytest
from nbformat.v4 import new_markdown_cell, new_notebook

from tests.conftest import Served
from tests.serve.conftest import StartScratch, enter
from workbook.book import BookBusy
from workbook.places import NEUTRAL_SITE
from workbook.serve import extensions, notebook
from workbook.serve.server import Server

EXTERNAL = re.compile(r"(?:https?:)?//(?!127\.0\.0\.1)[a-z0-9.-]+\.[a-z]{2,}", re.IGNORECASE)

GONE = (
    "voila/files/workbook.ipynb",
    "voila/tree",
    "voila/render/workbook.ipynb",
    "voila/api/contents",
    "voila/templates/lab/static/voila.js",
    "voila/api/themes/x",
    "logout",
    "api/kernels",
    "api/contents",
    "voila/labextensions/jupyterlab_pygments/package.json",
    "voila/static/../server.py",
)


def test_a_page_names_no_other_machine_but_the_neutral_site(visitor: httpx.Client) -> None:
    for address in ("", "login", "nowhere", "13-failing"):
        text = visitor.get(address).text.replace(NEUTRAL_SITE, "").replace("http://www.w3.org/2000/svg", "")
        assert EXTERNAL.findall(text) == [], address


def test_our_own_scripts_and_styles_name_none_but_that_either(visitor: httpx.Client) -> None:
    for name in ("page.js", "leave.js", "frame.css"):
        text = visitor.get(f"voila/static/{name}").text.replace(NEUTRAL_SITE, "")
        assert EXTERNAL.findall(text) == [], name


def test_no_page_has_a_script_or_a_handler_inline(visitor: httpx.Client) -> None:
    for address in ("", "login", "nowhere"):
        text = visitor.get(address).text
        for attributes, content in re.findall(r"<script([^>]*)>(.*?)</script>", text, re.DOTALL):
            assert "+json" in attributes or "application/json" in attributes or not content
        assert re.search(r"<[^>]+\son[a-z]+\s*=", text) is None


def test_every_page_has_the_neutral_title(visitor: httpx.Client, stranger: httpx.Client) -> None:
    for client, address in ((visitor, ""), (visitor, "nowhere"), (visitor, "login"), (stranger, "")):
        assert re.findall(r"<title>(.*?)</title>", client.get(address).text) == ["Workbook"]


def test_prose_is_shown_as_it_was_written_and_its_html_as_text(visitor: httpx.Client) -> None:
    text = visitor.get("").text
    assert "<h1" in text
    assert "<em>prose</em>" in text
    assert "&lt;b&gt;no markup&lt;/b&gt;" in text
    assert "$5 or $6" in text


def test_a_cell_for_jupyterlab_is_not_run(visitor: httpx.Client) -> None:
    assert "couldn't be opened" not in visitor.get("").text


def test_a_failing_cell_says_so_without_its_words(start_scratch: StartScratch) -> None:
    served = start_scratch()
    with httpx.Client(base_url=served.base, timeout=60) as client:
        enter(client, served)
        text = client.get("13-failing").text
    _, _, errors = served.end()
    assert "This page couldn't be opened. Nothing was lost." in text
    assert "private word" not in text + errors
    assert "ValueError" in errors


def test_an_address_without_a_notebook_is_a_page_that_says_so(visitor: httpx.Client) -> None:
    for address in (
        "nowhere",
        "..%2f..%2fetc%2fpasswd",
        "workbook.ipynb",
        "%00",
        "13-FAILING",
        "api/contents",
    ):
        answer = visitor.get(address)
        assert answer.status_code == 404, address
        assert "There is no page at this address." in answer.text


def test_what_voila_serves_by_itself_is_not_there(visitor: httpx.Client) -> None:
    for address in GONE:
        assert visitor.get(address).status_code == 404, address


def test_a_page_is_the_same_whatever_template_and_theme_are_asked_for(visitor: httpx.Client) -> None:
    pages = [normal(visitor.get(f"?{query}").text) for query in ("", "template=lab&theme=dark", "theme=../x")]
    assert pages[0] == pages[1] == pages[2]


def normal(text: str) -> str:
    """A page without what is new in each: ids, places in memory and the form's token."""
    for new in (r'data-form-token="[^"]*"', r"[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}", r"0x[0-9a-f]+"):
        text = re.sub(new, "", text)
    return text


def test_configuration_of_the_folder_and_the_person_changes_nothing(
    start_scratch: StartScratch, tmp_path: Path, visitor: httpx.Client
) -> None:
    hostile = {
        "VoilaConfiguration": {"template": "reveal", "show_tracebacks": True},
        "Voila": {"port": 1, "ip": "0.0.0.0"},
    }
    for folder in (tmp_path, tmp_path / ".jupyter", tmp_path / "config"):
        folder.mkdir(exist_ok=True)
        (folder / "voila.json").write_text(json.dumps(hostile))
    (tmp_path / ".jupyter" / "labconfig").mkdir()
    disabled = {"disabledExtensions": {"@jupyter-widgets/jupyterlab-manager": True, "anywidget": True}}
    (tmp_path / ".jupyter" / "labconfig" / "page_config.json").write_text(json.dumps(disabled))
    env = {
        "HOME": str(tmp_path),
        "JUPYTER_CONFIG_DIR": str(tmp_path / ".jupyter"),
        "JUPYTER_CONFIG_PATH": str(tmp_path / "config"),
    }
    served = start_scratch(env=env, cwd=tmp_path)
    with httpx.Client(base_url=served.base, timeout=60) as client:
        enter(client, served)
        assert normal(client.get("").text) == normal(visitor.get("").text)


def test_answers_are_compressed(visitor: httpx.Client) -> None:
    with visitor.stream("GET", "voila/static/voila.js", headers={"Accept-Encoding": "gzip"}) as answer:
        raw = b"".join(answer.iter_raw())
    assert answer.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(raw) == (extensions.voila_static() / "voila.js").read_bytes()
    assert len(raw) < len(gzip.decompress(raw)) / 2


def test_the_head_and_the_way_out_are_sent_before_the_kernel_has_run(visitor: httpx.Client) -> None:
    arrived = ""
    with visitor.stream("GET", "") as answer:
        for piece in answer.iter_text():
            arrived += piece
            if "wb-leave" in arrived:
                break
    assert "page.js" in arrived
    assert "jupyter-config-data" not in arrived


def test_only_the_extensions_that_pages_need_are_loaded(visitor: httpx.Client) -> None:
    found = re.search(r'<script id="jupyter-config-data"[^>]*>(.*?)</script>', visitor.get("").text)
    assert found is not None
    config = json.loads(found[1])
    names = [extension["name"] for extension in config["federated_extensions"]]
    assert names == ["@voila-dashboards/widgets-manager8", "@jupyter-widgets/jupyterlab-manager", "anywidget"]
    for extension in config["federated_extensions"]:
        address = f"voila/labextensions/{extension['name']}/{extension['load']}"
        assert visitor.get(address).status_code == 200


def test_only_this_machine_is_listened_to(scratch: Served) -> None:
    with socket.socket() as one:
        one.settimeout(5)
        assert one.connect_ex(("127.0.0.2", scratch.port)) != 0


def test_every_address_begins_with_the_base_url(start_scratch: StartScratch) -> None:
    served = start_scratch(base_url="/x/")
    with httpx.Client(base_url=served.base, timeout=60) as client:
        assert served.base.endswith("/x/")
        assert enter(client, served).headers["Location"] == "/x/voila/static/page.js"
        text = client.get("").text
        assert re.findall(r'(?:src|href|data-end)="(/[^"]*)"', text)
        assert all(
            address.startswith("/x/") for address in re.findall(r'(?:src|href|data-end)="(/[^"]*)"', text)
        )
        assert client.get(f"{served.origin}/").status_code == 403


@pytest.mark.parametrize("chosen", ["https://example.org/", "javascript:alert(1)", ""])
def test_the_way_out_leads_to_the_site_that_the_book_names(start_scratch: StartScratch, chosen: str) -> None:
    from workbook.book import open_store

    served = start_scratch()
    with httpx.Client(base_url=served.base, timeout=60) as client:
        enter(client, served)
        book = served.process.args[4]  # type: ignore[index]
        store = open_store(book)
        store.create_member("A", "a passphrase of some words")
        store.set_setting("leave_to", chosen)
        store.close()
        text = client.get("13-failing").text
    expected = chosen if chosen.startswith("https://") else NEUTRAL_SITE
    assert f'data-leave-to="{expected}"' in text


def test_a_book_whose_site_cannot_be_read_is_closed_again_and_leaving_works(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class Busy:
        is_closed = False

        def setting(self, _: str) -> str:
            raise BookBusy("book.db")

        def close(self) -> None:
            self.is_closed = True

    store = Busy()
    monkeypatch.setattr("workbook.book.open_store", lambda _: store)
    server = Server(book="unused.db", open_browser=False)
    assert server.leave_to() == NEUTRAL_SITE
    assert store.is_closed


def test_what_a_cell_shows_cannot_end_its_script_element() -> None:
    output = nbformat.v4.new_output(
        "display_data", {notebook.WIDGET_VIEW: {"model_id": "</script><script>alert(1)</script>"}}
    )
    (view,) = notebook.views([output])
    assert "<" not in view
    assert json.loads(view)["data"][notebook.WIDGET_VIEW]["model_id"].startswith("</script>")


def test_outputs_that_are_no_widgets_are_left_out() -> None:
    outputs = [
        nbformat.v4.new_output("stream", text="x"),
        nbformat.v4.new_output("display_data", {"text/html": "x"}),
    ]
    assert notebook.views(outputs) == []


def test_a_notebook_without_cells_is_a_page(
    start_scratch: StartScratch, notebooks: Path, visitor: httpx.Client
) -> None:
    nbformat.write(new_notebook(cells=[new_markdown_cell("")]), notebooks / "00-empty.ipynb")
    assert visitor.get("00-empty").status_code == 200
