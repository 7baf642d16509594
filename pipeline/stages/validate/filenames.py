"""Which files of a year's folder are inputs by their names, and which are meant to be."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from pipeline.diagnostics import Diagnostic, Place, error, warning
from pipeline.stages.validate.files import FILES, AuditFile, WordsFile
from pipeline.stages.validate.form_file import FormFile
from pipeline.storage.atomic import listed
from pipeline.storage.naming import NODE

NAMES = tuple(sorted(shape.file for shape in FILES if shape.file.endswith(".yaml")))
MEASURES = "measures"
"""The folder of the measures' files."""

_MEASURE_FILE = re.compile(rf"({NODE})\.yaml", re.ASCII)
_NUMBERS = r"[1-9]\d?(?:-[1-9]\d?)+|[1-9]\d?(?=\.)"
"""What is meant for a measure whatever stands behind it; an id with letters may be any other word."""
_MEANT = re.compile(
    rf"({_NUMBERS}|{'|'.join(name[:-5] for name in NAMES)})(?![\da-z])(?:.*\.ya?ml(?:\.txt)?|\.txt)", re.ASCII
)
"""A name in small and narrow letters; Windows hides endings, and editors add .txt."""

_SUFFIXES = (".yaml", ".yml")


def files(folder: Path) -> tuple[Path, ...]:
    """List the input files there are in a year's folder, sorted by path."""
    found = (*(folder / name for name in NAMES), *measure_files(folder))
    return tuple(sorted(path for path in found if path.is_file()))


def measure_files(folder: Path) -> tuple[Path, ...]:
    """List the files that are named for a measure, sorted by name."""
    return tuple(path for path in yaml_files(folder / MEASURES) if _is_measure(path.name))


def _is_measure(name: str) -> bool:
    return _MEASURE_FILE.fullmatch(name) is not None and name not in NAMES


def yaml_files(folder: Path) -> list[Path]:
    """List what is, or seems meant as, YAML; hidden files are the system's, and those with ~ an editor's."""
    files = (path for path in listed(folder) if path.suffix.lower() in _SUFFIXES or _lacking(path))
    return [path for path in files if not path.name.startswith((".", "~"))]


def _lacking(path: Path) -> bool:
    """Return whether a file is meant for a place that is empty."""
    name = meant(path.name)
    return name is not None and not path.with_name(name).exists()


def meant(name: str) -> str | None:
    """Return the input file that a name is meant for: １-２.yaml, 1-2 (1).yaml, 1-2.yaml.txt -> 1-2.yaml."""
    match = _MEANT.fullmatch(unicodedata.normalize("NFKC", name).strip().lower())
    return f"{match[1]}.yaml" if match else None


def misnamed(path: Path) -> Path | None:
    """Return the file that is meant for the place of one that is missing."""
    there = path.parent.iterdir() if path.parent.is_dir() else ()
    return next((other for other in sorted(there) if meant(other.name) == path.name and other.is_file()), None)


def misnamed_measures(folder: Path) -> frozenset[str]:
    """Return the measures that files are meant for, whatever their names."""
    names = (meant(path.name) for path in yaml_files(folder / MEASURES))
    return frozenset(name.removesuffix(".yaml") for name in names if name)


def strays(folder: Path, root: Path) -> Iterator[Diagnostic]:
    """Report files that are not read, such as copies: somebody may be writing into one."""
    known = {*(folder / name for name in NAMES), *measure_files(folder)}
    for path in yaml_files(folder):
        if path not in known and path.is_file():
            yield from _stray(path, Place(named(path, root)))
    for path in yaml_files(folder / MEASURES):
        if path not in known:
            message = f"「{named(path, path.parent)}」は、評価シートのファイルの名前ではありません"
            yield error("measure-file-extra", Place(named(path, root)), message, _rename(path))


def _stray(path: Path, place: Place) -> Iterator[Diagnostic]:
    message, name = "このファイルは読み込まれません", meant(path.name)
    if name in (AuditFile.file, FormFile.file, WordsFile.file) and not path.with_name(name).exists():
        yield error("file-misnamed", place, message, f"名前を {name} に直してください")
    elif name in NAMES and not path.with_name(name).exists():
        return  # told of the file that is missing
    elif name and name not in NAMES:
        yield warning("file-extra", place, message, f"{MEASURES} フォルダーの中に、{name} という名前で置いてください")
    else:
        yield warning("file-extra", place, message, "要らないファイルなら、フォルダーの外に移してください")


def _rename(path: Path) -> str:
    name = meant(path.name)
    if name in NAMES:
        return f"{MEASURES} フォルダーの外に移してください。{name} は、その一つ上のフォルダーに置くファイルです"
    if name and not path.with_name(name).exists():
        return f"名前を {name} に直してください"
    return f"名前を 1-2.yaml のように半角で付け直すか、要らないファイルなら {MEASURES} フォルダーの外に移してください"


def named(path: Path, root: Path) -> str:
    """Name a file relative to ``root``, where it lies there.

    Bytes that are no UTF-8 (names from old Windows archives) become signs of replacement.
    """
    shown = path.relative_to(root) if path.is_relative_to(root) else path
    return os.fsencode(shown.as_posix()).decode("utf-8", "replace")
