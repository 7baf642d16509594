"""What a run is about to write, in a file of its own: what a kill between two files leaves, the next run finishes.

``filing`` calls, within ``outputs.locked``.
"""

from __future__ import annotations

import hashlib
import json
from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pipeline import whole

FILE = ".反映中.json"


@dataclass(frozen=True, slots=True)
class Finished:
    """The files that an interrupted run left to be written; ``changed`` were edited since, and are left alone."""

    written: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()


def commit(folder: Path, root: Path, files: Mapping[Path, bytes]) -> None:
    """Write all files, named from ``root``; a kill leaves in ``folder`` what ``finish`` needs."""
    rows = {path.as_posix(): [_digest(root / path), b64encode(data).decode()] for path, data in files.items()}
    whole.write(folder / FILE, json.dumps(rows, ensure_ascii=False).encode())
    finish(folder, root)


def finish(folder: Path, root: Path) -> Finished:
    """Write what is not written yet, unless somebody has edited it since."""
    journal = folder / FILE
    if not journal.is_file():
        return Finished()
    written: list[str] = []
    changed: list[str] = []
    for name, (before, text) in json.loads(journal.read_bytes()).items():
        data, now = b64decode(text), _digest(root / name)
        if now == hashlib.sha256(data).hexdigest():
            continue
        if now == before:
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            whole.write(root / name, data)
        (written if now == before else changed).append(name)
    journal.unlink()
    return Finished(tuple(written), tuple(changed))


def _digest(path: Path) -> str | None:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else None
