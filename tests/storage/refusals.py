"""What a machine refuses, and that a file is written in two calls, so that it may be left with half of its bytes."""

from __future__ import annotations

import builtins
import errno
import io
import os
import shutil
import tempfile
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path
from typing import Any

import pytest


class Kind(Enum):
    """What a call does to a disk."""

    LOOK = auto()
    """It reads."""
    SPACE = auto()
    """It needs room: a file or folder comes, bytes are written, or waited for."""
    CHANGE = auto()
    """It changes what is there: a file or folder goes, or gets other permissions or times."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """The call number ``first`` is refused (0: none), and of those after it all that are of ``lasting`` kinds."""

    first: int = 0
    fault: int = errno.ENOSPC
    lasting: Collection[Kind] = ()

    def check(self, number: int, kind: Kind, path: Path) -> None:
        """Raise the fault if it is this call's turn."""
        if number == self.first or (0 < self.first < number and kind in self.lasting):
            raise OSError(self.fault, os.strerror(self.fault), str(path))


NOTHING = Refusal()
ONCE = (errno.ENOSPC, errno.EACCES, errno.EIO)
"""What may befall a single call."""
LASTING = {
    "full": (errno.ENOSPC, (Kind.SPACE,)),
    "read-only": (errno.EROFS, (Kind.SPACE, Kind.CHANGE)),
    "gone": (errno.EIO, tuple(Kind)),
}
"""What may stay: no room is left, the system mounted the disk read-only, the drive or the network is gone."""


@contextmanager
def in_two_calls(written: Callable[[Path], None]) -> Iterator[None]:
    """Let Python write every file in two calls, each of which is told before; nothing is copied past it."""
    real = io.open

    def opened(file: Any, mode: str = "r", buffering: int = -1, *rest: Any, **named: Any) -> Any:  # noqa: ANN401
        if "b" not in mode or not set(mode) & set("wax"):
            return real(file, mode, buffering, *rest, **named)
        raw = _Halved(file, mode.replace("b", ""), opener=named.get("opener"))
        raw.written = written
        return io.BufferedRandom(raw) if "+" in mode else io.BufferedWriter(raw)

    with pytest.MonkeyPatch.context() as patch:
        for module in (io, builtins, tempfile._io):  # type: ignore[attr-defined]
            patch.setattr(module, "open", opened)
        patch.setattr(shutil, "_USE_CP_SENDFILE", False)
        yield


class _Halved(io.FileIO):
    """A file of which the first call writes half."""

    written: Callable[[Path], None]
    _is_begun = False

    def write(self, data: Any) -> int | None:  # type: ignore[override]  # noqa: ANN401
        self.written(Path(f"/proc/self/fd/{self.fileno()}").readlink())
        part = data if self._is_begun else memoryview(data)[: (len(data) + 1) // 2]
        self._is_begun = True
        return super().write(part)
