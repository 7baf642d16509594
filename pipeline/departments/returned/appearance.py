"""What people mean something by in how a run looks, as flags in Japanese; styles give them too."""

from __future__ import annotations

from collections.abc import Mapping

from lxml import etree
from msgspec import Struct, field

from pipeline.documents.docx.markup import VAL, W, child_value, is_on
from pipeline.documents.docx.package import Package

_SWITCHES = {
    f"{W}strike": "取消線",
    f"{W}dstrike": "二重取消線",
    f"{W}vanish": "隠し文字",
    f"{W}webHidden": "隠し文字",
    f"{W}b": "太字",
    f"{W}u": "下線",
    f"{W}em": "傍点",
    f"{W}caps": "大文字で表示する指定",
    f"{W}smallCaps": "大文字で表示する指定",
}
_SYMBOLS = ("symbol", "wingdings", "webdings")
"""Begin the names of fonts whose characters show other ones."""
_WHITE = "FFFFFF"
_READ = frozenset((*_SWITCHES, *(W + name for name in ("color", "highlight", "shd", "vertAlign", "rFonts"))))
_ON = ("1", "true", "on")
_COLOURFUL = 0x30
"""How far apart red, green and blue must be: programs write blacks and greys by themselves."""


class Appearance(Struct, frozen=True):
    """Flags that styles give, by the ids of styles and the names of properties; ``default`` is the paragraphs' style.

    A property that a style switches off has an empty flag.
    """

    styles: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    default: str = ""

    def of_run(self, run: etree._Element, paragraph: str) -> frozenset[str]:
        """Return the flags of a run in a paragraph of a style: its own properties, else its style's (17.3.2,
        17.7.2).
        """
        own = run.find(f"{W}rPr")
        inherited = {**self._of(paragraph or self.default), **self._of(child_value(own, "rStyle") or "")}
        if own is None or not len(own):
            return frozenset(filter(None, inherited.values()))
        known = {str(child.tag) for child in own}
        left = (flag for name, flag in inherited.items() if name not in known)
        return frozenset(filter(None, (*left, *map(_flag, own))))

    def _of(self, style: str) -> Mapping[str, str]:
        return self.styles.get(style, {})


def appearance(package: Package) -> Appearance:
    """Read what the styles of a docx look like."""
    part = package.related(package.document, "styles")
    if part is None:
        return Appearance()
    found = {style.get(f"{W}styleId", ""): style for style in package.xml(part).iter(f"{W}style")}
    chosen = (name for name, e in found.items() if e.get(f"{W}type") == "paragraph" and e.get(f"{W}default") in _ON)
    return Appearance(_resolved(found), next(chosen, ""))


def _resolved(styles: Mapping[str, etree._Element]) -> Mapping[str, Mapping[str, str]]:
    """Return the flags of every style, with those of the styles that it is based on (17.7.4.3)."""
    known: dict[str, Mapping[str, str]] = {}
    for first in styles:
        waiting: dict[str, etree._Element] = {}
        name = first
        while name in styles and name not in known and name not in waiting:
            waiting[name] = styles[name]
            name = child_value(styles[name], "basedOn") or ""
        for identifier, style in reversed(waiting.items()):
            own = (child for child in style.iterfind(f"{W}rPr/*") if child.tag in _READ)
            known[identifier] = {**known.get(name, {}), **{str(child.tag): _flag(child) for child in own}}
            name = identifier
    return known


def _flag(child: etree._Element) -> str:
    """Return the flag of one property; LibreOffice writes some twice, and either may be the new one."""
    value = child.get(VAL, "")
    if child.tag in _SWITCHES:
        return _SWITCHES[child.tag] if is_on(child) else ""
    if child.tag == f"{W}color" and (_is_colourful(value) or value.upper() == _WHITE):
        return f"文字の色（{value}）"
    if child.tag == f"{W}rFonts":
        shown = (font for font in map(str, child.attrib.values()) if font.lower().startswith(_SYMBOLS))
        return next((f"記号のフォント（{font}）" for font in shown), "")
    if (child.tag == f"{W}highlight" and value not in ("", "none")) or (child.tag == f"{W}shd" and _is_shaded(child)):
        return "蛍光ペン"
    if child.tag == f"{W}vertAlign" and value not in ("", "baseline"):
        return "上付き・下付き"
    return ""


def _is_shaded(shade: etree._Element) -> bool:
    """Return whether a shade marks words; LibreOffice writes its marker pen as one."""
    return _is_colourful(shade.get(f"{W}fill", ""))


def _is_colourful(colour: str) -> bool:
    try:
        parts = bytes.fromhex(colour)
    except ValueError:
        return False
    return max(parts, default=0) - min(parts, default=0) >= _COLOURFUL
