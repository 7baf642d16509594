"""The form of a shape of VML (ISO/IEC 29500-4, 14.1.2): its kind, formulas and path, in terms of DrawingML."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest

from lxml import etree

from pipeline.documents.docx.context import Context
from pipeline.documents.docx.geometry import LINE, RECTANGLE, Geometry, Guide, Path, Shade, Step, checked
from pipeline.documents.docx.markup import V, local, number
from pipeline.documents.docx.presets import preset
from pipeline.documents.docx.vml_values import around, fraction, is_on, plain, points_of

_PLAIN: Mapping[str, Geometry] = {"rect": RECTANGLE, "line": LINE, "image": RECTANGLE}
_KNOWN = {
    "1": "rect", "2": "roundRect", "3": "ellipse", "4": "diamond", "5": "triangle", "20": "line", "32": "line",
    "75": "rect", "85": "leftBracket", "86": "rightBracket", "109": "rect", "120": "ellipse",
    "176": "flowChartAlternateProcess", "185": "bracketPair", "202": "rect",
}  # fmt: skip
"""The forms of kinds (o:spt) of which a file does not hold the path."""
_OPERATORS: Mapping[str, str] = {
    "val": "val", "sum": "+-", "prod": "*/", "product": "*/", "mid": "+/", "abs": "abs", "min": "min", "max": "max",
    "if": "?:", "mod": "mod", "sqrt": "sqrt", "cosatan2": "cat2", "sinatan2": "sat2", "ellipse": "ellipse",
    "atan2": "at2", "sin": "sin", "cos": "cos", "tan": "tan", "sumangle": "+-",
}  # fmt: skip
_OPERANDS: Mapping[str, int] = {"val": 1, "abs": 1, "sqrt": 1, "mid": 2, "min": 2, "max": 2, "atan2": 2, "sin": 2,
                                "cos": 2, "tan": 2}  # fmt: skip
_TO_VML, _FROM_VML = ("65536", "60000"), ("60000", "65536")
"""What angles are multiplied by and divided by: VML counts in 65,536ths of a degree."""
_STEP = re.compile("(nf|ns|ae|al|ar|at|wa|wr|qx|qy|[mlcxetrv])([^a-z]*)")
_END = re.compile("(?<!a)e")
_LETTERS = {"m": "M", "l": "L", "c": "C", "x": "Z"}
_CORNERS = ("qx", "qy")
_PARTING = re.compile(r"(?<=\d)\s*(?=[@#-])|(?<=\d)\s+(?=\d)")
_FIXED = {"xlimo": "0", "ylimo": "0", "lineDrawn": "1", "pixelLineWidth": "1", "hasstroke": "1", "hasfill": "1"}
_PIXEL = "9525"
"""A pixel in EMU."""
_ADJUSTMENTS = ["0"] * 8
_DEFAULT_SIZE = 1000.0
_DEFAULT_ARC = "0.2"


def read_vml_geometry(shape: etree._Element, context: Context) -> Geometry:
    """Return the form of a shape; raises Unsupported for those not known."""
    kind = local(shape)
    if kind in _PLAIN:
        return _PLAIN[kind]
    if kind == "roundrect":
        found = preset("roundRect", {"adj": str(fraction(shape.get("arcsize", _DEFAULT_ARC)) * 100_000)})
    elif kind == "oval":
        found = preset("ellipse", {})
    elif kind == "polyline":
        found = _polyline(shape.get("points", ""))
    else:
        found = _shape(shape, context) if kind == "shape" else None
    if found is None:
        raise context.refuse("図形（古い形式）", shape)
    return found


def _polyline(points: str) -> Geometry:
    """Return points one after the other, in the room that they take."""
    places = points_of(points, plain)
    left, top, width, height = around(places)
    first, *others = ((str(x - left), str(y - top)) for x, y in places)
    steps = (Step("M", first), *(Step("L", place) for place in others), *([Step("Z", ())] * (places[0] == places[-1])))
    return checked(Geometry((), (Path(steps, width or 1.0, height or 1.0),)))


def _shape(shape: etree._Element, context: Context) -> Geometry | None:
    name = shape.get("type", "").removeprefix("#")
    type_ = context.shape_types(shape).get(name)
    holders = [holder for holder in (shape, type_) if holder is not None]
    path = next((found for holder in holders if (found := _path_of(holder))), "")
    if not path:
        known = _KNOWN.get(name.rpartition("_t")[2])
        return preset(known, {}) if known else RECTANGLE if shape.find(f"{V}textbox") is not None else None
    if any(holder.get("coordorigin", "0,0").strip(" 0,") for holder in holders):
        return None
    try:
        return checked(_geometry(holders, path))
    except ValueError:
        return None


def _path_of(holder: etree._Element) -> str:
    inner = holder.find(f"{V}path")
    return holder.get("path", "") or ("" if inner is None else inner.get("v", ""))


def _geometry(holders: Sequence[etree._Element], path: str) -> Geometry:
    width, height = _size(next((size for one in holders if (size := one.get("coordsize"))), ""))
    formulas, details = (_first(holders, name) for name in ("formulas", "path"))
    guides = [
        *_adjustments(holders), *_constants(width, height), *(() if formulas is None else _formulas(formulas)),
    ]  # fmt: skip
    room = "" if details is None else details.get("textboxrect", "").split(";")[0]
    sides = _values(room) if room.count(",") == 3 else []
    for at, side in enumerate(sides):
        guides.append(Guide(f"room{at}", "*/", (side, "wh"[at % 2], str((width, height)[at % 2]))))
    return Geometry(
        guides=tuple(guides),
        paths=tuple(_paths(path, width, height, details)),
        text=("room0", "room1", "room2", "room3") if sides else ("l", "t", "r", "b"),
    )


def _first(holders: Sequence[etree._Element], name: str) -> etree._Element | None:
    return next((found for holder in holders if (found := holder.find(V + name)) is not None), None)


def _size(written: str) -> tuple[float, float]:
    first, _, second = written.partition(",")
    width, height = (number(part) if part.strip() else _DEFAULT_SIZE for part in (first, second))
    return (width, height) if width > 0 and height > 0 else (_DEFAULT_SIZE, _DEFAULT_SIZE)


def _adjustments(holders: Sequence[etree._Element]) -> Iterator[Guide]:
    """Yield what a shape is adjusted by, its own before that of its kind."""
    rows = [*(holder.get("adj", "").split(",") for holder in holders), _ADJUSTMENTS]
    for at, row in enumerate(zip_longest(*rows, fillvalue="")):
        yield Guide(f"#{at}", "val", (next(value.strip() for value in row if value.strip()),))


def _constants(width: float, height: float) -> Iterator[Guide]:
    values = {"width": width, "height": height, "xcenter": width / 2, "ycenter": height / 2}
    yield from (Guide(name, "val", (str(value),)) for name, value in values.items())
    yield from (Guide(name, "val", (value,)) for name, value in _FIXED.items())
    for name, side in (("Width", "w"), ("Height", "h")):
        yield Guide(f"pixel{name}", "*/", (side, "1", _PIXEL))
        yield Guide(f"emu{name}", "val", (side,))
        yield Guide(f"emu{name}2", "*/", (side, "1", "2"))


def _formulas(formulas: etree._Element) -> Iterator[Guide]:
    for at, formula in enumerate(formulas.iterfind(f"{V}f")):
        operator, *operands = formula.get("eqn", "val 0").split()
        count = _OPERANDS.get(operator, 3)
        operands = [*operands, "0", "0", "0"][:count]
        if operator == "mid":
            operands.append("2")
        if operator in ("sin", "cos", "tan"):
            yield Guide(f"@{at}~", "*/", (operands[1], *_FROM_VML))
            operands[1] = f"@{at}~"
        if operator == "sumangle":
            yield from (Guide(f"@{at}~{way}", "*/", (operands[way], "65536", "1")) for way in (1, 2))
            operands[1:] = f"@{at}~1", f"@{at}~2"
        yield Guide(f"@{at}", _OPERATORS.get(operator, operator), tuple(operands))
        if operator == "atan2":
            yield Guide(f"@{at}", "*/", (f"@{at}", *_TO_VML))


def _paths(path: str, width: float, height: float, details: etree._Element | None) -> Iterator[Path]:
    """Yield the parts of a path (14.2.1.6), each with what it says of its fill and its line."""
    can_fill, can_stroke = (details is None or is_on(details.get(name)) for name in ("fillok", "strokeok"))
    for part in _END.split(path):
        kinds = {match[1] for match in _STEP.finditer(part)}
        steps = tuple(_steps(part))
        if steps:
            shade: Shade = "norm" if can_fill and "nf" not in kinds else "none"
            yield Path(steps, width, height, shade, can_stroke and "ns" not in kinds)


def _steps(part: str) -> Iterator[Step]:
    for match in _STEP.finditer(part):
        kind, values = match[1], _values(match[2])
        if kind in _CORNERS:
            for at in range(0, len(values), 2):
                way = _CORNERS[(_CORNERS.index(kind) + at // 2) % 2]
                yield Step(way, tuple(values[at : at + 2]))
        elif kind not in ("nf", "ns") and (values or kind == "x"):
            yield Step(_LETTERS.get(kind, kind), tuple(values))


def _values(written: str) -> list[str]:
    """Return numbers and names that commas part, or that part themselves; what is left out is 0."""
    parted = _PARTING.sub(",", written.strip())
    return [part.strip() or "0" for part in parted.split(",")] if parted else []
