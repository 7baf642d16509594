"""What samples have in common: the names under which values stand, and of what kind these are, without the values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import NoneType

from markupsafe import Markup
from msgspec import Struct

from pipeline.documents.marked import Paragraphs

Letters = str | None
"""How a value is printed: as a text (no letters), ``r`` (runs), ``p`` (paragraphs); None = not at all."""

_TEXTS = frozenset({str, NoneType})


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
    held: dict[str, list[object]] = {}
    for mapping in given:
        if isinstance(mapping, Mapping):
            for name, value in mapping.items():
                held.setdefault(name, []).append(value)
    lists = [value for value in given if isinstance(value, list | tuple)]
    elements = [element for values in lists for element in values]
    return Kind(
        tuple(dict.fromkeys(_letters(value) for value in given if value != "")),
        {name: kind_of(values) for name, values in held.items()},
        kind_of(elements) if elements else None,
        bool(lists),
        bool(given),
    )


def _letters(value: object) -> Letters:
    if isinstance(value, Markup):
        return "p" if value.startswith("<w:p>") else "r"
    return "" if isinstance(value, str | int | Paragraphs) and not isinstance(value, bool) else None
