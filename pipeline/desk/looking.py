"""The file that a proposal came in, beside it: the page where it stands, or the row of a workbook."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus

from pipeline.desk.desk import Desk
from pipeline.desk.exchange import Request, Response, data, refusal
from pipeline.model.correspondence import Proposal
from pipeline.workflows import as_returned
from pipeline.workflows.as_returned import Look

_GONE = "この修正は、一覧にありません。"
_NO_PAGE = "このページはありません。"
_SCALE = 1.5
"""Pixels for a point."""


def look(desk: Desk, request: Request) -> Response:
    """Answer with where a proposal stands."""
    proposal = _proposal(desk, request)
    return data(_told(as_returned.look(desk.project, proposal) if proposal else Look(_GONE)))


def picture(desk: Desk, request: Request) -> Response:
    """Answer with a page of a returned sheet."""
    page, proposal = request.query.get("page", ""), _proposal(desk, request)
    is_page = page.isascii() and page.isdecimal() and len(page) <= len("999")
    drawn = as_returned.picture(desk.project, proposal, int(page), _SCALE) if proposal and is_page else None
    return Response(HTTPStatus.OK, "image/png", drawn) if drawn else refusal(HTTPStatus.NOT_FOUND, _NO_PAGE)


def _proposal(desk: Desk, request: Request) -> Proposal | None:
    review = desk.review().value
    return review.answers.proposals.get(request.query.get("id", "")) if review else None


def _told(found: Look) -> Mapping[str, object]:
    size = found.size
    return {
        "reason": found.reason,
        "page": found.page,
        "pages": found.pages,
        "width": size.width if size else 0,
        "height": size.height if size else 0,
        "places": [[one.left, one.top, one.width, one.height] for one in found.places],
        "row": [[*cell] for cell in found.row],
        "cell": found.cell,
    }
