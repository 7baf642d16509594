"""From a file to its text: size, encoding, and the characters that nothing could print."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import chain, islice
from pathlib import Path

from pipeline.diagnostics import Checked, Diagnostic, Place, error

LIMIT = 1_000_000
"""The largest file read, in bytes; the largest real one has a hundredth of it."""

MOST = 100
"""The most findings of one sort told at a time; a file of another program can have thousands."""

_ENCODINGS = {"cp932": "Shift_JIS", "euc_jp": "EUC-JP", "utf-16": "UTF-16"}
_JIS = b"\x1b$"
"""Begins Japanese text in the encoding of mails (ISO-2022-JP), which is made of ASCII bytes alone."""
_SAVE = "エディタの「名前を付けて保存」で、文字コードに「UTF-8」を選んで保存し直してください"

INVISIBLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufffe\uffff]")
"""Control and zero-width characters, and line breaks that only some programs see."""

_LOOSE_MARK = re.compile("(.)[\u3099\u309a]")
"""A kana with a combining mark, as names of files copied from a Mac have it."""

_CONFLICT = re.compile(r"^(?:<{7}|={7}|>{7}|\|{7})(?: .*)?$", re.MULTILINE)
"""Lines that version control writes between two people's changes of the same place."""

_LEADING_TAB = re.compile(r"^ *(\t)", re.MULTILINE)


def read_text(path: Path, file: str) -> Checked[str]:
    """Read a UTF-8 file with or without BOM, any line ends; ``file`` is its name in diagnostics."""
    try:
        data = _beginning(path)
    except FileNotFoundError:
        hint = "前年度のフォルダーから写すか、ファイルの名前（半角、拡張子は .yaml）を確かめてください"
        return _refused(error("file-missing", Place(file), "ファイルがありません", hint))
    except OSError:
        message = "ファイルを開けません"
        hint = "ほかのソフトで開いていないか、読み取りの権限があるかを確かめてください"
        return _refused(error("file-unreadable", Place(file), message, hint))
    if len(data) > LIMIT:
        message = f"ファイルが大きすぎます（{LIMIT // 1_000_000}MBまで）"
        return _refused(error("file-too-large", Place(file), message, "別のファイルが混じっていないか確かめてください"))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        return _refused(_not_utf8(data, fault.start, file))
    if _JIS in data:
        return _refused(_not_utf8(data, data.index(_JIS), file))
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    found = (islice(check(text, file), MOST) for check in (_controls, _loose_marks, _tabs, _conflicts))
    return Checked(text, tuple(chain.from_iterable(found)))


def _beginning(path: Path) -> bytes:
    """Read as much of a file as is allowed, and one byte more; what is no file (a pipe) is not waited for."""
    if path.exists() and not path.is_file():
        raise IsADirectoryError(str(path))
    with path.open("rb") as stream:
        return stream.read(LIMIT + 1)


def place_in(text: str, index: int, file: str) -> Place:
    """Give the place of the character at ``index``."""
    return Place(file, text.count("\n", 0, index) + 1, index - text.rfind("\n", 0, index))


def _refused(found: Diagnostic) -> Checked[str]:
    return Checked(None, (found,))


def _not_utf8(data: bytes, start: int, file: str) -> Diagnostic:
    place = Place(file, data.count(b"\n", 0, start) + 1, 1)
    guess = next((name for codec, name in _ENCODINGS.items() if _decodes(data, codec)), None)
    guess = "JIS" if _JIS in data else guess
    seems = f"（{guess} で保存されているようです）" if guess else ""
    return error("file-not-utf8", place, f"ファイルの文字コードが UTF-8 ではありません{seems}", _SAVE)


def _decodes(data: bytes, codec: str) -> bool:
    try:
        data.decode(codec)
    except UnicodeDecodeError:
        return False
    return True


def _controls(text: str, file: str) -> Iterator[Diagnostic]:
    for match in INVISIBLE.finditer(text):
        message = f"目に見えない文字（U+{ord(match[0]):04X}）が入っています"
        hint = "この位置の前後の文字を消して、打ち直してください"
        yield error("text-control", place_in(text, match.start(), file), message, hint)


def _loose_marks(text: str, file: str) -> Iterator[Diagnostic]:
    for match in _LOOSE_MARK.finditer(text):
        message = f"「{match[1]}」と濁点・半濁点が別々の文字になっています"
        hint = f"2文字とも消して「{unicodedata.normalize('NFC', match[0])}」と打ち直してください"
        yield error("text-loose-mark", place_in(text, match.start(), file), message, hint)


def _tabs(text: str, file: str) -> Iterator[Diagnostic]:
    for match in _LEADING_TAB.finditer(text):
        hint = "タブを消し、半角の空白で字下げしてください（1段につき2文字）"
        yield error("yaml-tab", place_in(text, match.start(1), file), "行の先頭にタブがあります", hint)


def _conflicts(text: str, file: str) -> Iterator[Diagnostic]:
    if "<<<<<<< " not in text:
        return
    for match in _CONFLICT.finditer(text):
        message = f"ほかの人の変更との食い違いを示す行「{match[0][:7]}」が残っています"
        hint = "どちらの内容にするかを決めて片方を消し、<<<<<<<、=======、>>>>>>> の行も消してください"
        yield error("text-conflict", place_in(text, match.start(), file), message, hint)
