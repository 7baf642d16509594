"""From the bytes of a docx to its tree."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from contextlib import suppress

from lxml import etree
from msgspec.structs import replace

from pipeline.documents.docx.bindings_xml import collect_outdated
from pipeline.documents.docx.body_xml import read_blocks
from pipeline.documents.docx.common import Common, keep, parts_beside, taken
from pipeline.documents.docx.context import Context
from pipeline.documents.docx.errors import Damaged, DocxError, Unsupported, gathered
from pipeline.documents.docx.frames_xml import with_plain_page_numbers
from pipeline.documents.docx.markup import DC, W, text_of
from pipeline.documents.docx.notes_xml import REFERENCES, have_foot, note_texts, with_notes
from pipeline.documents.docx.numbering_xml import Numbering
from pipeline.documents.docx.package import Package
from pipeline.documents.docx.plainer import Plainer
from pipeline.documents.docx.revisions_xml import accept_changes, show_changes
from pipeline.documents.docx.section_xml import joined, read_section
from pipeline.documents.docx.settings_xml import Settings, read_settings
from pipeline.documents.docx.tree import Block, Document, Section


def read(data: bytes, name: str, accept_changes: bool = False) -> Document:
    """Read a docx into a tree.

    ``name`` is the file's name for messages. With ``accept_changes``, tracked changes are taken as accepted. Raises
    Damaged for what is no sound docx, and Unsupported, naming the construct and the nearest text, for what cannot be
    drawn.
    """
    document, refusals = examine(data, name, accept_changes)
    refusals += dated(document)
    if refusals:
        raise gathered(refusals)
    return document


def dated(document: Document) -> tuple[Unsupported, ...]:
    """Return a refusal of each kind of field that shows another day in Word than the one that is in the tree."""
    return tuple(Unsupported(f"フィールド（{code}）", "", document.name) for code in dict.fromkeys(document.dates))


def examine(
    data: bytes, name: str, accept_changes: bool = False, plainer: Plainer | None = None
) -> tuple[Document, tuple[Unsupported, ...]]:
    """Read what can be read of a docx; also gives all that cannot be drawn, and is not in the tree.

    Dates that Word works out anew are in it as they were stored; what may be ``plainer`` than in Word is noted there.

    Arguments and Damaged as in ``read``; raises Unsupported where too much cannot be drawn.
    """
    package = Package(data, name)
    try:
        return _read(package, accept_changes, plainer)
    except (ValueError, OverflowError) as fault:  # a number that is none, where the standard wants one
        raise Damaged(name, f"文書の中の値が正しくありません（{fault}）。") from fault


def _read(package: Package, accept: bool, plainer: Plainer | None) -> tuple[Document, tuple[Unsupported, ...]]:
    """Read a document with what was kept of those with the same parts beside the text, if all of it can be drawn."""
    parts = parts_beside(package)
    if plainer is None and (known := taken(parts)) is not None:
        with suppress(DocxError, ValueError, OverflowError):
            document, refusals = _read_text(package, known, accept, None)
            if not refusals:
                keep(parts, known)
                return document, refusals
    common = Common(parts, package.name)
    document, refusals = _read_text(package, common, accept, plainer)
    if plainer is None and not refusals:
        keep(parts, common)
    return document, refusals


def _read_text(
    package: Package, common: Common, accept: bool, plainer: Plainer | None
) -> tuple[Document, tuple[Unsupported, ...]]:
    name, main = package.name, package.document
    root = package.xml(main)
    body = root.find(f"{W}body")
    if body is None:
        raise Damaged(name, "Word文書の本文が見つかりません。")
    if accept:
        accept_changes(root)
    if plainer is not None:
        _make_plainer(root, common, plainer)
    context = Context(
        package, package.relationships(main), common, Numbering(common.levels, name), accept,
        plainer=plainer, has_foot=have_foot(root),
    )  # fmt: skip
    collect_outdated(body, context)
    settings = context.tried(lambda: read_settings(common.roots["settings"], root, name), Settings(), body)
    context = replace(context, note_texts=_note_texts(main, context), compatibility=settings.compatibility)
    apart = _sections(body, context)
    sections = context.tried(lambda: joined(apart, name, plainer), apart, body)
    sections = with_notes(sections, context, lambda note, own: (block for block, _ in read_blocks(note, own)))
    document = Document(
        name=name,
        sections=sections,
        settings=settings,
        style_names=common.styles.titles,
        comments=_comments(package, main),
        title=_title(package),
        dates=tuple(context.dates),
        plainer=plainer,
    )
    return document, tuple(context.refusals)


def _make_plainer(root: etree._Element, common: Common, plainer: Plainer) -> None:
    """Make the text and what stands beside it plainer, before anything of that is asked for but its colours."""
    from pipeline.documents.docx import plainer_xml  # noqa: PLC0415 - late: nothing of a report's sheets is plainer

    colours, styles, theme = common.colours, common.roots["styles"], common.roots["theme"]
    _make_part_plainer(root, colours, plainer)
    if styles is not None:
        plainer_xml.make_styles_plainer(styles, root, colours, plainer)
    if theme is not None:
        plainer_xml.make_plainer(theme, colours, None)


def _make_part_plainer(root: etree._Element, colours: Mapping[str, str], plainer: Plainer) -> None:
    from pipeline.documents.docx import plainer_xml  # noqa: PLC0415 - late, as above

    if show_changes(root):
        plainer.add("変更履歴（挿入は下線、削除は取り消し線を付けて。--accept-changes で、承諾したものとして）", "")
    plainer_xml.make_plainer(root, colours, plainer)


def _note_texts(main: str, context: Context) -> Mapping[tuple[str, str], etree._Element]:
    found: dict[tuple[str, str], etree._Element] = {}
    for kind in REFERENCES.values():
        root = _related_xml(context.package, main, f"{kind}s")
        if root is not None:
            _settle(root, context)
            found.update(note_texts(kind, root))
    return found


def _settle(root: etree._Element, context: Context) -> None:
    """Make a part beside the body ready to be read: its tracked changes, and what is drawn more plainly."""
    if context.accept_changes:
        accept_changes(root)
    if context.plainer is not None:
        _make_part_plainer(root, context.common.colours, context.plainer)


def _related_xml(package: Package, main: str, kind: str) -> etree._Element | None:
    part = package.related(main, kind)
    return None if part is None else package.xml(part)


def _title(package: Package) -> str:
    """Return the title in the document's properties (ISO/IEC 29500-2, 8.3.3.13)."""
    root = _related_xml(package, "", "core-properties")
    return "" if root is None else " ".join((root.findtext(f"{DC}title") or "").split())


