"""The spaces in formulas: which kind of sign stands beside which (as in TeX)."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Literal, TypeAlias

from msgspec import Struct

from pipeline.documents.pdf.inline_boxes import InlineBox, in_row, padded

Kind: TypeAlias = Literal["letter", "large", "binary", "relation", "opening", "closing", "comma"]
_BINARY = frozenset("+−±∓×÷·∙⋅∗∘∩∪∧∨⊕⊖⊗⊘⊙∖⊔⊓†‡")
_LETTERS = frozenset("∀∃∄∂∆∇∅∞∠∡∢√∛∜∎∴∵⊤¬∝'′″°%‰…⋯⋮⋰⋱/")
_RELATIONS = frozenset("=<>:∝∴∵≒")
_OPENING, _CLOSING = frozenset("([{⟨⌈⌊⟦（［｛"), frozenset(")]}⟩⌉⌋⟧!）］｝")
_COMMAS = frozenset(",;，；")
_THIN, _MEDIUM, _THICK = 3 / 18, 4 / 18, 5 / 18
"""Spaces in em."""
_UNBOUND = frozenset({"binary", "large", "relation", "opening", "comma"})
"""What a sign that joins two terms stands after where there is no first one: it is the sign of the second."""


class Atom(Struct, frozen=True):
    """A box with what it is to what stands before it and after it."""

    box: InlineBox
    first: Kind = "letter"
    last: Kind = "letter"


def kind_of(sign: str) -> Kind:
    """Return what a character is to its neighbours."""
    if sign in _OPENING or sign in _CLOSING:
        return "opening" if sign in _OPENING else "closing"
    if sign in _COMMAS or sign in _BINARY:
        return "comma" if sign in _COMMAS else "binary"
    is_sign = unicodedata.category(sign) == "Sm" or "\u2190" <= sign <= "\u21ff"
    return "relation" if sign in _RELATIONS or (is_sign and sign not in _LETTERS and sign not in "|~") else "letter"


def tokens(text: str) -> Iterator[tuple[str, Kind]]:
    """Yield a text in pieces: letters and figures together, signs that need space one by one."""
    kinds = [kind_of(sign) for sign in text]
    for index, sign in enumerate(text):
        if sign in ",，" and text[index - 1 : index].isdigit() and text[index + 1 : index + 2].isdigit():
            kinds[index] = "letter"
    for (kind, _), held in groupby(enumerate(kinds), lambda pair: (pair[1], pair[1] != "letter" and pair[0])):
        letters = "".join(text[index] for index, _ in held)
        yield letters, kind


def joined(atoms: Sequence[Atom], em: float, is_script: bool, before: Kind | None = None) -> InlineBox:
    """Return a row with its spaces; ``before`` is what stands before it, if anything."""
    return in_row(padded(box, space, 0.0) for space, box, _ in _spaced(atoms, em, is_script, before))


def pieces(atoms: Sequence[Atom], em: float) -> Iterator[InlineBox]:
    """Yield a row in the pieces between which a line may break: before signs that join two terms."""
    held: list[InlineBox] = []
    for space, box, kind in _spaced(atoms, em, is_script=False, before=None):
        if held and kind in ("binary", "relation"):
            yield in_row([*held, InlineBox(width=space)])
            held = [box]
        else:
            held.append(padded(box, space, 0.0))
    yield in_row(held)


def _spaced(
    atoms: Sequence[Atom], em: float, is_script: bool, before: Kind | None
) -> Iterator[tuple[float, InlineBox, Kind]]:
    """Yield the boxes of a row, each with the space before it, and with what it is here."""
    last = before
    for atom, following in zip(atoms, (*atoms[1:], None), strict=False):
        first = _bound(atom.first, last, following.first if following else None)
        box = atom.box if following is None else padded(atom.box, 0.0, atom.box.skew)
        yield _space(last, first, is_script) * em, box, first
        last = first if atom.first == atom.last else atom.last


def _bound(kind: Kind, before: Kind | None, after: Kind | None) -> Kind:
    """Return what a sign is here: one that has no term at either side joins none."""
    if kind != "binary":
        return kind
    is_free = before is None or before in _UNBOUND or after in ("relation", "closing", "comma", None)
    return "letter" if is_free else kind


def _space(before: Kind | None, after: Kind, is_script: bool) -> float:
    """Return the space (em) between two neighbours (The TeXbook, chapter 18)."""
    if before is None or before == "opening" or after in ("closing", "comma"):
        return 0.0
    beside = {before, after}
    if beside & {"relation", "binary"}:
        wide = _THICK if "relation" in beside else _MEDIUM
        return 0.0 if is_script or before == after else wide
    if "large" in beside and after != "opening":
        return _THIN
    return _THIN if before == "comma" and not is_script else 0.0
