"""Finding and opening a template."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from pipeline.diagnostics import Checked, Place, error
from pipeline.ooxml.errors import Damaged
from pipeline.ooxml.package import Package
from pipeline.templating.saved import settled


@dataclass(frozen=True, slots=True)
class Template:
    """A Word template: ``file`` relative to the project (templates/sheet.docx) for messages, and its bytes."""

    file: str
    data: bytes = field(repr=False)

    @property
    def place(self) -> Place:
        """Where its diagnostics are."""
        return Place(self.file)


def load(folder: Path, name: str) -> Checked[Template]:
    """Read a template of the folder; a missing or broken one is an error."""
    file = f"{folder.name}/{name}"
    try:
        data = (folder / name).read_bytes()
    except FileNotFoundError:
        return _failed(file, "template-missing", "様式のWordファイルがありません。")
    except OSError as fault:
        return _failed(file, "template-unreadable", f"様式のWordファイルを読めません（{fault.strerror}）。")
    try:
        Package(data, file).xml("word/document.xml")
        return Checked(Template(file, settled(data, file)))
    except Damaged as fault:
        return _failed(file, "template-unreadable", fault.message)


def _failed(file: str, identifier: str, message: str) -> Checked[Template]:
    hint = "このファイルをWordで開けるか確かめ、開けないときは元の様式に戻してください。"
    return Checked(None, (error(identifier, Place(file), message, hint),))
