"""What browsers ask and what they are answered, apart from how it is sent."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from http import HTTPStatus

from msgspec import Struct, field


class Request(Struct, frozen=True):
    """A request: ``query`` and ``headers`` (names in small letters) have one value for each name."""

    method: str
    path: str
    query: Mapping[str, str] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    cookies: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""

    def sent(self) -> Mapping[str, object]:
        """Return the object that was sent as JSON; raises ``Unfit`` for anything else."""
        try:
            found = json.loads(self.body)
        except (ValueError, RecursionError) as fault:
            raise Unfit from fault
        if not isinstance(found, dict):
            raise Unfit
        return found


class Unfit(Exception):
    """A request that the page never sends."""


class Response(Struct, frozen=True):
    """An answer; ``stream`` goes on after the body until the browser or the desk leaves."""

    status: HTTPStatus
    kind: str = "text/plain; charset=utf-8"
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    stream: Callable[[], Iterable[bytes]] | None = None


KEPT = {"Cache-Control": "private, max-age=31536000, immutable"}
"""The header of what never changes under its address."""


def data(content: object, status: HTTPStatus = HTTPStatus.OK) -> Response:
    """Answer with plain data."""
    return Response(status, "application/json", json.dumps(content, ensure_ascii=False).encode())


def refusal(status: HTTPStatus, message: str) -> Response:
    """Answer that something is not to be had, in a Japanese sentence."""
    return Response(status, body=message.encode())
