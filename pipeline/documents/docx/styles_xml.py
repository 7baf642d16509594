"""word/styles.xml (17.7): defaults, styles and their inheritance, resolved to whole formats."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from lxml import etree

from pipeline.documents.docx.errors import Damaged, Unsupported
from pipeline.documents.docx.markup import W, child_value
from pipeline.documents.docx.numbering_xml import Numbering
from pipeline.documents.docx.paragraph_format_xml import build_paragraph_format, read_paragraph_changes
from pipeline.documents.docx.run_format_xml import FONT_SLOTS, Changes, read_run_changes
from pipeline.documents.docx.tree import ParagraphFormat, RunFormat

_NONE: Changes = ()
_NO_LIST: Changes = (("left", 0.0), ("left_chars", None), ("first_line", 0.0), ("first_line_chars", None))
_TOGGLES = ("bold", "italic", "capitals", "small_capitals", "strike", "hidden")


@dataclass(frozen=True, slots=True)
class Style:
    """One style as it is written; ``number`` and ``level`` tie paragraphs to a list (17.3.1.19)."""

    identifier: str
    kind: str
    title: str
    parent: str | None
    paragraph: Changes
    run: Changes
    number: str | None
    level: int | None
    element: etree._Element = field(repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class Item:
    """To which list, and to which level of it, a paragraph belongs."""

    number: str
    level: int


class Styles:
    """The styles of a document. Answers are cached, so equal questions give the same object."""

    def __init__(self, root: etree._Element, numbering: Numbering, theme: Mapping[str, str], name: str) -> None:
        """Read all styles; ``theme`` names the fonts of the theme. Raises Unsupported for what cannot be drawn."""
        self._name = name
        self._theme = theme
        self._numbering = numbering
        self._styles = {e.get(f"{W}styleId", ""): e for e in root.findall(f"{W}style")}
        self._read: dict[str, Style] = {}
        self._chains: dict[str, tuple[Style, ...]] = {}
        defaults = root.find(f"{W}docDefaults")
        self._run_defaults = read_run_changes(_inside(defaults, "rPrDefault", "rPr"), name)
        self._paragraph_defaults = read_paragraph_changes(_inside(defaults, "pPrDefault", "pPr"), name)
        self._default = {kind: self._default_of(kind) for kind in ("paragraph", "table", "character")}
        self._base_runs: dict[tuple[str, str | None, Changes], RunFormat] = {}
        self._runs: dict[tuple[RunFormat, str | None, Changes], RunFormat] = {}
        self._paragraphs: dict[tuple[str, str | None, Item | None, Changes], ParagraphFormat] = {}

    def _default_of(self, kind: str) -> str | None:
        """Give the default style of a kind; of several the last one counts (17.7.4.17)."""
        found = (
            key
            for key, e in reversed(self._styles.items())
            if e.get(f"{W}type") == kind and e.get(f"{W}default") in ("1", "true")
        )
        return next(found, None)

    @property
    def titles(self) -> Mapping[str, str]:
        """The styles' titles as Word shows them, by id."""
        return {key: child_value(e, "name") or key for key, e in self._styles.items()}

    def paragraph_style(self, identifier: str | None) -> str:
        """Give the id of the style that a paragraph has: the named one, else the default."""
        return identifier if identifier in self._styles else (self._default["paragraph"] or "")

    def chain(self, identifier: str | None) -> tuple[Style, ...]:
        """Give a style and its ancestors, oldest first (17.7.4.3)."""
        key = identifier or ""
        if key not in self._chains:
            self._chains[key] = self._ancestry(identifier)
        return self._chains[key]

    def _ancestry(self, identifier: str | None) -> tuple[Style, ...]:
        chain: list[Style] = []
        while identifier and identifier in self._styles:
            style = self._style(identifier)
            if style in chain:
                raise Damaged(self._name, f"スタイル「{style.title}」が自分自身を基にしています。")
            chain.append(style)
            identifier = style.parent
        return tuple(reversed(chain))

    def table_chain(self, identifier: str | None) -> tuple[Style, ...]:
        """Give a table's style and its ancestors; styles that change with the position in the table are refused."""
        chain = self.chain(identifier or self._default["table"])
        for style in chain:
            if style.element.find(f"{W}tblStylePr") is not None and identifier:
                raise Unsupported(f"行や列の位置で書式が変わる表スタイル「{style.title}」", "", self._name)
        return chain

    def _style(self, identifier: str) -> Style:
        if identifier not in self._read:
            self._read[identifier] = _read_style(self._styles[identifier], self._name)
        return self._read[identifier]

    def item(self, style: str) -> Item | None:
        """Give the list that a paragraph style belongs to, None for none; a style may change the level alone."""
        found: Item | None = None
        for step in self.chain(style):
            found = self._item(step, found)
        return found

    def _item(self, step: Style, inherited: Item | None) -> Item | None:
        number = step.number or (inherited.number if inherited and step.level is not None else None)
        if number is None:
            return inherited
        tied = self._numbering.level_of_style(number, step.identifier)
        return Item(number, tied if step.level is None else step.level)

    def paragraph_format(self, style: str, table: str | None, item: Item | None, direct: Changes) -> ParagraphFormat:
        """Resolve defaults, table style, paragraph style, directly given list and direct formatting (17.7.2)."""
        key = (style, table, item, direct)
        found = self._paragraphs.get(key)
        if found is None:
            changes = self._paragraph_defaults + self._table_changes(table) + self._style_changes(style)
            if item is not None:
                changes += self._list_changes(item)
            size = self.base_run(style, table).size
            found = self._paragraphs[key] = build_paragraph_format(changes + direct, size)
        return found

    def _table_changes(self, table: str | None) -> Changes:
        return sum((step.paragraph for step in self.table_chain(table)), _NONE) if table else _NONE

    def _style_changes(self, style: str) -> Changes:
        """Give what a chain says; a list named by a style stands below that style's own indents."""
        changes, item = _NONE, None
        for step in self.chain(style):
            before, item = item, self._item(step, item)
            if item is not None and item != before:
                changes += self._list_changes(item)
            changes += step.paragraph
        return changes

    def _list_changes(self, item: Item) -> Changes:
        """Give what a level of a list says; no list (numId 0) takes the indents of lists and styles below it away."""
        level = self._numbering.level(item.number, item.level)
        return level.paragraph if level else _NO_LIST

    def base_run(self, style: str, table: str | None, mark: Changes = _NONE) -> RunFormat:
        """Resolve what runs of a paragraph start from: defaults, table style, paragraph style, then ``mark``."""
        key = (style, table, mark)
        found = self._base_runs.get(key)
        if found is None:
            steps = (*(self.table_chain(table) if table else ()), *self.chain(style))
            changes = sum((step.run for step in steps), self._run_defaults) + mark
            found = self._base_runs[key] = replace(RunFormat(), **self._named(changes))
        return found

    def run_format(self, base: RunFormat, style: str | None, direct: Changes) -> RunFormat:
        """Resolve a run from its paragraph's base, a character style, and direct formatting."""
        if style is None and not direct:
            return base
        key = (base, style, direct)
        found = self._runs.get(key)
        if found is None:
            changes = self._named(sum((step.run for step in self.chain(style)), _NONE))
            changes.pop("highlight", None)  # Word knows the marker on text alone, not in styles of text
            for toggle in _TOGGLES:  # twice on is off (17.7.3)
                if changes.get(toggle) and getattr(base, toggle):
                    changes[toggle] = False
            found = self._runs[key] = replace(base, **{**changes, **self._named(direct)})
        return found

    def _named(self, changes: Changes) -> dict[str, Any]:
        """Give changes by field, with the names of fonts in the place of what the theme calls them."""
        return {field: self._theme.get(value, value) if field in FONT_SLOTS else value for field, value in changes}


def _inside(element: etree._Element | None, *names: str) -> etree._Element | None:
    for name in names:
        element = None if element is None else element.find(W + name)
    return element


def _read_style(element: etree._Element, name: str) -> Style:
    numbering = _inside(element, "pPr", "numPr")
    level = child_value(numbering, "ilvl")
    return Style(
        identifier=element.get(f"{W}styleId", ""),
        kind=element.get(f"{W}type", ""),
        title=child_value(element, "name") or "",
        parent=child_value(element, "basedOn"),
        paragraph=read_paragraph_changes(element.find(f"{W}pPr"), name),
        run=read_run_changes(element.find(f"{W}rPr"), name),
        number=child_value(numbering, "numId"),
        level=None if level is None else int(level),
        element=element,
    )
