"""The legend tells of every judgement what it is given for, special cases and further judgements too."""

from __future__ import annotations

from msgspec.structs import replace

from pipeline.model.scheme import Scheme
from tests.stages.book import samples
from tests.stages.compute.schemes import written
from tests.stages.compute.test_judgements import COURSE

BANDS = """name: 町の判定
formula: ratio
bands:
- {code: s, label: S, mark: ◎, tone: good, over: 100}
- {code: a, label: A, mark: ○, tone: good, at_least: 90}
- {code: b, label: B, mark: △, tone: near, at_least: 60}
- {code: c, label: C, mark: ×, tone: poor}
none: {mark: ―, label: 評価なし}
special:
- name: 意識調査の指標
  tags: [意識調査]
  formula: compare
  bands:
  - {code: a, label: A, mark: ○, tone: good, baseline: above}
  - {code: b, label: B, mark: △, tone: near, baseline: equal, margin: 3}
  - {code: c, label: C, mark: ×, tone: poor}
"""


def legend(scheme: Scheme, *further: Scheme) -> str:
    made = samples.city(1, 1)
    return samples.text(
        samples.book(samples.computed(replace(made.evaluation), scheme=scheme, further=further)), "explanation"
    )


def test_a_letter_that_means_something_else_in_a_special_case_is_explained_there() -> None:
    text = legend(written(BANDS))
    assert "○ A　90％以上" in text
    assert "○ A意識調査の指標で、実績が基準値を上回るもの" in text
    assert "△ B意識調査の指標で、実績が基準値の±3（単位のまま）以内のもの" in text


def test_a_judgement_against_the_year_before_names_no_target() -> None:
    text = legend(written(BANDS), written(COURSE))
    assert "判定は、率を用いず、実績を前年度の実績と比べて行います。" in text
    assert "― 比較なし前年度の実績又は実績の数値がないもの" in text
