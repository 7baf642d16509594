"""Files and folders as a whole: read only where they are files, written in one step.

Nothing else writes. A pipe is not waited for, a device not read to its end; a kill or a full disk leaves what was
there, never half a file. What is being built bears a name of its own (``.1-2.yaml.building.k3v9x2a7``), by which a
later run that writes the same, or holds the year, knows and clears it.
"""

from __future__ import annotations

import errno
import os
import re
import shutil
import stat
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from fnmatch import fnmatchcase
from glob import escape
from pathlib import Path

_UNFINISHED = re.compile(r"\..+\.building\.[a-z0-9_]+")
LIMIT = 100_000_000
"""The largest file read, in bytes; no file of a report comes near it."""


def read(path: Path) -> bytes:
    """Return what a file holds; OSError where there is none, or something else, or more than any report has."""
    about = path.stat()
    if not stat.S_ISREG(about.st_mode):
        raise IsADirectoryError(errno.EISDIR, "フォルダーなど、ファイルでないものです", str(path))
    if about.st_size > LIMIT:
        raise OSError(errno.EFBIG, f"大きすぎます（{LIMIT // 1_000_000}MBまで）", str(path))
    return path.read_bytes()


def listed(folder: Path, names: str = "*") -> list[Path]:
    """Return what lies in a folder under such names, sorted; nothing where there is no folder.

    Raises ``OSError`` for a folder that cannot be read: ``Path.glob`` takes it for empty, and what is in it for gone.
    """
    try:
        return sorted(path for path in folder.iterdir() if fnmatchcase(path.name, names))
    except (FileNotFoundError, NotADirectoryError):
        return []


def real(folder: Path) -> Path:
    """Return where a folder's path leads through links, whether it is there or not; OSError for a circle of links."""
    with suppress(FileNotFoundError):
        folder.stat()
    return folder.resolve()


def write(path: Path, data: bytes) -> None:
    """Put the bytes where they belong by renaming; a file that is replaced hands on its permissions, a link stays.

    Folders above are made. What was written is on the disk when this returns, in the order of the calls, so that no
    loss of power leaves a later file without an earlier; it is read back. Raises ``OSError`` with the name of the file.
    """
    path = path.resolve()
    _make(path.parent)
    clear(path.parent, escape(path.name))
    mode = path.stat().st_mode & 0o777 if path.exists() else 0o644
    made = _staged(path, data)
    _take_place(made, path, mode)
    settle(path.parent)
    if path.read_bytes() != data:
        raise OSError(errno.EIO, os.strerror(errno.EIO), str(path))


def write_fleeting(path: Path, data: bytes) -> None:
    """Put bytes where they belong by renaming; a loss of power may leave less: whoever reads them has to check them."""
    path.parent.mkdir(parents=True, exist_ok=True)
    _take_place(_staged(path, data, is_fleeting=True), path, 0o644)


def _make(folder: Path) -> None:
    """Make a folder and those above it; that they are there is on the disk before anything in them is."""
    lacking = [one for one in (folder, *folder.parents) if not one.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    for one in reversed(lacking):
        settle(one.parent)


def settle(folder: Path) -> None:
    """Wait until the names in a folder are on the disk; not every system can."""
    if hasattr(os, "O_DIRECTORY"):
        opened = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)


def settle_all() -> None:
    """Wait until all that was written anywhere is on the disk: quicker than file by file; not every system can."""
    if hasattr(os, "sync"):
        os.sync()


def _take_place(made: Path, path: Path, mode: int) -> None:
    try:
        made.chmod(mode)
        made.replace(path)
    except BaseException:
        made.unlink(missing_ok=True)
        raise


def try_out(path: Path, data: bytes) -> None:
    """Make sure that the bytes can be written beside the file, and leave nothing; raises ``OSError`` with its name."""
    path = path.resolve()
    _make(path.parent)
    _staged(path, data).unlink()


def create(folder: Path, files: Mapping[str, bytes]) -> None:
    """Make a new folder with files (by their paths in it), whole or not at all. Raises ``OSError``."""
    with building(folder) as made:
        for name, data in files.items():
            write(made / name, data)
        made.rename(folder)
        settle(folder.parent)


@contextmanager
def building(folder: Path) -> Iterator[Path]:
    """Yield an empty folder beside the place of another, to be filled and renamed to it, or else removed at the end."""
    _make(folder.parent)
    clear(folder.parent, escape(folder.name))
    made = Path(tempfile.mkdtemp(prefix=prefix(folder), dir=folder.parent))
    try:
        made.chmod(0o755)
        yield made
    finally:
        shutil.rmtree(made, ignore_errors=True)


@contextmanager
def temporary(files: Mapping[str, bytes]) -> Iterator[Path]:
    """Yield a folder outside the project that has files (by their paths in it), and is removed at the end."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        fill(folder, files)
        yield folder


def fill(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files (by their paths in it) into a folder that nobody sees yet."""
    for parent in {(folder / name).parent for name in files}:
        parent.mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        (folder / name).write_bytes(data)


def _staged(path: Path, data: bytes, *, is_fleeting: bool = False) -> Path:
    """Write the bytes beside their place, and wait until they are on the disk unless they are fleeting."""
    try:
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=prefix(path), delete=False) as stream:
            made = Path(stream.name)
            try:
                stream.write(data)
                stream.flush()
                if not is_fleeting:
                    os.fsync(stream.fileno())
            except BaseException:
                made.unlink(missing_ok=True)
                raise
    except OSError as fault:
        raise OSError(fault.errno, fault.strerror, str(path)) from fault
    return made


def prefix(path: Path) -> str:
    """Return how the names of what is being built in place of a file or folder begin."""
    return f".{path.name}.building."


def clear(folder: Path, names: str = "*") -> None:
    """Remove what killed runs left half built in a folder (of the files or folders of some names)."""
    for path in _unfinished(folder, names):
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)


def _unfinished(folder: Path, names: str) -> Iterator[Path]:
    return (path for path in listed(folder, f".{names}.building.*") if _UNFINISHED.fullmatch(path.name))
