"""Keeping a warning quiet, with a reason: what is written into audit.yaml is shown first."""

from __future__ import annotations

from pipeline.desk.desk import Desk
from pipeline.desk.exchange import Request, Response, Unfit, data
from pipeline.desk.shown import finding
from pipeline.workflows import silence
from pipeline.workflows.silence import Entered, Silence

_DONE = "注意を省きました。理由は audit.yaml に書き込みました。"


def silenced(desk: Desk, request: Request) -> Response:
    """Answer with the lines that would come; with ``shown``, the text for which they were shown, write them."""
    sent = request.sent()
    texts = {name: sent.get(name) for name in ("id", "file", "message", "reason")}
    if not all(isinstance(text, str) and text.strip() for text in texts.values()):
        raise Unfit
    wanted = Silence(**{name: str(text).strip() for name, text in texts.items()})
    shown = sent.get("shown")
    with desk.writing("点検の設定"):
        if isinstance(shown, str):
            return _answered(desk, silence.write(desk.project, wanted, shown, desk), _DONE)
        return _answered(desk, silence.preview(desk.project, wanted, desk), "")


def _answered(desk: Desk, entered: Entered, done: str) -> Response:
    findings = [finding(desk, one) for one in entered.diagnostics] if entered.after is None else []
    message = done if entered.after is not None else ""
    return data({"shown": entered.before, "added": entered.added, "message": message, "findings": findings})
