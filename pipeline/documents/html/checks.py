"""What must hold of filled pages, read anew as a browser reads them."""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from urllib.parse import unquote, urlsplit

from lxml.html import HtmlElement, HTMLParser, document_fromstring
from markupsafe import Markup
from msgspec import Struct

from pipeline.diagnostics import Diagnostic, error, shorten, squeezed
from pipeline.documents.template import Page, printed

_LOST = "この項目のある所の書き方を確かめてください。"
_ALONE = "ウェブ版は、ほかの場所のファイルやスクリプトを使わずに作ります。示されたものを消してください。"
_NO_ALT = "代わりに読み上げる文（alt）のない画像があります。"
_LOADED = ("src", "srcset", "data", "poster")
"""Attributes whose address a browser fetches by itself."""
_ACTIVE = ("script", "iframe", "object", "embed")

Filling = tuple[Page, Mapping[str, object]]
"""A template, and what it printed."""
Problem = tuple[str, str, str]
"""A stable id, a sentence and a cure."""


class Site(Struct, frozen=True):
    """The pages that were written, by address, and the addresses of all files, theirs among them."""

    pages: Mapping[str, str]
    files: Collection[str]


def faults(site: Site, filled: Mapping[str, Sequence[Filling]]) -> Iterator[Diagnostic]:
    """Report everything that does not hold; ``filled`` are the templates of each page, the one of its body first."""
    parser = HTMLParser(encoding="utf-8")
    read = {address: document_fromstring(text.encode(), parser=parser) for address, text in site.pages.items()}
    ids = {address: Counter(e.get("id") for e in _elements(root) if e.get("id")) for address, root in read.items()}
    for address, root in read.items():
        for page, variables in filled[address]:
            for lost in _lost(page, variables, root):
                message = f"{address}: 「{shorten(lost)}」がページにありません。"
                yield error("page-text-missing", page.place, message, _LOST)
        body, _ = filled[address][0]
        for identifier, message, hint in (*_twice(ids[address]), *_links(root, address, ids, site), *_own(root, site)):
            yield error(identifier, body.place, f"{address}: {message}", hint)


def _elements(root: HtmlElement) -> Iterator[HtmlElement]:
    return (element for element in root.iter() if isinstance(element.tag, str))


def _lost(page: Page, variables: Mapping[str, object], root: HtmlElement) -> Iterator[str]:
    """Yield what the template names and the page does not have, one after the other."""
    text, position = squeezed("".join(_told(root))), 0
    for value in (one.value for one in printed(page, variables)):
        wanted = squeezed(value.striptags() if isinstance(value, Markup) else str(value)) if _is_text(value) else ""
        found = text.find(wanted, position)
        if found < 0:
            yield wanted
        else:
            position = found + len(wanted)


def _is_text(value: object) -> bool:
    return isinstance(value, str | int) and not isinstance(value, bool)


def _told(element: HtmlElement) -> Iterator[str]:
    """Yield the texts and the values of attributes, but for looks, in the order of the page."""
    if isinstance(element.tag, str):
        yield from (str(value) for name, value in element.attrib.items() if name != "class")
        yield element.text or ""
        for child in element:
            yield from _told(child)
            yield child.tail or ""


def _twice(ids: Mapping[str | None, int]) -> Iterator[Problem]:
    for name, count in ids.items():
        if count > 1:
            yield "page-id-twice", f'id="{name}" が{count}か所にあります。', "別の名前にしてください。"


def _links(
    root: HtmlElement, address: str, ids: Mapping[str, Mapping[str | None, int]], site: Site
) -> Iterator[Problem]:
    """Every address within the folder leads to a file, and to a place of it."""
    for target in (e.get("href") or "" for e in _elements(root) if "href" in e.attrib):
        parts = urlsplit(target)
        if parts.scheme or parts.netloc:
            continue
        file = posixpath.normpath(unquote(parts.path)) if parts.path else address
        if file not in site.files or (parts.fragment and unquote(parts.fragment) not in ids.get(file, {})):
            hint = "アドレスを直すか、このリンクを消してください。"
            yield "page-link-broken", f"リンクの先「{shorten(target)}」がありません。", hint


def _own(root: HtmlElement, site: Site) -> Iterator[Problem]:
    """Nothing is fetched from elsewhere, nothing runs, and every picture can be heard."""
    for element in _elements(root):
        if element.tag in _ACTIVE or any(str(name).startswith("on") for name in element.attrib):
            yield "page-not-alone", f"<{element.tag}> のスクリプトや埋め込みは使えません。", _ALONE
        names = ("href", *_LOADED) if element.tag == "link" else _LOADED
        for target in filter(None, map(element.get, names)):
            if unquote(target) not in site.files:
                yield "page-not-alone", f"「{shorten(target)}」がウェブ版のフォルダーにありません。", _ALONE
        if element.tag == "img" and not element.get("alt"):
            yield "page-picture-silent", _NO_ALT, 'alt="…" を書いてください。'
