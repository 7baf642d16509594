"""``send`` and ``sendback``: sheets go out to the departments."""

from __future__ import annotations

import argparse

from pipeline.cli.arguments import measures
from pipeline.cli.console import TextReporter
from pipeline.cli.departments import carried_out, today
from pipeline.cli.summaries import FAILED
from pipeline.departments.sending.folders import folders_of, is_named
from pipeline.diagnostics import Diagnostic
from pipeline.storage.outputs import KEPT
from pipeline.workflows import send
from pipeline.workflows.project import Project
from pipeline.workflows.send import Order, Sent


def run(arguments: argparse.Namespace) -> int:
    """Send the sheets, or send some back; return the exit code."""
    return carried_out(arguments, _done)


def _done(
    arguments: argparse.Namespace, project: Project, reporter: TextReporter
) -> tuple[tuple[Diagnostic, ...], list[str]]:
    if arguments.action == "send":
        found = send.send(project, order(arguments), reporter)
        return found.diagnostics, sent(found, project)
    found = send.sendback(project, order(arguments), today(), reporter)
    return found.diagnostics, sent_back(found, project)


def order(arguments: argparse.Namespace) -> Order:
    """Return what is to be sent, as the arguments have it."""
    return Order(measures(vars(arguments).get("again", [])), arguments.deadline, not arguments.unprotected)


def sent(found: Sent, project: Project) -> list[str]:
    """Return what was sent, and what lies ready where."""
    if found.folder is None:
        return [FAILED]
    where = found.folder.relative_to(project.root).as_posix()
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
    lines.append(f"課ごとのフォルダー  {where}/（{len({f for i in found.ready for f in folders_of(i)})}個）")
    unnamed = [i.identity.measure for i in found.ready if not all(map(is_named, i.departments))]
    if unnamed:
        lines.append(f"所管課が【要記入】のシート  {'、'.join(unnamed)}")
        lines.append(
            "  → strategy.yaml の department に所管課名を書き、もう一度 make send を実行すると、課ごとになります。"
        )
    return lines


def sent_back(found: Sent, project: Project) -> list[str]:
    """Return which sheets were made with comments."""
    if found.folder is None:
        return [FAILED]
    if not found.new:
        return ["返すものはありません（今のシートへの回答に、不採用とした修正がありません）。"]
    where = found.folder.relative_to(project.root).as_posix()
    lines = [f"コメントを付けて作り直したシート  {len(found.new)}枚"]
    lines += [f"  {i.identity}  {where}/{folder}/{i.file}" for i in found.new for folder in folders_of(i)]
    return [*lines, "  → 所管課に送ってください。前のシートへの回答は、もう受け付けません。"]
