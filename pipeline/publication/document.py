"""A Word document by itself, filled from a template of the city."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from pipeline.diagnostics import Checked, has_errors
from pipeline.documents.docx.markup import W, parse, serialize
from pipeline.documents.docx.parts import DOCUMENT
from pipeline.documents.template import Parts, Properties, check, load, pack, render, tile
from pipeline.documents.template.looks import drop_hidden
from pipeline.model.report import Report
from pipeline.wording.era import in_text
from pipeline.wording.terms import draft_mark, draft_sentence, is_draft


def document(templates: Path, name: str, title: str, report: Report, variables: Mapping[str, object]) -> Checked[bytes]:
    """Return the docx of a template (its file name) filled; columns that are not to be shown are dropped."""
    loaded = load(templates, name)
    if loaded.value is None:
        return Checked(None, loaded.diagnostics)
    known = {**_common(report), **variables}
    found = (*loaded.diagnostics, *check(loaded.value, [known]))
    if has_errors(found):
        return Checked(None, found)
    properties = Properties(title, f"{report.city} {report.division}", report.date)
    return Checked(pack(_without_hidden(render(loaded.value, known), name), properties, ()), found)


def _common(report: Report) -> dict[str, object]:
    """Return what all these documents may print."""
    return {
        "冊子": {"題名": report.book_title, "評価する年度": in_text(report.evaluated_in)},
        "案": is_draft(report),
        "案の印": tile(draft_mark(report), "DraftMark"),
        "案の文": draft_sentence(report),
    }


def _without_hidden(parts: Parts, name: str) -> Parts:
    root = parse(parts[DOCUMENT], DOCUMENT, name)
    for table in root.iter(f"{W}tbl"):
        drop_hidden(table)
    return {**parts, DOCUMENT: serialize(root)}
