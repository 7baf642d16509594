"""``issue`` and ``changes``: editions that are handed out."""

from __future__ import annotations

import argparse
import sys

from pipeline.cli.arguments import project, today
from pipeline.cli.console import TextReporter, diagnostic_lines
from pipeline.diagnostics import has_errors
from pipeline.model.release import Change
from pipeline.workflows import editions
from pipeline.workflows.editions import Compared, Issued
from pipeline.workflows.project import Project

_MOST = 10


def run(arguments: argparse.Namespace) -> int:
    """Do the command and print what came of it; return the exit code."""
    chosen = project(arguments)
    reporter = TextReporter(sys.stdout)
    with reporter:
        if arguments.action == "issue":
            issued = editions.issue(chosen, today(), arguments.name or "", reporter)
            found, lines = issued.diagnostics, _issued(issued, chosen)
        else:
            compared = editions.changes(chosen, arguments.since or "", reporter)
            found, lines = compared.diagnostics, _compared(compared, chosen)
    reporter.say([*diagnostic_lines(found, chosen.root), "", *lines])
    return 1 if has_errors(found) else 0


def _issued(found: Issued, project: Project) -> list[str]:
    if found.release is None or found.folder is None:
        return []
    return [
        f"{found.release.called}を控えました  {found.folder.relative_to(project.root).as_posix()}/",
        "  冊子、評価シート、入力データの写しです。直さずに、このまま残してください。",
        "",
        "控えた版",
        *(f"  {one.number}  {one.date}  {one.edition.called}  {one.name}" for one in found.all),
        "",
        "→ この後の変更は、make changes で一覧にできます。",
    ]


def _compared(found: Compared, project: Project) -> list[str]:
    if found.changes is None:
        return []
    figures, texts = found.changes.figures, found.changes.texts
    return [
        f"{found.since}から、数値{len(figures)}件と文章{len(texts)}件が変わりました。",
        *map(_figure, figures[:_MOST]),
        *([f"  ほか{len(figures) - _MOST}件"] if len(figures) > _MOST else []),
        "",
        *(f"書き出しました  {path.relative_to(project.root).as_posix()}" for path in found.files),
    ]


def _figure(change: Change) -> str:
    effect = f"（{change.remark}）" if change.remark else ""
    return f"  {change.item}  {change.before or 'なし'} → {change.after or 'なし'}{effect}"
