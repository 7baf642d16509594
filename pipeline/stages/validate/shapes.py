"""From a tree to a checked shape; what does not fit is told in Japanese, at its place in the file."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping
from decimal import Decimal
from difflib import get_close_matches
from types import NoneType
from typing import Any, get_args

from pydantic import BaseModel, Discriminator, Tag, ValidationError
from pydantic_core import ErrorDetails

from pipeline.diagnostics import Diagnostic, Place, error, shorten, warning
from pipeline.model.form import FieldKind, Writer
from pipeline.stages.validate.base import File, Shape, shapes
from pipeline.stages.validate.document import Document, S
from pipeline.stages.validate.identifiers import FIELD_ID
from pipeline.stages.validate.problems import UNSPECIFIC, problem
from pipeline.stages.validate.quantities import READ
from pipeline.stages.validate.text import MOST
from pipeline.stages.validate.tree import Keys, Node, Path, Scalar, find, plain, replaced, without
from pipeline.stages.validate.tree import scalars as scalars_of
from pipeline.stages.validate.vocabulary import needed, vocabulary
from pipeline.storage.naming import STRATEGY

_TAGS = {*(f"<{shape.__name__}>" for shape in shapes()), "<text>", "[key]"}
_STEMS = {"actuals": "kpi-actual", "targets": "kpi-target", "baseline": "kpi-baseline"}
_FREE = ("actuals", "targets", "judgements", "further_judgements", "shares")
"""Keys under which the user chooses the keys (ids and years)."""


def fit(file: str, shape: type[S], tree: Node) -> tuple[Document[S], tuple[Diagnostic, ...]]:
    """Return the tree as the shape has it; where parts do not fit, the document holds what is left without them."""
    tree, read = _read_plainly(file, shape, tree)
    data, faults = _validate(shape, tree)
    if data is not None:
        return Document(file, tree, tree, data, whole=True), read
    found = (*read, *_Faults(file, shape, tree, faults).diagnostics())
    rest = tree
    for path in sorted((_removable(fault) for fault in faults), key=_last_first):
        rest = without(rest, path) if path and find(rest, path) is not None else rest
    return Document(file, tree, rest, _validate(shape, rest)[0], whole=False), found


def belongs_elsewhere(tree: Node, shape: type[Shape], others: Iterable[type[File]]) -> str | None:
    """Return the kind of file that a tree looks like by its keys, where that is not the one it should be."""
    keys = tree.nodes.keys() if isinstance(tree, Keys) else set()
    alike = {other.file: len(keys & other.model_fields.keys()) for other in others}
    best = max(alike, key=lambda name: alike[name])
    return best if alike[best] > max(len(keys & shape.model_fields.keys()), len(keys) / 2) else None


def _read_plainly(file: str, shape: type[Shape], tree: Node) -> tuple[Node, tuple[Diagnostic, ...]]:
    """Put the numbers that are certain, though written in another way, in the place of what is written."""
    faults = [fault for fault in _validate(shape, tree)[1] if fault["type"] == READ]
    found = tuple(_Faults(file, shape, tree, faults).diagnostics())
    for fault in faults:
        tree = replaced(tree, _path(fault), fault["ctx"]["value"])
    return tree, found


def _validate(shape: type[S], tree: Node) -> tuple[S | None, list[ErrorDetails]]:
    try:
        return shape.model_validate(plain(tree)), []
    except ValidationError as fault:
        return None, fault.errors(include_url=False)[:MOST]


def _path(fault: ErrorDetails) -> Path:
    """Leave the tags of shapes out of the path that pydantic gives."""
    key = fault["loc"][-1:] if fault["type"] in ("extra_forbidden", "missing") else ()
    inner = fault["loc"][:-1] if key else fault["loc"]
    return (*(part for part in inner if part not in _TAGS), *key)


def _of_key(fault: ErrorDetails) -> bool:
    return fault["loc"][-1:] == ("[key]",)


def _below(path: Path, holders: Collection[Path]) -> bool:
    """Return whether what is at the path stands under one of the holders, or is one."""
    return any(path[:end] in holders for end in range(1, len(path) + 1))


def _removable(fault: ErrorDetails) -> Path:
    """Return the smallest part that may be missing: an unknown key, a list's item, a figure; or nothing at all."""
    path = _path(fault)
    if fault["type"] == "extra_forbidden":
        return path
    for end in range(len(path), 0, -1):
        chosen = any(part in _FREE for part in path[: end - 1]) or _of_indicator(path)
        if isinstance(path[end - 1], int) or chosen:
            return path[:end]
    return ()


def _of_indicator(path: Path) -> bool:
    """Return whether the path leads to what a measure's file has of an indicator: there the key is the indicator's."""
    return len(path) > 1 and path[0] == "indicators" and isinstance(path[1], str)


