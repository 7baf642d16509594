"""The next evaluation year: last year's inputs, with what departments and council wrote emptied.

In: last year's project. Out: ``Begun``, after the folder was written. ``cli`` calls.

Figures stay, as do comments and the order of everything: values are spliced (``returned.splice``). What was sent, came
back and was applied is last year's, and is not copied.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from pipeline.departments.issued import input_places
from pipeline.departments.returned.meaning import CannotWrite
from pipeline.departments.returned.splice import splice
from pipeline.diagnostics import Checked, Diagnostic, Place, Severity, error, in_order
from pipeline.model.correspondence import Value, ValueKind
from pipeline.model.evaluation import Evaluation, Measure
from pipeline.model.form import IN_STRATEGY, Field, FieldKind, Form, Holder, Writer
from pipeline.stages import validate
from pipeline.stages.sheets.pens import opinion_at
from pipeline.storage import atomic
from pipeline.storage.naming import REPORT, STRATEGY, of_measure, of_owner
from pipeline.wording.era import after, alike, following, gregorian, in_text
from pipeline.wording.fields import UNDECIDED
from pipeline.workflows import department_files
from pipeline.workflows.new_plan import replanned, unjudged
from pipeline.workflows.project import Project, locked
from pipeline.workflows.run_log import Halt, Log, Progress

_EMPTY = Value(ValueKind.TEXT, "")


class Begun(Struct, frozen=True):
    """What came of it: the new year (None: errors stopped it), how many texts were emptied, and the lines of
    ``report.yaml`` (from 1) that still speak of the year before, ``before`` (令和2年度). ``rows`` is what the form
    calls what a sheet lists.
    """

    diagnostics: tuple[Diagnostic, ...]
    project: Project | None = None
    emptied: int = 0
    before: str = ""
    lines: tuple[int, ...] = ()
    rows: str = ""


def begin(project: Project, progress: Progress, *, named: bool = True, plan: Sequence[str] = ()) -> Begun:
    """Make the folder of the year after ``project``'s, whole or not at all; what is only a warning there is not told.

    Where the year was not ``named``, one that has not begun is refused: the year after it is hardly meant. With the
    years of a new ``plan`` the folder is that of its first year. Raises ``outputs.Busy`` and ``OSError``.
    """
    log = Log(progress)
    with locked(project) as finished:
        try:
            return replace(_begin(project, log, named, plan), diagnostics=finished)
        except Halt:
            errors = (d for d in log.diagnostics if d.severity is Severity.ERROR)
            return Begun(in_order((*finished, *errors)))


def _begin(project: Project, log: Log, named: bool, plan: Sequence[str]) -> Begun:
    evaluation = log.stage("入力の確認", lambda: validate.read(project.inputs, project.root))
    year = plan[0] if plan else after(evaluation.report.year)
    new = Project(project.root, after(year))
    obstacle = _obstacle(evaluation, project, new, plan, named=named)
    log.stage("新しい年度の確認", lambda: Checked(None, (obstacle,)) if obstacle else Checked(True))
    texts = department_files.texts(project)
    emptied = tuple(_written(evaluation, texts))
    values = {**_report(year), **dict.fromkeys(emptied, _EMPTY), **_raised(evaluation)}
    made = log.stage("入力データの作成", lambda: _changed(unjudged(texts), values))
    made = replanned(made, evaluation, plan) if plan else made
    atomic.create(new.inputs, {file: text.encode() for file, text in made.items()})
    before = in_text(evaluation.report.year)
    lines = tuple(at for at, line in enumerate(made[REPORT].splitlines(), 1) if before in line)
    return Begun((), new, len(emptied) + _judged(evaluation), before, lines, evaluation.form.rows.short)


def _judged(evaluation: Evaluation) -> int:
    """Return how many ratings people entered."""
    return sum((one.judgement is not None) + len(one.judgements) for one in evaluation.indicators)


def _obstacle(
    evaluation: Evaluation, project: Project, new: Project, plan: Sequence[str], *, named: bool
) -> Diagnostic | None:
    """Return why the new year is not made, if so."""
    unended = None if named else _unended(evaluation, project)
    return _out_of_plan(evaluation, project, plan) or unended or _taken(new)


def _out_of_plan(evaluation: Evaluation, project: Project, plan: Sequence[str]) -> Diagnostic | None:
    """A plan goes on until its last year; a new one begins after the year that was evaluated."""
    year, last = evaluation.report.year, evaluation.years[-1]
    place = Place(f"{project.name_of(project.inputs)}/{STRATEGY}")
    if plan and gregorian(plan[0]) <= gregorian(year):
        message = f"新しい計画の最初の年度 {plan[0]} が、評価の済んだ {year} より後ではありません。"
        return error("plan-not-later", place, message, f"PLAN={_example(year)} のように書いてください。")
    if not plan and year == last:
        message = f"計画期間（{evaluation.years[1]}～{last}）は、{in_text(last)}の評価で終わりです。"
        hint = f"次の計画は、make newyear PLAN={_example(last)} のように、最初と最後の年度を書いて始めます。"
        return error("plan-ended", place, message, hint)
    return None


def _example(year: str) -> str:
    """Return a plan of five years after a year."""
    first = after(year)
    return f"{first}-{following(first, alike(str(gregorian(first) + 4), first))[-1]}"


def _unended(evaluation: Evaluation, project: Project) -> Diagnostic | None:
    """A year has ended when each indicator has its actual, or is told absent; from another one nobody goes on."""
    year, folder = evaluation.report.year, project.name_of(project.inputs)
    missing = [indicator.id for indicator in evaluation.indicators if year not in indicator.actuals]
    if not missing:
        return None
    few = f"{len(missing)}件あります（{missing[0]}など）"
    message = f"最も新しい年度の {folder}/ に、{in_text(year)}の実績のない指標が{few}。"
    hint = (
        f"評価の途中の年度は、この {folder}/ です。make check で確かめてください。"
        f"その次の年度のフォルダーを先に作るときは、make newyear YEAR={project.year} と指定してください。"
    )
    return error("year-not-ended", Place(folder), message, hint)


def _taken(new: Project) -> Diagnostic | None:
    if not new.inputs.exists():
        return None
    place = Place(new.inputs.relative_to(new.root).as_posix())
    hint = "作り直すときは、このフォルダーを別の所へ移してから、もう一度実行してください。"
    return error("year-exists", place, "この年度のフォルダーは、もうあります。", hint)


def _report(year: str) -> dict[str, Value]:
    """Return what the report's own file says of a new year: a draft without a date."""
    told = {"edition": "draft", "year": year, "evaluated_in": after(year), "date": UNDECIDED}
    return {f"{REPORT}#{key}": Value(ValueKind.TEXT, text) for key, text in told.items()}


