"""Styles and lists of several documents in one (ISO/IEC 29500-1, 17.7 and 17.9).

A style that two documents have alike, with all it is based on, is one; where they differ, the later one gets a name of
its own. Bullets are shared; a list that counts belongs to its document, or it would count on through the next one.
"""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy

from lxml import etree
from msgspec import Struct, field

from pipeline.documents.docx.markup import VAL, W, is_on_attribute, remove
from pipeline.documents.docx.properties import properties

_REFERENCES = tuple(W + name for name in ("pStyle", "rStyle", "tblStyle"))
_TO_STYLES = tuple(W + name for name in ("basedOn", "next", "link"))
_UNCOUNTED = frozenset({"bullet", "none"})
_NEW = "new"
"""Marks a list whose styles are still those of its document."""
_DEFAULT = {"paragraph": "pStyle", "table": "tblStyle"}


class Looks(Struct):
    """The styles and lists of the whole, as far as they are known."""

    styles: etree._Element
    lists: etree._Element
    _known: dict[tuple[str, bytes], str] = field(default_factory=dict)
    _lists: dict[bytes, str] = field(default_factory=dict)
    _defaults: dict[str, str] = field(default_factory=dict)

    @classmethod
    def begun(cls, styles: etree._Element, lists: etree._Element) -> Looks:
        """Begin with the document whose defaults are those of the whole; its styles are added like all others."""
        made = cls(deepcopy(styles), etree.Element(lists.tag, nsmap={"w": W[1:-1]}))
        for style in made.styles.findall(f"{W}style"):
            remove(style)
        return made

    def add(self, styles: etree._Element, lists: etree._Element) -> Names:
        """Take over the styles and lists of a document; returns what they are called in the whole."""
        numbers = self._add_lists(lists)
        by_id = {style.get(f"{W}styleId", ""): style for style in styles.findall(f"{W}style")}
        rooted = {name: self._rooted(style, styles) for name, style in by_id.items()}
        for style in rooted.values():
            _map(style, {f"{W}numId": numbers})
        names = {name: self._named(name, rooted) for name in by_id}
        for name, style in rooted.items():
            self._put(names[name], style, names)
        for abstract in self.lists.findall(f"{W}abstractNum"):
            if abstract.attrib.pop(_NEW, ""):
                _map(abstract, dict.fromkeys((f"{W}pStyle", f"{W}styleLink", f"{W}numStyleLink"), names))
        defaults = {s.get(f"{W}type", ""): name for name, s in by_id.items() if is_on_attribute(s, "default")}
        for kind, name in defaults.items():
            self._defaults.setdefault(kind, names[name])
        odd = {_DEFAULT[k]: names[n] for k, n in defaults.items() if k in _DEFAULT and names[n] != self._defaults[k]}
        return Names(names, numbers, odd)

    def _rooted(self, style: etree._Element, styles: etree._Element) -> etree._Element:
        """Return a copy of a style; one that is based on none has the defaults of its document, where these differ."""
        made, own = deepcopy(style), styles.find(f"{W}docDefaults")
        usual = self.styles.find(f"{W}docDefaults")
        if own is None or usual is None or _written(own) == _written(usual) or made.find(f"{W}basedOn") is not None:
            return made
        for name in ("pPr", "rPr") if made.get(f"{W}type") == "paragraph" else ():
            given = own.find(f"{W}{name}Default/{W}{name}")
            if given is not None:
                _completed(made, name, given)
        return made

    def _named(self, name: str, styles: Mapping[str, etree._Element]) -> str:
        """Return the name of a style in the whole: its own, or with a number where that is taken by another look."""
        key = name, _signature(name, styles)
        if key not in self._known:
            taken = sum(known == name for known, _ in self._known)
            self._known[key] = f"{name}{'' if not taken else f'-{taken + 1}'}"
        return self._known[key]

    def _put(self, name: str, style: etree._Element, names: Mapping[str, str]) -> None:
        if any(one.get(f"{W}styleId") == name for one in self.styles.findall(f"{W}style")):
            return
        _map(style, dict.fromkeys(_TO_STYLES, names))
        if name != style.get(f"{W}styleId"):
            called = style.find(f"{W}name")
            if called is not None:
                called.set(VAL, f"{called.get(VAL)} ({name.rpartition('-')[2]})")
            style.set(f"{W}customStyle", "1")
            style.attrib.pop(f"{W}default", "")
        style.set(f"{W}styleId", name)
        self.styles.append(style)

    def _add_lists(self, lists: etree._Element) -> Mapping[str, str]:
        """Return the numbers of a document's lists in the whole."""
        abstracts = {
            one.get(f"{W}abstractNumId", ""): self._abstracted(one) for one in lists.findall(f"{W}abstractNum")
        }
        return {one.get(f"{W}numId", ""): self._listed(one, abstracts) for one in lists.findall(f"{W}num")}

    def _listed(self, one: etree._Element, abstracts: Mapping[str, str]) -> str:
        made = deepcopy(one)
        _map(made, {f"{W}abstractNumId": abstracts})
        made.attrib.pop(f"{W}numId", "")
        number, listed = str(len(self.lists.findall(f"{W}num")) + 1), _written(made)
        found = self._lists.setdefault(listed, number)
        if found == number:
            made.set(f"{W}numId", number)
            self.lists.append(made)
        return found

    def _abstracted(self, abstract: etree._Element) -> str:
        made = deepcopy(abstract)
        made.attrib.pop(f"{W}abstractNumId", "")
        for element in made.findall(f"{W}nsid"):
            remove(element)
        number, key = str(len(self.lists.findall(f"{W}abstractNum"))), _written(made)
        counts = any(e.get(VAL) not in _UNCOUNTED for e in made.iter(f"{W}numFmt"))
        found = number if counts else self._lists.setdefault(key, number)
        if found == number:
            made.set(f"{W}abstractNumId", number)
            made.set(_NEW, number)
            self.lists.insert(int(number), made)
        return found


