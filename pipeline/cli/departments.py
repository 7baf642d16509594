"""The commands of the year beside the report: sheets that go out and come back, the next year."""

from __future__ import annotations

import argparse
import shutil
import sys

from pipeline.cli import summaries, terminal
from pipeline.cli.arguments import measures, project, today
from pipeline.cli.console import TextReporter, diagnostic_lines
from pipeline.diagnostics import Diagnostic, has_errors
from pipeline.model.correspondence import Format
from pipeline.workflows import apply, collect, figures, new_year, review, send
from pipeline.workflows.apply import Done
from pipeline.workflows.collect import Collected
from pipeline.workflows.figures import Laid
from pipeline.workflows.new_year import Begun
from pipeline.workflows.project import Project
from pipeline.workflows.review import Reviewed
from pipeline.workflows.send import Order, Sent

_NO_TERMINAL = (
    "review は、画面で一件ずつ答えるものです。端末（ターミナル）から実行してください。\n"
    "→ outputs の returned/proposals.yaml を開いて、decision を書き換えても決められます。"
)


def run(arguments: argparse.Namespace) -> int:
    """Do the command and print what came of it; return the exit code."""
    chosen = project(arguments)
    if arguments.action == "review" and not terminal.is_possible():
        sys.stderr.write(f"{_NO_TERMINAL}\n")
        return 2
    reporter = TextReporter(sys.stdout, still=arguments.action == "review")
    with reporter:
        found, lines = _done(arguments, chosen, reporter)
    reporter.say([*diagnostic_lines(found, chosen.root), "", *lines])
    return 1 if has_errors(found) else 0


def _done(
    arguments: argparse.Namespace, project: Project, reporter: TextReporter
) -> tuple[tuple[Diagnostic, ...], list[str]]:
    """Do the command; return what was found, and the lines to be printed."""
    found: Sent | Laid | Collected | Done | Reviewed | Begun
    match arguments.action:
        case "send":
            found = send.send(project, order(arguments), reporter)
            lines = summaries.sent(found, project)
        case "figures":
            found = figures.figures(project, reporter)
            lines = summaries.laid(found, project)
        case "review":
            found = review.review(project, terminal.Terminal(), reporter)
            lines = summaries.reviewed(found)
        case "apply":
            found = apply.apply(project, today(), reporter)
            lines = summaries.applied(found, project)
        case "sendback":
            found = send.sendback(project, order(arguments), today(), reporter)
            lines = summaries.sent_back(found, project)
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


def order(arguments: argparse.Namespace) -> Order:
    """Return what is to be sent, as the arguments have it."""
    given = vars(arguments)
    kinds = Format(given.get("format", Format.WORD))
    again = measures(given.get("again", []))
    return Order(again, arguments.deadline, protected=not arguments.unprotected, format=kinds)


def _board(found: Collected, project: Project) -> list[str]:
    return summaries.board(found, project, shutil.get_terminal_size().columns)
