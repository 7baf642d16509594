"""The audit (点検): what a careful clerk would look for before the council does. Warnings and notes, never errors.

In: the ``Results`` with every written text, and the year before's ``Evaluation`` where there is one. Out:
``Checked[Audited]`` with a warning for each doubt and a note for each figure that agrees with its table. ``build``
calls. One check is one named function, listed in ``CHECKS``; audit.yaml silences a warning, with a reason.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from itertools import chain

from pipeline.audit import figures
from pipeline.audit.finding import Case, Finding, case
from pipeline.audit.silence import silenced
from pipeline.diagnostics import Checked, Severity
from pipeline.model.audit import Audited
from pipeline.model.evaluation import Evaluation
from pipeline.model.results import Results

__all__ = ["CHECKS", "audit"]

CHECKS: tuple[Callable[[Case], Iterator[Finding]], ...] = (figures.figures_agree_with_the_tables,)

TITLES = {
    "figure-differs": "表と違う数値",
    "figure-parts-differ": "内訳と違う合計",
    "silence-unused": "当てはまらない省略の指定",
}
"""What the closing summary calls the warnings of an id."""


def audit(results: Results, previous: Evaluation | None) -> Checked[Audited]:
    """Look for what the figures and the words of the report give reason to doubt."""
    evaluation = results.evaluation
    base = evaluation.report.place.file.rpartition("/")[0]
    given = case(results, previous)
    findings = chain.from_iterable(check(given) for check in CHECKS)
    found = tuple(f.diagnostic for f in silenced(findings, evaluation.rules.silences, base))
    counts = Counter(d.id for d in found)
    warnings = dict.fromkeys(d.id for d in found if d.severity is Severity.WARNING)
    told = tuple((TITLES[identifier], counts[identifier]) for identifier in warnings)
    return Checked(Audited(told, counts["figure-confirmed"], counts["audit-silenced"]), found)
