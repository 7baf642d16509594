"""What became of the nodes of the plan: counts, scores, and what was chosen in the form's fields, for all parts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from pipeline.model.documents import Nodes
from pipeline.model.evaluation import Evaluation
from pipeline.model.form import BookPart, Holder
from pipeline.model.results import Assessment, Results, Score
from pipeline.stages.book.bars import bar
from pipeline.wording.choices import chosen, of
from pipeline.wording.tally import breakdown, share


def with_results(nodes: Nodes, results: Results) -> Nodes:
    """Return the nodes, each with its indicators' count by rating, its scores and, above the measures, the choices
    below it.
    """
    evaluation = results.evaluation
    above = {
        node.goal.id: {
            **nodes.above[node.goal.id],
            **_judged(results.assessments_below(node.goal.id), node.scores, evaluation),
            "選択肢一覧": [*choices(evaluation, 0, node.goal.id)],
        }
        for node in results.nodes
    }
    measures = {
        m.measure.id: {**nodes.measures[m.measure.id], **_judged(m.assessments, m.scores, evaluation)}
        for m in results.measures
    }
    return Nodes({name: above[name] for name in nodes.above}, measures)


def _judged(places: Iterable[Assessment], scores: Iterable[Score], evaluation: Evaluation) -> Mapping[str, object]:
    shown = [*places]
    return {
        "指標数": str(len(shown)),
        "内訳": breakdown(shown, evaluation.report.scheme),
        "評点一覧": [{"名称": score.name, "評点": score.printed} for score in scores],
    }


def choices(evaluation: Evaluation, width: int, node: str = "") -> Iterator[dict[str, object]]:
    """Yield every field of choices with how many chose what; a full bar is ``width`` twips.

    Those of opinions are counted in the list of opinions alone, where the book has it.
    """
    has_list = BookPart.OPINIONS in evaluation.form.parts
    for found in (one for one in chosen(evaluation, node) if not (has_list and one.field.on is Holder.OPINION)):
        rows = [(word, count, Decimal(100 * count) / found.total) for word, count in found.counts]
        yield {
            "名称": found.field.name,
            "対象": of(found.field, evaluation.form),
            "総数": str(found.total),
            "内訳": found.told,
            "区分": [
                {"語": word, "数": str(count), "割合": share(count, found.total), "棒": bar(length, True, width)}
                for word, count, length in rows
            ],
        }