class Names(Struct, frozen=True):
    """What the styles and lists of a document are called in the whole; ``odd`` are its default styles where the whole
    has others, by the element that names a style.
    """

    styles: Mapping[str, str]
    numbers: Mapping[str, str]
    odd: Mapping[str, str]

    def rewrite(self, root: etree._Element) -> None:
        """Give a text the names of the whole."""
        _map(root, {**dict.fromkeys(_REFERENCES, self.styles), f"{W}numId": self.numbers})
        for element, holder, kind in (("pStyle", "p", "pPr"), ("tblStyle", "tbl", "tblPr")):
            if element in self.odd:
                for one in root.iter(f"{W}{holder}"):
                    _named_as(one, kind, element, self.odd[element])


def _named_as(holder: etree._Element, kind: str, element: str, style: str) -> None:
    """Say the style of what says none."""
    given = properties(holder, kind)
    if given.find(f"{W}{element}") is None:
        named = etree.Element(f"{W}{element}")
        named.set(VAL, style)
        given.insert(0, named)


def _signature(name: str, styles: Mapping[str, etree._Element]) -> bytes:
    """Return all that makes a style's look: its own, and that of what it is based on."""
    written, seen = b"", set[str]()
    while name in styles and name not in seen:
        seen.add(name)
        written += _written(styles[name])
        based = styles[name].find(f"{W}basedOn")
        name = "" if based is None else based.get(VAL, "")
    return written


def _completed(style: etree._Element, name: str, given: etree._Element) -> None:
    """Add the properties that a style does not say."""
    own = style.find(f"{W}{name}")
    said = {child.tag for child in own} if own is not None else set()
    made = deepcopy(given) if own is None else own
    if own is None:
        style.append(made)
    else:
        made[:0] = [deepcopy(child) for child in given if child.tag not in said]


def _map(root: etree._Element, names: Mapping[str, Mapping[str, str]]) -> None:
    """Exchange the values of elements by their tag."""
    for element in root.iter(*names):
        known = names[str(element.tag)]
        element.set(VAL, known.get(element.get(VAL, ""), element.get(VAL, "")))


def _written(element: etree._Element) -> bytes:
    return etree.tostring(element, method="c14n")
