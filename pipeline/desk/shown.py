"""What is shown, as plain data: the pages with what is found on each, the contents, and how it stands."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from urllib.parse import quote

from pipeline.desk.desk import Desk, Shown
from pipeline.desk.hints import at_the_desk
from pipeline.diagnostics import WORDS, Diagnostic, Place, Severity, harmless
from pipeline.workflows import silence, view
from pipeline.workflows.project import Project
from pipeline.workflows.view import Page, View

_MOST = 500
"""Findings that a page is given: whoever has more begins with these, and a browser with 100,000 stands still."""


def state(desk: Desk) -> Mapping[str, object]:
    """Return all that the page shows of the book."""
    shown, findings = desk.shown, _sorted(desk.shown.diagnostics)
    return {
        "number": shown.number,
        "year": desk.project.year,
        "title": _title(shown, desk.project),
        "isCurrent": shown.is_current,
        "fault": shown.fault,
        "seconds": round(shown.seconds, 1),
        "pages": [_page(page) for page in shown.view.pages],
        "contents": _contents(shown.view),
        "findings": [finding(desk, found) for found in findings[:_MOST]],
        "rest": len(findings[_MOST:]),
    }


def _title(shown: Shown, project: Project) -> str:
    report = shown.results.evaluation.report if shown.results else None
    return f"{report.city}　{report.book_title}" if report else project.root.name


def _page(page: Page) -> Mapping[str, object]:
    size = page.size
    return {"key": page.key, "label": size.label, "width": size.width, "height": size.height, "measure": page.measure}


def _contents(view: View) -> Sequence[Mapping[str, object]]:
    """Return the lines of the contents that lead to a page, with its place in the book (from 0)."""
    places = {page.size.label: number for number, page in reversed([*enumerate(view.pages)])}
    lines = ((entry, places.get(str(entry.first))) for entry in view.contents)
    return [{"title": e.title, "level": e.level, "page": place} for e, place in lines if place is not None]


def _sorted(found: Sequence[Diagnostic]) -> Sequence[Diagnostic]:
    """Put what stops a run first."""
    order = list(Severity)
    return sorted((d for d in found if d.severity is not Severity.INFO), key=lambda d: order.index(d.severity))


def finding(desk: Desk, found: Diagnostic) -> Mapping[str, object]:
    """Return a finding with the pages (from 0) that it concerns."""
    shown, evaluation = desk.shown, desk.shown.results.evaluation if desk.shown.results else None
    return {
        "id": found.id,
        "severity": found.severity.value,
        "word": WORDS[found.severity],
        "message": found.message,
        "hint": at_the_desk(found.hint),
        "maySilence": silence.is_possible(found),
        "pages": view.concerned(shown.view, evaluation, found.place),
        **at(found.place, desk.project.root),
    }


def at(place: Place, root: Path) -> Mapping[str, object]:
    """Return where something is written: the file, the line, the whole path, and the address that opens it."""
    path = root / place.file
    line = f":{place.line}:{max(place.column, 1)}" if place.line else ""
    inside, name = os.environ.get("WSL_DISTRO_NAME"), quote(path.as_posix())
    opened = f"vscode://vscode-remote/wsl+{inside}{name}{line}" if inside else f"vscode://file{name}{line}"
    return {"file": harmless(place.file), "line": place.line, "path": str(path), "editor": opened}
