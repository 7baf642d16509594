"""``collect`` and ``board``: what came back is read, and how far it has come is shown."""

from __future__ import annotations

import argparse
import shutil

from pipeline.cli import board
from pipeline.cli.console import TextReporter
from pipeline.cli.outcome import carried_out
from pipeline.departments import deciding
from pipeline.departments.returned.proposals import FILE
from pipeline.diagnostics import Diagnostic
from pipeline.workflows import collect
from pipeline.workflows.collect import Collected
from pipeline.workflows.department_files import RETURNED
from pipeline.workflows.project import Project


def run(arguments: argparse.Namespace) -> int:
    """Read what came back, and show the board; return the exit code."""
    return carried_out(arguments, _done)


def _done(
    arguments: argparse.Namespace, project: Project, reporter: TextReporter
) -> tuple[tuple[Diagnostic, ...], list[str]]:
    is_written = arguments.action == "collect"
    found = (collect.collect if is_written else collect.board)(project, reporter)
    lines = board.lines(found, shutil.get_terminal_size().columns)
    return found.diagnostics, [*lines, *(_made(found, project) if is_written else ())]


def _made(found: Collected, project: Project) -> list[str]:
    """Return where the proposals can be looked at."""
    if found.board is None:
        return []
    folder = project.name_of(project.outputs / RETURNED)
    return [f"修正の一覧  {folder}/{deciding.PAGE}（ブラウザーで開いて見る、印刷する）", f"            {folder}/{FILE}"]
