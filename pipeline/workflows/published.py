"""What is published beside the book: each in a folder of its own, with the record of what it is made of.

In: a project. Out: the paths of what was written; which of it was made of other files than the book.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from pipeline.storage import outputs
from pipeline.storage.manifest import manifest
from pipeline.storage.store import Store
from pipeline.workflows import kept
from pipeline.workflows.project import Project

CALLED = {
    "opinions": "意見と対応の一覧",
    "changes": "新旧対照表",
    "digest": "概要版",
    "web": "ウェブ版",
    "word": "一つのWordファイル",
    "opendata": "オープンデータ",
}
"""Commands, which are the names of their folders, and what they make."""
APART = "冊子と違う入力データや様式からできているもの"
_MADE_OF = ("inputs", "templates")


def publish(
    project: Project, of: Mapping[str, Mapping[str, str]], command: str, files: Mapping[str, bytes]
) -> tuple[Path, ...]:
    """Write what a command makes ``of`` inputs and templates (their digests, as they were read); what it made before of
    others goes. Within ``locked``.
    """
    folder = project.outputs / command
    content = manifest(of, kept.typefaces(Store(project.root)))
    outputs.publish(folder, files, content, whole=_made_of(folder) != _of(content))
    return tuple(folder / name for name in files)


def apart(project: Project) -> tuple[str, ...]:
    """Return what is made of other inputs or templates than the book, where there is one, with what makes it anew."""
    book = _made_of(project.outputs)
    made = ((command, _made_of(project.outputs / command)) for command in CALLED)
    return tuple(
        f"{CALLED[command]}（make {command}）" for command, own in made if any(book) and any(own) and own != book
    )


def _made_of(folder: Path) -> tuple[object, ...]:
    return _of(outputs.read_manifest(folder))


def _of(content: Mapping[str, object]) -> tuple[object, ...]:
    return tuple(content.get(name) for name in _MADE_OF)
