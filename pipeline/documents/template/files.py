"""Finding and opening a template."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from pipeline.diagnostics import Checked, Diagnostic, Place, error, warning
from pipeline.documents.docx import Damaged, Document, Unsupported, read
from pipeline.documents.docx.cures import PLAINLY
from pipeline.documents.docx.parts import packed, unpacked
from pipeline.documents.docx.typefaces import CURE, substituted, told
from pipeline.documents.template.comments import first_words, uncommented
from pipeline.documents.template.normalization import normalized
from pipeline.storage import atomic

_MISSING = "元の様式を、このフォルダーに戻してください。ファイルの名前は変えないでください。"
_BROKEN = "このファイルをWordで開けるか確かめ、開けないときは元の様式に戻してください。"
_SAVE_AS = "Wordで開き、パスワードを外して、docx形式で保存してください。"
_TRACKED = "Wordの「校閲」で、変更履歴を「承諾」して確定してください。"
_COMMENT = "用が済んだコメントは、Wordの「校閲」で削除してください。"
_OLD_OR_LOCKED = b"\xd0\xcf\x11\xe0"
"""Begins the files of old office programs, and those that a password protects."""


@dataclass(frozen=True, slots=True)
class Template:
    """A Word template: ``file`` relative to the project (templates/sheet.docx) for messages, and its bytes."""

    file: str
    data: bytes = field(repr=False)

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


@dataclass(frozen=True, slots=True)
class Page(Template):
    """A template of text (HTML) with the same commands, whose ``data`` is UTF-8."""

    @property
    def is_word(self) -> bool:
        """It has no letters: its lines are repeated as they stand."""
        return False

    @property
    def cure(self) -> str:
        """How what is wrong in it is mended."""
        return f"エディターで{self.file}を開いて直してください。"


def load(folder: Path, name: str) -> Checked[Template]:
    """Read a template of the folder; a missing or broken one is an error."""
    file = f"{folder.name}/{name}"
    try:
        data = atomic.read(folder / name)
    except FileNotFoundError:
        return _failed(file, "template-missing", "様式のWordファイルがありません。", _MISSING)
    except OSError as fault:
        return _failed(file, "template-unreadable", f"様式のWordファイルを読めません（{fault.strerror}）。", _BROKEN)
    if data.startswith(_OLD_OR_LOCKED):
        message = "古い形式（.doc）のファイルか、パスワードで保護されたファイルです。"
        return _failed(file, "template-unreadable", message, _SAVE_AS)
    return _read(data, file)


@lru_cache(maxsize=16)  # runs that follow each other in a process open the same ones
def _read(data: bytes, file: str) -> Checked[Template]:
    try:
        document = read(data, file)
        parts = unpacked(data, file)
        words = first_words(parts)
        bare = packed(uncommented(parts)) if words else data
        return Checked(Template(file, normalized(bare, file)), (*_commented(words, file), *_substituted(document)))
    except Damaged as fault:
        return _failed(file, "template-unreadable", fault.message, _BROKEN)
    except Unsupported as refused:
        hint = _TRACKED if "変更履歴" in refused.construct else refused.cure or PLAINLY
        return _failed(file, "template-unsupported", refused.message, hint)


def _commented(words: Sequence[str], file: str) -> Iterator[Diagnostic]:
    if words:
        message = f"様式にコメントが{len(words)}件あります（「{words[0]}」など）。送るシートや冊子には付けません。"
        yield warning("template-comment", Place(file), message, _COMMENT)


def _substituted(document: Document) -> Iterator[Diagnostic]:
    if found := substituted(document):
        yield warning("template-typeface", Place(document.name), told(found), CURE)


def _failed(file: str, identifier: str, message: str, hint: str) -> Checked[Template]:
    return Checked(None, (error(identifier, Place(file), message, hint),))
