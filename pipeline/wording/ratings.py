"""A rating scheme in the words of its field: what the rate is, what earns a rating."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from pipeline.model.comparison import Relation, Width
from pipeline.model.scheme import Aim, Averaged, Band, Formula, Judged, Lower, Method, NoRating, Rounding, Scheme
from pipeline.model.strategy import Worded

ROUNDED = {Rounding.HALF_UP: "四捨五入", Rounding.TRUNCATE: "切り捨て"}
AIMS = {
    Aim.YEAR: "評価年度の目標",
    Aim.LAST: "最終年度の目標",
    Aim.YEAR_OR_LAST: "評価年度の目標（なければ最終年度の目標）",
    Aim.EXPECTED: "期待値",
    Aim.SHARE: "最終年度の目標の経過割合分",
}
UNITS = {Averaged.POINTS: "点", Averaged.RATE: "%", Averaged.MET: "%"}
_OTHER = {"上回": "下回", "下回": "上回"}
_UPS = re.compile("上回|下回")
_SHORT = {Aim.YEAR: "目標", Aim.YEAR_OR_LAST: "目標", Aim.EXPECTED: "期待値", Aim.SHARE: "最終目標の経過割合分"}
_RELATIONS = {
    Relation.ABOVE: "を上回る",
    Relation.REACHED: "に届いた",
    Relation.EQUAL: "と同じ",
    Relation.NOT_ABOVE: "を上回らない",
    Relation.BELOW: "を下回る",
}
_WITHIN = {
    Relation.ABOVE: "を{}を超えて上回る",
    Relation.REACHED: "から{}を超えて下回らない",
    Relation.EQUAL: "の±{}以内の",
    Relation.NOT_ABOVE: "を{}を超えて上回らない",
    Relation.BELOW: "を{}を超えて下回る",
}


ALL = "全てのもの"
"""What a rating stands for that is the only one."""


def shown(printed: Band | NoRating) -> str:
    """Write a rating with its mark, or what stands in its place; where that prints nothing, say so."""
    return f"{printed.mark} {printed.label}".strip() or "空欄"


def aim(method: Method) -> str:
    """Name the figure that the actual is held against, as a formula has it: 目標, 最終年度の目標, 期待値."""
    return _SHORT.get(method.target, AIMS[method.target])


def formula(method: Method) -> str:
    """Write the formula in words; of a ratio also the one for lower is better."""
    name = aim(method)
    way = f"（実績－基準値）÷（{name}－基準値）"
    if method.formula is Formula.PROGRESS:
        return way
    if method.target is Aim.SHARE:
        return "基準値からの増減÷（最終目標までの増減×経過割合）"
    return f"実績÷{name}（小さいほど良い指標は、{falling(method)}）"


def falling(method: Method) -> str:
    """Write the ratio in words where lower is better."""
    name = aim(method)
    told = {
        Lower.INVERSE: f"{name}÷実績",
        Lower.MIRROR: f"（{name}×2－実績）÷{name}",
        Lower.PROGRESS: f"（基準値－実績）÷（基準値－{name}）",
    }
    return told[method.lower]


def rated(method: Method) -> bool:
    """Return whether a method gives a rate."""
    return method.formula in (Formula.RATIO, Formula.PROGRESS)


def methods(scheme: Scheme) -> tuple[Method, ...]:
    """List the scheme's methods, those of special cases last."""
    return (scheme.method, *(special.method for special in scheme.specials))


def bands(scheme: Scheme) -> tuple[Band, ...]:
    """List all bands of a scheme, each code once, in the order in which they are written."""
    return tuple({band.code: band for method in reversed(methods(scheme)) for band in method.bands}.values())


def conditions(band: Band, method: Method, rate_name: str) -> tuple[str, ...]:
    """List what must hold for a band, each as a phrase: 目標に届いた, 達成率が80％以上の."""
    return tuple(_conditions(band, method, rate_name))


def _conditions(band: Band, method: Method, rate_name: str) -> Iterator[str]:
    goal = AIMS[method.target]
    if band.met:
        yield f"実績が{goal}に届いた"
    for name, relation in ((goal, band.target), ("基準値", band.baseline), ("前年度の実績", band.previous)):
        if relation:
            yield f"実績が{name}{_relation(relation, band.tolerance)}"
    limit = limits(band)
    if limit:
        yield f"{judged_name(method, rate_name)}が{limit}の"


