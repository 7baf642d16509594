"""Rules of the plan's tree: its levels, what stands below what, the order, and how much a measure has of each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from pipeline.diagnostics import Diagnostic, error, info
from pipeline.model.form import BookPart, Form, Level
from pipeline.stages.validate.plan import NodeAt, above, form_of, ids, nodes, parents, path, shows_targets
from pipeline.stages.validate.sources import Sources
from pipeline.stages.validate.tree import Items, find
from pipeline.stages.validate.views import Word, declared, surplus, without_file
from pipeline.storage import naming

_DEEPEST = 5
_GOALS = "goal-"
"""Begins the names of the goals' folders of charts, which lie beside those of the measures."""


def levels_are_sound(sources: Sources) -> Iterator[Diagnostic]:
    """There are one to five levels, and the lowest alone has sheets."""
    levels = form_of(sources).levels
    if sources.form_file.data is None or sources.form_file.data.levels is None:
        return
    place = sources.form_file.key("levels")
    if not 1 <= len(levels) <= _DEEPEST:
        message = f"階層が{len(levels)}段あります（1～{_DEEPEST}段）"
        yield error("form-levels-count", place, message, "上から順に、1段から5段までで書いてください")
    elif [level.sheet for level in levels] != [False] * (len(levels) - 1) + [True]:
        message, hint = _sheet_wrong(levels)
        yield error("form-levels-sheet", place, message, hint)


def _sheet_wrong(levels: Sequence[Level]) -> tuple[str, str]:
    """Tell which level has the sheets; what is one level below the only one that is said to is what a sheet lists."""
    chosen = [level.sheet for level in levels]
    if chosen[-2:] == [True, False] and sum(chosen) == 1:
        sheet, row = levels[-2].name, levels[-1].name
        message = f"「{sheet}」（sheet: true）の下に、階層「{row}」があります"
        rows = f"rows: {{name: {row}, least: 0}}"
        hint = (
            f"{sheet}のシートに{row}を並べるには、levels から{row}を消し、{rows} と書きます。"
            f"{row}は measures/ のファイルの initiatives に並べ、{row}ごとの指標はその中の indicators に書きます"
        )
        return message, hint
    message = "評価シートを作る階層（sheet: true）が、一番下の階層だけになっていません"
    return message, f"一番下の「{levels[-1].name}」にだけ sheet: true と書いてください"


def goals_are_given(sources: Sources) -> Iterator[Diagnostic]:
    """A plan of several levels has nodes of the highest one; a flat one has none above the measures."""
    data, levels = sources.strategy.data, form_of(sources).levels
    if data is None:
        return
    if len(levels) > 1 and not data.goals:
        message = f"総合戦略に『goals』（{levels[0].name}）がありません"
        hint = f'次の行から「- id: "1"」で始まる{levels[0].name}を並べてください。{_flat(levels[-1].name)}'
        yield error("strategy-goals-missing", sources.strategy.at("goals"), message, hint)
    given = {"goals": len(data.goals), "groups": len(data.groups)}
    for part, count in (("goals", 1), ("groups", 2)):
        if given[part] and len(levels) <= count:
            message = f"『{part}』が書かれていますが、form.yaml の levels は{len(levels)}段です"
            hint = f"form.yaml の levels に、「{levels[-1].name}」より上の階層を書き足すか、{part} を消してください"
            yield error(f"strategy-{part}-surplus", sources.strategy.key(part), message, hint)


def _flat(name: str) -> str:
    return f"{name}だけの計画なら、form.yaml の levels を1段にしてください"


def parents_exist(sources: Sources) -> Iterator[Diagnostic]:
    """What a measure or a group stands below is in the strategy."""
    form, goals = form_of(sources), declared(sources, "goals")
    if goals is None or len(form.levels) < 2:
        return
    upper = goals | {node.id.text for node in nodes(sources, "groups")}
    mistyped = {name.place for name in without_file(sources)} if surplus(sources) else frozenset()
    lost: dict[tuple[str, str], list[NodeAt]] = {}
    for node in nodes(sources, "groups", "measures"):
        if node.parent not in upper and node.id.place not in mistyped:
            lost.setdefault((node.part, node.parent or node.id.text.partition("-")[0]), []).append(node)
    for (part, missing), found in lost.items():
        called, above_it = _called(form, part)
        named = "、".join(node.id.text for node in found)
        lists = "goals に" if len(form.levels) < 3 else "goals にも groups にも"
        message = f"{called}「{named}」の{above_it}「{missing}」が、{lists}ありません"
        hint = f"goals の id を確かめるか、すぐ上の階層の id を goal: {min(upper)} のように書いてください"
        yield error(f"{part[:-1]}-goal-unknown", (found[0].said or found[0].id).place, message, hint)


def _called(form: Form, part: str) -> tuple[str, str]:
    """Return what nodes of a list, and those that they stand below, are called."""
    if part == "measures":
        return form.lowest.name, form.levels[-2].name
    return "、".join(level.name for level in form.between), "上の階層"


def levels_are_kept(sources: Sources) -> Iterator[Diagnostic]:
    """Every measure stands as deep as the form says, below one node of each level, and no group deeper."""
    form, data = form_of(sources), sources.strategy.data
    if data is None or len(form.levels) < 2:
        return
    upper = set(ids(data))
    for index, (measure, chain) in enumerate(zip(data.measures, above(data).values(), strict=False)):
        if chain and upper.issuperset(chain) and len(chain) != len(form.upper):
            message = f"{form.lowest.name}「{measure.id}」の上に{len(chain)}段（{' ＞ '.join(chain)}）あります"
            hint = f"form.yaml の levels（{_told(form)}）に合わせて、すぐ上の階層の id を goal: に書いてください"
            yield error("measure-level", sources.strategy.at("measures", index, "id"), message, hint)
    for index, group in enumerate(data.groups):
        chain = path(group.id, parents(data))
        if upper.issuperset(chain) and len(chain) > len(form.upper):
            message = f"「{group.id}」の上に{len(chain) - 1}段（{' ＞ '.join(chain[:-1])}）あります"
            hint = f"form.yaml の levels（{_told(form)}）に合わせて、すぐ上の階層の id を goal: に書いてください"
            yield error("group-level", sources.strategy.at("groups", index, "id"), message, hint)


