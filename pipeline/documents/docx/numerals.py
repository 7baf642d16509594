"""How numbers are written (17.18.59): in the labels of lists, and as page numbers."""

from __future__ import annotations

from collections.abc import Callable, Mapping

_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_IN_PARENTHESES = "⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇"
_WITH_STOP = "⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛"
_AIUEO = "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン"
_IROHA = "イロハニホヘトチリヌルヲワカヨタレソツネナラムウヰノオクヤマケフコエテアサキユメミシヱヒモセスン"
_HALF_AIUEO = "ｱｲｳｴｵｶｷｸｹｺｻｼｽｾｿﾀﾁﾂﾃﾄﾅﾆﾇﾈﾉﾊﾋﾌﾍﾎﾏﾐﾑﾒﾓﾔﾕﾖﾗﾘﾙﾚﾛﾜｦﾝ"
_HALF_IROHA = "ｲﾛﾊﾆﾎﾍﾄﾁﾘﾇﾙｦﾜｶﾖﾀﾚｿﾂﾈﾅﾗﾑｳヰﾉｵｸﾔﾏｹﾌｺｴﾃｱｻｷﾕﾒﾐｼヱﾋﾓｾｽﾝ"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
_KANJI_DIGITS = str.maketrans("0123456789", "〇一二三四五六七八九")
_ENDINGS = {1: "st", 2: "nd", 3: "rd"}
_TEENS = range(11, 14)
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
    (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_MOST_ROMAN = 4000
_MOST_COUNTED = 10_000


def _roman(number: int) -> str:
    if number >= _MOST_ROMAN:
        return str(number)
    written = ""
    for value, letters in _ROMAN:
        written += letters * (number // value)
        number %= value
    return written


def _counted(number: int) -> str:
    """Write a number as it is read: 二十一."""
    if not 0 < number < _MOST_COUNTED:
        return str(number).translate(_KANJI_DIGITS)
    written = ""
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, unit)
        if digit:
            written += ("" if digit == 1 and name else str(digit).translate(_KANJI_DIGITS)) + name
    return written


def _one_of(signs: str) -> Callable[[int], str]:
    """Signs for as many numbers as there are, then figures."""
    return lambda n: signs[n - 1] if 0 < n <= len(signs) else str(n)


def _round(signs: str) -> Callable[[int], str]:
    """Signs that begin again after the last."""
    return lambda n: signs[(n - 1) % len(signs)]


def _letters(first: str) -> Callable[[int], str]:
    return lambda n: chr(ord(first) + (n - 1) % 26) * ((n - 1) // 26 + 1)


def _full_width(number: int) -> str:
    return str(number).translate(_FULL_WIDTH)


NUMERALS: Mapping[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalHalfWidth": str,
    "decimalZero": lambda n: f"{n:02d}",
    "decimalFullWidth": _full_width,
    "decimalFullWidth2": _full_width,
    "decimalEnclosedCircle": _one_of(_CIRCLED),
    "decimalEnclosedParen": _one_of(_IN_PARENTHESES),
    "decimalEnclosedFullstop": _one_of(_WITH_STOP),
    "numberInDash": lambda n: f"- {n} -",
    "aiueo": _round(_HALF_AIUEO),
    "aiueoFullWidth": _round(_AIUEO),
    "irohaFullWidth": _round(_IROHA),
    "iroha": _round(_HALF_IROHA),
    "chicago": lambda n: "*†‡§"[(n - 1) % 4] * ((n - 1) // 4 + 1),
    "ordinal": lambda n: f"{n}{_ENDINGS.get(n % 10, 'th') if n % 100 not in _TEENS else 'th'}",
    "hex": lambda n: f"{n:X}",
    "taiwaneseCountingThousand": _counted,
    "chineseCountingThousand": _counted,
    "chineseCounting": _counted,
    "taiwaneseCounting": _counted,
    "decimalEnclosedCircleChinese": _one_of(_CIRCLED),
    "lowerLetter": _letters("a"),
    "upperLetter": _letters("A"),
    "lowerRoman": _roman,
    "upperRoman": lambda n: _roman(n).upper(),
    "japaneseCounting": _counted,
    "ideographDigital": lambda n: str(n).translate(_KANJI_DIGITS),
    "japaneseDigitalTenThousand": lambda n: str(n).translate(_KANJI_DIGITS),
    "ideographTraditional": _one_of(_STEMS),
    "ideographZodiac": _one_of(_BRANCHES),
    "none": lambda n: "",
}
"""How the number formats that are drawn write a number from 1 on."""