def _last_first(path: Path) -> tuple[tuple[int, str], ...]:
    return tuple((-part, "") if isinstance(part, int) else (0, part) for part in path)


class _Faults:
    """The faults of one file, told together: a misspelt key is not also reported as missing."""

    def __init__(self, file: str, shape: type[Shape], tree: Node, faults: list[ErrorDetails]) -> None:
        self._file, self._shape, self._tree = file, shape, tree
        self._faults = [*faults, *self._missed(faults)]
        self._wrong_keys = {_path(fault) for fault in faults if _of_key(fault)}
        self._above: Mapping[Path, Path] = {}
        unknown = [fault for fault in self._faults if fault["type"] == "extra_forbidden" and not self._follows(fault)]
        self._meant = {_path(fault): self._nearest(fault) for fault in unknown}
        self._above = self._stepped_out(self._meant.keys())

    def diagnostics(self) -> Iterator[Diagnostic]:
        deep = self._too_deep()
        if deep:  # what follows that key is not where it belongs either
            message = f"『{deep[-1]}』の字下げが、深すぎます"
            yield error(
                f"{self._shape.prefix}-key-deep", self._key_place(deep), message, "行の始めの空白を消してください"
            )
            return
        missing = self._lacking()
        for fault in self._faults:
            if _path(fault) in self._meant:
                yield self._unknown(fault)
            elif fault["type"] not in ("extra_forbidden", "missing") and not self._follows(fault):
                yield self._wrong(fault)
        yield from self._all_missing(missing)

    def _missed(self, faults: list[ErrorDetails]) -> Iterator[ErrorDetails]:
        """Yield what may be left out, and is missed where another key is lacking or unknown beside it.

        An item of a list that was parted lost what stands in the next.
        """
        holders = {fault["loc"][:-1] for fault in faults if fault["type"] in ("extra_forbidden", "missing")}
        before = {part for holder in holders for part in _item_before(holder)}
        for holder in sorted(holders | before, key=str):
            path, owner = self._holders(ErrorDetails(type="missing", loc=(*holder, ""), msg="", input=None))[-1]
            lost = [key for key in needed(owner) if find(self._tree, (*path, key)) is None]
            for key in lost if isinstance(find(self._tree, path), Keys) else ():
                yield ErrorDetails(type="missing", loc=(*holder, key), msg="", input=None)

    def _too_deep(self) -> Path | None:
        """Find a key of the file that is missing, and stands as an unknown one within something else."""
        lost = {
            str(fault["loc"][-1]) for fault in self._faults if fault["type"] == "missing" and len(_path(fault)) == 1
        }
        return next((path for path in self._meant if len(path) > 1 and path[-1] in lost), None)

    def _follows(self, fault: ErrorDetails) -> bool:
        """Return whether a fault only comes of another: it stands below a wrong key, or its value stepped out."""
        path = _path(fault)
        return not _of_key(fault) and (_below(path, self._wrong_keys) or path in self._above.values())

    def _lacking(self) -> Mapping[Path, list[ErrorDetails]]:
        """Return what is missing by its holder, without the keys that unknown ones are meant for."""
        meant = {(*path[:-1], name) for path, name in self._meant.items() if name}
        missing: dict[Path, list[ErrorDetails]] = {}
        for fault in self._faults:
            if fault["type"] == "missing" and _path(fault) not in meant and not self._follows(fault):
                missing.setdefault(_path(fault)[:-1], []).append(fault)
        for path, name in self._meant.items():
            lost, holder = missing.get(path[:-1], []), path[:-1]
            alone = sum(other[:-1] == holder for other in self._meant) == 1
            if alone and len(lost) == 1 and not name and path not in self._above:
                self._meant[path] = str(lost[0]["loc"][-1])  # the only wrong key for the only one missing
                del missing[holder]
        return missing

    def _all_missing(self, missing: Mapping[Path, list[ErrorDetails]]) -> Iterator[Diagnostic]:
        """Tell of missing keys; of two halves of one thing, only where it was parted."""
        halves: set[Path] = set()
        for path, faults in sorted(missing.items(), key=lambda one: [(isinstance(p, str), p) for p in one[0]]):
            half = (*path[:-1], path[-1] + 1) if path and isinstance(path[-1], int) else ()
            if path in halves:
                continue
            if half in missing and self._are_halves(path, half):
                halves.add(half)
                message = f"{self._called(*self._holders(faults[0])[-1])}が、ここで2つに分かれています"
                hint = "行の始めの「- 」が余分なら、半角の空白2つに直してください"
                yield error(f"{self._holders(faults[0])[-1][1].prefix}-parted", self._place(half), message, hint)
            else:
                yield self._missing(faults[0]) if len(faults) == 1 else self._incomplete(faults)

    def _are_halves(self, path: Path, half: Path) -> bool:
        first, second = find(self._tree, path), find(self._tree, half)
        if not (isinstance(first, Keys) and isinstance(second, Keys)):
            return False
        return "id" in first.nodes and "id" not in second.nodes and not first.nodes.keys() & second.nodes.keys()

    def _stepped_out(self, unknown: Collection[Path]) -> Mapping[Path, Path]:
        """Return the key above of unknown keys that seem to have lost the indent that made them a part of it."""
        found: dict[Path, Path] = {}
        for holder in {path[:-1] for path in unknown}:
            node, above = find(self._tree, holder), None
            for key, child in node.nodes.items() if isinstance(node, Keys) else ():
                if (*holder, key) not in unknown:
                    empty = isinstance(child, Scalar) and child.value is None
                    above = (*holder, key) if empty or key in _FREE else None
                elif above and not self._meant[*holder, key]:
                    found[*holder, key] = above
        return found

    def _nearest(self, fault: ErrorDetails) -> str:
        path, owner = self._holders(fault)[-1]
        name = unicodedata.normalize("NFKC", str(fault["loc"][-1])).strip(" :").lower()
        free = [key for key in owner.model_fields if find(self._tree, (*path, key)) is None]
        called = {vocabulary(owner)[key].title: key for key in free}
        close = [*get_close_matches(name, free, n=1, cutoff=0.5), *get_close_matches(name, called, n=1, cutoff=0.5)]
        return called.get(close[0], close[0]) if close else ""

    def _unknown(self, fault: ErrorDetails) -> Diagnostic:
        path, (at, owner) = _path(fault), self._holders(fault)[-1]
        allowed = "、".join(key.plain for key in vocabulary(owner).values())
        meant = self._meant[path]
        hint = (
            f"もしかして「{vocabulary(owner)[meant].plain}」ではありませんか"
            if meant
            else f"ここに書けるのは {allowed} です{self._as_field(path, owner)}"
        )
        hint = owner.elsewhere.get(str(path[-1]), hint)
        above = self._above.get(path)
        if above:
            hint = f"上の『{above[-1]}』の中の項目なら、半角の空白2つで字下げしてください。{hint}"
        message = f"{self._called(at, owner)}に『{shorten(str(path[-1]))}』という項目はありません"
        return error(f"{owner.prefix}-key-unknown", self._key_place(path), message, hint)

    def _as_field(self, path: Path, owner: type[Shape]) -> str:
        """Return how an unknown key becomes a field of the city's own, where the form may have some."""
        key, node = str(path[-1]), find(self._tree, path)
        if owner.holder is None or not re.fullmatch(FIELD_ID, key):
            return ""
        value = node.value if isinstance(node, Scalar) else None
        kind = FieldKind.YES_NO if isinstance(value, bool) else FieldKind.NUMBER if isinstance(value, Decimal) else None
        writer = f", writer: {Writer.PLANNING.value}" if self._file.endswith(STRATEGY) else ""
        entry = f"- {{id: {key}, on: {owner.holder}, name: 欄の呼び名{f', kind: {kind}' if kind else ''}{writer}}}"
        return (
            f"。様式の欄を増やすには、form.yaml の fields に1行「{entry}」を書きます"
            "（form.yaml がなければ、make newcity で作ったものを写します）"
        )

    def _missing(self, fault: ErrorDetails) -> Diagnostic:
        at, owner = self._holders(fault)[-1]
        key = vocabulary(owner)[str(fault["loc"][-1])]
        identifier = f"{owner.prefix}-{_dashed(key.name)}-missing"
        swallowed = self._swallowed(at, key.name)
        if swallowed:
            message = f"{key.quoted}の行が、上の文章の続きになっています"
            hint = "字下げを、同じ段のほかの項目にそろえてください"
            return error(identifier, swallowed, message, hint)
        message = f"{self._called(at, owner)}に{key.quoted}がありません"
        return error(identifier, self._place(at), message, key.request)

    def _swallowed(self, at: Path, key: str) -> Place | None:
        """Find a key that stands too deep and became a part of the text above (which begins a line below its key)."""
        for scalar in scalars_of(find(self._tree, at) or self._tree):
            lines = str(scalar.value).split("\n")
            for number, line in enumerate(lines if len(lines) > 1 else (), 1):
                if line.lstrip().startswith(f"{key}:"):
                    return Place(self._file, scalar.place.line + number, 1)
        return None

    def _incomplete(self, faults: list[ErrorDetails]) -> Diagnostic:
        """Several keys of one holder: most often two things have run into each other, or one was cut off."""
        at, owner = self._holders(faults[0])[-1]
        keys = "、".join(vocabulary(owner)[str(fault["loc"][-1])].plain for fault in faults)
        message = f"{self._called(at, owner)}に {keys} がありません"
        hint = "これらの項目を書くか、行が抜けたり、途中に余分な「- 」や字下げが入ったりしていないかを確かめてください"
        return error(f"{owner.prefix}-keys-missing", self._place(at), message, hint)

    def _wrong(self, fault: ErrorDetails) -> Diagnostic:
        path, holders = _path(fault), self._holders(fault)
        kind, message, hint = problem(fault)
        of_key = _of_key(fault)
        place = self._key_place(path) if of_key else self._place(path)
        subject = self._subject(path[:-1] if of_key else path, holders)
        known = vocabulary(holders[-1][1])
        if hint in UNSPECIFIC and path and path[-1] in known:
            hint = known[str(path[-1])].request
        tell = warning if fault["type"] == READ else error
        return tell(f"{_stem(path, holders[-1])}-{kind}", place, subject + message, hint)

    def _holders(self, fault: ErrorDetails) -> list[tuple[Path, type[Shape]]]:
        """List the shapes that the path leads through, each with its own path; the last one holds the faulty key."""
        shape: Any = self._shape
        found: list[tuple[Path, type[Shape]]] = [((), self._shape)]
        path: Path = ()
        for part in fault["loc"]:
            if isinstance(shape, type) and issubclass(shape, Shape) and part not in _TAGS:
                found.append((path, shape))
            shape = _step(shape, part)
            path = path if part in _TAGS else (*path, part)
        return found

    def _called(self, path: Path, shape: type[Shape]) -> str:
        for key in ("id", "measure", "name", "code"):
            node = find(self._tree, (*path, key))
            if isinstance(node, Scalar) and node.value is not None:
                return f"{shape.called}「{shorten(str(node.value))}」"
        return shape.called

    def _subject(self, path: Path, holders: list[tuple[Path, type[Shape]]]) -> str:
        start = len(holders[-1][0])
        if start >= len(path):
            return "ファイルの中身"
        if path[0] == "actuals" and len(path) > 1:
            return "の".join((f"指標「{path[1]}」", *(f" {part} " for part in path[2:]), "実績値")).replace(
                "の  ", "の "
            )
        named = [self._called(at, shape) for at, shape in holders if isinstance(find(self._tree, (*at, "id")), Scalar)]
        whose = f"{named[-1]}の" if named and path[-1] != "id" else ""
        rest = (f"の{part + 1}番目" if isinstance(part, int) else f"の {part} " for part in path[start + 1 :])
        return whose + vocabulary(holders[-1][1])[str(path[start])].quoted + "".join(rest)

    def _key_place(self, path: Path) -> Place:
        parent = find(self._tree, path[:-1])
        return parent.places.get(str(path[-1]), parent.place) if isinstance(parent, Keys) else self._place(path[:-1])

    def _place(self, path: Path) -> Place:
        node = find(self._tree, path)
        if isinstance(node, Scalar) and node.value is None and path and isinstance(path[-1], str):
            return self._key_place(path)
        return node.place if node else Place(self._file, 1, 1)


