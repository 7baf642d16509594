"""``rate``: a rating scheme tried on a table of indicators."""

from __future__ import annotations

import argparse

from pipeline.cli.arguments import Usage
from pipeline.cli.findings import print_result
from pipeline.diagnostics import harmless_json
from pipeline.workflows import explanation
from pipeline.workflows.rate import rate


def run(arguments: argparse.Namespace) -> int:
    """Print how a scheme rates the indicators of a table or of a year's folder; return the exit code."""
    root, json = arguments.root, arguments.format == "json"
    if not (root / arguments.table).exists():
        raise Usage(f"ファイルがありません: {arguments.table}")
    tried = rate(root / arguments.table, arguments.scheme, root)
    if tried.value is not None and json:
        print(harmless_json(explanation.tried_json(tried.value, tried.diagnostics)), end="")
        return 0
    lines = None if tried.value is None else list(explanation.tried_lines(tried.value))
    return print_result(tried.diagnostics, lines, root, json=json)