def _raised(evaluation: Evaluation) -> dict[str, Value]:
    """Return of every opinion the year in which it came up: in the next year's folder it is no new one."""
    return {f"{opinion_at(one)}.raised": Value(ValueKind.TEXT, one.raised) for one in evaluation.opinions}


def _written(evaluation: Evaluation, texts: Mapping[str, str]) -> Iterator[str]:
    """Yield the places of what was written of the year; a repeated initiative is emptied where it stands."""
    form = evaluation.form
    places = [place for measure in evaluation.measures for place in _places(measure, form)]
    held = (("goals", evaluation.goals), ("groups", evaluation.groups), ("indicators", evaluation.indicators))
    for part, nodes in held:
        places += [
            f"{_file(field, node.id, evaluation)}#{part}.{node.id}.{field.id}"
            for node in nodes
            for field in _yearly(form, IN_STRATEGY[part])
        ]
    places += _answers(evaluation)
    for path, value in input_places.values(texts, places, form).items():
        if value.text:
            yield path


def _answers(evaluation: Evaluation) -> Iterator[str]:
    """Yield the places of what departments say of opinions that go on: how far these are is asked anew every year."""
    fields = evaluation.form.on(Holder.OPINION, Writer.DEPARTMENT)
    for one in (one for one in evaluation.opinions if not one.closed):
        yield from (f"{opinion_at(one)}.{field.id}" for field in fields if field.kind is not FieldKind.SERIES)


def _file(field: Field, identifier: str, evaluation: Evaluation) -> str:
    """Return the file that has a field of a node or an indicator."""
    return STRATEGY if field.writer is Writer.PLANNING else of_owner(evaluation.owner(identifier))


def _places(measure: Measure, form: Form) -> Iterator[str]:
    """Yield the places of the fields that every year begins anew; a series goes on."""
    file = f"{of_measure(measure.id)}#"
    for initiative in measure.initiatives:
        if not initiative.repeated_from:
            yield from (f"{file}initiatives.{initiative.id}.{field.id}" for field in _yearly(form, Holder.INITIATIVE))
    for field in _yearly(form, Holder.MEASURE):
        place = f"{STRATEGY}#measures.{measure.id}." if field.writer is Writer.PLANNING else file
        yield f"{place}{field.id}"


def _yearly(form: Form, holder: Holder) -> Iterator[Field]:
    return (field for field in form.on(holder) if field.each_year and field.kind is not FieldKind.SERIES)


def _changed(texts: Mapping[str, str], values: Mapping[str, Value]) -> Checked[dict[str, str]]:
    made, found = dict(texts), []
    for file, wanted in input_places.by_file(values).items():
        try:
            made[file] = splice(texts[file], wanted)
        except CannotWrite as reason:
            hint = "その書き方を、ふつうの値に直してから、もう一度実行してください。"
            found.append(error("year-unwritable", Place(file), f"値を書き換えられません。{reason}", hint))
    return Checked(None if found else made, tuple(found))
