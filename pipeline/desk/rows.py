"""A row that a department added: what of it comes into the inputs is shown, and then written."""

from __future__ import annotations

from pipeline.desk.desk import Desk
from pipeline.desk.exchange import Request, Response, Unfit, data
from pipeline.desk.shown import finding
from pipeline.workflows import new_rows

_DONE = "新しい行を {} に書き足しました。間違えたときは「反映を取り消す」で戻せます。"


def row(desk: Desk, request: Request) -> Response:
    """Answer with the lines that would come; once it is ``sure``, write them."""
    sent = request.sent()
    identifier, is_sure = sent.get("id"), sent.get("sure") is True
    if not isinstance(identifier, str):
        raise Unfit
    with desk.writing("行の書き足し"):
        work = new_rows.write if is_sure else new_rows.preview
        begun = work(desk.project, identifier, desk.today(), desk)
        if is_sure:
            desk.forget()
    message = _DONE.format(begun.file) if is_sure and begun.file else ""
    findings = [finding(desk, one) for one in begun.diagnostics] if not begun.file else []
    return data({"file": begun.file, "lines": begun.lines, "message": message, "findings": findings})
