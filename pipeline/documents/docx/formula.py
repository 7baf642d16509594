"""Formulas (22.1): each a row of parts, which ``formula_parts`` has; hardly any document holds one.

Section numbers in docstrings are those of ISO/IEC 29500-1 (ECMA-376 Part 1).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias

from msgspec import Struct

from pipeline.documents.docx.formats import RunFormat

if TYPE_CHECKING:
    from pipeline.documents.docx.formula_parts import Row

FormulaAlignment: TypeAlias = Literal["left", "center", "right", "centerGroup"]


class Formula(Struct, frozen=True):
    """A formula in its line; one that ``stands_alone`` has a line of its own, and an alignment there."""

    row: Row
    format: RunFormat
    stands_alone: bool = False
    alignment: FormulaAlignment = "centerGroup"

    @property
    def text(self) -> str:
        """All its characters."""
        return text_of(self.row)

    @property
    def alt(self) -> str:
        """The formula on one line."""
        return alt_of(self.row)


def text_of(row: Row) -> str:
    """Return the characters of a row."""
    return "".join(part.text for part in row)


def alt_of(row: Row) -> str:
    """Return a row on one line."""
    return "".join(part.alt for part in row)
