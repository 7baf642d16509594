"""Hears requests on this machine and answers them; knows nothing of what is asked."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from http import HTTPStatus
from http.cookies import CookieError, SimpleCookie
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socket import SHUT_RDWR
from threading import BoundedSemaphore, Timer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from pipeline.desk.exchange import Request, Response, Unfit, refusal
from pipeline.desk.guards import HEADERS, HOST, LARGEST, Access

PORT = 4380
"""The port where it is free, so that the address looks the same from day to day."""
_PATIENCE = 20
"""Seconds that a browser may take to send what it asks, from the first byte to the last."""
_MOST = 100
"""Connections at once; a browser opens six, and one for each window that looks on."""
_ANYTHING = 0
"""Asks the system for a free port."""
_TOO_LARGE = "送られた内容が大きすぎます。"
_UNREADABLE = "この依頼は読めません。"

Answer = Callable[[Request], Response]


class Server(ThreadingHTTPServer):
    """Listens on the loopback address alone, a thread for each browser."""

    daemon_threads = True

    def __init__(self, port: int = PORT) -> None:
        """Take the port, or another one where it is taken."""
        try:
            super().__init__((HOST, port), _Handler)
        except OSError:
            super().__init__((HOST, _ANYTHING), _Handler)
        self._places = BoundedSemaphore(_MOST)
        self.access = Access(self.server_port)
        self.answer: Answer = lambda request: refusal(HTTPStatus.SERVICE_UNAVAILABLE, "")

    @property
    def address(self) -> str:
        """The address that lets in."""
        return f"{self.access.origin}/?token={self.access.token}"

    def process_request(self, request: Any, client_address: Any) -> None:  # noqa: ANN401 - as the library has it
        """Answer in a thread; where too many are at it, hang up."""
        if self._places.acquire(blocking=False):
            super().process_request(request, client_address)
        else:
            self.shutdown_request(request)

    def process_request_thread(self, request: Any, client_address: Any) -> None:  # noqa: ANN401
        """Answer, and make room for another."""
        try:
            super().process_request_thread(request, client_address)
        finally:
            self._places.release()

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of browsers that left in the midst of an answer."""


class _Handler(BaseHTTPRequestHandler):
    """One browser's connection."""

    protocol_version = "HTTP/1.1"
    timeout = _PATIENCE
    server: Server

    def handle_one_request(self) -> None:
        """Hear and answer; whoever has not asked by then is left, though a byte of it come now and then."""
        self._late = Timer(self.timeout, self._leave)
        self._late.daemon = True
        self._late.start()
        try:
            super().handle_one_request()
        finally:
            self._late.cancel()

    def _leave(self) -> None:
        with suppress(OSError):  # it has left already
            self.connection.shutdown(SHUT_RDWR)

    def do_GET(self) -> None:
        """Answer a question; whatever is sent with it is no request."""
        self.close_connection |= "Content-Length" in self.headers or "Transfer-Encoding" in self.headers
        self._send(self._answered(b""))

    def do_POST(self) -> None:
        """Answer what is to be done."""
        self.close_connection = True  # what was not read of a refused body is no request
        length = self.headers.get("Content-Length", "")
        if not length.isascii() or not length.isdecimal() or "Transfer-Encoding" in self.headers:
            self._send(refusal(HTTPStatus.LENGTH_REQUIRED, _UNREADABLE))
        elif len(length) > len(str(LARGEST)) or int(length) > LARGEST:
            self._send(refusal(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, _TOO_LARGE))
        else:
            self._send(self._answered(self.rfile.read(int(length))))

    def version_string(self) -> str:
        """Say nothing of what answers."""
        return "desk"

    def log_message(self, format: str, *arguments: object) -> None:
        """Keep no record."""

    def _answered(self, body: bytes) -> Response:
        self._late.cancel()
        try:
            request = self._request(body)
        except (ValueError, CookieError):
            return refusal(HTTPStatus.BAD_REQUEST, _UNREADABLE)
        access = self.server.access
        try:
            return access.entered(request) or access.refused(request) or self.server.answer(request)
        except Unfit:
            return refusal(HTTPStatus.BAD_REQUEST, _UNREADABLE)

    def _request(self, body: bytes) -> Request:
        address = urlsplit(self.path)
        headers = {name.lower(): value for name, value in self.headers.items()}
        cookies = {name: one.value for name, one in SimpleCookie(headers.get("cookie", "")).items()}
        query = dict(parse_qsl(address.query, keep_blank_values=True, strict_parsing=bool(address.query)))
        return Request(self.command, address.path, query, headers, cookies, body)

    def _send(self, response: Response) -> None:
        self.send_response(response.status)
        for name, value in {"Cache-Control": "no-store", **HEADERS, **response.headers}.items():
            self.send_header(name, value)
        self.send_header("Content-Type", response.kind)
        if response.stream is None:
            self.send_header("Content-Length", str(len(response.body)))
        else:
            self.close_connection = True
        self.end_headers()
        self.wfile.write(response.body)
        if response.stream is not None:
            self._go_on(response.stream)

    def _go_on(self, stream: Callable[[], Iterable[bytes]]) -> None:
        with suppress(OSError):  # the browser has left
            for piece in stream():
                self.wfile.write(piece)
                self.wfile.flush()
