"""The typefaces: BIZ UDPGothic, which the report is set in, its kin of other Word files, one for what they lack, and
that of formulas.

All lie in this package with their licences, and are read when first used. Metrics come from the font files themselves
(``OS/2``, ``hmtx``, ``cmap``), in em.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from pipeline.documents.fonts import metrics
from pipeline.documents.fonts.metrics import Extent, Metrics
from pipeline.documents.fonts.names import (
    FALLBACK,
    FAMILY,
    MATH,
    MATH_ITALIC,
    MATH_SIZES,
    OTHER_NAMES,
    family,
    has_bold,
)
from pipeline.documents.fonts.vertical import forms_of

__all__ = [
    "ALIKE",
    "DRAWN_AS",
    "FALLBACK",
    "FAMILY",
    "FILES",
    "FOLDER",
    "MATH",
    "MATH_ITALIC",
    "MATH_SIZES",
    "OTHER_NAMES",
    "Extent",
    "Face",
    "cure",
    "cured",
    "described",
    "embeddable",
    "extents",
    "face",
    "family",
    "has_bold",
    "lacking",
    "measured",
    "missing",
]

DRAWN_AS: Mapping[str, str] = {"\u2011": "\u2010"}
"""Characters without a glyph of their own, and those whose glyphs they borrow; a no-break hyphen is a hyphen."""
FOLDER = Path(__file__).resolve().parent
_NOT_AS_THEY_ARE = frozenset({"Mn", "Me", "Cf", "Co"})
_CURE = "別の字（常用の字体など）に改めるか、かなで書いてください"
_CURES_FIRST = ("Zs", "Co", "Cf", "Cc", "Mn")
"""Categories of which the cure says more than the character that could stand instead."""
_UNSEEN_MARK = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
"""What asks for another form of the character before it, where the typeface has one."""
_LOOSE_MARK = re.compile("[\u3041-\u30ff][\u3099\u309a]")
_RADICALS: Mapping[str, str] = {
    **{chr(code): unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)},
    **dict(zip("⺟⺠⻁⻄⻆⻑⻘⻝⻤⻨⻩⻫⻭⻯⻲⻳⼾", "母民虎西角長青食鬼麦黄斉歯竜亀龟戸", strict=True)),
}
"""Parts of kanji that PDF files give for the kanji themselves: they look alike, and few know that they differ."""
ALIKE: Mapping[str, str] = {**_RADICALS, **DRAWN_AS}
"""Characters that are drawn by the glyphs of others, where the typeface has none for them."""
_EMOJI = range(0x1F200, 0x1FB00)
_KANJI = range(0x4E00, 0xA000)
_ODD_SPACES = range(0x2000, 0x200B)
_JAPANESE = "euc_jis_2004"
_UNSEEN = "目に見えない文字です。前後の字を消して打ち直してください"
_CURES = {
    "Co": "外字は印刷できません。標準の字に改めるか、かなで書いてください",
    "Mn": "異体字の指定や、離れた濁点などです。前後の字を消して打ち直してください",
    "Cf": _UNSEEN,
    "Cc": _UNSEEN,
    "Zs": "特別な幅の空白です。ふつうの空白（半角又は全角）に打ち直してください",
    "So": "絵文字や特殊な記号は印刷できません。消すか、言葉で書いてください",
}
"""What to do about a missing character, by its category."""


class Face(Struct, frozen=True):
    """One font file: ``advances`` by code point, ``ascent`` and ``descent`` (positive), all in em.

    ``advances`` has those of the fallback face too: it draws what the others lack.
    """

    family: str
    bold: bool
    path: Path
    ascent: float
    descent: float
    advances: Mapping[int, float]

    def width(self, text: str) -> float:
        """Return the sum of the advances, in em; the font needs no kerning."""
        return sum(self.advances[ord(character)] for character in text)


@cache
def embeddable(bold: bool = False, family: str = FAMILY) -> str:
    """Return the name that a font has in a PDF: its file's."""
    return _path(family, bold and has_bold(family)).stem


def _path(family: str, bold: bool) -> Path:
    return FOLDER / f"{family.replace(' ', '')}-{'Bold' if bold else 'Regular'}.ttf"


def face(bold: bool = False, family: str = FAMILY) -> Face:
    """Load a face once; every later call gives the same object."""
    return _face(family, bold and has_bold(family))


