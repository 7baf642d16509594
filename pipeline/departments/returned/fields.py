"""Fields while runs are walked (ISO/IEC 29500-1, 17.16): those that show something without holding it as text.

Word stores what a field shows as text after its code. Encircled characters (EQ), check boxes of forms and buttons have
no such text; what they show is in the code alone, and would be lost without it.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from lxml import etree

from pipeline.documents.docx.markup import W


@dataclass(slots=True)
class _Field:
    code: str = ""
    shown: bool = False


@dataclass(slots=True)
class Fields:
    """The fields that are open."""

    _open: list[_Field] = field(default_factory=list)

    def take(self, element: etree._Element) -> str:
        """Take up a ``w:fldChar`` or a piece of code; gives the code of a field that ends and has shown nothing."""
        kind = element.get(f"{W}fldCharType", "")
        if kind == "begin":
            self.begin("")
        elif kind == "end":
            return self.end()
        elif not kind and self._open:
            self._open[-1].code += element.text or ""
        return ""

    def begin(self, code: str) -> None:
        """Open a field."""
        self._open.append(_Field(code))

    def end(self) -> str:
        """Close a field; gives its code if it has shown nothing."""
        ended = self._open.pop() if self._open else _Field(shown=True)
        if ended.shown:
            self.show()
        return "" if ended.shown else " ".join(ended.code.split()) or "?"

    def show(self) -> None:
        """Note that something is shown, by the innermost field that is open, and so by those around it."""
        if self._open:
            self._open[-1].shown = True
