"""Values that are one of a few words, as types that check themselves and say in Japanese what is wrong."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from difflib import get_close_matches
from typing import Annotated, NoReturn, TypeVar

from pydantic import PlainValidator, WithJsonSchema

from pipeline.diagnostics import shorten
from pipeline.model.choice import Choice
from pipeline.model.comparison import Relation
from pipeline.model.form import (
    BookPart,
    FieldKind,
    Hand,
    Holder,
    Needed,
    Side,
    Tense,
    Unchanged,
    Underlined,
    Writer,
)
from pipeline.model.options import Format
from pipeline.model.report import Edition
from pipeline.model.scheme import Aim, Averaged, Formula, Judged, Lower, Rounding, Tone
from pipeline.model.strategy import Direction, Kind
from pipeline.stages.validate.scalars import fail

C = TypeVar("C", bound=Choice)


class Basis(Choice):
    """Of what a goal's score is the average."""

    INDICATORS = "indicators", "指標"
    MEASURES = "measures", "施策の評点"


def _one_of(words: type[C]) -> Callable[[object], C]:
    allowed = [word.value for word in words]
    choices = "、".join(_named(word) for word in words)

    def check(value: object) -> C:
        if isinstance(value, str) and value in allowed:
            return words(value)
        return refuse(value)

    def refuse(value: object) -> NoReturn:
        if value in (None, ""):
            fail("empty", "が空です", f"{choices} のどれかを書いてください")
        narrow = unicodedata.normalize("NFKC", str(value)).strip().lower()
        meant = {word.called: word.value for word in words}.get(narrow, narrow)
        close = get_close_matches(meant, allowed, n=1, cutoff=0.5)
        hint = f"もしかして「{_named(words(close[0]))}」ではありませんか。" if close else ""
        fail("unknown", f"の「{shorten(str(value))}」は使えません", f"{hint}書けるのは {choices} です")

    return check


def _named(word: Choice) -> str:
    """Return a word with its name: increase（大きいほど良い）."""
    return f"{word.value}（{word.called}）"


def _listed(words: type[Choice]) -> WithJsonSchema:
    """Return how the schema has the words: as a list, in their order."""
    values, names = [word.value for word in words], [word.called for word in words]
    return WithJsonSchema({"enum": values, "type": "string", "enumDescriptions": names})


AimWord = Annotated[Aim, PlainValidator(_one_of(Aim)), _listed(Aim)]
AveragedWord = Annotated[Averaged, PlainValidator(_one_of(Averaged)), _listed(Averaged)]
BasisWord = Annotated[Basis, PlainValidator(_one_of(Basis)), _listed(Basis)]
BookPartWord = Annotated[BookPart, PlainValidator(_one_of(BookPart)), _listed(BookPart)]
DirectionWord = Annotated[Direction, PlainValidator(_one_of(Direction)), _listed(Direction)]
EditionWord = Annotated[Edition, PlainValidator(_one_of(Edition)), _listed(Edition)]
FieldKindWord = Annotated[FieldKind, PlainValidator(_one_of(FieldKind)), _listed(FieldKind)]
FormatWord = Annotated[Format, PlainValidator(_one_of(Format)), _listed(Format)]
FormulaWord = Annotated[Formula, PlainValidator(_one_of(Formula)), _listed(Formula)]
HandWord = Annotated[Hand, PlainValidator(_one_of(Hand)), _listed(Hand)]
HolderWord = Annotated[Holder, PlainValidator(_one_of(Holder)), _listed(Holder)]
JudgedWord = Annotated[Judged, PlainValidator(_one_of(Judged)), _listed(Judged)]
KindWord = Annotated[Kind, PlainValidator(_one_of(Kind)), _listed(Kind)]
LowerWord = Annotated[Lower, PlainValidator(_one_of(Lower)), _listed(Lower)]
NeededWord = Annotated[Needed, PlainValidator(_one_of(Needed)), _listed(Needed)]
RelationWord = Annotated[Relation, PlainValidator(_one_of(Relation)), _listed(Relation)]
RoundingWord = Annotated[Rounding, PlainValidator(_one_of(Rounding)), _listed(Rounding)]
TenseWord = Annotated[Tense, PlainValidator(_one_of(Tense)), _listed(Tense)]
SideWord = Annotated[Side, PlainValidator(_one_of(Side)), _listed(Side)]
ToneWord = Annotated[Tone, PlainValidator(_one_of(Tone)), _listed(Tone)]
UnchangedWord = Annotated[Unchanged, PlainValidator(_one_of(Unchanged)), _listed(Unchanged)]
UnderlinedWord = Annotated[Underlined, PlainValidator(_one_of(Underlined)), _listed(Underlined)]
WriterWord = Annotated[Writer, PlainValidator(_one_of(Writer)), _listed(Writer)]
