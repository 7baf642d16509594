"""Word files as clerks write them: typefaces of Windows, grids, automatic spaces, table styles with regions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from tests.compare.documents import MARGIN, docx_of
from tests.compare.texts import MIXED, TEXTS
from tests.documents.docx.docx_files import cell, p, row, section, table

_STYLE = (
    "<w:style w:type='table' w:styleId='Striped'><w:name w:val='縞'/><w:tblPr><w:tblBorders>"
    "<w:top w:val='single' w:sz='8'/><w:bottom w:val='single' w:sz='8'/><w:insideH w:val='single' w:sz='4'/>"
    "</w:tblBorders></w:tblPr><w:tblStylePr w:type='firstRow'><w:rPr><w:b/></w:rPr><w:tcPr><w:shd w:val='clear'"
    " w:fill='4472C4'/></w:tcPr></w:tblStylePr><w:tblStylePr w:type='band1Horz'><w:tcPr><w:shd w:val='pct20'"
    " w:color='4472C4' w:fill='FFFFFF'/></w:tcPr></w:tblStylePr></w:style>"
)
_LOOK = "<w:tblStyle w:val='Striped'/><w:tblLook w:val='0420'/>"
_MINCHO = "<w:rFonts w:ascii='Century' w:hAnsi='Century' w:eastAsia='ＭＳ 明朝'/><w:sz w:val='21'/>"
_GOTHIC = "<w:rFonts w:ascii='ＭＳ ゴシック' w:hAnsi='ＭＳ ゴシック' w:eastAsia='ＭＳ ゴシック'/><w:sz w:val='21'/>"
_SINGLE = "<w:spacing w:line='240' w:lineRule='auto'/>"
_PLAIN = tuple(text for text in MIXED if "&" not in text)


def _notice(grid: str) -> bytes:
    """A notice: a date at the right, a heading in the middle, items, and text in ＭＳ 明朝 on a grid."""
    body = p("令和３年７月１日", f"<w:jc w:val='right'/><w:wordWrap w:val='0'/>{_SINGLE}", _MINCHO)
    body += p("評価シートの提出について（依頼）", f"<w:jc w:val='center'/>{_SINGLE}", _GOTHIC)
    body += "".join(p(text, f"<w:ind w:firstLine='210'/><w:jc w:val='both'/>{_SINGLE}", _MINCHO) for text in TEXTS)
    body += "".join(p(text, f"<w:ind w:left='420' w:hanging='210'/>{_SINGLE}", _MINCHO) for text in _PLAIN)
    page = section(11906, 16838, extra=grid, margin=MARGIN)
    return docx_of(body, page)


def _automatic_spaces() -> bytes:
    auto = "<w:spacing w:beforeAutospacing='1' w:afterAutospacing='1' w:line='240' w:lineRule='auto'/>"
    body = "".join(p(text, auto if n % 3 else _SINGLE, _MINCHO) for n, text in enumerate((*TEXTS, *_PLAIN)))
    return docx_of(body, section(11906, 16838, margin=MARGIN))


def _striped_table() -> bytes:
    rows = [row(*(cell(p(text[at : at + 14], _SINGLE, _MINCHO)) for at in (0, 14, 28))) for text in (*TEXTS, *_PLAIN)]
    return docx_of(table([3000, 3000, 3000], rows, _LOOK), styles=_STYLE)


def _held_tables() -> bytes:
    """A form whose cells hold tables, one of which goes on over a page."""
    sides = "".join(f"<w:{side} w:val='single' w:sz='4'/>" for side in ("top", "left", "bottom", "right", "insideH"))
    lined = f"<w:tblBorders>{sides}</w:tblBorders>"
    texts = (*TEXTS, *_PLAIN)
    items = [
        row(cell(p(str(n), _SINGLE, _GOTHIC)), cell(p(texts[n % len(texts)][:60], _SINGLE, _MINCHO))) for n in range(40)
    ]
    short, long = (table([1600, 4400], items[:count], lined) for count in (3, 40))
    held = (p("次のとおり", _SINGLE, _MINCHO) + short + p(), short + p("以上", _SINGLE, _MINCHO), long + p())
    rows = [row(cell(p("名", _SINGLE, _GOTHIC)), cell(one)) for one in held]
    return docx_of(table([2000, 6400], rows, lined) + p("終わり", _SINGLE, _MINCHO))


WORD_FILES: Mapping[str, Callable[[], bytes]] = {
    "通知（行のグリッド線）": partial(_notice, "<w:docGrid w:type='lines' w:linePitch='360'/>"),
    "通知（グリッド線なし）": partial(_notice, ""),
    "自動の段落間隔": _automatic_spaces,
    "縞の表": _striped_table,
    "表の中の表": _held_tables,
}
