"""Cities made up for the tests of the audit: indicators and sentences of any domain, without files."""

from __future__ import annotations

from msgspec.structs import replace

from pipeline.diagnostics import Diagnostic, Place
from pipeline.model.audit import AuditRules, Silence, Spelling, Text, TextKind
from pipeline.model.evaluation import Activity, Evaluation, Initiative
from pipeline.model.form import Field
from pipeline.model.strategy import Goal, Indicator
from pipeline.stages.audit import audit
from pipeline.stages.compute.results import compute
from tests.project import BASE
from tests.stages.compute import examples
from tests.stages.compute.examples import EVALUATION, RESULTS

FILE = f"{BASE}/measures/1-1.yaml"


def written(
    value: str, part: TextKind | Field = RESULTS, measure: str = "1-1", initiative: str = "it", line: int = 10
) -> Text:
    """A text as a block in a measure's file, indented by four."""
    lines = tuple(Place(f"{BASE}/measures/{measure}.yaml", line + n, 5) for n in range(value.count("\n") + 1))
    return Text(part, measure, initiative, value, lines)


def city(
    *indicators: Indicator,
    results: str = "",
    evaluation: str = "",
    name: str = "相談窓口の設置",
    activities: tuple[str, ...] = (),
    texts: tuple[Text, ...] = (),
    rules: AuditRules | None = None,
) -> Evaluation:
    """A strategy of one measure that shows the indicators, with one initiative that is told of."""
    place = Place(FILE, 5, 3)
    fields = {"results": results, "evaluation": evaluation}
    told = Initiative("it", name, None, tuple(Activity(a) for a in activities), fields, place)
    measure = examples.measure("1-1", *indicators, initiatives=(told,))
    whole = examples.evaluation((Goal("1", "目標", ()),), (measure,))
    names = [written(text, TextKind.NAME, line=n + 1) for n, text in enumerate((name, *activities))]
    narrative = [
        written(text, part, line=line)
        for text, part, line in ((results, RESULTS, 10), (evaluation, EVALUATION, 20))
        if text
    ]
    others = tuple(written(indicator.name, TextKind.NAME, "", "") for indicator in indicators)
    report = replace(whole.report, place=Place(f"{BASE}/report.yaml"))
    return replace(whole, report=report, texts=(*others, *names, *narrative, *texts), rules=rules or AuditRules())


def audited(evaluation: Evaluation, previous: Evaluation | None = None) -> tuple[Diagnostic, ...]:
    """Everything the audit finds in a city."""
    results = compute(evaluation).value
    assert results is not None
    return audit(results, previous).diagnostics


def found(evaluation: Evaluation, *identifiers: str, previous: Evaluation | None = None) -> list[str]:
    """The messages of the findings with these ids."""
    return [d.message for d in audited(evaluation, previous) if d.id in identifiers]


def silences(*entries: tuple[str, str, str]) -> AuditRules:
    """Rules that keep warnings quiet: id, file and words."""
    made = (Silence(i, f, w, "原本のとおり", Place(f"{BASE}/audit.yaml", 3, 3)) for i, f, w in entries)
    return AuditRules(silences=tuple(made))


def spellings(*words: str, allowed: tuple[str, ...] = ()) -> AuditRules:
    """Rules with one word to be spelled one way."""
    return AuditRules(spellings=(Spelling(words, allowed),))
