"""``schema``: the JSON Schemas of the input files."""

from __future__ import annotations

import argparse

from pipeline.cli.streams import write
from pipeline.workflows import schema


def run(arguments: argparse.Namespace) -> int:
    """Write the schemas into the project; return the exit code."""
    write(*(f"書き出しました  {path.as_posix()}" for path in schema.write(arguments.root)))
    return 0
