"""word/settings.xml (17.15.1): tab distance, even headers, compatibility."""

from __future__ import annotations

from lxml import etree
from msgspec import Struct

from pipeline.documents.docx.errors import Unsupported
from pipeline.documents.docx.markup import VAL, W, child_value, color, inside, is_on, points

_REFUSED = {
    "mirrorMargins": "左右のページで入れ替わる余白",
    "bookFoldPrinting": "中とじの印刷",
    "bookFoldRevPrinting": "中とじの印刷",
    "printTwoOnOne": "2ページを1枚にする印刷",
    "gutterAtTop": "上のとじしろ",
}


class Settings(Struct, frozen=True):
    """What holds for the whole document (17.15.1).

    Columns before a section on the same page are equally high where it ``balances`` them (17.15.3.20). Where
    ``marks_follow_breaks``, a paragraph that ends in a page break has its mark on the next page (17.15.3.9). Lines in
    tables keep to the grid of their section where ``tables_keep_grid`` (17.15.3.1). Where it ``squeezes``, marks give
    way to one character more of a line (17.15.1.18).
    """

    default_tab: float = 36.0
    even_and_odd: bool = False
    add_spacing: bool = False
    balances: bool = True
    compatibility: int = 15
    marks_follow_breaks: bool = False
    tables_keep_grid: bool = False
    squeezes: bool = False


def read_settings(root: etree._Element | None, document: etree._Element, name: str) -> Settings:
    """Read the settings beside a ``document``; raises Unsupported for those that change pages in ways not drawn."""
    if root is None:
        return Settings()
    for tag, construct in _REFUSED.items():
        if is_on(root.find(W + tag)):
            raise Unsupported(construct, "", name)
    background = document.find(f"{W}background")
    if is_on(root.find(f"{W}displayBackgroundShape")) and background is not None and not _is_white(background):
        raise Unsupported("ページの背景の色や図", "", name)
    return Settings(
        default_tab=_default_tab(root),
        even_and_odd=is_on(root.find(f"{W}evenAndOddHeaders")),
        add_spacing=is_on(inside(root, "compat", "doNotUseHTMLParagraphAutoSpacing")),
        balances=not is_on(inside(root, "compat", "noColumnBalance")),
        compatibility=_compatibility(root.find(f"{W}compat")),
        marks_follow_breaks=is_on(inside(root, "compat", "splitPgBreakAndParaMark")),
        squeezes=(child_value(root, "characterSpacingControl") or "").startswith("compress"),
        tables_keep_grid=is_on(inside(root, "compat", "adjustLineHeightInTable")),
    )


def _default_tab(root: etree._Element) -> float:
    """Return the distance of tabs where a paragraph sets none; what is no distance counts as left out (17.15.1.25)."""
    distance = points(child_value(root, "defaultTabStop") or "0")
    return distance if distance > 0 else Settings().default_tab


def _is_white(background: etree._Element) -> bool:
    return not len(background) and color(background.get(f"{W}color")) in (None, "FFFFFF")


def _compatibility(compat: etree._Element | None) -> int:
    """Return the version of Word whose layout the document asks for; 12 where it does not say (MS-DOCX 2.2.2)."""
    if compat is None:
        return 12
    for setting in compat.iter(f"{W}compatSetting"):
        if setting.get(f"{W}name") == "compatibilityMode":
            return int(setting.get(VAL, "12"))
    return 12
