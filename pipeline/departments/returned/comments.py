"""Comments of a Word file with author, date, thread and done mark (ISO/IEC 29500-1, 17.13.4; [MS-DOCX] 2.5.1)."""

from __future__ import annotations

from collections.abc import Mapping

from lxml import etree
from msgspec import Struct

from pipeline.departments.returned.tree import Comment
from pipeline.documents.docx.alternatives import is_shown
from pipeline.documents.docx.characters import written
from pipeline.documents.docx.markup import W14, W
from pipeline.documents.docx.package import Package
from pipeline.documents.docx.walk import GRAPHICS

_W15 = "{http://schemas.microsoft.com/office/word/2012/wordml}"
_TEXTS = (f"{W}t", f"{W}delText")
_ON = ("1", "true", "on")


class _Thread(Struct, frozen=True):
    """What an extended comment says: the paragraph of the comment it answers, and whether it is done."""

    parent: str | None
    done: bool


def comments(package: Package) -> tuple[Comment, ...]:
    """Read the comments in their order."""
    part = package.related(package.document, "comments")
    if part is None:
        return ()
    found = list(package.xml(part).iter(f"{W}comment"))
    threads = _threads(package)
    by_paragraph = {_last_paragraph(comment): comment.get(f"{W}id", "") for comment in found}
    return tuple(_comment(element, threads, by_paragraph) for element in found)


def _threads(package: Package) -> Mapping[str, _Thread]:
    part = package.related(package.document, "commentsExtended")
    if part is None:
        return {}
    return {
        e.get(f"{_W15}paraId", ""): _Thread(e.get(f"{_W15}paraIdParent"), e.get(f"{_W15}done") in _ON)
        for e in package.xml(part).iter(f"{_W15}commentEx")
    }


def _comment(element: etree._Element, threads: Mapping[str, _Thread], by_paragraph: Mapping[str, str]) -> Comment:
    thread = threads.get(_last_paragraph(element), _Thread(None, done=False))
    lines = ["".join(map(_characters, filter(is_shown, p.iter()))) for p in element.iter(f"{W}p")]
    return Comment(
        id=element.get(f"{W}id", ""),
        author=element.get(f"{W}author", ""),
        date=element.get(f"{W}date", ""),
        text="\n".join(lines),
        done=thread.done,
        reply_to=by_paragraph.get(thread.parent) if thread.parent else None,
    )


def _characters(element: etree._Element) -> str:
    if element.tag in GRAPHICS:
        return "（図）"
    return (element.text or "") if element.tag in _TEXTS else written(element)


def _last_paragraph(comment: etree._Element) -> str:
    """A thread is told by the last paragraph of a comment."""
    paragraphs = list(comment.iter(f"{W}p"))
    return paragraphs[-1].get(f"{W14}paraId", "") if paragraphs else ""
