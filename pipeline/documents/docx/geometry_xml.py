"""a:prstGeom and a:custGeom (20.1.9): the form of a shape, one that Word has ready or one drawn freely."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import cast, get_args

from lxml import etree

from pipeline.documents.docx.context import Context
from pipeline.documents.docx.geometry import RECTANGLE, Geometry, Guide, Path, Shade, Step, checked
from pipeline.documents.docx.markup import A, local, number
from pipeline.documents.docx.presets import preset

_NAMES = (
    ("Callout", "吹き出し"), ("star", "星とリボン"), ("ibbon", "星とリボン"), ("ave", "星とリボン"),
    ("curved", "曲線の矢印"), ("Arrow", "ブロック矢印"), ("flowChart", "フローチャートの図形"), ("math", "数式図形"),
    ("actionButton", "動作設定ボタン"),
)  # fmt: skip
_STEPS: Mapping[str, str] = {
    "moveTo": "M", "lnTo": "L", "cubicBezTo": "C", "quadBezTo": "Q", "arcTo": "A", "close": "Z",
}  # fmt: skip
_ARC = ("wR", "hR", "stAng", "swAng")


def read_geometry(properties: etree._Element, holder: etree._Element, context: Context) -> Geometry:
    """Return the form that the properties of a shape or picture give it; raises Unsupported for those not known."""
    free, ready = properties.find(f"{A}custGeom"), properties.find(f"{A}prstGeom")
    if free is not None:
        return checked(_free(free))
    if ready is None:
        return RECTANGLE
    name = ready.get("prst", "rect")
    found = preset(name, {guide.name: guide.operands[0] for guide in _guides(ready, "avLst") if guide.operands})
    if found is None:
        known = next((known for word, known in _NAMES if word in name), "基本図形")
        raise context.refuse(f"図形「{known}」（{name}）", holder)
    return found


def _guides(geometry: etree._Element, kind: str) -> Iterator[Guide]:
    for guide in geometry.iterfind(f"{A}{kind}/{A}gd"):
        operator, *operands = guide.get("fmla", "val 0").split()
        yield Guide(guide.get("name", ""), operator, tuple(operands))


def _free(geometry: etree._Element) -> Geometry:
    room = geometry.find(f"{A}rect")
    return Geometry(
        guides=(*_guides(geometry, "avLst"), *_guides(geometry, "gdLst")),
        paths=tuple(map(_path, geometry.iterfind(f"{A}pathLst/{A}path"))),
        text=("l", "t", "r", "b") if room is None else cast("tuple[str, str, str, str]", _of(room, "ltrb")),
    )


def _path(path: etree._Element) -> Path:
    shade = path.get("fill", "norm")
    return Path(
        steps=tuple(map(_step, path)),
        width=number(path.get("w", "0")),
        height=number(path.get("h", "0")),
        shade=cast("Shade", shade if shade in get_args(Shade) else "norm"),
        is_stroked=path.get("stroke", "1") not in ("0", "false"),
    )


def _step(step: etree._Element) -> Step:
    if local(step) == "arcTo":
        return Step("A", _of(step, _ARC))
    return Step(_STEPS[local(step)], tuple(part for point in step.iter(f"{A}pt") for part in _of(point, "xy")))


def _of(element: etree._Element, names: str | tuple[str, ...]) -> tuple[str, ...]:
    return tuple(element.get(name, "0") for name in names)
