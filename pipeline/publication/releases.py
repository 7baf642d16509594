"""The editions of a year that were handed out, as they are kept: ``inputs/R3/editions/1_2021-10-01_第1回会議/``.

Each folder has the files of the edition, a copy of the inputs it was made from, and a record of all hashes; nothing in
it is ever written again.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from msgspec import Struct

from pipeline.diagnostics import Checked, Diagnostic, Place, error
from pipeline.model.release import Release
from pipeline.model.report import Edition
from pipeline.storage import atomic, naming

FOLDER = "editions"
RECORD = "edition.json"
_NAMED = re.compile(r"(\d+)_(\d{4}-\d\d-\d\d)_(.+)", re.DOTALL)
_TOUCHED = "控えた版のファイルが、控えたときと違います。"
_TOUCHED_HINT = "バックアップから元に戻してください。控えた版は、直さずに残すものです。"
_UNREADABLE = "控えた版の記録を読めません。"


class Kept(Struct, frozen=True):
    """An edition and its folder, the root of the inputs that it was made from."""

    release: Release
    folder: Path


def load(inputs: Path, root: Path) -> Checked[tuple[Kept, ...]]:
    """Read the editions of a year's folder, oldest first, each held to its record; one that differs is an error."""
    kept: list[Kept] = []
    found: list[Diagnostic] = []
    for folder in sorted(atomic.listed(inputs / FOLDER), key=lambda path: _number(path.name)):
        if folder.is_dir() and _NAMED.fullmatch(folder.name):
            release = _read(folder)
            found += _wrong(folder, release, root)
            kept += [Kept(release, folder)] if release else []
    return Checked(None if found else tuple(kept), tuple(found))


def keep(inputs: Path, release: Release, files: Mapping[str, bytes]) -> Path:
    """Write a new edition, whole or not at all; return its folder. Raises ``OSError``."""
    folder = inputs / FOLDER / naming.safe(f"{release.number}_{release.date}_{release.name}")
    atomic.create(folder, {**files, RECORD: _record(release).encode()})
    return folder


def release(earlier: Sequence[Kept], date: str, name: str, edition: Edition, files: Mapping[str, bytes]) -> Release:
    """Return the record of a new edition; without a ``name`` it is called what it is (案, 確定版)."""
    number = max((kept.release.number for kept in earlier), default=0) + 1
    hashes = {path: hashlib.sha256(data).hexdigest() for path, data in sorted(files.items())}
    return Release(number, date, name or edition.called, edition, hashes)


def _number(name: str) -> tuple[int, str]:
    match = _NAMED.fullmatch(name)
    return (int(match[1]) if match else 0), name


def _record(release: Release) -> str:
    content = {
        "number": release.number,
        "date": release.date,
        "name": release.name,
        "edition": release.edition.value,
        "files": dict(release.files),
    }
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def _read(folder: Path) -> Release | None:
    """Return the record of a folder; None where it cannot be read."""
    try:
        content = json.loads(atomic.read(folder / RECORD))
        files = {str(path): str(digest) for path, digest in content["files"].items()}
        edition = Edition(content["edition"])
        return Release(int(content["number"]), str(content["date"]), str(content["name"]), edition, files)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def _wrong(folder: Path, release: Release | None, root: Path) -> Iterator[Diagnostic]:
    """Tell of files that are not as they were kept."""
    place = folder.relative_to(root).as_posix()
    if release is None:
        yield error("edition-unreadable", Place(f"{place}/{RECORD}"), _UNREADABLE, _TOUCHED_HINT)
        return
    for path, digest in release.files.items():
        if _digest(folder / path) != digest:
            yield error("edition-touched", Place(f"{place}/{path}"), _TOUCHED, _TOUCHED_HINT)


def _digest(path: Path) -> str:
    try:
        return hashlib.sha256(atomic.read(path)).hexdigest()
    except OSError:
        return ""
