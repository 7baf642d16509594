"""What the terminal shows of sheets that go out and come back: lines of text."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Sequence

from pipeline.build import Project
from pipeline.correspondence import Collected, Done, Sent
from pipeline.diagnostics import has_errors
from pipeline.model.correspondence import Kind, Proposal, ReturnedSheet, Verdict
from pipeline.model.evaluation import Measure
from pipeline.sending.folders import folder_of, is_named

_FAILED = "できませんでした。エラーを直してから、もう一度実行してください。"
_HEADINGS = ("所管課", "施策", "送付", "回収", "修正", "質問", "競合", "欄の外", "欠落", "コメント", "未決")
_COUNTED = (
    (Kind.CHANGE,),
    (Kind.QUESTION,),
    (Kind.CONFLICT,),
    (Kind.OUTSIDE,),
    (Kind.MISSING,),
    (Kind.COMMENT,),
)


def sent(found: Sent, project: Project) -> list[str]:
    """Say what was sent, and what lies ready where."""
    if found.folder is None:
        return [_FAILED]
    where = found.folder.relative_to(project.root).as_posix()
    lines = [f"新しく作ったシート  {len(found.new)}枚", *(f"  {i.identity}  {i.file}" for i in found.new)]
    earlier = len(found.ready) - len(found.new)
    if earlier:
        lines.append(
            f'送付済みのシート  {earlier}枚（作り直していません。作り直すときは AGAIN="1-2 1-3" のように指定します）'
        )
    lines.append(f"課ごとのフォルダー  {where}/（{len({folder_of(i) for i in found.ready})}個）")
    unnamed = [i.identity.measure for i in found.ready if not is_named(i.department)]
    if unnamed:
        lines.append(f"所管課が【要記入】の施策  {'、'.join(unnamed)}")
        lines.append("  → strategy.yaml の department に所管課名を書くと、課ごとのフォルダーにまとまります。")
    return lines


def board(found: Collected) -> list[str]:
    """Show every measure's state, and the files that could not be read."""
    if found.evaluation is None:
        return [_FAILED]
    rows = [_row(measure, found) for measure in found.evaluation.measures]
    lines = _table([_HEADINGS, *rows])
    refused = [p for p in found.proposals if p.kind is Kind.REFUSED]
    lines += ["", "読めなかったファイル"] if refused else []
    lines += [f"  {p.file}: {p.why}" for p in refused]
    opened = sum(p.decision.verdict is Verdict.OPEN for p in found.proposals)
    return [*lines, "", f"まだ決めていない修正は{opened}件です。"]


def _row(measure: Measure, found: Collected) -> tuple[str, ...]:
    issue = (found.issues or {}).get(measure.id)
    sheets = [s for s in found.sheets if s.identity is not None and s.identity.measure == measure.id]
    proposals = [p for p in found.proposals if p.measure == measure.id]
    counts = Counter(p.kind for p in proposals)
    numbers = [str(sum(counts[kind] for kind in kinds) or "") for kinds in _COUNTED]
    opened = sum(p.decision.verdict is Verdict.OPEN for p in proposals)
    return (
        measure.department,
        f"{measure.id} {measure.name}",
        f"第{issue.identity.number}回" if issue else "未送付",
        _returned(sheets, proposals) if issue else "",
        *numbers,
        str(opened or ""),
    )


def _returned(sheets: Sequence[ReturnedSheet], proposals: Sequence[Proposal]) -> str:
    if not sheets:
        return "未回収"
    return f"{len(sheets)}件" if proposals else "修正なし"


def applied(found: Done, project: Project) -> list[str]:
    """Say what was written, and what must be made again."""
    if has_errors(found.diagnostics):
        return [_FAILED]
    if not found.paths:
        return ["反映するものはありません（decision を accept にした、まだ反映していない修正がありません）。"]
    folder = project.inputs.relative_to(project.root).as_posix()
    lines = [f"入力データに{len(found.paths)}件を反映しました。", *(f"  {folder}/{path}" for path in found.paths)]
    again = " ".join(found.stale)
    return [*lines, f"シートを作り直す施策  {again}", "  → make report で評価シートと冊子を作り直してください。"]


def _table(rows: Sequence[Sequence[str]]) -> list[str]:
    widths = [max(map(_width, column)) for column in zip(*rows, strict=True)]
    return ["  ".join(c + " " * (w - _width(c)) for c, w in zip(row, widths, strict=True)).rstrip() for row in rows]


def _width(text: str) -> int:
    """Columns of a terminal: a wide character takes two."""
    return sum(2 if unicodedata.east_asian_width(c) in "WFA" else 1 for c in text)
