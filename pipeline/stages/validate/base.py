"""What the shapes of all input files share: their keys, each with its name, purpose and form.

Modules of shapes do without ``from __future__ import annotations``: pydantic would evaluate every one of their texts,
and those of this module for each shape again.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, ClassVar

from pydantic import BaseModel, ConfigDict, Discriminator, Field
from pydantic_core import PydanticUndefined

from pipeline.model.form import Holder

WRITTEN = "x-written"
"""Where a field keeps how its key is written, where no example tells it."""

NEEDED = "x-needed"
"""Marks a field that may be left out, and is missed where something else is lacking beside it."""

Example = str | int | Sequence["Example"] | Mapping[str, "Example"]


class Shape(BaseModel):
    """Nothing is converted, and no key is unknown.

    ``prefix`` begins the ids of its diagnostics, ``called`` is its Japanese name, ``holder`` what the form may give
    fields to here, ``elsewhere`` where those of its fields stand that others write, by their ids.
    """

    model_config = ConfigDict(
        extra="forbid",
        strict=True,
        frozen=True,
        defer_build=True,  # most are only parts of others, or not needed by a run
        model_title_generator=lambda shape: getattr(shape, "called", ""),
    )
    prefix: ClassVar[str]
    called: ClassVar[str]
    holder: ClassVar[Holder | None] = None
    elsewhere: ClassVar[Mapping[str, str]] = {}


class File(Shape):
    """The shape of a whole file: ``kind`` names its schema, ``file`` is what the file is called in messages."""

    kind: ClassVar[str]
    file: ClassVar[str]


def key(
    title: str,
    description: str,
    *examples: Example,
    written: str | None = None,
    default: Any = PydanticUndefined,  # noqa: ANN401 (of the field's type)
    needed: bool = False,
    min_length: int | None = None,
) -> Any:  # noqa: ANN401 (what pydantic makes a field of)
    """Return the field of a key: its Japanese name, what it is for, values as they may be written.

    ``written`` shows how to write it, where the first example does not: 「unit: 件」, or a request that ends in 「て」.
    """
    return Field(
        default,
        title=title,
        description=description,
        examples=list(examples) or None,
        json_schema_extra={**({WRITTEN: written} if written else {}), **({NEEDED: True} if needed else {})} or None,
        min_length=min_length,
    )


def shapes(of: type[Shape] = Shape) -> Iterator[type[Shape]]:
    """Yield every shape that is defined."""
    for shape in of.__subclasses__():
        yield shape
        yield from shapes(shape)


def mapping_or_text(shape: str) -> Discriminator:
    """Return the tag that tells a value written out as keys (the shape with this tag) from one in a single word."""
    return Discriminator(lambda value: shape if isinstance(value, dict) else "<text>")
