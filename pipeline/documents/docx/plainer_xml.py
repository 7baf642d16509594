"""What is drawn more plainly than Word shows it: ornaments only, never a word, and always told.

A part is changed before it is read: what would be refused in it is made the nearest thing that is drawn. So only what a
PDF alone is made of is drawn so; in a report the same is refused by its readers.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from lxml import etree

from pipeline.documents.docx.alternatives import is_shown
from pipeline.documents.docx.border_xml import is_drawn
from pipeline.documents.docx.colours_xml import read_colour
from pipeline.documents.docx.lettering_xml import make_text
from pipeline.documents.docx.markup import (
    VAL,
    W14,
    WP,
    WPS,
    A,
    V,
    W,
    is_on,
    is_on_attribute,
    local,
    nearby,
    number,
    remove,
)
from pipeline.documents.docx.numerals import NUMERALS
from pipeline.documents.docx.plainer import Plainer
from pipeline.documents.docx.text_effects_xml import visible_effect
from pipeline.documents.docx.vml_values import colour

_Colours = Mapping[str, str]
_Change = Callable[[etree._Element, _Colours], bool]
"""Makes an element plainer, and returns whether there was anything to be made so."""
_FACES = tuple(f"{W}{name}" for name in ("outline", "shadow", "emboss", "imprint"))
_EFFECTS = tuple(f"{W14}{name}" for name in ("glow", "shadow", "reflection", "props3d", "textOutline", "textFill"))
_SHAPES = f"{A}effectLst", f"{A}effectDag", f"{A}scene3d"
_STRIPES = {"horzStripe", "vertStripe", "reverseDiagStripe", "diagStripe", "horzCross", "diagCross"}
_BORDERS: Mapping[str, str] = {
    "wave": "single", "doubleWave": "double", "dashDotStroked": "dotDash", "threeDEmboss": "single",
    "threeDEngrave": "single", "outset": "single", "inset": "single",
}  # fmt: skip
_SIDES = tuple(W + side for side in ("top", "bottom", "left", "right", "start", "end", "insideH", "insideV", "bdr"))
_GRIDS = {"snapToChars": "linesAndChars"}
_FRAMES = {"none": "notBeside", "tight": "around", "through": "around"}
_RECTANGLES = frozenset({"wrapTight", "wrapThrough"})
_NAMING = tuple(f"{W}{name}" for name in ("pStyle", "rStyle", "tblStyle"))
_MIDDLE = 50_000


def make_plainer(root: etree._Element, colours: _Colours, plainer: Plainer | None) -> None:
    """Make a part plainer, and note what of it Word shows, if it shows any; ``colours`` are those of the theme."""
    for tags, what, change in CHANGES:
        for element in [*root.iter(*tags)]:
            holder = element.getparent()
            is_new = change(element, colours) and plainer is not None and what not in plainer.found
            if is_new and plainer is not None and holder is not None and is_shown(holder):
                plainer.add(what, nearby(holder))


def make_styles_plainer(styles: etree._Element, document: etree._Element, colours: _Colours, plainer: Plainer) -> None:
    """Do the same with the styles, and note what those hold that a document uses."""
    named: list[etree._Element] = [*document.iter(*_NAMING), *styles.iter(f"{W}basedOn")]
    used = {element.get(VAL) for element in named}
    for child in styles:
        is_used = child.get(f"{W}styleId") in used or is_on_attribute(child, "default") or local(child) != "style"
        make_plainer(child, colours, plainer if is_used else None)


def _off(element: etree._Element, colours: _Colours) -> bool:
    was_on = is_on(element)
    element.set(VAL, "0")
    return was_on


def _effect(element: etree._Element, colours: _Colours) -> bool:
    is_seen = visible_effect(element) is not None
    remove(element)
    return is_seen


def _effects_of_shape(element: etree._Element, colours: _Colours) -> bool:
    held = len(element)
    element[:] = []
    return bool(held)


def _effects_of_style(element: etree._Element, colours: _Colours) -> bool:
    """A style names effects by their number; what a theme has under it may be nothing, so it is not told."""
    element.set("idx", "0")
    return False


def _fill_of_style(element: etree._Element, colours: _Colours) -> bool:
    """Tell of a style beyond the first, which are gradients in themes of Word, where a shape has no fill of its own."""
    shape = next(element.iterancestors(f"{WPS}wsp"), None)
    own = None if shape is None else shape.find(f"{WPS}spPr")
    is_filled = own is not None and any(local(child).endswith("Fill") for child in own)
    return element.get("idx", "0") in ("2", "3") and own is not None and not is_filled


def _old_shadow(element: etree._Element, colours: _Colours) -> bool:
    is_seen = element.get("on", "f") in ("t", "true", "1")
    remove(element)
    return is_seen


def _gradient(element: etree._Element, colours: _Colours) -> bool:
    """Put one colour in the place of several: their mean, else, in a theme, the one in the middle."""
    stops = [*element.iter(f"{A}gs")]
    known = [one for one in (read_colour(stop, colours) for stop in stops) if one]
    plain = etree.Element(f"{A}solidFill")
    if known and len(known) == len(stops):
        etree.SubElement(plain, f"{A}srgbClr").set("val", _mean(known))
    elif stops:
        middle = min(stops, key=lambda stop: abs(number(stop.get("pos", "0").rstrip("%")) - _MIDDLE))
        plain.extend(list(middle))
    return _replaced(element, plain)


def _pattern(element: etree._Element, colours: _Colours) -> bool:
    found = (read_colour(element.find(A + name), colours) for name in ("fgClr", "bgClr"))
    plain = etree.Element(f"{A}solidFill")
    etree.SubElement(plain, f"{A}srgbClr").set("val", _mean([one or "FFFFFF" for one in found]))
    return _replaced(element, plain)


def _replaced(element: etree._Element, plain: etree._Element) -> bool:
    holder = element.getparent()
    if holder is not None:
        holder.replace(element, plain)
    return holder is not None and not local(holder).endswith("StyleLst")


def _mean(colours: list[str]) -> str:
    parts = zip(*map(bytes.fromhex, colours), strict=True)
    return bytes(round(sum(part) / len(colours)) for part in parts).hex().upper()


def _old_fill(element: etree._Element, colours: _Colours) -> bool:
    shape = element.getparent()
    if shape is None or element.get("type", "solid") in ("solid", "frame", "tile"):
        return False
    first = shape.get("fillcolor") or element.get("color") or "white"
    second = element.get("color2", "white")
    element.attrib.pop("type")
    shape.set("fillcolor", f"#{_mean([colour(first), colour(first if 'fill' in second else second)])}")
    return True


def _old_line(element: etree._Element, colours: _Colours) -> bool:
    said = [
        element.attrib.pop(name, plain) != plain for name, plain in (("linestyle", "single"), ("filltype", "solid"))
    ]
    return any(said)


def _recoloured(element: etree._Element, colours: _Colours) -> bool:
    changes = [child for child in element if child.tag != f"{A}extLst"]
    for child in changes:
        element.remove(child)
    return bool(changes)


def _old_recoloured(element: etree._Element, colours: _Colours) -> bool:
    said = [element.attrib.pop(name, "f") for name in ("gain", "blacklevel", "gamma", "grayscale", "bilevel")]
    return any(value not in ("1", "0", "f") for value in said)


def _words(element: etree._Element, colours: _Colours) -> bool:
    is_words = element.get(VAL) == "words"
    if is_words:
        element.set(VAL, "single")
    return is_words


def _shading(element: etree._Element, colours: _Colours) -> bool:
    pattern = element.get(VAL, "clear")
    is_thin = pattern.startswith("thin")
    known = (pattern[4:5].lower() + pattern[5:] if is_thin else pattern) in _STRIPES
    if known:
        element.set(VAL, "pct25" if is_thin else "pct50")
    return known


def _border(element: etree._Element, colours: _Colours) -> bool:
    kind, holder = element.get(VAL, "none"), element.getparent()
    raised = [element.attrib.pop(f"{W}{name}", "0") for name in ("shadow", "frame") if is_on_attribute(element, name)]
    if kind in _BORDERS:
        element.set(VAL, _BORDERS[kind])
    elif holder is not None and local(holder) == "pgBorders" and not is_drawn(kind):
        element.set(VAL, "thick")  # art: as many pictures in a row
    elif local(element) == "bdr" and kind.startswith("thi") and "Thi" in kind:
        element.set(VAL, "double")
    return bool(raised) or element.get(VAL, "none") != kind


def _border_beside(element: etree._Element, colours: _Colours) -> bool:
    remove(element)
    return element.get(VAL, "none") not in ("nil", "none")


def _tab(element: etree._Element, colours: _Colours) -> bool:
    is_bar, is_heavy = element.get(VAL) == "bar", element.get(f"{W}leader") == "heavy"
    if is_bar:
        remove(element)
    elif is_heavy:
        element.set(f"{W}leader", "underscore")
    return is_bar or is_heavy


def _hidden_row(element: etree._Element, colours: _Colours) -> bool:
    row = element.getparent()
    remove(element)
    return row is not None and local(row) == "trPr"


def _gone(element: etree._Element, colours: _Colours) -> bool:
    remove(element)
    return True


def _outline(element: etree._Element, colours: _Colours) -> bool:
    """Take out the outline along which text goes around something; then it goes around a rectangle."""
    kind = element.getparent()
    remove(element)
    points = {(point.get("x"), point.get("y")) for point in element}
    is_free = any(len({point[at] for point in points}) > 2 for at in (0, 1))
    return is_free and kind is not None and local(kind) in _RECTANGLES


def _warp(element: etree._Element, colours: _Colours) -> bool:
    remove(element)
    return element.get("prst", "textNoShape") != "textNoShape"


def _in_one_line(element: etree._Element, colours: _Colours) -> bool:
    remove(element)
    return any(is_on_attribute(element, name) for name in ("combine", "vert"))


def _without(attribute: str, *harmless: str) -> _Change:
    """Return what takes an attribute away, and whether it said anything but what is harmless."""

    def change(element: etree._Element, colours: _Colours) -> bool:
        return element.attrib.pop(attribute, harmless[0]) not in harmless

    return change


def _instead(attribute: str, others: Mapping[str, str]) -> _Change:
    """Return what puts the nearest value that is drawn in the place of others."""

    def change(element: etree._Element, colours: _Colours) -> bool:
        value = element.get(attribute, "")
        element.attrib.update({attribute: others[value]} if value in others else {})
        return value in others

    return change


def _numerals(element: etree._Element, colours: _Colours) -> bool:
    """Number pages in figures where the kind of numerals is not known."""
    kind = element.get(f"{W}fmt", "decimal")
    if kind not in NUMERALS:
        element.set(f"{W}fmt", "decimal")
    return kind not in NUMERALS


def _loose_frame(element: etree._Element, colours: _Colours) -> bool:
    """Take out a frame that no paragraph follows to which it could be tied, and one in a cell, a box or a style."""
    is_inline = element.get(f"{W}yAlign") == "inline"
    paragraph = next(element.iterancestors(f"{W}p"), None)
    following = None if paragraph is None else paragraph.getnext()
    is_held = next(element.iterancestors(f"{W}tc", f"{W}txbxContent", f"{W}style"), None) is not None
    is_loose = is_held or following is None or local(following) in ("tbl", "sectPr")
    if is_loose or is_inline:
        remove(element)
    return is_loose and not is_inline


CHANGES: tuple[tuple[tuple[str, ...], str, _Change], ...] = (
    (_FACES, "影付き・中抜き・浮き出しなどの文字（ふつうの文字で）", _off),
    (_EFFECTS, "光彩・影・輪郭などの効果を付けた文字（ふつうの文字で）", _effect),
    (_SHAPES, "影や光彩などの効果を付けた図や図形（効果なしで）", _effects_of_shape),
    ((f"{A}effectRef",), "", _effects_of_style),
    ((f"{V}shadow",), "影や光彩などの効果を付けた図や図形（効果なしで）", _old_shadow),
    ((f"{A}gradFill",), "グラデーションの図形や線（平均の色で）", _gradient),
    ((f"{A}fillRef",), "グラデーションの図形や線（平均の色で）", _fill_of_style),
    ((f"{A}pattFill",), "パターンで塗りつぶした図形（平均の色で）", _pattern),
    ((f"{V}fill",), "グラデーションやパターンの図形（平均の色で）", _old_fill),
    ((f"{A}ln",), "多重線の図形の枠線（一重線で）", _without("cmpd", "sng")),
    ((f"{V}stroke",), "多重線やパターンの図形の枠線（一重線で）", _old_line),
    ((f"{A}blip",), "色や明るさを変えた図（元の色で）", _recoloured),
    ((f"{V}imagedata",), "色や明るさを変えた図（元の色で）", _old_recoloured),
    ((f"{WP}wrapPolygon",), "図形の輪郭に沿った折り返し（四角形に沿って）", _outline),
    ((f"{WPS}bodyPr",), "段組みのテキスト ボックス（1段で）", _without("numCol", "1", "0")),
    ((f"{V}textpath",), "ワードアート・透かし（ふつうの文字で）", lambda element, colours: make_text(element)),
    ((f"{A}prstTxWarp",), "変形したワードアート（まっすぐな文字で）", _warp),
    ((f"{W}u",), "文字だけの下線（空白にも引いて）", _words),
    ((f"{W}shd",), "網かけの模様（平均の色で）", _shading),
    (_SIDES, "波線・絵柄・立体の罫線（ふつうの線で）", _border),
    ((f"{W}eastAsianLayout",), "縦中横・割注（ふつうの文字の並びで）", _in_one_line),
    ((f"{WPS}bodyPr",), "回転したテキスト ボックスの文字（図形に沿って）", _without("rot", "0")),
    ((f"{WPS}linkedTxbx",), "リンクされたテキスト ボックス（文字を最初の枠に入れて）", _gone),
    (
        (f"{WP}positionH", f"{WP}positionV"),
        "見開きの内側・外側に合わせた図形の位置（右のページの位置で）",
        _instead("relativeFrom", {"insideMargin": "leftMargin", "outsideMargin": "rightMargin"}),
    ),
    ((f"{W}between", f"{W}bar"), "段落の横の線・段落間の線（線なしで）", _border_beside),
    ((f"{W}tab",), "縦線のタブと太いリーダー（ふつうのタブで）", _tab),
    (
        (f"{W}docGrid",),
        "文字グリッド線（行と文字の間隔だけで）",
        _instead(f"{W}type", _GRIDS),
    ),
    ((f"{W}pgNumType",), "章番号の付いたページ番号（章番号なしで）", _without(f"{W}chapStyle", "0")),
    ((f"{W}pgNumType",), "ページ番号の形式（1, 2, 3で）", _numerals),
    ((f"{W}framePr",), "レイアウト枠の折り返し（四角形に沿って）", _instead(f"{W}wrap", _FRAMES)),
    ((f"{W}framePr",), "余白に表示するドロップ キャップ（本文の中で）", _instead(f"{W}dropCap", {"margin": "drop"})),
    ((f"{W}framePr",), "表の前やセルの中のレイアウト枠（枠なしで）", _loose_frame),
    ((f"{W}hidden",), "隠し文字の行（ふつうの行で）", _hidden_row),
    ((f"{W}cs",), "複合文字の書式（ふつうの書式で）", _off),
    ((f"{W}mirrorIndents",), "左右のページで入れ替わるインデント（入れ替えずに）", _off),
    ((f"{W}topLinePunct",), "行頭の約物を詰める設定（詰めずに）", _off),
    ((f"{W}lnNumType",), "行番号（番号なしで）", _gone),
    ((f"{W}background",), "ページの背景の色や図（Wordの標準の印刷と同じく、背景なしで）", _gone),
)
"""Elements, what they are and how they are drawn instead, and what is done to them."""
