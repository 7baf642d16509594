"""Which branch of alternate content is read (ISO/IEC 29500-3, 7.7): the first choice understood, or the fallback."""

from __future__ import annotations

from lxml import etree

from pipeline.documents.docx.markup import MC

_OFFICE = "http://schemas.microsoft.com/office/"
_CHARTS = ("2014/chartex", "2015/9/8/chartex", "2015/10/21/chartex", *(f"2016/5/{day}/chartex" for day in range(9, 15)))
SHOWN_ALIKE = frozenset(
    f"{_OFFICE}word/{name}"
    for name in (
        "2010/wordml", "2010/wordprocessingDrawing", "2012/wordml", "2015/wordml/symex", "2016/wordml/cid",
        "2018/wordml", "2018/wordml/cex", "2020/wordml/sdtdatahash", "2023/wordml/word16du",
    )
)  # fmt: skip
"""Namespaces of the extensions of Word that change nothing of what this program draws."""
DRAWN = SHOWN_ALIKE | frozenset(f"{_OFFICE}word/2010/wordprocessing{name}" for name in ("Shape", "Group", "Canvas"))
"""Those, and the ones of what it draws, or calls by the name that Word shows."""
SHOWN_BY_WORD = SHOWN_ALIKE | frozenset((
    *(
        f"{_OFFICE}word/{name}"
        for name in (
            "2006/wordml", "2010/wordprocessingCanvas", "2010/wordprocessingGroup", "2010/wordprocessingInk",
            "2010/wordprocessingShape", "2012/wordprocessingDrawing", "2024/wordml/sdtformatlock",
        )
    ),
    *(
        f"{_OFFICE}drawing/{name}"
        for name in (
            "2007/8/2/chart", "2010/main", "2010/picture", "2016/SVG/main", "2016/ink", "2017/model3d", *_CHARTS,
        )
    ),
    *(f"urn:schemas-microsoft-com:{name}" for name in ("vml", "office:office", "office:word")),
))  # fmt: skip
"""Namespaces of the extensions that Word shows ([MS-DOCX] 2.2, [MS-ODRAWXML] 2.1); older ones are all read."""


def chosen(content: etree._Element, understood: frozenset[str]) -> etree._Element | None:
    """Return the one branch that is read; None where there is none, or an empty fallback for what choices hold."""
    choices, fallback = content.findall(f"{MC}Choice"), content.find(f"{MC}Fallback")
    for choice in choices:
        prefixes = choice.get("Requires", "").split()
        if prefixes and all(choice.nsmap.get(prefix) in understood for prefix in prefixes):
            return choice
    return None if fallback is not None and not len(fallback) and any(map(len, choices)) else fallback


def is_shown(element: etree._Element) -> bool:
    """Return whether an element stands in no branch that Word leaves out."""
    branches = element.iterancestors(f"{MC}Choice", f"{MC}Fallback")
    return all(
        branch is chosen(parent, SHOWN_BY_WORD) for branch in branches if (parent := branch.getparent()) is not None
    )
