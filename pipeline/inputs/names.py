"""What the files' keys are called in Japanese, and how each is written."""

from __future__ import annotations

NAMES = {
    "activities": "具体的な取組",
    "actuals": "実績値",
    "allowed": "そのままでよい言い方",
    "at": "注意の出る所",
    "at_least": "達成率の下限",
    "bands": "判定の区分",
    "baseline": "基準値",
    "book_title": "評価書の題名",
    "city": "市の名称",
    "code": "区分の識別名",
    "council": "会議の名称",
    "date": "日付",
    "decimals": "小数点以下の桁数",
    "department": "所管課",
    "description": "施策の概要",
    "direction": "望ましい方向",
    "division": "担当課",
    "edition": "版",
    "evaluated_in": "評価を行う年度",
    "evaluation": "進捗状況の評価／今後の対応",
    "explanation": "評価・検証の説明",
    "far_below": "説明を求める達成率",
    "formula": "達成率の計算方法",
    "goals": "基本目標",
    "heading": "見出し",
    "id": "識別名",
    "indicators": "指標",
    "initiatives": "主な取組",
    "kind": "数え方の種類",
    "label": "表示する言葉",
    "last": "最終年度",
    "list_heading": "一覧の見出し",
    "mark": "記号",
    "measure": "施策の番号",
    "measures": "推進施策",
    "met": "目標達成の区分か",
    "name": "名称",
    "none": "判定なしの表示",
    "note": "補足",
    "number": "数",
    "opinions": "戦略会議からの意見",
    "paragraphs": "段落",
    "points": "一覧の項目",
    "reason": "理由",
    "repeat": "再掲",
    "response": "意見への対応",
    "results": "取組・成果",
    "rounding": "端数処理",
    "scheme": "判定の方法",
    "sdgs": "SDGs",
    "sections": "説明の節",
    "sheets": "評価シート",
    "show_rates": "達成率を表示するか",
    "silence": "省く注意",
    "spellings": "同じ言葉の書き方",
    "state": "段階",
    "states": "段階の一覧",
    "steps": "評価の段階",
    "suffix": "数え方の表示",
    "targets": "目標値",
    "text": "本文",
    "title": "題名",
    "tone": "色調",
    "unit": "単位",
    "value": "値",
    "words": "表記をそろえる言葉",
    "year": "年度",
    "years": "計画期間",
}

EXAMPLES = {
    "activities": "activities: と書き、次の行から「- 取組の名称」を並べて",
    "actuals": "actuals: と書き、次の行から「  指標の識別名: {R2: 90}」を並べて",
    "bands": "bands: と書き、次の行から区分を並べて",
    "at": "at: measures/1-2.yaml#23件",
    "baseline": "baseline: {year: R1, value: 67}",
    "date": "date: 未定",
    "decimals": "decimals: 0",
    "department": "department: 商工振興課",
    "direction": "direction: increase",
    "edition": "edition: draft",
    "evaluated_in": "evaluated_in: R3",
    "evaluation": "evaluation: |- と書き、次の行に字下げして文章を書いて",
    "formula": "formula: ratio",
    "id": "id: startup-support",
    "indicators": "indicators: [startups]",
    "kind": "kind: cumulative",
    "last": "last: R6",
    "measure": "measure: 1-2",
    "name": "name: 企業立地の促進",
    "number": "number: 2",
    "opinions": 'opinions: ""',
    "reason": "reason: 原本のとおり",
    "repeat": "repeat: 1-3/startup-support",
    "response": 'response: ""',
    "results": "results: |- と書き、次の行に字下げして文章を書いて",
    "rounding": "rounding: half-up",
    "sdgs": "sdgs: [8, 9, 17]",
    "show_rates": "show_rates: true",
    "spellings": "spellings: [取組, 取り組み]",
    "state": "state: 完成",
    "targets": "targets: {R2: 78, R3: 未設定}",
    "tone": "tone: good",
    "unit": "unit: 件",
    "year": "year: R2",
    "years": "years: {baseline: R1, last: R6}",
}

VALUES = {
    "annual": "年間",
    "cumulative": "累計",
    "decrease": "小さいほど良い",
    "draft": "案",
    "final": "公表版",
    "good": "良い",
    "half-up": "四捨五入",
    "increase": "大きいほど良い",
    "maintain": "維持する",
    "milestone": "段階",
    "near": "もう少し",
    "point": "時点",
    "poor": "良くない",
    "ratio": "実績÷目標",
    "truncate": "切り捨て",
}


def example(name: str) -> str:
    """Show how a key is written: unit: 件 のように書いてください."""
    shown = EXAMPLES.get(name, f"{name}: （{NAMES[name]}）")
    return f"{shown}ください" if shown.endswith("て") else f"{shown} のように書いてください"


def key(name: str) -> str:
    """Quote a key with its Japanese name: 『unit』（単位）."""
    return f"『{name}』（{NAMES[name]}）" if name in NAMES else f"『{name}』"


def plain_key(name: str) -> str:
    """Name a key for a list of keys: unit（単位）."""
    return f"{name}（{NAMES[name]}）" if name in NAMES else name


def value(word: str) -> str:
    """Name an allowed word: increase（大きいほど良い）."""
    return f"{word}（{VALUES[word]}）" if word in VALUES else word
