"""Finding and opening a template."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from pipeline.diagnostics import Checked, Place, error
from pipeline.ooxml import Damaged, Unsupported, read
from pipeline.templating.saved import settled

_CURE = "Wordで、その箇所をふつうの段落、表、行内の図に直してください。変更履歴は「校閲」の「承諾」で確定してください。"


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
        read(data, file)
        return Checked(Template(file, settled(data, file)))
    except Damaged as fault:
        return _failed(file, "template-unreadable", fault.message)
    except Unsupported as refused:
        return Checked(None, (error("template-unsupported", Place(file), refused.message, _CURE),))


def _failed(file: str, identifier: str, message: str) -> Checked[Template]:
    hint = "このファイルをWordで開けるか確かめ、開けないときは元の様式に戻してください。"
    return Checked(None, (error(identifier, Place(file), message, hint),))
