"""``apply`` and ``undo``: what was accepted is written into the inputs, and taken back."""

from __future__ import annotations

import argparse

from pipeline.cli.arguments import today
from pipeline.cli.console import TextReporter
from pipeline.cli.outcome import FAILED, carried_out
from pipeline.diagnostics import Diagnostic, Severity, has_errors
from pipeline.workflows import apply
from pipeline.workflows.apply import Done
from pipeline.workflows.project import Project


def run(arguments: argparse.Namespace) -> int:
    """Write what was accepted, or take back what was written last; return the exit code."""
    return carried_out(arguments, _done)


def _done(
    arguments: argparse.Namespace, project: Project, reporter: TextReporter
) -> tuple[tuple[Diagnostic, ...], list[str]]:
    if arguments.action == "apply":
        found = apply.apply(project, today(), reporter)
        return found.diagnostics, applied(found, project)
    found = apply.undo(project, today(), reporter)
    return found.diagnostics, undone(found, project)


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


def _written(found: Done, project: Project, what: str, hint: str) -> list[str]:
    if not found.paths:
        return [FAILED]
    folder = project.name_of(project.inputs)
    lines = [f"入力データの{len(found.paths)}{what}", *(f"  {folder}/{path}" for path in found.paths), hint]
    if left := sum(d.severity is Severity.ERROR for d in found.diagnostics):
        lines.append(f"上のエラー{left}件に示した所は、書き込んでいません。")
    again = " ".join(found.stale)
    return [*lines, f"作り直すシート  {again}", "  → make report で評価シートと冊子を作り直してください。"]
