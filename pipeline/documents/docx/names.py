"""What Word's window calls what its files name in English, for messages: lines, and formats of numbers."""

from __future__ import annotations

from collections.abc import Mapping

_LINES: Mapping[str, str] = {
    "words": "文字だけ", "single": "一重線", "double": "二重線", "triple": "三重線", "thick": "太線", "dotted": "点線",
    "dottedHeavy": "太い点線", "dash": "破線", "dashed": "破線", "dashedHeavy": "太い破線", "dashLong": "長い破線",
    "dashLongHeavy": "太く長い破線", "dotDash": "一点鎖線", "dashDotHeavy": "太い一点鎖線", "dotDotDash": "二点鎖線",
    "dashDotDotHeavy": "太い二点鎖線", "dashDotStroked": "斜めの破線", "wave": "波線", "wavyHeavy": "太い波線",
    "wavyDouble": "二重の波線", "doubleWave": "二重の波線", "threeDEmboss": "立体の線", "threeDEngrave": "立体の線",
    "outset": "立体の線", "inset": "立体の線",
}  # fmt: skip
_NUMBERS: Mapping[str, str] = {
    "ordinalText": "First、Second", "cardinalText": "One、Two", "japaneseLegal": "壱、弐、参",
    "ideographEnclosedCircle": "㊀、㊁、㊂",
    "ideographLegalTraditional": "壹、貳、參", "bullet": "行頭文字",
}  # fmt: skip


def line(kind: str) -> str:
    """Return the name of a kind of border (17.18.2) or underline (17.18.99)."""
    return _LINES.get(kind, "絵柄の線")


def numbers(kind: str) -> str:
    """Return how a format of numbers (17.18.59) is shown."""
    return _NUMBERS.get(kind, "そのほか")