@cache
def _face(family: str, bold: bool) -> Face:
    path = _path(family, bold)
    font = measured(path.stem)
    return Face(
        family=family,
        bold=bold,
        path=path,
        ascent=font.ascent / 1000,
        descent=-font.descent / 1000,
        advances=_Advances(font.widths, measured(_path(FALLBACK, bold=False).stem).widths),
    )


class _Advances(Mapping[int, float]):
    """The advances (em) of the characters that may be drawn as they are; each is worked out once."""

    def __init__(self, own: Mapping[int, float], fallback: Mapping[int, float]) -> None:
        self._widths = (own, fallback)
        self._known: dict[int, float] = {}

    def __getitem__(self, code: int) -> float:
        if code not in self._known:
            own, fallback = self._widths
            if not _is_drawn(chr(code)):
                raise KeyError(code)
            self._known[code] = (own if code in own else fallback)[code] / 1000
        return self._known[code]

    def __iter__(self) -> Iterator[int]:
        return (code for code in dict.fromkeys((*self._widths[1], *self._widths[0])) if _is_drawn(chr(code)))

    def __len__(self) -> int:
        return sum(1 for _ in self)


@cache
def measured(file: str) -> Metrics:
    """Return the metrics of a font file of a name, with characters whose glyphs are borrowed and vertical forms."""
    read = metrics.read(FOLDER / f"{file}.ttf")
    own = read.widths
    borrowed = {ord(c): own[ord(d)] for c, d in ALIKE.items() if ord(c) not in own and ord(d) in own}
    vertical = dict.fromkeys(forms_of(file), 1000.0)
    return replace(read, widths=own.amended({**borrowed, **vertical}))


@cache
def extents(family: str) -> Mapping[int, Extent]:
    """Return the room that the characters of a typeface take themselves, by code point, in em."""
    return metrics.extents(_path(family, bold=False))


def _is_drawn(character: str) -> bool:
    """Return whether a glyph of the font may be drawn as it is; marks are put onto letters, soft hyphens hidden."""
    return unicodedata.category(character) not in _NOT_AS_THEY_ARE


FILES = {bold: _path(FAMILY, bold) for bold in (False, True)}
"""The files of the report's typeface."""


def missing(text: str) -> tuple[str, ...]:
    """List the characters of a report's text that no typeface has, each once; newlines and tabs are not drawn.

    What is drawn only because Word files of others may hold it (parts of kanji, odd spaces, Chinese letters, pictures)
    is no better than a slip there.
    """
    return tuple(filter(_is_missing, dict.fromkeys(text)))


@cache
def _is_missing(character: str) -> bool:
    return character not in "\n\t" and (ord(character) not in face().advances or _is_foreign(character))


def _is_foreign(character: str) -> bool:
    code = ord(character)
    if code in _KANJI:
        return character in lacking(character) and not character.encode(_JAPANESE, "ignore")
    return character in _RADICALS or code in _ODD_SPACES or code in _EMOJI


def lacking(text: str) -> frozenset[str]:
    """Return the characters of the text that none but the fallback face may have."""
    return frozenset(character for character in frozenset(text) if not _is_own(character))


@cache
def _is_own(character: str) -> bool:
    return ord(character) in measured(FILES[False].stem).widths


def described(character: str) -> str:
    """Name a character for a message: itself, if it can be seen, and its code point."""
    code = f"U+{ord(character):04X}"
    return f"「{character}」（{code}）" if character.isprintable() and not unicodedata.combining(character) else code


def cure(character: str) -> str:
    """Return what to do about a character that the typefaces lack."""
    if unicodedata.category(character) in _CURES_FIRST:
        return _CURES[unicodedata.category(character)]
    instead = _instead(character)
    return f"「{instead}」と打ち直してください" if instead else _CURES.get(unicodedata.category(character), _CURE)


def cured(text: str) -> str:
    """Return a text with what can stand for them in place of its missing characters; others stay."""
    joined = _LOOSE_MARK.sub(lambda found: unicodedata.normalize("NFC", found[0]), text)
    return "".join(map(_cured, joined)) if missing(joined) else joined


def _cured(character: str) -> str:
    if not missing(character):
        return character
    is_unseen = unicodedata.category(character) in ("Cf", "Cc") or _UNSEEN_MARK.match(character)
    return "" if is_unseen else _instead(character) or character


def _instead(character: str) -> str:
    """Return what says the same as a missing character and can be printed; empty where there is nothing."""
    plain = _RADICALS.get(character) or unicodedata.normalize("NFKC", character)
    return "" if missing(plain) else plain
