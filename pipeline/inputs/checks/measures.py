"""Rules of measures: their goal, order, files, and what is still to be written."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.diagnostics import Diagnostic, Place, error, info, warning
from pipeline.inputs import names
from pipeline.inputs.files import InitiativeShape
from pipeline.inputs.sources import Sources
from pipeline.inputs.views import nearest, word, words

PLACEHOLDER = "【要記入】"


def goals_exist(sources: Sources) -> Iterator[Diagnostic]:
    """A measure's id begins with the id of its goal."""
    goals = frozenset(name.text for name in words(sources.strategy.tree, ("goals",), "id"))
    for name in words(sources.strategy.tree, ("measures",), "id"):
        goal = name.text.split("-")[0]
        if goals and goal not in goals:
            message = f"推進施策「{name.text}」の基本目標「{goal}」が、goals にありません"
            yield error(
                "measure-goal-unknown", name.place, message, "番号は「基本目標の番号-施策の番号」の形で書いてください"
            )


def measures_are_in_order(sources: Sources) -> Iterator[Diagnostic]:
    """Measures stand in the order of their goals and numbers: it is the order of the sheets."""
    data = sources.strategy.data
    if data is None:
        return
    goals = [goal.id for goal in data.goals]
    before, highest = "", (-1, -1)
    for index, measure in enumerate(data.measures):
        goal, number = measure.id.split("-")
        rank = (goals.index(goal), int(number)) if goal in goals else highest
        if rank < highest:
            message = f"推進施策「{measure.id}」が「{before}」の後に書かれています"
            hint = "基本目標の順、施策の番号の順に並べてください"
            yield error("measure-order", sources.strategy.at("measures", index, "id"), message, hint)
        else:
            before, highest = measure.id, rank


def measures_have_their_file(sources: Sources) -> Iterator[Diagnostic]:
    """There is one file for each measure, named for its id."""
    for name in words(sources.strategy.tree, ("measures",), "id"):
        if name.text not in sources.measures:
            message = f"推進施策「{name.text}」のファイル measures/{name.text}.yaml がありません"
            hint = "ファイルの名前（半角、拡張子は .yaml）と置き場所を確かめてください"
            yield error("measure-file-missing", name.place, message, hint)


def files_have_their_measure(sources: Sources) -> Iterator[Diagnostic]:
    """There is no file without a measure."""
    known = frozenset(name.text for name in words(sources.strategy.tree, ("measures",), "id"))
    for stem, document in sources.measures.items():
        if known and stem not in known:
            message = f"「{stem}」という推進施策は strategy.yaml にありません"
            hint = (
                nearest(stem, known - sources.measures.keys())
                or "要らないファイルなら measures フォルダーの外に移してください"
            )
            yield error("measure-file-extra", Place(document.file), message, hint)


def files_say_their_measure(sources: Sources) -> Iterator[Diagnostic]:
    """A file copied from another measure is found."""
    for stem, document in sources.measures.items():
        name = word(document.tree, "measure")
        if name and name.text != stem:
            message = f"『measure』（施策の番号）の「{name.text}」が、ファイルの名前「{stem}」と違います"
            yield error(
                "measure-id-differs", name.place, message, "ほかの施策のファイルを写していないか確かめてください"
            )


def texts_are_written(sources: Sources) -> Iterator[Diagnostic]:
    """An initiative says what was done and how it is going."""
    for document in sources.measures.values():
        for index, entry in enumerate(document.data.initiatives if document.data else []):
            if isinstance(entry, InitiativeShape):
                for key, text in (("results", entry.results), ("evaluation", entry.evaluation)):
                    if not text:
                        message = f"取組「{entry.name}」の{names.key(key)}が空です"
                        place = document.key("initiatives", index, key)
                        yield warning(f"initiative-{key}-empty", place, message, "所管課に記入を依頼してください")


def departments_are_known(sources: Sources) -> Iterator[Diagnostic]:
    """Departments that are still placeholders are listed together; a final edition has none."""
    data = sources.strategy.data
    open_ones = [(n, m.id) for n, m in enumerate(data.measures if data else []) if PLACEHOLDER in m.department]
    if open_ones:
        final = sources.report.data is not None and sources.report.data.edition == "final"
        message = f"推進施策「{'、'.join(name for _, name in open_ones)}」の所管課が {PLACEHOLDER} のままです"
        place = sources.strategy.at("measures", open_ones[0][0], "department")
        hint = "department: 商工振興課 のように所管課の名称を書いてください"
        yield (warning if final else info)("department-placeholder", place, message, hint)
