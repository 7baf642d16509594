"""The folders to hand out: one for every department, with its sheets.

A measure whose department is not filled in yet has a folder of its own, so that it can be handed on by itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pipeline.model.correspondence import Identity, Issue
from pipeline.storage import naming

UNKNOWN = "所管課未記入"
_UNFILLED = "要記入"


def is_named(department: str) -> bool:
    """Return whether the strategy names the department."""
    return _UNFILLED not in department


def folder_of(issue: Issue) -> str:
    """Name the folder in which an issue lies."""
    if not is_named(issue.department):
        return f"{UNKNOWN}_{issue.identity.measure}"
    return naming.safe(issue.department)


def folders(
    ready: Sequence[Issue], docx: Mapping[Identity, bytes], letters: Mapping[str, bytes], letter: str
) -> dict[str, bytes]:
    """Return the files of all folders by their paths; ``letters`` by folder, each under the name ``letter``."""
    sheets = {f"{folder_of(issue)}/{issue.file}": docx[issue.identity] for issue in ready}
    return sheets | {f"{folder}/{letter}": data for folder, data in letters.items()}
