"""What is doubtful about a returned cell's being the one that was sent, of sheets and of workbooks alike."""

from __future__ import annotations

from collections.abc import Container

from pipeline.departments.returned.alignment import likeness

WEAK = "目印が失われていたため、見出しなどから場所を判断しました。"
TWICE = "同じ行が二つあり、どちらが元の行か分かりません。"
OTHER_ROW = "行の見出しが変えられていて、別の行のものかもしれません。"
OTHER_COLUMN = "列の見出しが変えられていて、別の列のものかもしれません。"
MERGED = "欄が結合されているか、列の数が変わっていて、別の欄の内容を含むことがあります。"
_ALIKE = 0.6


def is_another(name: str, now: str, names: Container[str]) -> bool:
    """Return whether a label names something else now: another label's words, or words of its own."""
    return name != now and (now in names or likeness(name, now) < _ALIKE)
