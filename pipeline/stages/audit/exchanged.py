"""取組・成果 that was written where 進捗状況の評価／今後の対応 belongs, and the other way round."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.model.audit import Text, TextKind
from pipeline.stages.audit.finding import NARRATIVE, Finding, Material, warn

_DONE = re.compile(r"(?:[ただ]|ている|ていた)。?$")
"""How a text ends that tells what was done."""
_AHEAD = re.compile(r"(?<!てい)[るくすむうつぶぐいぬ]。?$")
"""How one ends that tells what is to be done."""


def texts_are_in_their_place(material: Material) -> Iterator[Finding]:
    """What was done stands under 取組・成果, and what is to come under 進捗状況の評価／今後の対応."""
    pairs: dict[tuple[str, str], dict[TextKind, Text]] = {}
    for text in material.texts(*NARRATIVE):
        pairs.setdefault((text.measure, text.initiative), {})[text.part] = text
    for (measure, initiative), texts in pairs.items():
        if len(texts) == len(NARRATIVE) and _are_exchanged(*(texts[part] for part in NARRATIVE)):
            name = material.names.get((measure, initiative), (initiative,))[0]
            message = f"取組「{name}」の取組・成果がこれからのことで終わり、進捗状況の評価が済んだことで終わっています"
            hint = "二つの文章が入れ替わっていないかを確かめてください"
            yield warn("narrative-exchanged", [texts[part].lines[0] for part in NARRATIVE], message, hint)


def _are_exchanged(results: Text, evaluation: Text) -> bool:
    return bool(_AHEAD.search(results.value.strip()) and _DONE.search(evaluation.value.strip()))
