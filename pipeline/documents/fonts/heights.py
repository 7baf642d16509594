"""How high Word makes lines of typefaces that others draw here.

Latin heights are those of the font files, with the gap that they ask for. East Asian ones are by three tenths higher
than in their files, half of it above and half below ("The factor 0.3 has been confirmed with experiments", says the
source of OpenOffice, vcl, #110641#). Of ＭＳ 明朝 users of Word measured it, by the least distance of the lines of a
grid (17.6.5) that a size still takes one of; ヒラギノ by pages that Word broke. 游明朝 was measured as 1.673; but 12 pt
of it take one line of 20 pt in the template of Word for Mac, so that it counts as five thirds.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import NamedTuple
from unicodedata import east_asian_width

from pipeline.documents.fonts.names import family, plain


class Height(NamedTuple):
    """How far a line reaches above and below its baseline, in em."""

    ascent: float
    descent: float


_JAPANESE, _YU, _MEIRYO, _MEIRYO_UI = (
    Height(1.009, 0.291),
    Height(1.213, 0.453),
    Height(1.285, 0.665),
    Height(1.169, 0.491),
)
_NAMES: Mapping[Height, tuple[str, ...]] = {
    _JAPANESE: ("MS Mincho", "MS PMincho", "MS Gothic", "MS PGothic", "MS UI Gothic",
                "SimSun", "NSimSun", "MingLiU", "PMingLiU"),
    _YU: ("游明朝", "Yu Mincho", "游明朝 Light", "Yu Mincho Light", "游明朝 Demibold", "Yu Mincho Demibold",
          "游ゴシック", "Yu Gothic", "游ゴシック Light", "Yu Gothic Light", "游ゴシック Medium", "Yu Gothic Medium"),
    _MEIRYO: ("メイリオ", "Meiryo"),
    _MEIRYO_UI: ("Meiryo UI", "Yu Gothic UI"),
    Height(0.891, 0.258): ("Times New Roman", "Times"),
    Height(0.905, 0.245): ("Arial", "Helvetica"),
    Height(0.952, 0.269): ("Calibri", "Calibri Light"),
    Height(0.950, 0.222): ("Cambria", "Cambria Math"),
    Height(0.979, 0.221): ("Century",),
    Height(0.920, 0.251): ("Consolas",),
    Height(0.833, 0.300): ("Courier New",),
    Height(1.079, 0.251): ("Segoe UI",),
    Height(1.000, 0.207): ("Tahoma",),
    Height(1.005, 0.210): ("Verdana",),
}  # fmt: skip
_JAPANESE_WORDS = ("hiragino", "ipa", "notosanscjk", "notoserifcjk", "sourcehan")
"""Begin the names of Japanese typefaces."""
_BY_NAME = {plain(name): height for height, names in _NAMES.items() for name in names}


@cache
def known_height(name: str) -> Height | None:
    """Return how high a typeface is in Word, None where that is not known, and of those at hand.

    What has a Japanese name is as high as ＭＳ 明朝.
    """
    if family(name):
        return None
    own = plain(name.lstrip("@"))
    is_japanese = own.startswith(_JAPANESE_WORDS) or any(east_asian_width(letter) == "W" for letter in name)
    return _BY_NAME.get(own) or (_JAPANESE if is_japanese else None)
