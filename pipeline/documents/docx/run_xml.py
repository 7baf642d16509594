"""w:r (17.3.2.25): what stands in a run, and the fields that runs begin and end."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator

from lxml import etree

from pipeline.documents.docx.alternatives import DRAWN
from pipeline.documents.docx.characters import NO_BREAK_HYPHEN, character, shown, written
from pipeline.documents.docx.context import Context
from pipeline.documents.docx.drawing_xml import read_drawing
from pipeline.documents.docx.enclosed import enclosed
from pipeline.documents.docx.fields import Field, is_date, link_of, numerals, take_part, treatment, words
from pipeline.documents.docx.formats import RunFormat
from pipeline.documents.docx.inlines import Reading, drawn_formats
from pipeline.documents.docx.markup import W16SE, XML_SPACE, V, W, child_value, inside, nearby, spelling
from pipeline.documents.docx.notes_xml import MARKS, REFERENCES, refer
from pipeline.documents.docx.paragraph_format_xml import LEADERS, TABS
from pipeline.documents.docx.ruby_xml import read_ruby
from pipeline.documents.docx.run_format_xml import read_run_changes
from pipeline.documents.docx.tree import Break, Inline, Link, PageField, Tab
from pipeline.documents.docx.walk import ALTERNATIVES, COMMENT_ANCHORS, elements, named

NO_BRANCH = "代わりの表示のない拡張機能（テキストボックス・図形など）"
"""What alternate content is called in which nothing can be chosen."""
REFUSED = {
    ALTERNATIVES: NO_BRANCH,
    f"{W}ins": "変更履歴（挿入）",
    f"{W}del": "変更履歴（削除）",
    f"{W}moveFrom": "変更履歴（移動）",
    f"{W}moveTo": "変更履歴（移動）",
    f"{W}delText": "変更履歴（削除）",
    f"{W}object": "埋め込みオブジェクト",
    f"{W}contentPart": "手書き（インク）",
    f"{W}subDoc": "取り込まれた別の文書",
    f"{W}pgNum": "古い形式のページ番号",
    f"{W}dir": "文字の向きの指定",
    f"{W}bdo": "文字の向きの指定",
}
WITHOUT_TEXT = COMMENT_ANCHORS | named("commentReference", "fldData")
_LOOSE = re.compile(".[\u0300-\u036f\u3099\u309a]+")
_IN_RUN = frozenset({ALTERNATIVES})


def run_format(element: etree._Element, reading: Reading) -> RunFormat:
    """Return the format of a run, with what its style and itself say."""
    properties, look = inside(element, "rPr"), reading.look
    if properties is None:
        return look.base
    key = spelling(properties)
    if key not in look.runs:
        changes = read_run_changes(properties, reading.context.name)
        look.runs[key] = reading.context.common.styles.run_format(look.base, child_value(properties, "rStyle"), changes)
    return look.runs[key]


def read_run(element: etree._Element, reading: Reading, link: Link | None) -> None:
    """Read what stands in a run; ``link`` is what it stands in."""
    run, opened = run_format(element, reading), reading.context.fields
    for child in elements(element, _IN_RUN, DRAWN):
        tag = child.tag
        if tag in (f"{W}fldChar", f"{W}instrText"):
            _read_field_part(child, run, reading, link)
        elif opened and opened[-1].in_result and not opened[-1].shows:
            opened[-1].format = opened[-1].format or run
        elif tag == f"{W}t":
            reading.add_text(_shown(child, run, reading), run, _link_here(reading, link))
        elif tag not in WITHOUT_TEXT:
            _read_run_part(child, run, reading, _link_here(reading, link))


def _link_here(reading: Reading, link: Link | None) -> Link | None:
    """Return the link that text stands in: that around it, else of the innermost HYPERLINK field that is open."""
    if link is not None or not reading.context.fields:
        return link
    found = (link_of(opened.code) or opened.link for opened in reversed(reading.context.fields))
    return next(filter(None, found), None)


def _read_run_part(element: etree._Element, run: RunFormat, reading: Reading, link: Link | None) -> None:
    tag = element.tag
    reader = _PARTS.get(str(tag))
    if reader is not None:
        reading.add(*reader(element, run, reading))
    elif tag in REFERENCES:
        refer(element, run, reading)
    elif tag in MARKS:
        reading.add_text(reading.context.note, run, link)
    elif tag == NO_BREAK_HYPHEN:
        reading.add_text(written(element), run, link)
    elif tag == f"{W}sym":
        reading.add_text(_symbol(element, reading.context), run, link)
    elif tag == f"{W16SE}symEx":
        reading.add_text(chr(int(element.get(f"{W16SE}char", "0"), 16)), run, link)
    else:
        raise reading.context.refuse(REFUSED.get(str(tag), "文字列の中のそのほかの要素"), element)


def _text(element: etree._Element) -> str:
    text = element.text or ""
    if element.get(XML_SPACE) != "preserve":
        text = text.strip(" \t\r\n")
    return _LOOSE.sub(_composed, text.replace("\n", " ").replace("\t", " "))


def _shown(element: etree._Element, run: RunFormat, reading: Reading) -> str:
    """Return a text as it is read, where its typeface is a symbol font, too."""
    text = _text(element)
    found = shown(text, run.font.name, run.high_font.name) if text else text
    if found is None:
        raise reading.context.refuse(f"記号フォントの文字（{run.font.name}）", element)
    return found


def _composed(letter: re.Match[str]) -> str:
    """Put a letter and its marks into one character where there is one: they mean the same (UAX 15)."""
    return unicodedata.normalize("NFC", letter[0])


def _symbol(element: etree._Element, context: Context) -> str:
    """Read a character of a symbol font (17.3.3.30)."""
    font, code = element.get(f"{W}font", ""), int(element.get(f"{W}char", "0"), 16)
    found = character(font, code)
    if found is None:
        raise context.refuse(f"記号フォントの文字（{font}）", element)
    return found


def _read_field_part(element: etree._Element, run: RunFormat, reading: Reading, link: Link | None) -> None:
    field_ = take_part(reading.context.fields, element)
    kind = element.get(f"{W}fldCharType")
    if field_ is None:
        return
    if kind is None:
        field_.letters += [run] * len(element.text or "")
    elif kind == "begin":
        field_.link = link
    elif kind == "separate":
        check_result(field_, element, reading)
    elif kind == "end":
        draw_field(field_, element, reading, run)


def check_result(opened: Field, element: etree._Element, reading: Reading) -> None:
    """Raise Unsupported where a field is refused whose result is shown."""
    if opened.in_result and treatment(opened.code) == "refused":
        raise _refused_field(opened, element, reading)


def _refused_field(opened: Field, element: etree._Element, reading: Reading) -> Exception:
    reading.context.fields.clear()
    return reading.context.refuse(f"フィールド（{opened.code.strip()}）", element)


def draw_field(opened: Field, element: etree._Element, reading: Reading, run: RunFormat) -> None:
    """Add what a field that ends is drawn as, in the format ``run`` where it has none; raises Unsupported."""
    kind = treatment(opened.code)
    lacks = (kind == "result" and not opened.in_result) or (kind == "form" and not opened.chosen)
    if kind == "refused" or lacks:
        raise _refused_field(opened, element, reading)
    if is_date(opened.code):
        reading.context.dates.append(opened.code.strip())
    if kind in ("enclosed", "form"):
        shown = opened.chosen or enclosed(opened.code, opened.letters or [run] * len(opened.code))
        reading.add_text(shown, run, opened.link) if isinstance(shown, str) else reading.add(shown)
    elif kind in ("page", "pages"):
        format_, _ = drawn_formats(opened.format or run)
        wanted = numerals(words(opened.code)[1:]) or ""
        reading.add(PageField("page" if kind == "page" else "pages", format_, opened.link, wanted))


def _tab(element: etree._Element, run: RunFormat, reading: Reading) -> Iterator[Inline]:
    yield Tab(run)


def _placed_tab(element: etree._Element, run: RunFormat, reading: Reading) -> Iterator[Inline]:
    alignment = TABS.get(element.get(f"{W}alignment", "left"), "left")
    leader = LEADERS.get(element.get(f"{W}leader", "none"), "none")
    yield Tab(run, alignment, leader, indented=element.get(f"{W}relativeTo") == "indent")


def _break(element: etree._Element, run: RunFormat, reading: Reading) -> Iterator[Inline]:
    kind = element.get(f"{W}type", "textWrapping")
    if kind not in ("page", "column", "textWrapping"):
        raise reading.context.refuse(f"区切り（{kind}）", element)
    yield Break("page" if kind == "page" else "column" if kind == "column" else "line", run)


def _drawing(element: etree._Element, run: RunFormat, reading: Reading) -> Iterator[Inline]:
    yield read_drawing(element, run, reading.context, reading.boxed)


def _old_drawing(element: etree._Element, run: RunFormat, reading: Reading) -> Iterator[Inline]:
    from pipeline.documents.docx.vml_xml import read_vml  # noqa: PLC0415 - late: few documents have one

    yield read_vml(element, run, reading.context, reading.boxed)


def _object(element: etree._Element, run: RunFormat, reading: Reading) -> Iterator[Inline]:
    """Read the picture that a file keeps of what another program shows in it (17.3.3.19), which is told."""
    context = reading.context
    if context.plainer is None or element.find(f"{V}shape/{V}imagedata") is None:
        raise context.refuse(REFUSED[str(element.tag)], element)
    context.plainer.add("埋め込みオブジェクト（文書にある絵で）", nearby(element))
    yield from _old_drawing(element, run, reading)


def _ruby(element: etree._Element, run: RunFormat, reading: Reading) -> Iterator[Inline]:
    yield read_ruby(element, run, reading, read_run)


_PARTS: dict[str, Callable[[etree._Element, RunFormat, Reading], Iterator[Inline]]] = {
    f"{W}tab": _tab,
    f"{W}ptab": _placed_tab,
    f"{W}br": _break,
    f"{W}cr": _break,
    f"{W}drawing": _drawing,
    f"{W}pict": _old_drawing,
    f"{W}object": _object,
    f"{W}ruby": _ruby,
}
