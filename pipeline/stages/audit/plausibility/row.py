"""An indicator as the rules of this package see it: its numbers by what they are, and what is doubted so far."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from msgspec import Struct
from msgspec.structs import replace

from pipeline.model.strategy import Amount, Indicator, Kind, Value
from pipeline.wording.era import gregorian
from pipeline.wording.numbers import number

Path = tuple[str, ...]
"""What of an indicator: ``("baseline",)``, ``("targets", "R2")``, ``("actuals", "R2")``, ``("direction",)``."""

BASELINE: Path = ("baseline",)

_RATE = re.compile(r"(?:率|割合|密度|平均)$")
PERCENT = ("%", "％")
_POWERS = (10, 100, 1000)
_FEW = 10
"""Small numbers leap by chance: a difference of fewer last digits is none."""

DIGITS = "桁の書き間違いでないか、単位が変わっていないかを確かめてください"


class Doubt(Struct, frozen=True):
    """What is unlikely: the id of its diagnostic, what of the indicator it is about, and what to say and do."""

    id: str
    path: Path
    message: str
    hint: str


class Row(Struct, frozen=True):
    """An indicator with the numbers that are not doubted so far, and what was doubted."""

    indicator: Indicator
    numbers: Mapping[Path, Decimal]
    doubted: frozenset[Path] = frozenset()

    def without(self, path: Path) -> Row:
        """Return the row with something doubted, and all that is part of it."""
        left = {key: value for key, value in self.numbers.items() if key[: len(path)] != path}
        return replace(self, numbers=left, doubted=self.doubted | {path})

    def of(self, stem: str) -> dict[str, Decimal]:
        """Return the numbers of all targets or actuals by their year."""
        return {path[1]: value for path, value in self.numbers.items() if path[0] == stem and len(path) > 1}

    @property
    def baseline(self) -> Decimal | None:
        """The baseline, unless it is doubted."""
        return self.numbers.get(BASELINE)

    @property
    def planned(self) -> list[Decimal]:
        """The baseline and the targets in their order."""
        return [*([] if self.baseline is None else [self.baseline]), *self.of("targets").values()]

    @property
    def is_rate(self) -> bool:
        """Whether it is a share of something."""
        given = self.indicator
        return given.unit in PERCENT or "/" in given.unit or bool(_RATE.search(given.name))

    @property
    def few(self) -> Decimal:
        """The smallest difference that counts; a milestone is reached or not."""
        return Decimal(1 if self.indicator.kind is Kind.MILESTONE else _FEW).scaleb(-self.indicator.decimals)

    def shown(self, value: Decimal) -> str:
        """Return a number as it is printed, with its unit."""
        return f"{number(value, self.indicator.decimals)}{self.indicator.unit}"


def row_of(indicator: Indicator, earlier: Indicator | None) -> Row:
    """Return the numbers of an indicator, with those of actuals that are lost since last year.

    What is lost or changed is told by itself: it counts as doubted, and others are not held to what was changed.
    """
    row = Row(indicator, _figures(indicator))
    if earlier is None:
        return row
    then = _figures(earlier)
    lost = {path: value for path, value in then.items() if path[0] == "actuals" and path not in row.numbers}
    whole = sorted({**row.numbers, **lost}.items(), key=lambda item: gregorian(item[0][1]) if item[0][1:] else 0)
    row = replace(row, numbers=dict(whole), doubted=frozenset(lost))
    for path in _changed(indicator, earlier):
        row = row.without(path)
    return row


def _figures(indicator: Indicator) -> dict[Path, Decimal]:
    start = {BASELINE: indicator.baseline.number} if indicator.baseline else {}
    return {**start, **_numbers("targets", indicator.targets), **_numbers("actuals", indicator.actuals)}


def _changed(now: Indicator, earlier: Indicator) -> Iterator[Path]:
    """Yield what differs from last year; a preliminary figure was to change."""
    firm = replace(earlier, actuals={y: v for y, v in earlier.actuals.items() if not _is_preliminary(v)})
    numbers = _figures(now)
    yield from (path for path, value in _figures(firm).items() if numbers.get(path, value) != value)
    for key in ("direction", "kind", "states"):
        if getattr(now, key) != getattr(earlier, key):
            yield (key,)


def _is_preliminary(value: Value) -> bool:
    return isinstance(value, Amount) and value.preliminary


def _numbers(stem: str, values: Mapping[str, Value]) -> dict[Path, Decimal]:
    return {(stem, year): value.number for year, value in values.items() if isinstance(value, Amount)}


def called(path: Path) -> str:
    """Return what a figure is called: 基準値, 目標R2, 実績R2."""
    return "基準値" if path == BASELINE else f"{'目標' if path[0] == 'targets' else '実績'}{path[1]}"


def adds_up(row: Row) -> bool:
    """Return whether an indicator counts from the beginning, so that it cannot become less."""
    return row.indicator.kind is Kind.CUMULATIVE and not row.is_rate


def leap(row: Row, path: Path, near: Sequence[Decimal]) -> Doubt:
    """Return the doubt that a figure has other digits than those near it."""
    value = row.numbers[path]
    around = "、".join(row.shown(other) for other in near)
    message = (
        f"指標「{row.indicator.name}」の{called(path)}（{row.shown(value)}）が、"
        f"前後（{around}）の{_times(value * len(near) / sum(near, Decimal(0)))}です"
    )
    return Doubt("figure-leaps", path, message, DIGITS)


def _times(ratio: Decimal) -> str:
    """Return how many times: およそ10倍, およそ4分の1."""
    many = ratio if ratio >= 1 else 1 / ratio
    near = next((power for power in _POWERS if Decimal("0.7") <= many / power <= Decimal("1.4")), round(many))
    return f"およそ{near}倍" if ratio >= 1 else f"およそ{near}分の1"
