"""Where what is printed comes from: the texts and figures of the inputs that a piece of a page may be.

In: results, the measure of the page, and the words on it. Out: every candidate, with its place and, for figures, the
steps of its calculation; none is chosen where there are several.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from pipeline.diagnostics import Place, squeezed
from pipeline.model.audit import Text, TextKind
from pipeline.model.evaluation import Evaluation
from pipeline.model.results import Assessment, Results, Step
from pipeline.model.strategy import Value
from pipeline.wording import numbers
from pipeline.wording.era import in_text
from pipeline.workflows.explanation import steps

MOST = 12
"""The most candidates that are told."""
_AROUND = re.compile(r"^[・①-⑳●▲■―]+|（再掲）$")
"""What stands around a text on paper and is none of it."""
_LEAST = 2
"""Characters from which a piece is looked for within longer texts."""
_LONG = 6
"""Characters from which a piece is looked for in other measures."""
_KINDS = {TextKind.NAME: ("名称", "name"), TextKind.FRONT: ("冊子の文章", "")}


class Origin(Struct, frozen=True):
    """A text or a figure of the inputs: what people call it, its key, what is written, where, and how it came about."""

    title: str
    key: str
    text: str
    place: Place
    steps: tuple[Step, ...] = ()


def origins(results: Results, measure: str, words: str) -> tuple[Origin, ...]:
    """Return what the words on a page of a measure (empty: a page of none) may be: what is the measure's own; where
    nothing is, a longer text may be repeated from another (再掲).
    """
    piece = _plain(words)
    if not piece:
        return ()
    own = dict.fromkeys(_found(results, piece, measure)) if measure else {}
    anywhere = not measure or (not own and len(piece) >= _LONG)
    return tuple(dict.fromkeys(_found(results, piece, "")) if anywhere else own)


def _found(results: Results, piece: str, measure: str) -> Iterator[Origin]:
    for assessment in _assessments(results, measure):
        yield from _figures(assessment, piece)
    yield from _names(results.evaluation, measure, piece)
    texts = (text for text in results.evaluation.texts if not measure or text.measure == measure)
    yield from _texts(texts, results.evaluation, piece)


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", _AROUND.sub("", squeezed(text)))


def _assessments(results: Results, measure: str) -> Iterable[Assessment]:
    if measure:
        return (a for one in results.measures if one.measure.id == measure for a in one.assessments)
    return (*results.goal_assessments, *results.assessments)


def _texts(texts: Iterable[Text], evaluation: Evaluation, piece: str) -> Iterator[Origin]:
    """Yield the texts of which the piece is a line, or which are a part of it."""
    for text in texts:
        whole = _plain(text.value)
        if piece == whole or (len(piece) >= _LEAST and piece in whole) or (len(whole) > _LEAST and whole in piece):
            name, key = _called(text)
            yield Origin(f"{_holder(text, evaluation)}{name}", key, text.value, _line(text, piece))


def _called(text: Text) -> tuple[str, str]:
    return _KINDS[text.part] if isinstance(text.part, TextKind) else (text.part.name, text.part.id)


def _line(text: Text, piece: str) -> Place:
    """Return the line of a text that has the piece; its first where the piece runs over lines."""
    lines = text.value.split("\n")
    having = (n for n, line in enumerate(lines[: len(text.lines)]) if piece in _plain(line))
    return text.lines[next(having, 0)]


def _holder(text: Text, evaluation: Evaluation) -> str:
    measure = next((m for m in evaluation.measures if m.id == text.measure), None)
    if measure is None:
        return ""
    item = next((one for one in measure.initiatives if one.id == text.initiative), None)
    level = evaluation.form.lowest.short
    return f"{evaluation.form.rows.name}「{item.name}」の" if item else f"{level}{measure.id}「{measure.name}」の"


def _names(evaluation: Evaluation, measure: str, piece: str) -> Iterator[Origin]:
    """Yield the names and units of indicators."""
    shown = {s.indicator.id for m in evaluation.measures if m.id == measure for s in m.indicators}
    for one in evaluation.indicators:
        if measure and one.id not in shown:
            continue
        for key, text, what in (("name", one.name, "名称"), ("unit", one.unit, "単位")):
            if text and (piece == _plain(text) or (key == "name" and len(piece) > _LEAST and piece in _plain(text))):
                place = evaluation.spots.get((one.id, key), one.place)
                yield Origin(f"指標「{one.name}」の{what}", f"indicators.{one.id}.{key}", text, place)


def _figures(assessment: Assessment, piece: str) -> Iterator[Origin]:
    """Yield the baseline, the targets, the actuals, the rate and the rating that print as the piece."""
    indicator, name = assessment.shown.indicator, assessment.shown.name
    told = tuple(steps(assessment, assessment.scheme)) if assessment.scheme else ()
    written = (
        ("基準値", f"indicators.{indicator.id}.baseline", {indicator.baseline_year: indicator.baseline}),
        ("目標", f"indicators.{indicator.id}.targets", indicator.targets),
        ("実績", f"actuals.{indicator.id}", indicator.actuals),
    )
    places = (
        {indicator.baseline_year: indicator.places.baseline},
        indicator.places.targets,
        indicator.places.actuals,
    )
    for (what, key, values), where in zip(written, places, strict=True):
        for year, value in values.items():
            place = where.get(year)
            if value is not None and place and _prints(value, indicator.decimals, piece):
                title = f"指標「{name}」の{in_text(year)}の{what}"
                yield Origin(title, f"{key}.{year}", numbers.value(value, indicator.decimals), place, told)
    yield from _judged(assessment, piece, told)


def _prints(value: Value, decimals: int, piece: str) -> bool:
    return piece == _plain(numbers.value(value, decimals))


def _judged(assessment: Assessment, piece: str, told: Sequence[Step]) -> Iterator[Origin]:
    printed, name = assessment.printed, assessment.shown.name
    indicator = assessment.shown.indicator
    place = indicator.places.actuals.get(assessment.actual_year, indicator.place)
    rate = "" if assessment.rate is None else numbers.rate(assessment)
    if rate and piece == _plain(rate):
        rate_name = assessment.scheme.rate_name if assessment.scheme else ""
        yield Origin(f"指標「{name}」の{rate_name}", "", rate, place, tuple(told))
    if printed.label and piece == _plain(printed.label):
        yield Origin(f"指標「{name}」の判定", "", f"{printed.mark} {printed.label}", place, tuple(told))
