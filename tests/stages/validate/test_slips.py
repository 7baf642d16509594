"""One slip of the hand in any file: one finding, at its own spot, with its own cure."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.project import BASE
from tests.stages.validate.cases import change, lay_out, read

MEASURE, STRATEGY, REPORT, GOALS = "measures/1-2.yaml", "strategy.yaml", "report.yaml", "goals.yaml"
SLIPS = [
    # the file, what is written, what is mistyped instead, the finding, its line within that, its column, the cure
    # text that would be lost, or printed with what does not belong to it
    (MEASURE, "name: 創業の相談", "name: 創業 # の相談", "text-comment", 1, 12, "「＃」に直して"),
    (MEASURE, "name: 創業の相談", "name: #創業の相談", "text-comment", 1, 9, "「＃」に直して"),
    (MEASURE, 'opinions: ""', "opinions: #賛成", "text-comment", 1, 11, "「＃」に直して"),
    (MEASURE, 'opinions: ""', "opinions: “”", "text-quote", 1, 11, '半角で ""'),
    (MEASURE, 'opinions: ""', "opinions: ＂＂", "text-quote", 1, 11, '半角で ""'),
    (MEASURE, 'opinions: ""', "opinions: 「」", "text-quote", 1, 11, '半角で ""'),
    (MEASURE, "name: 創業の相談", "name: “創業の相談”", "text-quote", 1, 9, "引用符を消すか"),
    (MEASURE, "name: 創業の相談", 'name: 創業の相談"', "text-quote", 1, 14, '「"」を消すか'),
    (MEASURE, "name: 創業の相談", "name: 創業\tの相談", "text-tab", 1, 11, "タブを消して"),
    (MEASURE, "activities: [相談窓口の設置]", "activities: [repeat：1-1/a/b]", "yaml-colon", 1, 22, "半角の「:」"),
    (MEASURE, "activities: [相談窓口の設置]", "activities: [窓口, 窓口]", "text-twice", 1, 20, "どちらか一方"),
    (MEASURE, "results: 相談に応じた。", "results: |-\n    応じた。\n    応じた。", "text-twice", 3, 1, "どちらか"),
    (MEASURE, "name: 創業の相談", "name: 創業の\ufffd\ufffd", "text-garbled", 1, 12, "打ち直して"),
    (MEASURE, "name: 創業の相談", "name: ????", "text-garbled", 1, 9, "打ち直して"),
    # what the parser gives up at
    (MEASURE, 'opinions: ""', 'opinions: ""　', "yaml-wide-space", 1, 13, "行の終わりの空白を消して"),
    (MEASURE, "{R2: 195}", "{R2: 195}\u00a0", "yaml-wide-space", 1, 22, "行の終わりの空白を消して"),
    (MEASURE, "results: 相談に応じた。", "results: |-　\n    応じた。", "yaml-wide-space", 1, 14, "行の終わり"),
    (MEASURE, "  name: 創業の相談", "\u2003name: 創業の相談", "yaml-wide-space", 1, 1, "半角の空白"),
    (MEASURE, "measure: 1-2", "＃ 商工課が書く\nmeasure: 1-2", "yaml-note", 1, 1, "半角の「#」"),
    (MEASURE, "measure: 1-2", "※要確認\n\n# 注\nmeasure: 1-2", "yaml-loose-text", 1, 1, "項目名の後ろに"),
    (MEASURE, "{R2: 195}", "{R2: #N/A}", "yaml-note", 1, 18, "「#」を消すか"),
    (MEASURE, "- id: desk\n", "", "yaml-dash", 1, 3, "行が抜けたなら"),
    (MEASURE, "results: 相談に応じた。", 'results: |-\n    応じた。\n  x: "a"b', "yaml-text-after", 3, 9, "値全体を"),
    (MEASURE, "  results: 相談に応じた。\n", "results: |-\n  応じた。\n", "yaml-indent", 1, 1, "縦にそろえて"),
    (STRATEGY, 'id: "1"', 'id: "1”', "yaml-quote", 1, 7, "同じ引用符"),
    # { } in which the marks are missing
    (STRATEGY, "{R2: 180, R3: 200,", "{R2 180, R3 200,", "yaml-colon", 1, 15, "半角の「:」"),
    (STRATEGY, "{R2: 180, R3: 200,", "{R2：180, R3：200,", "yaml-colon", 1, 15, "半角の「:」"),
    (STRATEGY, "{R2: 180, R3: 200,", "{R2=180, R3=200,", "yaml-colon", 1, 15, "半角の「:」"),
    (STRATEGY, "[整備中, 完成]", "[整備中、完成]", "kpi-states-joined", 1, 12, "半角の「,」"),
    (STRATEGY, "[routes, plan]", "[routes、plan]", "measure-indicators-malformed", 1, 16, "半角の「,」"),
    # words and numbers
    (MEASURE, "{R2: 195}", "{R2: l95}", "kpi-actual-not-number", 1, 18, "もしかして「195」"),
    (MEASURE, "{R2: 195}", "{R2: x95}", "kpi-actual-not-number", 1, 18, "1つの数字だけ"),
    (MEASURE, "{R2: 195}", "{R2: 12 345}", "kpi-actual-not-number", 1, 18, "空白や記号"),
    (MEASURE, "{R2: 195}", "{R02: 195}", "kpi-actual-not-year", 1, 14, "もしかして「R2」"),
    (MEASURE, "{R2: 195}", "{令和二年度: 195}", "kpi-actual-not-year", 1, 14, "もしかして「R2」"),
    (MEASURE, "- id: desk", "- id: desk　", "initiative-id-malformed", 1, 7, "空白を消して"),
    (MEASURE, "results: 相談に応じた。", "備考: 相談に応じた。", "initiative-key-unknown", 1, 3, "もしかして「results"),
    (MEASURE, "- id: desk\n", "- 再掲: 2-1/events\n- id: desk\n", "initiative-repeat-key-unknown", 1, 3, "repeat"),
    (MEASURE, "  results: 相談に応じた。", "- results: 相談に応じた。", "initiative-parted", 1, 3, "「- 」が余分"),
    (
        MEASURE,
        "activities: [相談窓口の設置]",
        "activities: [[窓口]]",
        "initiative-activities-not-text",
        1,
        16,
        "[ ] が",
    ),
    (GOALS, "  workers: {R2: 集計中}", "workers: {R2: 集計中}", "goals-key-unknown", 1, 1, "字下げして"),
    (STRATEGY, "\nmeasures:\n", "\n  measures:\n", "strategy-key-deep", 2, 3, "空白を消して"),
    (STRATEGY, "kind: annual\n  decimals", 'kind: ""\n  decimals', "kpi-kind-empty", 1, 9, "annual（年間）"),
    (STRATEGY, "{baseline: R1, last", "{baseline: R01, last", "kpi-baseline-not-year", 1, 19, "もしかして「R1」"),
    (STRATEGY, "{baseline: R1, last: R6}", "{baseline: R1, last: R3}", "years-too-few", 1, 29, "baseline と last"),
    (STRATEGY, "{year: R1, value: 143}", "{year: R2, value: 143}", "kpi-baseline-year-late", 1, 20, "もしかして「R1」"),
    (REPORT, "at_least: 50", "at_least: 0.5", "band-limit-fraction", 1, 64, "50 と書いて"),
    (REPORT, "edition: draft", "edition:", "report-edition-empty", 1, 1, "draft（案）"),
    # what only some readers of YAML take
    (MEASURE, "measure: 1-2", "measure: 1-2\t", "yaml-tab", 1, 13, "タブを消し"),
    (MEASURE, "name: 創業の相談", "name:\t創業の相談", "yaml-tab", 1, 8, "半角の空白"),
    (MEASURE, "name: 創業の相談", "name: 創業の相談\t# 注", "yaml-tab", 1, 14, "タブを消し"),
    (MEASURE, "{R2: 195}", "{R2: 195\t}", "yaml-tab", 1, 21, "タブを消し"),
    (MEASURE, "{R2: 195}", "{R2:\t195}", "yaml-tab", 1, 17, "タブを消し"),
    (MEASURE, "results: 相談に応じた。", "results: |-\t\n    応じた。", "yaml-tab", 1, 14, "タブを消し"),
    (MEASURE, "results: 相談に応じた。", "results: |-# 注\n    応じた。", "yaml-note", 1, 14, "空白を2つ"),
]


@pytest.mark.parametrize("slip", SLIPS, ids=[slip[2] for slip in SLIPS])
def test_one_slip_is_one_finding(slip: tuple[str, str, str, str, int, int, str], tmp_path: Path) -> None:
    file, old, new, identifier, line, column, cure = slip
    root = lay_out(tmp_path)
    before = (root / BASE / file).read_text(encoding="utf-8").split(old)[0]
    change(root, file, old, new)
    (found,) = read(root).diagnostics
    assert (found.id, found.place.file) == (identifier, f"{BASE}/{file}")
    assert (found.place.line, found.place.column) == (before.count("\n") + line, column)
    assert cure in found.hint


def test_a_key_is_called_by_what_it_means_where_it_stands(tmp_path: Path) -> None:
    root = lay_out(tmp_path)
    change(root, "strategy.yaml", "{baseline: R1, last", "{baseline: x, last")
    (found,) = read(root).diagnostics
    assert found.message.startswith("『baseline』（基準年度）")


@pytest.mark.parametrize("written", ["name: '創業\tの相談'", 'name: "創業\tの相談"', "name: 創業の相談  # 注\tの注"])
def test_a_tab_within_quotes_or_a_note_is_no_slip(written: str, tmp_path: Path) -> None:
    root = lay_out(tmp_path)
    change(root, MEASURE, "name: 創業の相談", written)
    assert [d.id for d in read(root).diagnostics if d.id == "yaml-tab"] == []
