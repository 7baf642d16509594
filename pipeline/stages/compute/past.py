"""How the years before judged the same indicators: what a template's trend (推移) prints."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from pipeline.model.results import Assessment, Results


def followed(results: Results, earlier: Sequence[Results]) -> Results:
    """Return results whose places tell how the years before judged their indicators; ``earlier``: oldest first."""
    known = [_by_indicator(one) for one in earlier]

    def own(places: tuple[Assessment, ...]) -> tuple[Assessment, ...]:
        return tuple(replace(a, past=tuple(of[i] for of in known if (i := a.shown.indicator.id) in of)) for a in places)

    return replace(
        results,
        measures=tuple(replace(one, assessments=own(one.assessments)) for one in results.measures),
        goals=tuple(replace(one, assessments=own(one.assessments)) for one in results.goals),
        groups=tuple(replace(one, assessments=own(one.assessments)) for one in results.groups),
    )


def _by_indicator(results: Results) -> dict[str, Assessment]:
    """Return one assessment of every indicator: all places judge it alike."""
    lists = (*(one.assessments for one in results.nodes), *(one.assessments for one in results.measures))
    return {a.shown.indicator.id: a for places in lists for a in places}
