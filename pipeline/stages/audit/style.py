"""How public documents are written (文化審議会「公用文作成の考え方」, 2022): punctuation, widths, brackets, spaces.

A habit that the report keeps throughout is no finding; a mixture is one warning that names the rarer way's places.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.model.audit import Text
from pipeline.stages.audit.finding import Finding, Material, place_at, spots, warn

_JAPANESE = r"[^\W\d -ӿＡ-ｚ]"
"""A character of a word, but no digit and no letter (Latin, Greek, Cyrillic)."""
_PAIRS = {"（": "）", "(": ")", "「": "」", "『": "』", "【": "】", "〔": "〕", "《": "》", "［": "］"}
_BRACKET = re.compile(f"[{re.escape(''.join((*_PAIRS, *_PAIRS.values())))}]")
_LABEL = re.compile(r"^[ 　]*[(（]?[0-9０-９a-zA-Zア-ン]{1,2}[)）]", re.MULTILINE)
_NO_SENTENCE = re.compile(r"[・●■○◎◆▼※＊*\-【（(①-⑳0-9０-９]")
_CLOSED = re.compile(r"[。．！？!?）」』】)]$")
_VERB = re.compile(r"(?:た|る|です|ます|ない|ある|いく|した|った)$")
_SINGLE = r"(?<![0-9０-９.,．，])[0-9０-９](?![0-9０-９.,．，])"


def commas_are_of_one_kind(material: Material) -> Iterator[Finding]:
    """Either 「、」 or 「，」 throughout (公用文作成の考え方 I-4)."""
    yield from _mixture(
        material, "comma-mixed", "読点", ("、", f"(?<={_JAPANESE})[,，]|[,，](?={_JAPANESE})"), ("、", "，")
    )


def wave_dashes_are_of_one_kind(material: Material) -> Iterator[Finding]:
    """U+FF5E and U+301C look alike, but a search for one does not find the other."""
    named = ("全角チルダ U+FF5E", "波ダッシュ U+301C")
    yield from _mixture(material, "wave-dash-mixed", "「～」の文字", ("\uff5e", "\u301c"), named)


def digits_are_of_one_width(material: Material) -> Iterator[Finding]:
    """Half or full width throughout; single digits in full width beside longer numbers in half width are a habit."""
    wide = list(_found(material, r"[０-９]+"))
    if all(re.fullmatch(_SINGLE, text.value[start:end]) for text, start, end in wide) and not _single_halves(material):
        return
    yield from _mixture(material, "digits-mixed", "数字", (r"[0-9]+", r"[０-９]+"), ("半角", "全角"))


def letters_are_of_one_width(material: Material) -> Iterator[Finding]:
    """Latin letters have one width throughout."""
    yield from _mixture(material, "letters-mixed", "英字", (r"[A-Za-z]+", r"[Ａ-Ｚａ-ｚ]+"), ("半角", "全角"))


def katakana_is_wide(material: Material) -> Iterator[Finding]:
    """Half-width katakana is not used."""
    places = [place_at(text, start) for text, start, _ in _found(material, r"[\uff66-\uff9f]+")]
    if places:
        message = f"半角のカタカナが使われています（{len(places)}か所）"
        hint = f"全角に打ち直してください：{spots(places, material.base)}"
        yield warn("katakana-half", places, message, hint)


def punctuation_is_single(material: Material) -> Iterator[Finding]:
    """No mark follows another: 「。。」「、、」「、。」."""
    for text, start, end in _found(material, r"[、。，]{2,}"):
        message = f"句読点「{text.value[start:end]}」が続いています"
        yield warn("punctuation-double", [place_at(text, start)], message, "余分な句読点を消してください")


def sentences_are_closed(material: Material) -> Iterator[Finding]:
    """A paragraph of sentences ends with 「。」; headings and items of lists do not."""
    for _, text in material.entered():
        start = 0
        for line in text.value.split("\n"):
            bare = line.rstrip()
            if _is_open(bare):
                message = f"文の終わりに「。」がありません（「…{bare[-12:]}」）"
                place = place_at(text, start + len(bare) - 1)
                yield warn(
                    "sentence-open", [place], message, "文が途中で切れていないかを確かめ、「。」を付けてください"
                )
            start += len(line) + 1


def brackets_are_balanced(material: Material) -> Iterator[Finding]:
    """Every bracket is closed by its own kind, in the order of opening."""
    for text in material.evaluation.texts:
        index = _unbalanced(text.value)
        if index is not None:
            message = f"括弧「{text.value[index]}」に、対になる括弧がありません"
            hint = "開く括弧と閉じる括弧の数と、全角・半角の違いを確かめてください"
            yield warn("bracket-unbalanced", [place_at(text, index)], message, hint)


def japanese_has_no_spaces(material: Material) -> Iterator[Finding]:
    """Words of Japanese are not parted by a half-width space, except in names within quotation marks."""
    for _, text in material.entered():
        for match in re.finditer(f"(?<={_JAPANESE}) +(?={_JAPANESE})", text.value):
            if not _is_quoted(text.value, match.start()):
                around = text.value[max(0, match.start() - 5) : match.end() + 5]
                message = f"日本語の間に半角の空白が入っています（「{around}」）"
                yield warn(
                    "space-in-japanese", [place_at(text, match.start())], message, "要らない空白なら消してください"
                )


def _found(material: Material, pattern: str) -> Iterator[tuple[Text, int, int]]:
    expression = re.compile(pattern)
    for text in material.evaluation.texts:
        for match in expression.finditer(text.value):
            yield text, match.start(), match.end()


def _mixture(
    material: Material, identifier: str, what: str, patterns: tuple[str, str], names: tuple[str, str]
) -> Iterator[Finding]:
    found = [list(_found(material, pattern)) for pattern in patterns]
    rarer = 1 if len(found[1]) <= len(found[0]) else 0
    if not found[rarer]:
        return
    places = [place_at(text, start) for text, start, _ in found[rarer]]
    counts = "、".join(f"{name} {len(some)}か所" for name, some in zip(names, found, strict=True))
    hint = f"{names[1 - rarer]}にそろえてください：{names[rarer]}は {spots(places, material.base)}"
    yield warn(identifier, places, f"{what}の書き方が混じっています（{counts}）", hint)


def _single_halves(material: Material) -> bool:
    return any(re.fullmatch("[0-9]", t.value[s:e]) for t, s, e in _found(material, _SINGLE))


def _is_open(line: str) -> bool:
    last = line.rpartition("。")[2].lstrip()
    if len(line) < 15 or _NO_SENTENCE.match(last) or _CLOSED.search(line):
        return False
    return "。" in line or bool(_VERB.search(line))


def _unbalanced(text: str) -> int | None:
    """Return the index of the first bracket without its partner; 1) and ア） at a line's start are labels."""
    labels = {match.end() - 1 for match in _LABEL.finditer(text) if match[0].lstrip()[0] not in "(（"}
    opened: list[int] = []
    for match in _BRACKET.finditer(text):
        index, character = match.start(), match[0]
        if character in _PAIRS:
            opened.append(index)
        elif index not in labels:
            if not opened or _PAIRS[text[opened[-1]]] != character:
                return opened[-1] if opened else index
            opened.pop()
    return opened[0] if opened else None


def _is_quoted(text: str, index: int) -> bool:
    return text.rfind("「", 0, index) > text.rfind("」", 0, index)
