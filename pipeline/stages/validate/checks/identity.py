"""Rules of names: nothing is declared or listed twice, and what is referred to exists."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pipeline.diagnostics import Diagnostic, error, warning
from pipeline.model.form import Form, Level
from pipeline.stages.validate.identifiers import SLUG
from pipeline.stages.validate.plan import form_of
from pipeline.stages.validate.sources import Sources
from pipeline.stages.validate.tree import Node
from pipeline.stages.validate.views import (
    Word,
    activities,
    actuals,
    close_to,
    declared,
    indicator_ids,
    initiatives,
    items,
    lists_are_read,
    shown,
    word,
    words,
)

_FEW = 3
"""The most numbers that are told one by one; where more are unknown, the list was cut off."""


def declarations_are_unique(sources: Sources) -> Iterator[Diagnostic]:
    """No id is declared twice in one list."""
    strategy, report = sources.strategy.tree, sources.report.tree
    form = form_of(sources)
    yield from twice("goal-id-twice", f"{form.top.name}の識別名", words(strategy, ("goals",), "id"))
    yield from twice("group-id-twice", "中間の階層の識別名", words(strategy, ("groups",), "id"))
    yield from twice("measure-id-twice", f"{form.lowest.name}の識別名", words(strategy, ("measures",), "id"))
    yield from twice("kpi-id-twice", "指標の識別名", words(strategy, ("indicators",), "id"))
    yield from twice("sdg-number-twice", "SDGsの番号", words(strategy, ("sdgs",), "number"))
    yield from twice("section-id-twice", "節の識別名", words(report, ("explanation", "sections"), "id"))


def lists_name_each_thing_once(sources: Sources) -> Iterator[Diagnostic]:
    """No goal or measure lists an indicator or an SDG twice; no indicator has a state twice."""
    tree = sources.strategy.tree
    for holder in (*items(tree, "goals"), *items(tree, "measures")):
        entries = items(holder, "indicators")
        yield from twice("shown-twice", "指標", (w for e in entries if (w := word(e) or word(e, "id"))))
        yield from twice("measure-sdgs-twice", "SDGsの番号", words(holder, ("sdgs",)))
    for indicator in items(tree, "indicators"):
        yield from twice("kpi-states-twice", "段階", words(indicator, ("states",)))


def names_are_told_apart(sources: Sources) -> Iterator[Diagnostic]:
    """No two goals, measures or indicators, nor two initiatives of a measure, have one name."""
    form = form_of(sources)
    for part, what in (("goals", form.top.name), ("measures", form.lowest.name), ("indicators", "指標")):
        yield from _alike(what, items(sources.strategy.tree, part))
    for document in sources.measures.values():
        yield from _alike(form.rows.short, items(document.tree, "initiatives"))


def _alike(what: str, nodes: Iterable[Node]) -> Iterator[Diagnostic]:
    """Compare what is printed of each: its name, and the parenthesis that follows it; blanks tell nothing apart."""
    first: dict[tuple[str, str], tuple[Word, str]] = {}
    for node in nodes:
        name, note, identifier = word(node, "name"), word(node, "note"), word(node, "id")
        if name is None or not name.text:
            continue
        key = "".join(name.text.split()), "".join(note.text.split()) if note else ""
        own = identifier.text if identifier else ""
        earlier, other = first.setdefault(key, (name, own))
        if earlier is not name and own != other:  # of one id is told by itself
            message = f"{what}「{own}」の名称「{name.text}」が、「{other}」（{earlier.place.line}行目）と同じです"
            hint = "写したまま直していないなら、直してください。別のものなら、読む人が区別できる名称にしてください"
            yield warning("name-twice", name.place, message, hint)


def initiatives_are_unique(sources: Sources) -> Iterator[Diagnostic]:
    """Within a measure no initiative, and within an initiative no activity, has the id of another, repeated or not."""
    for entries, identifier, what in (
        (initiatives(sources), "initiative-id-twice", "取組"),
        (activities(sources), "activity-id-twice", "具体的な取組"),
    ):
        lists: dict[str, list[Word]] = {}
        for entry in entries:
            named = entry.id or (entry.repeat and Word(entry.repeat.text.rsplit("/")[-1], entry.repeat.place))
            own = entry.repeat and entry.repeat.text.rpartition("/")[0] == entry.path  # told by itself
            if named and not own:
                lists.setdefault(entry.path, []).append(named)
        for listed in lists.values():
            yield from twice(identifier, what, listed)


def indicators_exist(sources: Sources) -> Iterator[Diagnostic]:
    """An indicator that is shown or has actuals is declared in strategy.yaml."""
    known = declared(sources, "indicators")
    if known is None:
        return
    named = (
        *(place.indicator for place in shown(sources)),
        *(e.indicator for key in ("actuals", "indicators", "as_of") for e in actuals(sources, key)),
    )
    used = {name.text for name in named}
    lost: dict[str, list[Word]] = {}
    for name in named:
        if name.text not in known and SLUG.fullmatch(name.text):  # one that is no id is told by itself
            lost.setdefault(name.text, []).append(name)
    ids = words(sources.strategy.tree, ("indicators",), "id")
    for text, places in lost.items():
        close = close_to(text, known)
        mistyped = [name for name in ids if name.text == close and close not in used and len(places) > 1]
        for place in (name.place for name in mistyped or places):
            yield error("kpi-unknown", place, *_unknown(text, close, at_declaration=bool(mistyped)))


def _unknown(text: str, close: str, *, at_declaration: bool) -> tuple[str, str]:
    if at_declaration:
        message = f"指標「{close}」は、ほかの所では「{text}」と書かれています"
        return message, f"もしかして「{text}」ではありませんか"
    hint = f"もしかして「{close}」ではありませんか" if close else ""
    message = f"指標「{text}」は、strategy.yaml の indicators にありません"
    return message, hint or "識別名（id）を確かめるか、strategy.yaml に指標を書き加えてください"


def indicators_are_shown(sources: Sources) -> Iterator[Diagnostic]:
    """An indicator that nothing shows is printed nowhere."""
    used = {place.indicator.text for place in shown(sources)}
    misspelt = not used <= indicator_ids(sources)  # would make two findings of one mistake
    if misspelt or not lists_are_read(sources):
        return
    for name in words(sources.strategy.tree, ("indicators",), "id"):
        if name.text not in used:
            holders = "にも".join(level.name for level in _showing(form_of(sources)))
            message = f"指標「{name.text}」は、どの{holders}にも使われていません"
            hint = "goals か measures の indicators に書き加えるか、この指標を消してください"
            yield warning("kpi-unused", name.place, message, hint)


def _showing(form: Form) -> tuple[Level, ...]:
    return tuple(dict.fromkeys((form.top, form.lowest)))


def sdgs_exist(sources: Sources) -> Iterator[Diagnostic]:
    """A measure names SDGs that strategy.yaml lists."""
    known = declared(sources, "sdgs")
    if known is None:
        return
    named = (number for measure in items(sources.strategy.tree, "measures") for number in words(measure, ("sdgs",)))
    lost = [number for number in named if number.text not in known and number.text.isdigit()]
    if len({number.text for number in lost}) > _FEW:
        place = sources.strategy.key("sdgs")
        message = f"{form_of(sources).lowest.name}に書かれたSDGsの番号の多くが、strategy.yaml の sdgs にありません"
        yield error("sdg-numbers-missing", place, message, "17の目標が全て書かれているかを確かめてください")
        return
    for number in lost:
        message = f"SDGsの{number.text}番は、strategy.yaml の sdgs にありません"
        yield error("measure-sdgs-unknown", number.place, message, "1から17までの番号を確かめてください")


def spellings_are_unique(sources: Sources) -> Iterator[Diagnostic]:
    """No spelling is listed for two words: both would be told of it."""
    entries = (words(item, ("spellings",)) for item in items(sources.words.tree, "words"))
    yield from twice("spelling-twice", "書き方", (spelling for entry in entries for spelling in entry))


def twice(identifier: str, what: str, named: Iterable[Word]) -> Iterator[Diagnostic]:
    """Report each text that stands there before."""
    first: dict[str, Word] = {}
    for name in named:
        earlier = first.setdefault(name.text, name)
        if earlier is not name:
            message = f"{what}「{name.text}」が2回書かれています（最初は{earlier.place.line}行目）"
            yield error(identifier, name.place, message, "どちらか一方を消すか、別の名前に直してください")
