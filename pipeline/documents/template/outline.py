"""What a check asks of the values that are to be printed: how they hang together, not what they say.

The same template is checked again only where these differ, and no text and no figure makes them differ.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from markupsafe import Markup

from pipeline.documents.marked import Paragraphs

_TEXT, _OTHER = "文", False
PARAGRAPH = "<w:p>"
"""Begins markup that is printed as paragraphs of its own."""


def outlined(samples: Sequence[Mapping[str, object]]) -> list[Mapping[str, object]]:
    """Return samples in which every text is the same one, each of them, and of the elements of lists, once."""
    return [one for one in _each(samples) if isinstance(one, Mapping)]


def _outline(value: object) -> object:
    if isinstance(value, Mapping):
        return {name: _outline(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return _each(value)
    if isinstance(value, Markup):
        return Markup(PARAGRAPH if value.startswith(PARAGRAPH) else bool(value) * "<w:r>")  # noqa: S704 - no text in it
    if isinstance(value, str | int | Paragraphs) and not isinstance(value, bool):
        return "" if value == "" else _TEXT
    return None if value is None else _OTHER


def _each(values: Iterable[object]) -> list[object]:
    """Return what values come to, each once, in the order in which it is first met."""
    found: list[object] = []
    for value in map(_outline, values):
        if value not in found:
            found.append(value)
    return found
