"""Fields (17.16): which are open, which of them are drawn, and how.

Numbers of pages are drawn as they are on paper. Of other fields the result that Word stored is drawn, unless Word
draws without one (checkboxes). Days that Word works out anew whenever it opens the document (DATE) are those stored,
too, and the document tells of them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import pairwise
from typing import Literal, TypeAlias

from lxml import etree
from msgspec import Struct, field

from pipeline.documents.docx.enclosed import is_enclosed
from pipeline.documents.docx.formats import RunFormat
from pipeline.documents.docx.markup import W, child_value, is_on, value_of
from pipeline.documents.docx.tree import Link

Treatment: TypeAlias = Literal["page", "pages", "enclosed", "form", "result", "nothing", "refused"]
"""How a field is drawn: a page number, a character in another, what was chosen, its stored result, nothing, or not."""

_RESULTS = frozenset({
    "ADDIN", "ADDRESSBLOCK", "AUTHOR", "AUTOTEXT", "AUTOTEXTLIST", "BIBLIOGRAPHY", "DATABASE", "DDE", "DDEAUTO",
    "EMBED", "GREETINGLINE", "LINK", "SHAPE", "CITATION", "COMMENTS", "CREATEDATE", "DOCPROPERTY", "DOCVARIABLE",
    "EDITTIME", "FILENAME", "FILESIZE", "FILLIN", "FORMTEXT", "HYPERLINK", "IF", "INCLUDEPICTURE", "INCLUDETEXT",
    "INDEX",
    "KEYWORDS", "LASTSAVEDBY", "MERGEFIELD", "MERGEREC", "MERGESEQ", "NOTEREF", "NUMCHARS", "NUMWORDS", "PAGEREF",
    "PRINTDATE", "QUOTE", "REF", "REVNUM", "SAVEDATE", "SEQ", "SUBJECT", "TEMPLATE", "TITLE", "TOA", "TOC",
    "USERADDRESS", "USERINITIALS", "USERNAME", "=",
})  # fmt: skip
_DATES = frozenset({"DATE", "TIME"})
_NOTHING = frozenset({"ASK", "PRIVATE", "RD", "SET", "TA", "TC", "XE"})
_FORMS = frozenset({"FORMCHECKBOX", "FORMDROPDOWN"})
_BOXES = "☐☒"
"""A box as Word draws it, empty and with a cross."""
_NUMBERS: Mapping[str, Treatment] = {"PAGE": "page", "NUMPAGES": "pages"}
_NUMERALS: Mapping[str, str] = {
    "mergeformat": "", "arabic": "decimal", "arabicdash": "numberInDash", "dbchar": "decimalFullWidth",
    "circlenum": "decimalEnclosedCircle", "dbnum1": "ideographDigital",
}  # fmt: skip
_CASED: Mapping[str, str] = {
    "roman": "lowerRoman", "Roman": "upperRoman", "ROMAN": "upperRoman",
    "alphabetic": "lowerLetter", "Alphabetic": "upperLetter", "ALPHABETIC": "upperLetter",
}  # fmt: skip
"""General formats (17.16.4.3.1) as number formats; "" for that of the section."""
_WORD = re.compile(r'"([^"]*)"?|(\S+)')


class Field(Struct):
    """A field being read: its code, the link around it, whether its result has begun, and the result's first format.

    ``letters`` are the formats of each letter of the code, where these are known; ``has_content`` tells whether there
    was anything in it that people see; ``chosen`` is what a field to fill in shows.
    """

    code: str = ""
    link: Link | None = None
    in_result: bool = False
    format: RunFormat | None = None
    has_content: bool = False
    chosen: str = ""
    letters: list[RunFormat] = field(default_factory=list)

    @property
    def shows(self) -> bool:
        """Whether what is read now is drawn, as far as this field decides."""
        return self.in_result and treatment(self.code) == "result"


def take_part(opened: list[Field], element: etree._Element) -> Field | None:
    """Take up a ``fldChar`` or a piece of code (17.16.18, 17.16.23); return the field that it opens, fills or closes.

    ``opened`` are the fields that are open, the outermost first.
    """
    kind = element.get(f"{W}fldCharType", "")
    if kind == "begin":
        opened.append(Field(chosen=_chosen(element.find(f"{W}ffData"))))
    if not opened:
        return None
    field = opened[-1]
    if kind == "separate":
        field.in_result = True
    elif kind == "end":
        opened.pop()
    elif not kind:
        field.code += element.text or ""
    return field


def _chosen(form: etree._Element | None) -> str:
    """Return what a field to fill in shows (17.16.17): a box, or an entry of its list; "" for another one."""
    box, entries = (None if form is None else form.find(f"{W}{kind}") for kind in ("checkBox", "ddList"))
    if box is not None:
        said = box.find(f"{W}checked")
        return _BOXES[is_on(box.find(f"{W}default") if said is None else said)]
    if entries is None:
        return ""
    index = int(child_value(entries, "result") or child_value(entries, "default") or "0")
    return dict(enumerate(value_of(entry) for entry in entries.iterfind(f"{W}listEntry"))).get(index, "")


def words(code: str) -> list[str]:
    """Return the words of a field's code; quoted ones may hold spaces (17.16.3.1)."""
    return [quoted or bare for quoted, bare in _WORD.findall(code)]


def treatment(code: str) -> Treatment:
    """Return how a field is drawn."""
    first, *rest = words(code) or [""]
    name = first.upper()
    if name in _NUMBERS:
        return _NUMBERS[name] if numerals(rest) is not None else "refused"
    if is_enclosed(code):
        return "enclosed"
    if name in _FORMS:
        return "form"
    if name.startswith("="):
        return "result"
    return "result" if name in _RESULTS | _DATES else "nothing" if name in _NOTHING else "refused"


def is_date(code: str) -> bool:
    """Return whether a field shows the day or the time at which the document is looked at (17.16.5.16, 17.16.5.66)."""
    return (words(code) or [""])[0].upper() in _DATES


def numerals(switches: list[str]) -> str | None:
    """Return the number format that switches ask for, "" for the section's, None where it cannot be drawn."""
    if len(switches) % 2 or any(mark != "\\*" for mark in switches[::2]):
        return None
    found = ""
    for switch in switches[1::2]:
        kind = _CASED.get(switch, _NUMERALS.get(switch.lower()))
        if kind is None:
            return None
        found = kind or found
    return found


def link_of(code: str) -> Link | None:
    """Return where a HYPERLINK field leads (17.16.5.25), None for another field."""
    first, *rest = words(code) or [""]
    if first.upper() != "HYPERLINK":
        return None
    anchor = next((word for mark, word in pairwise(rest) if mark.lower() == "\\l"), "")
    address = rest[0] if rest and not rest[0].startswith("\\") else ""
    return Link(anchor, "") if not address else Link("", f"{address}#{anchor}" if anchor else address)
