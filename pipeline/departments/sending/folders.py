"""The folders to hand out: one for every department, with its sheets.

A measure whose department is not filled in yet has a folder of its own, so that it can be handed on by itself. A sheet
of several departments lies in the folder of each.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pipeline.model.correspondence import WORKBOOK, Identity, Issue
from pipeline.storage import naming

UNKNOWN = "所管課未記入"
_UNFILLED = "要記入"


def is_named(department: str) -> bool:
    """Return whether the strategy names the department."""
    return _UNFILLED not in department


def folders_of(issue: Issue) -> tuple[str, ...]:
    """Name the folders in which an issue lies: one for each of its departments, first of the one that returns it."""
    if issue.identity.is_workbook:
        return (issue.identity.measure.removeprefix(f"{WORKBOOK}-"),)
    return tuple(dict.fromkeys(folder_of(department, issue.identity.measure) for department in issue.departments))


def folder_of(department: str, measure: str) -> str:
    """Name the folder of a department; of one that is not filled in yet by the measure."""
    return naming.safe(department) if is_named(department) else f"{UNKNOWN}_{measure}"


def folders(
    ready: Sequence[Issue], sent: Mapping[Identity, bytes], letters: Mapping[str, bytes], letter: str
) -> dict[str, bytes]:
    """Return the files of all folders by their paths; ``letters`` by folder, each under the name ``letter``."""
    sheets = {f"{folder}/{issue.file}": sent[issue.identity] for issue in ready for folder in folders_of(issue)}
    return sheets | {f"{folder}/{letter}": data for folder, data in letters.items()}
