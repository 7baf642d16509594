"""The explanation (評価・検証について), how to read the book, and the SDGs: variables of explanation.docx."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pipeline.book.words import HEADING_LINE, in_lines, rating
from pipeline.era import in_text
from pipeline.model.evaluation import Evaluation
from pipeline.model.report import Band, Rounding, Scheme, Section, Step

_COLUMNS = ("左", "中", "右")
_NO_STEP = {"番号": "", "題名": "", "本文": ""}
_ROUNDED = {Rounding.HALF_UP: "四捨五入しています", Rounding.TRUNCATE: "切り捨てています"}


def variables(evaluation: Evaluation) -> dict[str, object]:
    """Give the variables 説明, 凡例 and SDGs of explanation.docx."""
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


def meaning(band: Band, earlier: Sequence[Band]) -> str:
    """Say in words what earns a rating, given the ratings tried before it."""
    if band.met:
        return "実績が評価年度の目標に届いたもの"
    above = earlier[-1].at_least if earlier else None
    lower = "" if band.at_least is None else f"{band.at_least}％以上"
    upper = "" if above is None else f"{above}％未満"
    if not lower + upper:
        return "目標に届かないもの"
    missed = "目標に届かず、" if any(b.met for b in earlier) else ""
    return f"{missed}達成率が{lower}{upper}のもの"


def _section(section: Section) -> dict[str, object]:
    return {
        "題名": section.heading,
        "段落": list(section.paragraphs),
        "手順": _rows_of_steps(section.items),
        "例の題名": section.list_heading,
        "例": list(section.points),
    }


def _rows_of_steps(steps: Sequence[Step]) -> list[Mapping[str, object]]:
    """Lay the steps out three to a row, as the table has them."""
    cells = [{"番号": str(n), "題名": s.heading, "本文": s.text} for n, s in enumerate(steps, 1)]
    cells += [_NO_STEP] * (-len(cells) % len(_COLUMNS))
    return [dict(zip(_COLUMNS, cells[n : n + 3], strict=True)) for n in range(0, len(cells), 3)]


def _legend(evaluation: Evaluation) -> dict[str, object]:
    report, years = evaluation.report, evaluation.years
    return {
        "年度": f"{years[0]}は{in_text(years[0])}（基準値）、{report.year}は{in_text(report.year)}（評価年度）、"
        f"{years[-1]}は{in_text(years[-1])}（目標年度）です。",
        "達成率": "達成率は、実績÷目標（小さいほど良い指標は、目標÷実績）を百分率で表し、"
        f"小数第{report.scheme.decimals + 1}位を{_ROUNDED[report.scheme.rounding]}。",
        "判定": _ratings(report.scheme),
    }


def _ratings(scheme: Scheme) -> list[Mapping[str, object]]:
    """Explain every rating in the scheme's order, then the mark that stands where there is none."""
    bands = scheme.bands
    rows: list[Mapping[str, object]] = [
        {"記号と語": rating(band, scheme), "意味": meaning(band, bands[:n])} for n, band in enumerate(bands)
    ]
    return [*rows, {"記号と語": rating(None, scheme), "意味": "目標又は実績の数値がないもの"}]
