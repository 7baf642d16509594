"""Finding and opening the template of a page, and what can be wrong with its tags."""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

from pipeline.diagnostics import Checked, Diagnostic, Place, error
from pipeline.documents.template import Page, shown
from pipeline.documents.template.files import MISSING
from pipeline.storage import atomic

_NOT_UTF8 = "エディターの「名前を付けて保存」で、文字コードに UTF-8 を選んでください。"
_VOID = ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr")
"""Elements without an end (HTML, 13.1.2)."""


def load(folder: Path, name: str) -> Checked[Page]:
    """Read a template of the folder; a missing or unreadable one is an error."""
    file = f"{folder.parent.name}/{folder.name}/{name}"
    try:
        data = atomic.read(folder / name).removeprefix(b"\xef\xbb\xbf")
        data.decode()
    except FileNotFoundError:
        return _failed(file, "template-missing", "ウェブ版の様式のファイルがありません。", MISSING)
    except UnicodeDecodeError:
        return _failed(file, "template-unreadable", "ファイルの文字コードが UTF-8 ではありません。", _NOT_UTF8)
    except OSError as fault:
        return _failed(file, "template-unreadable", f"様式のファイルを読めません（{fault.strerror}）。", MISSING)
    return Checked(Page(file, data))


def unbalanced(page: Page) -> Iterator[Diagnostic]:
    """Report tags that have no end, or no beginning; every one that is begun is to be ended."""
    tags = _Tags()
    tags.feed(shown(page))
    for line, tag in tags.ended:
        message = f"</{tag}> に対応する <{tag}> がありません。"
        yield error("page-tag", Place(page.file, line), message, f"</{tag}> を消すか、<{tag}> を書いてください。")
    for tag, line in tags.open:
        message = f"<{tag}> が閉じられていません。"
        yield error("page-tag", Place(page.file, line), message, f"この要素の終わりに </{tag}> を書いてください。")


class _Tags(HTMLParser):
    """The elements that are open, each with its line, and ends without a beginning."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[tuple[str, int]] = []
        self.ended: list[tuple[int, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _VOID:
            self.open.append((tag, self.getpos()[0]))

    def handle_endtag(self, tag: str) -> None:
        if self.open and self.open[-1][0] == tag:
            self.open.pop()
        else:
            self.ended.append((self.getpos()[0], tag))


def _failed(file: str, identifier: str, message: str, hint: str) -> Checked[Page]:
    return Checked(None, (error(identifier, Place(file), message, hint),))
