"""What sheets and book say and show alike: draft mark and sentence, styles of ratings, names of years, anchors."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from pipeline.diagnostics import Diagnostic, Place, warning
from pipeline.model.evaluation import Measure
from pipeline.model.report import Edition, Report
from pipeline.model.results import Assessment, Conditional, Count
from pipeline.model.scheme import Band, NoRating, Scheme
from pipeline.model.strategy import Amount, Indicator, Worded
from pipeline.wording.era import date_in_text, gregorian, in_text, month_in_text, open_month
from pipeline.wording.numbers import value
from pipeline.wording.revisions import mark

YEARS = ("基準", "一年目", "二年目", "三年目", "四年目", "五年目", "六年目", "七年目", "八年目", "九年目", "十年目")
"""What templates call the years of a table: the baseline and the years after it."""

DRAFT = "（案）"
EMPTY = "（余白）"
"""What an empty page says, so that nobody looks for what is missing on it."""
_BEFORE = "（改定前）"

_WIDE = 7
"""Years of a table whose columns have room for 評価年度."""

_TONES = {"good": "Good", "near": "Near", "poor": "Poor"}
_NO_RATING = "NoRating"


def is_draft(report: Report) -> bool:
    """Return whether the report is a draft (案) for the council."""
    return report.edition is Edition.DRAFT


def draft_sentence(report: Report) -> str:
    """Say in a draft that it is one, as of its date where that is known; nothing in the final edition."""
    if not is_draft(report):
        return ""
    moment = f"（{date_in_text(report.date, report.evaluated_in)}時点）" if report.date else ""
    return f"この冊子は審議用の案{moment}です。確定した内容ではありません。"


def tells_met(report: Report, count: Count) -> bool:
    """Return whether it is told how many indicators are met: where some are judged, for nobody has missed what is not
    known yet.
    """
    return report.show_rates and report.scheme.tells_met and count.judged > 0


def book_terms(report: Report, count: Count) -> dict[str, object]:
    """Return what every template may print: title, years, date, edition, city, division, council, and how rates go;
    ``count`` is of the indicators that it is printed of.
    """
    draft = is_draft(report)
    return {
        "題名": report.book_title,
        "総合戦略": report.title,
        "推進施策の題名": report.sheets_title,
        "評価する年度": in_text(report.evaluated_in),
        "評価する年度の略": report.evaluated_in,
        "対象年度": in_text(report.year),
        "対象年度の略": report.year,
        "年月": month_in_text(report.date, report.evaluated_in) if report.date else open_month(report.evaluated_in),
        "日付": _date(report),
        "版": report.edition.called,
        "案": draft,
        "案の字": DRAFT if draft else "",
        "案の文": draft_sentence(report),
        "市": report.city,
        "課": report.division,
        "会議": report.council,
        "率を示す": report.show_rates,
        "達成を示す": tells_met(report, count),
        "率の名称": report.scheme.rate_name,
    }


def _date(report: Report) -> str:
    own = report.evaluated_in
    return date_in_text(report.date, own) if report.date else f"{open_month(own)}●日"


def draft_mark(report: Report) -> str:
    """Return what is framed beside the title of a draft; nothing in the final edition."""
    return "案" if is_draft(report) else ""


def rating_style(band: Band | None) -> str:
    """Name the character style of a rating; None = there is no rating. A plain band looks like one."""
    return _TONES.get(band.tone, _NO_RATING) if band else _NO_RATING


def verdict(assessment: Assessment | Conditional, scheme: Scheme) -> Band | NoRating:
    """Return what prints as an indicator's rating: its band, or what stands where there is none."""
    return assessment.rating or assessment.unrated or scheme.none


def conditional(assessment: Assessment, scheme: Scheme) -> str:
    """Return what the judgement is if the revised baseline is taken; nothing where none was revised."""
    second = assessment.conditional
    if second is None:
        return ""
    rate = "" if second.rate is None else f"{scheme.rate_name}{second.rate:,f}%、"
    return f"{second.condition}、{rate}「{verdict(second, scheme).label}」となります。"


def baseline(indicator: Indicator, years: Sequence[str]) -> str:
    """Write a baseline for the column of the plan's first year, with its own year where that differs, and the mark of
    a revision; or nothing.
    """
    text = value(indicator.baseline, indicator.decimals)
    return text + other_year(indicator, years) + mark(indicator)


def target(indicator: Indicator, year: str) -> str:
    """Write the target of a year for its column, with the mark of a revision; or nothing."""
    return value(indicator.targets.get(year), indicator.decimals) + mark(indicator, year)


def year_compared(assessments: Sequence[Assessment], report: Report) -> str:
    """Return the year of which a column of targets is: the one of all that have a target, else the evaluated one."""
    found = {a.target_year for a in assessments if isinstance(a.target, Amount | Worded)}
    return found.pop() if len(found) == 1 else report.year


