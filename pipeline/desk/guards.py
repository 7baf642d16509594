"""Who may ask: the browser that was given the address with its token, for the page of this desk alone.

Other pages in the same browser, other programs on this machine and names that lead here from elsewhere are refused.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping
from http import HTTPStatus

from msgspec import Struct, field

from pipeline.desk.exchange import Request, Response, refusal

HOST = "127.0.0.1"
LARGEST = 200_000
"""Bytes of what may be sent: an answer with a long text."""
WRITING = "x-desk-token"
"""The header that only the page can send."""
HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
        "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
"""What every answer carries: nothing from elsewhere, no script that is not a file of the page, no frame."""
_STRANGER = "この画面は、make desk を実行したときに表示された住所（アドレス）から開いてください。"
_NOT_THE_PAGE = "この画面のほかからは、受け付けません。"


class Access(Struct, frozen=True):
    """What lets in: ``token`` stands in the address and then in a cookie, ``writing`` is known to the page only."""

    port: int
    token: str = field(default_factory=secrets.token_urlsafe)
    writing: str = field(default_factory=secrets.token_urlsafe)

    @property
    def origin(self) -> str:
        """Where the page comes from."""
        return f"http://{HOST}:{self.port}"

    @property
    def cookie(self) -> str:
        """The name of the cookie: browsers give those of all ports to each."""
        return f"desk-{self.port}"

    def entered(self, request: Request) -> Response | None:
        """Return the answer to a request that brings the token in its address: a cookie, and the page without it."""
        if not self._is_here(request) or request.path != "/" or not _same(request.query.get("token"), self.token):
            return None
        cookie = f"{self.cookie}={self.token}; Path=/; HttpOnly; SameSite=Strict"
        return Response(HTTPStatus.SEE_OTHER, headers={"Location": "/", "Set-Cookie": cookie})

    def refused(self, request: Request) -> Response | None:
        """Return the answer to a request that may not be made; None where it may."""
        if not all(self._is_known(request)):
            return refusal(HTTPStatus.FORBIDDEN, _STRANGER)
        if request.method == "POST" and not all(self._is_of_the_page(request)):
            return refusal(HTTPStatus.FORBIDDEN, _NOT_THE_PAGE)
        return None

    def _is_here(self, request: Request) -> bool:
        return request.headers.get("host") == f"{HOST}:{self.port}"

    def _is_known(self, request: Request) -> Iterator[bool]:
        yield self._is_here(request)
        yield _same(request.cookies.get(self.cookie), self.token)
        yield request.headers.get("sec-fetch-site", "same-origin") in ("same-origin", "none")
        yield request.headers.get("origin", self.origin) == self.origin

    def _is_of_the_page(self, request: Request) -> Iterator[bool]:
        yield request.headers.get("origin") == self.origin
        yield request.headers.get("content-type") == "application/json"
        yield _same(request.headers.get(WRITING), self.writing)


def _same(given: str | None, wanted: str) -> bool:
    """Compare without telling by the time how much was right."""
    return secrets.compare_digest((given or "").encode(), wanted.encode())
