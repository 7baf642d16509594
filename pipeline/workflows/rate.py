"""``python -m pipeline rate``: try a rating scheme on a bare table of indicators, or on a year's folder.

In: paths and a scheme's file or name. Out: what every indicator comes to, with the steps. ``cli`` calls.
"""

from __future__ import annotations

from pathlib import Path

from pipeline.diagnostics import Checked, Place, error, in_order
from pipeline.model.evaluation import Evaluation
from pipeline.model.scheme import Scheme
from pipeline.model.trial import Trial, Tried, TriedIndicator
from pipeline.stages import validate
from pipeline.stages.compute import trial
from pipeline.stages.validate.table import read_scheme, read_trial
from pipeline.storage.naming import REPORT, STRATEGY


def rate(table: Path, scheme: str, root: Path) -> Checked[Tried]:
    """Try a scheme; ``table`` is a YAML file, or the folder of a year (inputs/R3)."""
    checked = _of_folder(table, scheme, root) if table.is_dir() else read_trial(table, scheme, root)
    if checked.value is None:
        return Checked(None, checked.diagnostics)
    return Checked(trial.rate(checked.value), checked.diagnostics)


def _of_folder(folder: Path, scheme: str, root: Path) -> Checked[Trial]:
    if not any((folder / name).is_file() for name in (REPORT, STRATEGY)):
        message = "年度のフォルダー（report.yaml や strategy.yaml のある所）ではありません"
        hint = "inputs/R8 のような年度のフォルダーか、指標の表のファイルを指定してください"
        return Checked(None, (error("rate-folder", Place(folder.as_posix()), message, hint),))
    evaluation, chosen = validate.read(folder, root), read_scheme(scheme, root)
    found = in_order((*evaluation.diagnostics, *chosen.diagnostics))
    if evaluation.value is None or chosen.value is None:
        return Checked(None, found)
    return Checked(_trial(evaluation.value, chosen.value), found)


def _trial(evaluation: Evaluation, scheme: Scheme) -> Trial:
    form = evaluation.form
    goals = {goal.id: f"{form.top.name}{goal.id}" for goal in evaluation.goals}
    entries = (
        TriedIndicator(shown, f"{form.lowest.short}{measure.id}", goals.get(measure.goal, ""))
        for measure in evaluation.measures
        for shown in measure.indicators
    )
    return Trial(evaluation.report.year, evaluation.years, scheme, tuple(entries))
