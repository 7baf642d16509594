"""A disk that may fail: what a run does to files, what a loss of power may leave of it, and calls that are refused.

Operations are seen by an audit hook of Python, waiting by ``os.fsync`` and ``os.sync``, writing by ``in_two_calls``.
After a loss of power there
is what was waited for; of the rest, names and contents each for itself, there is any part: a file system may write them
in any order (all that POSIX promises). Files and folders are known by themselves, as numbers, apart from the names that
lead to them: a name may be lost and the file be there, or the other way round.
"""

from __future__ import annotations

import itertools
import os
import re
import sys
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.storage.refusals import NOTHING, Kind, Refusal, in_two_calls

Files = Mapping[str, bytes | None]
"""Files by their paths; a folder is None."""
_FEW = 7
"""Of so many operations that nobody waited for every part is tried; of more, all but two, and two alone."""
_ROOT = 0
_EXCHANGED = ".previous"
_HALF_BUILT = re.compile(r"\..+\.building\.[a-z0-9_]+")
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT


@dataclass(frozen=True)
class Operation:
    """What is done to a file or folder: it is written, or comes and goes under a name in a folder."""

    node: int
    data: bytes | None = None
    comes: tuple[int, str] | None = None
    goes: tuple[int, str] | None = None
    is_folder: bool = False

    def is_settled_by(self, waited: int | None) -> bool:
        """Return whether it is on the disk once a file or folder was waited for (None: all)."""
        changed = self.node if self.data is not None else (self.comes or self.goes or (None,))[0]
        return waited is None or waited == changed


@dataclass
class Volume:
    """Files and folders by their numbers."""

    names: dict[int, dict[str, int]] = field(default_factory=lambda: {_ROOT: {}})
    data: dict[int, bytes] = field(default_factory=dict)

    def copy(self) -> Volume:
        return Volume({folder: dict(names) for folder, names in self.names.items()}, dict(self.data))

    def at(self, path: Path) -> int | None:
        """Return what a path (from the root) leads to."""
        node: int | None = _ROOT
        for part in path.parts:
            node = None if node is None else self.names.get(node, {}).get(part)
        return node

    def do(self, operation: Operation) -> None:
        node = operation.node
        if operation.data is not None:
            self.data[node] = operation.data
            return
        if operation.goes and self.names[operation.goes[0]].get(operation.goes[1]) == node:
            del self.names[operation.goes[0]][operation.goes[1]]
        if operation.comes:
            self.names[operation.comes[0]][operation.comes[1]] = node

    def files(
        self, looked_into: Callable[[str, Collection[str]], bool] = lambda *_: True, folder: int = _ROOT, path: str = ""
    ) -> Iterator[tuple[str, bytes | None]]:
        """Yield what the names lead to; a folder is ``looked_into`` or not by its name and those beside it."""
        names = self.names[folder]
        for name, node in names.items():
            is_folder = node in self.names
            yield f"{path}{name}", None if is_folder else self.data.get(node, b"")
            if is_folder and looked_into(name, names):
                yield from self.files(looked_into, node, f"{path}{name}/")


