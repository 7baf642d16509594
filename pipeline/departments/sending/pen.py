"""The pen for sheets that are sent: every text of the inputs says where it comes from, every empty one asks to be
filled.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Self

from pipeline.departments.issued.asking import Asking, owner
from pipeline.departments.issued.fields import field_at
from pipeline.documents.marked import Marked

LATER = "（後で記載します）"
ELSEWHERE = "（{}のシートに記入します）"
_OF_OTHERS = ("initiatives.", "indicators.")
"""What a sheet prints of another measure's file, and asks for in that one's sheet."""


@dataclass(frozen=True, slots=True)
class MarkingPen:
    """Marks texts; ``asking`` says what departments write, ``waiting`` are the places that nobody is asked for yet.

    ``sheet`` is the measure whose sheet is written: what other measures' files hold is asked for in theirs.
    """

    asking: Asking
    waiting: frozenset[str]
    sheet: str = ""

    def on(self, measure: str) -> Self:
        """Return the pen for the sheet of a measure."""
        return replace(self, sheet=measure)

    def write(self, text: str, path: str, after: str = "") -> str:
        """Mark a text."""
        return Marked(text, path, after, "" if text.strip() else self._prompt(path))

    def paragraphs(self, text: str, path: str) -> list[str]:
        """Mark every paragraph; an empty text that is asked for has one, which asks."""
        lines = [line.strip() for line in text.splitlines() if line.strip()] or ([""] if self._prompt(path) else [])
        return [self.write(line, path) for line in lines]

    def _prompt(self, path: str) -> str:
        field = field_at(self.asking.form, path)
        if path in self.waiting:
            return (field.meanwhile if field else "") or LATER
        if self.asking.is_own(path, self.sheet):
            return self.asking.prompt(path)
        measure = owner(path)
        is_of_another = measure not in ("", self.sheet) and path.partition("#")[2].startswith(_OF_OTHERS)
        return ELSEWHERE.format(measure) if is_of_another else ""
