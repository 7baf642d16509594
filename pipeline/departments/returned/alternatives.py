"""What Word shows of alternate content (ISO/IEC 29500-3, 7.7): the first choice it understands, or the fallback."""

from __future__ import annotations

from lxml import etree

from pipeline.documents.docx.markup import MC

_OFFICE = "http://schemas.microsoft.com/office/"
_UNDERSTOOD = frozenset(
    (
        *(
            f"{_OFFICE}word/{name}"
            for name in (
                "2006/wordml",
                "2010/wordml",
                "2010/wordprocessingCanvas",
                "2010/wordprocessingDrawing",
                "2010/wordprocessingGroup",
                "2010/wordprocessingInk",
                "2010/wordprocessingShape",
                "2012/wordml",
                "2012/wordprocessingDrawing",
                "2015/wordml/symex",
                "2016/wordml/cid",
                "2018/wordml",
                "2018/wordml/cex",
                "2020/wordml/sdtdatahash",
                "2023/wordml/word16du",
                "2024/wordml/sdtformatlock",
            )
        ),
        *(
            f"{_OFFICE}drawing/{name}"
            for name in (
                "2007/8/2/chart",
                "2010/main",
                "2010/picture",
                "2014/chartex",
                "2015/9/8/chartex",
                "2015/10/21/chartex",
                *(f"2016/5/{day}/chartex" for day in range(9, 15)),
                "2016/SVG/main",
                "2016/ink",
                "2017/model3d",
            )
        ),
        "urn:schemas-microsoft-com:vml",
        "urn:schemas-microsoft-com:office:office",
        "urn:schemas-microsoft-com:office:word",
    )
)
"""Namespaces of the extensions that Word shows ([MS-DOCX] 2.2, [MS-ODRAWXML] 2.1); older ones are all read."""


def chosen(content: etree._Element) -> list[etree._Element]:
    """Return the one branch that is shown; none where there is no fallback."""
    understood = (choice for choice in content.findall(f"{MC}Choice") if _is_understood(choice))
    one = next(understood, content.find(f"{MC}Fallback"))
    return [] if one is None else [one]


def is_shown(element: etree._Element) -> bool:
    """Return whether an element stands in no branch that is left out."""
    branches = element.iterancestors(f"{MC}Choice", f"{MC}Fallback")
    return all(branch in chosen(parent) for branch in branches if (parent := branch.getparent()) is not None)


def _is_understood(choice: etree._Element) -> bool:
    prefixes = choice.get("Requires", "").split()
    return bool(prefixes) and all(choice.nsmap.get(prefix) in _UNDERSTOOD for prefix in prefixes)
