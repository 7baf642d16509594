"""A bare table of indicators and a rating scheme, read and checked like the files of a year."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import islice
from pathlib import Path

from pipeline.diagnostics import Checked, Diagnostic, Place, error, has_errors, in_order
from pipeline.model.scheme import Scheme
from pipeline.model.strategy import Absence, Indicator, Judgement, Places, Shown, Value
from pipeline.model.trial import Trial, TriedIndicator
from pipeline.stages.validate.checks.scheme import check_scheme, codes, unknown_rating
from pipeline.stages.validate.document import Document
from pipeline.stages.validate.join import amount, by_year, figure, rebased
from pipeline.stages.validate.join_scheme import scheme as scheme_of
from pipeline.stages.validate.measure_file import ActualShape
from pipeline.stages.validate.reading import read_file
from pipeline.stages.validate.scheme_file import SchemeShape
from pipeline.stages.validate.sources import SCHEMES, SchemeAt, scheme_names
from pipeline.stages.validate.strategy_file import AmountShape, WordsShape
from pipeline.stages.validate.table_file import TableFile, TableIndicatorShape
from pipeline.stages.validate.text import MOST
from pipeline.stages.validate.views import nearest

_SPREADSHEETS = frozenset({".csv", ".tsv", ".xls", ".xlsx", ".ods"})
_AS_YAML = "docs/評価方式.md の「試してみる」の例を写し、指標を1行ずつ書いてください"

_YEARS = "years: {baseline: R1, last: R6} のように書いてください"

Written = ActualShape | AmountShape | WordsShape | Decimal | Absence


def read_trial(table: Path, scheme: str, root: Path) -> Checked[Trial]:
    """Return a table and a scheme, which is a file or the name of a ready one; without a value on any error."""
    if table.suffix in _SPREADSHEETS:
        message = f"指標の表は YAML ファイル（.yaml）に書きます。{table.suffix} のファイルは読めません"
        return Checked(None, (error("table-not-yaml", Place(table.as_posix()), message, _AS_YAML),))
    document, found = read_file(table, root, TableFile)
    chosen = find_scheme(scheme, root)
    if isinstance(chosen, Diagnostic):
        return Checked(None, in_order((*found, chosen)))
    read, faults = read_file(chosen, root, SchemeShape)
    at = SchemeAt(read, (), read.data)
    rules = (*islice(check_scheme(at), MOST), *islice(_check(document, at), MOST))
    found = in_order((*found, *faults, *rules))
    return Checked(None if has_errors(found) else _trial(document, scheme_of(at.given(), at.at())), found)


def read_scheme(scheme: str, root: Path) -> Checked[Scheme]:
    """Return a scheme by itself, checked."""
    chosen = find_scheme(scheme, root)
    if isinstance(chosen, Diagnostic):
        return Checked(None, (chosen,))
    read, faults = read_file(chosen, root, SchemeShape)
    at = SchemeAt(read, (), read.data)
    found = in_order((*faults, *islice(check_scheme(at), MOST)))
    return Checked(None if has_errors(found) else scheme_of(at.given(), at.at()), found)


def find_scheme(scheme: str, root: Path) -> Path | Diagnostic:
    """Return a scheme's file by its path, or a ready scheme by its name."""
    ready = root / "inputs" / SCHEMES
    if scheme in scheme_names(ready):
        return ready / f"{scheme}.yaml"
    if (root / scheme).is_file():
        return root / scheme
    names = scheme_names(ready)
    message = f"判定の方法「{scheme}」というファイルも、inputs/{SCHEMES} の用意された方法もありません"
    hint = (
        nearest(scheme.removesuffix(".yaml"), names)
        or f"選べるのは {'、'.join(sorted(names)) or '（ありません）'} です"
    )
    return error("scheme-unknown", Place(scheme), message, hint)


def _check(document: Document[TableFile], scheme: SchemeAt) -> Iterator[Diagnostic]:
    table = document.data
    if table is None:
        return
    yield from _years(table, document)
    if table.years is None and scheme.data and _looks_ahead(scheme.data):
        message = "この判定の方法は最終年度の目標や経過割合を使いますが、表に計画期間（years）がありません"
        yield error("table-years-missing", document.at("year"), message, _YEARS)
    for index, shape in enumerate(table.indicators):
        yield from _twice(table, shape, document, index)
        yield from _states(shape, document, index)
        if shape.judgement and scheme.data and shape.judgement.rating not in codes(scheme):
            yield unknown_rating(
                scheme, shape.judgement.rating, document.at("indicators", index, "judgement", "rating")
            )


def _looks_ahead(scheme: SchemeShape) -> bool:
    """Return whether a scheme needs to know the plan: its final year, or how much of it has passed."""
    aims = (scheme.target, *(one.target for one in scheme.special))
    return any(aim not in ("year", None) for aim in aims) or any(one.final_year for one in scheme.special)


