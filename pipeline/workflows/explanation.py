"""The steps from the inputs to the rating, as text and as JSON: what ``rate`` and ``explain`` print."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from decimal import Decimal

from msgspec import Struct

from pipeline.diagnostics import Diagnostic, rows
from pipeline.model.results import Assessment, Score, Step
from pipeline.model.scheme import Scheme
from pipeline.model.trial import Tried
from pipeline.wording import ratings
from pipeline.wording.numbers import in_brackets
from pipeline.wording.terms import verdict


def heading(assessment: Assessment, scheme: Scheme) -> str:
    """Write an indicator with its rate and rating in one line."""
    indicator, printed = assessment.shown.indicator, verdict(assessment, scheme)
    called = assessment.shown.name + in_brackets(indicator.unit)
    return f"■ {called}　{_rate(assessment.rate, scheme)}{ratings.shown(printed)}"


def _rate(rate: Decimal | None, scheme: Scheme | None) -> str:
    return "" if rate is None or scheme is None else f"{scheme.rate_name} {rate:,f}%　"


class Explained(Struct, frozen=True):
    """An indicator as one measure or goal (``owner``, with its printed ``title``) shows it."""

    owner: str
    title: str
    assessment: Assessment
    scheme: Scheme


def explanation_lines(explained: Explained) -> Iterator[str]:
    """Write an indicator of the report with every step."""
    yield explained.title
    yield from lines(explained.assessment, explained.scheme)


def explanation_json(explained: Explained, found: Iterable[Diagnostic]) -> str:
    """Write an indicator of the report with every step for programs, and what was found in the inputs."""
    content = {"owner": explained.owner, **as_json(explained.assessment, explained.scheme), "diagnostics": rows(found)}
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def steps(assessment: Assessment, scheme: Scheme) -> Iterator[Step]:
    """Yield every step, those of the second judgement after a step that names its condition."""
    yield from assessment.steps
    second = assessment.conditional
    if second:
        printed = verdict(second, scheme)
        yield Step("条件付きの判定", f"{second.condition}　{_rate(second.rate, scheme)}{ratings.shown(printed)}")
        yield from second.steps
    for other in assessment.others:
        named = other.scheme
        told = _rate(other.rate, named) + ratings.shown(other.printed)
        yield Step("ほかの判定", f"「{named.name if named else ''}」　{told}")
        yield from other.steps


def lines(assessment: Assessment, scheme: Scheme) -> Iterator[str]:
    """Write an indicator with every step, one a line, and the second judgement where the baseline was revised."""
    yield heading(assessment, scheme)
    explained = tuple(steps(assessment, scheme))
    width = max(len(step.name) for step in explained)
    for step in explained:
        where = f"　（{step.place.file}:{step.place.line}）" if step.place and step.place.line else ""
        yield f"    {step.name:　<{width}}　{step.text}{where}"


def score_line(name: str, score: Score) -> str:
    """Write a score with how it came about."""
    label = f"　{score.rating.mark} {score.rating.label}" if score.rating else ""
    return f"◆ {name}の評点　{score.text}{label}"


def tried_lines(tried: Tried) -> Iterator[str]:
    """Write everything that came of a trial."""
    trial = tried.trial
    yield f"決め方　{trial.scheme.name}（{trial.scheme.place.file}）　評価年度 {trial.year}"
    for assessment in tried.assessments:
        yield ""
        yield from lines(assessment, trial.scheme)
    if tried.scores:
        yield ""
        yield from (score_line(name, score) for name, score in tried.scores)


def tried_json(tried: Tried, found: Iterable[Diagnostic]) -> str:
    """Write a trial for programs, and what was found in the table: numbers are decimal strings."""
    scheme = tried.trial.scheme
    content = {
        "scheme": scheme.name,
        "year": tried.trial.year,
        "rate_name": scheme.rate_name or None,
        "indicators": [as_json(assessment, scheme) for assessment in tried.assessments],
        "scores": [
            {
                "name": name,
                "value": f"{score.number:f}",
                "rating": score.rating and score.rating.code,
                "how": score.text,
            }
            for name, score in tried.scores
        ],
        "diagnostics": rows(found),
    }
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def as_json(assessment: Assessment, scheme: Scheme) -> dict[str, object]:
    """Return an assessed indicator with its steps as plain data."""
    printed, second = verdict(assessment, scheme), assessment.conditional
    return {
        "name": assessment.shown.name,
        "rate": None if assessment.rate is None else f"{assessment.rate:f}",
        "progress": None if assessment.progress is None else f"{assessment.progress:f}",
        "met": assessment.met,
        "rating": assessment.rating.code if assessment.rating else None,
        "mark": printed.mark,
        "label": printed.label,
        "reason": assessment.reason or assessment.progress_reason,
        "rate_reason": assessment.rate_reason,
        "rating_reason": assessment.rating_reason,
        "progress_reason": assessment.progress_reason,
        "conditional": second
        and {
            "condition": second.condition,
            "rate": None if second.rate is None else f"{second.rate:f}",
            "rating": second.rating.code if second.rating else None,
            "steps": [_step(step) for step in second.steps],
        },
        "steps": [_step(step) for step in assessment.steps],
        **({"judgements": _others(assessment)} if assessment.others else {}),
    }


def _others(assessment: Assessment) -> dict[str, object]:
    """Return the further judgements by their names."""
    return {one.scheme.name: as_json(one, one.scheme) for one in assessment.others if one.scheme}


def _step(step: Step) -> dict[str, object]:
    place = step.place
    return {"name": step.name, "text": step.text, "file": place and place.file, "line": place and place.line}
