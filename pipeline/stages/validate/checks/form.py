"""Rules of form.yaml: fields are told apart, can be printed, and say what their kind asks for."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from pipeline.diagnostics import Diagnostic, Place, error, warning
from pipeline.model.form import NUMBERS, Field, FieldKind, Holder, Writer
from pipeline.stages.validate.form_fields import lacks_choices, lacks_level, lacks_place, taken
from pipeline.stages.validate.join_form import form
from pipeline.stages.validate.sources import Sources

PRINTED = {
    Holder.GOAL: (
        *("番号", "識別名", "記入欄", "見出し", "階層", "名称", "題名", "四角", "指標", "指標数", "達成", "未達成"),
        *("ほかの判定", "判定なし", "割合", "棒", "区分", "内訳"),
    ),
    Holder.GROUP: ("番号", "識別名", "記入欄", "見出し", "階層", "名称"),
    Holder.MEASURE: ("番号", "識別名", "記入欄", "名称"),
    Holder.INITIATIVE: ("番号", "記入欄", "名称", "具体的な取組", "指標一覧"),
    Holder.INDICATOR: (
        *("名称", "数え方", "単位", "目標", "実績", "年度一覧", "達成率"),
        *("判定の記号", "判定", "図番号", "グラフ", "強調", "記入欄"),
    ),
    Holder.OPINION: ("番号", "意見", "発言者", "回答する課", "年度", "記入欄"),
}
"""What templates print of a holder besides its fields."""

_USABLE = re.compile(r"[^\W\d]\w*")
"""What Jinja takes for a name."""


def fields_belong_to_something(sources: Sources) -> Iterator[Diagnostic]:
    """A field is on what the plan has; what stands in the strategy alone is the planning division's."""
    for index, field in _fields(sources):
        if lacks_level(field, sources.form):
            count = len(sources.form.levels)
            message = f"記入欄「{field.name}」は{field.on.called}の欄ですが、form.yaml の levels は{count}段です"
            hint = f"{sources.form.lowest.name}の欄なら on: measure と書くか、levels に階層を書き足してください"
            yield error("field-on-unknown", _at(sources, index, "on"), message, hint)
        elif lacks_place(field):
            message = f"記入欄「{field.name}」は{field.on.called}の欄なので、{field.writer.called}は書けません"
            hint = (
                f"取りまとめの課が strategy.yaml に書くときは writer: {Writer.PLANNING.value}、"
                "所管課が書くときは on: measure としてください"
            )
            yield error("field-writer-wrong", _at(sources, index, "writer"), message, hint)


def fields_are_told_apart(sources: Sources) -> Iterator[Diagnostic]:
    """No two fields of a measure or an initiative have one id, name, or name in templates."""
    keys: tuple[tuple[str, str, Callable[[Field], str]], ...] = (
        ("id", "識別名", lambda field: field.id),
        ("name", "名称", lambda field: field.name),
        ("in_template", "ひな形での名前", lambda field: field.in_template),
    )
    for key, what, take in keys:
        first: dict[tuple[Holder, str], Field] = {}
        for index, field in _fields(sources):
            other = first.setdefault((field.on, take(field)), field)
            if other is not field and not (key == "in_template" and other.name == field.name):
                message = f"{field.on.called}の記入欄に、同じ{what}「{take(field)}」が2つあります"
                yield error(
                    f"field-{key.replace('_', '-')}-twice", _at(sources, index, key), message, "別の言葉にしてください"
                )


def ids_are_free(sources: Sources) -> Iterator[Diagnostic]:
    """No field has the id of another key of the files."""
    for index, field in _fields(sources):
        if field.id in taken(field.on):
            message = f"記入欄の識別名「{field.id}」は、入力データのほかの項目に使われています"
            hint = f"{field.id}-text のように、ほかの言葉を添えてください"
            yield error("field-id-taken", _at(sources, index, "id"), message, hint)


def fields_can_be_printed(sources: Sources) -> Iterator[Diagnostic]:
    """A field has a name that can stand in a template."""
    for index, field in _fields(sources):
        place = _at(sources, index, "in_template")
        if field.in_template in PRINTED.get(field.on, ()):
            message = f"記入欄「{field.name}」の、ひな形での名前「{field.in_template}」は、ほかの項目に使われています"
            yield error("field-in-template-taken", place, message, "in_template に別の名前を書いてください")
        elif not _USABLE.fullmatch(field.in_template):
            signs = "".join(dict.fromkeys(re.sub(r"\w", "", field.in_template))) or field.in_template[:1]
            message = f"「{field.in_template}」は、ひな形の {{{{ }}}} の中に書けません（「{signs}」が使えません）"
            hint = f"in_template: {_plain(field.in_template)} のように、記号や空白のない名前を付けてください"
            yield error("field-in-template-unusable", place, message, hint)


def _plain(name: str) -> str:
    return re.sub(r"\W", "", name).lstrip("0123456789") or "項目"


def kinds_have_what_they_need(sources: Sources) -> Iterator[Diagnostic]:
    """A field of choices has some, a number its unit, and no other kind has what says nothing of it."""
    for index, field in _fields(sources):
        where = f"記入欄「{field.name}」"
        if lacks_choices(field):
            hint = "choices: [拡充, 継続, 縮小, 廃止] のように、2つ以上を並べてください"
            yield error("field-choices-missing", _at(sources, index, "choices"), f"{where}に選択肢がありません", hint)
        elif field.choices and field.kind is not FieldKind.CHOICE:
            hint = "選んでもらう欄なら kind: choice と書き、そうでなければ choices を消してください"
            message = f"{where}は{field.kind.called}を書く欄ですが、選択肢があります"
            yield error("field-choices-needless", _at(sources, index, "choices"), message, hint)
        elif len(set(field.choices)) < len(field.choices):
            message = f"{where}に、同じ選択肢が2回書かれています"
            yield error("field-choices-twice", _at(sources, index, "choices"), message, "どちらか一方を消してください")
        if (field.unit or field.decimals) and field.kind not in NUMBERS:
            key = "unit" if field.unit else "decimals"
            message = f"{where}は{field.kind.called}を書く欄ですが、数の {key} があります"
            hint = f"数を書く欄なら kind: number と書き、そうでなければ {key} を消してください"
            yield error("field-unit-needless", _at(sources, index, key), message, hint)


def fields_follow_one_another(sources: Sources) -> Iterator[Diagnostic]:
    """A field comes after another one of the same holder, and not after itself."""
    fields = [field for _, field in _fields(sources)]
    for index, field in _fields(sources):
        known = [other.id for other in fields if other.on is field.on and other.id != field.id]
        if field.after and field.after not in known:
            message = f"記入欄「{field.name}」より先に書かれる欄「{field.after}」がありません"
            hint = f"{'、'.join(known)} のどれかを書いてください" if known else "after を消してください"
            yield error("field-after-unknown", _at(sources, index, "after"), message, hint)


def tenses_are_of_texts(sources: Sources) -> Iterator[Diagnostic]:
    """Only sentences have a tense."""
    for index, field in _fields(sources):
        if field.tense and field.kind is not FieldKind.TEXT:
            message = f"記入欄「{field.name}」は文章の欄ではないので、tense は使われません"
            yield warning("field-tense-needless", _at(sources, index, "tense"), message, "tense を消してください")


def _fields(sources: Sources) -> list[tuple[int, Field]]:
    data = sources.form_file.data
    return list(enumerate(form(data).fields)) if data and data.fields else []


def _at(sources: Sources, index: int, key: str) -> Place:
    return sources.form_file.key("fields", index, key)
