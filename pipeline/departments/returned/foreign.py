"""Files of other programs (.doc, .odt) that are a sheet all the same: turned into docx first, where possible."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress

from pipeline.departments.returned.guards import MAX_FILE, OLD_OR_LOCKED, Refused
from pipeline.documents.docx.errors import DocxError
from pipeline.documents.docx.package import Package
from pipeline.documents.xlsx.guards import AS_BOOK

Convert = Callable[[bytes, str], bytes | None]
"""Turns a file of a kind (doc, odt) into docx; None where nothing here can."""

_MAIL = "電子メールのファイルです。メールを開いて、添付されているシート（docx）を取り出して置いてください。"
_LOCKED = (
    "パスワードで保護されたファイルです。パスワードを外し、送った形式（docxかxlsx）で保存し直してもらってください。"
)
_OLD_BOOK = f"古い形式のExcelブック（.xls）です。{AS_BOOK}"
_STREAMS = (
    ("__properties_version1.0", ".msg", _MAIL),
    ("__substg1.0_", ".msg", _MAIL),
    ("EncryptedPackage", "", _LOCKED),
    ("WordDocument", ".doc", ""),
    ("Workbook", ".xls", _OLD_BOOK),
    ("Book", ".xls", _OLD_BOOK),
    ("PowerPoint Document", ".ppt", "PowerPointのファイルです。"),
    ("VisioDocument", ".vsd", "Visioのファイルです。"),
    ("JSRV_SegmentInformation", ".jtd", "一太郎のファイルです。"),
    ("DocumentText", ".jtd", "一太郎のファイルです。"),
)
"""Streams in compound files ([MS-CFB]): their names, the files' usual ending, and what is said of such a file.

An attached or embedded file has its streams there too: the ending decides then, or else their order here.
"""
_HEADER = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:From [^\r\n]*\r?\n)?(?:[A-Za-z][A-Za-z0-9-]*:[^\r\n]*\r?\n(?:[ \t]+[^\r\n]*\r?\n)*)*?"
    rb"(?:Received|MIME-Version|Message-ID|Return-Path|From|Date):[ \t]",
    re.IGNORECASE,
)
"""The head of a mail (RFC 5322, 2.2)."""
_HEAD = 20_000
_OUTLOOK = b"\x78\x9f\x3e\x22"
"""Begins winmail.dat, in which Outlook wraps attachments ([MS-OXTNEF])."""
_ODT = b"mimetypeapplication/vnd.oasis.opendocument.text"
_ODT_AT = 30
"""Where an ODF file says what it is (OpenDocument 1.3, part 2, 3.3)."""
_ODS = b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet"
_TABLES = (".csv", ".tsv")
"""How files end that have no beginning to know them by, and none of the looks of a table."""
_OTHERS = (
    (b"%PDF", "PDFのファイルです。"),
    (b"\xff\xd8", "写真などの画像です。"),
    (b"\x89PNG", "写真などの画像です。"),
    (b"{\\rtf", "リッチテキスト（rtf）のファイルです。"),
)
"""What departments send by mistake, by its first bytes."""
_PACKED = {"ppt/": "PowerPointのファイルです。"}
"""The same, by the folders in a package."""
_ANSWER = "送付したシートに記入し、docx形式のまま出してもらってください。"
_ZIP = b"PK\x03\x04"
_UNPACK = "圧縮したファイル（zip）です。中のファイルを取り出して置いてください。"
_SAVE = "docx形式で保存し直してもらってください。"


def is_workbook(data: bytes, name: str) -> bool:
    """Return whether a file is a workbook (xlsx); raises ``Refused`` where it is a table of another format."""
    if name.lower().endswith(_TABLES) and not data.startswith(_ZIP):
        raise Refused(f"CSVなどの文字だけのファイルです。送付した記入表を開いて記入し、{AS_BOOK}")
    if data[_ODT_AT : _ODT_AT + len(_ODS)] == _ODS:
        raise Refused(f"OpenDocumentの表計算（ods）です。{AS_BOOK}")
    if not data.startswith(_ZIP) or len(data) > MAX_FILE:
        return False
    with suppress(DocxError):  # a package that is damaged is refused with its own words
        folders = {part.partition("/")[0].lower() for part in Package(data, name).parts}
        return "xl" in folders and "word" not in folders
    return False


def as_docx(data: bytes, name: str, convert: Convert) -> tuple[bytes, str]:
    """Return a docx, and a note where it was another kind of file; raises ``Refused``."""
    _check_is_sheet(data, name)
    kind = _kind(data)
    if not kind or len(data) > MAX_FILE:
        return data, ""
    if kind == "odt":
        _check_bounds(data, name)
    made = convert(data, kind)
    if made is None:
        raise Refused(f"{kind}形式のファイルで、ここでは変換できません。{_SAVE}")
    return made, f"{kind}形式のファイルをdocxに変換して読みました。"


def _check_is_sheet(data: bytes, name: str) -> None:
    """Refuse what is certainly something else, with what it is."""
    if not data:
        raise Refused(f"中身のない（0バイトの）ファイルです。{_ANSWER}")
    for what in (what for start, what in _OTHERS if data.startswith(start)):
        raise Refused(f"{what}{_ANSWER}")
    if data.startswith(_OUTLOOK) or _HEADER.match(data[:_HEAD]):
        raise Refused(_MAIL)
    if data.startswith(OLD_OR_LOCKED):
        _check_compound(data, name)
    if not data.startswith(_ZIP) or len(data) > MAX_FILE:
        return
    with suppress(DocxError):  # a package that is damaged is refused with its own words
        parts = Package(data, name).parts
        for what in (what for folder, what in _PACKED.items() if any(part.startswith(folder) for part in parts)):
            raise Refused(f"{what}{_ANSWER}")
        if not any(part.startswith(("[Content_Types].xml", "mimetype", "word/")) for part in parts):
            raise Refused(_UNPACK)


def _check_compound(data: bytes, name: str) -> None:
    """Refuse a compound file that is no document of an older Word."""
    found = [one for one in _STREAMS if one[0].encode("utf-16-le") in data]
    named = [one for one in found if one[1] and name.lower().endswith(one[1])]
    for _, ending, what in (named or found)[:1]:
        if what:
            raise Refused(f"{what}{'' if ending in ('', '.msg', '.xls') else _ANSWER}")


def _kind(data: bytes) -> str:
    if data.startswith(OLD_OR_LOCKED):
        return "doc" if "WordDocument".encode("utf-16-le") in data else ""
    return "odt" if data[_ODT_AT : _ODT_AT + len(_ODT)] == _ODT else ""


def _check_bounds(data: bytes, name: str) -> None:
    """No other program unpacks what is built to exhaust the machine."""
    try:
        Package(data, name)
    except DocxError as fault:
        raise Refused(fault.message) from fault
