"""The board: which sheet is out, what came back, what waits, as plain data."""

from __future__ import annotations

from dataclasses import asdict

from pipeline.desk.desk import Desk
from pipeline.desk.exchange import Request, Response, data
from pipeline.desk.shown import finding
from pipeline.diagnostics import Severity
from pipeline.workflows.department_files import RETURNED

NEXT = {
    "send": "上の「各課に送る」で、各課に送るシートを作ります。",
    "decide": "「修正を決める」で、一件ずつ決めます。",
    "decide again": "「修正を決める」で、採用したのに書き込めない修正{held}件を決め直します。",
    "apply": "「修正を決める」の「採用したものを反映する」で、入力データに書き込みます。",
    "collect": "シートが戻ったら、{folder} に置いて、「修正を決める」の「戻ったシートを読む」を押します。",
}
"""How each next step is done at the desk."""


def shown(desk: Desk, request: Request) -> Response:
    """Answer with what needs attention, every measure's state by department, and what comes next."""
    found = desk.collected()
    told = (one for one in found.diagnostics if not one.blank or one.severity is Severity.ERROR)
    board, findings = found.board, [finding(desk, one) for one in told]  # what is still blank stands among the findings
    if board is None:
        return data({"isThere": False, "findings": findings})
    folder = (desk.project.inputs / RETURNED).relative_to(desk.project.root).as_posix()
    following = [NEXT[one].format(held=board.held, folder=folder) for one in board.following]
    return data({**asdict(board), "isThere": True, "findings": findings, "following": following})
