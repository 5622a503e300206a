"""Only the person at this machine who was given the address gets in."""

from __future__ import annotations

import re
import socket
from itertools import product

import httpx
import pytest
import websockets
from websockets.sync.client import connect

from tests.conftest import Served
from tests.serve.conftest import StartScratch, cookies, enter
from workbook.serve.guard import HEADERS, Admission
from workbook.serve.server import Server

ADDRESSES = [
    "",
    "13-failing",
    "nowhere",
    "api/kernels/00000000-0000-0000-0000-000000000000",
    "voila/static/voila.js",
    "voila/static/nothing.js",
    "voila/labextensions/anywidget/package.json",
    "favicon.ico",
]
FOREIGN = [
    {"Host": "evil.example"},
    {"Host": "127.0.0.1"},
    {"Host": "127.0.0.1.evil.example"},
    {"Origin": "http://evil.example"},
    {"Origin": "null"},
    {"Origin": "http://127.0.0.1:1"},
    {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors"},
    {"Sec-Fetch-Site": "same-site", "Sec-Fetch-Mode": "cors"},
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_nothing_is_told_without_the_token(stranger: httpx.Client, address: str) -> None:
    answer = stranger.get(address)
    assert answer.status_code == 403
    assert "voila.js" not in answer.text


def test_no_address_of_the_application_is_open_but_health_and_login(scratch: Served) -> None:
    for pattern in patterns(scratch.port):
        address = re.sub(r"\(\?P<kernel_id>[^)]*\)", "1-1-1-1-1", pattern)
        address = re.sub(r"\(.*\)", "voila.js", address).rstrip("$")
        for method in ("GET", "POST", "PUT", "DELETE", "HEAD", "OPTIONS"):
            status = httpx.request(method, scratch.origin + address).status_code
            is_free = address == "/health" or (address == "/login" and method in ("GET", "POST"))
            assert status in ((200, 403, 405) if is_free else (403, 405)), (method, address)


def test_a_prefix_is_taken_as_it_was_written() -> None:
    found = patterns(1, base_url="/a+b/")
    assert any(re.fullmatch(pattern, "/a+b/health") for pattern in found)
    assert not any(re.fullmatch(pattern, "/aab/health") for pattern in found)


def patterns(port: int, base_url: str = "/") -> list[str]:
    """The pattern of each address that the application answers."""
    server = Server(book="unused.db", open_browser=False, base_url=base_url)
    server.initialize()
    server.admission = Admission(port=port)
    server.scratch = ""
    found = [str(handler[0]) for handler in server.init_handlers()]
    assert len(found) == 9
    return found


def test_health_answers_without_a_token(stranger: httpx.Client) -> None:
    answer = stranger.get("health")
    assert (answer.status_code, answer.text) == (200, "ok")


def test_the_token_becomes_a_cookie_and_leaves_the_address(stranger: httpx.Client, scratch: Served) -> None:
    answer = stranger.get("voila/static/page.js", params={"x": "1", "token": scratch.token})
    assert answer.status_code == 302
    assert answer.headers["Location"] == "/voila/static/page.js?x=1"
    (cookie,) = cookies(answer).values()
    assert cookie.key == f"workbook-{scratch.port}"
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Strict", "/")
    assert cookie.value != scratch.token
    assert stranger.get(answer.headers["Location"]).status_code == 200


def test_a_token_never_leads_to_another_machine(stranger: httpx.Client, scratch: Served) -> None:
    answer = stranger.get(f"{scratch.origin}//evil.example/", params={"token": scratch.token})
    assert not answer.headers.get("Location", "/").startswith("//")


def test_a_wrong_token_is_refused_and_told_so(stranger: httpx.Client) -> None:
    answer = stranger.get("", params={"token": "wrong"})
    assert answer.status_code == 403
    assert "isn't the token" in answer.text
    assert "Set-Cookie" not in answer.headers


def test_a_wrong_cookie_is_refused(stranger: httpx.Client, scratch: Served) -> None:
    for value in ("", "wrong", scratch.token, "é"):
        headers = {"Cookie": f"workbook-{scratch.port}={value}".encode()}
        assert stranger.get("voila/static/page.js", headers=headers).status_code == 403


def test_the_way_in_takes_the_token_or_the_whole_address(scratch: Served) -> None:
    for pasted in (scratch.token, scratch.address, f"  {scratch.address}\n"):
        answer = httpx.post(f"{scratch.base}login", data={"token": pasted})
        assert (answer.status_code, answer.headers["Location"]) == (303, "/")
        assert f"workbook-{scratch.port}" in cookies(answer)


def test_the_way_in_says_when_what_was_pasted_is_wrong(scratch: Served) -> None:
    for pasted in ("wrong", "", "http://127.0.0.1:1/?token=wrong", "http://127.0.0.1:1/?x"):
        answer = httpx.post(f"{scratch.base}login", data={"token": pasted})
        assert answer.status_code == 403
        assert "isn't the token" in answer.text
        assert "Set-Cookie" not in answer.headers


def test_at_the_port_that_browsers_leave_out_the_book_knows_its_own_name() -> None:
    admission = Admission(port=80)
    assert admission.is_own_host("127.0.0.1")
    assert admission.is_own_host("LOCALHOST")
    assert not admission.is_own_host("127.0.0.1.evil.example")
    assert not Admission(port=8866).is_own_host("127.0.0.1")


@pytest.mark.parametrize("headers", FOREIGN, ids=str)
@pytest.mark.parametrize("address", ["health", "login", "voila/static/page.js", "nowhere"])
def test_a_foreign_name_or_page_is_refused_even_with_the_cookie(
    visitor: httpx.Client, headers: dict[str, str], address: str
) -> None:
    answer = visitor.get(address, headers=headers)
    assert (answer.status_code, "Access-Control-Allow-Origin" in answer.headers) == (403, False)


def test_a_form_of_ours_passes_though_it_hides_where_it_is_from(scratch: Served) -> None:
    headers = {"Origin": "null", "Sec-Fetch-Site": "same-origin", "Sec-Fetch-Mode": "navigate"}
    answer = httpx.post(f"{scratch.base}login", data={"token": scratch.token}, headers=headers)
    assert answer.status_code == 303


@pytest.mark.parametrize("headers", FOREIGN, ids=str)
def test_a_foreign_name_or_page_opens_no_channel(
    visitor: httpx.Client, scratch: Served, headers: dict[str, str]
) -> None:
    assert channel_status(visitor, scratch, headers) == 403


def test_no_channel_opens_without_the_cookie(stranger: httpx.Client, scratch: Served) -> None:
    for query in ("", f"?token={scratch.token}", "?token=wrong"):
        assert channel_status(stranger, scratch, {}, query) in (302, 403)


def channel_status(client: httpx.Client, served: Served, headers: dict[str, str], query: str = "") -> int:
    """What the server says to a request for a kernel's channels."""
    kernel = "00000000-0000-0000-0000-000000000000"
    upgrade = {
        "Connection": "Upgrade",
        "Upgrade": "websocket",
        "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
        "Sec-WebSocket-Version": "13",
    }
    address = f"{served.base}api/kernels/{kernel}/channels{query}"
    return client.get(address, headers={**upgrade, **headers}).status_code


def test_every_kind_of_answer_carries_the_headers(visitor: httpx.Client, scratch: Served) -> None:
    addresses = ["health", "login", "nowhere", "13-failing", "voila/static/voila.js", "voila/static/none.js"]
    for address, is_known in product(addresses, (True, False)):
        headers = {} if is_known else {"Cookie": ""}
        answer = visitor.get(address, headers=headers)
        for name, value in HEADERS.items():
            if name != "Cache-Control":
                assert answer.headers[name] == value, (address, name)


def test_the_policy_is_the_one_that_was_promised(visitor: httpx.Client) -> None:
    assert visitor.get("health").headers["Content-Security-Policy"] == (
        "default-src 'self'; script-src 'self' blob:; style-src 'self' 'unsafe-inline'; "
        "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; object-src 'none'; "
        "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    )


def test_a_channel_carries_the_headers_too(visitor: httpx.Client, scratch: Served) -> None:
    visitor.get("13-failing")
    with pytest.raises(websockets.InvalidStatus) as refused:
        connect(f"ws://127.0.0.1:{scratch.port}/api/kernels/1-1-1-1-1/channels")
    for name, value in HEADERS.items():
        assert refused.value.response.headers[name] == value


def test_pages_are_kept_nowhere_and_versioned_files_for_long(visitor: httpx.Client) -> None:
    assert visitor.get("13-failing").headers["Cache-Control"] == "no-store"
    assert visitor.get("login").headers["Cache-Control"] == "no-store"
    versioned = visitor.get("voila/static/page.js", params={"v": "1"})
    assert versioned.headers["Cache-Control"] == "private, max-age=31536000, immutable"
    assert visitor.get("voila/static/page.js").headers["Cache-Control"] == "private, no-cache"


def test_a_stranger_cannot_fill_the_memory(scratch: Served) -> None:
    head = f"POST /login HTTP/1.1\r\nHost: 127.0.0.1:{scratch.port}\r\nContent-Length: 100000\r\n\r\n"
    with socket.create_connection(("127.0.0.1", scratch.port), timeout=10) as stranger:
        stranger.sendall(head.encode())
        assert stranger.recv(100)[:12] in (b"", b"HTTP/1.1 400")


def test_two_servers_on_one_machine_do_not_share_cookies() -> None:
    first, second = Admission(port=1), Admission(port=2)
    assert first.cookie_name != second.cookie_name
    assert first.form_cookie_name != second.form_cookie_name
    assert len({first.token, second.token, first.cookie, second.cookie}) == 4


def test_a_token_for_one_use_opens_the_book_once() -> None:
    admission = Admission(port=1)
    once = admission.one_use_token()
    assert [admission.admits_token(once) for _ in range(2)] == [True, False]
    assert admission.admits_token(admission.token)


def test_no_secret_shows_when_an_admission_is_printed() -> None:
    admission = Admission(port=1)
    assert admission.token not in repr(admission)
    assert admission.cookie not in repr(admission)


def test_the_token_is_never_logged(start_scratch: StartScratch) -> None:
    served = start_scratch()
    with httpx.Client(timeout=60) as client:
        enter(client, served)
        client.get(served.base + "nowhere", params={"token": "wrong-token"})
        client.get(served.base + "%ff", params={"token": served.token})
        client.get(served.base, params={"token": served.token}, headers={"Host": "evil"})
    status, printed, errors = served.end()
    assert (status, printed) == (0, "")
    assert "token" not in errors
