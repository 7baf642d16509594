"""The first texts of a city's inputs: the strategy and its measures, empty to be filled in or as a list has them.

In: the form, and what is known. Out: YAML with comments for those who fill it in. ``new_city`` calls.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import yaml

from pipeline.departments.issued.figure_text import figure
from pipeline.model.form import Field, FieldKind, Form, Holder, Writer
from pipeline.wording.era import before
from pipeline.wording.fields import TO_FILL_IN
from pipeline.workflows.kpi_list import KpiList, Listed, Node

_HEAD = (
    "# 計画で定めたことのファイルです。取りまとめの課が編集します。"
    f"{TO_FILL_IN}とある所は、正しい内容に書き換えてください。"
)


def goals(shape: Form) -> str:
    """Say what goals.yaml is for."""
    if not shape.upper:
        return f"{shape.lowest.short}の指標の実績は、このファイルではなく measures/ に書きます。"
    return f"{shape.top.name}の数値目標の実績です。{shape.lowest.short}の指標の実績は measures/ に書きます。"


def strategy(shape: Form, measure: str, years: Sequence[str], indicators: str) -> str:
    """Return strategy.yaml with one of each; ``indicators`` are given as they are written."""
    lines = [
        _HEAD,
        f"years: {{baseline: {before(years[0])}, last: {years[-1]}}}      # 基準年度と計画の最終年度",
        "",
    ]
    if shape.upper:
        lines += [f"# {shape.top.name}", "goals:", '- id: "1"', f"  name: {TO_FILL_IN}{shape.top.name}の名称"]
        lines += [*(line for field in shape.on(Holder.GOAL) for line in blank(field, "  ", TO_FILL_IN)), ""]
    lines += [
        f"# {shape.lowest.name}。増やすときは、この一まとまりを写して id を変え、measures/ にファイルを作ります。",
        "measures:",
        f'- id: "{measure}"',
        f"  name: {TO_FILL_IN}{shape.lowest.name}の名称",
        f"  department: {TO_FILL_IN}所管課名",
        *(line for field in shape.on(Holder.MEASURE, Writer.PLANNING) for line in blank(field, "  ", TO_FILL_IN)),
        "  sdgs: []              # 関連するSDGsの番号。例 [8, 9]",
        "  indicators: [example]",
        "",
    ]
    return "\n".join(lines) + indicators


def measure(shape: Form, identifier: str, actuals: Sequence[str]) -> str:
    """Return the file of a measure whose initiatives are to be filled in; ``actuals`` are lines."""
    of_measure = shape.on(Holder.MEASURE, Writer.DEPARTMENT, Writer.COUNCIL)
    lines = [
        f"# {shape.lowest.name}{identifier}（所管課が記入します）",
        f'measure: "{identifier}"',
        *actuals,
        "initiatives:" if shape.rows.least else "initiatives: []",
    ]
    if shape.rows.least:
        lines += [
            "- id: example",
            f"  name: {TO_FILL_IN}{shape.rows.short}の名称",
            "  activities: []        # 具体的な取組の一覧",
            *(line for field in shape.on(Holder.INITIATIVE) for line in blank(field, "  ")),
        ]
    lines += [line for field in of_measure for line in blank(field, "")]
    return "\n".join(lines) + "\n"


def blank(field: Field, indent: str, text: str = "") -> Iterator[str]:
    """Yield the line of a field that is not filled in yet."""
    if field.kind is FieldKind.TEXT:
        yield f'{indent}{field.id}: "{text}{field.name if text else ""}"      # {field.name}'
    else:
        kinds = "、".join(field.choices) or field.unit or field.kind.called
        yield f"{indent}# {field.id}:       # {field.name}（{kinds}）。書くときは、始めの「#」を消します"


def listed_strategy(shape: Form, found: KpiList, years: Sequence[str]) -> str:
    """Return strategy.yaml with what a list says; what it cannot say is to be filled in."""
    lines = [_HEAD, f"years: {{baseline: {before(years[0])}, last: {years[-1]}}}      # 基準年度と計画の最終年度", ""]
    if shape.upper:
        lines += [f"# {shape.top.name}", "goals:"]
        lines += [line for goal in found.goals for line in _node(goal, shape, Holder.GOAL)]
        lines.append("")
    lines += [f"# {shape.lowest.name}", "measures:"]
    lines += [line for one in found.measures for line in _node(one, shape, Holder.MEASURE)]
    lines += ["", "# 指標。ここに一度だけ書き、上の所からは id で呼び出します。", "indicators:"]
    return "\n".join([*lines, *(line for one in found.indicators for line in _indicator(one))]) + "\n"


def listed_actuals(node: Node, found: KpiList, shown: set[str]) -> list[str]:
    """Return the lines of the actuals that a node has to tell; ``shown`` are indicators that others told already."""
    own = [one for one in found.indicators if one.id in node.indicators and one.id not in shown]
    shown.update(one.id for one in own)
    told = [f"  {one.id}: {_figures(one.actuals)}      # {one.name}" for one in own if one.actuals]
    return ["actuals:", *told] if told else ["actuals: {}"]


def _node(node: Node, shape: Form, holder: Holder) -> Iterator[str]:
    yield f'- id: "{node.id}"'
    yield f"  name: {_scalar(node.name)}"
    if holder is Holder.MEASURE:
        yield f"  department: {_scalar(node.department)}"
    fields = shape.on(holder, Writer.PLANNING) if holder is Holder.MEASURE else shape.on(holder)
    yield from (line for field in fields for line in blank(field, "  ", TO_FILL_IN))
    if holder is Holder.MEASURE:
        yield "  sdgs: []              # 関連するSDGsの番号。例 [8, 9]"
    if node.indicators or holder is Holder.MEASURE:
        yield f"  indicators: [{', '.join(node.indicators)}]"


def _indicator(one: Listed) -> Iterator[str]:
    year, value = one.baseline
    yield f"- id: {one.id}"
    yield f"  name: {_scalar(one.name)}"
    yield f"  unit: {_scalar(one.unit)}"
    yield f"  direction: {one.direction}"
    yield f"  kind: {one.kind}"
    if places := _decimals(one):
        yield f"  decimals: {places}"
    yield f"  baseline: {{year: {year}{f', value: {value}' if value else ''}}}"
    yield f"  targets: {_figures(one.targets)}"


def _decimals(one: Listed) -> int:
    """Return how many decimals its figures have at the most."""
    known = (figure(text) for text in (one.baseline[1], *one.targets.values(), *one.actuals.values()))
    return max((len(found.number.partition(".")[2]) for found in known if found), default=0)


def _figures(values: Mapping[str, str]) -> str:
    return f"{{{', '.join(f'{year}: {_value(text)}' for year, text in values.items())}}}"


def _value(text: str) -> str:
    """Return a figure as the inputs have it; a preliminary one with its mark."""
    found = figure(text)
    if found is None or not found.preliminary:
        return text
    return f"{{number: {found.number}, preliminary: true}}"


def _scalar(text: str) -> str:
    """Return a text as YAML has it on one line, in quotes where it needs them."""
    return yaml.safe_dump([text], allow_unicode=True, width=10**6).removeprefix("- ").rstrip("\n")
