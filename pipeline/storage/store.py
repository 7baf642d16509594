"""What was made once and need not be made again: bytes under the digest of all that they rest on, in ``.cache/``.

The folder may be deleted at any time, and two runs may use it at once. What is damaged counts as not there.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import time
from contextlib import suppress
from pathlib import Path
from typing import TypeAlias

from msgspec import Struct

from pipeline.storage import atomic

FOLDER = ".cache"
LIMIT = 200_000_000
"""The most bytes that stay after a run; what was used longest ago goes first."""
_DIGEST = hashlib.sha256().digest_size
_RECENTLY = 3600.0
"""Seconds within which it is not noted again that something was used."""

Mark: TypeAlias = tuple[int, int, int]
"""Which file it is, its size in bytes, and when it was written or used, in ns."""


class Store(Struct, frozen=True):
    """The kept results of the project in a folder. A store that cannot be written keeps nothing, and stops no run."""

    root: Path
    is_read_only: bool = False

    def mark(self, key: str) -> Mark | None:
        """Note that what is kept under a key (hex) is used; return what is another one once something else is kept
        there. None where there is nothing.
        """
        path = self._path(key)
        try:
            about = path.stat()
        except OSError:
            return None
        if not self.is_read_only and time.time() - about.st_mtime > _RECENTLY:
            with suppress(OSError):  # what somebody else has kept may be read, but not touched
                path.touch()
                about = path.stat()
        return about.st_ino, about.st_size, about.st_mtime_ns

    def find(self, key: str) -> bytes | None:
        """Return what is kept under a key; None where there is nothing, or something damaged."""
        try:
            data = atomic.read(self._path(key))
        except OSError:
            return None
        digest, kept = data[:_DIGEST], data[_DIGEST:]
        return kept if hashlib.sha256(key.encode() + kept).digest() == digest else None

    def keep(self, key: str, data: bytes) -> None:
        """Keep bytes under a key."""
        if self.is_read_only:
            return
        with suppress(OSError):
            atomic.write_fleeting(self._path(key), hashlib.sha256(key.encode() + data).digest() + data)

    def trim(self, limit: int = LIMIT) -> None:
        """Remove what was used longest ago, until no more than ``limit`` bytes are left."""
        with suppress(OSError):
            folders = (folder for folder in os.scandir(self._folder) if folder.is_dir())
            sizes = [(entry, entry.stat()) for folder in folders for entry in os.scandir(folder)]
            left = sum(size.st_size for _, size in sizes)
            for entry, size in sorted(sizes, key=lambda one: one[1].st_mtime_ns):
                if left <= limit:
                    break
                Path(entry).unlink(missing_ok=True)
                left -= size.st_size

    def clear(self) -> None:
        """Keep nothing any more."""
        shutil.rmtree(self._folder, ignore_errors=True)

    @property
    def _folder(self) -> Path:
        return self.root / FOLDER

    def _path(self, key: str) -> Path:
        return self.root.joinpath(FOLDER, key[:2], key[2:])
