"""Texts that know the place in the inputs they come from, for as long as they are filled into a document.

A ``Marked`` text is an ordinary text to a template: its length, its truth and its comparisons are those of the text.
Only while it is printed it wraps itself in three characters that no text can hold (Unicode noncharacters), which
``template.recipes`` takes out again.
"""

from __future__ import annotations

from typing import Self

OPEN, TEXT, CLOSE = "\ufdd1", "\ufdd2", "\ufdd3"


class Marked(str):
    """A text of a place in the inputs (``path``); ``prompt`` is printed for an empty one, ``after`` follows it."""

    __slots__ = ("printed",)
    printed: str

    def __new__(cls, text: str, path: str, after: str = "", prompt: str = "") -> Self:
        """Mark a text."""
        made = super().__new__(cls, text + after)
        made.printed = f"{OPEN}{path}{TEXT}{text or prompt}{CLOSE}{after}"
        return made


class Paragraphs(list[str]):
    """The paragraphs of a text, to go through one by one or to print as they are, a line each."""

    @property
    def printed(self) -> str:
        """Return all lines as they are printed."""
        return "\n".join(line.printed if isinstance(line, Marked) else line for line in self)
