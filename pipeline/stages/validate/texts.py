"""Every written text of the year, each line with its place; the audit reads them as they stand in the files.

A text that another measure repeats (再掲) is written once, so it is given once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from pipeline.diagnostics import Place
from pipeline.model.audit import Text, TextKind
from pipeline.model.form import IN_STRATEGY, Field, FieldKind, Holder, Writer
from pipeline.stages.validate.document import Document, S
from pipeline.stages.validate.sources import Sources
from pipeline.stages.validate.text import place_in
from pipeline.stages.validate.tree import Keys, Node, Scalar, find, scalars
from pipeline.stages.validate.views import items, word

_FRONT = ("title", "book_title", "explanation", "sdgs", "targets", "sheets")


def texts(sources: Sources) -> tuple[Text, ...]:
    """List every text that people wrote: of the report, of the strategy, then of each measure."""
    return (
        *_front(sources),
        *_strategy(sources),
        *(text for identifier in sources.measures for text in _measure(sources, identifier)),
        *_opinions(sources),
    )


def _front(sources: Sources) -> Iterator[Text]:
    for key in _FRONT:
        node = find(sources.report.tree, (key,))
        for scalar in scalars(node) if node else ():
            yield from _text(scalar, sources.report, TextKind.FRONT)


def _strategy(sources: Sources) -> Iterator[Text]:
    document = sources.strategy
    for part, holder in IN_STRATEGY.items():
        for node in items(document.tree, part):
            identifier = word(node, "id")
            measure = identifier.text if identifier and part == "measures" else ""
            yield from _text(find(node, ("name",)), document, TextKind.NAME, measure)
            yield from _fields(sources.form.on(holder, Writer.PLANNING), node, document, measure)


def _measure(sources: Sources, measure: str) -> Iterator[Text]:
    document = sources.measures[measure]
    for node in items(document.tree, "initiatives"):
        identifier = word(node, "id")
        initiative = identifier.text if identifier else ""
        yield from _text(find(node, ("name",)), document, TextKind.NAME, measure, initiative)
        for activity in items(node, "activities"):
            named = activity if isinstance(activity, Scalar) else find(activity, ("name",))
            yield from _text(named, document, TextKind.NAME, measure, initiative)
        yield from _fields(sources.form.on(Holder.INITIATIVE), node, document, measure, initiative)
    entered = find(document.tree, ("indicators",))
    for node in entered.nodes.values() if isinstance(entered, Keys) else ():
        of_indicator = sources.form.on(Holder.INDICATOR, Writer.DEPARTMENT, Writer.COUNCIL)
        yield from _fields(of_indicator, node, document, measure)
    fields = sources.form.on(Holder.MEASURE, Writer.DEPARTMENT, Writer.COUNCIL)
    yield from _fields(fields, document.tree, document, measure)


def _opinions(sources: Sources) -> Iterator[Text]:
    """Yield what is answered to opinions; the opinions themselves are as they were said."""
    document = sources.opinions
    found = find(document.tree, ("opinions",))
    for node in found.nodes if isinstance(found, Keys) else ():
        for opinion in items(document.tree, "opinions", node):
            measure = node if node in sources.measures else ""
            yield from _fields(sources.form.on(Holder.OPINION), opinion, document, measure)


def _fields(
    fields: Iterable[Field], node: Node | None, document: Document[S], measure: str, initiative: str = ""
) -> Iterator[Text]:
    for field in fields:
        if field.kind is FieldKind.TEXT:
            yield from _text(find(node, (field.id,)), document, field, measure, initiative)


def _text(
    node: Node | None, document: Document[S], part: TextKind | Field, measure: str = "", initiative: str = ""
) -> Iterator[Text]:
    if isinstance(node, Scalar) and isinstance(node.value, str) and node.value:
        yield _placed(node, node.value, document.text, Text(part, measure, initiative, node.value, (node.place,)))


def _placed(scalar: Scalar, value: str, text: str, found: Text) -> Text:
    """Return the text with the place where each of its lines begins, as far as the file has them as they are."""
    written = text[scalar.start : scalar.end]
    if written.startswith("|"):
        return replace(found, lines=tuple(_block(scalar.place, value, written)))
    offset = written.find(value)
    if offset < 0 or "\n" in value:
        return replace(found, exact=False)
    return replace(found, lines=(place_in(text, scalar.start + offset, scalar.place.file),))


def _block(place: Place, value: str, written: str) -> Iterator[Place]:
    """A block's lines stand below its sign, each further right by the indent (YAML 1.2, 8.1)."""
    rows, lines = written.split("\n")[1:], value.split("\n")
    indents = (len(row) - len(line) for row, line in zip(rows, lines, strict=False) if line)
    indent = next(indents, 0)
    yield from (Place(place.file, place.line + 1 + n, indent + 1) for n in range(len(lines)))
