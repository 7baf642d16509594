"""Opinions of checked documents, as the model has them."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.model.evaluation import Opinion
from pipeline.model.form import Holder
from pipeline.stages.validate.field_values import entered
from pipeline.stages.validate.sources import Sources
from pipeline.wording.era import gregorian


def opinions(sources: Sources) -> Iterator[Opinion]:
    """Yield the opinions in the order of their file, numbered on through what they are about.

    What was done with in a year before is history: it stays in the file and is told no more.
    """
    document, form = sources.opinions, sources.form
    year = sources.report.given().evaluated_in
    departments = {one.id: one.department[0] for one in sources.strategy.given().measures}
    listed = [
        (node, at, one)
        for node, some in document.given().opinions.items()
        for at, one in enumerate(some)
        if one.closed is None or gregorian(one.closed) >= gregorian(year)
    ]
    for number, (node, at, shape) in enumerate(listed, 1):
        yield Opinion(
            id=shape.id,
            number=number,
            node=node,
            text=shape.text,
            said_by=shape.said_by or "",
            department=shape.department or departments.get(node, ""),
            raised=shape.raised or year,
            closed=shape.closed or "",
            fields=entered(shape, form.on(Holder.OPINION)),
            place=document.at("opinions", node, at),
        )
