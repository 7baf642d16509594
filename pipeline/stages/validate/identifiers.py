"""Names, ids and references of the inputs as types that check themselves."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from typing import Annotated

from pydantic import PlainValidator, WithJsonSchema

from pipeline.diagnostics import shorten
from pipeline.stages.validate.scalars import SPACES, as_line, as_text, fail, schema_of
from pipeline.storage import naming

_NAME = 200
"""Characters of a name or title; the longest real ones have a quarter of it."""
_FILE_NAME = 60
"""Characters of a name that files or folders are called by."""


def _matching(pattern: str, message: str, hint: str) -> Callable[[object], str]:
    expression = re.compile(pattern, re.ASCII)

    def check(value: object) -> str:
        text = as_text(value)
        if not text:
            fail("empty", "が空です", hint)
        if not expression.fullmatch(text):
            bare = text.strip(SPACES)
            if expression.fullmatch(bare):
                fail("malformed", f"の「{bare}」の前か後ろに、余分な空白があります", "全角などの空白を消してください")
            narrow = unicodedata.normalize("NFKC", text).strip()
            close = next((one for one in (narrow, narrow.lower()) if expression.fullmatch(one)), None)
            meant = f"もしかして「{close}」ではありませんか。" if close else ""
            if mark := next((mark for mark in "、，" if mark in text), None):
                meant = f"「{mark}」で区切っているなら、半角の「,」に直してください。"
            fail("malformed", f"の「{shorten(text)}」は{message}", meant + hint)
        return text

    return check


def _name(value: object) -> str:
    """Take what names something: a text longer than any name stands in the wrong place."""
    text = as_line(value)
    if len(text) > _NAME:
        fail(
            "too-long",
            f"が{len(text):,}字あります（{_NAME}字まで）",
            "短くするか、別の項目の文章でないかを確かめてください",
        )
    return text


def _file_name(value: object) -> str:
    text = as_line(value)
    if match := re.search(naming.SIGNS, text):
        message = f'に「{match[0]}」が使われています。ファイル名にもなるため、半角の / \\ : * ? " < > | は使えません'
        fail("not-file-name", message, f"全角の「{naming.wide(match[0])}」に直してください")
    if len(text) > _FILE_NAME:
        message = f"が長すぎます（{len(text):,}字）。ファイルやフォルダーの名前にもなります"
        fail("not-file-name", message, f"{_FILE_NAME}字以内の名称にしてください")
    if naming.is_device(text):
        message = f"の「{shorten(text)}」は、Windows が使う言葉のため、ファイルやフォルダーの名前になりません"
        fail("not-file-name", message, "ほかの言葉を添えてください（例: CON計画）")
    if text.startswith(".") or text.endswith(".") or "\t" in text:
        message = "が「.」で始まるか終わるか、タブを含んでいます。ファイルやフォルダーの名前になりません"
        fail(
            "not-file-name",
            message,
            "文字で始まり、文字で終わる名称にしてください。正式な「.」は、全角の「．」で書きます",
        )
    return text


def _departments(value: object) -> tuple[str, ...]:
    if isinstance(value, list) and not value:
        fail("empty", "が空です", "所管課の名称を書いてください")
    return tuple(_file_name(one) for one in (value if isinstance(value, list) else [value]))


def _slug(value: object) -> str:
    return _no_device(_matching(_SLUG, *_SLUG_FAULT)(value))


def _no_device(text: str) -> str:
    if naming.is_device(text):
        message = f"の「{text}」は、Windows が使う言葉のため、ファイルの名前になりません"
        fail("not-file-name", message, f"{text}-rate のように、ほかの言葉を添えてください")
    return text


def _node(value: object) -> str:
    return _no_device(_matching(_NODE, *_NODE_FAULT)(value))


_SLUG = r"[a-z](-?[a-z0-9]){0,40}"
_NODE = rf"(?=.{{1,{naming.NODE_MOST}}}(?:/|$)){naming.NODE}"
SLUG = re.compile(_SLUG, re.ASCII)
NODE = re.compile(rf"(?!{naming.RESERVED}$){_NODE}", re.ASCII)
"""The form of the ids of what the plan is made of: goals, groups and measures."""
FIELD_ID = r"[a-z]([-_]?[a-z0-9]){0,40}"
_FIELD_FAULT = (
    "記入欄の識別名として使えません",
    "半角の英小文字で始め、英小文字、数字、「-」、「_」だけで40字以内で書いてください（例: basic_policy）",
)
_SLUG_FAULT = (
    "識別名として使えません",
    "半角の英小文字で始め、英小文字、数字、「-」だけで40字以内で書いてください（例: startup-support）",
)
_NODE_FAULT = (
    "識別名（id）として使えません",
    "1-2、27、A2 のように、半角の英数字と「-」だけで、英数字で始めて終え、16字以内で書いてください"
    "（印刷する番号は number: に、Ⅰ や（1）のように自由に書けます）",
)
_INITIATIVE = f"{_NODE}/{_SLUG}"
_INITIATIVE_FAULT = (
    "取組を指していません",
    "1-3/startup-support のように「施策の番号/取組の識別名」を書いてください",
)
_ACTIVITY = f"{_INITIATIVE}/{_SLUG}"
_ACTIVITY_FAULT = (
    "具体的な取組を指していません",
    "1-5/employment/internship のように「施策の番号/取組の識別名/具体的な取組の識別名」を書いてください",
)
_FIT = naming.SIGNS.replace("[", r"[^\n\t", 1)
"""A character of a name that files are called by, as far as a pattern tells it."""
Name = Annotated[str, PlainValidator(_name), schema_of(rf"\s*(?=\S)[^\n]{{0,{_NAME - 1}}}\S\s*", "number")]
_FILE_NAMED = schema_of(
    rf"\s*(?!{naming.RESERVED} *(?:\.|\s*$))(?=\S){_FIT}{{0,{_FILE_NAME - 1}}}(?!\.){_FIT}\s*", "number"
)
FileName = Annotated[str, PlainValidator(_file_name), _FILE_NAMED]
Departments = Annotated[
    tuple[str, ...],
    PlainValidator(_departments),
    WithJsonSchema(
        {"anyOf": [_FILE_NAMED.json_schema, {"type": "array", "minItems": 1, "items": _FILE_NAMED.json_schema}]}
    ),
]
Slug = Annotated[
    str,
    PlainValidator(_slug),
    schema_of(rf"(?!{naming.RESERVED}$){_SLUG}", hint=_SLUG_FAULT[1]),
]
FieldId = Annotated[str, PlainValidator(_matching(FIELD_ID, *_FIELD_FAULT)), schema_of(FIELD_ID, hint=_FIELD_FAULT[1])]
NodeId = Annotated[
    str,
    PlainValidator(_node),
    schema_of(rf"(?!{naming.RESERVED}$){_NODE}", "integer", hint=_NODE_FAULT[1]),
]
InitiativeRef = Annotated[
    str, PlainValidator(_matching(_INITIATIVE, *_INITIATIVE_FAULT)), schema_of(_INITIATIVE, hint=_INITIATIVE_FAULT[1])
]
ActivityRef = Annotated[
    str, PlainValidator(_matching(_ACTIVITY, *_ACTIVITY_FAULT)), schema_of(_ACTIVITY, hint=_ACTIVITY_FAULT[1])
]
