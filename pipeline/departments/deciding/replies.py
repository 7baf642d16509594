"""What departments are told of their proposals that were not taken."""

from __future__ import annotations

from pipeline.departments.deciding.visible import plain
from pipeline.model.correspondence import Kind, Proposal, Remark

_MOST = 120
"""Characters of a proposed text that are quoted."""
_ANSWER = "ご不明な点がありましたら、{}ください。"
BY_COMMENT, BY_REMARK = "このコメントに返信して", "備考の欄などでお知らせ"
"""How a department answers a reply: in Word, in a workbook."""


def reply(proposal: Proposal, answered: str) -> Remark:
    """Return the remark on a proposal that was rejected, with the reason where one was given, and how it is
    ``answered``.
    """
    reason = [f"理由: {plain(proposal.decision.reason)}"] if proposal.decision.reason else []
    return Remark(proposal.path, "\n".join([_said(proposal), *reason, _ANSWER.format(answered)]))


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
