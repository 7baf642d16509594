"""Publishing: what a run made appears in outputs/<year>/ whole or not at all, and no edit made there is lost.

In: relative paths and bytes. Out: the folder, its ``manifest.json``, and the list of files set aside.
The folder is built beside the old one and takes its place by renaming, so a failed or killed run leaves the old one.
"""

from __future__ import annotations

import errno
import getpass
import hashlib
import json
import os
import platform
import shutil
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path, PurePosixPath

from pipeline.storage import atomic, naming
from pipeline.storage.atomic import real

MANIFEST = "manifest.json"
KEPT = "kept"
_PREVIOUS = ".previous"
_ASIDE = "前回の出力は「{}」にあります。ディスクを使えるようにしてからもう一度実行すると、元の名前に戻ります。"
_LONGEST = 200
"""Characters of who holds a year."""
PATIENCE = 10.0
"""Seconds that whoever wants the list of proposals waits for whoever has it: it takes as long to publish a book."""


class Busy(Exception):
    """Another run holds the outputs of this year; ``holder`` says who and since when, where that is known."""

    def __init__(self, folder: Path, holder: str) -> None:
        """Take the folder that is held."""
        super().__init__(str(folder))
        self.holder = holder


def sha256(data: bytes) -> str:
    """Return the SHA-256 of the bytes in hex."""
    return hashlib.sha256(data).hexdigest()


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold the year's outputs for one run, and the list of proposals in them. Raises ``Busy``, ``OSError``."""
    with making(folder), deciding(folder):
        yield


@contextmanager
def deciding(folder: Path) -> Iterator[None]:
    """Hold the list of proposals in the year's outputs, which is decided on while a report is made. Whoever holds the
    year takes it afterwards, never the other way round. Raises ``Busy``, ``OSError``.
    """
    from filelock import FileLock, Timeout  # noqa: PLC0415 - late: what only looks holds nothing

    folder = real(folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(folder.parent / f".{folder.name}.list.lock", timeout=PATIENCE):
            yield
    except Timeout as timeout:
        raise Busy(folder, _holder(_holder_of(folder))) from timeout


@contextmanager
def making(folder: Path) -> Iterator[None]:
    """Hold the year's outputs for one run; finish an interrupted exchange first. What is in them is exchanged, and what
    may be decided on is written, only with ``deciding``. Raises ``Busy``, ``OSError``.
    """
    from filelock import FileLock, Timeout  # noqa: PLC0415 - late, as above

    folder = real(folder)  # a link to another disk stays a link
    folder.parent.mkdir(parents=True, exist_ok=True)
    if folder.exists() and not folder.is_dir():
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(folder))
    holder = _holder_of(folder)
    try:
        with FileLock(folder.parent / f".{folder.name}.lock", timeout=0), _signed(holder):
            _recover(folder)
            for previous in atomic.listed(folder, _previous(folder / "*").name):
                _recover(folder / previous.name.removeprefix(".").removesuffix(_PREVIOUS))
            atomic.clear(folder)
            yield
    except Timeout as timeout:
        raise Busy(folder, _holder(holder)) from timeout


@contextmanager
def _signed(path: Path) -> Iterator[None]:
    """Say in a file who holds the year, as long as that is so: on a shared drive it may be somebody else's machine."""
    with suppress(OSError, KeyError):  # not every system knows who somebody is
        path.write_text(f"{getpass.getuser()}（{platform.node()}）、{time.strftime('%H:%M')}から", encoding="utf-8")
    try:
        yield
    finally:
        with suppress(OSError):
            path.unlink()


def _holder_of(folder: Path) -> Path:
    return folder.parent / f".{folder.name}.holder.lock"


def _holder(path: Path) -> str:
    try:
        return atomic.read(path).decode()[:_LONGEST]
    except (OSError, UnicodeDecodeError):
        return ""


def publish(folder: Path, files: Mapping[str, bytes], manifest: Mapping[str, object], whole: bool) -> tuple[str, ...]:
    """Put the files and a manifest into ``folder``; give the paths under ``kept/`` of edited files set aside.

    ``whole`` replaces everything earlier runs made; otherwise what this run did not make stays. A file that no run
    made, or that was edited since, is never dropped: it stays, or moves under ``kept/`` if a new file takes its name.
    A folder that has all this already is left alone.
    Call within ``locked``. Raises ``ValueError`` for a path that some system would not keep within ``folder``.
    """
    _guard(files)
    folder = real(folder)
    earlier, outputs = _earlier(folder), {path: sha256(data) for path, data in files.items()}
    there = {source.relative_to(folder).as_posix(): source for source in sorted(found(folder))}
    if _is_there(there, {**files, MANIFEST: _manifest(manifest, outputs)}):
        return ()
    with atomic.building(folder) as staging:
        kept = _carry_over(there, staging, files, earlier, whole)
        atomic.fill(staging, files)
        if not whole:
            outputs = {**{p: h for p, h in earlier.items() if (staging / p).is_file()}, **outputs}
            manifest = {**read_manifest(folder), **manifest}
        atomic.fill(staging, {MANIFEST: _manifest(manifest, outputs)})
        _exchange(folder, staging)
    return kept


