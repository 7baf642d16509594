"""From a file to its text: size, encoding, and the characters that nothing could print."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import chain, islice
from pathlib import Path

from pipeline.diagnostics import Checked, Diagnostic, Place, error
from pipeline.stages.validate.filenames import misnamed
from pipeline.stages.validate.garbled import garbled

LIMIT = 1_000_000
"""The largest file read, in bytes; the largest real one has a hundredth of it."""

MOST = 100
"""The most findings of one sort told at a time; a file of another program can have thousands."""

_ENCODINGS = {"euc_jp": "EUC-JP", "cp932": "Shift_JIS"}
"""The narrower first: most of EUC-JP would also pass for Shift_JIS, with half-width kana."""

_JIS = b"\x1b$"
"""Begins Japanese text in the encoding of mails (ISO-2022-JP), which is made of ASCII bytes alone."""

_UTF_7 = rb"\+[A-Za-z0-9+/]{6,}-?"
"""What UTF-7, which is made of ASCII bytes alone, writes for a run of Japanese characters."""

_JAPANESE = "[\u3000-\u30ff\u4e00-\u9fff\uff00-\uffef]+"

_WIDE_BYTES = re.compile(rb"\A(?:\xff\xfe|\xfe\xff)|\A(?:[\x01-\x7f]\x00|\x00[\x01-\x7f]){2}")
"""How UTF-16 begins, with or without a byte order mark."""

_SAVE = "エディタの「名前を付けて保存」で、文字コードに「UTF-8」を選んで保存し直してください"

_INVISIBLE = "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufffe\uffff]"
"""Control and zero-width characters, and line breaks that only some programs see."""

_INVISIBLES = re.compile(f"{_INVISIBLE}+")
"""A row of them is one damage: a disk that was full leaves thousands of NULs."""

REPORTED = f"{_INVISIBLE}|[\u3099\u309a\ufffd]"
"""What is reported here wherever it stands in the text, and not once more as missing from the typeface."""

_LOOSE_MARK = re.compile("(.)[\u3099\u309a]")
"""A kana with a combining mark, as names of files copied from a Mac have it."""

_CONFLICT = r"^<{7} .*(?:\n(?!<{7} ).*)*?\n>{7}(?: .*)?$|^<{7} .*$"
"""Lines that version control writes between two people's changes of the same place."""

_LEADING_TAB = re.compile(r"^ *(\t)", re.MULTILINE)


def read_bytes(path: Path, file: str) -> Checked[bytes]:
    """Return what a file holds, as far as it may be read; ``file`` is its name in diagnostics."""
    try:
        return Checked(_beginning(path))
    except OSError as problem:
        return Checked(None, (_unread(problem, path, Place(file)),))


def text_of(data: bytes, file: str) -> Checked[str]:
    """Return the text of a file in UTF-8 with or without BOM, any line ends."""
    if len(data) > LIMIT:
        message = f"ファイルが大きすぎます（{LIMIT // 1_000_000}MBまで）"
        return _refused(error("file-too-large", Place(file), message, "別のファイルが混じっていないか確かめてください"))
    decoded = _decoded(data, file)
    if decoded.value is None:
        return decoded
    text = decoded.value.replace("\r\n", "\n").replace("\r", "\n")
    lost = tuple(garbled(text, file))
    if any(found.id == "file-garbled" for found in lost):
        return Checked(None, lost)
    found = (islice(check(text, file), MOST) for check in (_controls, _loose_marks, _tabs, _conflicts))
    return Checked(text, (*lost, *chain.from_iterable(found)))


def _unread(problem: OSError, path: Path, place: Place) -> Diagnostic:
    if path.is_symlink():
        message = "リンク（ショートカット）になっていて、その先のファイルを開けません"
        return error("file-unreadable", place, message, "リンクを消し、ファイルそのものを置いてください")
    if isinstance(problem, FileNotFoundError):
        other = misnamed(path)
        if other:
            hint = f"もしかして「{other.name}」ではありませんか。名前を {path.name} に直してください"
            return error("file-missing", place, "ファイルがありません", hint)
        hint = "前年度のフォルダーから写すか、ファイルの名前（半角、拡張子は .yaml）を確かめてください"
        return error("file-missing", place, "ファイルがありません", hint)
    if isinstance(problem, IsADirectoryError):
        message = "ファイルのあるべき所に、フォルダーなど別のものがあります"
        return error("file-unreadable", place, message, "それを別の所へ移し、ファイルを置いてください")
    denied = isinstance(problem, PermissionError)
    message = f"ファイルを開けません{'（読み取る権限がありません）' if denied else ''}"
    hint = "ほかのソフトで開いていないか、読み取りの権限があるかを確かめてください"
    return error("file-unreadable", place, message, hint)


