"""The board: which sheet is out, what came back, what waits, as plain data."""

from __future__ import annotations

from pipeline.desk.desk import Desk
from pipeline.desk.exchange import Request, Response, data
from pipeline.desk.shown import finding
from pipeline.workflows import board


def shown(desk: Desk, request: Request) -> Response:
    """Answer with what needs attention, and every measure's state by department."""
    found = desk.collected()
    told = board.told(found)
    findings = [finding(desk, one) for one in found.diagnostics]
    return data({**(told or {}), "isThere": told is not None, "findings": findings})
