"""What is no workbook, or built to exhaust the machine: refused before anything is parsed."""

from __future__ import annotations

from collections.abc import Collection

from pipeline.documents.docx.errors import Damaged
from pipeline.documents.docx.package import Package

MAX_XML = 8 * 1024 * 1024
"""Bytes of all parts that may be parsed; a workbook has about 200 thousand. Parsed, they take twenty times as much."""
MAX_CELLS = 100_000
"""Of a sheet, empty ones included; what is formatted far down has many."""
MAX_FILLED = 40_000
"""Of all sheets; a workbook with 300 indicators has about 5,000."""
MAX_TEXT = 2_000_000
"""Characters of all cells together: a shared text counts as often as it shows."""
MAX_SHEETS = 60
MAX_AREAS = 5_000
"""Merged areas of a sheet."""
LARGE = (
    "表としては大きすぎるため、安全のため読みません。"
    "使っていない行や列の書式、貼り付けた画像などを消してもらってください。"
)
_PROGRAMS = ("vbaproject", "activex/", "macrosheets/", "macroenabled")
"""In names of parts, or in what [Content_Types].xml calls them."""
_BINARY = "Excelバイナリブック（xlsb）です。"
_CONTROLS = (
    "ボタンやチェックボックスなどの部品が置かれたブックのため、安全のため読みません。"
    "部品を消して保存し直してもらってください。書き込みは、コメントか備考欄にお願いします。"
)
_MACROS = "マクロなどのプログラムを含むブックのため、安全のため読みません。"
AS_BOOK = "Excelの「名前を付けて保存」で「Excelブック（*.xlsx）」を選び、保存し直してもらってください。"
"""What to do about a table in another format."""


def check(package: Package) -> None:
    """Refuse programs, other formats and what is too large to parse; raises ``Damaged``."""
    names = [part.lower() for part in package.parts]
    types = package.part("[Content_Types].xml") if "[Content_Types].xml" in package else b""
    if any(name.startswith("xl/") and name.endswith("workbook.bin") for name in names):
        raise Damaged(package.name, _BINARY + AS_BOOK)
    if any(word in text for word in _PROGRAMS for text in (*names, types.decode("ascii", "ignore").lower())):
        raise Damaged(package.name, _MACROS + AS_BOOK)
    if any(name.startswith("xl/ctrlprops/") for name in names):
        raise Damaged(package.name, _CONTROLS)
    if sum(package.size(part) for part in package.parts if part.lower().endswith((".xml", ".rels", ".vml"))) > MAX_XML:
        raise Damaged(package.name, LARGE)


def check_sheet(name: str, cells: int, areas: int) -> None:
    """Refuse a sheet with more than a person makes."""
    if cells > MAX_CELLS or areas > MAX_AREAS:
        raise Damaged(name, LARGE)


def check_filled(name: str, texts: Collection[str]) -> None:
    """Refuse more than people fill in: the texts of all cells that have some."""
    if len(texts) > MAX_FILLED or sum(map(len, texts)) > MAX_TEXT:
        raise Damaged(name, LARGE)
