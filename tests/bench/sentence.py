"""A sentence that changes from measurement to measurement."""

from __future__ import annotations

import re
from pathlib import Path

from tests.project import BASE

_MEASURE = "measures/1-2.yaml"
_SENTENCE = re.compile(r"(results: )(?:第(\d+)回の)?")


def save(project: Path) -> None:
    """Change a sentence of a measure to one that no run has seen, those of an earlier measurement included."""
    path = project / BASE / _MEASURE
    text, count = _SENTENCE.subn(
        lambda found: f"{found[1]}第{int(found[2] or 0) + 1}回の", path.read_text("utf-8"), count=1
    )
    assert count
    path.write_text(text, encoding="utf-8")
