"""The texts of headers, footers and notes, without what programs count by themselves (page numbers)."""

from __future__ import annotations

from lxml import etree

from pipeline.ooxml.markup import MC, W

_COUNTED = ("PAGE", "NUMPAGES", "SECTIONPAGES")


def lines(root: etree._Element) -> tuple[str, ...]:
    """Give the text of every paragraph that has any."""
    texts = (_text(paragraph) for paragraph in root.iter(f"{W}p"))
    return tuple(text for text in texts if text.strip())


def _text(paragraph: etree._Element) -> str:
    """Read a paragraph, passing over the results of counting fields (ISO/IEC 29500-1, 17.16.18)."""
    kept, fields = "", [""]
    for element in paragraph.iter():
        if element.tag == f"{W}fldChar":
            _enter(element.get(f"{W}fldCharType", ""), fields)
        elif element.tag == f"{W}instrText":
            fields[-1] += element.text or ""
        elif element.tag in (f"{W}t", f"{W}delText") and not _is_counted(element, fields):
            own = next(element.iterancestors(f"{W}p")) is paragraph
            kept += (element.text or "") if own else ""
    return kept


def _enter(what: str, fields: list[str]) -> None:
    if what == "begin":
        fields.append("")
    elif what == "end" and len(fields) > 1:
        fields.pop()


def _is_counted(text: etree._Element, fields: list[str]) -> bool:
    simple = (field.get(f"{W}instr", "") for field in text.iterancestors(f"{W}fldSimple"))
    hidden = next(text.iterancestors(f"{MC}Fallback"), None) is not None
    return hidden or any(code.split()[:1] and code.split()[0] in _COUNTED for code in (*simple, *fields))
