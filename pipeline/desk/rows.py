"""A row that a department added: what of it comes into the inputs is shown, and then written."""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.desk.deciding import with_review
from pipeline.desk.desk import Desk
from pipeline.desk.exchange import Request, Response
from pipeline.desk.shown import finding
from pipeline.model.correspondence import Proposal
from pipeline.workflows.review import Review

_DONE = "新しい行を {} に書き足しました。間違えたときは「反映を取り消す」で戻せます。"


def row(desk: Desk, request: Request) -> Response:
    """Answer with the lines that would come; once it is ``sure``, write them."""
    sent = request.sent()
    is_sure = sent.get("sure") is True

    def done(review: Review, proposal: Proposal) -> Mapping[str, object]:
        made = review.answers.add_row(proposal) if is_sure else review.answers.rows.preview(proposal)
        if is_sure:
            desk.forget()
        message = _DONE.format(made.file) if is_sure and made.file else ""
        findings = [] if made.file else [finding(desk, one) for one in made.diagnostics]
        return {"file": made.file, "lines": made.lines, "message": message, "findings": findings}

    with desk.writing("行の書き足し"):
        return with_review(desk, sent, done)
