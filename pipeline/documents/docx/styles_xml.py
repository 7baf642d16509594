"""word/styles.xml (17.7): defaults, styles and their inheritance, resolved to whole formats."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping
from functools import cached_property
from typing import Literal, NamedTuple, TypeAlias

from lxml import etree
from msgspec import Struct, field
from msgspec.structs import replace

from pipeline.documents.docx.errors import Damaged
from pipeline.documents.docx.formats import UNNAMED, ParagraphFormat, RunFormat
from pipeline.documents.docx.markup import W, child_value, inside, is_on_attribute
from pipeline.documents.docx.numbering_xml import Levels
from pipeline.documents.docx.paragraph_format_xml import (
    ParagraphChanges,
    build_paragraph_format,
    read_paragraph_changes,
)
from pipeline.documents.docx.run_format_xml import FONTS, RunChanges, read_run_changes, without_language
from pipeline.documents.docx.typefaces import Typefaces

_NONE: RunChanges = {}
_UNNAMED: RunChanges = {"font": UNNAMED, "east_asian_font": UNNAMED}
"""What is resolved even where a document names no typeface."""
_NO_LIST = ParagraphChanges({"left": 0.0, "first_line": 0.0}, {"left": None, "first_line": None})
_Layers: TypeAlias = tuple[ParagraphChanges, ...]
"""What paragraphs are given one above the other, the lowest first."""
_Toggle: TypeAlias = Literal["bold", "italic", "capitals", "small_capitals", "strike", "hidden"]
_TOGGLES: tuple[_Toggle, ...] = ("bold", "italic", "capitals", "small_capitals", "strike", "hidden")


class Style(Struct, frozen=True):
    """One style as it is written; ``number`` and ``level`` tie paragraphs to a list (17.3.1.19)."""

    identifier: str
    kind: str
    title: str
    parent: str | None
    paragraph: ParagraphChanges
    run: RunChanges
    number: str | None
    level: int | None
    element: etree._Element


class Item(Struct, frozen=True):
    """To which list, and to which level of it, a paragraph belongs."""

    number: str
    level: int


class Look(Struct, frozen=True):
    """What the properties of a paragraph, its styles and its place in a table come to: the same for all that are
    written alike.

    ``base`` is the format that its runs start from, ``mark`` that of its end mark, ``runs`` are the formats of its runs
    by what is written of them; it may be the end of a section.
    """

    style: str
    item: Item | None
    format: ParagraphFormat
    base: RunFormat
    mark: RunFormat
    ends_section: bool
    runs: dict[bytes, RunFormat] = field(default_factory=dict)


class InTable(NamedTuple):
    """Where a paragraph of a table stands: the table's style, and the regions of it, the weakest first."""

    style: str
    regions: tuple[str, ...] = ()


def region_of(style: etree._Element, region: str) -> etree._Element | None:
    """Return what a table style says of a region (``firstRow``, 17.18.89)."""
    return next((e for e in style.iterchildren(f"{W}tblStylePr") if e.get(f"{W}type") == region), None)


