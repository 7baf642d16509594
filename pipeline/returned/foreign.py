"""Files of other programs (.doc, .odt) that are a sheet all the same: turned into docx first, where possible."""

from __future__ import annotations

from collections.abc import Callable

from pipeline.ooxml.errors import DocxError
from pipeline.ooxml.package import Package
from pipeline.returned.guards import MAX_FILE, Refused

Convert = Callable[[bytes, str], bytes | None]
"""Turns a file of a kind (doc, odt) into docx; None where nothing here can."""

_OLE = b"\xd0\xcf\x11\xe0"
_WORD, _LOCKED = ("WordDocument".encode("utf-16-le"), "EncryptedPackage".encode("utf-16-le"))
_ODT = b"mimetypeapplication/vnd.oasis.opendocument.text"
_ODT_AT = 30
"""Where an ODF file says what it is (OpenDocument 1.3, part 2, 3.3)."""
_SAVE = "docx形式で保存し直してもらってください。"


def as_docx(data: bytes, name: str, convert: Convert) -> tuple[bytes, str]:
    """Give a docx, and a note where it was another kind of file; raises ``Refused``."""
    kind = _kind(data)
    if not kind or len(data) > MAX_FILE:
        return data, ""
    if kind == "odt":
        _check_bounds(data, name)
    made = convert(data, kind)
    if made is None:
        raise Refused(f"{kind}形式のファイルで、ここでは変換できません。{_SAVE}")
    return made, f"{kind}形式のファイルをdocxに変換して読みました。"


def _kind(data: bytes) -> str:
    if data.startswith(_OLE):
        return "doc" if _WORD in data and _LOCKED not in data else ""
    return "odt" if data[_ODT_AT : _ODT_AT + len(_ODT)] == _ODT else ""


def _check_bounds(data: bytes, name: str) -> None:
    """No other program unpacks what is built to exhaust the machine."""
    try:
        Package(data, name)
    except DocxError as fault:
        raise Refused(fault.message) from fault
