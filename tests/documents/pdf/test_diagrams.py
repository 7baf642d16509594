"""SmartArt: the shapes that the file keeps of it are drawn, with their words."""

from __future__ import annotations

import pytest

from pipeline.documents import pdf
from pipeline.documents.docx import Unsupported, examine
from pipeline.documents.docx.plainer import Plainer
from pipeline.documents.pdf.boxes import PathBox, TextBox
from tests.documents.docx.diagram_files import box, diagram


def test_the_shapes_that_the_file_keeps_are_drawn_with_their_words_and_told() -> None:
    data = diagram(box("計画", 0), box("", 65, width=20, form="rightArrow"), box("実行", 90))
    document, refused = examine(data, "通知.docx", plainer=Plainer())
    assert refused == () and document.plainer is not None
    assert document.plainer.found == {"SmartArt（文書に保存されている図形で）": "目印"}
    (page,) = pdf.lay_out(document).pages
    paths = [one for one in page.boxes if isinstance(one, PathBox)]
    assert [one.fill for one in paths] == ["0000FF"] * 3
    texts = {one.text: (one.x, one.color) for one in page.boxes if isinstance(one, TextBox)}
    assert texts["計画"] == (20 + 20, "FFFFFF") and texts["実行"] == (20 + 90 + 20, "FFFFFF")


def test_the_space_below_the_last_paragraph_moves_no_text_from_the_middle() -> None:
    spaced = box("計画", 0).replace("</a:lnSpc>", "</a:lnSpc><a:spcAft><a:spcPct val='35000'/></a:spcAft>")
    places = []
    for shape in (box("計画", 0), spaced):
        document, _ = examine(diagram(shape), "通知.docx", plainer=Plainer())
        (page,) = pdf.lay_out(document).pages
        places += [one.baseline for one in page.boxes if isinstance(one, TextBox) and one.text == "計画"]
    assert places[0] == places[1]


def test_its_words_are_found_in_the_pdf() -> None:
    drawn = pdf.draw_document(diagram(box("計画", 0), box("実行", 90)), "通知.docx", is_alone=True)
    assert drawn.texts == ("目印", "計画", "実行", "後")
    part = pdf.PdfPart(drawn, "通知.docx")
    assert pdf.check([part], pdf.draw([part], pdf.PdfInfo("通知", ""))) == ()


@pytest.mark.parametrize(("keeps", "alone"), [(False, True), (True, False)])
def test_it_is_refused_where_the_file_does_not_keep_it_and_in_a_report(keeps: bool, alone: bool) -> None:
    with pytest.raises(Unsupported, match="SmartArt"):
        pdf.draw_document(diagram(box("計画", 0), keeps=keeps), "通知.docx", is_alone=alone)