def _comments(package: Package, main: str) -> int:
    """Count the comments that say something; empty ones are traces of saving."""
    root = _related_xml(package, main, "comments")
    found = () if root is None else root.iter(f"{W}comment")
    return sum(bool(text_of(comment).strip()) for comment in found)


def _sections(body: etree._Element, context: Context) -> tuple[Section, ...]:
    sections: list[Section] = []
    blocks: list[Block] = []

    def end(element: etree._Element) -> None:
        previous = sections[-1] if sections else None
        sections.append(read_section(element, tuple(blocks), previous, furniture, context))
        blocks.clear()

    def furniture(identifier: str, kind: str) -> tuple[Block, ...]:
        return _furniture(identifier, context)

    for block, section in read_blocks(body, context):
        blocks.append(block)
        if section is not None:
            end(section)
    last = body.find(f"{W}sectPr")
    end(etree.Element(f"{W}sectPr") if last is None else last)
    return tuple(sections)


def _furniture(identifier: str, context: Context) -> tuple[Block, ...]:
    """Read a header or footer part (17.10); it has relationships of its own."""
    relationship = context.relationships.get(identifier)
    if relationship is None:
        raise Damaged(context.name, f"ヘッダーまたはフッター（{posixpath.basename(identifier)}）が見つかりません。")
    root = context.package.xml(relationship.target)
    _settle(root, context)
    own = context.of_part(relationship.target)
    with_plain_page_numbers(root)
    collect_outdated(root, own)
    return tuple(block for block, _ in read_blocks(root, own))
