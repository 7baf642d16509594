"""The pen for sheets that are sent: every text of the inputs says where it comes from, every empty one asks to be
filled.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Self

from pipeline.departments.issued.asking import FIGURE, TO_FILL, is_own, owner
from pipeline.documents.template import Marked

LATER = "（戦略会議の後に記載します）"
ELSEWHERE = "（施策{}のシートに記入します）"
_AFTER_COUNCIL = ("opinions", "response")


@dataclass(frozen=True, slots=True)
class MarkingPen:
    """Marks texts; ``year`` is the evaluated year, whose actuals are asked for.

    ``heard`` are the measures that have the council's opinions already: only they are asked for a response.
    ``sheet`` is the measure whose sheet is written: what other measures' files hold is asked for in theirs.
    """

    year: str
    heard: frozenset[str]
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
        keys = path.partition("#")[2].split(".")
        if keys[0] in _AFTER_COUNCIL:
            return TO_FILL if keys[0] == "response" and self.sheet in self.heard else LATER
        if is_own(path, self.sheet, self.year):
            return FIGURE if keys[0] == "actuals" else TO_FILL
        return ELSEWHERE.format(owner(path)) if keys[0] == "initiatives" else ""
