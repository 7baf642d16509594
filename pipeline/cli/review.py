"""``review``: proposals are decided on, one by one."""

from __future__ import annotations

import argparse
import sys

from pipeline.cli import terminal
from pipeline.cli.arguments import today
from pipeline.cli.console import TextReporter
from pipeline.cli.outcome import FAILED, carried_out
from pipeline.departments import deciding
from pipeline.diagnostics import Diagnostic, has_errors
from pipeline.workflows import review
from pipeline.workflows.project import Project
from pipeline.workflows.review import Reviewed

_NO_TERMINAL = (
    "review は、画面で一件ずつ答えるものです。端末（ターミナル）から実行してください。\n"
    "→ outputs の returned/proposals.yaml を開いて、decision を書き換えても決められます。"
)


def run(arguments: argparse.Namespace) -> int:
    """Ask about every proposal that is open; return the exit code."""
    if not terminal.is_possible():
        sys.stderr.write(f"{_NO_TERMINAL}\n")
        return 2
    return carried_out(arguments, _done, still=True)


def _done(
    arguments: argparse.Namespace, project: Project, reporter: TextReporter
) -> tuple[tuple[Diagnostic, ...], list[str]]:
    found = review.review(project, today(), terminal.Terminal(), reporter)
    return found.diagnostics, _lines(found)


def _lines(found: Reviewed) -> list[str]:
    """Return what was decided, and what comes next."""
    if has_errors(found.diagnostics):
        return [FAILED]
    if found.walked is None:
        return ["決める修正はありません。戻ったシートを inputs の returned に置いて、make collect を実行してください。"]
    return deciding.summary(found.walked)
