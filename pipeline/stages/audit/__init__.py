"""The audit (点検): what a careful clerk would look for before the council does. Warnings and notes, never errors.

In: the ``Results`` with every written text, and the year before's ``Evaluation`` where there is one. Out:
``Checked[Audited]`` with a warning for each doubt and a note for each figure that agrees with its table.
``workflows.report`` calls. One check is one named function, listed in ``CHECKS``; audit.yaml silences a warning, with a
reason.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import chain

from pipeline.diagnostics import Checked, Diagnostic, Severity
from pipeline.model.audit import Audited
from pipeline.model.evaluation import Evaluation
from pipeline.model.results import Results
from pipeline.stages.audit import claim_checks, exchanged, history, narratives, references, spelling, style, tables
from pipeline.stages.audit.finding import Finding, Material, material
from pipeline.stages.audit.silence import silenced

__all__ = ["CHECKS", "audit", "doubtful_figures"]

Check = Callable[[Material], Iterator[Finding]]

CHECKS: tuple[Check, ...] = (
    claim_checks.figures_agree_with_the_tables,
    narratives.far_misses_are_mentioned,
    narratives.narratives_are_not_copied,
    narratives.narratives_are_of_this_year,
    exchanged.texts_are_in_their_place,
    tables.figures_are_likely,
    tables.targets_are_their_own,
    history.indicators_are_as_they_were,
    history.names_are_as_they_were,
    history.words_are_as_they_were,
    history.earlier_years_have_their_actual,
    history.earlier_years_are_settled,
    spelling.words_are_spelled_one_way,
    style.commas_are_of_one_kind,
    style.wave_dashes_are_of_one_kind,
    style.digits_are_of_one_width,
    style.letters_are_of_one_width,
    style.katakana_is_wide,
    style.punctuation_is_single,
    style.sentences_are_closed,
    style.brackets_are_balanced,
    style.japanese_has_no_spaces,
    references.measures_that_are_named_exist,
    references.departments_that_answer_exist,
    references.repeated_names_exist,
    references.pages_are_not_referred_to,
    references.sdgs_have_their_number,
    references.counts_are_those_of_the_strategy,
)

TITLES = {
    "figure-differs": "表と違う数値",
    "figure-parts-differ": "内訳と違う合計",
    "far-miss-unmentioned": "説明のない大幅な未達成",
    "narrative-copied": "同じ文章",
    "narrative-unchanged": "前年度のままの文章",
    "narrative-exchanged": "入れ替わった文章",
    "target-falls-back": "後戻りする目標",
    "cumulative-fell": "減った累計",
    "percentage-above-100": "100%を超える割合",
    "kind-unlike-unit": "累計の割合",
    "figure-leaps": "桁の違う数値",
    "figure-negative": "負の数値",
    "direction-unlike": "望ましい方向と逆の計画",
    "states-unlike": "逆に並んだ段階",
    "targets-alike": "ほかの指標と同じ目標",
    "unit-changed": "変わった単位",
    "history-changed": "前年度と違う内容",
    "history-lost": "前年度から消えた内容",
    "actual-missing": "実績のない年度",
    "actual-unsettled": "確定していない実績",
    "spelling-mixed": "表記の揺れ",
    "comma-mixed": "読点の混在",
    "wave-dash-mixed": "波線の混在",
    "digits-mixed": "数字の幅の混在",
    "letters-mixed": "英字の幅の混在",
    "katakana-half": "半角カタカナ",
    "punctuation-double": "続いた句読点",
    "sentence-open": "「。」のない文",
    "bracket-unbalanced": "対にならない括弧",
    "space-in-japanese": "文中の空白",
    "reference-unknown": "ない施策への言及",
    "repeat-name-unknown": "ない取組の再掲",
    "answering-department-unknown": "所管課でない回答する課",
    "page-reference": "ページへの言及",
    "sdg-name-differs": "SDGsの番号違い",
    "count-differs": "数の違う前付け",
    "silence-unused": "当てはまらない省略の指定",
}
"""What the closing summary calls the warnings of an id."""


def audit(results: Results, previous: Evaluation | None) -> Checked[Audited]:
    """Return what the figures and the words of the report give reason to doubt."""
    found = _found(CHECKS, results, previous)
    counts = Counter(d.id for d in found)
    warnings = dict.fromkeys(d.id for d in found if d.severity is Severity.WARNING)
    told = tuple((TITLES[identifier], counts[identifier]) for identifier in warnings)
    return Checked(Audited(told, counts["figure-confirmed"], counts["audit-silenced"]), found)


def doubtful_figures(results: Results) -> tuple[Diagnostic, ...]:
    """Return what makes figures of the tables doubtful by themselves."""
    found = _found((tables.figures_are_likely,), results, None)
    return tuple(d for d in found if d.severity is Severity.WARNING)


def _found(checks: Iterable[Check], results: Results, previous: Evaluation | None) -> tuple[Diagnostic, ...]:
    given = material(results, previous)
    findings = chain.from_iterable(check(given) for check in checks)
    return tuple(f.diagnostic for f in silenced(findings, results.evaluation.rules.silences, given.base))
