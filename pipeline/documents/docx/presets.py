"""The shapes that Word has ready (20.1.10.56): by their names in files, and by the numbers of VML."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path as File
from typing import cast, get_args

from pipeline.documents.docx.geometry import LINE, RECTANGLE, Geometry, Guide, Path, Shade, Step, checked

_FILE = File(__file__).with_name("presets.txt")
_ALIKE: Mapping[str, str] = {
    "straightConnector1": "line", "flowChartProcess": "rect", "flowChartDecision": "diamond",
    "flowChartConnector": "ellipse",
}  # fmt: skip
"""Those that look like another one."""
_SIMPLE: Mapping[str, Geometry] = {"rect": RECTANGLE, "line": LINE}
_ROUND = (
    Guide("~x", "cos", ("wd2", "2700000")), Guide("~y", "sin", ("hd2", "2700000")),
    Guide("il", "+-", ("hc", "0", "~x")), Guide("ir", "+-", ("hc", "~x", "0")),
    Guide("it", "+-", ("vc", "0", "~y")), Guide("ib", "+-", ("vc", "~y", "0")),
)  # fmt: skip
"""What text is kept within in an ellipse."""


def preset(name: str, adjusted: Mapping[str, str]) -> Geometry | None:
    """Return a shape by its name, adjusted by numbers; None where there is none. Raises ValueError for no numbers."""
    found = _geometry(_ALIKE.get(name, name))
    if found is None or not adjusted:
        return found
    guides = (
        guide._replace(operands=(adjusted.get(guide.name, guide.operands[0]), *guide.operands[1:]))
        if guide.operator == "val"
        else guide
        for guide in found.guides
    )
    return checked(Geometry(tuple(guides), found.paths, found.text))


def known_presets() -> tuple[str, ...]:
    """Return the names of all shapes that are drawn."""
    return (*_SIMPLE, *_ALIKE, *_entries())


@cache
def _entries() -> Mapping[str, Sequence[str]]:
    blocks = _FILE.read_text("utf-8").split("\n\n")[1:]
    return {block.split(maxsplit=1)[0]: block.strip().splitlines() for block in blocks}


@lru_cache(maxsize=256)
def _geometry(name: str) -> Geometry | None:
    lines = _entries().get(name)
    if lines is None:
        return _SIMPLE.get(name)
    guides = [Guide(name, "val", (value,)) for name, _, value in (part.partition("=") for part in lines[0].split()[1:])]
    paths, text = [], ("l", "t", "r", "b")
    for first, *words in map(str.split, lines[1:]):
        if first == "path":
            paths.append(_path(words))
        elif first == "text":
            guides += _ROUND if words == ["round"] else ()
            text = ("il", "it", "ir", "ib") if words == ["round"] else cast("tuple[str, str, str, str]", tuple(words))
        else:
            guides.append(Guide(first, words[1], tuple(words[2:])))
    return checked(Geometry(tuple(guides), tuple(paths), text))


def _path(words: Sequence[str]) -> Path:
    begin = words.index("M")
    size = next((word for word in words[:begin] if word[0].isdigit()), "0x0")
    width, height = map(float, size.split("x"))
    shade = cast("Shade", next((word for word in words[:begin] if word in get_args(Shade)), "norm"))
    return Path(tuple(_steps(words[begin:])), width, height, shade, "unstroked" not in words[:begin])


def _steps(words: Sequence[str]) -> Iterator[Step]:
    begins = [at for at, word in enumerate(words) if len(word) == 1 and word.isupper()]
    for begin, end in zip(begins, [*begins[1:], len(words)], strict=True):
        yield Step(words[begin], tuple(words[begin + 1 : end]))
