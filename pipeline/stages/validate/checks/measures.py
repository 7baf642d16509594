"""Rules of measures: their files, and what is still to be written."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.diagnostics import Diagnostic, Place, error, info, warning
from pipeline.stages.validate.identifiers import NODE
from pipeline.stages.validate.plan import form_of
from pipeline.stages.validate.sources import Sources
from pipeline.stages.validate.views import (
    Word,
    close_to,
    declared,
    items,
    lists_are_read,
    nearest,
    shown,
    surplus,
    without_file,
    word,
    words,
)
from pipeline.storage import naming
from pipeline.wording.fields import TO_FILL_IN


def measures_have_their_file(sources: Sources) -> Iterator[Diagnostic]:
    """There is one file for each measure, named for its id."""
    missing, left = without_file(sources), frozenset(surplus(sources))
    if missing and not sources.measures and not sources.misnamed:
        message = f"{form_of(sources).lowest.name}のファイルが、measures フォルダーに1つもありません"
        yield error("measure-file-missing", missing[0].place, message, "前年度の measures フォルダーを写してください")
        return
    for name in missing:
        if not NODE.fullmatch(name.text):  # told by itself
            continue
        message = f"{form_of(sources).lowest.name}「{name.text}」のファイル measures/{name.text}.yaml がありません"
        hint = "ファイルの名前（半角、拡張子は .yaml）と置き場所を確かめてください"
        if left:
            close = nearest(name.text, left) or f"使われていないファイルは {'、'.join(sorted(left))} です"
            hint = f"{close}。そのファイルのことで、番号が正しければ、名前を {name.text}.yaml に直してください"
        new = f"。新しく加えたものなら、ほかのファイルを写して measures/{name.text}.yaml を作ってください"
        yield error("measure-file-missing", name.place, message, hint + new)


def files_have_their_measure(sources: Sources) -> Iterator[Diagnostic]:
    """There is no file without a measure."""
    left = surplus(sources)
    if declared(sources, "measures") is None or len(left) <= len(without_file(sources)):  # a number that is mistyped
        return
    for stem in left:
        message = f"「{stem}」という{form_of(sources).lowest.name}は strategy.yaml にありません"
        hint = "要らないファイルなら measures フォルダーの外に移してください"
        yield error("measure-file-extra", Place(sources.measures[stem].file), message, hint)


def files_say_their_measure(sources: Sources) -> Iterator[Diagnostic]:
    """A file copied from another measure is found."""
    for stem, document in sources.measures.items():
        name = word(document.tree, "measure")
        if name and name.text != stem and NODE.fullmatch(name.text):
            short = form_of(sources).lowest.short
            message = f"『measure』（{short}の識別名）の「{name.text}」が、ファイルの名前「{stem}」と違います"
            hint = f"ほかの{short}のファイルを写していないか確かめてください"
            yield error("measure-id-differs", name.place, message, hint)


def _is_final(sources: Sources) -> bool:
    return sources.report.data is not None and sources.report.data.edition == "final"


def departments_are_known(sources: Sources) -> Iterator[Diagnostic]:
    """Departments that are still placeholders are listed together; a final edition has none."""
    data = sources.strategy.data
    measures = enumerate(data.measures if data else [])
    open_ones = [(n, m.id) for n, m in measures if any(TO_FILL_IN in one for one in m.department)]
    if open_ones:
        called = form_of(sources).lowest.name
        message = f"{called}「{'、'.join(name for _, name in open_ones)}」の所管課が {TO_FILL_IN} のままです"
        place = sources.strategy.at("measures", open_ones[0][0], "department")
        hint = "department: 商工振興課 のように所管課の名称を書いてください"
        yield (warning if _is_final(sources) else info)("department-placeholder", place, message, hint)


def departments_are_told_apart(sources: Sources) -> Iterator[Diagnostic]:
    """No two departments differ only in what a file system does not tell apart: they would share a folder."""
    first: dict[str, Word] = {}
    for name in _departments(sources):
        earlier = first.setdefault(naming.alike(name.text.strip()), name)
        if earlier.text.strip() != name.text.strip():
            message = (
                f"所管課「{name.text}」と「{earlier.text}」（{earlier.place.line}行目）は、フォルダーを分けられません"
            )
            yield error("measure-department-alike", name.place, message, "同じ課なら、同じ書き方にそろえてください")


def formats_are_of_departments(sources: Sources) -> Iterator[Diagnostic]:
    """What form.yaml says of how departments are asked names those that return a sheet."""
    file, strategy = sources.form_file, sources.strategy.data
    if file.data is None or strategy is None:
        return
    known = frozenset(one.department[0] for one in strategy.measures)
    for name in (name for name in file.data.formats if name not in known):
        message = f"送り方を決めた「{name}」は、シートを提出する所管課にありません"
        hint = nearest(name, known) or f"{'、'.join(sorted(known))} のどれかを書いてください"
        yield error("form-format-unknown", file.key("formats", name), message, hint)


def _departments(sources: Sources) -> Iterator[Word]:
    for node in items(sources.strategy.tree, "measures"):
        one = word(node, "department")
        yield from (one,) if one else words(node, ("department",))


def rows_have_indicators_of_their_measure(sources: Sources) -> Iterator[Diagnostic]:
    """An initiative's own indicators are among those that its measure shows, and each is of one initiative alone."""
    of_measure: dict[str, set[str]] = {}
    for place in shown(sources) if lists_are_read(sources) else ():
        of_measure.setdefault(place.owner, set()).add(place.indicator.text)
    for measure, document in sources.measures.items():
        known, first = of_measure.get(measure), dict[str, Word]()
        for name in (w for item in items(document.tree, "initiatives") for w in words(item, ("indicators",))):
            earlier = first.setdefault(name.text, name)
            if known is not None and name.text not in known:
                close = close_to(name.text, frozenset(known))
                hint = f"もしかして「{close}」ではありませんか" if close else _SHOWN.format(measure, name.text)
                message = f"指標「{name.text}」は、{sources.form.lowest.name}「{measure}」の指標にありません"
                yield error("initiative-indicators-unknown", name.place, message, hint)
            elif earlier is not name:
                message = f"指標「{name.text}」が2回書かれています（最初は{earlier.place.line}行目）"
                yield error("initiative-indicators-twice", name.place, message, "どちらか一方を消してください")


_SHOWN = "strategy.yaml の measures の「{}」の indicators に {} を書き加えてください"
