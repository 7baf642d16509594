"""From checked documents to the model: references followed, actuals joined, repeated text carried over.

Nothing is checked here; every rule has held before.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from pipeline.diagnostics import Place
from pipeline.model.audit import AuditRules, Silence, Spelling
from pipeline.model.comparison import Width
from pipeline.model.evaluation import Activity, Evaluation, Initiative, Measure, Opinion
from pipeline.model.form import BookPart, FieldValue, Form, Holder, Writer
from pipeline.model.report import FlowStep, Letters, Report, Section
from pipeline.model.scheme import Scheme
from pipeline.model.strategy import (
    Absence,
    Amount,
    Goal,
    Indicator,
    Judgement,
    Kind,
    Places,
    Rebased,
    Revision,
    Sdg,
    Shown,
    Value,
    Worded,
)
from pipeline.stages.validate import plan
from pipeline.stages.validate.document import Document
from pipeline.stages.validate.field_values import entered
from pipeline.stages.validate.join_opinions import opinions
from pipeline.stages.validate.join_scheme import scheme
from pipeline.stages.validate.measure_file import (
    ActivityEntry,
    ActualShape,
    EnteredShape,
    GoalsFile,
    InitiativeShape,
    MeasureFile,
    NamedActivity,
    RepeatedActivity,
    RepeatedInitiative,
    entered_shape,
)
from pipeline.stages.validate.report_file import ReportFile, SectionShape
from pipeline.stages.validate.revisions_file import BASELINE, RevisionsFile
from pipeline.stages.validate.sources import Sources
from pipeline.stages.validate.spots import spots
from pipeline.stages.validate.strategy_file import (
    AmountShape,
    GoalShape,
    IndicatorShape,
    MeasureShape,
    RevisedShape,
    ShownEntry,
    ShownShape,
    StrategyFile,
    WordsShape,
)
from pipeline.stages.validate.texts import texts
from pipeline.wording.era import gregorian

_SUFFIXES = {Kind.CUMULATIVE: "累計", Kind.ANNUAL: "年間", Kind.POINT: "時点", Kind.MILESTONE: "", Kind.ACTION: ""}
_NO_SUFFIX = "なし"


def evaluation(sources: Sources) -> Evaluation:
    """Return the model of documents without errors."""
    strategy = sources.strategy.given()
    schemes = [scheme(one.given(), one.at()) for one in sources.judging]
    indicators = _indicators(sources, _recorded(sources))
    initiatives, said = _originals(sources), tuple(opinions(sources))
    return Evaluation(
        report=_report(sources.report, schemes),
        form=_form(sources, said),
        years=strategy.years.all,
        goals=tuple(_goal(goal, indicators, sources.form) for goal in strategy.goals),
        measures=tuple(
            replace(
                _measure(shape, sources, indicators, initiatives),
                opinions=tuple(one for one in said if one.node == shape.id),
            )
            for shape in strategy.measures
        ),
        indicators=tuple(indicators.values()),
        sdgs=tuple(Sdg(sdg.number, sdg.name, sdg.text) for sdg in strategy.sdgs),
        texts=texts(sources),
        spots=spots(sources),
        rules=_rules(sources),
        groups=_groups(strategy, sources.form),
        opinions=said,
    )


def _form(sources: Sources, said: Sequence[Opinion]) -> Form:
    """Return the form; where there are no goal-level targets, opinions or revisions, the book has no part of them."""
    lacking = {
        BookPart.TARGETS: not plan.shows_targets(sources.strategy.given()),
        BookPart.OPINIONS: not said,
        BookPart.REVISIONS: not sources.revisions.given().revisions,
    }
    kept = tuple(part for part in sources.form.parts if not lacking.get(part))
    return replace(sources.form, parts=kept)


def _rules(sources: Sources) -> AuditRules:
    audit, words = sources.audit.given(), sources.words.given()
    silences = tuple(
        Silence(shape.id, *_spot(shape.at), shape.reason, sources.audit.at("silence", index))
        for index, shape in enumerate(audit.silence)
    )
    spellings = tuple(Spelling(tuple(shape.spellings), tuple(shape.allowed)) for shape in words.words)
    return AuditRules(Decimal(audit.far_below), silences, spellings)


def _spot(at: str) -> tuple[str, str]:
    """Take the file and the words out of ``measures/1-2.yaml#23件``."""
    file, _, words = at.partition("#")
    return file, words


class Recorded(Struct, frozen=True):
    """What the departments' files say of an indicator, each with its place."""

    actuals: Mapping[str, Value]
    places: Mapping[str, Place]
    judgement: Judgement | None = None
    judgements: Mapping[str, Judgement] = field(default_factory=dict)
    entered: EnteredShape | None = None
    as_of: Mapping[str, datetime.date] = field(default_factory=dict)


_NOTHING = Recorded({}, {})


