"""Who may speak to the server: every handler asks here first, those of static files included.

The address that is printed at the start carries a token; the first request with it swaps it for a
cookie. A request under a foreign name, from a foreign page, or without the cookie is refused.
"""

from __future__ import annotations

import hmac
import inspect
import logging
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlencode

from jupyter_server.auth.identity import IdentityProvider, User
from tornado.web import HTTPError, RequestHandler

log = logging.getLogger(__name__)

POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self' blob:",  # anywidget imports its modules from blobs
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self'",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}
PORT_OF_HTTP = 80
"""Browsers leave it out wherever they name a host."""
OURS = frozenset({"same-origin", "none"})
"""What a browser's Sec-Fetch-Site says of our own pages, and of an address typed or opened by a program."""


def new_secret() -> str:
    """256 random bits that fit into an address."""
    return secrets.token_urlsafe(32)


@dataclass(frozen=True, kw_only=True)
class Admission:
    """What lets a browser in at this run of the server, at this port."""

    port: int
    base_url: str = "/"
    token: str = field(default_factory=new_secret, repr=False)
    cookie: str = field(default_factory=new_secret, repr=False)
    _once: set[str] = field(default_factory=set, repr=False)

    @property
    def cookie_name(self) -> str:
        """Cookies are shared by all ports of a machine, so the port is part of the name."""
        return f"workbook-{self.port}"

    @property
    def form_cookie_name(self) -> str:
        """The cookie that a request which changes something must repeat in a header."""
        return f"workbook-form-{self.port}"

    def address(self, token: str) -> str:
        """The address that opens the book with a token."""
        return f"http://127.0.0.1:{self.port}{self.base_url}?token={token}"

    def one_use_token(self) -> str:
        """A token for the command line of a browser, which other users of the machine may read."""
        token = new_secret()
        self._once.add(token)
        return token

    def admits_token(self, offered: str) -> bool:
        """Whether a token opens the book; one for a single use is spent by asking."""
        spent = [token for token in self._once if _same(token, offered)]
        self._once.difference_update(spent)
        return bool(spent) or _same(self.token, offered)

    def admits_cookie(self, offered: str | None) -> bool:
        """Whether this is the cookie that a token was swapped for."""
        return offered is not None and _same(self.cookie, offered)

    def is_own_host(self, host: str) -> bool:
        """Whether a request names this machine: another name is a page that points its own name here."""
        port = "" if self.port == PORT_OF_HTTP else f":{self.port}"
        return host.lower() in (f"127.0.0.1{port}", f"localhost{port}")

    def is_own_page(self, headers: Mapping[str, str]) -> bool:
        """Whether a request comes from a page of ours, or from no page at all."""
        site = headers.get("Sec-Fetch-Site")
        if headers.get("Sec-Fetch-Mode") != "navigate" and site is not None and site not in OURS:
            return False
        origin = headers.get("Origin") or headers.get("Sec-Websocket-Origin")
        if origin == "null":  # a form of ours says so, because of our Referrer-Policy
            return site == "same-origin"
        return origin is None or origin.lower() == f"http://{headers.get('Host', '').lower()}"


def _same(ours: str, offered: str) -> bool:
    return hmac.compare_digest(ours.encode(), offered.encode("utf-8", "surrogatepass"))


class Guarded(RequestHandler):
    """Put first among the parents of every handler. Its answers carry the headers above."""

    needs_token = True

    @property
    def admission(self) -> Admission:
        """What lets a browser in; an attribute of the running server."""
        admission: Admission = self.settings["admission"]
        return admission

    @property
    def is_admitted(self) -> bool:
        """Whether the request carries the cookie."""
        return self.admission.admits_cookie(self.get_cookie(self.admission.cookie_name))

    def set_default_headers(self) -> None:
        for name, value in HEADERS.items():
            self.set_header(name, value)
        self.clear_header("Server")

    async def prepare(self) -> None:
        """Refuse strangers, swap a token for the cookie, and let only those with the cookie pass."""
        headers = self.request.headers
        if not self.admission.is_own_host(headers.get("Host", "")) or not self.admission.is_own_page(headers):
            raise HTTPError(403)
        offered = self.get_query_argument("token", None) if self.needs_token else None
        if offered is not None and self.request.method == "GET":
            self._swap(offered)
            return
        if self.needs_token and not self.is_admitted:
            raise HTTPError(403)
        prepared = super().prepare()
        if inspect.isawaitable(prepared):
            await prepared

    def _swap(self, offered: str) -> None:
        """A right token becomes the cookie, and the address loses it."""
        if not self.admission.admits_token(offered):
            raise HTTPError(403)
        self.give_cookie()
        query = [pair for pair in parse_qsl(self.request.query, keep_blank_values=True) if pair[0] != "token"]
        path = "/" + self.request.path.lstrip("/")  # two slashes would name another machine
        self.redirect(f"{path}?{urlencode(query)}" if query else path)

    def give_cookie(self) -> None:
        """Let this browser in until it is closed or the server ends."""
        admission = self.admission
        self.set_cookie(
            admission.cookie_name,
            admission.cookie,
            path=admission.base_url,
            httponly=True,
            samesite="Strict",
        )

    def write_error(self, status_code: int, **_: object) -> None:
        """One plain word; nothing of the request comes back."""
        self.set_header("Content-Type", "text/plain; charset=UTF-8")
        self.finish("not found" if status_code == 404 else "refused")

    def log_exception(self, kind: type[BaseException] | None, value: BaseException | None, _: object) -> None:
        """A failure of ours by its kind alone, for its words may be private."""
        if kind is not None and not isinstance(value, HTTPError):
            log.error("%s %s: %s", self.request.method, self.request.path, kind.__name__)

    def _request_summary(self) -> str:
        """What a log says of a request: never its query, which may hold a token."""
        return f"{self.request.method} {self.request.path}"


class Visitor(IdentityProvider):
    """Tells Jupyter's own handlers what the guard found: the one visitor, or nobody."""

    async def get_user(self, handler: RequestHandler) -> User | None:
        """The visitor, if the request carries the cookie."""
        admission: Admission = handler.settings["admission"]
        offered = handler.get_cookie(admission.cookie_name)
        return User(username="reader") if admission.admits_cookie(offered) else None
