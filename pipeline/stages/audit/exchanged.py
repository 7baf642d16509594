"""What was done written where belongs what is to come (取組・成果, 今後の対応), and the other way round."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.model.audit import Text
from pipeline.model.form import Field, Tense
from pipeline.stages.audit.finding import Finding, Material, warn

_DONE = re.compile(r"(?:[ただ]|ている|ていた)。?$")
"""How a text ends that tells what was done."""
_AHEAD = re.compile(r"(?<!てい)[るくすむうつぶぐいぬ]。?$")
"""How one ends that tells what is to be done."""


def texts_are_in_their_place(material: Material) -> Iterator[Finding]:
    """What was done stands in a field for that, and what is to come in one for what is to come."""
    pairs: dict[tuple[str, str], dict[Tense, tuple[Field, Text]]] = {}
    for field, text in material.narratives():
        if field.tense:
            pairs.setdefault((text.measure, text.initiative), {})[field.tense] = (field, text)
    for (measure, initiative), texts in pairs.items():
        if len(texts) < len(Tense):
            continue
        (done, results), (coming, plans) = texts[Tense.DONE], texts[Tense.COMING]
        if _AHEAD.search(results.value.strip()) and _DONE.search(plans.value.strip()):
            name = material.names.get((measure, initiative), (initiative,))[0]
            called = f"{material.evaluation.form.rows.short}「{name}」"
            message = f"{called}の{done.name}がこれからのことで終わり、{coming.name}が済んだことで終わっています"
            hint = "二つの文章が入れ替わっていないかを確かめてください"
            yield warn("narrative-exchanged", [results.lines[0], plans.lines[0]], message, hint)
