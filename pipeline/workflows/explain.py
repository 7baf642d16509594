"""``python -m pipeline explain``: every step from the YAML line to the rating, for one indicator.

In: a year's inputs. Out: an assessment with its steps. ``cli`` calls, and ``explain_files`` for all indicators.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import get_close_matches

from pipeline.diagnostics import Checked, Diagnostic, Place, error, has_errors, in_order
from pipeline.model.results import Results
from pipeline.stages import compute as achievement
from pipeline.stages import validate
from pipeline.wording import plan
from pipeline.workflows.explanation import Explained
from pipeline.workflows.project import Project


def one(project: Project, subject: str) -> Checked[Explained]:
    """Explain the indicator that a measure or goal shows: ``1-2/new-hires``."""
    results = results_of(project)
    if results.value is None:
        return Checked(None, results.diagnostics)
    explained = {f"{one.owner}/{one.assessment.shown.indicator.id}": one for one in every(results.value)}
    if subject in explained:
        return Checked(explained[subject], results.diagnostics)
    return Checked(None, (_unknown(subject, tuple(explained)),))


def results_of(project: Project) -> Checked[Results]:
    """Return the results of a project's inputs, without those of the audit."""
    evaluation = validate.read(project.inputs, project.root)
    if evaluation.value is None:
        return Checked(None, evaluation.diagnostics)
    results = achievement.compute(evaluation.value)
    found = in_order((*evaluation.diagnostics, *results.diagnostics))
    return Checked(None if has_errors(found) else results.value, found)


def every(results: Results) -> Iterator[Explained]:
    """Yield every place that shows an indicator, goal-level targets first."""
    scheme = results.evaluation.report.scheme
    for goal in results.goals:
        title = plan.node_title(results.evaluation.form.top, goal.goal)
        yield from (Explained(goal.goal.id, title, a, scheme) for a in goal.assessments)
    for result in results.measures:
        title = plan.title(result.measure)
        yield from (Explained(result.measure.id, title, a, scheme) for a in result.assessments)


def _unknown(subject: str, known: Sequence[str]) -> Diagnostic:
    close = get_close_matches(subject, known, n=1, cutoff=0.5)
    owner = subject.partition("/")[0]
    beside = [one for one in known if one.startswith(f"{owner}/")]
    hint = f"もしかして「{close[0]}」ではありませんか。" if close else ""
    hint += f"{owner} の指標は {'、'.join(beside)} です" if beside else f"{known[0]} のように指定してください"
    return error("explain-unknown", Place(subject), "この指標はありません", hint)
