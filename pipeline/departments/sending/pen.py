"""The pen for sheets that are sent: every text of the inputs says where it comes from, every empty one asks to be
filled.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Self

from msgspec import Struct, field
from msgspec.structs import replace

from pipeline.departments.issued.asking import Asking, owner
from pipeline.departments.issued.fields import field_at
from pipeline.departments.issued.references import HEADING, OF_REFERENCE
from pipeline.documents.marked import Marked
from pipeline.model.form import FieldKind

EARLIER = "（前年度は「{}」）"
LATER = "（後で記載します）"
ELSEWHERE = "（{}のシートに記入します）"
_OF_OTHERS = ("initiatives.", "indicators.")
"""What a sheet prints of another measure's file, and asks for in that one's sheet."""


class MarkingPen(Struct, frozen=True):
    """Marks texts; ``asking`` says what departments write, ``waiting`` are the places that nobody is asked for yet.

    ``sheet`` is the measure whose sheet is written: what other measures' files hold is asked for in theirs.
    ``references`` are texts of the year before by their places; they stand below the words that ask for this year's.
    ``answering`` are departments that answer in the measure's stead, by the places of what they answer.
    """

    asking: Asking
    waiting: frozenset[str]
    sheet: str = ""
    references: Mapping[str, str] = field(default_factory=dict)
    answering: Mapping[str, str] = field(default_factory=dict)

    def on(self, measure: str) -> Self:
        """Return the pen for the sheet of a measure."""
        return replace(self, sheet=measure)

    def write(self, text: str, path: str, after: str = "") -> str:
        """Mark a text."""
        return Marked(text, path, after, "" if text.strip() else self._prompt(path))

    def paragraphs(self, text: str, path: str) -> list[str]:
        """Mark every paragraph; an empty text that is asked for has one, which asks, and below it last year's."""
        lines = _lines(text)
        if lines or not self._prompt(path):
            return [self.write(line, path) for line in lines]
        earlier = _lines(self.references.get(path, "")) if owner(path) == self.sheet else []
        told = [HEADING, *earlier] if earlier else []
        return [self.write("", path), *(Marked(line, f"{OF_REFERENCE}{path}") for line in told)]

    def _prompt(self, path: str) -> str:
        if path in self.waiting:
            asked = field_at(self.asking.form, path)
            return (asked.meanwhile if asked else "") or LATER
        if self.asking.is_own(path, self.sheet):
            return self.asking.prompt(path) + self._chosen(path) + self._by_whom(path)
        measure = owner(path)
        is_of_another = measure not in ("", self.sheet) and path.partition("#")[2].startswith(_OF_OTHERS)
        return ELSEWHERE.format(measure) if is_of_another else ""

    def _chosen(self, path: str) -> str:
        """Say what was chosen the year before, where something is to be chosen; a text stands below the prompt."""
        field = field_at(self.asking.form, path)
        earlier = self.references.get(path, "") if field is not None and field.kind is FieldKind.CHOICE else ""
        return EARLIER.format(earlier) if earlier else ""

    def _by_whom(self, path: str) -> str:
        """Say which department is asked, where it is not the sheet's own."""
        department = self.answering.get(path.rpartition(".")[0])
        return f"（{department}が記入します）" if department else ""


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
