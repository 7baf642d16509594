"""word/numbering.xml (17.9): bullets and numbers of list items."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from lxml import etree
from msgspec import Struct
from msgspec.structs import replace

from pipeline.documents.docx import names
from pipeline.documents.docx.characters import character
from pipeline.documents.docx.errors import Unsupported
from pipeline.documents.docx.formats import UNNAMED
from pipeline.documents.docx.markup import MC, W, child_value, is_on, value_of
from pipeline.documents.docx.numerals import NUMERALS
from pipeline.documents.docx.paragraph_format_xml import ParagraphChanges, read_paragraph_changes
from pipeline.documents.docx.run_format_xml import FONTS, RunChanges, read_run_changes

_MOST_LINKS = 10
"""How many styles of numbering may lead to each other."""


class Level(Struct, frozen=True):
    """One level of a list (17.9.6); ``restart`` is the level (from 1) after which it counts anew, 0 for never."""

    format: str
    text: str
    start: int
    suffix: str
    paragraph_style: str | None
    paragraph: ParagraphChanges
    run: RunChanges
    restart: int | None
    is_legal: bool
    refused: str
    before: float


class List(Struct, frozen=True):
    """Where a list's numbers are counted, its levels and the starts that it overrides, as they are written."""

    key: str
    levels: Mapping[str, etree._Element]
    starts: Mapping[str, str]


def read_lists(root: etree._Element | None) -> Mapping[str, List]:
    """Return the lists of ``numbering.xml`` (17.9.15) by their numbers."""
    if root is None:
        return {}
    kinds = _Kinds(root)
    return {e.get(f"{W}numId", ""): kinds.list_of(e) for e in root.iter(f"{W}num")}


class Levels:
    """The levels of the lists of a document. They are read when they are first used, so unused ones are not refused."""

    def __init__(self, root: etree._Element | None, name: str) -> None:
        """Find all lists."""
        self._name = name
        self.lists = read_lists(root)
        self._read: dict[tuple[str, int], Level] = {}

    def level(self, number: str, level: int) -> Level | None:
        """Return a level of a list; None for no list (numId 0) or one that is not defined."""
        found = self.lists.get(number)
        if found is None or str(level) not in found.levels:
            return None
        if (number, level) not in self._read:
            read, start = _level(found.levels[str(level)], self._name), found.starts.get(str(level))
            self._read[number, level] = read if start is None else replace(read, start=int(start))
        return self._read[number, level]

    def level_of_style(self, number: str, style: str) -> int:
        """Return the level that a list ties to a paragraph style (17.9.23), 0 where it ties none."""
        found = self.lists.get(number)
        levels = found.levels if found else {}
        return next((int(depth) for depth, e in levels.items() if child_value(e, "pStyle") == style), 0)


class Numbering:
    """How far each list of a document has been counted; one object reads one document once, in order."""

    def __init__(self, levels: Levels, name: str) -> None:
        """Begin to count."""
        self._name = name
        self.level, self._lists = levels.level, levels.lists
        self._counts: defaultdict[str, dict[int, int]] = defaultdict(dict)
        self._restarted: set[tuple[str, int]] = set()

    def next_label(self, number: str, level: int) -> str:
        """Count one more item and give its label (17.9.11); raises Unsupported for labels that are not drawn."""
        own = self.level(number, level)
        if own is None:
            return ""
        if own.refused:
            raise Unsupported(own.refused, "", self._name)
        self._count(number, level, own)
        return own.text if own.format == "bullet" else self._label(number, level, own)

    def _count(self, number: str, level: int, own: Level) -> None:
        found = self._lists[number]
        counts = self._counts[found.key]
        if str(level) in found.starts and (number, level) not in self._restarted:
            self._restarted.add((number, level))  # a list that overrides the start counts anew where it is first used
            counts.pop(level, None)
        counts[level] = counts.get(level, own.start - 1) + 1
        for deeper in [depth for depth in counts if depth > level]:
            if self._restarts(number, deeper, level):
                del counts[deeper]

    def _restarts(self, number: str, deeper: int, level: int) -> bool:
        """Return whether a level counts anew after an item of a level above it (17.9.10)."""
        below = self.level(number, deeper)
        return below is None or below.restart is None or level < below.restart

    def _label(self, number: str, level: int, own: Level) -> str:
        counts, text = self._counts[self._lists[number].key], own.text
        for depth in range(level + 1):
            above = self.level(number, depth)
            blank = f"%{depth + 1}"
            if above is not None and blank in text:
                counts.setdefault(depth, above.start)  # a level that was passed over has begun, as in LibreOffice
                kind = "decimal" if own.is_legal else above.format
                text = text.replace(blank, self._numeral(kind, counts[depth]))
            else:
                text = text.replace(blank, "")
        return text

    def _numeral(self, kind: str, value: int) -> str:
        if kind not in NUMERALS:
            raise Unsupported(f"段落番号の形式（{names.numbers(kind)}）", "", self._name)
        return NUMERALS[kind](value) if value > 0 else str(value)


