"""What a template prints of given values: every value with the name by which the template has it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

from pipeline.documents.memory import FORGETFUL, Memory, once
from pipeline.documents.template.commands import parsed
from pipeline.documents.template.files import Template
from pipeline.documents.template.places import parts
from pipeline.documents.template.statements import Printed, Statements, pieces, statements


def printed(template: Template, context: Mapping[str, object], memory: Memory = FORGETFUL) -> Iterator[Printed]:
    """Yield what a checked template prints of a context: loops are run through, and conditions hold or not.

    ``memory`` has what was read of the template before.
    """
    return (piece for part in _read(template, memory) for piece in pieces(part, context) if isinstance(piece, Printed))


def names(template: Template, context: Mapping[str, object], memory: Memory = FORGETFUL) -> frozenset[str]:
    """Return the names of what a checked template prints of a context; ``memory`` as for ``printed``."""
    return frozenset(one.name for one in printed(template, context, memory))


@lru_cache(maxsize=16)
def _read(template: Template, memory: Memory) -> tuple[Statements, ...]:
    """Return the commands of text, headers and footers."""
    return once(memory, ("印刷する項目", template), lambda: tuple(statements(parsed(part)) for part in parts(template)))
