"""Elements of WordprocessingML that show nothing by themselves: each reader passes over those that may stand in its
place, and refuses or reports any other that it does not know.
"""

from __future__ import annotations

from pipeline.documents.docx.markup import W


def _named(*tags: str) -> frozenset[str]:
    return frozenset(W + tag for tag in tags)


COMMENT_ANCHORS = _named("commentRangeStart", "commentRangeEnd")
"""Where comments begin and end (17.13.4.3 and 17.13.4.4)."""
_MARKERS = _named(
    "bookmarkEnd", "proofErr", "permStart", "permEnd",
    "moveFromRangeStart", "moveFromRangeEnd", "moveToRangeStart", "moveToRangeEnd",
)  # fmt: skip
"""Annotations that may stand anywhere (17.13)."""
_OF_TABLES = _named("tblPr", "tblPrEx", "tblGrid", "trPr", "tcPr")
_OF_TEXT = _named(
    "pPr", "rPr", "sdtPr", "sdtEndPr", "customXmlPr", "smartTagPr",
    "lastRenderedPageBreak", "annotationRef", "softHyphen",
)  # fmt: skip
"""Properties, and signs that are not drawn."""

IN_BODY = _MARKERS | COMMENT_ANCHORS | _named("sectPr")
IN_TABLE = _MARKERS | COMMENT_ANCHORS | _OF_TABLES
IN_PARAGRAPH = _MARKERS | COMMENT_ANCHORS | _OF_TEXT | _named("commentReference", "fldData")
WITHOUT_WORDS = (
    _MARKERS
    | _OF_TABLES
    | _OF_TEXT
    | _named(
        "sectPr", "bookmarkStart", "footnoteRef", "endnoteRef", "separator", "continuationSeparator",
        "customXmlInsRangeStart", "customXmlInsRangeEnd", "customXmlDelRangeStart", "customXmlDelRangeEnd",
    )
)  # fmt: skip
"""What holds no words of a department, wherever it stands."""
