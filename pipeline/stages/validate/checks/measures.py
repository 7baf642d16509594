"""Rules of measures: their goal, order, files, and what is still to be written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from pipeline.diagnostics import Diagnostic, Place, error, info, warning
from pipeline.stages.validate.measure_file import InitiativeShape
from pipeline.stages.validate.scalars import NODE
from pipeline.stages.validate.sources import Sources
from pipeline.stages.validate.views import Word, declared, nearest, surplus, without_file, word, words
from pipeline.stages.validate.vocabulary import vocabulary
from pipeline.storage import naming

PLACEHOLDER = "【要記入】"
_ASK = "所管課に記入を依頼してください"


def goals_exist(sources: Sources) -> Iterator[Diagnostic]:
    """A measure's id begins with the id of its goal."""
    goals = declared(sources, "goals")
    if goals is None:
        return
    mistyped = {name.place for name in without_file(sources)} if surplus(sources) else frozenset()
    lost: dict[str, list[Word]] = {}
    for name in words(sources.strategy.tree, ("measures",), "id"):
        goal, dash, _ = name.text.partition("-")
        if dash and goal not in goals and name.place not in mistyped:
            lost.setdefault(goal, []).append(name)
    for goal, names_of in lost.items():
        message = f"推進施策「{'、'.join(name.text for name in names_of)}」の基本目標「{goal}」が、goals にありません"
        hint = "goals の id を確かめるか、番号を「基本目標の番号-施策の番号」の形で書いてください"
        yield error("measure-goal-unknown", names_of[0].place, message, hint)


def measures_are_in_order(sources: Sources) -> Iterator[Diagnostic]:
    """Measures stand in the order of their goals and numbers: it is the order of the sheets."""
    data = sources.strategy.data
    if data is None:
        return
    goals = [goal.id for goal in data.goals]
    written = Counter(measure.id for measure in data.measures)
    mistyped = {name.text for name in without_file(sources)} | {name for name in written if written[name] > 1}
    before, highest = "", (-1, -1)
    for index, measure in enumerate(data.measures):
        goal, number = measure.id.split("-")
        if measure.id in mistyped:
            continue
        rank = (goals.index(goal), int(number)) if goal in goals else highest
        if rank < highest:
            message = f"推進施策「{measure.id}」が「{before}」の後に書かれています"
            hint = "基本目標の順、施策の番号の順に並べてください"
            yield error("measure-order", sources.strategy.at("measures", index, "id"), message, hint)
        else:
            before, highest = measure.id, rank


def measures_have_their_file(sources: Sources) -> Iterator[Diagnostic]:
    """There is one file for each measure, named for its id."""
    missing, left = without_file(sources), frozenset(surplus(sources))
    if missing and not sources.measures and not sources.misnamed:
        message = "推進施策のファイルが、measures フォルダーに1つもありません"
        yield error("measure-file-missing", missing[0].place, message, "前年度の measures フォルダーを写してください")
        return
    for name in missing:
        if not NODE.fullmatch(name.text):  # told by itself
            continue
        message = f"推進施策「{name.text}」のファイル measures/{name.text}.yaml がありません"
        hint = "ファイルの名前（半角、拡張子は .yaml）と置き場所を確かめてください"
        if left:
            close = nearest(name.text, left) or f"使われていないファイルは {'、'.join(sorted(left))} です"
            hint = f"{close}。番号が正しければ、ファイルの名前を {name.text}.yaml に直してください"
        yield error("measure-file-missing", name.place, message, hint)


def files_have_their_measure(sources: Sources) -> Iterator[Diagnostic]:
    """There is no file without a measure."""
    left = surplus(sources)
    if declared(sources, "measures") is None or len(left) <= len(without_file(sources)):  # a number that is mistyped
        return
    for stem in left:
        message = f"「{stem}」という推進施策は strategy.yaml にありません"
        hint = "要らないファイルなら measures フォルダーの外に移してください"
        yield error("measure-file-extra", Place(sources.measures[stem].file), message, hint)


def files_say_their_measure(sources: Sources) -> Iterator[Diagnostic]:
    """A file copied from another measure is found."""
    for stem, document in sources.measures.items():
        name = word(document.tree, "measure")
        if name and name.text != stem and NODE.fullmatch(name.text):
            message = f"『measure』（施策の番号）の「{name.text}」が、ファイルの名前「{stem}」と違います"
            yield error(
                "measure-id-differs", name.place, message, "ほかの施策のファイルを写していないか確かめてください"
            )


def texts_are_written(sources: Sources) -> Iterator[Diagnostic]:
    """An initiative says what was done and how it is going; a final edition does not go out without."""
    final = _is_final(sources)
    for document in sources.measures.values():
        for index, entry in enumerate(document.data.initiatives if document.data else []):
            if isinstance(entry, InitiativeShape):
                keys = vocabulary(InitiativeShape)
                for key, text in (("results", entry.results), ("evaluation", entry.evaluation)):
                    place = document.key("initiatives", index, key)
                    where = f"{'確定版（final）なのに、' if final else ''}取組「{entry.name}」の{keys[key].quoted}"
                    if not text:
                        found = error if final else warning
                        yield found(f"initiative-{key}-empty", place, f"{where}が空です", _ASK)
                    elif final and PLACEHOLDER in text:
                        yield error(f"initiative-{key}-empty", place, f"{where}に {PLACEHOLDER} が残っています", _ASK)


def _is_final(sources: Sources) -> bool:
    return sources.report.data is not None and sources.report.data.edition == "final"


def departments_are_known(sources: Sources) -> Iterator[Diagnostic]:
    """Departments that are still placeholders are listed together; a final edition has none."""
    data = sources.strategy.data
    open_ones = [(n, m.id) for n, m in enumerate(data.measures if data else []) if PLACEHOLDER in m.department]
    if open_ones:
        message = f"推進施策「{'、'.join(name for _, name in open_ones)}」の所管課が {PLACEHOLDER} のままです"
        place = sources.strategy.at("measures", open_ones[0][0], "department")
        hint = "department: 商工振興課 のように所管課の名称を書いてください"
        yield (warning if _is_final(sources) else info)("department-placeholder", place, message, hint)


def departments_are_told_apart(sources: Sources) -> Iterator[Diagnostic]:
    """No two departments differ only in what a file system does not tell apart: they would share a folder."""
    first: dict[str, Word] = {}
    for name in words(sources.strategy.tree, ("measures",), "department"):
        earlier = first.setdefault(naming.alike(name.text.strip()), name)
        if earlier.text.strip() != name.text.strip():
            message = (
                f"所管課「{name.text}」と「{earlier.text}」（{earlier.place.line}行目）は、フォルダーを分けられません"
            )
            yield error("measure-department-alike", name.place, message, "同じ課なら、同じ書き方にそろえてください")
