"""The record of a run, for manifest.json: what went in, with what, and on which pages it stands."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

from pipeline.model.documents import Book
from pipeline.storage import atomic
from pipeline.storage.outputs import sha256

LIBRARIES = ("docxtpl", "matplotlib", "pikepdf", "pillow", "python-docx", "pyyaml", "reportlab")


def made_of(root: Path, inputs: Iterable[Path], templates: Path) -> dict[str, dict[str, str]]:
    """Return the SHA-256 of inputs and templates by their names: of what lies there now, so as soon as it was read.

    A template that is no file (a pipe, a folder) has none; whoever needs it tells.
    """
    forms = (path for path in template_files(templates) if path.is_file())
    return {"inputs": _hashes(root, inputs), "templates": _hashes(templates.parent, forms)}


def template_files(folder: Path) -> list[Path]:
    """List the templates of a folder, their ending in any case: Windows finds them all the same."""
    return [path for path in atomic.listed(folder) if path.suffix.lower() == ".docx"]


def manifest(
    of: Mapping[str, Mapping[str, str]], fonts: Mapping[str, str], book: Book | None = None
) -> dict[str, object]:
    """Return what a thing is made ``of``, SHA-256 of fonts, library versions, and the page map (printed numbers)."""
    versions = installed()
    content: dict[str, object] = {
        **of,
        "fonts": dict(fonts),
        "versions": {name: versions[name] for name in LIBRARIES},
    }
    if book:
        content["pages"] = _pages(book)
    return content


def installed() -> dict[str, str]:
    """Return the version of every package that is installed, as the folder says that pip leaves of it (PEP 376)."""
    found = (path.stem.partition("-") for folder in reversed(sys.path) for path in _packages(Path(folder)))
    return {name.lower().replace("_", "-"): version for name, _, version in found}


def _packages(folder: Path) -> list[Path]:
    """List what pip leaves in a folder of modules; nothing where it may not be read: Python finds nothing there."""
    try:
        return atomic.listed(folder, "*.dist-info")
    except OSError:
        return []


def _hashes(root: Path, paths: Iterable[Path]) -> dict[str, str]:
    return {path.relative_to(root).as_posix(): sha256(atomic.read(path)) for path in paths}


def _pages(book: Book) -> dict[str, object]:
    entries = [{"title": e.title, "first": e.first, "last": e.last} for e in book.entries]
    unnumbered = [part.label for part in book.parts if part.first_page is None]
    return {"contents": unnumbered, "entries": entries}
