"""Where figures and names (of goals, measures, SDGs) stand, for the audit, which reads no files itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pipeline.diagnostics import Place
from pipeline.stages.validate.sources import Sources
from pipeline.stages.validate.views import actual_documents, words

_KEYS = ("name", "unit", "direction", "kind", "states", "baseline", "revised", "targets")


def spots(sources: Sources) -> Mapping[tuple[str, ...], Place]:
    """Return the places by what stands there: ``(id, "targets", "R2")``, ``(id, "unit")``, ``("goals", "1")``."""
    return dict(_spots(sources))


def _spots(sources: Sources) -> Iterator[tuple[tuple[str, ...], Place]]:
    document, strategy = sources.strategy, sources.strategy.given()
    for index, shape in enumerate(strategy.indicators):
        for key in _KEYS:
            yield (shape.id, key), document.key("indicators", index, key)
        for year in shape.targets:
            yield (shape.id, "targets", year), document.at("indicators", index, "targets", year)
    for part in ("goals", "groups", "measures"):
        for index, name in enumerate(words(document.tree, (part,), "id")):
            yield (part, name.text), document.at(part, index, "name")
    for index, sdg in enumerate(strategy.sdgs):
        yield ("sdgs", str(sdg.number)), document.at("sdgs", index, "name")
    for actuals in actual_documents(sources).values():
        for identifier, years in actuals.given().actuals.items():
            yield (identifier, "actuals"), actuals.key("actuals", identifier)
            for year in years:
                yield (identifier, "actuals", year), actuals.at("actuals", identifier, year)
