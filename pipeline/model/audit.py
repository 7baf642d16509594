"""What the audit (点検) reads beside the figures: every written text with its places, and how the audit is set."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum

from msgspec import Struct

from pipeline.diagnostics import Place
from pipeline.model.form import Field


class TextKind(StrEnum):
    """What a text is that is in no field of the form."""

    NAME = "名称"
    FRONT = "前付け"


class Text(Struct, frozen=True):
    """A text as it was written; ``lines`` are the places where its lines begin.

    ``measure`` and ``initiative`` are the ids of what it belongs to, empty where it belongs to none. A text whose
    characters stand otherwise in its file (folded over several lines, or with escapes) is not ``exact``: only the
    place of its beginning is known.
    """

    part: TextKind | Field
    measure: str
    initiative: str
    value: str
    lines: tuple[Place, ...]
    exact: bool = True


class Silence(Struct, frozen=True):
    """A warning that is to be kept quiet: its id, its file, words that its message contains, and the reason why."""

    id: str
    file: str
    words: str
    reason: str
    place: Place


class Spelling(Struct, frozen=True):
    """Spellings of one word, the one to use first; ``allowed`` are longer phrases in which any of them may stand."""

    spellings: tuple[str, ...]
    allowed: tuple[str, ...]


class AuditRules(Struct, frozen=True):
    """How the audit is set; an indicator below ``far_below`` % of its target is to be mentioned in its sheet."""

    far_below: Decimal = Decimal(60)
    silences: tuple[Silence, ...] = ()
    spellings: tuple[Spelling, ...] = ()


class Audited(Struct, frozen=True):
    """What came of the audit: its warnings by what they are about, figures that agree, warnings kept quiet."""

    warnings: tuple[tuple[str, int], ...]
    confirmed: int
    silenced: int
