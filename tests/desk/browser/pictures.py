"""``python -m tests.desk.browser.pictures`` takes the guide's pictures of desk and web edition anew, from the city."""

from __future__ import annotations

import io
import tempfile
from pathlib import Path

from PIL import Image

from tests.departments.returned.post import Post, sent_project
from tests.desk.browser.pages import Page, driven
from tests.desk.browser.test_book import page_text
from tests.desk.desks import served
from tests.desk.test_deciding import changed
from tests.project import MADE, ROOT, copy_project, run

FOLDER = ROOT / "docs" / "pictures"
_SIZE = (1180, 700)
_COLOURS = 128


def take(page: Page, name: str) -> None:
    """Save what the window shows, in few colours."""
    shown = Image.open(io.BytesIO(page.driver.get_screenshot_as_png())).convert("RGB")
    shown.quantize(_COLOURS, dither=Image.Dither.NONE).save(FOLDER / f"{name}.png", optimize=True)


def main() -> None:
    """Take the pictures."""
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as profile:
        post = Post(sent_project(copy_project(Path(folder))))
        post.edited(changed("対面の相談会を3回開き、延べ45社の相談に応じた。", "市外の企業12社を訪ねた。"))
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
            page.wait(lambda: page.all("#proposal .answers"))
            take(page, "desk-decide")
            run(post.root, "web")
            page.resize(_SIZE)
            page.driver.get((post.root / MADE / "web" / "measure-1-2.html").as_uri())
            take(page, "web")


if __name__ == "__main__":
    main()