class Styles:
    """The styles of a document. Answers are cached, so equal questions give the same object."""

    def __init__(self, root: etree._Element, levels: Levels, typefaces: Typefaces, name: str) -> None:
        """Read all styles; ``typefaces`` draw the document. Raises Unsupported for what cannot be drawn."""
        self._name = name
        self._typefaces = typefaces
        self._levels = levels
        self._styles = {e.get(f"{W}styleId", ""): e for e in root.findall(f"{W}style")}
        self._read: dict[str, Style] = {}
        self._chains: dict[str, tuple[Style, ...]] = {}
        self._regions: dict[tuple[str, str], tuple[ParagraphChanges, RunChanges]] = {}
        defaults = root.find(f"{W}docDefaults")
        self._run_defaults = without_language(read_run_changes(inside(defaults, "rPrDefault", "rPr"), name))
        self._paragraph_defaults = read_paragraph_changes(inside(defaults, "pPrDefault", "pPr"), name)
        self._default = {kind: self._default_of(kind) for kind in ("paragraph", "table", "character")}
        self._base_runs: dict[tuple[Hashable, ...], RunFormat] = {}
        self._runs: dict[tuple[Hashable, ...], RunFormat] = {}

    def _default_of(self, kind: str) -> str | None:
        """Return the default style of a kind; of several the last one counts (17.7.4.17)."""
        found = (
            key
            for key, e in reversed(self._styles.items())
            if e.get(f"{W}type") == kind and is_on_attribute(e, "default")
        )
        return next(found, None)

    @cached_property
    def titles(self) -> Mapping[str, str]:
        """The styles' titles as Word shows them, by id."""
        return {key: child_value(e, "name") or key for key, e in self._styles.items()}

    def paragraph_style(self, identifier: str | None) -> str:
        """Return the id of the style that a paragraph has: the named one, else the default."""
        return identifier if identifier in self._styles else (self._default["paragraph"] or "")

    def chain(self, identifier: str | None) -> tuple[Style, ...]:
        """Return a style and its ancestors, oldest first (17.7.4.3)."""
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
        """Return a table's style and its ancestors, oldest first."""
        return self.chain(identifier or self._default["table"])

    def _table_steps(self, table: InTable | None) -> Iterator[tuple[ParagraphChanges, RunChanges]]:
        """Yield what a table's style says: of the whole table, then of the regions that a cell lies in (17.7.6)."""
        if table is None:
            return
        chain = self.table_chain(table.style)
        yield from ((step.paragraph, step.run) for step in chain)
        for region in table.regions:
            yield from (self._region(step, region) for step in chain)

    def _region(self, style: Style, region: str) -> tuple[ParagraphChanges, RunChanges]:
        key = (style.identifier, region)
        if key not in self._regions:
            element = region_of(style.element, region)
            properties = inside(element, "pPr"), inside(element, "rPr")
            read = read_paragraph_changes(properties[0], self._name), read_run_changes(properties[1], self._name)
            self._regions[key] = read
        return self._regions[key]

    def _style(self, identifier: str) -> Style:
        if identifier not in self._read:
            self._read[identifier] = _read_style(self._styles[identifier], self._name)
        return self._read[identifier]

    def item(self, style: str) -> Item | None:
        """Return the list that a paragraph style belongs to, None for none; a style may change the level alone."""
        found: Item | None = None
        for step in self.chain(style):
            found = self._item(step, found)
        return found

    def _item(self, step: Style, inherited: Item | None) -> Item | None:
        number = step.number or (inherited.number if inherited and step.level is not None else None)
        if number is None:
            return inherited
        tied = self._levels.level_of_style(number, step.identifier)
        return Item(number, tied if step.level is None else step.level)

    def paragraph_format(
        self, style: str, table: InTable | None, item: Item | None, direct: ParagraphChanges
    ) -> ParagraphFormat:
        """Resolve defaults, table style, paragraph style, directly given list and direct formatting (17.7.2)."""
        below = (self._paragraph_defaults, *(step for step, _ in self._table_steps(table)), *self._style_layers(style))
        listed = () if item is None else (self._list_changes(item),)
        return build_paragraph_format((*below, *listed, direct), self.base_run(style, table).size)

    def _style_layers(self, style: str) -> _Layers:
        """Return what a chain says; a list named by a style stands below that style's own indents."""
        layers: _Layers = ()
        item = None
        for step in self.chain(style):
            before, item = item, self._item(step, item)
            if item is not None and item != before:
                layers += (self._list_changes(item),)
            layers += (step.paragraph,)
        return layers

    def _list_changes(self, item: Item) -> ParagraphChanges:
        """Return what a level of a list says; no list (numId 0) takes the indents of lists and styles below it away."""
        level = self._levels.level(item.number, item.level)
        return level.paragraph if level else _NO_LIST

    def base_run(self, style: str, table: InTable | None, mark: RunChanges = _NONE) -> RunFormat:
        """Resolve what runs of a paragraph start from: defaults, table style, paragraph style, then ``mark``."""
        key = (style, table, *mark.items())
        found = self._base_runs.get(key)
        if found is None:
            of_table = (run for _, run in self._table_steps(table))
            of_style = (self._run_changes(step) for step in self.chain(style))
            changes = _joined((self._run_defaults, *of_table, *of_style, mark))
            found = self._base_runs[key] = replace(RunFormat(), **self._named(_UNNAMED | changes))
        return found

    def _run_changes(self, step: Style) -> RunChanges:
        return without_language(step.run) if step.identifier == self._default["paragraph"] else step.run

    def run_format(self, base: RunFormat, style: str | None, direct: RunChanges) -> RunFormat:
        """Resolve a run from its paragraph's base, a character style, and direct formatting."""
        if style is None and not direct:
            return base
        key = (base, style, *direct.items())
        found = self._runs.get(key)
        if found is None:
            changes = self._named(_joined(step.run for step in self.chain(style)))
            changes.pop("highlight", None)  # Word knows the marker on text alone, not in styles of text
            for toggle in _TOGGLES:  # twice on is off (17.7.3)
                if changes.get(toggle) and getattr(base, toggle):
                    changes[toggle] = False
            found = self._runs[key] = replace(base, **_joined((changes, self._named(direct))))
        return found

    def _named(self, changes: RunChanges) -> RunChanges:
        """Return changes with typefaces that draw in the place of what the document calls them."""
        made = changes.copy()
        for font in FONTS:
            if font in made:
                made[font] = self._typefaces.drawing(made[font].name, is_asian=font == "east_asian_font")
        return made


def _joined(layers: Iterable[RunChanges]) -> RunChanges:
    """Return changes one above the other, the lowest first, as one."""
    made: RunChanges = {}
    for changes in layers:
        made.update(changes)
    return made


def _read_style(element: etree._Element, name: str) -> Style:
    numbering = inside(element, "pPr", "numPr")
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