def _recorded(sources: Sources) -> Mapping[str, Recorded]:
    documents: tuple[Document[GoalsFile] | Document[MeasureFile], ...] = (sources.goals, *sources.measures.values())
    recorded: dict[str, Recorded] = {}
    for document in documents:
        for identifier, years in document.given().actuals.items():
            values = {year: figure(value) for year, value in years.items()}
            places = {year: document.at("actuals", identifier, year) for year in years}
            recorded[identifier] = Recorded(values, places, as_of=document.given().as_of.get(identifier, {}))
    for document in documents:
        for identifier, shape in document.given().judgements.items():
            judged = Judgement(shape.rating, shape.reason, document.key("judgements", identifier))
            before = recorded.get(identifier, _NOTHING)
            recorded[identifier] = replace(before, judgement=judged)
        for identifier, told in document.given().indicators.items():
            recorded[identifier] = replace(recorded.get(identifier, _NOTHING), entered=told)
    for document in documents:
        for name, given in document.given().further_judgements.items():
            for identifier, shape in given.items():
                before = recorded.get(identifier, _NOTHING)
                place = document.key("further_judgements", name, identifier)
                judgements = {**before.judgements, name: Judgement(shape.rating, shape.reason, place)}
                recorded[identifier] = replace(before, judgements=judgements)
    return recorded


def figure(value: ActualShape | AmountShape | WordsShape | Decimal | Absence) -> Value:
    """Return a figure of the files as the model has it."""
    if isinstance(value, WordsShape):
        return _worded(value)
    return value if isinstance(value, Absence) else amount(value)


def _worded(shape: WordsShape) -> Worded:
    width = None if shape.tolerance is None else Width(shape.tolerance)
    width = width if shape.margin is None else Width(shape.margin, of_unit=True)
    return Worded(shape.words, shape.baseline, shape.previous, shape.at_least, shape.at_most, width)


def amount(value: ActualShape | AmountShape | Decimal) -> Amount:
    """Return a number of the files, with its state, as the model has it."""
    if isinstance(value, ActualShape):
        return Amount(value.number, value.state, value.preliminary)
    return Amount(value.number, value.state) if isinstance(value, AmountShape) else Amount(value)


def _indicators(sources: Sources, recorded: Mapping[str, Recorded]) -> Mapping[str, Indicator]:
    return {
        shape.id: replace(
            _indicator(shape, recorded.get(shape.id, _NOTHING), sources, index),
            fields=_of_indicator(shape, recorded.get(shape.id, _NOTHING), sources.form),
        )
        for index, shape in enumerate(sources.strategy.given().indicators)
    }


def _of_indicator(shape: IndicatorShape, recorded: Recorded, form: Form) -> Mapping[str, FieldValue]:
    """Return what is entered in an indicator's fields, in the strategy and beside its actuals, in the form's order."""
    told, fields = recorded.entered or entered_shape(form)(), form.on(Holder.INDICATOR)
    return {f.id: getattr(shape if f.writer is Writer.PLANNING else told, f.id) for f in fields}


def _indicator(shape: IndicatorShape, recorded: Recorded, sources: Sources, index: int) -> Indicator:
    document = sources.strategy
    kind, unset = shape.kind, dict.fromkeys(document.given().years.of_plan, Absence.NOT_SET)
    suffix = _SUFFIXES[kind] if shape.suffix is None else shape.suffix
    return Indicator(
        id=shape.id,
        name=shape.name,
        note=shape.note,
        unit=shape.unit,
        direction=shape.direction,
        kind=kind,
        suffix="" if suffix == _NO_SUFFIX else suffix,
        decimals=shape.decimals,
        states=tuple(shape.states),
        baseline_year=shape.baseline.year,
        baseline=None if shape.baseline.value is None else amount(shape.baseline.value),
        targets=by_year({**unset, **{year: figure(value) for year, value in shape.targets.items()}}),
        actuals=by_year(recorded.actuals),
        as_of=recorded.as_of,
        place=document.at("indicators", index),
        rebased=rebased(shape.revised, document, "indicators", index),
        judgement=recorded.judgement,
        judgements=recorded.judgements,
        places=Places(
            document.key("indicators", index, "baseline"),
            {year: document.at("indicators", index, "targets", year) for year in shape.targets},
            recorded.places,
        ),
        tags=tuple(shape.tags),
        revisions=tuple(revisions(sources.revisions, shape.id)),
    )


def revisions(document: Document[RevisionsFile], indicator: str) -> Iterator[Revision]:
    """Yield what was changed in the plan's figures of an indicator, as the model has it, in the order of the file."""
    for index, shape in enumerate(document.given().revisions):
        if shape.indicator == indicator:
            yield Revision(
                number=index + 1,
                year="" if shape.figure == BASELINE else shape.figure,
                before=figure(shape.before),
                after=figure(shape.after),
                date=shape.date,
                since=shape.since,
                reason=shape.reason,
                place=document.at("revisions", index),
                before_place=document.at("revisions", index, "before"),
            )


def rebased(shape: RevisedShape | None, document: Document[Any], *at: str | int) -> Rebased | None:
    """Return the revised baseline of the indicator that a document has ``at`` a place, as the model has it."""
    if shape is None:
        return None
    targets = by_year({year: figure(value) for year, value in shape.targets.items()})
    lines = {year: document.at(*at, "revised", "targets", year) for year in targets}
    return Rebased(amount(shape.value), targets, shape.reason, Places(document.at(*at, "revised", "value"), lines))


