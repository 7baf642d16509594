"""Words of words.yaml that the report spells in more than one way: one warning a word, with all places."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from pipeline.diagnostics import Place
from pipeline.model.audit import Spelling
from pipeline.stages.audit.finding import Finding, Material, place_at, spots, warn
from pipeline.stages.audit.numerals import narrow


def words_are_spelled_one_way(material: Material) -> Iterator[Finding]:
    """Every word of the list has one spelling throughout the report."""
    written = "\n".join(narrow(text.value) for text in material.evaluation.texts)
    for spelling in material.evaluation.rules.spellings:
        if sum(narrow(word) in written for word in spelling.spellings) < 2:
            continue
        found = list(_occurrences(material, spelling))
        counts = Counter(word for word, _ in found)
        if len(counts) > 1:
            yield _mixed(material, spelling, counts, found)


def _occurrences(material: Material, spelling: Spelling) -> Iterator[tuple[str, Place]]:
    """Yield every spelling found; of two that begin alike (取組, 取組み) the longer one counts."""
    words = sorted((narrow(word) for word in spelling.spellings), key=lambda word: (-len(word), word))
    allowed = "|".join(re.escape(narrow(phrase)) for phrase in spelling.allowed) or r"(?!)"
    pattern = f"(?P<allowed>{allowed})|(?P<word>{'|'.join(_bounded(word) for word in words)})"
    for text in material.evaluation.texts:
        written = narrow(text.value)
        for match in re.finditer(pattern, written) if any(word in written for word in words) else ():
            if match["word"]:
                yield match["word"], place_at(text, match.start())


def _bounded(word: str) -> str:
    """A word in Latin letters is not found inside another one."""
    before = r"(?<![A-Za-z])" if word[0].isascii() else ""
    after = r"(?![A-Za-z])" if word[-1].isascii() else ""
    return f"{before}{re.escape(word)}{after}"


def _mixed(material: Material, spelling: Spelling, counts: Counter[str], found: list[tuple[str, Place]]) -> Finding:
    used = [narrow(word) for word in spelling.spellings if narrow(word) in counts]
    wanted = used[0]
    others = [place for word, place in found if word != wanted]
    listed = "、".join(f"「{word}」{counts[word]}か所" for word in used)
    message = f"同じ言葉の書き方が混じっています：{listed}"
    hint = f"「{wanted}」にそろえてください：" + "、".join(
        f"「{word}」は {spots([p for w, p in found if w == word], material.base)}" for word in used[1:]
    )
    return warn("spelling-mixed", others, message, hint)