def put(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files one by one, each whole or not at all, over what is there: the caller has read that. Within
    ``locked``. Raises ``ValueError`` as ``publish``.
    """
    _guard(files)
    for name, data in files.items():
        atomic.write(folder / name, data)


def _is_there(there: Mapping[str, Path], files: Mapping[str, bytes]) -> bool:
    """Return whether the files are there, each as it is and none behind a link."""
    if not files.keys() <= there.keys() or any(there[path].is_symlink() for path in files):
        return False
    return all(atomic.read(there[path]) == data for path, data in files.items())


def _guard(paths: Iterable[str]) -> None:
    """Refuse paths that lead elsewhere, that Windows cannot hold, and two that some system takes for one."""
    seen: set[str] = set()
    for path in paths:
        if not all(map(naming.is_safe, path.split("/"))) or naming.alike(path) in seen:
            raise ValueError(f"{path!r} is no path for an output")
        seen.add(naming.alike(path))


def record(root: Path, faults: str) -> Path:
    """Write down faults of the program for whoever mends it; returns the file. Raises ``OSError``."""
    path = root / "outputs" / "error.txt"
    atomic.write(path, faults.encode())
    return path


def _manifest(manifest: Mapping[str, object], outputs: Mapping[str, str]) -> bytes:
    content = {**manifest, "outputs": dict(sorted(outputs.items()))}
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def read_manifest(folder: Path) -> dict[str, object]:
    """Return the manifest of the last run, or an empty one where there is none, or something else in its place.

    Raises ``OSError`` where it cannot be read: all that it lists would be taken for edited by hand.
    """
    try:
        content = json.loads(atomic.read(folder / MANIFEST))
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError, ValueError):
        return {}
    return content if isinstance(content, dict) else {}


def _earlier(folder: Path) -> dict[str, str]:
    outputs = read_manifest(folder).get("outputs")
    return {str(p): str(h) for p, h in outputs.items()} if isinstance(outputs, dict) else {}


def _carry_over(
    there: Mapping[str, Path], staging: Path, files: Mapping[str, bytes], earlier: Mapping[str, str], whole: bool
) -> tuple[str, ...]:
    """Copy what must not be lost from the old folder, by its paths in it, to the new one."""
    kept, folders = [], _folders([*files, f"{KEPT}/_"])
    for path, source in there.items():
        if path == MANIFEST:
            continue
        digest = "link" if source.is_symlink() else sha256(source.read_bytes())
        made_here = earlier.get(path) == digest
        replaced = path in files
        if (made_here and (whole or replaced)) or (replaced and sha256(files[path]) == digest):
            continue
        in_the_way = replaced or path in folders or not _folders([path]).isdisjoint(files)
        target = _aside(path, digest) if in_the_way or (path in earlier and not made_here) else path
        if target != path:
            kept.append(target)
        (staging / target).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(source, staging / target, follow_symlinks=False)
    return tuple(kept)


def found(folder: Path) -> Iterator[Path]:
    """Return the files and links in a folder and those below; raises ``OSError`` where one of these cannot be read."""

    def refuse(fault: OSError) -> None:
        raise fault

    for parent, folders, names in os.walk(folder, onerror=refuse) if folder.exists() else ():
        paths = (Path(parent) / name for name in (*folders, *names))
        yield from (path for path in paths if path.is_symlink() or path.is_file())


def _folders(paths: Iterable[str]) -> frozenset[str]:
    """Return the folders in which the paths lie."""
    return frozenset(str(parent) for path in paths for parent in PurePosixPath(path).parents)


def _aside(path: str, digest: str) -> str:
    pure = PurePosixPath(path)
    return str(PurePosixPath(KEPT) / pure.with_name(naming.safe(pure.stem, f"_{digest[:8]}{pure.suffix}")))


def _previous(folder: Path) -> Path:
    return folder.parent / f".{folder.name}{_PREVIOUS}"


def _exchange(folder: Path, staging: Path) -> None:
    """Two renames; a kill between them is healed by the next run. A loss of power leaves one of the two, whole."""
    atomic.settle_all()
    previous = _previous(folder)
    if folder.exists():
        folder.replace(previous)
    try:
        staging.replace(folder)
    except OSError as fault:
        try:
            if previous.exists():
                previous.replace(folder)
        except OSError:  # the disk was lost or became read-only between the two
            fault.add_note(_ASIDE.format(previous.name))
        raise
    if previous.exists():
        _drop(previous)


def _recover(folder: Path) -> None:
    """Undo a half exchange, and clear what killed runs left."""
    previous = _previous(folder)
    if previous.exists():
        if folder.exists():
            _drop(previous)
        else:
            previous.replace(folder)
    atomic.clear(folder.parent, folder.name)


def _drop(folder: Path) -> None:
    """Remove the folder of before, of which all that must stay was copied; also folders below that are read-only.

    That another one is in its place is on the disk before.
    """
    atomic.settle(folder.parent)
    for parent, _, _ in os.walk(folder):
        with suppress(OSError):
            Path(parent).chmod(0o700)
    shutil.rmtree(folder, ignore_errors=True)
