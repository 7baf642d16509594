"""What is printed when a command could not go on, and where nobody reads."""

from __future__ import annotations

import os
import sys

from pipeline.cli.streams import write


def failed(message: str) -> int:
    """Print why the run failed; return the exit code of a fault."""
    write(message, stream=sys.stderr)
    return 3


def unread() -> int:
    """Fall silent where whoever was to read (head, less) has read enough, even at the program's end; return 0."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0
