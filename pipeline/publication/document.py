"""A Word document by itself, filled from a template of the city.

In: a template and what it may print. Out: ``Checked`` bytes of a docx in which every text that the template names was
found.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from markupsafe import Markup

from pipeline.diagnostics import Checked, error, has_errors, shorten, squeezed
from pipeline.documents.docx.markup import W, parse, serialize, text_of
from pipeline.documents.docx.parts import DOCUMENT, STYLES
from pipeline.documents.template import Parts, Properties, Template, check, load, pack, printed, render, tile
from pipeline.documents.template.looks import HIDDEN, drop_hidden
from pipeline.documents.template.numbers import keep_whole
from pipeline.documents.template.pages import number_from
from pipeline.model.report import Report
from pipeline.wording.era import in_text
from pipeline.wording.terms import draft_mark, draft_sentence, is_draft

_LOST = "様式の、この項目のある欄を確かめてください。"
_IS_TEXT = re.compile(r"word/(document|header\d*|footer\d*)\.xml").fullmatch


def document(templates: Path, name: str, title: str, report: Report, variables: Mapping[str, object]) -> Checked[bytes]:
    """Return the docx of a template (its file name) filled; columns that are not to be shown are dropped."""
    loaded = load(templates, name)
    if loaded.value is None:
        return Checked(None, loaded.diagnostics)
    known = {**_common(report), **variables}
    found = (*loaded.diagnostics, *check(loaded.value, [known]))
    if has_errors(found):
        return Checked(None, found)
    parts = _dressed(render(loaded.value, known), name)
    if lost := _lost(loaded.value, known, parts):
        message = f"「{shorten(lost)}」が印刷されていません。"
        return Checked(None, (*found, error("paper-text-missing", loaded.value.place, message, _LOST)))
    properties = Properties(title, report.author, report.date)
    return Checked(pack(parts, properties, ()), found)


def _lost(template: Template, variables: Mapping[str, object], parts: Parts) -> str:
    """Return the first text that the template names and the filled document does not have, one after the other."""
    text = squeezed("".join(text_of(parse(data, name, name)) for name, data in parts.items() if _IS_TEXT(name)))
    values = (one.value for one in printed(template, variables) if not isinstance(one.value, Markup))
    told = (value for value in values if isinstance(value, str) and HIDDEN not in value)
    return next((value for value in told if squeezed(value) not in text), "")


def _common(report: Report) -> dict[str, object]:
    """Return what all these documents may print."""
    return {
        "冊子": {"題名": report.book_title, "評価する年度": in_text(report.evaluated_in)},
        "案": is_draft(report),
        "案の印": tile(draft_mark(report), "DraftMark"),
        "案の文": draft_sentence(report),
    }


def _dressed(parts: Parts, name: str) -> Parts:
    """Drop the columns that are not to be shown, keep numbers in one piece, and begin with page 1."""
    root, styles = (parse(parts[part], name, part) for part in (DOCUMENT, STYLES))
    for table in root.iter(f"{W}tbl"):
        drop_hidden(table)
    keep_whole(root, styles)
    number_from(root, 1)
    return {**parts, DOCUMENT: serialize(root)}