def by_year(values: Mapping[str, Value]) -> Mapping[str, Value]:
    """Return figures in the order of their years."""
    return {year: values[year] for year in sorted(values, key=gregorian)}


def _shown(entries: Iterable[ShownEntry], indicators: Mapping[str, Indicator]) -> tuple[Shown, ...]:
    return tuple(
        Shown(indicators[entry.id], entry.name)
        if isinstance(entry, ShownShape)
        else Shown(indicators[entry], indicators[entry].name)
        for entry in entries
    )


def _originals(sources: Sources) -> Mapping[str, Initiative]:
    """Return every initiative that is written out, by ``measure/initiative``."""
    written = {
        f"{measure}/{entry.id}": (entry, document.at("initiatives", index))
        for measure, document in sources.measures.items()
        for index, entry in enumerate(document.given().initiatives)
        if isinstance(entry, InitiativeShape)
    }
    activities = {
        f"{reference}/{activity.id}": activity.name
        for reference, (entry, _) in written.items()
        for activity in entry.activities
        if isinstance(activity, NamedActivity)
    }
    return {
        reference: Initiative(
            id=entry.id,
            name=entry.name,
            repeated_from=None,
            activities=tuple(_activity(activity, activities) for activity in entry.activities),
            fields=entered(entry, sources.form.on(Holder.INITIATIVE)),
            place=place,
            indicators=tuple(entry.indicators),
        )
        for reference, (entry, place) in written.items()
    }


def _activity(entry: ActivityEntry, activities: Mapping[str, str]) -> Activity:
    if isinstance(entry, RepeatedActivity):
        return Activity(activities[entry.repeat], entry.repeat)
    return Activity(entry.name if isinstance(entry, NamedActivity) else entry)


def _goal(shape: GoalShape, indicators: Mapping[str, Indicator], form: Form) -> Goal:
    fields = entered(shape, form.on(Holder.GOAL))
    return Goal(shape.id, shape.name, _shown(shape.indicators, indicators), shape.number, fields=fields)


def _groups(strategy: StrategyFile, form: Form) -> tuple[Goal, ...]:
    parents, fields = plan.parents(strategy), form.on(Holder.GROUP)
    return tuple(
        Goal(shape.id, shape.name, (), shape.number, parents[shape.id], entered(shape, fields))
        for shape in strategy.groups
    )


def _measure(
    shape: MeasureShape, sources: Sources, indicators: Mapping[str, Indicator], originals: Mapping[str, Initiative]
) -> Measure:
    document = sources.measures[shape.id]
    file = document.given()
    goal, *groups = plan.above(sources.strategy.given())[shape.id] or ("",)
    department, *others = shape.department
    return Measure(
        id=shape.id,
        goal=goal,
        name=shape.name,
        department=department,
        sdgs=tuple(shape.sdgs),
        indicators=_shown(shape.indicators, indicators),
        initiatives=tuple(
            replace(originals[entry.repeat], repeated_from=entry.repeat, place=document.at("initiatives", index))
            if isinstance(entry, RepeatedInitiative)
            else originals[f"{shape.id}/{entry.id}"]
            for index, entry in enumerate(file.initiatives)
        ),
        fields=_entered(shape, file, sources.form),
        place=document.at(),
        own_number=shape.number,
        groups=tuple(groups),
        others=tuple(others),
    )


def _entered(shape: MeasureShape, file: MeasureFile, form: Form) -> Mapping[str, FieldValue]:
    """Return what is entered in a measure's fields, in the strategy and in its file, in the form's order."""
    planned = form.on(Holder.MEASURE, Writer.PLANNING)
    values = {**entered(shape, planned), **entered(file, [f for f in form.on(Holder.MEASURE) if f not in planned])}
    return {field.id: values[field.id] for field in form.on(Holder.MEASURE)}


def _report(document: Document[ReportFile], schemes: Sequence[Scheme]) -> Report:
    file = document.given()
    return Report(
        year=file.year,
        evaluated_in=file.evaluated_in,
        edition=file.edition,
        date=file.date,
        city=file.city,
        division=file.division,
        council=file.council or "",
        area_code=file.area_code or "",
        title=file.title,
        book_title=file.book_title,
        explanation_title=file.explanation.title if file.explanation else "",
        sections=tuple(map(_section, file.explanation.sections if file.explanation else ())),
        sdgs_title=file.sdgs.title if file.sdgs else "",
        sdgs_note=file.sdgs.note if file.sdgs else "",
        targets_title=file.targets.title if file.targets else "",
        targets_note=file.targets.note if file.targets else "",
        sheets_title=file.sheets.title if file.sheets else "",
        show_rates=file.show_rates,
        scheme=schemes[0],
        further=tuple(schemes[1:]),
        place=document.at(),
        letters=Letters(file.letters.number or "", file.letters.date, file.letters.contact or ""),
    )


def _section(shape: SectionShape) -> Section:
    steps = tuple(FlowStep(step.heading, step.text) for step in shape.steps)
    return Section(shape.id, shape.heading, tuple(shape.paragraphs), steps, shape.list_heading, tuple(shape.points))
