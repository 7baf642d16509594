"""The terminal's streams: Japanese whatever the locale says, nothing that steers them, silence where nobody reads."""

from __future__ import annotations

import io
import os
from typing import IO, TYPE_CHECKING, TextIO

from pipeline.diagnostics import harmless

if TYPE_CHECKING:
    from rich.text import Text


def speak_japanese(stream: TextIO) -> None:
    """Let a stream write Japanese whatever the locale says: in UTF-8 where its encoding has no Japanese."""
    if isinstance(stream, io.TextIOWrapper):
        try:
            "表示".encode(stream.encoding)
        except UnicodeEncodeError:
            stream.reconfigure(encoding="utf-8")
        stream.reconfigure(errors="backslashreplace")


def silence(stream: IO[str]) -> None:
    """Drop what is still to be written to a stream that nobody reads any more."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())


def shown(line: str | Text) -> str | Text:
    """Return a line as it may be printed: nothing in it steers the terminal but its own colours."""
    plain = line if isinstance(line, str) else line.plain
    if harmless(plain) == plain:
        return line
    from rich.text import Text  # noqa: PLC0415 - late: the help has no colours

    return Text(harmless(plain))


def write(*lines: str | Text, stream: TextIO | None = None) -> None:
    """Print lines to the standard output, or another stream, without colours."""
    print("".join(f"{harmless(str(line))}\n" for line in lines), end="", file=stream, flush=True)
