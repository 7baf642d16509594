"""The pen for sheets that are sent: every text of the inputs says where it comes from, every empty one asks to be
filled.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath

from pipeline.documents.template import Marked

TO_FILL, FIGURE = "【ここに記入してください】", "【記入】"
LATER = "（戦略会議の後に記載します）"
_UNFILLED = (TO_FILL, FIGURE, "【要記入】", "集計中")
_AFTER_COUNCIL = ("opinions", "response")


@dataclass(frozen=True, slots=True)
class MarkingPen:
    """Marks texts; ``year`` is the evaluated year, whose actuals are asked for.

    ``heard`` are the measures that have the council's opinions already: only they are asked for a response.
    """

    year: str
    heard: frozenset[str]

    def write(self, text: str, path: str, after: str = "") -> str:
        """Mark a text."""
        return Marked(text, path, after, "" if text.strip() else self._prompt(path))

    def paragraphs(self, text: str, path: str) -> list[str]:
        """Mark every paragraph; an empty text has one, which asks to be filled."""
        lines = [line.strip() for line in text.splitlines() if line.strip()] or [""]
        return [self.write(line, path) for line in lines]

    def _prompt(self, path: str) -> str:
        file, _, rest = path.partition("#")
        keys = rest.split(".")
        if keys[0] in _AFTER_COUNCIL:
            asked = keys[0] == "response" and PurePosixPath(file).stem in self.heard
            return TO_FILL if asked else LATER
        if keys[0] in ("actuals", "targets", "indicators"):
            return FIGURE if keys[0] == "actuals" and keys[-1] == self.year else ""
        return TO_FILL


def is_to_fill(shown: str) -> bool:
    """Tell whether a text that was sent asks to be filled in."""
    return any(word in shown for word in _UNFILLED)
