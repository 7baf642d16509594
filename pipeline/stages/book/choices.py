"""The choices that were made in fields of the form (達成度 of 1 to 5, 方向性), counted in the order of the form."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from pipeline.model.evaluation import Measure
from pipeline.model.form import Field, FieldKind, FieldValue, Holder
from pipeline.model.results import Results
from pipeline.wording.tally import in_a_line

UNFILLED = "未記入"
_HOLDERS = (Holder.MEASURE, Holder.INITIATIVE, Holder.INDICATOR)


def counted(results: Results) -> list[dict[str, object]]:
    """Return every field of choices with how many chose what, of the whole plan and by what stands at its top."""
    form = results.evaluation.form
    fields = [field for holder in _HOLDERS for field in form.on(holder) if field.kind is FieldKind.CHOICE]
    return [_field(field, results) for field in fields]


def _field(field: Field, results: Results) -> dict[str, object]:
    made = [(result.measure.goal, value) for result in results.measures for value in _made(field, result.measure)]
    words = [*field.choices, *([UNFILLED] if any(value not in field.choices for _, value in made) else [])]
    every = _counts(words, [value for _, value in made])
    goals = [
        {
            "番号": one.goal.number,
            "名称": one.goal.name,
            "区分": _counts(words, [value for goal, value in made if goal == one.goal.id]),
        }
        for one in results.goals
    ]
    told = in_a_line([(one["語"], int(one["数"])) for one in every if one["数"] != "0"])
    return {"名称": field.name, "区分": every, "内訳": told, "基本目標": goals}


def _counts(words: list[str], values: list[str]) -> list[dict[str, str]]:
    found = Counter(value if value in words else UNFILLED for value in values)
    return [{"語": word, "数": str(found[word])} for word in words]


def _made(field: Field, measure: Measure) -> Iterator[str]:
    """Yield what was chosen in a field; what is repeated from another measure counts there."""
    for fields in _holders(field.on, measure):
        yield str(fields.get(field.id) or "")


def _holders(holder: Holder, measure: Measure) -> Iterator[Mapping[str, FieldValue]]:
    match holder:
        case Holder.INITIATIVE:
            yield from (item.fields for item in measure.initiatives if item.repeated_from is None)
        case Holder.INDICATOR:
            yield from (shown.indicator.fields for shown in measure.indicators)
        case _:
            yield measure.fields
