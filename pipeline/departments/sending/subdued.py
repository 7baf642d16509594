"""What stands in a cell for reference, in grey: people see at once what is theirs to write over."""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy

from lxml import etree

from pipeline.documents.docx.markup import VAL, W

GREY = "666666"
"""Told from black in print and on a screen, and still read on the yellow of a cell that asks."""
_AFTER_COLOUR = frozenset(
    W + name
    for name in (
        "spacing", "w", "kern", "position", "sz", "szCs", "highlight", "u", "effect", "bdr", "shd", "fitText",
        "vertAlign", "rtl", "cs", "em", "lang", "eastAsianLayout", "specVanish", "oMath",
    )
)  # fmt: skip
"""What stands after ``w:color`` in a run's properties (ISO/IEC 29500-1, 17.3.2.28)."""


def subdue(holder: etree._Element, lines: Sequence[str]) -> None:
    """Give some lines of a cell, one after the other, their grey; a run that begins before them is parted."""
    left = list(lines)
    for run in list(holder.iter(f"{W}r")):
        texts = run.findall(f"{W}t")
        first = next((text for text in texts if left and text.text == left[0]), None)
        if first is None:
            continue
        own = run if first is texts[0] else _parted(run, first)
        _colour(own)
        for text in own.findall(f"{W}t"):
            if left and text.text == left[0]:
                left.pop(0)


def _parted(run: etree._Element, first: etree._Element) -> etree._Element:
    """Move a text and what follows it into a run of its own behind."""
    own = etree.Element(run.tag)
    properties = run.find(f"{W}rPr")
    if properties is not None:
        own.append(deepcopy(properties))
    own.extend((first, *first.itersiblings()))
    run.addnext(own)
    return own


def _colour(run: etree._Element) -> None:
    properties = run.find(f"{W}rPr")
    if properties is None:
        properties = etree.Element(f"{W}rPr")
        run.insert(0, properties)
    for old in properties.findall(f"{W}color"):
        properties.remove(old)
    place = next((n for n, e in enumerate(properties) if e.tag in _AFTER_COLOUR), len(properties))
    colour = etree.Element(f"{W}color")
    colour.set(VAL, GREY)
    properties.insert(place, colour)
