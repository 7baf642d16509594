"""``explain --all``: what stands behind every rating, as a Word file and a table (CSV) under outputs/<year>/explain/.

In: a year's inputs, and ``templates/explain.docx``. ``cli`` calls.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from pipeline.diagnostics import Checked, in_order
from pipeline.documents.csv_file import BOM, guarded, lines
from pipeline.model.results import Results, Score, Step
from pipeline.publication.document import document
from pipeline.storage import outputs
from pipeline.wording import plan
from pipeline.wording.era import PATTERN, in_text
from pipeline.workflows.explain import every, results_of
from pipeline.workflows.explanation import Explained, heading, score_line, steps
from pipeline.workflows.project import Project

FOLDER = "explain"
NAME = "判定の説明"
_TEMPLATE = "explain.docx"
_COLUMNS = ("施策", "指標", "段階", "内容", "書かれている所")
_YEAR = re.compile(f"^inputs/(?:(?:{PATTERN})/)?")


def write(project: Project) -> Checked[tuple[Path, ...]]:
    """Write what stands behind every rating; give the paths. Raises ``outputs.Busy`` and ``OSError``."""
    results = results_of(project)
    if results.value is None:
        return Checked(None, results.diagnostics)
    made = _docx(results.value, project.holding(_TEMPLATE))
    found = in_order((*results.diagnostics, *made.diagnostics))
    if made.value is None:
        return Checked(None, found)
    files = {f"{FOLDER}/{NAME}.docx": made.value, f"{FOLDER}/{NAME}.csv": _csv(results.value)}
    with outputs.locked(project.outputs):  # the record stays that of the book
        outputs.publish(project.outputs, files, {}, whole=False)
    return Checked(tuple((project.outputs / path).relative_to(project.root) for path in files), found)


def written_lines(paths: Sequence[Path] | None) -> list[str] | None:
    """Return what was written."""
    return None if paths is None else [f"書き出しました  {path.as_posix()}" for path in paths]


def _docx(results: Results, templates: Path) -> Checked[bytes]:
    return document(templates, _TEMPLATE, _title(results), results.evaluation.report, _variables(results))


def _title(results: Results) -> str:
    return f"{in_text(results.evaluation.report.year)}の{NAME}"


def _variables(results: Results) -> dict[str, object]:
    report = results.evaluation.report
    return {
        "説明": {
            "題名": _title(results),
            "決め方": report.scheme.name,
            "所属": [*_groups(results)],
        },
    }


def _groups(results: Results) -> Iterator[dict[str, object]]:
    """Yield goals, groups and measures with their indicators, those that have some or a score."""
    grouped: dict[str, list[Explained]] = {}
    for explained in every(results):
        grouped.setdefault(explained.owner, []).append(explained)
    for owner, title, scores in _owners(results):
        members = grouped.get(owner, [])
        if members or scores:
            yield {
                "題名": title,
                "評点": "　".join(score_line(owner, one).removeprefix("◆ ") for one in scores),
                "指標": [_indicator(explained) for explained in members],
            }


def _owners(results: Results) -> Iterator[tuple[str, str, Sequence[Score]]]:
    """Yield the id, the title and the scores of every goal, group and measure."""
    found = {node.goal.id: node for node in results.nodes}
    for level, node in plan.nodes(results.evaluation):
        yield node.id, plan.node_title(level, node), found[node.id].scores
    yield from ((m.measure.id, plan.title(m.measure), m.scores) for m in results.measures)


def _indicator(explained: Explained) -> dict[str, object]:
    rows = [
        {"段階": step.name, "内容": step.text, "所在": _where(step)}
        for step in steps(explained.assessment, explained.scheme)
    ]
    return {"題名": heading(explained.assessment, explained.scheme).removeprefix("■ "), "手順": rows}


def _where(step: Step) -> str:
    """Name the line as somebody who has the year's folder open finds it."""
    if step.place is None or not step.place.line:
        return ""
    return f"{_YEAR.sub('', step.place.file)} {step.place.line}行目"


def _csv(results: Results) -> bytes:
    """Return the same as a table for Excel."""
    rows = (
        (explained.title, explained.assessment.shown.name, step.name, step.text, _where(step))
        for explained in every(results)
        for step in steps(explained.assessment, explained.scheme)
    )
    return BOM + lines((_COLUMNS, *(map(guarded, row) for row in rows)))
