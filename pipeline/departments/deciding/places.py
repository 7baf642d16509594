"""Places of the inputs by the names that people know: 主な取組①「企業立地」のR2年度の取組・成果."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.model.evaluation import Evaluation, Measure
from pipeline.model.strategy import Indicator
from pipeline.wording.era import in_text, is_year

_FIELDS = {"results": "取組・成果", "evaluation": "進捗状況の評価／今後の対応", "name": "名称"}
_WHOLE = {
    "opinions": "戦略会議からの意見",
    "response": "意見を踏まえた今後の方針",
    "description": "施策の概要",
    "name": "施策の名称",
}
_NUMBERS = "①②③④⑤⑥⑦⑧⑨⑩"


@dataclass(frozen=True, slots=True)
class Names:
    """The names of this year's measures, initiatives and indicators."""

    evaluation: Evaluation

    def of(self, path: str) -> str:
        """Name a place; what is not known is named by its path."""
        file, _, keys = path.partition("#")
        parts = keys.split(".")
        named = self._in_strategy(parts) if file == "strategy.yaml" else self._in_measure(file, parts)
        return named or path

    def measure(self, identifier: str) -> Measure | None:
        """Find a measure by its number: 1-2."""
        return next((m for m in self.evaluation.measures if m.id == identifier), None)

    def _in_measure(self, file: str, keys: list[str]) -> str:
        measure = self.measure(file.removeprefix("measures/").removesuffix(".yaml"))
        match keys:
            case ["actuals", indicator, year]:
                return self._figure(indicator, "実績", year)
            case ["initiatives", identifier, field] if measure is not None:
                return self._initiative(measure, identifier, field)
            case [field]:
                return _WHOLE.get(field, "")
        return ""

    def _initiative(self, measure: Measure, identifier: str, field: str) -> str:
        for number, item in enumerate(measure.initiatives):
            if item.id == identifier:
                mark = _NUMBERS[number] if number < len(_NUMBERS) else str(number + 1)
                name = "具体的な取組" if field == "activities" else _FIELDS.get(field, field)
                year = f"{in_text(self.evaluation.report.year)}の" if field == "results" else ""
                return f"{self.evaluation.form.rows.name}{mark}「{item.name}」の{year}{name}"
        return ""

    def _in_strategy(self, keys: list[str]) -> str:
        match keys:
            case ["indicators", indicator, *field]:
                return self._of_indicator(indicator, field)
            case ["measures", _, "indicators", indicator, "name"]:
                return f"指標「{self._name(indicator)}」のこの{self.evaluation.form.lowest.short}での名称"
            case ["measures", _, field]:
                return _WHOLE.get(field, "")
            case ["goals", _, "name"]:
                return f"{self.evaluation.form.top.name}の名称"
            case ["groups", _, "name"]:
                return f"{'・'.join(level.name for level in self.evaluation.form.upper[1:])}の名称"
        return ""

    def _of_indicator(self, identifier: str, field: list[str]) -> str:
        match field:
            case ["targets", year]:
                return self._figure(identifier, "目標", year)
            case ["baseline", *_]:
                return self._figure(identifier, "基準値", "")
            case ["name"]:
                return f"指標「{self._name(identifier)}」の名称"
        return ""

    def _figure(self, identifier: str, what: str, year: str) -> str:
        found = self._indicator(identifier)
        unit = f"（{found.unit}）" if found and found.unit else ""
        return f"指標「{self._name(identifier)}」の{in_text(year) + 'の' if is_year(year) else ''}{what}{unit}"

    def _name(self, identifier: str) -> str:
        found = self._indicator(identifier)
        return found.name if found else identifier

    def _indicator(self, identifier: str) -> Indicator | None:
        return next((i for i in self.evaluation.indicators if i.id == identifier), None)
