"""The board: which sheet is out, what came back, what waits, as plain data."""

from __future__ import annotations

from msgspec import to_builtins

from pipeline.desk.desk import Desk
from pipeline.desk.exchange import Request, Response, data
from pipeline.desk.hints import at_the_desk
from pipeline.desk.shown import finding
from pipeline.diagnostics import Severity


def shown(desk: Desk, request: Request) -> Response:
    """Answer with what needs attention, every measure's state by department, and what comes next."""
    found = desk.collected()
    told = (one for one in found.diagnostics if not one.blank or one.severity is Severity.ERROR)
    board, findings = found.board, [finding(desk, one) for one in told]  # what is still blank stands among the findings
    if board is None:
        return data({"isThere": False, "findings": findings})
    following = [at_the_desk(one) for one in board.following]
    return data({**to_builtins(board), "isThere": True, "findings": findings, "following": following})