class Disk:
    """What is under a folder, watched; of the calls (their kinds in order) some are refused, none of those that are
    about what lies in a folder that is ``spared``.
    """

    def __init__(self, root: Path, refusal: Refusal = NOTHING, spared: Path = Path("/nowhere")) -> None:
        """Look at what is there."""
        self._root, self._refusal, self._spared = root, refusal, spared
        self.calls: list[Kind] = []
        self._number = itertools.count(1)
        self._base = Volume()
        self._read(root, _ROOT)
        self._now = self._base.copy()
        self._unread: dict[int, Path] = {}
        self._done: list[Operation] = []
        self._waits: list[tuple[int, int | None]] = []

    def _read(self, folder: Path, node: int) -> None:
        for path in sorted(folder.iterdir()):
            self._base.names[node][path.name] = below = next(self._number)
            if path.is_dir():
                self._base.names[below] = {}
                self._read(path, below)
            else:
                self._base.data[below] = path.read_bytes()

    @contextmanager
    def watched(self) -> Iterator[None]:
        """Watch what is done within."""
        _watching.append(self)
        try:
            with pytest.MonkeyPatch.context() as patch, in_two_calls(lambda path: self._counted(Kind.SPACE, path)):
                patch.setattr(os, "fsync", self._waited)
                patch.setattr(os, "sync", lambda: self._waited(None))
                yield
        finally:
            _watching.pop()

    def see(self, event: str, arguments: tuple[Any, ...]) -> None:
        """Note what is about to be done; refuse it if it is its turn."""
        match event:
            case "open" if not isinstance(arguments[0], int):
                path, flags = Path(os.fsdecode(arguments[0])), arguments[2] or 0
                kind = Kind.SPACE if flags & _WRITING else Kind.LOOK
                self._counted(kind, path, lambda: self._opened(path, flags))
            case "os.mkdir":
                path = _placed(arguments[0], arguments[2])
                self._counted(Kind.SPACE, path, lambda: self._come(path, is_folder=True))
            case "os.remove" | "os.rmdir":
                path = _placed(arguments[0], arguments[1])
                self._counted(Kind.CHANGE, path, lambda: self._moved(path, None))
            case "os.rename":
                path, to = _placed(arguments[0], arguments[2]), _placed(arguments[1], arguments[3])
                self._counted(Kind.SPACE, to, lambda: self._moved(path, to))
            case "os.chmod" | "os.utime" if not isinstance(arguments[0], int):
                self._counted(Kind.CHANGE, Path(os.fsdecode(arguments[0])))
            case "os.scandir" | "os.listdir" if not isinstance(arguments[0], int | None):
                self._counted(Kind.LOOK, Path(os.fsdecode(arguments[0])))

    def _waited(self, descriptor: int | None) -> None:
        path = self._root if descriptor is None else Path(f"/proc/self/fd/{descriptor}").readlink()
        self._counted(Kind.SPACE, path, lambda: self._settled(descriptor is None, path))

    def _counted(self, kind: Kind, path: Path, note: Callable[[], None] = lambda: None) -> None:
        if not path.is_relative_to(self._root) or path.suffix == ".lock" or path.is_relative_to(self._spared):
            return
        self.calls.append(kind)
        self._refusal.check(len(self.calls), kind, path)
        note()

    def _at(self, path: Path) -> int | None:
        return self._now.at(path.relative_to(self._root))

    def _opened(self, path: Path, flags: int) -> None:
        if flags & _WRITING and not path.is_dir():
            self._come(path, is_folder=False)
            node = self._at(path)
            assert node is not None, path
            self._unread[node] = path

    def _come(self, path: Path, *, is_folder: bool) -> None:
        folder = None if path.exists() else self._at(path.parent)
        if folder is not None:
            node = next(self._number)
            if is_folder:
                self._base.names[node], self._now.names[node] = {}, {}
            self._note(Operation(node, comes=(folder, path.name)))

    def _moved(self, path: Path, to: Path | None) -> None:
        self._catch_up()
        node, source = self._at(path), self._at(path.parent)
        target = None if to is None else self._at(to.parent)
        if node is not None and source is not None:
            comes = None if to is None or target is None else (target, to.name)
            self._note(Operation(node, comes=comes, goes=(source, path.name)))

    def _settled(self, is_all: bool, path: Path) -> None:
        self._catch_up()
        self._waits.append((len(self._done), None if is_all else self._at(path)))

    def _catch_up(self) -> None:
        """Note what was written into files since they were opened."""
        for node, path in self._unread.items():
            if path.is_file():
                self._note(Operation(node, path.read_bytes()))
        self._unread.clear()

    def _note(self, operation: Operation) -> None:
        self._now.do(operation)
        self._done.append(operation)

    def losses(self) -> Iterator[Files]:
        """Yield what a loss of power may leave, each state once; what nobody sees makes no difference."""
        self._catch_up()
        seen: set[object] = set()
        pending: list[int] = []
        durable: set[int] = set()
        before = 0
        for until, waited in [*self._waits, (len(self._done), None)]:
            pending += range(before, until)
            before = until
            for part in _parts(pending):
                left = self._after(sorted({*durable, *part}))
                visible = frozenset(one for one in left.files(_is_looked_into) if not _is_half_built(one[0]))
                if visible not in seen:
                    seen.add(visible)
                    yield dict(left.files())
            durable |= {at for at in pending if self._done[at].is_settled_by(waited)}
            pending = [at for at in pending if at not in durable]

    def _after(self, done: Sequence[int]) -> Volume:
        left = self._base.copy()
        for at in done:
            left.do(self._done[at])
        return left


def _parts(pending: Sequence[int]) -> Iterator[tuple[int, ...]]:
    """Yield parts of what nobody waited for, the whole first."""
    if len(pending) <= _FEW:
        for size in range(len(pending), -1, -1):
            yield from itertools.combinations(pending, size)
        return
    for missing in (0, 1, 2):
        for lost in itertools.combinations(pending, missing):
            yield tuple(at for at in pending if at not in lost)
            yield lost


@cache
def _is_half_built(path: str) -> bool:
    return _HALF_BUILT.fullmatch(path.rpartition("/")[2]) is not None


def _is_looked_into(name: str, beside: Collection[str]) -> bool:
    """Return whether it counts what is in a folder: not where it is half built, or another one was put in its place."""
    is_exchanged = name.endswith(_EXCHANGED) and name[1:].removesuffix(_EXCHANGED) in beside
    return not is_exchanged and not _is_half_built(name)


def _placed(path: object, folder: int) -> Path:
    """Return the path of a name that may be told from an open folder."""
    name = Path(os.fsdecode(path))  # type: ignore[arg-type]
    return name if name.is_absolute() or folder < 0 else Path(f"/proc/self/fd/{folder}").readlink() / name


def lay(files: Files, root: Path) -> Path:
    """Write files into a new folder."""
    root.mkdir()
    for name, data in files.items():
        if data is None:
            (root / name).mkdir()
        else:
            (root / name).write_bytes(data)
    return root


_watching: list[Disk] = []


def _see(event: str, arguments: tuple[Any, ...]) -> None:
    if _watching:
        _watching[-1].see(event, arguments)


sys.addaudithook(_see)
