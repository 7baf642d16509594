"""``explain``: the steps behind an indicator, or all of them written to files."""

from __future__ import annotations

import argparse

from pipeline.cli.arguments import Usage, project
from pipeline.cli.findings import print_result
from pipeline.diagnostics import harmless_json
from pipeline.workflows import explain, explanation


def run(arguments: argparse.Namespace) -> int:
    """Print the steps behind an indicator, or write those of all; return the exit code."""
    chosen, json = project(arguments), arguments.format == "json"
    if (arguments.subject is None) != arguments.all:
        raise Usage("指標（例: 1-2/new-hires）か --all のどちらか一方を指定してください")
    if arguments.all:
        from pipeline.workflows import explain_files  # noqa: PLC0415 - a template, and what fills it: for this alone

        written = explain_files.write(chosen)
        return print_result(written.diagnostics, explain_files.written_lines(written.value), chosen.root, json=json)
    found = explain.one(chosen, arguments.subject)
    if found.value is not None and json:
        print(harmless_json(explanation.explanation_json(found.value, found.diagnostics)), end="")
        return 0
    lines = None if found.value is None else list(explanation.explanation_lines(found.value))
    return print_result(found.diagnostics, lines, chosen.root, json=json)
