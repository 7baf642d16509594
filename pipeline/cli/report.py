"""``report``, ``sheets``, ``charts`` and ``check``."""

from __future__ import annotations

import argparse
import sys

from pipeline.cli.arguments import pdf_standard, project
from pipeline.cli.console import PLAIN_FORMS, PlainReporter, Reporter, text_reporter
from pipeline.documents.standard import Standard
from pipeline.model.options import Engine
from pipeline.workflows import report
from pipeline.workflows.report import Action


def run(arguments: argparse.Namespace) -> int:
    """Run the stages that the command needs; return the exit code."""
    action, chosen = Action(arguments.action), project(arguments)
    plain = PLAIN_FORMS.get(arguments.format)
    reporter: Reporter = PlainReporter(sys.stdout, plain) if plain else text_reporter(sys.stdout)
    with reporter:
        how = report.RunOptions(
            Engine(arguments.engine),
            strict_fonts=arguments.strict_fonts,
            standard=Standard.UA1 if action is Action.CHECK else pdf_standard(arguments),
            is_clean=action is not Action.CHECK and arguments.clean,
        )
        done = report.run(action, chosen, reporter, how)
    reporter.finish(action, chosen, done)
    return 1 if done.made is None else 0
