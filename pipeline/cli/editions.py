"""``issue``, ``changes``, ``opinions``, ``digest``, ``opendata``, ``word``, ``web``: what is handed out."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from pipeline.cli.arguments import today
from pipeline.cli.console import TextReporter, apart
from pipeline.cli.outcome import carried_out
from pipeline.diagnostics import Diagnostic
from pipeline.model.release import Change
from pipeline.workflows import editions, opendata, publications, whole
from pipeline.workflows import web as site
from pipeline.workflows.editions import Compared, Issued
from pipeline.workflows.project import Project

_MOST = 10


def run(arguments: argparse.Namespace) -> int:
    """Do the command and print what came of it; return the exit code."""
    return carried_out(arguments, _done)


def _done(
    arguments: argparse.Namespace, project: Project, reporter: TextReporter
) -> tuple[tuple[Diagnostic, ...], list[str]]:
    """Do the command; return what was found, and the lines to be printed."""
    match arguments.action:
        case "issue":
            issued = editions.issue(project, today(), arguments.name or "", reporter)
            return issued.diagnostics, _issued(issued, project)
        case "changes":
            compared = editions.changes(project, arguments.since or "", reporter)
            return compared.diagnostics, _compared(compared, project)
        case "digest":
            written = publications.digest(project, reporter)
        case "opendata":
            written = opendata.opendata(project, reporter)
        case "word":
            written = whole.word(project, reporter)
        case "web":
            written = site.web(project, reporter)
        case _:
            written = publications.opinions(project, reporter)
    return written.diagnostics, [*_written(written.files, project), *apart(project)]


def _issued(found: Issued, project: Project) -> list[str]:
    if found.release is None or found.folder is None:
        return []
    return [
        f"{found.release.called}を控えました  {project.name_of(found.folder)}/",
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
        *_written(found.files, project),
        *apart(project),
    ]


def _written(files: Sequence[Path], project: Project) -> list[str]:
    return [f"書き出しました  {project.name_of(path)}" for path in files]


def _figure(change: Change) -> str:
    effect = f"（{change.remark}）" if change.remark else ""
    return f"  {change.item}  {change.before or 'なし'} → {change.after or 'なし'}{effect}"
