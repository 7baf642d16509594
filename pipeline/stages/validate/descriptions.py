"""What every key of the input files is for, as editors show it beside the text (JSON Schema).

A key stands alone where it always means the same, and with its shape's prefix (``measure.name``) where it does not.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

Example = str | int | Sequence[str | int] | Mapping[str, "Example"]


@dataclass(frozen=True, slots=True)
class Described:
    """A key's purpose in a sentence or two, and values as they may be written."""

    text: str
    examples: tuple[Example, ...] = ()


def described(prefix: str, key: str) -> Described | None:
    """Return what is said of a key of the shape with the prefix; None where nothing is."""
    return DESCRIPTIONS.get(f"{prefix}.{key}") or DESCRIPTIONS.get(key)


_D = Described

DESCRIPTIONS: Mapping[str, Described] = {
    "activities": _D(
        "具体的な取組の一覧です。名称だけを書くか、ほかの施策から再掲するものには識別名（id）も付けます。"
    ),
    "actuals": _D(
        "指標の識別名ごとに、年度と実績値を書きます。数値がない年度は、未測定（その年度は調査していない）又は"
        "集計中（後日確定する）と書きます。まだ来ていない年度は書きません。",
        ({"startups": {"R2": 90}},),
    ),
    "allowed": _D("その書き方のままでよい、より長い言い方です（動詞や固有の名称など）。", (["取り組みます"],)),
    "at": _D(
        "注意の出るファイルです。「#」の後ろに注意の文にある言葉を書くと、その言葉を含む注意だけを省きます。",
        ("measures/1-2.yaml#23件",),
    ),
    "at_least": _D("この区分に入る達成率の下限（%）です。", (80,)),
    "bands": _D("判定の区分です。上から順に当てはめ、最後の区分は残りの全てに当てはまります。"),
    "baseline": _D("総合戦略の基準となる年度の値です。", ({"year": "R1", "value": 67},)),
    "years.baseline": _D("総合戦略の基準年度です。", ("R1",)),
    "book_title": _D("冊子の題名です。表紙に印刷します。"),
    "city": _D("市の名称です。", ("周南市",)),
    "code": _D("区分の識別名です。印刷はしません。集計表（achievement.json）に書かれます。", ("met",)),
    "council": _D("意見を聴く会議の名称です。", ("周南市まち・ひと・しごと創生戦略会議",)),
    "date": _D(
        "報告書の日付です。西暦で書きます。未定 は edition が draft のときだけ使えます。", ("2021-08-01", "未定")
    ),
    "scheme.decimals": _D("達成率の小数点以下の桁数です（0～3）。", (1,)),
    "decimals": _D("この指標の数値の小数点以下の桁数です（0～6）。省略すると整数です。", (0, 1)),
    "department": _D("所管課の名称です。", ("商工振興課",)),
    "description": _D("施策の概要です。1行が1段落になります。"),
    "direction": _D("数値がどちらに動くと良い指標かを書きます。目標値の増減からは判断しません。"),
    "division": _D("報告書をまとめる課の名称です。", ("企画課",)),
    "edition": _D("案（draft）か、確定版（final）かを書きます。案には「（案）」の表示が付きます。"),
    "evaluated_in": _D("評価を行う年度です。事業を行った年度の翌年度で、フォルダーの名前と同じです。", ("R3",)),
    "evaluation": _D("進捗状況の評価と今後の対応です。「|-」と書き、次の行から字下げして、1段落を1行で書きます。"),
    "explanation": _D("冊子の始めに入る、評価・検証の説明です。"),
    "far_below": _D("達成率がこれより低い指標（%）について、施策の文章で触れているかを確かめます。", (60,)),
    "formula": _D("達成率の計算方法です。小さいほど良い指標では、目標÷実績になります。"),
    "goals": _D("基本目標の一覧です。印刷する順に書きます。"),
    "heading": _D("見出しの文字です。"),
    "id": _D(
        "ほかの所から呼び出すための識別名です。半角の英小文字で始め、英小文字、数字、「-」だけで書きます。印刷はしません。",
        ("startup-support",),
    ),
    "goal.id": _D('基本目標の番号です。"1" のように書きます。', ("1",)),
    "measure.id": _D("推進施策の番号です。「基本目標の番号-施策の番号」を書きます。", ("1-2",)),
    "silence.id": _D("省く注意の識別名です。注意の最後に [ ] で囲んで表示されます。", ("figure-differs",)),
    "shown.id": _D("指標の識別名です。下の indicators にあるものを書きます。", ("visitors",)),
    "indicators": _D(
        "ここで示す指標の識別名の一覧です。違う名前で印刷するときは {id: 識別名, name: 名前} と書きます。",
        (["startups", "visitors"],),
    ),
    "strategy.indicators": _D(
        "指標の一覧です。ここに一度だけ書き、基本目標や推進施策からは識別名（id）で呼び出します。"
    ),
    "initiatives": _D(
        "主な取組の一覧です。ほかの施策の取組を再掲するときは「- repeat: 1-3/startup-support」と書きます。"
    ),
    "kind": _D("数値の数え方です。累計、年間、時点のどれかで、完成などの段階で判断する指標は milestone と書きます。"),
    "label": _D("判定として印刷する言葉です。", ("達成",)),
    "last": _D("総合戦略の最終年度です。", ("R6",)),
    "list_heading": _D("一覧の前に置く見出しです。"),
    "mark": _D("判定の前に印刷する記号です。", ("●",)),
    "measure": _D("推進施策の番号です。ファイルの名前と同じにします。", ("1-2",)),
    "measures": _D("推進施策の一覧です。基本目標の順、施策の番号の順に書きます。"),
    "met": _D("目標に届いた指標がこの区分に入るときに true と書きます。"),
    "name": _D("印刷する名称です。"),
    "measure.name": _D(
        '推進施策の名称です。ファイル名にもなるため、半角の / \\ : * ? " < > | は使えません。', ("企業立地の促進",)
    ),
    "shown.name": _D("ここで印刷する名前です。", ("年間観光客数",)),
    "scheme.name": _D("判定の方法の名称です。"),
    "none": _D("目標又は実績の数値がないときの表示です。"),
    "note": _D("見出しの下に入る説明です。"),
    "kpi.note": _D("指標の名称の下に印刷する補足です。なければ省略できます。"),
    "number": _D("数値です。桁区切りの「,」を付けず、半角の数字で書きます。", (2,)),
    "sdg.number": _D("SDGsの目標の番号です（1～17）。", (8,)),
    "opinions": _D('戦略会議からの意見です。まだないときは "" と書きます。'),
    "paragraphs": _D("本文です。1項目が1段落になります。"),
    "points": _D("一覧の項目です。"),
    "reason": _D("そのままにする理由です。点検の記録（checks.json）に残ります。", ("原本のとおり",)),
    "repeat": _D("ほかの施策から再掲するものを「施策の番号/取組の識別名」で指します。", ("1-3/startup-support",)),
    "activity-repeat.repeat": _D(
        "ほかの取組から再掲するものを「施策の番号/取組の識別名/具体的な取組の識別名」で指します。",
        ("1-5/employment/internship",),
    ),
    "response": _D('意見を踏まえた今後の方針です。まだないときは "" と書きます。'),
    "results": _D("取組と成果です。「|-」と書き、次の行から字下げして、1段落を1行で書きます。"),
    "rounding": _D("達成率の端数処理です。"),
    "scheme": _D("達成率と判定の決め方です。"),
    "sdgs": _D("SDGsの説明のページの見出しと文です。"),
    "measure.sdgs": _D("関連するSDGsの目標の番号です。", ([8, 9, 17],)),
    "strategy.sdgs": _D("SDGsの17の目標の名称と説明です。"),
    "sections": _D("説明の節の一覧です。印刷する順に書きます。"),
    "sheets": _D("評価シートの見出しです。"),
    "show_rates": _D("達成率と判定を印刷するときは true、しないときは false と書きます。"),
    "silence": _D("点検の注意のうち、確かめた上でそのままにするものの一覧です。"),
    "spellings": _D(
        "同じ言葉の書き方です。2通り以上が使われていると注意し、最初のものにそろえるよう案内します。",
        (["取組", "取り組み", "取組み"],),
    ),
    "state": _D("達した段階です。指標の states にある言葉を書きます。", ("完成",)),
    "states": _D("段階で判断する指標（kind: milestone）の、段階の一覧です。早い順に書きます。", (["整備中", "完成"],)),
    "steps": _D("評価の流れの、段階ごとの見出しと本文です。"),
    "suffix": _D(
        "単位の後に印刷する数え方です。省略すると kind から決まります。付けないときは なし と書きます。",
        ("累計", "なし"),
    ),
    "targets": _D(
        "年度ごとの目標値です。目標を定めない年度は 未設定 と書きます。",
        ({"R2": 78, "R3": "未設定"},),
    ),
    "report.targets": _D("基本目標の数値目標のページの見出しと説明です。"),
    "text": _D("本文です。"),
    "title": _D("見出しとして印刷する題名です。"),
    "report.title": _D("総合戦略の名称です。"),
    "tone": _D("グラフや表でこの区分に使う色調です。"),
    "unit": _D("数値の単位です。", ("件", "%", "人")),
    "value": _D("基準年度の値です。値がないときは省略できます。", (67,)),
    "words": _D("報告書の中で書き方をそろえる言葉の一覧です。"),
    "year": _D("基準となる年度です。", ("R1",)),
    "report.year": _D("評価する年度（事業を行った年度）です。", ("R2",)),
    "years": _D("計画期間です。基準年度と最終年度を書きます。", ({"baseline": "R1", "last": "R6"},)),
}
