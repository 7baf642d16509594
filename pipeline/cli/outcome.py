"""What came of a workflow, on the terminal: the findings, then a few lines."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable

from pipeline.cli.arguments import project
from pipeline.cli.console import TextReporter, diagnostic_lines, text_reporter
from pipeline.diagnostics import Diagnostic, has_errors
from pipeline.workflows.project import Project

FAILED = "できませんでした。エラーを直してから、もう一度実行してください。"

Work = Callable[[argparse.Namespace, Project, TextReporter], tuple[tuple[Diagnostic, ...], list[str]]]
"""Does what the arguments ask for; returns what was found, and the lines to be printed."""


def carried_out(arguments: argparse.Namespace, work: Work, *, still: bool = False) -> int:
    """Do some work in the project that is chosen, and print what came of it; return the exit code.

    ``still`` where a moving bar would be in the way.
    """
    chosen = project(arguments)
    reporter = text_reporter(sys.stdout, still=still)
    with reporter:
        found, lines = work(arguments, chosen, reporter)
    reporter.say([*diagnostic_lines(found, chosen.root), "", *lines])
    return 1 if has_errors(found) else 0
