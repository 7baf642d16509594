"""What commands print that neither draw nor write: what was found, then lines; or both as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pipeline.cli.console import diagnostic_lines
from pipeline.cli.streams import write
from pipeline.diagnostics import Diagnostic, to_json


def print_result(found: Sequence[Diagnostic], lines: Sequence[str] | None, root: Path, *, json: bool) -> int:
    """Print what was found and then the lines; without lines the inputs are wrong. Return the exit code."""
    if json:
        print(to_json(found), end="")
    else:
        write(*diagnostic_lines(found, root), *(lines or ()))
    return 1 if lines is None else 0