def _years(table: TableFile, document: Document[TableFile]) -> Iterator[Diagnostic]:
    """The evaluated year lies in the plan, where a plan is given."""
    if table.years and not table.years.of_plan:
        message = f"最終年度 {table.years.last} が、基準年度 {table.years.baseline} の後ではありません"
        yield error("years-out-of-order", document.at("years"), message, "baseline と last を順に書いてください")
    elif table.years and table.year not in _plan(table)[1:]:
        message = f"評価する年度 {table.year} は、計画期間（{_plan(table)[1]}～{table.years.last}）の中にありません"
        yield error("table-year-unknown", document.at("year"), message, "year か years を直してください")


def _twice(
    table: TableFile, shape: TableIndicatorShape, document: Document[TableFile], index: int
) -> Iterator[Diagnostic]:
    """A figure is written once: by itself or by its year; the final target needs the plan's years."""
    for one, many in (("target", shape.targets), ("actual", shape.actuals)):
        if getattr(shape, one) is not None and table.year in many:
            message = f"「{shape.name}」の {one} と {one}s の {table.year} が両方書かれています"
            place = document.key("indicators", index, one)
            yield error(f"table-{one}-twice", place, message, "どちらか一方を消してください")
    if shape.final_target is not None and table.years is None:
        message = f"「{shape.name}」に最終年度の目標がありますが、計画期間（years）がありません"
        yield error("table-years-missing", document.key("indicators", index, "final_target"), message, _YEARS)


def _states(shape: TableIndicatorShape, document: Document[TableFile], index: int) -> Iterator[Diagnostic]:
    """A state is one of the indicator's."""
    for value in _written(shape):
        if isinstance(value, ActualShape | AmountShape) and value.state and value.state not in shape.states:
            message = f"「{value.state}」は、「{shape.name}」の段階（states）にありません"
            hint = nearest(value.state, frozenset(shape.states)) or "states: [整備中, 完成] のように書いてください"
            yield error("kpi-state-unknown", document.at("indicators", index), message, hint)


def _written(shape: TableIndicatorShape) -> tuple[Written, ...]:
    given = (shape.baseline, shape.target, shape.final_target, shape.actual)
    many = (*shape.targets.values(), *shape.actuals.values())
    return (*(value for value in given if value is not None), *many)


def _plan(table: TableFile) -> tuple[str, ...]:
    return table.years.all if table.years else ()


def _trial(document: Document[TableFile], scheme: Scheme) -> Trial:
    table = document.given()
    entries = tuple(_entry(shape, document, index) for index, shape in enumerate(table.indicators))
    return Trial(table.year, _plan(table), scheme, entries)


def _entry(shape: TableIndicatorShape, document: Document[TableFile], index: int) -> TriedIndicator:
    table, at = document.given(), ("indicators", index)
    targets, actuals = dict(shape.targets), dict(shape.actuals)
    target_at = {year: document.at(*at, "targets", year) for year in targets}
    actual_at = {year: document.at(*at, "actuals", year) for year in actuals}
    if shape.final_target is not None and table.years:
        targets[table.years.last] = shape.final_target
        target_at[table.years.last] = document.at(*at, "final_target")
    if shape.target is not None:
        targets[table.year], target_at[table.year] = shape.target, document.at(*at, "target")
    if shape.actual is not None:
        actuals[table.year], actual_at[table.year] = shape.actual, document.at(*at, "actual")
    judged = shape.judgement
    indicator = Indicator(
        id=str(index + 1),
        name=shape.name,
        note="",
        unit=shape.unit or "",
        direction=shape.direction,
        kind=shape.kind,
        suffix="",
        decimals=_decimals(shape),
        states=tuple(shape.states),
        baseline_year=table.years.baseline if table.years else "",
        baseline=None if shape.baseline is None else amount(shape.baseline),
        targets=_figures(targets),
        actuals=_figures(actuals),
        place=document.at(*at),
        rebased=rebased(shape.revised, document, *at),
        judgement=Judgement(judged.rating, judged.reason, document.key(*at, "judgement")) if judged else None,
        places=Places(document.at(*at, "baseline"), target_at, actual_at),
        tags=tuple(shape.tags),
    )
    return TriedIndicator(Shown(indicator, shape.name), shape.measure or "", shape.goal or "")


def _figures(values: Mapping[str, Written]) -> dict[str, Value]:
    return dict(by_year({year: figure(value) for year, value in values.items()}))


def _decimals(shape: TableIndicatorShape) -> int:
    """Take as many decimals as the figures have."""
    if shape.decimals is not None:
        return shape.decimals
    numbers = [v.number if isinstance(v, ActualShape | AmountShape) else v for v in _written(shape)]
    places = [number.as_tuple().exponent for number in numbers if isinstance(number, Decimal)]
    return max((-place for place in places if isinstance(place, int)), default=0)