def _item_before(loc: tuple[int | str, ...]) -> Iterator[tuple[int | str, ...]]:
    """Yield the item of a list before the one that an error stands in."""
    at = next((n for n in range(len(loc) - 1, -1, -1) if isinstance(loc[n], int)), None)
    if at is not None and isinstance(number := loc[at], int) and number:
        yield (*loc[:at], number - 1, *loc[at + 1 :])


def _stem(path: Path, holder: tuple[Path, type[Shape]]) -> str:
    """Return the beginning of an id: what is wrong, without what about it is wrong."""
    key = next((part for part in path if part in _STEMS), None)
    if key:
        return _STEMS[str(key)]
    at, shape = holder
    return f"{shape.prefix}-{_dashed(str(path[len(at)]))}" if len(path) > len(at) else shape.prefix


def _step(shape: Any, part: str | int) -> Any:  # noqa: ANN401 (type annotations are no one type)
    if part in _TAGS:
        return _tagged(shape, str(part))
    if isinstance(shape, type) and issubclass(shape, BaseModel):
        field = shape.model_fields.get(str(part))
        return _present(field.annotation) if field else None
    arguments = [a for a in get_args(shape) if not isinstance(a, Discriminator)]
    return arguments[-1] if arguments else None


def _tagged(shape: Any, tag: str) -> Any:  # noqa: ANN401
    """Return which of the shapes that may stand here has the tag."""
    arguments = get_args(shape)
    if any(isinstance(argument, Tag) and argument.tag == tag for argument in arguments):
        return arguments[0]
    return next((found for inner in arguments if (found := _tagged(inner, tag))), None)


def _present(annotation: Any) -> Any:  # noqa: ANN401
    """Take the shape of what may also be left out (``Shape | None``)."""
    return get_args(annotation)[0] if NoneType in get_args(annotation) else annotation


def _dashed(key: str) -> str:
    return key.replace("_", "-")
