"""The command line: arguments in, exit code out.

Exit codes: 0 done, 1 the inputs are wrong, 2 wrong usage, 3 the program or the machine failed.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from importlib import import_module

from pipeline.cli import faults
from pipeline.cli.arguments import Usage
from pipeline.cli.commands import COMMANDS
from pipeline.cli.parser import parser
from pipeline.cli.streams import speak_japanese
from pipeline.workflows.faults import reason

_READ_ON_PAPER = ("rate", "explain")
"""Commands whose lines are read with ``head`` or ``less``: a reader who goes is no fault."""


def main(arguments: Sequence[str]) -> int:
    """Do what the arguments ask for; return the exit code."""
    for stream in (sys.stdout, sys.stderr):
        speak_japanese(stream)
    read = parser()
    found = read.parse_args(arguments)
    found.root = found.root.absolute()
    try:
        return run(found)
    except Usage as wrong:
        read.error(str(wrong))
    except KeyboardInterrupt:
        return faults.failed("中断しました。前回の出力は、そのまま残っています。")
    except Exception as fault:
        if isinstance(fault, BrokenPipeError) and found.action in _READ_ON_PAPER:
            return faults.unread()
        return faults.failed(reason(fault, found.root))


def run(arguments: argparse.Namespace) -> int:
    """Run the command that was asked for; return its exit code. Raises ``Usage``."""
    module = next(command.module for command in COMMANDS if command.name == arguments.action)
    code: int = import_module(f"pipeline.cli.{module}").run(arguments)
    return code
