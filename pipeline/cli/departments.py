"""The commands of the year beside the report: sheets that come back, the next year."""

from __future__ import annotations

import argparse
import shutil
import sys
from collections.abc import Callable

from pipeline.cli import summaries, terminal
from pipeline.cli.arguments import project, today
from pipeline.cli.console import TextReporter, diagnostic_lines
from pipeline.diagnostics import Diagnostic, has_errors
from pipeline.workflows import apply, collect, new_year, review
from pipeline.workflows.apply import Done
from pipeline.workflows.collect import Collected
from pipeline.workflows.new_year import Begun
from pipeline.workflows.project import Project
from pipeline.workflows.review import Reviewed

_NO_TERMINAL = (
    "review は、画面で一件ずつ答えるものです。端末（ターミナル）から実行してください。\n"
    "→ outputs の returned/proposals.yaml を開いて、decision を書き換えても決められます。"
)


Work = Callable[[argparse.Namespace, Project, TextReporter], tuple[tuple[Diagnostic, ...], list[str]]]
"""Does what the arguments ask for; returns what was found, and the lines to be printed."""


def run(arguments: argparse.Namespace) -> int:
    """Do the command and print what came of it; return the exit code."""
    if arguments.action == "review" and not terminal.is_possible():
        sys.stderr.write(f"{_NO_TERMINAL}\n")
        return 2
    return carried_out(arguments, _done)


def carried_out(arguments: argparse.Namespace, work: Work) -> int:
    """Do some work in the project that is chosen, and print what came of it; return the exit code."""
    chosen = project(arguments)
    reporter = TextReporter(sys.stdout, still=arguments.action == "review")
    with reporter:
        found, lines = work(arguments, chosen, reporter)
    reporter.say([*diagnostic_lines(found, chosen.root), "", *lines])
    return 1 if has_errors(found) else 0


def _done(
    arguments: argparse.Namespace, project: Project, reporter: TextReporter
) -> tuple[tuple[Diagnostic, ...], list[str]]:
    found: Collected | Done | Reviewed | Begun
    match arguments.action:
        case "review":
            found = review.review(project, today(), terminal.Terminal(), reporter)
            lines = summaries.reviewed(found)
        case "apply":
            found = apply.apply(project, today(), reporter)
            lines = summaries.applied(found, project)
        case "undo":
            found = apply.undo(project, today(), reporter)
            lines = summaries.undone(found, project)
        case "newyear":
            found = new_year.begin(project, reporter, named=arguments.year is not None, plan=arguments.plan)
            lines = summaries.begun(found, project, planned=bool(arguments.plan))
        case "collect":
            found = collect.collect(project, reporter)
            lines = [*_board(found, project), *summaries.made(found, project)]
        case _:
            found = collect.board(project, reporter)
            lines = _board(found, project)
    return found.diagnostics, lines


def _board(found: Collected, project: Project) -> list[str]:
    return summaries.board(found, project, shutil.get_terminal_size().columns)
