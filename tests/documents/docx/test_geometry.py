"""The geometry of shapes: Word's presets, free outlines and VML's paths, worked out at any size."""

from __future__ import annotations

import math

import pytest

from pipeline.documents.docx.geometry import RECTANGLE, Geometry, Guide, Path, Step, checked, text_room, worked_out
from pipeline.documents.docx.presets import known_presets, preset
from pipeline.documents.paths import Point


def points(geometry: Geometry | None, width: float = 90, height: float = 60) -> list[Point]:
    assert geometry is not None
    drawn = worked_out(geometry, width, height)
    return [
        (values[at], values[at + 1]) for path in drawn for _, values in path.segments for at in range(0, len(values), 2)
    ]


def formula(operator: str, *operands: str) -> float:
    """Return the place where a point goes whose x is a formula."""
    guides = (Guide("x", operator, operands),)
    ((x, _),) = points(checked(Geometry(guides, (Path((Step("M", ("x", "0")),)),))))
    return x * 12700


@pytest.mark.parametrize("size", [(90.0, 60.0), (60.0, 90.0), (0.0, 0.0), (1e9, 1e-9)])
def test_every_preset_has_a_form_at_any_size(size: tuple[float, float]) -> None:
    for name in known_presets():
        geometry = preset(name, {})
        assert geometry is not None and points(geometry, *size), name
        assert all(map(math.isfinite, text_room(geometry, *size))), name


def test_the_text_of_a_preset_has_room_in_it() -> None:
    for name in known_presets():
        geometry = preset(name, {})
        assert geometry is not None, name
        left, top, right, bottom = text_room(geometry, 90, 60)
        assert 0 <= left <= right <= 90.001 and 0 <= top <= bottom <= 60.001, name


@pytest.mark.parametrize(
    ("operator", "operands", "value"),
    [
        ("*/", ("6", "4", "3"), 8), ("*/", ("6", "4", "0"), 0), ("+/", ("6", "4", "0"), 0), ("+-", ("6", "4", "3"), 7),
        ("?:", ("0", "4", "3"), 3), ("pin", ("1", "9", "5"), 5), ("sqrt", ("-4",), 0), ("tan", ("1", "5400000"), 0),
        ("cat2", ("10", "3", "4"), 6), ("sat2", ("10", "3", "4"), 8), ("*/", ("1e300", "1e300", "1"), 1e12),
        ("at2", ("0", "0"), 0), ("mod", ("2", "3", "6"), 7),
    ],
)  # fmt: skip
def test_formulas_always_have_a_value(operator: str, operands: tuple[str, ...], value: float) -> None:
    found = formula(operator, *operands)
    assert found == pytest.approx(value) or (operator == "tan" and math.isfinite(found))


@pytest.mark.parametrize(
    "guide",
    [Guide("x", "?", ("1",)), Guide("x", "*/", ("1", "2")), Guide("x", "val", ("y",)), Guide("x", "val", ("x",))],
)
def test_formulas_that_are_none_are_found(guide: Guide) -> None:
    with pytest.raises(ValueError, match=r"図形の式|could not convert"):
        checked(Geometry((guide,), ()))


def test_a_path_with_a_number_too_few_is_found() -> None:
    with pytest.raises(ValueError, match="経路"):
        checked(Geometry((), (Path((Step("C", ("1", "2", "3", "4", "5")),)),)))


def test_a_callout_points_where_it_is_adjusted_to() -> None:
    assert (90 / 2 + 90, 60 / 2 - 60) in points(preset("wedgeRoundRectCallout", {"adj1": "100000", "adj2": "-100000"}))


def test_an_arc_ends_where_its_angle_is_seen() -> None:
    """From the left of an ellipse a quarter with the clock: to its top, however flat it is."""
    arc = Path((Step("M", ("l", "vc")), Step("A", ("wd2", "hd2", "cd2", "cd4"))))
    assert points(Geometry((), (arc,)))[-1] == pytest.approx((45, 0))


def test_a_path_has_units_of_its_own() -> None:
    path = Path((Step("M", ("1", "1")),), width=2, height=4)
    assert points(Geometry((), (path,))) == [(45, 15)]


def test_a_rectangle_is_one() -> None:
    assert points(RECTANGLE) == [(0, 0), (90, 0), (90, 60), (0, 60)]
