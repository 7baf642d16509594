"""The first year of a new plan, from the last of the old one: its last actuals are the new baselines, and its targets
are to be filled in. ``new_year`` calls.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import yaml

from pipeline.departments.issued import input_places
from pipeline.departments.issued.figure_text import Figure
from pipeline.departments.returned.scalars import ScalarStyle, written
from pipeline.documents.yaml_reader import compose
from pipeline.model.correspondence import Value, ValueKind
from pipeline.model.evaluation import Evaluation
from pipeline.model.strategy import Amount, Indicator
from pipeline.storage.naming import REVISIONS, STRATEGY
from pipeline.wording.era import alike, before
from pipeline.wording.fields import TO_FILL_IN

_ACTUALS = "actuals"
_JUDGED = ("judgements", "further_judgements")
"""What the files of goals and measures say of the evaluated year alone."""


def unjudged(texts: Mapping[str, str]) -> dict[str, str]:
    """Return the files of a year without the ratings that people entered: they and their reasons are the year's own."""
    return {file: _replaced(text, dict.fromkeys(_JUDGED, "{}")) for file, text in texts.items()}


def replanned(texts: Mapping[str, str], evaluation: Evaluation, plan: Sequence[str]) -> dict[str, str]:
    """Return the files of a year with the new plan's years, the old one's last actuals as baselines, and no figure
    of the old one, nor what these were revised in; comments, and the order of everything, stay.
    """
    kept = {file: text for file, text in texts.items() if file not in (STRATEGY, REVISIONS)}
    made = {file: _replaced(text, {_ACTUALS: "{}", "as_of": ""}) for file, text in kept.items()}
    return {**made, STRATEGY: _replaced(texts[STRATEGY], dict(_planned(evaluation, plan)))}


def _planned(evaluation: Evaluation, plan: Sequence[str]) -> Iterator[tuple[str, str]]:
    yield "years", f"{{baseline: {before(plan[0])}, last: {plan[-1]}}}"
    for indicator in evaluation.indicators:
        key = f"indicators.{indicator.id}"
        yield f"{key}.baseline", _baseline(indicator, plan)
        yield f"{key}.targets", f"{{{plan[-1]}: {TO_FILL_IN}}}"
        yield f"{key}.revised", ""


def _baseline(indicator: Indicator, plan: Sequence[str]) -> str:
    """Write the last actual that is known, with its year; without any, the old baseline."""
    known = [(year, value) for year, value in indicator.actuals.items() if isinstance(value, Amount)]
    year, value = known[-1] if known else (indicator.baseline_year, indicator.baseline)
    told = [f"year: {alike(year, plan[-1])}"]
    if value is not None:
        kind = ValueKind.STATE if value.state else ValueKind.NUMBER
        figure = Value(kind, str(Figure(f"{value.number:f}", value.state or "")))
        told.append(f"value: {written(figure, ScalarStyle(None, flow=True, indent='', newline=''))}")
    return f"{{{', '.join(told)}}}"


def _replaced(text: str, values: Mapping[str, str]) -> str:
    """Return a YAML text with new values, written as they are to stand; one that is empty takes its key away too."""
    root = compose(text)
    patches = []
    for keys, value in values.items():
        found = input_places.find(root, keys) if root else None
        if found and (value or found.key):
            start = found.node if value or found.key is None else found.key
            patches.append((start.start_mark.index, _end(found.node), value))
    for first, last, value in sorted(patches, reverse=True):
        text = text[:first] + value + text[last:]
    return text


def _end(node: yaml.Node) -> int:
    """Return where a value ends: a block, which is said to reach to what follows it, with the last thing in it."""
    if isinstance(node, yaml.MappingNode) and not node.flow_style and node.value:
        return _end(node.value[-1][1])
    if isinstance(node, yaml.SequenceNode) and not node.flow_style and node.value:
        return _end(node.value[-1])
    return int(node.end_mark.index)
