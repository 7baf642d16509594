"""Places of the inputs by the names that people know: 主な取組①「企業立地」のR2年度の取組・成果."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from pipeline.departments.issued.fields import FIXED, field_at
from pipeline.departments.issued.workbook import ALL
from pipeline.model.correspondence import WORKBOOK
from pipeline.model.evaluation import WHOLE, Evaluation, Measure
from pipeline.model.form import IN_STRATEGY, Field, Holder, Tense
from pipeline.model.strategy import Indicator
from pipeline.storage import naming
from pipeline.wording import plan
from pipeline.wording.era import in_text, is_year
from pipeline.wording.numbers import in_brackets, item_number
from pipeline.wording.opinions import ABOUT_ALL


class Names(Struct, frozen=True):
    """The names of this year's measures, initiatives and indicators."""

    evaluation: Evaluation

    def of(self, path: str) -> str:
        """Name a place; what is not known is named by its path."""
        file, _, keys = path.partition("#")
        parts = keys.split(".")
        field = field_at(self.evaluation.form, path)
        match file:
            case naming.STRATEGY:
                named = self._in_strategy(parts, field)
            case naming.OPINIONS:
                named = self._of_opinion(parts, field)
            case _:
                named = self._in_measure(file, parts, field)
        return named or path

    def measure(self, identifier: str) -> Measure | None:
        """Find a measure by its number: 1-2."""
        return next((m for m in self.evaluation.measures if m.id == identifier), None)

    def title(self, name: str) -> str:
        """Return how people call what proposals belong to: a measure, what else opinions are about, a workbook."""
        measure = self.measure(name)
        if measure is not None:
            return f"{measure.id} {measure.name}"
        if name.startswith(WORKBOOK):
            return f"記入表（{name.removeprefix(WORKBOOK).removeprefix('-') or ALL}）"
        return self._above.get(name, "施策が分からないファイル")

    def _in_measure(self, file: str, keys: list[str], field: Field | None) -> str:
        measure = self.measure(naming.measure_of(file))
        match keys:
            case ["actuals", indicator, year]:
                return self._figure(indicator, "実績", year)
            case ["as_of", indicator, year] if field:
                return f"指標「{self._name(indicator)}」の{in_text(year)}の{field.name}"
            case ["initiatives", identifier, key, *year] if measure is not None:
                name = self._field(field, year) if field else FIXED.get(key, key)
                return self._initiative(measure, identifier, name)
            case ["indicators", indicator, *key] if field:
                return self._of_indicator(indicator, key, field)
            case [_, *year] if field:
                return self._field(field, year)
        return ""

    def _field(self, field: Field, year: list[str]) -> str:
        """Name a field: with the year of what a series or a narrative of the year tells, and its unit."""
        told = year[0] if year else self.evaluation.report.year if field.tense is Tense.DONE else ""
        called = field.name + in_brackets(field.unit)
        return f"{in_text(told)}の{called}" if told else called

    def _initiative(self, measure: Measure, identifier: str, name: str) -> str:
        for number, item in enumerate(measure.initiatives):
            if item.id == identifier:
                mark = item_number(number + 1)
                return f"{self.evaluation.form.rows.name}{mark}「{item.name}」の{name}"
        return ""

    def _in_strategy(self, keys: list[str], of_form: Field | None) -> str:
        form = self.evaluation.form
        match keys:
            case ["indicators", indicator, *field]:
                return self._of_indicator(indicator, field, of_form)
            case ["measures", _, "indicators", indicator, "name"]:
                return f"指標「{self._name(indicator)}」のこの{form.lowest.short}での名称"
            case ["measures", _, _, *year] if of_form:
                return self._field(of_form, year)
            case ["goals" | "groups" as part, node, _, *year]:
                told = self._field(of_form, year) if of_form else FIXED.get(keys[-1], "")
                return f"{self._node(part, node)}の{told}" if told else ""
        return f"{form.lowest.short}の名称" if keys[0] == "measures" and keys[-1] == "name" else ""

    def _of_opinion(self, keys: list[str], of_form: Field | None) -> str:
        match keys:
            case ["opinions", node, identifier, key, *year]:
                found = (one for one in self.evaluation.opinions if (one.node, one.id) == (node, identifier))
                number = next((str(one.number) for one in found), f"「{identifier}」")
                return f"意見{number}の{self._field(of_form, year) if of_form else FIXED.get(key, key)}"
        return ""

    @property
    def _above(self) -> Mapping[str, str]:
        """What stands above the measures by its name: 基本施策「学校教育の充実」."""
        named = {node.id: f"{level.name}「{node.name}」" for level, node in plan.nodes(self.evaluation)}
        return {WHOLE: ABOUT_ALL, **named}

    def _node(self, part: str, identifier: str) -> str:
        """Name a node above the measures: 基本施策「学校教育の充実」; one that is gone by its level."""
        levels = {Holder.GOAL: (self.evaluation.form.top,), Holder.GROUP: self.evaluation.form.between}
        return self._above.get(identifier, "・".join(level.name for level in levels[IN_STRATEGY[part]]))

    def _of_indicator(self, identifier: str, field: list[str], of_form: Field | None) -> str:
        match field:
            case [_, *year] if of_form:
                return f"指標「{self._name(identifier)}」の{self._field(of_form, year)}"
            case ["targets", year]:
                return self._figure(identifier, "目標", year)
            case ["baseline", *_]:
                return self._figure(identifier, "基準値", "")
            case ["name"]:
                return f"指標「{self._name(identifier)}」の名称"
        return ""

    def _figure(self, identifier: str, what: str, year: str) -> str:
        found = self._indicator(identifier)
        unit = in_brackets(found.unit) if found else ""
        return f"指標「{self._name(identifier)}」の{in_text(year) + 'の' if is_year(year) else ''}{what}{unit}"

    def _name(self, identifier: str) -> str:
        found = self._indicator(identifier)
        return found.name if found else identifier

    def _indicator(self, identifier: str) -> Indicator | None:
        return next((i for i in self.evaluation.indicators if i.id == identifier), None)