def other_target(assessment: Assessment, year: str) -> str:
    """Return the mark of a target that is not of a year: （R11目標）; else nothing."""
    named = isinstance(assessment.target, Amount | Worded) and assessment.target_year != year
    return f"（{assessment.target_year}目標）" if named else ""


def beneath(mark: str) -> str:
    """Put a mark on a line beneath its figure, since columns of years are narrow; nothing stays nothing."""
    return f"\n{mark}" if mark else ""


def target_marks(assessment: Assessment, year: str) -> str:
    """Return what stands beside the target that an actual is held against: of which year it is where that is not
    ``year``, and the mark of a revision, with word where it is the target of before.
    """
    before = _BEFORE if revised(assessment) == _BEFORE else ""
    return f"{other_target(assessment, year)}{before}{mark(assessment.shown.indicator, assessment.target_year)}"


def revised(assessment: Assessment) -> str:
    """Return the word of a target that was revised: （改定）, （改定前） where the plan of before rates the year."""
    plan, now, year = assessment.plan, assessment.shown.indicator, assessment.target_year
    if not now.revised(year):
        return ""
    is_old = plan is not None and plan.targets.get(year) != now.targets.get(year)
    return _BEFORE if is_old else "（改定）"


def schemes(report: Report) -> list[Mapping[str, object]]:
    """Return what heads the columns of several judgements: their names, and what their rates are called."""
    return [{"名称": scheme.name, "率の名称": scheme.rate_name} for scheme in report.schemes]


def of_scheme(name: str, report: Report) -> str:
    """Return whose a score is, where several schemes give one: 「前年度からの推移」の."""
    several = sum(scheme.roll_up is not None for scheme in report.schemes) > 1
    return f"「{name}」の" if several else ""


def other_actual(assessment: Assessment) -> str:
    """Return the mark of an actual that is judged in the stead of the evaluated year's: （R4実績）; else nothing."""
    return f"（{assessment.actual_year}実績）" if assessment.actual_year != assessment.year else ""


def other_year(indicator: Indicator, years: Sequence[str]) -> str:
    """Return the mark of a baseline that is not of the plan's first year: （R3）; else nothing."""
    own = indicator.baseline_year
    return f"（{own}）" if indicator.baseline and own and gregorian(own) != gregorian(years[0]) else ""


def shows_rate(report: Report) -> bool:
    """Return whether rates are printed: the report may hide them, and a scheme may have none."""
    return report.show_rates and bool(report.scheme.rate_name)


def roles(years: Sequence[str], report: Report) -> list[str]:
    """Return what is said under each year of a table: 基準値, 評価年度, 目標年度 (the first two characters where the
    columns are narrow), or nothing.
    """
    named = {years[-1]: "目標年度", years[0]: "基準値", report.year: "評価年度"}
    if len(years) > _WIDE:
        named = {year: role[:2] for year, role in named.items()}
    return [named.get(year, "") for year in years]


def by_year(years: Sequence[str], report: Report, texts: Mapping[str, Sequence[object]]) -> list[Mapping[str, object]]:
    """Return what a template repeats for every year of a table: the year, whether it is the evaluated one, and texts,
    which are given for each year by their name.
    """
    rows = ({name: values[n] for name, values in texts.items()} for n in range(len(years)))
    return [{"名称": year, "評価": year == report.year, **row} for year, row in zip(years, rows, strict=True)]


def anchor(measure: Measure) -> str:
    """Name the bookmark of a measure's heading, the target of the contents' links: measure_1_2."""
    return f"measure_{measure.id.replace('-', '_')}"


def years_lacking(named: Collection[str], years: Sequence[str], place: Place) -> Iterator[Diagnostic]:
    """Warn of a template that names the years of a table one by one, but not all that the plan has."""
    known = [name for name in YEARS[1 : len(years)] if f"年度.{name}" in named]
    if len(known) > 1 and len(known) < len(years) - 1:
        planned = f"計画は{len(years) - 1}年度分（{years[1]}～{years[-1]}）"
        message = f"{planned}ですが、様式の表には{len(known)}年度分の列しかありません。"
        hint = (
            f"Wordで{place.file}を開き、年度の列を {{%tc for 年 in 年度一覧 %}} の繰返しにしてください"
            "（書き方は docs/テンプレートの項目.md）。"
        )
        yield warning("template-years-few", place, message, hint)


def figures_broken(assessments: Sequence[Assessment], broken: Collection[str]) -> Iterator[Diagnostic]:
    """Warn of indicators whose figures a table prints over two lines: they are easily misread."""
    for shown in (assessment.shown for assessment in assessments):
        indicator = shown.indicator
        figures = (indicator.baseline, *indicator.targets.values(), *indicator.actuals.values())
        texts = (value(figure, indicator.decimals) for figure in figures)
        text = next((text for text in texts if text in broken), None)
        if text is not None:
            message = f"指標「{shown.name}」の{text}は桁が多く、表の欄で2行に分かれます。"
            hint = "単位を変えて（円を千円にするなど）、数字を短くしてください。"
            yield warning("figure-broken", indicator.place, message, hint)
