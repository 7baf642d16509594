"""Shapes of Word 2007 and older (VML): their forms, and where groups put their members."""

from __future__ import annotations

import pytest

from pipeline.documents.docx.errors import Unsupported
from pipeline.documents.paths import Point
from pipeline.documents.pdf.boxes import PathBox
from tests.documents.docx.docx_files import docx, p
from tests.documents.pdf.pages import page_of, texts

_PLACE = "position:absolute;margin-left:0;margin-top:0;width:60pt;height:40pt"
_WORD_TEXT = "<v:textbox inset='0,0,0,0'><w:txbxContent><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:txbxContent></v:textbox>"
SQUARE = [(20, 20), (80, 20), (80, 60), (20, 60)]


def document(drawn: str) -> bytes:
    return docx(p("文", extra=f"<w:r><w:pict>{drawn}</w:pict></w:r>"))


def seen(drawn: str) -> list[tuple[str, list[Point]]]:
    """Return the steps of each path, and where they end."""
    boxes = [box for box in page_of(document(drawn)).boxes if isinstance(box, PathBox)]
    return [
        (
            "".join(kind for kind, _ in box.path),
            [(round(values[-2], 1), round(values[-1], 1)) for _, values in box.path if values],
        )
        for box in boxes
    ]


@pytest.mark.parametrize(
    ("drawn", "steps", "ends"),
    [
        (f"<v:rect style='{_PLACE}'/>", "mlllh", SQUARE),
        (f"<v:oval style='{_PLACE}'/>", "mcccch", [(20, 40), (50, 20), (80, 40), (50, 60), (20, 40)]),
        ("<v:line style='position:absolute' from='0,0' to='60pt,40pt'/>", "ml", [(20, 20), (80, 60)]),
        (f"<v:shape style='{_PLACE}' path='m0,0l1000,0,1000,1000,0,1000xe'/>", "mlllh", SQUARE),
        (f"<v:shape style='{_PLACE}' coordsize='600,400' path='m0,0l600,400e'/>", "ml", [(20, 20), (80, 60)]),
        (f"<v:shape style='{_PLACE}' coordsize='6,4' path='m,l6,r,4x'/>", "mllh", [(20, 20), (80, 20), (80, 60)]),
        (f"<v:shape style='{_PLACE}' path='m0,0c0,1000,1000,1000,1000,0e'/>", "mc", [(20, 20), (80, 20)]),
        (f"<v:shape style='{_PLACE}' adj='500' path='m0,0l#0,@0e'><v:formulas><v:f eqn='sum height 0 #0'/></v:formulas>"
         "</v:shape>", "ml", [(20, 20), (50, 40)]),
    ],
    ids=["rectangle", "oval", "line", "path", "size of its own", "left out and relative", "curve", "formula"],
)  # fmt: skip
def test_forms_have_their_outline(drawn: str, steps: str, ends: list[Point]) -> None:
    assert seen(drawn) == [(steps, ends)]


def test_a_kind_is_drawn_by_what_it_says_once() -> None:
    kind = "<v:shapetype id='_x0000_t9' coordsize='10,10' path='m0,0l10,5,0,10xe'/>"
    assert seen(f"{kind}<v:shape type='#_x0000_t9' style='{_PLACE}'/>") == [("mllh", [(20, 20), (80, 40), (20, 60)])]


def test_members_stand_in_the_room_of_their_group() -> None:
    member = "<v:rect style='position:absolute;left:{};top:{};width:300;height:200'/>"
    group = f"<v:group style='{_PLACE}' coordorigin='100,100' coordsize='600,400'>{{}}</v:group>"
    inner = (
        "<v:group style='position:absolute;left:400;top:300;width:300;height:200' coordsize='600,400'>"
        f"{member.format(0, 0)}</v:group>"
    )
    first, second, third = seen(group.format(member.format(100, 100) + member.format(400, 300) + inner))
    assert first[1] == [(20, 20), (50, 20), (50, 40), (20, 40)]
    assert second[1] == [(50, 40), (80, 40), (80, 60), (50, 60)]
    assert third[1] == [(50, 40), (65, 40), (65, 50), (50, 50)]


def test_members_of_groups_have_their_text_and_are_turned() -> None:
    rect = (
        f"<v:rect style='position:absolute;left:0;top:0;width:600;height:400;{{}}'>{_WORD_TEXT.format('箱')}</v:rect>"
    )
    group = f"<v:group style='{_PLACE}' coordsize='600,400'>{{}}</v:group>"
    assert ["箱"] in [[line] for page in texts(document(group.format(rect.format("")))) for line in page]
    ((_, ends),) = seen(group.format(rect.format("rotation:180")))
    assert ends == [(80, 60), (20, 60), (20, 20), (80, 20)]


@pytest.mark.parametrize(
    "drawn", [f"<v:arc style='{_PLACE}'/>", f"<v:shape style='{_PLACE}' coordorigin='5,5' path='m0,0l9,9e'/>"]
)
def test_forms_that_are_not_known_are_refused(drawn: str) -> None:
    with pytest.raises(Unsupported, match="図形（古い形式）") as refused:
        page_of(document(drawn))
    assert "図（PNG）" in refused.value.cure
