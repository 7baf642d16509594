"""What wraps content: content controls, links, tracked changes, alternate content, marks for smart tags and custom XML.

The reader of this package and that of returned sheets see the same sequence: every element that is no wrapper, with
what the reader makes of the wrappers around it. Which wrappers it goes through, and what any element means, is the
reader's to say; what shows nothing is in no sequence.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from lxml import etree

from pipeline.documents.docx.alternatives import SHOWN_BY_WORD, chosen
from pipeline.documents.docx.markup import MC, W

State = TypeVar("State")


def named(*tags: str) -> frozenset[str]:
    """Return names of WordprocessingML with its namespace."""
    return frozenset(W + tag for tag in tags)


INSERTED, DELETED = named("ins", "moveTo"), named("del", "moveFrom")
"""Tracked changes (17.13.5)."""
ALTERNATIVES = f"{MC}AlternateContent"
CONTROL = f"{W}sdt"
WRAPPERS = INSERTED | DELETED | {ALTERNATIVES, CONTROL} | named("smartTag", "customXml", "dir", "bdo", "hyperlink")
GRAPHICS = named("drawing", "pict", "object")
COMMENT_ANCHORS = named("commentRangeStart", "commentRangeEnd")
"""Where comments begin and end (17.13.4.3 and 17.13.4.4)."""
_SILENT = named(
    "bookmarkEnd", "proofErr", "permStart", "permEnd",
    "moveFromRangeStart", "moveFromRangeEnd", "moveToRangeStart", "moveToRangeEnd",
    "tblPr", "tblPrEx", "tblGrid", "trPr", "tcPr", "pPr", "rPr", "sdtPr", "sdtEndPr", "customXmlPr",
    "smartTagPr", "lastRenderedPageBreak", "annotationRef", "softHyphen",
)  # fmt: skip
"""Annotations (17.13), properties, and signs that are not drawn."""


def walk(
    parent: etree._Element,
    state: State,
    enter: Callable[[State, etree._Element], State],
    through: frozenset[str] = WRAPPERS,
    understood: frozenset[str] = SHOWN_BY_WORD,
) -> Iterator[tuple[etree._Element, State]]:
    """Yield the elements in a parent and in the wrappers ``through`` which it is read, each with its state.

    ``enter`` gives the state within a wrapper from that outside it. Of alternate content the branch is read that its
    ``understood`` namespaces choose; where there is none, the alternate content itself is yielded.
    """
    for child in parent:
        if child.tag in _SILENT:
            continue
        contents = _contents(child, understood) if child.tag in through else None
        if contents is None:
            yield child, state
            continue
        inner = enter(state, child)
        for content in contents:
            yield from walk(content, inner, enter, through, understood)


def elements(
    parent: etree._Element, through: frozenset[str], understood: frozenset[str] = SHOWN_BY_WORD
) -> Iterable[etree._Element]:
    """Return what ``walk`` yields, where it does not matter what wrappers are around."""
    children = list(parent)
    tags = [child.tag for child in children]
    if through.isdisjoint(tags):
        return [child for child, tag in zip(children, tags, strict=True) if tag not in _SILENT]
    return (element for element, _ in walk(parent, None, lambda state, _: state, through, understood))


def _contents(wrapper: etree._Element, understood: frozenset[str]) -> list[etree._Element] | None:
    """Return what of a wrapper holds its content, None where nothing stands in for what is not understood."""
    if wrapper.tag == CONTROL:
        return wrapper.findall(f"{W}sdtContent")
    if wrapper.tag != ALTERNATIVES:
        return [wrapper]
    branch = chosen(wrapper, understood)
    return None if branch is None else [branch]
