"""What was read of a file as plain values, which can be kept: shapes are told by their names, and made again of them.

A shape that is made of a form has that form's fields, so it is none that could be named by itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any, get_args

from msgspec import Struct
from msgspec.structs import replace

from pipeline.diagnostics import Diagnostic
from pipeline.stages.validate.base import Shape
from pipeline.stages.validate.document import Document, S


class Plain(Struct, frozen=True):
    """A shape by its name, and what its keys have."""

    shape: str
    values: Mapping[str, object]


class Remembered(Struct, frozen=True):
    """What was read of a file, and what is wrong with it; ``document`` lacks its data."""

    document: Document[Any]
    data: object
    found: tuple[Diagnostic, ...]


def plainly(document: Document[S], found: tuple[Diagnostic, ...]) -> Remembered:
    """Return what was read of a file without shapes."""
    return Remembered(replace(document, data=None), _plain(document.data), found)


def restored(known: Remembered, shape: type[S]) -> tuple[Document[S], tuple[Diagnostic, ...]]:
    """Return what was read of a file that is held to a shape."""
    return replace(known.document, data=_shaped(known.data, _within(shape))), known.found


def _plain(value: Any) -> object:  # noqa: ANN401 (whatever a shape holds)
    if isinstance(value, Shape):
        return Plain(type(value).__name__, {key: _plain(one) for key, one in value})
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    return [_plain(one) for one in value] if isinstance(value, list) else value


def _shaped(value: Any, shapes: Mapping[str, type[Shape]]) -> Any:  # noqa: ANN401 (as above)
    if isinstance(value, Plain):
        values = {key: _shaped(one, shapes) for key, one in value.values.items()}
        return shapes[value.shape].model_construct(**values)
    if isinstance(value, dict):
        return {key: _shaped(one, shapes) for key, one in value.items()}
    return [_shaped(one, shapes) for one in value] if isinstance(value, list) else value


@cache
def _within(shape: type[Shape]) -> Mapping[str, type[Shape]]:
    """Return a shape and all those in it by their names."""
    found: dict[str, type[Shape]] = {}
    ahead: list[Any] = [shape]
    while ahead:
        one = ahead.pop()
        if not (isinstance(one, type) and issubclass(one, Shape)):
            ahead.extend(get_args(one))
        elif one.__name__ not in found:
            found[one.__name__] = one
            ahead.extend(field.annotation for field in one.model_fields.values())
    return found
