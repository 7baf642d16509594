"""The web edition: the book as pages for browsers, with the words and figures of its sheets and parts.

In: the results, the variables of the sheets and of the book, the templates under ``web/``, and a function that draws
charts. Out: the files of a folder that stands for itself. ``workflows.web`` calls.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from markupsafe import Markup
from msgspec import Struct

from pipeline.diagnostics import Checked, Diagnostic, has_errors
from pipeline.documents.html import Drawing, Site, faults, in_html, load, render, unbalanced
from pipeline.documents.template import Page, check
from pipeline.model.documents import Chart, Nodes
from pipeline.model.form import BookPart
from pipeline.model.results import Assessment, MeasureResult, Results
from pipeline.stages.book import cover, explanation, opinions, revisions, summary, targets
from pipeline.stages.sheets import charts_named
from pipeline.storage import atomic
from pipeline.wording import plan

Variables = Mapping[str, object]
Draw = Callable[[Assessment, float, float], Chart]
INDEX, FRAME, MEASURE, STYLE = "index", "page", "measure", "style.css"
_TITLE = "指標と施策の一覧"
_WIDTH, _HEIGHT = 96.0, 62.0
"""Size (mm) of a chart, whose letters are to be read on a telephone too."""


class Edition(Struct, frozen=True):
    """What the pages are made of: the results, the nodes and the sheets' variables in the measures' order, and what
    every page may print.
    """

    results: Results
    nodes: Nodes
    sheets: Sequence[Variables]
    common: Variables


class _Leaf(Struct, frozen=True):
    """A page to be made: its address, its title, its template, what that prints, and the charts beside it."""

    address: str
    title: str
    template: str
    variables: Variables
    charts: Mapping[str, Chart]


def pages(edition: Edition, templates: Path, draw: Draw) -> Checked[Mapping[str, bytes]]:
    """Return the files by their path in the folder."""
    leaves = [*_leaves(edition, draw)]
    loaded = {name: load(templates, f"{name}.html") for name in (FRAME, *dict.fromkeys(one.template for one in leaves))}
    found = tuple(d for one in loaded.values() for d in one.diagnostics)
    if has_errors(found):
        return Checked(None, found)
    return _filled(edition, leaves, {name: one.value for name, one in loaded.items() if one.value}, templates)


def _filled(
    edition: Edition, leaves: Sequence[_Leaf], loaded: Mapping[str, Page], templates: Path
) -> Checked[Mapping[str, bytes]]:
    printed = {leaf.address: _printed(edition, leaf) for leaf in leaves}
    frames = {leaf.address: _framed(edition, leaf, leaves, Markup()) for leaf in leaves}
    found = [*_wrong(loaded[FRAME], [*frames.values()])]
    for name in dict.fromkeys(leaf.template for leaf in leaves):
        found += _wrong(loaded[name], [printed[leaf.address] for leaf in leaves if leaf.template == name])
    if has_errors(found):
        return Checked(None, tuple(found))
    texts, used = {}, {}
    for leaf in leaves:
        body = Markup(render(loaded[leaf.template], printed[leaf.address]))  # noqa: S704 - escaped by the template
        frame = _framed(edition, leaf, leaves, body)
        texts[leaf.address] = render(loaded[FRAME], frame)
        used[leaf.address] = ((loaded[leaf.template], printed[leaf.address]), (loaded[FRAME], frames[leaf.address]))
    files = {STYLE: atomic.read(templates / STYLE), **{address: text.encode() for address, text in texts.items()}}
    files |= {path: chart.svg for leaf in leaves for path, chart in _drawn(leaf)}
    found += faults(Site(texts, files), used)
    return Checked(None if has_errors(found) else files, tuple(found))


def _wrong(page: Page, samples: Sequence[Variables]) -> Iterator[Diagnostic]:
    yield from check(page, samples)
    yield from unbalanced(page)


def _framed(edition: Edition, leaf: _Leaf, leaves: Sequence[_Leaf], body: Markup) -> Variables:
    """Return what the frame of a page prints: its title and body, and where the pages lie."""
    main, measures = ([one for one in leaves if (one.template == MEASURE) is is_one] for is_one in (False, True))
    at = next((n for n, one in enumerate(measures) if one is leaf), None)
    around = {"前": [], "次": []} if at is None else {"前": measures[:at][-1:], "次": measures[at + 1 :][:1]}
    beside = {side: [_link(one, leaf) for one in found] for side, found in around.items()}
    shown = {"題名": leaf.title, "本文": body, **beside}
    return {**edition.common, "ページ": shown, "ページ一覧": [_link(one, leaf) for one in main]}


def _link(to: _Leaf, leaf: _Leaf) -> Variables:
    return {"題名": to.title, "宛先": to.address, "今": to is leaf}


def _printed(edition: Edition, leaf: _Leaf) -> Variables:
    drawings = {
        name: Drawing(path, chart.width, chart.height, chart.alt)
        for (path, chart), name in zip(_drawn(leaf), leaf.charts, strict=True)
    }
    return {name: in_html(value, drawings) for name, value in {**edition.common, **leaf.variables}.items()}


def _drawn(leaf: _Leaf) -> Iterator[tuple[str, Chart]]:
    """Yield the drawings of a page, each with its path."""
    for chart in leaf.charts.values():
        yield f"charts/{leaf.address.removesuffix('.html')}/{chart.indicator}.svg", chart


def _leaves(edition: Edition, draw: Draw) -> Iterator[_Leaf]:
    """Yield the pages in their order: the index, the parts of the book, then the measures."""
    results, nodes, evaluation = edition.results, edition.nodes, edition.results.evaluation
    report, parts = evaluation.report, evaluation.form.parts
    counted = {**cover.variables(results, nodes.above), **summary.variables(results, None, nodes)}
    yield _Leaf("index.html", _TITLE, INDEX, counted, {})
    if BookPart.TARGETS in parts:
        figures = targets.figures(results, _as_on_measures(draw))
        charts = {figure.picture.name: figure.chart for figure in figures}
        yield _part(BookPart.TARGETS, report.targets_title, targets.variables(results, figures, nodes.above), charts)
    if evaluation.opinions:
        yield _part(BookPart.OPINIONS, opinions.title(evaluation), opinions.variables(evaluation), {})
    if BookPart.REVISIONS in parts:
        yield _part(BookPart.REVISIONS, revisions.title(evaluation), revisions.variables(evaluation), {})
    if BookPart.EXPLANATION in parts:
        yield _part(BookPart.EXPLANATION, report.explanation_title, explanation.variables(evaluation), {})
    for result, variables in zip(results.measures, edition.sheets, strict=True):
        yield _measure(result, variables, draw)


def _as_on_measures(draw: Draw) -> Draw:
    """Return what draws every chart in the size of the pages, whatever room the book has for it."""
    return lambda assessment, width, height: draw(assessment, _WIDTH, _HEIGHT)


def _part(part: BookPart, title: str, variables: Variables, charts: Mapping[str, Chart]) -> _Leaf:
    return _Leaf(f"{part}.html", title, part, variables, charts)


def _measure(result: MeasureResult, variables: Variables, draw: Draw) -> _Leaf:
    measure = result.measure
    charts = {name: draw(one, _WIDTH, _HEIGHT) for name, one in charts_named(result).items()}
    title = plan.title(measure)
    return _Leaf(f"measure-{measure.id}.html", title, MEASURE, variables, charts)
