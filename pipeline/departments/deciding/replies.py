"""What departments are told of their proposals that were not taken."""

from __future__ import annotations

from pipeline.departments.deciding.visible import plain
from pipeline.model.correspondence import Kind, Proposal, Remark

_MOST = 120
"""Characters of a proposed text that are quoted."""
_ANSWER = "ご不明な点がありましたら、このコメントに返信してください。"


def reply(proposal: Proposal) -> Remark:
    """Return the remark on a proposal that was rejected, with the reason where one was given."""
    reason = [f"理由: {plain(proposal.decision.reason)}"] if proposal.decision.reason else []
    return Remark(proposal.path, "\n".join([_said(proposal), *reason, _ANSWER]))


def _said(proposal: Proposal) -> str:
    words = plain(proposal.new).replace("\n", " ")
    quoted = f"「{words[:_MOST]}{'…' if len(words) > _MOST else ''}」"
    match proposal.kind:
        case Kind.COMMENT:
            return f"コメントをありがとうございました。{quoted}については、検討の結果、今回は対応しないこととしました。"
        case Kind.MISSING:
            return "ご返送のシートではこの欄がなくなっていましたが、元のまま残しました。"
        case Kind.OUTSIDE:
            what = f"「{plain(proposal.place)}」の修正{quoted if words else ''}"
            return f"{what}は、記入欄ではない所のため、反映していません。"
    return f"修正のご提案をありがとうございました。{quoted}は、検討の結果、今回は反映しないこととしました。"
