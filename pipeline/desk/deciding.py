"""What came back from the departments, and the answers to it: read, decided, applied, taken back.

Each answer is saved at once by the same rules as ``make review``; what would write asks for a second, sure request.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from msgspec import Struct

from pipeline.desk.desk import Desk
from pipeline.desk.exchange import Request, Response, Unfit, data
from pipeline.desk.shown import finding
from pipeline.diagnostics import Diagnostic, has_errors
from pipeline.model.correspondence import OPEN, Decision, Proposal, Verdict
from pipeline.workflows import apply, collect
from pipeline.workflows.apply import Done, Preview
from pipeline.workflows.review import Review

_GONE = "この修正は、一覧からなくなったか、入力データか答えが別の画面で変わっています。一覧を読み直しました。"
_NOTHING = "取り消す答えはありません。"
_NOT_DONE = "できませんでした。下のエラーを直してから、もう一度お試しください。"
_LONGEST = 100_000
"""Characters of a text that somebody types."""


def proposals(desk: Desk, request: Request) -> Response:
    """Answer with all that may be decided on."""
    return data(_listed(desk))


def _listed(desk: Desk, message: str = "") -> Mapping[str, object]:
    begun = desk.review()
    review = begun.value
    found = [*begun.diagnostics, *(review.moved if review else ())]
    content = {"findings": [finding(desk, one) for one in found], "message": message}
    if review is None:
        return {**content, "rows": [], "open": 0, "waiting": []}
    rows = [review.row(p) for p in review.answers.proposals.values()]
    return {**content, "rows": rows, **_standing(review)}


def _standing(review: Review) -> Mapping[str, object]:
    """Return how far it has come."""
    return {"open": review.answers.open, "waiting": [p.id for p in review.answers.waiting()]}


def decide(desk: Desk, request: Request) -> Response:
    """Take an answer; where it cannot be written, or another was accepted in its place, say so instead."""
    sent = request.sent()
    return with_review(desk, sent, lambda review, proposal: _decided(review, proposal, sent))


def _decided(review: Review, proposal: Proposal, sent: Mapping[str, object]) -> Mapping[str, object]:
    now = review.row(proposal)["decision"]
    if sent.get("seen", now) != now:  # another window of the browser has answered since
        return {}
    decision = _decision(sent, proposal)
    if decision.verdict is not Verdict.ACCEPT:
        return _recorded(review, {proposal.id: decision})
    refusal = review.answers.refusal(proposal, decision)
    if refusal is not None:
        return {"refused": {"id": proposal.id, "reason": refusal.reason, "cure": refusal.cure}}
    rivals = review.answers.rivals(proposal, decision)
    if rivals and sent.get("sure") is not True:
        return {"rivals": [review.against(rival, proposal, decision) for rival in rivals]}
    return _recorded(review, {**{r.id: Decision(Verdict.REJECT) for r in rivals}, proposal.id: decision})


def _decision(sent: Mapping[str, object], proposal: Proposal) -> Decision:
    text, reason = sent.get("text"), sent.get("reason", "")
    if not isinstance(reason, str) or not isinstance(text, str | None) or len(text or reason) > _LONGEST:
        raise Unfit
    match sent.get("verdict"):
        case "accept" if text is None or (proposal.path is not None and text.strip()):
            return Decision(Verdict.ACCEPT, text)
        case "reject":
            return Decision(Verdict.REJECT, reason=reason.strip())
        case "open":
            return OPEN
    raise Unfit


def decide_many(desk: Desk, request: Request) -> Response:
    """Accept the rest of a sheet or of a kind; first only say what that is."""
    sent = request.sent()

    def done(review: Review, proposal: Proposal) -> Mapping[str, object]:
        groups = {"sheet": review.answers.of_sheet, "kind": review.answers.of_kind}
        alike = groups.get(str(sent.get("which")), lambda _: [])(proposal)
        if not alike or sent.get("sure") is not True:
            return {"many": [review.row(one) for one in alike]}
        return _recorded(review, {one.id: Decision(Verdict.ACCEPT) for one in alike})

    return with_review(desk, sent, done)


def take_back(desk: Desk, request: Request) -> Response:
    """Take back the last answer."""
    with desk.deciding():
        review = desk.review().value
        before = review.answers.undo() if review else None
        return data({"message": _NOTHING} if review is None or before is None else _saved(review, before))


def with_review(
    desk: Desk, sent: Mapping[str, object], work: Callable[[Review, Proposal], Mapping[str, object]]
) -> Response:
    """Answer with what work on the proposal that is named gives; where that is gone, with the list as it is."""
    identifier = sent.get("id")
    if not isinstance(identifier, str):
        raise Unfit
    with desk.deciding():
        review = desk.review().value
        proposal = review.answers.proposals.get(identifier) if review else None
        if review is None or proposal is None:
            desk.forget()
            return data(_listed(desk, _GONE))
        answer = work(review, proposal)
        if not answer:
            desk.forget()
            return data(_listed(desk, _GONE))
        return data(answer)


def _recorded(review: Review, decisions: Mapping[str, Decision]) -> Mapping[str, object]:
    """Save decisions with what they take along; return nothing where a proposal is gone."""
    taken = review.answers.with_alike(decisions)
    return _saved(review, taken) if review.answers.record(taken) else {}


def _saved(review: Review, ids: Iterable[str]) -> Mapping[str, object]:
    return {"saved": [review.row(review.answers.proposals[one]) for one in ids], **_standing(review)}


def collected(desk: Desk, request: Request) -> Response:
    """Read the returned sheets."""
    with desk.writing("戻ったシートの読み取り"):
        found = collect.collect(desk.project, desk)
        desk.forget()
    message = _NOT_DONE if found.evaluation is None else f"{len(found.sheets)}件のファイルを読みました。"
    return data({**_listed(desk, message), "findings": [finding(desk, one) for one in found.diagnostics]})


class _Step(Struct, frozen=True):
    """What is written into the inputs or taken back, and how it is told."""

    title: str
    preview: Callable[..., Preview]
    work: Callable[..., Done]
    told: str
    nothing: str


APPLY = _Step(
    "反映",
    apply.to_apply,
    apply.apply,
    "入力データの{}か所を書き換えました。冊子も作り直します。間違えたときは「反映を取り消す」で戻せます。",
    "反映するものはありません。採用したもので、まだ反映していない修正がありません。",
)
UNDO = _Step(
    "反映の取消し",
    apply.to_undo,
    apply.undo,
    "入力データの{}か所を、反映する前の内容に戻しました。その修正は、まだ決めていないものに戻りました。",
    "取り消すものはありません。反映した修正がありません。",
)


def preview(desk: Desk, step: _Step) -> Response:
    """Answer with what a step would write."""
    with desk.writing(step.title):
        found = step.preview(desk.project, desk.today(), desk)
        review = desk.review().value
    name: Callable[[str], str] = review.name if review else str
    changes = [{"title": name(e.path), "path": e.path, "old": e.old, "new": e.new} for e in found.entries]
    message = "" if changes or has_errors(found.diagnostics) else step.nothing
    return data({"changes": changes, "message": message, "findings": _findings(desk, found.diagnostics)})


def carry_out(desk: Desk, step: _Step) -> Response:
    """Do a step, and answer with what was written."""
    with desk.writing(step.title):
        found = step.work(desk.project, desk.today(), desk)
        desk.forget()
    message = step.told.format(len(found.paths)) if found.paths else step.nothing
    if not found.paths and has_errors(found.diagnostics):
        message = _NOT_DONE
    return data({"message": message, "findings": _findings(desk, found.diagnostics), "stale": found.stale})


def _findings(desk: Desk, found: Sequence[Diagnostic]) -> list[Mapping[str, object]]:
    return [finding(desk, one) for one in found]
