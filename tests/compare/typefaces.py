"""The layout cases in other typefaces than the report's, and a few that only these make difficult."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from functools import partial

from tests.compare.cases import CASES
from tests.compare.documents import docx_of
from tests.compare.texts import MIXED, TEXTS
from tests.documents.docx.docx_files import FONT, cell, p, package, r, row, table

_PAIRS = {
    "明朝": ("BIZ UDMincho", "BIZ UDMincho"),
    "ゴシック": ("BIZ UDGothic", "BIZ UDゴシック"),
    "P明朝とゴシック": ("BIZ UDPMincho", "BIZ UDGothic"),
    "Pゴシックと明朝": ("BIZ UDPGothic", "BIZ UD明朝 Medium"),
}
"""Typefaces of Latin and of Japanese text."""
_EXACT = '<w:spacing w:line="320" w:lineRule="exact"/>'
_LINES = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="333333"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
_PADDED = '<w:tcMar><w:left w:w="60" w:type="dxa"/><w:right w:w="60" w:type="dxa"/></w:tcMar>'
_SIGNS = (
    "“引用符”と‘単引用符’、ダッシュ—や―、三点リーダー…と‥、米印※、矢印A→B・東→西、丸囲み①②、±5℃、"
    "「§3」の×印と÷、単位（㎡・㎞・％・‰）、ギリシャ文字のαβγ、キリル文字のДЖЯ、○△□●▲■、"
)
_PLAIN_MIXED = tuple(text for text in MIXED if "&" not in text)


def in_typefaces(data: bytes, latin: str, asian: str) -> bytes:
    """Set a case in other typefaces: those that its styles name are exchanged."""
    named = f'<w:rFonts w:ascii="{latin}" w:hAnsi="{latin}" w:eastAsia="{asian}"/>'
    archive = zipfile.ZipFile(io.BytesIO(data))
    files = {name: archive.read(name) for name in archive.namelist()}
    return package(files | {"word/styles.xml": files["word/styles.xml"].replace(FONT.encode(), named.encode())})


def _refitted(make: Callable[[], bytes], pair: tuple[str, str]) -> bytes:
    return in_typefaces(make(), *pair)


def _fonts(latin: str, asian: str) -> str:
    return f'<w:rFonts w:ascii="{latin}" w:hAnsi="{latin}" w:eastAsia="{asian}"/>'


def _one_line_of_many() -> bytes:
    """Runs of all typefaces, plain, bold and slanted, share lines that are justified or not."""
    looks = [f"{_fonts(*pair)}{look}" for look in ("", "<w:b/>", "<w:i/>") for pair in _PAIRS.values()]
    body = ""
    for n in range(12):
        text = (*TEXTS, *_PLAIN_MIXED)[n % 6]
        pieces = (r(text[at : at + 11], looks[(n + at) % 12]) for at in range(0, len(text), 11))
        body += p("", f'{_EXACT}<w:jc w:val="{("left", "both")[n % 2]}"/>', extra="".join(pieces))
    return docx_of(body)


def _signs() -> bytes:
    """Signs of either script, in runs whose two typefaces give them different widths."""
    pairs = [*_PAIRS.values(), ("BIZ UDPGothic", "BIZ UDGothic"), ("BIZ UDGothic", "BIZ UDPGothic")]
    body = "".join(
        p(_SIGNS[n % 7 :] + TEXTS[n % 4], f'{_EXACT}<w:ind w:right="{n * 137}"/>', _fonts(*pairs[n % 6]))
        for n in range(24)
    )
    return docx_of(body)


def _figures() -> bytes:
    """Figures in narrow cells, where fixed widths just fit or just do not."""
    figures = ("1,234,567", "−21.4%", "R2/R3", "12.5", "100.0％", "令和2年度", "3,180 t-CO2", "45件(累計)")
    rows = []
    for n in range(40):
        jc = f'<w:jc w:val="{("left", "center", "right", "both")[n % 4]}"/>'
        look = _fonts(*list(_PAIRS.values())[n % 4]) + f'<w:sz w:val="{(18, 21)[n % 2]}"/>'
        rows.append(row(*(cell(p(figures[(n + k) % 8], jc, look), _PADDED) for k in range(6))))
    widths = [920, 970, 1010, 1110, 1270, 1400]
    return docx_of(table(widths, rows, f"<w:tblBorders>{_LINES}</w:tblBorders>"))


TYPEFACES: Mapping[str, Callable[[], bytes]] = {
    **{
        f"{name}（{title}）": partial(_refitted, make, pair)
        for title, pair in _PAIRS.items()
        for name, make in CASES.items()
    },
    "一つの行に多くの書体": _one_line_of_many,
    "どちらの書体にもある記号": _signs,
    "狭い欄の数値": _figures,
}