class _Kinds:
    """The abstract lists (17.9.1), which may lead to one another by a numbering style (17.9.21)."""

    def __init__(self, root: etree._Element) -> None:
        self._elements = {e.get(f"{W}abstractNumId", ""): e for e in root.iter(f"{W}abstractNum")}
        self._of_style = {
            style: key for key, e in self._elements.items() if (style := child_value(e, "styleLink")) is not None
        }

    def list_of(self, element: etree._Element) -> List:
        kind = child_value(element, "abstractNumId") or ""
        for _ in range(_MOST_LINKS):
            linked = child_value(self._elements.get(kind), "numStyleLink")
            if linked is None or linked not in self._of_style:
                break
            kind = self._of_style[linked]
        abstract = self._elements.get(kind)
        levels = {} if abstract is None else {_depth(e): e for e in abstract.iterchildren(f"{W}lvl")}
        starts: dict[str, str] = {}
        for override in element.iterchildren(f"{W}lvlOverride"):
            redefined, start = override.find(f"{W}lvl"), child_value(override, "startOverride")
            if redefined is not None:
                levels[_depth(override)] = redefined
            if start is not None:
                starts[_depth(override)] = start
        return List(kind, levels, starts)


_BEFORE = {"center": 0.5, "right": 1.0, "end": 1.0}


def _depth(element: etree._Element) -> str:
    return element.get(f"{W}ilvl", "0")


def _level(element: etree._Element, name: str) -> Level:
    kind = child_value(element, "numFmt") or _extended(element) or "decimal"
    written = value_of(element.find(f"{W}lvlText"))
    run = read_run_changes(element.find(f"{W}rPr"), name)
    refused = _refused(element)
    if kind == "bullet":
        written, run, refused = _bullet(written, run, refused)
    restart = child_value(element, "lvlRestart")
    return Level(
        format=kind,
        text=written,
        start=int(child_value(element, "start") or "0"),
        suffix=child_value(element, "suff") or "tab",
        paragraph_style=child_value(element, "pStyle"),
        paragraph=read_paragraph_changes(element.find(f"{W}pPr"), name),
        run=run,
        restart=None if restart is None else int(restart),
        is_legal=is_on(element.find(f"{W}isLgl")),
        refused=refused,
        before=_BEFORE.get(child_value(element, "lvlJc") or "", 0.0),
    )


def _extended(element: etree._Element) -> str | None:
    """Return the format that newer versions of Word take (001, 002 and so on) where there is a simpler one for
    others.
    """
    return child_value(element.find(f"{MC}AlternateContent/{MC}Choice"), "numFmt")


def _refused(element: etree._Element) -> str:
    if element.find(f"{W}lvlPicBulletId") is not None:
        return "図を行頭文字にした箇条書き"
    return ""


def _bullet(text: str, run: RunChanges, refused: str) -> tuple[str, RunChanges, str]:
    """Write a bullet of a symbol font with the character that it shows, in the paragraph's own font."""
    font = run.get("font", UNNAMED).name
    if not any("\uf000" <= sign <= "\uf0ff" for sign in text):
        return text, run, refused
    shown = "".join(character(font, ord(sign)) or "" for sign in text)
    if len(shown) < len(text):
        return text, run, refused or f"記号フォントの行頭文字（{font or '指定なし'}）"
    own = run.copy()
    for slot in FONTS:
        own.pop(slot, None)
    return shown, own, refused
