"""The explanation (評価・検証について), how to read the book, and the SDGs: variables of explanation.docx."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from markupsafe import Markup
from msgspec.structs import replace

from pipeline.documents.template import run
from pipeline.model.evaluation import Evaluation
from pipeline.model.report import FlowStep, Report, Section
from pipeline.model.scheme import Aim, Band, Method, Missing, NoRating, Rounding, Scheme
from pipeline.model.strategy import Worded
from pipeline.stages.book.words import HEADING_LINE, in_lines, rating
from pipeline.wording import ratings
from pipeline.wording.era import by_calendar, in_text

_COLUMNS = ("左", "中", "右")
_NO_STEP = {"番号": "", "題名": "", "本文": ""}
_ROUNDED = {Rounding.HALF_UP: "四捨五入しています", Rounding.TRUNCATE: "切り捨てています"}

_ROWS = 4
"""Rows of ratings that the page has room for."""
_CAUSES = {
    Missing.TARGET: "目標のない",
    Missing.NOT_MEASURED: "実績を調べていない",
    Missing.PENDING: "実績を集計中の",
    Missing.ENDED: "事業が終了した",
    Missing.BLANK: "実績の記入がない",
    Missing.BASELINE: "判定に要る基準値がない",
    Missing.PREVIOUS: "前年度の実績がない",
}


_LATEST = "評価年度の実績が未測定か集計中のときは、実績のある最も新しい年度で判定します。"


def variables(evaluation: Evaluation) -> dict[str, object]:
    """Return the variables 説明, 凡例 and SDGs of explanation.docx."""
    report = evaluation.report
    return {
        "説明": {
            "題名": in_lines(report.explanation_title, HEADING_LINE),
            "節": [_section(section) for section in report.sections],
        },
        "凡例": _legend(evaluation),
        "SDGs": {
            "題名": report.sdgs_title,
            "説明": report.sdgs_note,
            "目標": [{"番号": str(s.number), "題名": s.name, "本文": s.text} for s in evaluation.sdgs],
        },
    }


def _section(section: Section) -> dict[str, object]:
    return {
        "題名": section.heading,
        "段落": list(section.paragraphs),
        "手順": _rows_of_steps(section.items),
        "例の題名": section.list_heading,
        "例": list(section.points),
    }


def _rows_of_steps(steps: Sequence[FlowStep]) -> list[Mapping[str, object]]:
    """Lay the steps out three to a row, as the table has them."""
    cells = [{"番号": str(n), "題名": s.heading, "本文": s.text} for n, s in enumerate(steps, 1)]
    cells += [_NO_STEP] * (-len(cells) % len(_COLUMNS))
    return [dict(zip(_COLUMNS, cells[n : n + 3], strict=True)) for n in range(0, len(cells), 3)]


def _legend(evaluation: Evaluation) -> dict[str, object]:
    report, years = evaluation.report, evaluation.years
    formula = "".join((*_formula(report.scheme), *_words(evaluation)))
    rows = [*_ratings(report.scheme)]
    if _is_long(report.scheme, rows):
        rows = [*_in_pairs(report.scheme), *_of_specials(report.scheme)]
    return {
        "年度": f"{'、'.join(_years(years, report.year))}です。",
        "達成率": formula,
        "判定": [*rows, *_further(report)],
    }


def _further(report: Report) -> Iterator[Mapping[str, object]]:
    """Explain the ratings of every further judgement under its name, and how its rate is computed."""
    for scheme in report.further:
        yield {"記号と語": run(f"「{scheme.name}」"), "意味": "".join(_formula(scheme))}
        yield from _ratings(scheme)


def _words(evaluation: Evaluation) -> Iterator[str]:
    """Yield how targets in words are judged, where there are any."""
    name = evaluation.report.scheme.rate_name
    targets = [target for one in evaluation.indicators for target in one.targets.values() if isinstance(target, Worded)]
    if any(one.is_tested for one in targets):
        how = f"{name}を示さず、" if name else ""
        yield f"目標が言葉で定められた指標は、{how}実績がその言葉に当てはまるかどうかで判定します。"
    if any(not one.is_tested for one in targets):
        yield "数値で確かめられない目標の判定は、所管課が行い、理由を添えます。"


def _years(years: Sequence[str], year: str) -> Iterator[str]:
    """Yield what the years of the tables are, each once: the final year may be the evaluated one."""
    roles = ((years[0], "基準値"), (year, "評価年度"), (years[-1], "目標年度"))
    for one in dict.fromkeys(named for named, _ in roles):
        role = "、".join(role for named, role in roles if named == one)
        yield f"{in_text(one)}は{role}" if by_calendar(one) else f"{one}は{in_text(one)}（{role}）"


def _is_long(scheme: Scheme, rows: Sequence[Mapping[str, object]]) -> bool:
    """Return whether the ratings are too many for a row each, and differ by their limits alone."""
    bands = scheme.method.bands
    if scheme.method.entered:
        return False
    simple = all(ratings.limits(band) or band is bands[-1] for band in bands)
    return len(rows) > _ROWS and simple and not any(b.met or b.target or b.baseline or b.previous for b in bands)


def _in_pairs(scheme: Scheme) -> Iterator[Mapping[str, object]]:
    """Set the ratings in short two to a line, where a scheme has more than the page has room for."""
    short = [(_in_legend(band), limits) for band, limits in _shortly(scheme)]
    told = [one + run(f"　{limits}") for one, limits in short]
    for first, *others in (told[n : n + 2] for n in range(0, len(told), 2)):
        yield {"記号と語": run("　　").join([first, *others]), "意味": ""}


def _shortly(scheme: Scheme) -> Iterator[tuple[Band | NoRating, str]]:
    """Yield what prints with its meaning in a few characters, the highest rating first."""
    earlier = ""
    for band in scheme.method.bands:
        limits = ratings.limits(band)
        if not limits and earlier:
            limits = earlier.replace("以上", "未満").replace("超", "以下")
        earlier = limits
        yield band, limits
    for cause, printed in scheme.missing.items():
        yield printed, _CAUSES[cause].removesuffix("の")
    if set(scheme.missing) != set(Missing):
        yield scheme.none, "数値がない"


def _formula(scheme: Scheme) -> Iterator[str]:
    """Yield how the rate is computed, in the main and in special cases, or that none is used."""
    method, name = scheme.method, scheme.rate_name
    if ratings.rated(method):
        place = ratings.place(method.decimals)
        formula = ratings.formula(method)
        yield f"{name}は、{formula}を百分率で表し、{place}を{_ROUNDED[method.rounding]}。"
        bounds = ratings.bounds(method)
        yield f"{name}は、{bounds}とします。" if bounds else ""
    else:
        yield f"判定は、率を用いず、実績を{'や'.join(_compared(scheme)) or '目標など'}と比べて行います。"
        if any(band.target or band.baseline or band.previous for band in method.bands):
            yield "小さいほど良い指標は、「上回る」と「下回る」を逆にします。"
    if method.target is Aim.EXPECTED:
        yield "期待値は、基準値から最終年度の目標までを、計画期間の経過割合で按分した値です。"
    if method.entered:
        yield "判定は、下の限度の中で所管課が行い、理由を添えます。"
    if method.latest:
        yield _LATEST
    for special in scheme.specials:
        used = special.method
        if used.latest and not method.latest:
            yield f"{special.name}は、{_LATEST}"
        if used == replace(method, latest=used.latest):
            continue
        if ratings.rated(used) and (used.formula, used.lower) == (method.formula, method.lower):
            yield f"{special.name}は、{ratings.AIMS[used.target]}と比べます。"
        else:
            how = f"{ratings.formula(used)}により" if ratings.rated(used) else "率を用いずに"
            yield f"{special.name}は、{how}判定します。"


def _ratings(scheme: Scheme) -> Iterator[Mapping[str, object]]:
    """Explain every rating in the scheme's order, those of special cases after it, then what stands for no rating."""
    for band, meaning in _meanings(scheme.method, scheme):
        yield {"記号と語": rating(band), "意味": meaning}
    yield from _of_specials(scheme)
    for cause, printed in scheme.missing.items():
        yield {"記号と語": _in_legend(printed), "意味": f"{_CAUSES[cause]}もの"}
    if set(scheme.missing) != set(Missing):
        yield {"記号と語": _in_legend(scheme.none), "意味": f"{_needed(scheme)}又は実績の数値がないもの"}


