"""What samples have in common: the names under which values stand, and of what kind these are, without the values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import NoneType
from typing import Any

from markupsafe import Markup
from msgspec import Struct

from pipeline.documents.marked import Paragraphs

Letters = str | None
"""How a value is printed: as a text (no letters), ``r`` (runs), ``p`` (paragraphs); None = not at all."""

_TEXTS, _PARTED = frozenset({str, NoneType}), frozenset({dict, NoneType})


class Kind(Struct, frozen=True):
    """Of what kind the values of one name are in all samples.

    ``letters`` are those of the values that print something, ``names`` what those hold that have parts, ``elements``
    what stands in lists (None where that is not known). ``is_given`` is false where no sample has a value.
    """

    letters: tuple[Letters, ...]
    names: Mapping[str, Kind]
    elements: Kind | None
    is_list: bool
    is_given: bool


_NOTHING, _EMPTY, _TEXT = (Kind(one, {}, None, False, given) for one, given in (((), False), ((), True), (("",), True)))


def kind_of(values: Sequence[object]) -> Kind:
    """Return of what kind values are."""
    types = {*map(type, values)}
    if types <= _TEXTS:  # as most are
        return _TEXT if any(values) else _EMPTY if str in types else _NOTHING
    given = [value for value in values if value is not None]
    if types <= _PARTED:  # as most others are
        return Kind((None,), _names(given), None, is_list=False, is_given=True)
    lists = [value for value in given if isinstance(value, (list, tuple))]
    elements = [element for values in lists for element in values]
    return Kind(
        tuple(dict.fromkeys(_letters(value) for value in given if value != "")),
        _names([value for value in given if isinstance(value, Mapping)]),
        kind_of(elements) if elements else None,
        bool(lists),
        bool(given),
    )


def _names(mappings: Sequence[Any]) -> Mapping[str, Kind]:
    held: dict[str, list[object]] = {}
    for mapping in mappings:
        for name, value in mapping.items():
            held.setdefault(name, []).append(value)
    return {name: kind_of(values) for name, values in held.items()}


def _letters(value: object) -> Letters:
    if isinstance(value, Markup):
        return "p" if value.startswith("<w:p>") else "r"
    return "" if isinstance(value, str | int | Paragraphs) and not isinstance(value, bool) else None
