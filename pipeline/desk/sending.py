"""Sheets and workbooks that go out: what would go out is shown by department, and then made.

What was made cannot be unmade here: nobody can tell whether it was handed out already, and an answer to a sheet without
its record could not be read. It is made once more instead.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping

from msgspec import Struct

from pipeline.desk.desk import Desk
from pipeline.desk.exchange import Request, Response, Unfit, data
from pipeline.desk.shown import finding
from pipeline.diagnostics import Checked
from pipeline.workflows import send
from pipeline.workflows.send import Order, Sent

_LONGEST = 1_000
"""Characters of the numbers that somebody types."""
_MOVED = "内容を示した後に、入力データか送付の状況が変わりました。今の内容を確かめて、もう一度押してください。"
_KEPT = "手直しされていたファイルは、消さずに {} へ移しました。"


class _Sort(Struct, frozen=True):
    """A sort of sending: the whole order, and how it is told."""

    whole: Callable[[Desk, Order], Checked[Order]]
    told: str
    nothing: str


_SORTS = {
    "send": _Sort(
        lambda desk, order: Checked(order),
        "{}件を、課ごとのフォルダーに、送付状とともに並べました。",
        "送るものはありません。全部が送付済みで、戻っています。",
    ),
    "remind": _Sort(
        lambda desk, order: Checked(send.reminder(order)),
        "まだ戻っていない{}件を、再依頼の送付状とともに並べました。",
        "送って、まだ戻っていないものはありません。まだ送っていないものは、「各課に送る」で送ります。",
    ),
    "sendback": _Sort(
        lambda desk, order: send.refusal(desk.project, order, desk.today(), desk),
        "不採用の理由をコメントに付けた{}件を、送付状とともに並べました。",
        "返すものはありません（今のシートへの回答に、不採用とした修正がありません）。",
    ),
}


def sending(desk: Desk, request: Request) -> Response:
    """Answer with what would go out; with ``shown``, by which that was told, make it and lay it out."""
    sent = request.sent()
    sort, order, shown = _SORTS.get(str(sent.get("sort"))), _order(sent), sent.get("shown")
    if sort is None:
        raise Unfit
    with desk.writing("送るシートの作成"):
        whole = sort.whole(desk, order)
        if whole.value is None:
            return data(_told(desk, sort, Sent(whole.diagnostics)))
        found = send.to_send(desk.project, whole.value, desk)
        if shown is None:
            return data(_told(desk, sort, found))
        if shown != _mark(found):
            return data({**_told(desk, sort, found), "message": _MOVED})
        done = send.send(desk.project, whole.value, desk)
        desk.forget()
    return data({**_told(desk, sort, done), "isDone": done.folder is not None})


def _order(sent: Mapping[str, object]) -> Order:
    again, deadline = sent.get("again", ""), sent.get("deadline", "")
    if not isinstance(again, str) or not isinstance(deadline, str) or len(again) > _LONGEST:
        raise Unfit
    try:
        day = datetime.date.fromisoformat(deadline) if deadline else None
    except ValueError as fault:
        raise Unfit from fault
    return Order(send.named_in([again]), day)


def _mark(found: Sent) -> str:
    """Return what is the same while the same would go out: the numbers have the digests of what is in the sheets."""
    return " ".join(str(issue.identity) for issue in found.ready)


def _told(desk: Desk, sort: _Sort, found: Sent) -> Mapping[str, object]:
    kept = _KEPT.format("、".join(found.kept)) if found.kept else ""
    told = sort.told.format(len(found.ready)) if found.ready else sort.nothing
    return {
        "folders": [
            {"name": name, "files": [{"file": one.file, "isNew": one in found.new} for one in issues]}
            for name, issues in found.folders.items()
        ],
        "answered": len(found.answered),
        "message": "" if found.folder is None else f"{told}{kept}",
        "shown": _mark(found),
        "path": str(found.folder or ""),
        "findings": [finding(desk, one) for one in found.diagnostics],
    }
