"""Comments in a template are its authors' own, and go out to nobody."""

from __future__ import annotations

from lxml import etree

from pipeline.documents.docx.markup import W, remove, serialize, text_of
from pipeline.documents.docx.parts import DOCUMENT, Parts, named, without
from pipeline.documents.docx.walk import COMMENT_ANCHORS

_COMMENTS = "comments"
_KINDS = (_COMMENTS, "commentsExtended", "commentsIds", "commentsExtensible", "people")
_REFERENCE = f"{W}commentReference"
_SHOWN = 20


def first_words(parts: Parts) -> tuple[str, ...]:
    """Return how each comment of a document begins."""
    name = named(parts, DOCUMENT, _COMMENTS)
    comments = etree.fromstring(parts[name]).iter(f"{W}comment") if name else ()
    return tuple(text_of(one)[:_SHOWN] for one in comments)


def uncommented(parts: Parts) -> dict[str, bytes]:
    """Return the parts of a document without comments, and without what anchors them."""
    made = dict(parts)
    for kind in _KINDS:
        made = without(made, DOCUMENT, kind)
    root = etree.fromstring(made[DOCUMENT])
    for anchor in list(root.iter(*COMMENT_ANCHORS)):
        remove(anchor)
    for reference in list(root.iter(_REFERENCE)):
        run = reference.getparent()
        remove(reference)
        if run is not None and all(child.tag == f"{W}rPr" for child in run):
            remove(run)
    return {**made, DOCUMENT: serialize(root)}
