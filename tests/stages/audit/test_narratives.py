"""Misses nobody speaks of, and texts used twice."""

from __future__ import annotations

from decimal import Decimal

import pytest
from msgspec.structs import replace

from pipeline.model.audit import AuditRules
from pipeline.model.comparison import Relation
from pipeline.model.form import Field, Holder, Tense
from pipeline.model.scheme import Aim
from pipeline.model.strategy import Kind, Worded
from pipeline.stages.audit import audit
from pipeline.stages.compute.results import compute
from tests.stages.audit.cities import city, found, written
from tests.stages.compute.examples import RESULTS, indicator

POOL = indicator("50000", {"R2": "60000"}, {"R2": "21000"}, name="市民プール利用者数", kind=Kind.ANNUAL)
LONG = (
    "市内の各地区で説明会を開き、住民から寄せられた意見を計画に反映させた。"
    "次の年度も、地区ごとの課題を聞き取りながら進めていく。"
)
OTHER = (
    "事業者から聞き取った課題を整理し、融資の条件を見直した。"
    "あわせて、専門家が出向いて経営の相談に応じる仕組みを新たに設けた。"
)


@pytest.mark.parametrize(
    ("told", "warned"),
    [
        ("プールの改修に向け、設計を進めた。", True),
        ("利用の手引を改めた。", True),
        ("市民プールの利用者は、臨時休館のため大きく減った。", False),
    ],
)
def test_a_far_miss_is_to_be_mentioned(told: str, warned: bool) -> None:
    messages = found(city(POOL, evaluation=told), "far-miss-unmentioned")
    assert bool(messages) == warned
    assert all("市民プール利用者数」（達成率 35.0%）" in message for message in messages)


def test_how_far_is_a_setting() -> None:
    given = city(POOL, rules=AuditRules(far_below=Decimal(30)))
    assert found(given, "far-miss-unmentioned") == []


@pytest.mark.parametrize(("actual", "warned"), [("21000", True), ("55000", False)])
def test_a_scheme_without_rates_is_held_to_the_share_of_the_target(actual: str, warned: bool) -> None:
    pool = indicator("50000", {"R2": "60000"}, {"R2": actual}, name="市民プール利用者数")
    results = compute(city(pool)).value
    assert results is not None
    (measure,) = results.measures
    unrated = tuple(replace(a, rate=None, rating=None) for a in measure.assessments)
    given = replace(results, measures=(replace(measure, assessments=unrated),))
    assert ("far-miss-unmentioned" in [d.id for d in audit(given, None).diagnostics]) == warned


def test_a_target_nearly_met_need_not_be_mentioned() -> None:
    near = indicator("50000", {"R2": "60000"}, {"R2": "55000"}, name="市民プール利用者数")
    assert found(city(near), "far-miss-unmentioned") == []


@pytest.mark.parametrize(
    ("other", "told"),
    [(LONG, "同じです"), (LONG.replace("説明会", "報告会"), "ほとんど同じです"), (OTHER, None)],
)
def test_the_same_text_in_two_initiatives(other: str, told: str | None) -> None:
    texts = (written(other, RESULTS, "1-2", "second"), written("特になし", RESULTS, "1-3", "third"))
    messages = found(city(results=LONG, texts=texts), "narrative-copied")
    assert len(messages) == (told is not None)
    assert all(str(told) in message for message in messages)


def test_short_texts_may_be_alike() -> None:
    assert (
        found(city(results="実施した。", texts=(written("実施した。", initiative="second"),)), "narrative-copied") == []
    )


def test_a_text_left_from_the_year_before() -> None:
    last, fresh = city(results=LONG, evaluation=LONG), city(results=LONG, evaluation=OTHER)
    (message,) = found(fresh, "narrative-unchanged", previous=last)
    assert message == "前年度の文章とほとんど同じです：「相談窓口の設置」の取組・成果"
    assert found(fresh, "narrative-unchanged") == []


@pytest.mark.parametrize(("year", "warned"), [("R3", False), ("R6", True)])
def test_a_final_target_is_missed_only_in_the_final_year(year: str, warned: bool) -> None:
    pool = indicator("50000", {"R6": "60000"}, {year: "21000"}, name="市民プール利用者数", kind=Kind.ANNUAL)
    for aim in (Aim.LAST, Aim.YEAR_OR_LAST):
        given = city(pool, evaluation="利用の手引を改めた。")
        scheme = given.report.scheme
        scheme = replace(scheme, method=replace(scheme.method, target=aim))
        given = replace(given, report=replace(given.report, scheme=scheme, year=year))
        assert bool(found(given, "far-miss-unmentioned")) == warned


def test_only_a_rate_that_is_printed_is_told() -> None:
    given = city(POOL, evaluation="利用の手引を改めた。")
    hidden = replace(given, report=replace(given.report, show_rates=False))
    assert all("（未達成）" in message for message in found(hidden, "far-miss-unmentioned"))
    assert found(hidden, "far-miss-unmentioned")


def test_the_hint_names_a_field_that_the_form_has() -> None:
    given = city(POOL, evaluation="利用の手引を改めた。")
    fields = tuple(
        replace(field, name="今後の取組") if field.tense is Tense.COMING else field for field in given.form.fields
    )
    renamed = replace(given, form=replace(given.form, fields=fields))
    results = compute(renamed).value
    assert results
    (hint,) = (d.hint for d in audit(results, None).diagnostics if d.id == "far-miss-unmentioned")
    assert hint.startswith("今後の取組に、下回った理由")


def test_a_reason_in_a_field_of_the_indicator_mentions_it() -> None:
    cause = Field("cause", Holder.INDICATOR, "要因分析", "要因分析")
    pool = replace(POOL, fields={"cause": "改修のため休んだ。"})
    given = city(pool, evaluation="利用の手引を改めた。")
    form = replace(given.form, fields=(*given.form.fields, cause))
    assert found(replace(given, form=form), "far-miss-unmentioned") == []


def test_a_target_in_words_is_not_missed_by_far() -> None:
    pool = replace(POOL, targets={"R2": Worded("前年度より増加", previous=Relation.ABOVE)})
    assert found(city(pool, evaluation="利用の手引を改めた。"), "far-miss-unmentioned") == []
