"""The records of issues under inputs/<year>/issued/: written once, read ever after."""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from msgspec.structs import asdict

from pipeline.departments.issued.identity import parse
from pipeline.diagnostics import Checked, Place, error
from pipeline.model.correspondence import Identity, Issue, Mark, Piece, Spot, Value, ValueKind
from pipeline.storage import atomic
from pipeline.storage.naming import is_safe

FOLDER = "issued"
_DAMAGED = "送ったシートの控えが壊れていて、読めません。"
_ALONE = "送ったシートの控えのうち、送ったファイルがありません。"
_DAMAGED_HINT = (
    "毎日の控え（バックアップ）から inputs の issued を戻してください。"
    "戻せないときは、このファイルを消し、その施策を make send で送り直してください。"
)


def number_for(measure: str, issues: Sequence[Issue]) -> int:
    """Return the number of a measure's next issue."""
    return 1 + max((i.identity.number for i in issues if i.identity.measure == measure), default=0)


def latest(issues: Sequence[Issue]) -> dict[str, Issue]:
    """Return the last issue of every measure that has one."""
    return {issue.identity.measure: issue for issue in sorted(issues, key=lambda i: i.identity.number)}


def load(folder: Path, root: Path) -> Checked[tuple[Issue, ...]]:
    """Read the records of a year's input folder, sorted by measure and number; places name files relative to ``root``.

    Records of another year came along when last year's folder was copied; they are no records of this one.
    """
    found, damaged = [], []
    for path in atomic.listed(folder / FOLDER, "*.json"):
        place = Place(path.relative_to(root).as_posix())
        try:
            found.append(_issue(path))
        except (ValueError, KeyError, TypeError):
            damaged.append(error("issue-damaged", place, _DAMAGED, _DAMAGED_HINT))
            continue
        if not _file_of(path, found[-1]).is_file():
            damaged.append(error("issue-damaged", place, _ALONE, _DAMAGED_HINT))
    own = (issue for issue in found if issue.identity.year == folder.name)
    issues = tuple(sorted(own, key=lambda i: (i.identity.measure, i.identity.number)))
    return Checked(None if damaged else issues, tuple(damaged))


def sent(folder: Path, issue: Issue) -> bytes:
    """Return the file as it was sent."""
    return atomic.read(_file_of(_record(folder, issue), issue))


def _record(folder: Path, issue: Issue) -> Path:
    return folder / FOLDER / f"{issue.identity}.json"


def _file_of(record: Path, issue: Issue) -> Path:
    """Name the file beside its record: of the same kind as what was sent."""
    return record.with_name(f"{record.stem}.{issue.file.rpartition('.')[2]}")


def save(folder: Path, issue: Issue, data: bytes) -> None:
    """Write a record; raises ``FileExistsError`` rather than write over one.

    The JSON comes last: it makes it a record. A file without one is what a killed run left.
    """
    record = _record(folder, issue)
    if record.exists():
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(record))
    atomic.write(_file_of(record, issue), data)
    atomic.write(record, to_json(issue).encode())


def to_json(issue: Issue) -> str:
    """Write a record as JSON."""
    content = {
        "issue": str(issue.identity),
        "department": [*issue.departments] if issue.others else issue.department,
        "file": issue.file,
        **({"sent_back": True} if issue.is_sent_back else {}),
        "docx_sha256": issue.file_sha256,
        "sources": dict(issue.sources),
        "values": {path: {"kind": value.kind.value, "text": value.text} for path, value in issue.values.items()},
        "spots": [_spot(spot) for spot in issue.spots],
    }
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def _spot(spot: Spot) -> Mapping[str, object]:
    return {"table": spot.table, "row": spot.row, "cell": spot.cell, "recipe": [*map(_piece, spot.recipe)]}


def _piece(piece: Piece) -> str | Mapping[str, str]:
    if isinstance(piece, str):
        return piece
    return {key: text for key, text in asdict(piece).items() if text or key != "reference"}


def _issue(path: Path) -> Issue:
    content: dict[str, Any] = json.loads(atomic.read(path))
    named = content["department"]
    department, *others = [named] if isinstance(named, str) else named
    return Issue(
        identity=_identity(content["issue"], path),
        department=department,
        file=_file(content["file"]),
        file_sha256=content["docx_sha256"],
        spots=tuple(_read_spot(spot) for spot in content["spots"]),
        values={key: Value(ValueKind(value["kind"]), value["text"]) for key, value in content["values"].items()},
        sources=content["sources"],
        others=tuple(others),
        is_sent_back=content.get("sent_back") is True,
    )


def _identity(text: str, path: Path) -> Identity:
    identity = parse(text)
    if identity is None:
        raise ValueError(f"{path}: {text} is no identity of an issue")
    return identity


def _file(name: str) -> str:
    if not is_safe(name):
        raise ValueError(f"{name!r} is no name of a file")
    return name


def _read_spot(spot: dict[str, Any]) -> Spot:
    recipe: list[Piece] = [piece if isinstance(piece, str) else Mark(**piece) for piece in spot["recipe"]]
    return Spot(spot["table"], spot["row"], spot["cell"], tuple(recipe))
