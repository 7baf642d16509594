"""Whatever wraps content, both readers of docx see the same sequence of elements."""

from __future__ import annotations

from itertools import pairwise

import pytest
from lxml import etree

from pipeline.documents.docx.alternatives import SHOWN_ALIKE
from pipeline.documents.docx.markup import W, local
from pipeline.documents.docx.walk import ALTERNATIVES, WRAPPERS, elements, walk

_WPS = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
_MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_HEAD = f'<w:p xmlns:w="{W[1:-1]}" xmlns:mc="{_MC}" xmlns:wps="{_WPS}">'
_ORDER = tuple(sorted(WRAPPERS - {ALTERNATIVES}))


def paragraph(content: str) -> etree._Element:
    return etree.fromstring(f"{_HEAD}{content}</w:p>")


def wrapped(tag: str, content: str) -> str:
    name = tag[len(W) :]
    content = f"<w:sdtContent>{content}</w:sdtContent>" if name == "sdt" else content
    return f"<w:{name}>{content}</w:{name}>"


def around(outer: tuple[str, ...], wrapper: etree._Element) -> tuple[str, ...]:
    return (*outer, local(wrapper))


@pytest.mark.parametrize(("outer", "inner"), list(pairwise(_ORDER)))
def test_every_wrapper_is_walked_through_and_known_within(outer: str, inner: str) -> None:
    root = paragraph(wrapped(outer, wrapped(inner, "<w:smartTagPr/><w:r/>") + "<w:proofErr/>") + "<w:unknown/>")
    outside: tuple[str, ...] = ()
    found = [(local(element), state) for element, state in walk(root, outside, around)]
    assert found == [("r", (outer[len(W) :], inner[len(W) :])), ("unknown", ())]
    assert [local(element) for element in elements(root, WRAPPERS - {outer})] == [outer[len(W) :], "unknown"]


@pytest.mark.parametrize(
    ("fallback", "word", "alike"),
    [("<w:t/>", ["r"], ["t"]), ("", ["r"], ["AlternateContent"])],
)
def test_each_reader_takes_the_branch_that_it_understands(fallback: str, word: list[str], alike: list[str]) -> None:
    choice = '<mc:Choice Requires="wps"><w:r/></mc:Choice>'
    content = f"<mc:AlternateContent>{choice}<mc:Fallback>{fallback}</mc:Fallback></mc:AlternateContent>"
    root = paragraph(content)
    assert [local(element) for element in elements(root, WRAPPERS)] == word
    assert [local(element) for element in elements(root, WRAPPERS, SHOWN_ALIKE)] == alike
