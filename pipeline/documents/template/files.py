"""Finding and opening a template."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct

from pipeline.diagnostics import Checked, Place, error
from pipeline.documents.memory import FORGETFUL, Memory, once
from pipeline.storage import atomic

MISSING = "元の様式を、このフォルダーに戻してください。ファイルの名前は変えないでください。"
BROKEN = "このファイルをWordで開けるか確かめ、開けないときは元の様式に戻してください。"
_SAVE_AS = "Wordで開き、パスワードを外して、docx形式で保存してください。"
_OLD_OR_LOCKED = b"\xd0\xcf\x11\xe0"
"""Begins the files of old office programs, and those that a password protects."""


class Template(Struct, frozen=True):
    """A Word template: ``file`` relative to the project (templates/sheet.docx) for messages, and its bytes."""

    file: str
    data: bytes

    @property
    def place(self) -> Place:
        """Where its diagnostics are."""
        return Place(self.file)

    @property
    def is_word(self) -> bool:
        """Whether it is a Word file, whose commands say by letters what they take along ({%tr, {{r); else a page."""
        return True

    @property
    def cure(self) -> str:
        """How what is wrong in it is mended."""
        return f"Wordで{self.file}を開いて直してください。"


class Page(Template, frozen=True):
    """A template of text (HTML) with the same commands, whose ``data`` is UTF-8."""

    @property
    def is_word(self) -> bool:
        """It has no letters: its lines are repeated as they stand."""
        return False

    @property
    def cure(self) -> str:
        """How what is wrong in it is mended."""
        return f"エディターで{self.file}を開いて直してください。"


def load(folder: Path, name: str, memory: Memory = FORGETFUL) -> Checked[Template]:
    """Return a template of the folder; a missing or broken one is an error. One that ``memory`` has is not read."""
    file = f"{folder.name}/{name}"
    try:
        data = atomic.read(folder / name)
    except FileNotFoundError:
        return failed(file, "template-missing", "様式のWordファイルがありません。", MISSING)
    except OSError as fault:
        return failed(file, "template-unreadable", f"様式のWordファイルを読めません（{fault.strerror}）。", BROKEN)
    if data.startswith(_OLD_OR_LOCKED):
        message = "古い形式（.doc）のファイルか、パスワードで保護されたファイルです。"
        return failed(file, "template-unreadable", message, _SAVE_AS)
    return once(memory, ("様式", file, data), lambda: read(data, file))


def read(data: bytes, file: str) -> Checked[Template]:
    """Return the template that a Word file's bytes are; ``file`` names it in messages."""
    from pipeline.documents.template import reading  # noqa: PLC0415 - all that reads Word files: late

    return reading.read(data, file)


def failed(file: str, identifier: str, message: str, hint: str) -> Checked[Template]:
    """Return that there is no template, and why."""
    return Checked(None, (error(identifier, Place(file), message, hint),))
