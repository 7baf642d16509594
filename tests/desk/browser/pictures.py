"""``python -m tests.desk.browser.pictures`` takes the guide's pictures of desk, list, web edition and forms anew.

They show the city, and what ``newcity`` writes of each form, filled in.
"""

from __future__ import annotations

import datetime
import io
import re
import tempfile
from pathlib import Path

import pypdfium2
from docx.document import Document
from PIL import Image, ImageOps

from pipeline.documents import pdf
from pipeline.workflows import new_city
from tests.departments.returned.post import INITIATIVES, Post, cell, sent_project
from tests.desk.browser.pages import Page, driven
from tests.desk.browser.test_book import page_text
from tests.desk.desks import served
from tests.desk.test_deciding import changed
from tests.project import MADE, ROOT, copy_project, run

FOLDER = ROOT / "docs" / "pictures"
_SIZE = (1180, 700)
_LIST = (1000, 610)
_COLOURS = 128
_ACROSS, _GAP, _SCALE = 3, 18, 0.62
"""Sheets in a row, pixels between them, and pixels for each point of paper."""
_WRITTEN = [
    (r'""(?=      # )', "相談会を12回開き、19件の創業につながった。商工会議所と連携して、創業後の相談にも応じた。"),
    (r"# (\w+): +# [^（]+（千円）.*", r"\1: 12500"),
    (r"# (\w+): +# [^（]+（([^、）]+)、.*", r"\1: \2"),
    (r"\{R7: 集計中\}", "{R7: 1321}"),
    (r"value: 0\}", "value: 1200}"),
    (r"targets: .*", "targets: {R7: 1300, R8: 1350, R9: 1400, R10: 1450, R11: 1500}"),
    ("【要記入】取組の名称", "創業の支援"),
    ("【要記入】指標の名称", "相談の件数"),
    ("【要記入】(推進施策|事業)の名称", "創業しやすいまち"),
    ("【要記入】基本目標の名称", "働く場のあるまち"),
    ("【要記入】所管課名", "商工課"),
    ("【要記入】(施策の概要|事業の目的)", "創業を考える人を、相談から開業まで支えます。"),
]
"""What is filled in where ``newcity`` leaves it open: patterns, and what stands for them."""


def take(page: Page, name: str) -> None:
    """Save what the window shows, in few colours."""
    shown = Image.open(io.BytesIO(page.driver.get_screenshot_as_png())).convert("RGB")
    shown.quantize(_COLOURS, dither=Image.Dither.NONE).save(FOLDER / f"{name}.png", optimize=True)


def forms() -> None:
    """Show the first page of a sheet of every form of the gallery, side by side in rows of three."""
    sheets = [_sheet(form) for form in new_city.forms()]
    step, down = min(sheet.width for sheet in sheets) + _GAP, max(sheet.height for sheet in sheets) + _GAP
    rows = -(-len(sheets) // _ACROSS)
    wide = (_ACROSS - 1) * step + max(sheet.width for sheet in sheets) + 2 * _GAP  # the last one lies on its side
    shown = Image.new("RGB", (wide, rows * down + _GAP), "#f2f2f4")
    for number, sheet in enumerate(sheets):
        shown.paste(sheet, (_GAP + number % _ACROSS * step, _GAP + number // _ACROSS * down))
    shown.quantize(_COLOURS, dither=Image.Dither.NONE).save(FOLDER / "forms.png", optimize=True)


def _sheet(form: str) -> Image.Image:
    """Return the first page of a form's sheet, filled in."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        new_city.found(root, new_city.Order("あかね市", "R7-R11", form))
        for path in [*(root / "inputs/R8/measures").glob("*.yaml"), root / "inputs/R8/strategy.yaml"]:
            text = path.read_text(encoding="utf-8")
            for old, new in _WRITTEN:
                text = re.sub(old, new, text)
            path.write_text(text, encoding="utf-8")
        assert run(root, "report").returncode == 0
        made = next((root / "outputs/R8/sheets").glob("*.docx"))
        drawn = pdf.draw_document(made.read_bytes(), made.name)
        with pypdfium2.PdfDocument(pdf.draw([pdf.PdfPart(drawn, made.name)], pdf.PdfInfo("", ""))) as document:
            page = document[0].render(scale=_SCALE).to_pil()
    return ImageOps.expand(page, border=1, fill="#8c8c90")


def commented(document: Document) -> None:
    """Edit the results of two initiatives, and comment on one."""
    changed("対面の相談会を3回開き、延べ45社の相談に応じた。", "市外の企業12社を訪ねた。")(document)
    run = cell(document, INITIATIVES, 1, 1).runs[0]
    made = document.add_comment([run], text="社数は、今月末に確定します。", author="商工振興課", initials="商")
    made._comment_elm.date = datetime.datetime(2021, 8, 2, 10, 30, tzinfo=datetime.UTC)  # not today's


def main() -> None:
    """Take the pictures."""
    forms()
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as profile:
        post = Post(sent_project(copy_project(Path(folder))))
        post.edited(commented)
        post.edited(changed("起業の相談に、延べ120件応じた。"), measure="1-3", name="1-3.docx")
        post.collect()
        with served(post.root) as desk, driven(Path(profile)) as page:
            desk.desk.make()
            page.open(desk, "book", _SIZE)
            page.press("g", "6", "\ue007")
            spans = page.wait(lambda: [s for s in page.all(".texts > span") if page_text(s) == "115.4%"])
            page.driver.execute_script("arguments[0].click()", spans[0])
            page.wait(lambda: page.all("#source .steps"))
            page.wait(lambda: all(one.get_property("complete") for one in page.all(".page img[src]")))
            take(page, "desk")
            page.open(desk, "decide", _SIZE)
            page.wait(lambda: page.all(".paper img") and page.one(".paper img").get_property("naturalWidth"))
            take(page, "desk-decide")
            page.resize(_LIST)
            page.driver.get((post.root / MADE / "returned" / "proposals.html").as_uri())
            page.driver.execute_script("document.querySelector('.measure').scrollIntoView()")
            take(page, "proposals")
            run(post.root, "web")
            page.resize(_SIZE)
            page.driver.get((post.root / MADE / "web" / "measure-1-2.html").as_uri())
            take(page, "web")


if __name__ == "__main__":
    main()
