"""m:oMath (22.1.2.77): formulas, part by part."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from itertools import groupby

from lxml import etree
from msgspec.structs import replace

from pipeline.documents.docx.alternatives import DRAWN
from pipeline.documents.docx.formats import RunFormat
from pipeline.documents.docx.formula import Formula, FormulaAlignment
from pipeline.documents.docx.formula_parts import (
    Accent,
    Bar,
    ColumnAlignment,
    Fence,
    Fraction,
    FractionKind,
    Function,
    Grid,
    Letters,
    Limit,
    Operator,
    Part,
    Root,
    Row,
    Scripts,
)
from pipeline.documents.docx.inlines import UNSEEN, Reading, drawn_formats
from pipeline.documents.docx.markup import MATH, OFF, W, local
from pipeline.documents.docx.run_xml import REFUSED, WITHOUT_TEXT, run_format
from pipeline.documents.docx.tree import Break, Inline
from pipeline.documents.docx.walk import ALTERNATIVES, CONTROL, elements, named

_THROUGH = named("smartTag", "customXml") | {CONTROL, ALTERNATIVES}
_INTEGRALS = frozenset("∫∬∭∮∯∰∱∲∳⨌")
"""The signs whose limits stand at their side, where nothing is said of it."""
_SIGNS = (
    str.maketrans({"-": "−", "*": "∗", "'": "′", "\n": "", **dict.fromkeys("\u2061\u2062\u2063\u2064", "")}) | UNSEEN
)
"""What is drawn for characters that mean something else in mathematics; invisible operators are not."""
_LETTERLIKE = (*range(0x2100, 0x2150), *range(0x1D400, 0x1D800))
_ALPHABETS = {
    "script": "SCRIPT", "fraktur": "FRAKTUR|BLACK-LETTER", "double-struck": "DOUBLE-STRUCK", "sans-serif": "SANS-SERIF",
    "monospace": "MONOSPACE",
}  # fmt: skip
_LINES = {"\u0305": True, "\u0304": True, "\u00af": True, "\u203e": True, "\u0332": False, "\u0333": False}
"""Accents that are lines: over the base, or under it."""
_SIDES = {"top": "hideTop", "bottom": "hideBot", "left": "hideLeft", "right": "hideRight"}
_COLUMNS: dict[str, ColumnAlignment] = {"left": "left", "right": "right"}
_CENTRED: tuple[ColumnAlignment, ...] = ("center",)
_AROUND_POINTS: tuple[ColumnAlignment, ...] = ("right", "left")
"""How pieces of equations stand to the points between them, in turn."""
_ALIGNMENTS: dict[str, FormulaAlignment] = {"left": "left", "center": "center", "right": "right"}


def read_formulas(element: etree._Element, reading: Reading) -> Iterator[Inline]:
    """Yield a formula, or the formulas of a paragraph of them (22.1.2.78), each on a line of its own."""
    if element.tag == f"{MATH}oMath":
        yield from _lines(element, reading, None)
        return
    alignment = _ALIGNMENTS.get(_said(element, "oMathParaPr", "jc"), "centerGroup")
    for formula in element.iterchildren(f"{MATH}oMath"):
        yield from _lines(formula, reading, alignment)


def _lines(element: etree._Element, reading: Reading, alignment: FormulaAlignment | None) -> Iterator[Inline]:
    """Yield the lines of a formula: one ends with a run that holds a break."""
    for is_break, line in groupby(_children(element), _is_break):
        held = [*line]
        if is_break:
            yield from (Break("line", run_format(one, reading)) for one in held)
        else:
            row = tuple(part for child in held for part in _parts(child, reading))
            run = next((run for child in held for run in child.iter(f"{MATH}r")), element)
            format_ = _drawn_format(run_format(run, reading))
            yield Formula(row, format_, alignment is not None, alignment or "centerGroup")


def _is_break(element: etree._Element) -> bool:
    return element.tag == f"{MATH}r" and element.find(f"{W}br") is not None and element.find(f"{MATH}t") is None


def _children(element: etree._Element | None) -> Iterator[etree._Element]:
    """Yield what is drawn of an element."""
    for child in () if element is None else elements(element, _THROUGH, DRAWN):
        if child.tag not in WITHOUT_TEXT and child.tag != f"{W}bookmarkStart" and not local(child).endswith("Pr"):
            yield child


def _row(element: etree._Element | None, reading: Reading) -> Row:
    """Return what stands in an element, nothing where there is none."""
    return tuple(part for child in _children(element) for part in _parts(child, reading))


def _inner(element: etree._Element, name: str, reading: Reading) -> Row:
    return _row(element.find(MATH + name), reading)


def _parts(element: etree._Element, reading: Reading) -> Iterator[Part]:
    tag = str(element.tag)
    read = _READERS.get(local(element)) if tag.startswith(MATH) else None
    if read is None:
        construct = REFUSED.get(tag) or _REFUSED.get(local(element), "そのほかの要素")
        raise reading.context.refuse(construct if tag in REFUSED else f"数式の中の{construct}", element)
    yield from read(element, reading)


def _said(element: etree._Element, *names: str, default: str = "") -> str:
    """Return what a property of an element says, also "" for itself; the default where it is absent."""
    found = element.find("/".join(MATH + name for name in names))
    return default if found is None else found.get(f"{MATH}val", "")


def _is_set(element: etree._Element, *names: str, default: bool = False) -> bool:
    return _said(element, *names, default="1" if default else "0") not in OFF


def _control(element: etree._Element, reading: Reading) -> RunFormat:
    """Return the format of the signs that a part has of itself (22.1.2.23)."""
    control = element.find(f"{MATH}{local(element)}Pr/{MATH}ctrlPr")
    return _drawn_format(reading.look.base if control is None else run_format(control, reading))


def _drawn_format(run: RunFormat) -> RunFormat:
    full, _ = drawn_formats(replace(run, script="", spacing=0.0, stretch=1.0))
    return full


# -- runs


def _letters(element: etree._Element, reading: Reading) -> Iterator[Part]:
    said, run = element.find(f"{MATH}rPr"), run_format(element, reading)
    if said is not None and (said.find(f"{MATH}brk") is not None or said.find(f"{MATH}aln") is not None):
        raise reading.context.refuse("数式の中の改行・位置合わせ", element)
    style = _said(element, "rPr", "sty", default="i")
    is_word = _is_set(element, "rPr", "nor")
    text = "".join(_texts(element, reading))
    if not is_word:
        text = "".join(map(_alphabet(_said(element, "rPr", "scr")).get, text, text))
        run = replace(run, bold=run.bold or style in ("b", "bi"), italic=False)
    if text and not run.hidden:
        yield Letters(text, _drawn_format(run), is_italic=not is_word and style in ("i", "bi"), is_word=is_word)


def _texts(element: etree._Element, reading: Reading) -> Iterator[str]:
    for child in _children(element):
        if child.tag not in (f"{MATH}t", f"{W}t"):
            raise reading.context.refuse(REFUSED.get(str(child.tag), "数式の中のそのほかの要素"), child)
        text = (child.text or "").translate(UNSEEN)
        yield text if _is_set(element, "rPr", "nor") else text.translate(_SIGNS)


@cache
def _alphabet(name: str) -> Mapping[str, str]:
    """Return the letters of an alphabet of its own (22.1.2.94) by their plain ones."""
    words = re.compile(rf"(MATHEMATICAL )?({_ALPHABETS.get(name, name)}) (CAPITAL|SMALL|DIGIT) \w+")
    signs = (chr(code) for code in _LETTERLIKE) if name in _ALPHABETS else ()
    return {unicodedata.normalize("NFKC", one): one for one in signs if words.fullmatch(unicodedata.name(one, ""))}


# -- parts


def _fraction(element: etree._Element, reading: Reading) -> Iterator[Part]:
    kind = _KINDS.get(_said(element, "fPr", "type"), "bar")
    over, under = (_inner(element, name, reading) for name in ("num", "den"))
    yield Fraction(over, under, kind, _control(element, reading))


def _scripts(element: etree._Element, reading: Reading) -> Iterator[Part]:
    base, above, below = (_inner(element, name, reading) for name in ("e", "sup", "sub"))
    yield Scripts(base, above, below, leads=element.tag == f"{MATH}sPre")


def _root(element: etree._Element, reading: Reading) -> Iterator[Part]:
    degree = () if _is_set(element, "radPr", "degHide") else _inner(element, "deg", reading)
    yield Root(_inner(element, "e", reading), degree, _control(element, reading))


def _operator(element: etree._Element, reading: Reading) -> Iterator[Part]:
    sign = _said(element, "naryPr", "chr", default="∫")
    place = _said(element, "naryPr", "limLoc", default="subSup" if sign in _INTEGRALS else "undOvr")
    above, below = (
        () if _is_set(element, "naryPr", f"{name}Hide") else _inner(element, name, reading) for name in ("sup", "sub")
    )
    base = _inner(element, "e", reading)
    yield Operator(sign, base, above, below, place == "subSup", _control(element, reading))


def _fence(element: etree._Element, reading: Reading) -> Iterator[Part]:
    opening, closing, separator = (
        _said(element, "dPr", name, default=usual)
        for name, usual in (("begChr", "("), ("endChr", ")"), ("sepChr", "|"))
    )
    rows = tuple(_row(inner, reading) for inner in element.iterchildren(f"{MATH}e"))
    grows = _is_set(element, "dPr", "grow", default=True)
    yield Fence(opening, closing, separator, rows, grows, _control(element, reading))


def _limit(element: etree._Element, reading: Reading) -> Iterator[Part]:
    base, limit = (_inner(element, name, reading) for name in ("e", "lim"))
    yield Limit(base, limit, is_above=element.tag == f"{MATH}limUpp")


def _accent(element: etree._Element, reading: Reading) -> Iterator[Part]:
    sign, base = _said(element, "accPr", "chr", default="\u0302"), _inner(element, "e", reading)
    if sign in _LINES:
        yield Bar(base, frozenset({"top" if _LINES[sign] else "bottom"}), _control(element, reading))
    else:
        yield Accent(base, sign, True, False, _control(element, reading))


def _brace(element: etree._Element, reading: Reading) -> Iterator[Part]:
    sign = _said(element, "groupChrPr", "chr", default="⏟")
    is_above = _said(element, "groupChrPr", "pos", default="bot") == "top"
    yield Accent(_inner(element, "e", reading), sign, is_above, True, _control(element, reading))


def _bar(element: etree._Element, reading: Reading) -> Iterator[Part]:
    side = "top" if _said(element, "barPr", "pos", default="bot") == "top" else "bottom"
    yield Bar(_inner(element, "e", reading), frozenset({side}), _control(element, reading))


def _frame(element: etree._Element, reading: Reading) -> Iterator[Part]:
    said = element.find(f"{MATH}borderBoxPr")
    if any(local(each).startswith("strike") for each in (() if said is None else said)):
        raise reading.context.refuse("数式の中の取り消し線", element)
    sides = frozenset(side for side, hides in _SIDES.items() if not _is_set(element, "borderBoxPr", hides))
    yield Bar(_inner(element, "e", reading), sides, _control(element, reading))


def _box(element: etree._Element, reading: Reading) -> Iterator[Part]:
    yield from _inner(element, "e", reading)


def _function(element: etree._Element, reading: Reading) -> Iterator[Part]:
    yield Function(_inner(element, "fName", reading), _inner(element, "e", reading))


def _grid(element: etree._Element, reading: Reading) -> Iterator[Part]:
    rows = tuple(
        tuple(_row(cell, reading) for cell in row.iterchildren(f"{MATH}e")) for row in element.iterchildren(f"{MATH}mr")
    )
    columns = max(map(len, rows), default=0)
    said: list[ColumnAlignment] = []
    for column in element.iterfind(f"{MATH}mPr/{MATH}mcs/{MATH}mc"):
        count = min(columns, int(_said(column, "mcPr", "count", default="1")))
        said += [_COLUMNS.get(_said(column, "mcPr", "mcJc"), "center")] * count
    yield Grid(rows, tuple([*said, *_CENTRED * columns][:columns]), touch=False)


def _equations(element: etree._Element, reading: Reading) -> Iterator[Part]:
    rows = [tuple(_cells(_row(inner, reading))) for inner in element.iterchildren(f"{MATH}e")]
    columns = max(map(len, rows), default=0)
    yield Grid(tuple(rows), (_CENTRED if columns == 1 else _AROUND_POINTS * columns)[:columns], touch=True)


def _cells(row: Row) -> Iterator[Row]:
    """Yield the pieces of an equation between the signs that mark where it is aligned (22.1.2.34)."""
    cell: list[Part] = []
    for part in row:
        for index, piece in enumerate(_between_marks(part)):
            if index:
                yield tuple(cell)
                cell.clear()
            cell += piece
    yield tuple(cell)


def _between_marks(part: Part) -> Iterator[Row]:
    if not isinstance(part, Letters) or part.is_word:
        yield (part,)
        return
    for text in part.text.split("&"):
        yield (replace(part, text=text),) if text else ()


_KINDS: dict[str, FractionKind] = {"noBar": "noBar", "skw": "skw", "lin": "lin"}
_REFUSED = {"phant": "「ファントム」"}
_READERS: dict[str, Callable[[etree._Element, Reading], Iterator[Part]]] = {
    "r": _letters,
    "f": _fraction,
    "sSub": _scripts,
    "sSup": _scripts,
    "sSubSup": _scripts,
    "sPre": _scripts,
    "rad": _root,
    "nary": _operator,
    "d": _fence,
    "limLow": _limit,
    "limUpp": _limit,
    "acc": _accent,
    "groupChr": _brace,
    "bar": _bar,
    "borderBox": _frame,
    "box": _box,
    "func": _function,
    "m": _grid,
    "eqArr": _equations,
}
