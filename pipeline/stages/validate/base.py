"""What the shapes of all input files share."""

from __future__ import annotations

from enum import StrEnum
from typing import ClassVar

from pydantic import BaseModel, ConfigDict, Discriminator, Strict, WithJsonSchema


class Shape(BaseModel):
    """Nothing is converted, and no key is unknown.

    ``prefix`` begins the ids of its diagnostics, ``called`` is its Japanese name.
    """

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)
    prefix: ClassVar[str]
    called: ClassVar[str]


def mapping_or_text(shape: str) -> Discriminator:
    """Tell a value written out as keys (the shape with this tag) from one in a single word."""
    return Discriminator(lambda value: shape if isinstance(value, dict) else "<text>")


def listed(words: type[StrEnum]) -> WithJsonSchema:
    """Return how the schema has an enumeration: as the list of its words, in their order."""
    return WithJsonSchema({"enum": [word.value for word in words], "type": "string"})


WORD = Strict(False)
"""The words of an enumeration are read from their texts; nothing else is converted."""