def test(target: Worded) -> str:
    """Write when a target in words is met: 実績が前年度の実績を上回る, 50以上、60以下."""
    figures = (("基準値", target.baseline), ("前年度の実績", target.previous))
    told = [f"実績が{name}{_relation(one, target.tolerance)}" for name, one in figures if one]
    limits = ((target.at_least, "以上"), (target.at_most, "以下"))
    return "、".join(
        one.removesuffix("の") for one in told + [f"{limit:,f}{side}" for limit, side in limits if limit is not None]
    )


def _relation(relation: Relation, tolerance: Width | None) -> str:
    return _WITHIN[relation].format(width(tolerance)) if tolerance else _RELATIONS[relation]


def width(tolerance: Width) -> str:
    """Write how far two figures may be apart: 10％, or 5（単位のまま） where it is in the indicator's own unit."""
    return f"{percent(tolerance.number)}{'（単位のまま）' if tolerance.of_unit else '％'}"


def judged_name(method: Method, rate_name: str) -> str:
    """Name the figure that the limits of the bands mean."""
    return f"{rate_name}の経過割合に対する率" if method.judged is Judged.PACE else rate_name


def limits(band: Band) -> str:
    """Write the limit of a band: 80％以上, 100％超; empty where there is none."""
    if band.at_least is not None:
        return f"{percent(band.at_least)}％以上"
    return "" if band.over is None else f"{percent(band.over)}％超"


def meaning(band: Band, earlier: Sequence[Band], method: Method, rate_name: str) -> str:
    """Return in words what earns a rating, given the ratings tried before it."""
    told = conditions(band, method, rate_name)
    if method.entered:
        return _joined(told) if told else "限度なし"
    if not told:
        return _rest(earlier, method, rate_name)
    goal = AIMS[method.target]
    if limits(band) and len(told) == 1:
        missed = "目標に届かず、" if any(b.met for b in earlier) else ""
        return f"{missed}{judged_name(method, rate_name)}が{limits(band)}{_upper(earlier)}のもの"
    return _joined(told) if goal else ""


def mirrored(meaning: str) -> str:
    """Return a comparison for an indicator where lower is better: what was above is now below."""
    return _UPS.sub(lambda found: _OTHER[found[0]], meaning)


def _joined(told: Sequence[str]) -> str:
    """Join conditions to one phrase; the earlier ones end as in 実績が目標に届いたもので、."""
    return "、かつ".join(one.removesuffix("の") for one in told) + ("のもの" if told[-1].endswith("の") else "もの")


def _rest(earlier: Sequence[Band], method: Method, rate_name: str) -> str:
    """Return what is left for the band without conditions."""
    missed = any(b.met for b in earlier)
    limited = _upper(earlier)
    if limited and all(b.met or (limits(b) and not _related(b)) for b in earlier):
        return f"{'目標に届かず、' if missed else ''}{judged_name(method, rate_name)}が{limited}のもの"
    if len(earlier) == 1 and (earlier[0].met or earlier[0].target is Relation.REACHED):
        return "目標に届かないもの"
    return "ほかのどれにも当てはまらないもの" if earlier else ALL


def _related(band: Band) -> bool:
    return bool(band.target or band.baseline or band.previous)


def _upper(earlier: Sequence[Band]) -> str:
    """Write the limit that the band before set from above: 100％未満, 100％以下."""
    if not earlier:
        return ""
    last = earlier[-1]
    if last.at_least is not None:
        return f"{percent(last.at_least)}％未満"
    return "" if last.over is None else f"{percent(last.over)}％以下"


def percent(value: Decimal) -> str:
    """Write a percentage of the scheme as it was given, without needless zeros: 80, 12.5."""
    return f"{value.normalize():f}"


def rounding(method: Method) -> str:
    """Return how the rate is rounded: 小数第2位を四捨五入."""
    return f"{place(method.decimals)}を{ROUNDED[method.rounding]}"


def place(decimals: int) -> str:
    """Name the place at which a number with so many decimals is rounded."""
    return f"小数第{decimals + 1}位"


def bounds(method: Method) -> str:
    """Return between which limits the rate is kept; empty where there are none."""
    upper = "" if method.cap is None else f"{percent(method.cap)}％を上限"
    lower = "" if method.floor is None else f"{percent(method.floor)}％を下限"
    return "、".join(filter(None, (upper, lower)))
