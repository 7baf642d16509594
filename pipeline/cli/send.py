"""``send``, ``remind``, ``sendback`` and ``figures``: sheets and workbooks go out to be filled in."""

from __future__ import annotations

import argparse

from pipeline.cli.arguments import today
from pipeline.cli.console import TextReporter
from pipeline.cli.outcome import FAILED, carried_out
from pipeline.departments.sending.folders import folders_of, is_named
from pipeline.diagnostics import Diagnostic
from pipeline.model.options import Format
from pipeline.storage.outputs import KEPT
from pipeline.workflows import figures, send
from pipeline.workflows.department_files import RETURNED
from pipeline.workflows.figures import Laid
from pipeline.workflows.project import Project
from pipeline.workflows.send import Order, Sent


def run(arguments: argparse.Namespace) -> int:
    """Send what the command says; return the exit code."""
    return carried_out(arguments, _done)


def _done(
    arguments: argparse.Namespace, project: Project, reporter: TextReporter
) -> tuple[tuple[Diagnostic, ...], list[str]]:
    found: Sent | Laid
    match arguments.action:
        case "send":
            found = send.send(project, order(arguments), reporter)
            lines = sent(found, project)
        case "remind":
            found = send.remind(project, order(arguments), reporter)
            lines = reminded(found, project)
        case "sendback":
            found = send.sendback(project, order(arguments), today(), reporter)
            lines = sent_back(found, project)
        case _:
            found = figures.figures(project, reporter)
            lines = laid(found, project)
    return found.diagnostics, lines


def order(arguments: argparse.Namespace) -> Order:
    """Return what is to be sent, as the arguments have it."""
    given = vars(arguments)
    kinds = Format(given["format"]) if given.get("format") else None
    again = send.named_in(given.get("again", []))
    return Order(again, arguments.deadline, protected=not given.get("unprotected", False), format=kinds)


def sent(found: Sent, project: Project) -> list[str]:
    """Return what was sent, and what lies ready where."""
    if found.folder is None:
        return [FAILED]
    where = project.name_of(found.folder)
    lines = [f"新しく作ったシート  {len(found.new)}枚", *(f"  {i.identity}  {i.file}" for i in found.new)]
    earlier = len(found.ready) - len(found.new)
    if found.kept:
        lines.append(f"手直しされていたファイルを {where}/{KEPT}/ へ移しました。送るフォルダーには入っていません。")
        lines += [f"  {where}/{path}" for path in found.kept]
    if earlier:
        lines.append(
            f'送付済みのシート  {earlier}枚（作り直していません。作り直すときは AGAIN="1-2 1-3" のように指定します）'
        )
    if found.answered:
        lines.append(f"回答が戻ったシート  {len(found.answered)}枚（送るフォルダーには入れていません）")
    lines.append(f"課ごとのフォルダー  {where}/（{len(found.folders)}個）")
    unnamed = [i.identity.measure for i in found.ready if not all(map(is_named, i.departments))]
    if unnamed:
        lines.append(f"所管課が【要記入】のシート  {'、'.join(unnamed)}")
        lines.append(
            "  → strategy.yaml の department に所管課名を書き、もう一度 make send を実行すると、課ごとになります。"
        )
    return lines


def reminded(found: Sent, project: Project) -> list[str]:
    """Return whom a reminder lies ready for."""
    if found.folder is None:
        return [FAILED]
    if not found.ready:
        return ["送って、まだ戻っていないものはありません。まだ送っていないものは、make send で送ります。"]
    where = project.name_of(found.folder)
    return [
        f"まだ戻っていないもの  {len(found.ready)}件。再依頼の送付状とともに並べました。",
        *(f"  {where}/{folder}/" for folder in sorted(found.folders)),
    ]


def laid(found: Laid, project: Project) -> list[str]:
    """Return where the workbook for all figures lies, and what to do with it."""
    if found.issue is None or found.file is None:
        return [FAILED]
    folder = project.name_of(project.inputs / RETURNED)
    made = "作りました" if found.is_new else "前に作ったものを並べました（入力データは変わっていません）"
    return [
        f"実績の記入表を{made}  {found.issue.identity}",
        f"  {project.name_of(found.file)}",
        f"  → 記入したら、{folder}/ に置いて、make collect を実行します。",
    ]


def sent_back(found: Sent, project: Project) -> list[str]:
    """Return which sheets lie ready with comments."""
    if found.folder is None:
        return [FAILED]
    if not found.ready:
        return ["返すものはありません（今のシートへの回答に、不採用とした修正がありません）。"]
    where = project.name_of(found.folder)
    lines = [f"理由を付けて作り直したシート  {len(found.new)}枚"]
    if earlier := len(found.ready) - len(found.new):
        lines.append(f"前に作り直し、まだ戻っていないシート  {earlier}枚（もう一度並べました）")
    lines += [f"  {i.identity}  {where}/{folder}/{i.file}" for i in found.ready for folder in folders_of(i)]
    return [*lines, "  → 所管課に送ってください。前のシートへの回答は、もう受け付けません。"]
