"""Where a piece of a page comes from: every place of the inputs that it may be, and the steps of a calculation."""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.desk.desk import Desk
from pipeline.desk.exchange import Request, Response, data
from pipeline.desk.shown import at
from pipeline.model.results import Step
from pipeline.workflows.origins import MOST, Origin, origins


def sources(desk: Desk, request: Request) -> Response:
    """Answer with what the words on a page may be."""
    results, page = desk.shown.results, desk.shown.view.page(request.query.get("key", ""))
    words = request.query.get("words", "")
    found = origins(results, page.measure, words) if results and page else ()
    return data({"words": words, "rest": max(0, len(found) - MOST), "found": [_told(desk, o) for o in found[:MOST]]})


def _told(desk: Desk, origin: Origin) -> Mapping[str, object]:
    steps = [_step(desk, step) for step in origin.steps]
    place = at(origin.place, desk.project.root)
    return {"title": origin.title, "key": origin.key, "text": origin.text, "steps": steps, **place}


def _step(desk: Desk, step: Step) -> Mapping[str, object]:
    place = at(step.place, desk.project.root) if step.place and step.place.line else None
    return {"name": step.name, "text": step.text, "place": place}