def _of_specials(scheme: Scheme) -> Iterator[Mapping[str, object]]:
    """Explain the ratings of special cases that mean there something else than before."""
    told = {(band.code, meaning) for band, meaning in _meanings(scheme.method, scheme)}
    for special in scheme.specials:
        for band, meaning in _meanings(special.method, scheme):
            if (band.code, meaning) not in told:
                told.add((band.code, meaning))
                yield {"記号と語": rating(band), "意味": _of_special(special.name, meaning)}


def _meanings(method: Method, scheme: Scheme) -> Iterator[tuple[Band, str]]:
    for n, band in enumerate(method.bands):
        yield band, ratings.meaning(band, method.bands[:n], method, scheme.rate_name)


def _needed(scheme: Scheme) -> str:
    """Name what a judgement needs besides the actual: 目標, 前年度の実績."""
    return "又は".join(_compared(scheme)) or "目標"


def _compared(scheme: Scheme) -> Sequence[str]:
    """List what actuals are compared with, where it is never the target."""
    bands = scheme.method.bands
    if ratings.rated(scheme.method) or any(band.met or band.target for band in bands):
        return ()
    named = (("基準値", any(band.baseline for band in bands)), ("前年度の実績", any(band.previous for band in bands)))
    return [name for name, used in named if used]


def _of_special(name: str, meaning: str) -> str:
    """Return what earns a rating in a special case: all of its indicators, or those of a condition."""
    return name if meaning == ratings.ALL else f"{name}で、{meaning}"


def _in_legend(printed: Band | NoRating) -> Markup:
    """Write what prints as a rating; where that is nothing, say so."""
    return rating(printed) if printed.mark or printed.label else run("空欄")
