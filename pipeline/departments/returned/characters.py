"""Characters that Word writes as elements of their own (ISO/IEC 29500-1, 17.3.3): breaks, tabs, hyphens, symbols."""

from __future__ import annotations

from lxml import etree

from pipeline.documents.docx.markup import W

_CHARACTERS = {
    f"{W}br": "\n",
    f"{W}cr": "\n",
    f"{W}tab": "\t",
    f"{W}ptab": "\t",
    f"{W}noBreakHyphen": "\N{NON-BREAKING HYPHEN}",
}


def written(element: etree._Element) -> str:
    """Return the character that an element stands for; nothing for other elements."""
    return _symbol(element) if element.tag == f"{W}sym" else _CHARACTERS.get(str(element.tag), "")


def _symbol(element: etree._Element) -> str:
    """Return the place of a symbol in its font, as a character."""
    try:
        return chr(int(element.get(f"{W}char", ""), 16))
    except (ValueError, OverflowError):
        return "■"
