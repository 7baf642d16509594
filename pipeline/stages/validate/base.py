"""What the shapes of all input files share."""

from __future__ import annotations

from typing import ClassVar

from pydantic import BaseModel, ConfigDict, Discriminator


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
