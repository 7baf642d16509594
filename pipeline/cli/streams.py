"""The terminal's streams: Japanese whatever the locale says, nothing that steers them, silence where nobody reads."""

from __future__ import annotations

import io
import os
from typing import IO, TextIO

from pipeline.diagnostics import harmless


class Line:
    """A line in parts: each a text, or a text and the style (as rich calls it) that it has on a terminal."""

    def __init__(self, *parts: str | tuple[str, str]) -> None:
        self.parts = parts

    def __str__(self) -> str:
        """Return the line without styles."""
        return "".join(part if isinstance(part, str) else part[0] for part in self.parts)


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


def write(*lines: str | Line, stream: TextIO | None = None) -> None:
    """Print lines to the standard output, or another stream, without colours."""
    print("".join(f"{harmless(str(line))}\n" for line in lines), end="", file=stream, flush=True)
