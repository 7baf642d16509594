"""What may be asked of the desk, and what answers it."""

from __future__ import annotations

import mimetypes
from collections.abc import Callable, Mapping
from functools import cache
from http import HTTPStatus
from pathlib import Path

from pipeline.desk import board, deciding, looking, rows, sending, shown, silencing, sources
from pipeline.desk.desk import Desk
from pipeline.desk.exchange import KEPT, Request, Response, Unfit, data, refusal
from pipeline.desk.guards import Access
from pipeline.workflows import faults, view

_PAGE = Path(__file__).parent / "page"
_TOKEN = b"{{ token }}"
"""Stands in the page where the token goes that lets it write."""
_SCALES = {"1": 1.0, "1.5": 1.5, "2": 2.0, "3": 3.0}
"""How large pages are drawn, in pixels for a point."""
_NOWHERE = "このページはありません。"

Route = Callable[[Desk, Request], Response]


def answering(desk: Desk, access: Access) -> Callable[[Request], Response]:
    """Return what answers all that may be asked of a desk."""

    def answer(request: Request) -> Response:
        if request.path == "/":
            page = _files()["index.html"].replace(_TOKEN, access.writing.encode())
            return Response(HTTPStatus.OK, "text/html; charset=utf-8", page)
        if request.method == "GET" and request.path.startswith("/page/"):
            return _file(request.path.removeprefix("/page/"))
        if request.method == "GET" and request.path.startswith("/font/"):
            return _font(request.path.removeprefix("/font/"))
        route = _ROUTES.get((request.method, request.path))
        return _done(route, desk, request) if route else refusal(HTTPStatus.NOT_FOUND, _NOWHERE)

    return answer


def _done(route: Route, desk: Desk, request: Request) -> Response:
    try:
        return route(desk, request)
    except Unfit:
        raise
    except Exception as fault:  # the desk stays, and says what stood in the way
        return refusal(HTTPStatus.CONFLICT, faults.reason(fault, desk.project.root))


@cache
def _files() -> Mapping[str, bytes]:
    """Return the files of the page by their names: nothing else is ever read for an address."""
    return {path.name: path.read_bytes() for path in _PAGE.iterdir()}


def _file(name: str) -> Response:
    if name not in _files():
        return refusal(HTTPStatus.NOT_FOUND, _NOWHERE)
    return Response(HTTPStatus.OK, f"{mimetypes.guess_type(name)[0]}; charset=utf-8", _files()[name])


def _font(name: str) -> Response:
    file = view.TYPEFACES.get(name)
    return (
        Response(HTTPStatus.OK, "font/ttf", file.read_bytes(), KEPT)
        if file
        else refusal(HTTPStatus.NOT_FOUND, _NOWHERE)
    )


def _state(desk: Desk, request: Request) -> Response:
    return data(shown.state(desk))


def _events(desk: Desk, request: Request) -> Response:
    return Response(HTTPStatus.OK, "text/event-stream; charset=utf-8", stream=desk.news.stream)


def _picture(desk: Desk, request: Request) -> Response:
    scale = _SCALES.get(request.query.get("scale", ""))
    drawn = desk.shown.view.picture(request.query.get("key", ""), scale) if scale else None
    return Response(HTTPStatus.OK, "image/png", drawn, KEPT) if drawn else refusal(HTTPStatus.NOT_FOUND, _NOWHERE)


def _texts(desk: Desk, request: Request) -> Response:
    found = desk.shown.view.texts(request.query.get("key", ""))
    if found is None:
        return refusal(HTTPStatus.NOT_FOUND, _NOWHERE)
    return data([[one.text, one.left, one.top, one.width, one.height] for one in found])


_ROUTES: Mapping[tuple[str, str], Route] = {
    ("GET", "/state"): _state,
    ("GET", "/events"): _events,
    ("GET", "/picture"): _picture,
    ("GET", "/texts"): _texts,
    ("GET", "/source"): sources.sources,
    ("GET", "/board"): board.shown,
    ("GET", "/proposals"): deciding.proposals,
    ("GET", "/returned"): looking.look,
    ("GET", "/returned-picture"): looking.picture,
    ("POST", "/silence"): silencing.silenced,
    ("POST", "/send"): sending.sending,
    ("POST", "/collect"): deciding.collected,
    ("POST", "/decide"): deciding.decide,
    ("POST", "/decide-many"): deciding.decide_many,
    ("POST", "/row"): rows.row,
    ("POST", "/take-back"): deciding.take_back,
    ("GET", "/apply"): lambda desk, request: deciding.preview(desk, deciding.APPLY),
    ("POST", "/apply"): lambda desk, request: deciding.carry_out(desk, deciding.APPLY),
    ("GET", "/undo"): lambda desk, request: deciding.preview(desk, deciding.UNDO),
    ("POST", "/undo"): lambda desk, request: deciding.carry_out(desk, deciding.UNDO),
}
