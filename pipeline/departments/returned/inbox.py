"""What lies in inputs/<year>/returned/: each file by a name that can be shown, its bytes or why it is not read."""

from __future__ import annotations

import hashlib
import os
import re
import unicodedata
from collections.abc import Iterator, Set
from functools import cached_property
from itertools import chain, count
from pathlib import Path, PurePosixPath

from msgspec import Struct

from pipeline.departments.returned.guards import MAX_FILE

FOLDER = "returned"
_LEFT = re.compile(
    r"\..*|~\$.*|~wr[a-z]\d+\.tmp|(eh)?thumbs(_vista)?\.db([:\uf03a].*)?|desktop\.ini|icon\r|.*zone\.identifier",
    re.IGNORECASE | re.DOTALL,
)
"""What systems and programs leave beside files: hidden files, marks of documents that are open, thumbnails, and where
a file was downloaded from.
"""
_STREAM = re.compile("[:\uf03a]")
"""Parts a file's name from that of a stream of it, which Windows keeps within the file and other systems beside it."""
_ZIP = b"PK\x03\x04"
_CONTROLS = ("Cc", "Cf", "Cs", "Cn")
_LINK = "ほかの場所を指すリンクのため、読みません。ファイルそのものを置いてください。"
_NO_FILE = "普通のファイルではないため、読みません。"
_CLOSED = "開けません。ほかのプログラムで開いていないか、読む権限があるかを確かめて、もう一度実行してください。"


class Delivery(Struct, frozen=True, dict=True):
    """A file: its bytes up to one more than is read, or the reason why it is refused unread (in Japanese)."""

    name: str
    data: bytes = b""
    refusal: str = ""

    @cached_property
    def sha256(self) -> str:
        """The hash of the bytes."""
        return hashlib.sha256(self.data).hexdigest()


def deliveries(folder: Path) -> Iterator[Delivery]:
    """Yield what lies in a year's ``returned`` folder and those below it, one after the other; links are not followed.

    In the order of their paths.
    """
    top = folder / FOLDER
    found, taken = _entries(top) if top.is_dir() else (), set[str]()
    for path, refusal in sorted(found):
        name = _distinct(_shown(path.relative_to(top).as_posix()), taken)
        taken.add(name)
        yield _delivery(path, name, refusal)


def _entries(top: Path) -> Iterator[tuple[Path, str]]:
    """Walk the folders; give files, and what is neither file nor folder with the reason why it is not read."""
    folders = [top]
    while folders:
        folder = folders.pop()
        try:
            entries = list(os.scandir(folder))
        except OSError:
            yield folder, f"このフォルダーを{_CLOSED}"
            continue
        folders += [Path(entry.path) for entry in entries if entry.is_dir(follow_symlinks=False)]
        rest = [entry for entry in entries if not entry.is_dir(follow_symlinks=False)]
        names = frozenset(entry.name for entry in rest)
        yield from ((Path(entry.path), _unfit(entry)) for entry in rest if not _is_left(entry, names))


def _is_left(entry: os.DirEntry[str], names: Set[str]) -> bool:
    """Return whether a file is nobody's answer, by its name; one that holds a document is read whatever its name."""
    file, *streams = _STREAM.split(entry.name, maxsplit=1)
    return bool(_LEFT.fullmatch(entry.name) or (streams and file in names)) and not _is_document(entry)


def _is_document(entry: os.DirEntry[str]) -> bool:
    if not entry.is_file(follow_symlinks=False):
        return False
    try:
        with Path(entry.path).open("rb") as stream:
            return stream.read(len(_ZIP)) == _ZIP
    except OSError:
        return False


def _unfit(entry: os.DirEntry[str]) -> str:
    if entry.is_symlink():
        return _LINK
    return "" if entry.is_file() else _NO_FILE


def _delivery(path: Path, name: str, refusal: str) -> Delivery:
    if refusal:
        return Delivery(name, refusal=refusal)
    try:
        with path.open("rb") as stream:
            return Delivery(name, stream.read(MAX_FILE + 1))
    except OSError:
        return Delivery(name, refusal=f"このファイルを{_CLOSED}")


def _shown(name: str) -> str:
    """Return a name without what would steer a terminal, or is no character."""
    return "".join("\N{REPLACEMENT CHARACTER}" if unicodedata.category(c) in _CONTROLS else c for c in name)


def _distinct(name: str, taken: Set[str]) -> str:
    """Return a name that no other file has: names in a wrong encoding look alike where nothing of them can be shown."""
    path = PurePosixPath(name)
    numbered = (path.with_stem(f"{path.stem}（{number}）").as_posix() for number in count(2))
    return next(one for one in chain((name,), numbered) if one not in taken)
