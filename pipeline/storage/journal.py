"""What a run is about to write, in a file of its own: what a kill between two files leaves, the next run finishes.

``workflows.department_files`` writes by it, ``workflows.project`` finishes what it finds, both within ``locked``.
"""

from __future__ import annotations

import hashlib
import json
from base64 import b64decode, b64encode
from collections.abc import Iterator, Mapping
from itertools import count
from pathlib import Path, PurePosixPath

from msgspec import Struct

from pipeline.diagnostics import Diagnostic, Place, warning
from pipeline.storage import atomic

FILE = ".反映中.json"
_FINISHED = "前回の反映か取消しが途中で止まっていたため、残りの{}ファイルを書き込みました。"
_FINISHED_HINT = "内容は、反映の記録.csv の最後の回にあります。make report で、評価シートと冊子を作り直してください。"
_TORN = "前回の反映か取消しが途中で止まり、その後にこのファイルが変わっています。ここには書き込みませんでした。"
_TORN_HINT = "反映の記録.csv の最後の回と見比べて、入っていない内容を手で直してください。"
_OPEN = "前回の反映か取消しが途中で止まっていて、入力データの一部だけが書き換わっています。"
_OPEN_HINT = "make apply か make report を実行すると、残りを書き込みます。"
_DAMAGED = (
    "反映か取消しが途中で止まりましたが、その控えが壊れていて読めません。入力データの一部だけが"
    "書き換わっているかもしれません。控えは、この名前で残しました。"
)
_DAMAGED_HINT = (
    "反映の記録.csv の最後の回と入力データを見比べて、入っていない内容を手で直してください。"
    "毎日の控え（バックアップ）から inputs を戻すこともできます。済んだら、このファイルを消してください。"
)
_ASIDE = "反映中の控え_読めません{}.json"
FINISHED = ("apply-finished", "apply-torn")
"""What is told of an interrupted run that was finished now."""


class Finished(Struct, frozen=True):
    """The files that an interrupted run left to be written; ``changed`` were edited since, and are left alone."""

    written: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()


def commit(folder: Path, root: Path, files: Mapping[Path, bytes]) -> None:
    """Write all files, named from ``root``; a kill leaves in ``folder`` what ``finish`` needs."""
    rows = {path.as_posix(): [_digest(root / path), b64encode(data).decode()] for path, data in files.items()}
    atomic.write(folder / FILE, json.dumps(rows, ensure_ascii=False).encode())
    finish(folder, root)


def finish(folder: Path, root: Path) -> Finished:
    """Write what is not written yet, unless somebody has edited it since; a name leads nowhere outside ``root``.

    Links within are the user's own, and are followed: the file that was read is written. A journal that cannot be read
    is set aside under a name that can be seen.
    """
    journal = folder / FILE
    if not journal.is_file():
        return Finished()
    rows = _rows(journal.read_bytes())
    if rows is None:
        journal.replace(_aside(folder))
        return Finished()
    written: list[str] = []
    changed: list[str] = []
    for name, before, data in rows:
        path = root / name
        now = _digest(path)
        if now == hashlib.sha256(data).hexdigest():
            continue
        ours = now == before and _is_inside(name)
        if ours:
            atomic.write(path, data)
        (written if ours else changed).append(name)
    journal.unlink()
    atomic.settle(folder)
    return Finished(tuple(written), tuple(changed))


def healed(folder: Path, root: Path) -> tuple[Diagnostic, ...]:
    """Finish what an interrupted run left in a year's folder, and say so."""
    found = finish(folder, root)
    message = _FINISHED.format(len(found.written))
    finished = [warning("apply-finished", _place(folder, root), message, _FINISHED_HINT)] if found.written else []
    torn = (warning("apply-torn", Place(name), _TORN, _TORN_HINT) for name in found.changed)
    return (*finished, *torn, *_damaged(folder, root))


def unfinished(folder: Path, root: Path) -> tuple[Diagnostic, ...]:
    """Return what an interrupted run left, where nothing may be written."""
    there = (folder / FILE).is_file()
    found = (warning("apply-unfinished", _place(folder, root), _OPEN, _OPEN_HINT),) if there else ()
    return (*found, *_damaged(folder, root))


def _damaged(folder: Path, root: Path) -> Iterator[Diagnostic]:
    """Tell of journals that were set aside, as long as they lie there."""
    for path in atomic.listed(folder, _ASIDE.format("*")):
        yield warning("journal-damaged", _place(path, root), _DAMAGED, _DAMAGED_HINT)


def _aside(folder: Path) -> Path:
    names = (folder / _ASIDE.format(number) for number in count(1))
    return next(path for path in names if not path.exists())


def _is_inside(name: str) -> bool:
    path = PurePosixPath(name)
    return not path.is_absolute() and ".." not in path.parts


def _place(folder: Path, root: Path) -> Place:
    return Place(folder.relative_to(root).as_posix())


def _rows(text: bytes) -> list[tuple[str, str | None, bytes]] | None:
    """Read a journal: names, hashes before, new bytes; None where this program has not written it so."""
    try:
        return [(name, before, b64decode(data, validate=True)) for name, (before, data) in json.loads(text).items()]
    except (ValueError, TypeError, AttributeError, RecursionError):
        return None


def _digest(path: Path) -> str | None:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else None
