"""What was made once and need not be made again: bytes under the digest of all that they rest on, in ``.cache/``.

The folder may be deleted at any time, and two runs may use it at once. What is damaged counts as not there.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from contextlib import suppress
from pathlib import Path

from pipeline.storage import atomic

FOLDER = ".cache"
LIMIT = 200_000_000
"""The most bytes that stay after a run; what was used longest ago goes first."""
_DIGEST = hashlib.sha256().digest_size


class Store:
    """The kept results of one project. A store that cannot be written keeps nothing, and stops no run."""

    def __init__(self, root: Path, *, is_read_only: bool = False) -> None:
        """Take the project's folder."""
        self._folder = root / FOLDER
        self._is_read_only = is_read_only

    def find(self, key: str) -> bytes | None:
        """Return what is kept under a key (hex); None where there is nothing, or something damaged."""
        path = self._path(key)
        try:
            data = atomic.read(path)
        except OSError:
            return None
        if not self._is_read_only:
            with suppress(OSError):  # what somebody else has kept may be read, but not touched
                path.touch()
        digest, kept = data[:_DIGEST], data[_DIGEST:]
        return kept if hashlib.sha256(key.encode() + kept).digest() == digest else None

    def keep(self, key: str, data: bytes) -> None:
        """Keep bytes under a key."""
        if self._is_read_only:
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

    def _path(self, key: str) -> Path:
        return self._folder / key[:2] / key[2:]