def _decoded(data: bytes, file: str) -> Checked[str]:
    if _WIDE_BYTES.match(data):
        return _refused(_not_utf8(Place(file, 1, 1), "UTF-16"))
    if _JIS in data:
        return _refused(_not_utf8(_place_of(data, data.index(_JIS), file), "JIS"))
    coded = next((m for m in re.finditer(_UTF_7, data) if _is_utf_7(m[0])), None) if data.isascii() else None
    if coded:
        return _refused(_not_utf8(_place_of(data, coded.start(), file), "UTF-7"))
    try:
        return Checked(data.decode("utf-8-sig"))
    except UnicodeDecodeError as fault:
        return _refused(_undecodable(data, _place_of(data, fault.start, file)))


def _is_utf_7(run: bytes) -> bool:
    try:
        return re.fullmatch(_JAPANESE, run.decode("utf-7")) is not None
    except UnicodeDecodeError:
        return False


def _beginning(path: Path) -> bytes:
    """Read as much of a file as is allowed, and one byte more; what is no file (a pipe) is not waited for."""
    if path.exists() and not path.is_file():
        raise IsADirectoryError(str(path))
    with path.open("rb") as stream:
        return stream.read(LIMIT + 1)


def place_in(text: str, index: int, file: str) -> Place:
    """Return the place of the character at ``index``."""
    return Place(file, text.count("\n", 0, index) + 1, index - text.rfind("\n", 0, index))


def _refused(found: Diagnostic) -> Checked[str]:
    return Checked(None, (found,))


def _place_of(data: bytes, index: int, file: str) -> Place:
    """Return the place of the byte at ``index``, before which all is UTF-8."""
    before = data[:index].decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n")
    return place_in(before, len(before), file)


def _undecodable(data: bytes, place: Place) -> Diagnostic:
    """Tell a file in another encoding from one in UTF-8 of which some bytes are lost."""
    read = data.decode("utf-8", "ignore")
    if len(read.encode()) * 20 > len(data) * 19 and any(character > "\u3000" for character in read):
        message = "ここに、文字として読めない部分があります。ファイルが途中で切れたか、壊れたようです"
        return error("file-damaged", place, message, "この位置の前後を打ち直すか、控えのファイルに戻してください")
    return _not_utf8(place, next((name for codec, name in _ENCODINGS.items() if _decodes(data, codec)), ""))


def _not_utf8(place: Place, guess: str) -> Diagnostic:
    seems = f"（{guess} で保存されているようです）" if guess else ""
    return error("file-not-utf8", place, f"ファイルの文字コードが UTF-8 ではありません{seems}", _SAVE)


def _decodes(data: bytes, codec: str) -> bool:
    try:
        data.decode(codec)
    except UnicodeDecodeError:
        return False
    return True


def _controls(text: str, file: str) -> Iterator[Diagnostic]:
    for match in _INVISIBLES.finditer(text):
        many = f"{len(match[0])}個続けて" if len(match[0]) > 1 else ""
        message = f"目に見えない文字（U+{ord(match[0][0]):04X}）が{many}入っています"
        hint = "この位置の前後の文字を消して、打ち直してください"
        yield error("text-control", place_in(text, match.start(), file), message, hint)


def _loose_marks(text: str, file: str) -> Iterator[Diagnostic]:
    for match in _LOOSE_MARK.finditer(text):
        message = f"「{match[1]}」と濁点・半濁点が別々の文字になっています"
        hint = f"2文字とも消して「{unicodedata.normalize('NFC', match[0])}」と打ち直してください"
        yield error("text-loose-mark", place_in(text, match.start(), file), message, hint)


def _tabs(text: str, file: str) -> Iterator[Diagnostic]:
    before = 0
    for match in _LEADING_TAB.finditer(text):
        place = place_in(text, match.start(1), file)
        if place.line != before + 1:  # a block of such lines is one slip
            hint = "タブを消し、半角の空白で字下げしてください（1段につき2文字）。下に続く行も同じです"
            yield error("yaml-tab", place, "行の先頭にタブがあります", hint)
        before = place.line


def _conflicts(text: str, file: str) -> Iterator[Diagnostic]:
    if "<<<<<<< " not in text:
        return
    for match in re.finditer(_CONFLICT, text, re.MULTILINE):
        end = place_in(text, match.end(), file).line
        message = f"ほかの人の変更との食い違いを示す行が残っています（{end}行目まで）"
        hint = "どちらの内容にするかを決めて片方を消し、<<<<<<<、=======、>>>>>>> の行も消してください"
        yield error("text-conflict", place_in(text, match.start(), file), message, hint)
