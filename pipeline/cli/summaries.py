"""What the terminal shows of the commands for departments: lines of text."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence

from pipeline.cli.console import apart
from pipeline.departments import deciding
from pipeline.departments.deciding import COLUMNS, KINDS, UNREAD, Mail, Standing, plain
from pipeline.departments.returned.proposals import FILE
from pipeline.diagnostics import Severity, has_errors
from pipeline.model.correspondence import OPEN
from pipeline.workflows.apply import Done
from pipeline.workflows.collect import Collected
from pipeline.workflows.department_files import RETURNED
from pipeline.workflows.new_year import Begun
from pipeline.workflows.project import Project
from pipeline.workflows.review import Reviewed

FAILED = "できませんでした。エラーを直してから、もう一度実行してください。"
_HEADINGS = ("送付", "回収")
_NAME = 12
"""Columns in which a measure's number and the beginning of its name can still be told."""


def board(found: Collected, project: Project, columns: int = 80) -> list[str]:
    """Show what needs attention, then every measure's state by department, on a terminal of so many columns."""
    mail = found.mail
    if mail is None:
        return [FAILED]
    rows, called = deciding.standings(mail), mail.evaluation.form.lowest.short
    heading, *lines = _tabled(rows, columns, called) or _listed(rows, called)
    table = [heading, *_by_department(rows, lines)]
    first = [*_attention(mail), *apart(found.apart)]
    return [*first, "", *table, "", *_figures(mail), *_progress(rows, called), *_next(found, mail, project)]


def _tabled(rows: Sequence[Standing], columns: int, called: str) -> list[str]:
    """Return the measures as a table with its heading; nothing where it would leave no room for their names."""
    counts = _table([(*_HEADINGS, *(KINDS[kind] for kind in COLUMNS), "未決"), *map(_counts, rows)])
    room = columns - max(map(_width, counts)) - 2
    if room < _NAME:
        return []
    names = [called, *(_cut(row.title, room) for row in rows)]
    return _table(list(zip(names, counts, strict=True)))


def _listed(rows: Sequence[Standing], called: str) -> list[str]:
    """Return the measures without their names, and only the counts there are: for narrow terminals."""
    return _table([(called, *_HEADINGS, "件数"), *((r.id, r.sent, r.returned, _found(r)) for r in rows)])


def _found(row: Standing) -> str:
    counts = ((KINDS[kind], row.counts.get(kind)) for kind in COLUMNS)
    return " ".join(f"{name}{count}" for name, count in (*counts, ("未決", row.open)) if count)


def _attention(mail: Mail) -> list[str]:
    """Return first what has to be seen to; of files that could not be read, why."""
    lines = []
    unread = [p for p in deciding.refused(mail) if p.decision == OPEN]
    for one in deciding.attentions(mail):
        which = "" if one.what == UNREAD else f"  {'、'.join(one.which)}"
        lines += [f"! {one.what} {one.count}件{which}"]
        lines += [f"    {plain(p.file)}: {plain(p.why)}" for p in unread if one.what == UNREAD]
    return lines


def _counts(row: Standing) -> tuple[str, ...]:
    return (row.sent, row.returned, *(str(row.counts.get(kind) or "") for kind in COLUMNS), str(row.open or ""))


def _by_department(rows: Sequence[Standing], lines: Sequence[str]) -> Iterator[str]:
    """Put the lines of measures under their departments, with how far these have come."""
    groups: dict[str, list[int]] = {}
    for n, row in enumerate(rows):
        groups.setdefault("、".join(row.departments), []).append(n)
    for department, members in groups.items():
        back = sum(bool(rows[n].files) for n in members)
        yield f"{department}（回収 {back}/{len(members)}）"
        yield from (lines[n] for n in members)


def _figures(mail: Mail) -> Iterator[str]:
    """Count the actuals of the year by their states, and list what is not settled with its owner and its day."""
    fresh = deciding.of_indicators(mail.evaluation)
    counts = Counter(one.state for one in fresh)
    told = "、".join(f"{state} {count}" for state, count in counts.items())
    yield f"{mail.evaluation.report.year}の実績  {told}（全{len(fresh)}指標）"
    opened = [(one.owner, one.name, one.state, one.as_of, "、".join(one.late)) for one in fresh if one.is_open]
    yield from (f"  {line}" for line in (_table(opened) if opened else ()))
    yield ""


def _progress(rows: Sequence[Standing], called: str) -> Iterator[str]:
    for is_workbook, what in ((False, called), (True, "記入表")):
        own = [row for row in rows if row.is_workbook is is_workbook]
        sent, back = sum(row.issue is not None for row in own), sum(bool(row.files) for row in own)
        if own and (sent or not is_workbook):
            yield f"送付 {sent}/{len(own)}{what}、回収 {back}/{sent}{what}"