def _told(form: Form) -> str:
    return " ＞ ".join(level.name for level in form.levels)


def measures_are_in_order(sources: Sources) -> Iterator[Diagnostic]:
    """Measures stand in the order of what they belong to, numbered ones by number: it is the order of the sheets."""
    data, form = sources.strategy.data, form_of(sources)
    if data is None:
        return
    written = Counter(measure.id for measure in data.measures)
    mistyped = {name.text for name in without_file(sources)} | {name for name in written if written[name] > 1}
    ranks, before = _ranks(sources), ""
    highest: tuple[int, ...] = ()
    for index, measure in enumerate(data.measures):
        rank = ranks.get(measure.id, highest)
        if measure.id in mistyped:
            continue
        if rank < highest:
            message = f"{form.lowest.name}「{measure.id}」が「{before}」の後に書かれています"
            hint = f"{form.top.name}の順、{form.lowest.short}の番号の順に並べてください"
            yield error("measure-order", sources.strategy.at("measures", index, "id"), message, hint)
        else:
            before, highest = measure.id, rank


def _ranks(sources: Sources) -> Mapping[str, tuple[int, ...]]:
    """Return where each measure has its place: by the nodes above it, then by the number that its id ends in."""
    data = sources.strategy.given() if sources.strategy.data else None
    if data is None:
        return {}
    order = {identifier: n for n, identifier in enumerate(ids(data))}
    ranks = {}
    for measure, chain in zip(data.measures, above(data).values(), strict=False):
        if all(one in order for one in chain) and (chain or not order):
            tail = measure.id.rpartition("-")[2]
            counted = chain and tail.isdecimal() and measure.number is None
            ranks[measure.id] = (*(order[one] for one in chain), *((int(tail),) if counted else ()))
    return ranks


def measures_have_what_is_asked(sources: Sources) -> Iterator[Diagnostic]:
    """A measure has as many indicators and rows as the form says at the least."""
    form, strategy = form_of(sources), sources.strategy
    for node in nodes(sources, "measures"):
        listed = find(strategy.tree, ("measures", node.index, "indicators"))
        if isinstance(listed, Items) and len(listed.nodes) < form.indicators:
            message = f"{form.lowest.name}「{node.id.text}」の『indicators』（指標）{_few(len(listed.nodes))}"
            yield error("measure-indicators-empty", listed.place, message, _least("indicators", form.indicators, form))
    for stem, document in sources.measures.items():
        listed = find(document.tree, ("initiatives",))
        if isinstance(listed, Items) and len(listed.nodes) < form.rows.least:
            message = f"{form.lowest.name}「{stem}」の『initiatives』（{form.rows.name}）{_few(len(listed.nodes))}"
            yield error("measure-initiatives-empty", listed.place, message, _least("rows", form.rows.least, form))


def parts_have_something_to_show(sources: Sources) -> Iterator[Diagnostic]:
    """What the strategy does not have is left out of the book, and that is said."""
    data, form = sources.strategy.data, form_of(sources)
    if data is None:
        return
    if BookPart.TARGETS in form.parts and not shows_targets(data):
        message = f"{form.top.name}に指標（数値目標）がないため、冊子の「{BookPart.TARGETS.called}」を省きます"
        hint = "載せるときは、goals の indicators に指標の識別名を書いてください"
        yield info("book-targets-left-out", sources.strategy.key("goals"), message, hint)
    if BookPart.EXPLANATION in form.parts and not data.sdgs:
        message = "SDGsの一覧が空のため、冊子のSDGsの説明を省きます"
        hint = "載せるときは、sdgs に17の目標を書いてください（前の年度や見本の strategy.yaml から写せます）"
        yield info("book-sdgs-left-out", sources.strategy.key("sdgs"), message, hint)


def _few(count: int) -> str:
    return f"が{count}件しかありません" if count else "に何も書かれていません"


def _least(key: str, least: int, form: Form) -> str:
    written = f"rows: {{name: {form.rows.name}, least: 0}}" if key == "rows" else "indicators: {least: 0}"
    return f"少なくとも{least}つ書いてください。なくてもよい計画なら、form.yaml に {written} と書いてください"


def ids_are_told_apart(sources: Sources) -> Iterator[Diagnostic]:
    """No id of a goal is also that of a group, and no two differ only in what file systems do not tell apart."""
    for parts in (("goals", "groups"), ("measures",)):
        first: dict[str, Word] = {}
        for node in nodes(sources, *parts):
            earlier = first.setdefault(naming.alike(node.id.text), node.id)
            if earlier is not node.id and (earlier.text != node.id.text or node.part == "groups"):
                message = f"識別名「{node.id.text}」と「{earlier.text}」（{earlier.place.line}行目）を区別できません"
                yield error("node-id-alike", node.id.place, message, "違う識別名（id）を付けてください")
    for node in nodes(sources, "measures"):
        if naming.alike(node.id.text).startswith(_GOALS):
            message = f"「{node.id.text}」は、グラフのフォルダーの名前と重なります"
            yield error("node-id-alike", node.id.place, message, f"{_GOALS} で始めない識別名（id）にしてください")
