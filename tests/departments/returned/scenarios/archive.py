"""The files of the scenarios in one archive: parts of all files side by side, so that what is alike costs once."""

from __future__ import annotations

import io
import lzma
import tarfile
import zipfile
from pathlib import Path

ARCHIVE = Path(__file__).parent / "returned.tar.xz"
_SEARCHED = 256 * 1024 * 1024
"""Bytes back to which the packer looks for what it has seen."""
_FILTERS = [{"id": lzma.FILTER_LZMA2, "preset": 9, "dict_size": _SEARCHED}]


def pack(folder: Path, archive: Path) -> None:
    """Pack the files of a folder: packages part by part, the same part of all files together."""
    entries: list[tuple[str, str, bytes]] = []
    for path in sorted(folder.iterdir()):
        if path.suffix in (".docx", ".xlsx"):
            with zipfile.ZipFile(path) as package:
                entries += [(name, path.name, package.read(name)) for name in package.namelist()]
        else:
            entries.append(("", path.name, path.read_bytes()))
    data = io.BytesIO()
    with tarfile.open(fileobj=data, mode="w") as tar:
        for part, name, content in sorted(entries):
            info = tarfile.TarInfo(f"{name}/{part}" if part else name)
            info.size = len(content)
            tar.addfile(info, io.BytesIO(content))
    archive.write_bytes(lzma.compress(data.getvalue(), filters=_FILTERS))


def unpack(archive: Path) -> dict[str, bytes]:
    """Return the files by name; packages are put together again."""
    parts: dict[str, dict[str, bytes]] = {}
    with tarfile.open(fileobj=io.BytesIO(lzma.decompress(archive.read_bytes()))) as tar:
        for info in tar:
            stream = tar.extractfile(info)
            assert stream is not None
            name, _, part = info.name.partition("/")
            parts.setdefault(name, {})[part] = stream.read()
    return {name: found[""] if "" in found else _zipped(found) for name, found in parts.items()}


def _zipped(parts: dict[str, bytes]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_STORED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return data.getvalue()
