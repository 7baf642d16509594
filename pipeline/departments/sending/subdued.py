"""What stands in a cell for reference, in grey: people see at once what is theirs to write over."""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy

from lxml import etree

from pipeline.documents.docx.markup import VAL, W
from pipeline.documents.docx.properties import properties, put

GREY = "666666"
"""Told from black in print and on a screen, and still read on the yellow of a cell that asks."""


def subdue(holder: etree._Element, lines: Sequence[str]) -> None:
    """Give some lines of a cell, one after the other, their grey; a run that begins before them is parted."""
    left = list(lines)
    for run in list(holder.iter(f"{W}r")):
        texts = run.findall(f"{W}t")
        first = next((text for text in texts if left and text.text == left[0]), None)
        if first is None:
            continue
        own = run if first is texts[0] else _parted(run, first)
        put(properties(own, "rPr"), "color").set(VAL, GREY)
        for text in own.findall(f"{W}t"):
            if left and text.text == left[0]:
                left.pop(0)


def _parted(run: etree._Element, first: etree._Element) -> etree._Element:
    """Move a text and what follows it into a run of its own behind."""
    own = etree.Element(run.tag)
    look = run.find(f"{W}rPr")
    if look is not None:
        own.append(deepcopy(look))
    own.extend((first, *first.itersiblings()))
    run.addnext(own)
    return own
