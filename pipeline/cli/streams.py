"""The terminal's streams: Japanese whatever the locale says, and silence where nobody reads any more."""

from __future__ import annotations

import io
import os
from typing import IO, TextIO


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