def _next(found: Collected, mail: Mail, project: Project) -> Iterator[str]:
    """Count what is decided, and say what to do next."""
    count, opened = len(mail.proposals), deciding.opened(mail.proposals)
    if count:
        yield f"修正の一覧の{count}件のうち、決めたもの {count - opened}件、まだのもの {opened}件"
    if opened:
        yield "  → make review で、一件ずつ決めます。"
    if found.is_pending:
        yield "  → make apply で、採用したものを入力データに書き込みます。"
    if not mail.issues:
        yield "  → make send DEADLINE=2021-07-30 で、各課に送るシートを作ります。"
    elif found.held:
        yield f"  → make review で、採用したのに書き込めない修正{found.held}件を決め直します。"
    elif not (opened or found.is_pending):
        folder = (project.inputs / RETURNED).relative_to(project.root).as_posix()
        yield f"  → シートが戻ったら、{folder}/ に置いて、make collect を実行します。"


def made(found: Collected, project: Project) -> list[str]:
    """Return where the proposals can be looked at."""
    if found.mail is None:
        return []
    folder = (project.outputs / RETURNED).relative_to(project.root).as_posix()
    return [f"修正の一覧  {folder}/{deciding.PAGE}（ブラウザーで開いて見る、印刷する）", f"            {folder}/{FILE}"]


def reviewed(found: Reviewed) -> list[str]:
    """Return what was decided, and what comes next."""
    if has_errors(found.diagnostics):
        return [FAILED]
    if found.walked is None:
        return ["決める修正はありません。戻ったシートを inputs の returned に置いて、make collect を実行してください。"]
    return deciding.summary(found.walked)


def applied(found: Done, project: Project) -> list[str]:
    """Return what was written, and what must be made again."""
    if not found.paths and not has_errors(found.diagnostics):
        return ["反映するものはありません。採用したもので、まだ反映していない修正がありません。"]
    undo = "  → 間違えたときは、make undo で取り消せます。"
    return _written(found, project, "件を反映しました。", undo)


def undone(found: Done, project: Project) -> list[str]:
    """Return what was taken back."""
    if not found.paths and not has_errors(found.diagnostics):
        return ["取り消すものはありません。反映した修正がありません。"]
    again = "  → 取り消した修正は、まだ決めていないものに戻りました。make review で決め直せます。"
    return _written(found, project, "件を、反映する前の内容に戻しました。", again)


def begun(found: Begun, project: Project, *, planned: bool = False) -> list[str]:
    """Return what the new year's folder holds, and what is left to do there."""
    if found.project is None:
        return [FAILED]
    old, new = (one.inputs.relative_to(one.root).as_posix() for one in (project, found.project))
    lines = [
        f"{new}/ を作りました。{old}/ から写し、毎年書き改める欄{found.emptied}か所を空にしました。",
        f"  report.yaml は、次の年度の案にしました。{found.rows}の名前は、そのまま残してあります。",
        "  前の計画の最後の実績を、その年度とともに基準値にしました。前の計画の目標と実績は、写していません。"
        if planned
        else "  実績と目標も、そのまま残してあります。",
    ]
    if planned:
        lines.append("  → strategy.yaml の目標（【要記入】の所）と、report.yaml の計画の名称を直してください。")
    if found.lines:
        numbers = "、".join(map(str, found.lines))
        lines.append(
            f"  → report.yaml の文章に「{found.before}」とあります（{numbers}行）。今度の年度に直してください。"
        )
    return [*lines, "  → strategy.yaml の所管課名などを直し、make check で確かめてください。"]


def _written(found: Done, project: Project, what: str, hint: str) -> list[str]:
    if not found.paths:
        return [FAILED]
    folder = project.inputs.relative_to(project.root).as_posix()
    lines = [f"入力データの{len(found.paths)}{what}", *(f"  {folder}/{path}" for path in found.paths), hint]
    if left := sum(d.severity is Severity.ERROR for d in found.diagnostics):
        lines.append(f"上のエラー{left}件に示した所は、書き込んでいません。")
    again = " ".join(found.stale)
    return [*lines, f"作り直すシート  {again}", "  → make report で評価シートと冊子を作り直してください。"]


def _table(rows: Sequence[Sequence[str]]) -> list[str]:
    widths = [max(map(_width, column)) for column in zip(*rows, strict=True)]
    return ["  ".join(c + " " * (w - _width(c)) for c, w in zip(row, widths, strict=True)).rstrip() for row in rows]


def _cut(text: str, width: int) -> str:
    """Shorten a text to so many columns."""
    if _width(text) <= width:
        return text
    while _width(text) > width - 2:
        text = text[:-1]
    return f"{text}…"


def _width(text: str) -> int:
    """Columns of a terminal: a wide character takes two."""
    return sum(2 if unicodedata.east_asian_width(c) in "WFA" else 1 for c in text)
