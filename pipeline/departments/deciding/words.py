"""What kinds of proposals and decisions are called."""

from __future__ import annotations

from pipeline.model.correspondence import WRITING, Decision, Kind, Proposal, Verdict

KINDS = {
    Kind.CHANGE: "修正",
    Kind.QUESTION: "質問",
    Kind.CONFLICT: "競合",
    Kind.OUTSIDE: "欄の外",
    Kind.MISSING: "欠落",
    Kind.COMMENT: "コメント",
    Kind.REFUSED: "読めない",
}
WHY = {Kind.REFUSED: "理由", Kind.CHANGE: "備考", Kind.COMMENT: "備考"}
"""What stands before the reasons of a kind; of the others, something is asked."""


def decision(proposal: Proposal) -> str:
    """Return what was decided on a proposal."""
    match proposal.decision:
        case Decision(Verdict.OPEN):
            return "まだ決めていない"
        case Decision(Verdict.REJECT, _, reason):
            return f"不採用（理由: {reason}）" if reason else "不採用"
        case Decision(Verdict.ACCEPT, str()):
            return "文章を直して採用"
    return "採用" if writes(proposal.kind, proposal.path) else "確認した"


def writes(kind: Kind, path: str | None) -> bool:
    """Return whether accepting a proposal writes into the inputs."""
    return path is not None and kind in WRITING
