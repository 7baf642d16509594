"""What a run is about to write, in a file of its own: what a kill between two files leaves, the next run finishes.

``filing`` writes by it, ``build`` finishes what it finds, both within ``locked``.
"""

from __future__ import annotations

import hashlib
import json
from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pipeline.diagnostics import Diagnostic, Place, warning
from pipeline.storage import atomic

FILE = ".反映中.json"
_FINISHED = "前回の反映か取消しが途中で止まっていたため、残りの{}ファイルを書き込みました。"
_FINISHED_HINT = "内容は、反映の記録.csv の最後の回にあります。make report で、評価シートと冊子を作り直してください。"
_TORN = "前回の反映か取消しが途中で止まり、その後にこのファイルが変わっています。ここには書き込みませんでした。"
_TORN_HINT = "反映の記録.csv の最後の回と見比べて、入っていない内容を手で直してください。"
_OPEN = "前回の反映か取消しが途中で止まっていて、入力データの一部だけが書き換わっています。"
_OPEN_HINT = "make apply か make report を実行すると、残りを書き込みます。"


@dataclass(frozen=True, slots=True)
class Finished:
    """The files that an interrupted run left to be written; ``changed`` were edited since, and are left alone."""

    written: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()


def commit(folder: Path, root: Path, files: Mapping[Path, bytes]) -> None:
    """Write all files, named from ``root``; a kill leaves in ``folder`` what ``finish`` needs."""
    rows = {path.as_posix(): [_digest(root / path), b64encode(data).decode()] for path, data in files.items()}
    atomic.write(folder / FILE, json.dumps(rows, ensure_ascii=False).encode())
    finish(folder, root)


def finish(folder: Path, root: Path) -> Finished:
    """Write what is not written yet, unless somebody has edited it since; nothing outside ``root`` is written."""
    journal = folder / FILE
    if not journal.is_file():
        return Finished()
    written: list[str] = []
    changed: list[str] = []
    for name, before, data in _rows(journal.read_bytes()):
        path = (root / name).resolve()
        now = _digest(path)
        if now == hashlib.sha256(data).hexdigest():
            continue
        ours = now == before and path.is_relative_to(root.resolve())
        if ours:
            path.parent.mkdir(parents=True, exist_ok=True)
            atomic.write(path, data)
        (written if ours else changed).append(name)
    journal.unlink()
    return Finished(tuple(written), tuple(changed))


def healed(folder: Path, root: Path) -> tuple[Diagnostic, ...]:
    """Finish what an interrupted run left in a year's folder, and say so."""
    found = finish(folder, root)
    message = _FINISHED.format(len(found.written))
    finished = [warning("apply-finished", _place(folder, root), message, _FINISHED_HINT)] if found.written else []
    return (*finished, *(warning("apply-torn", Place(name), _TORN, _TORN_HINT) for name in found.changed))


def unfinished(folder: Path, root: Path) -> tuple[Diagnostic, ...]:
    """Say what an interrupted run left, where nothing may be written."""
    there = (folder / FILE).is_file()
    return (warning("apply-unfinished", _place(folder, root), _OPEN, _OPEN_HINT),) if there else ()


def _place(folder: Path, root: Path) -> Place:
    return Place(folder.relative_to(root).as_posix())


def _rows(text: bytes) -> list[tuple[str, str | None, bytes]]:
    """Read a journal: names, hashes before, new bytes. What this program has not written holds nothing."""
    try:
        return [(name, before, b64decode(data, validate=True)) for name, (before, data) in json.loads(text).items()]
    except (ValueError, TypeError, AttributeError):
        return []


def _digest(path: Path) -> str | None:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else None
