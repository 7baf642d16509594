"""What a value is blamed for, in Japanese: the kind that ends a finding's id, the message after the key, the hint."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from pydantic_core import ErrorDetails

from pipeline.diagnostics import shorten

_MISMATCHES = {
    "list_type": (
        "not-list",
        "は一覧で書くところです",
        "「- 」で始まる行を並べるか、[ ] の中に「,」で区切って書いてください",
    ),
    "model_type": (
        "not-mapping",
        "は「項目名: 値」の形で書くところです",
        "「:」の後ろに半角の空白があるか、字下げが正しいかを確かめてください",
    ),
    "dict_type": ("not-mapping", "は「項目名: 値」の形で書くところです", "{{R2: 90}} のように書いてください"),
    "bool_type": (
        "not-true-or-false",
        "は true か false で書くところです",
        "true（はい）か false（いいえ）と書いてください",
    ),
    "too_short": ("empty", "に何も書かれていません", "少なくとも1つ書いてください"),
    "greater_than_equal": ("out-of-range", "の数が小さすぎます", "{ge} 以上の数にしてください"),
    "less_than_equal": ("out-of-range", "の数が大きすぎます", "{le} 以下の数にしてください"),
}


_WRITE = "値を書いてください"
_EMPTY = {
    "list_type": "次の行から、「- 」で始まる行を並べてください",
    "dict_type": "次の行から、半角の空白2つで字下げして、「項目名: 値」を並べてください",
    "model_type": "「項目名: 値」の形で書いてください。前年度のファイルを写すこともできます",
}
"""What to do where a value of a type is missing."""

UNSPECIFIC = (_WRITE, *_EMPTY.values())
"""Hints that an example of the key says better."""

_ANSWERS = {
    "true": ("yes", "on", "y", "1", "はい", "有", "true", "する"),
    "false": ("no", "off", "n", "0", "いいえ", "無", "false", "しない"),
}
"""What people write for true and false."""


def problem(fault: ErrorDetails) -> tuple[str, str, str]:
    """Return kind, message and hint of a fault that pydantic found."""
    context: Mapping[str, Any] = fault.get("ctx", {})
    if "hint" in context:
        return fault["type"], context["message"], context["hint"]
    if fault["input"] is None:
        return "empty", "が空です", _EMPTY.get(fault["type"], _WRITE)
    kind, message, hint = _MISMATCHES[fault["type"]]
    if fault["type"] == "list_type" and isinstance(fault["input"], str | Decimal):
        hint = _as_list(str(fault["input"]))
    if fault["type"] == "bool_type":
        message, hint = (
            f"の「{shorten(str(fault['input']))}」は使えません",
            _true_or_false(fault["input"]) + hint,
        )
    return kind, message, hint.format(**context)


def _as_list(text: str) -> str:
    """Return how a list is written: sentences a line each, words side by side."""
    if "\n" in text.strip() or "。" in text:
        return "1行ずつ、次の行から「- 」を付けて並べてください"
    return f"{_listed(text)} のように、半角の [ ] で囲んでください"


def _listed(text: str) -> str:
    inner = unicodedata.normalize("NFKC", text).strip(" []{}()").replace("、", ",")
    return f"[{shorten(inner)}]"


def _true_or_false(given: object) -> str:
    word = unicodedata.normalize("NFKC", str(given)).strip().lower()
    meant = next((w for w, words in _ANSWERS.items() if word in words), None)
    return f"もしかして「{meant}」ではありませんか。" if meant else ""
