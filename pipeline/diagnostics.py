"""What a user got wrong, as values: a place, a message, and what to do about it.

Stages return ``Checked(value, diagnostics)``; an exception is kept for faults of the program or the machine.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from enum import StrEnum
from typing import Generic, TypeVar

from msgspec import Struct

T = TypeVar("T")
_QUOTED = 20
_STEERING = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff]"
)
"""What steers a terminal, turns the direction of writing, or is not seen; tabs and line ends are none."""


class Severity(StrEnum):
    """How much a finding matters: an error stops the run, a warning is printed, an info is recorded where it can be."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


WORDS = {Severity.ERROR: "エラー", Severity.WARNING: "注意", Severity.INFO: "お知らせ"}
"""What users read for them."""


class Place(Struct, frozen=True, order=True):
    """Where something stands: file relative to the project, line and column counted from 1 (0 = the whole file)."""

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        """Return ``file:line:column`` as editors and terminals understand it."""
        return f"{self.file}:{self.line}:{self.column}" if self.line else self.file


class Diagnostic(Struct, frozen=True):
    """One finding: a stable id (``kpi-actual-not-number``), where it is, what is wrong and what to do, in Japanese.

    ``blank`` is the name of what somebody is still to write, where the finding says no more than that.
    """

    id: str
    severity: Severity
    place: Place
    message: str
    hint: str = ""
    blank: str = ""


class Checked(Struct, Generic[T], frozen=True):
    """A stage's result with everything found on the way; ``value`` is None when errors leave nothing to go on with."""

    value: T | None
    diagnostics: tuple[Diagnostic, ...] = ()


def error(identifier: str, place: Place, message: str, hint: str = "", blank: str = "") -> Diagnostic:
    """Make a finding that stops the run."""
    return Diagnostic(identifier, Severity.ERROR, place, message, hint, blank)


def warning(identifier: str, place: Place, message: str, hint: str = "", blank: str = "") -> Diagnostic:
    """Make a finding that is printed while the run goes on."""
    return Diagnostic(identifier, Severity.WARNING, place, message, hint, blank)


def info(identifier: str, place: Place, message: str, hint: str = "") -> Diagnostic:
    """Make a finding that is only recorded in checks.json, and printed where a command writes none."""
    return Diagnostic(identifier, Severity.INFO, place, message, hint)


def has_errors(diagnostics: Iterable[Diagnostic]) -> bool:
    """Return whether any finding stops the run."""
    return any(d.severity is Severity.ERROR for d in diagnostics)


def in_order(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Sort by file, line, column and id, each finding once."""
    return tuple(sorted(dict.fromkeys(diagnostics), key=lambda d: (d.place, d.id, d.message)))


def to_json(diagnostics: Iterable[Diagnostic]) -> str:
    """Write diagnostics as checks.json and ``--format json`` have them."""
    return harmless_json(json.dumps({"diagnostics": rows(diagnostics)}, ensure_ascii=False, indent=1)) + "\n"


def shorten(text: str, most: int = _QUOTED) -> str:
    """Return the beginning of a text, short enough (``most`` characters) to be quoted in a message."""
    line = text.replace("\n", " ")
    return line if len(line) <= most else f"{line[:most]}…"


def squeezed(text: str) -> str:
    """Return a text without blanks and line ends, which differ by where it stands."""
    return "".join(text.split())


def harmless(text: str) -> str:
    """Return a text in which what steers a terminal is named instead (<U+001B>), wherever it came from."""
    return _STEERING.sub(lambda match: f"<U+{ord(match[0]):04X}>", text)


def harmless_json(text: str) -> str:
    """Return JSON in which what steers a terminal is escaped, with the same meaning."""
    return _STEERING.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def rows(diagnostics: Iterable[Diagnostic]) -> list[dict[str, object]]:
    """Return diagnostics as plain data, one row each."""
    return [
        {
            "id": d.id,
            "severity": d.severity.value,
            "file": d.place.file,
            "line": d.place.line,
            "column": d.place.column,
            "message": d.message,
            "hint": d.hint,
        }
        for d in diagnostics
    ]


def to_lines(diagnostics: Iterable[Diagnostic]) -> str:
    """Write one line each for editors: ``file:line:column: [error] message (id)``, the whole file as its first line."""
    return "".join(_line(d) for d in diagnostics if d.severity is not Severity.INFO)


def _line(d: Diagnostic) -> str:
    text = " ".join(f"{d.message.removesuffix('。')}。{d.hint}".split())
    return (
        harmless(f"{d.place.file}:{max(d.place.line, 1)}:{max(d.place.column, 1)}: [{d.severity}] {text} ({d.id})")
        + "\n"
    )
