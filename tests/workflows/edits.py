"""What may be changed between two runs, at random: every kind of input, templates, and what earlier runs left.

An edit takes a project, of whose years the later is evaluated and the earlier is the year before, and may leave inputs
that have errors: these are told by a run that makes only what changed as by one that makes all.
"""

from __future__ import annotations

import io
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from typing import Any

import docx
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.shared import Mm, RGBColor
from PIL import Image
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from pipeline.storage.store import FOLDER, Store
from tests.departments.returned.post import begun, trimmed
from tests.project import CITY, FIXTURES, NEXT, ROOT, YEAR, copy_project

Edit = Callable[[Path, Random], object]
UNEDITABLE = (YAMLError, UnicodeError, LookupError, TypeError, AttributeError, OSError)
"""What an edit raises that finds nothing that it could change, for what earlier ones did."""
TEXTS = ("開いた。", "続ける。", "相談に195件応じた。", "前年度から減ったため、\n見直す。", "進めた。" * 150, "", "ｶﾅ①")
FIGURES = (0, 1, 151, 195, 70.5, "未測定", "集計中", "未設定", {"number": 2, "preliminary": True}, None)
PARTS = ("cover", "contents", "explanation", "targets", "opinions", "revisions", "summary")
_YAML = YAML()
_GALLERY = ROOT / "templates" / "gallery"
_FORM = "前年度比と推移"


def city(folder: Path) -> Path:
    """Make two measures of the small city, with the year after begun in a form that prints the years before."""
    root = trimmed(copy_project(folder, FIXTURES / "small"), ("1-1", "1-2"))
    shutil.rmtree(root / "templates" / "gallery")
    shutil.copyfile(_GALLERY / _FORM / "sheet.docx", root / "templates" / "sheet.docx")
    shutil.copyfile(_GALLERY / _FORM / "form.yaml", root / "inputs" / YEAR / "form.yaml")
    with changed(root / "inputs" / YEAR / "form.yaml") as data:
        data["parts"] = ["contents", "sheets"]
    return begun(root)


@contextmanager
def changed(path: Path) -> Iterator[Any]:
    """Give what a file of the inputs says (nothing, where it is not there), to be changed."""
    data = _YAML.load(path.read_bytes()) if path.is_file() else {}
    yield data
    path.parent.mkdir(parents=True, exist_ok=True)
    _YAML.dump(data, path)


def year(root: Path, chance: Random) -> Path:
    """Return a year's inputs, mostly those of the evaluated one."""
    return root / "inputs" / chance.choice([NEXT, NEXT, NEXT, YEAR])


def _measure(root: Path, chance: Random) -> Path:
    found = sorted((year(root, chance) / "measures").glob("*.yaml"))
    return chance.choice(found) if found else root / "inputs" / NEXT / "measures" / "1-1.yaml"


def _figure(root: Path, chance: Random) -> None:
    with changed(chance.choice([_measure(root, chance), year(root, chance) / "goals.yaml"])) as data:
        for actuals in (data.get("actuals") or {}).values():
            actuals[chance.choice(["R2", "R3"])] = chance.choice(FIGURES)
            break


def _text(root: Path, chance: Random) -> None:
    with changed(_measure(root, chance)) as data:
        rows = [row for row in data.get("initiatives", []) if "repeat" not in row]
        holder = chance.choice([*rows, *rows, data])
        holder[chance.choice(["opinions", "response"] if holder is data else ["results", "evaluation", "name"])] = (
            chance.choice(TEXTS)
        )


def _row(root: Path, chance: Random) -> None:
    """Add, remove or move an initiative."""
    with changed(_measure(root, chance)) as data:
        rows = data.setdefault("initiatives", [])
        if rows and chance.random() < 0.5:
            rows.pop(chance.randrange(len(rows)))
        else:
            new = {"id": f"new{chance.randint(1, 3)}", "name": "新しい取組", "activities": ["講座"]}
            rows.insert(chance.randint(0, len(rows)), {**new, "results": "始めた。", "evaluation": "続ける。"})


def _strategy(of: str, key: str, *values: object) -> Edit:
    """Return an edit of one key of an entry of a list in strategy.yaml; None takes the key out."""

    def edit(root: Path, chance: Random) -> None:
        with changed(year(root, chance) / "strategy.yaml") as data:
            entry, value = chance.choice(data[of]), chance.choice(values)
            if value is None:
                entry.pop(key, None)
            else:
                entry[key] = value

    return edit


def _target(root: Path, chance: Random) -> None:
    with changed(year(root, chance) / "strategy.yaml") as data:
        chance.choice(data["indicators"])["targets"][chance.choice(["R2", "R3", "R6"])] = chance.choice(FIGURES)


def _report(root: Path, chance: Random) -> None:
    values = {"date": ("未定", "2022-08-01"), "edition": ("draft", "final"), "show_rates": (True, False)}
    values |= {"city": ("見本市", "試し市"), "division": ("企画課", "政策課"), "book_title": ("評価", "評価書")}
    with changed(year(root, chance) / "report.yaml") as data:
        key = chance.choice(sorted(values))
        data[key] = chance.choice(values[key])


def _scheme(root: Path, chance: Random) -> None:
    ready = chance.choice(["評点", "進捗率", "年度達成率"])
    with changed(year(root, chance) / "report.yaml") as data:
        if chance.random() < 0.3 or not isinstance(data["scheme"], dict):
            (root / "inputs" / "schemes").mkdir(exist_ok=True)
            shutil.copyfile(
                CITY / "inputs" / "schemes" / f"{ready}.yaml", root / "inputs" / "schemes" / f"{ready}.yaml"
            )
            data["scheme"] = ready
        else:
            data["scheme"]["decimals"] = chance.randint(0, 2)
            data["scheme"]["bands"][1] |= {"at_least": chance.randint(70, 90), "mark": chance.choice("▲△")}


def _ready_scheme(root: Path, chance: Random) -> None:
    for path in sorted((root / "inputs" / "schemes").glob("*.yaml")):
        with changed(path) as data:
            data["bands"][0]["label"] = chance.choice(["達成", "できた"])


def _form(root: Path, chance: Random) -> None:
    with changed(year(root, chance) / "form.yaml") as data:
        data["parts"] = [*chance.sample(PARTS, chance.randint(0, 3)), "sheets"]
        data["sheet"] = {"pages": chance.choice(["free", 2, 4])}
        data["rows"]["name"] = chance.choice(["主な取組", "主な事業"])


def _own_field(root: Path, chance: Random) -> None:
    """Enter a field of the city's own, or take it out."""
    own = {"id": "issues", "on": "measure", "name": "課題", "kind": "text", "writer": "department", "each_year": True}
    base, measure = year(root, chance), _measure(root, chance)
    with changed(base / "form.yaml") as data:
        data["fields"] = [one for one in data["fields"] if one["id"] != "issues"] + [own] * chance.randint(0, 1)
    with changed(measure) as data:
        data["issues"] = chance.choice(TEXTS)


def _opinions(root: Path, chance: Random) -> None:
    one = {"id": "desk", "text": "窓口が分かりにくい。", "answer": chance.choice(TEXTS), "handling": "反映した"}
    with changed(year(root, chance) / "opinions.yaml") as data:
        data["opinions"] = chance.choice([{"1-2": [one]}, {"all": [one]}, {"1-1": [one], "1-2": [one]}])


def _revisions(root: Path, chance: Random) -> None:
    one = {"indicator": "startups", "figure": "R6", "before": chance.randint(240, 250), "after": 260}
    with changed(year(root, chance) / "revisions.yaml") as data:
        data["revisions"] = [{**one, "date": "2021-10-01", "since": "R3", "reason": chance.choice(["拡充", "改定"])}]


def _audit(root: Path, chance: Random) -> None:
    with changed(year(root, chance) / "audit.yaml") as data:
        data["far_below"] = chance.randint(50, 90)
        data["silence"] = [{"id": "far-miss-unmentioned", "at": "measures/1-1.yaml", "reason": "確かめた"}]


def _words(root: Path, chance: Random) -> None:
    with changed(year(root, chance) / "words.yaml") as data:
        data["words"] = [{"spellings": chance.choice([["開いた", "続ける"], ["取組", "取り組み"]])}]


def _measure_added(root: Path, chance: Random) -> None:
    """Add a measure to the plan and its file, or one of them alone."""
    base, new = year(root, chance), f"1-{chance.randint(3, 4)}"
    if chance.random() < 0.8:
        with changed(base / "strategy.yaml") as data:
            data["measures"] = [
                *(one for one in data["measures"] if one["id"] != new),
                {**data["measures"][-1], "id": new},
            ]
    if chance.random() < 0.8:
        with changed(base / "measures" / f"{new}.yaml") as data:
            data |= {"measure": new, "actuals": {}, "initiatives": [], "opinions": "", "response": ""}


def _measure_gone(root: Path, chance: Random) -> None:
    base, gone = year(root, chance), chance.choice(["1-2", "1-3", "1-4"])
    with changed(base / "strategy.yaml") as data:
        data["measures"] = [one for one in data["measures"] if one["id"] != gone] or data["measures"]
    (base / "measures" / f"{gone}.yaml").unlink(missing_ok=True)


def _file_gone(root: Path, chance: Random) -> None:
    """Remove what may be missing; sometimes what may not."""
    may = ("opinions", "revisions", "audit", "words", "goals", "form", "measures/1-3", "measures/1-4", "measures/1-1")
    (year(root, chance) / f"{chance.choice(may)}.yaml").unlink(missing_ok=True)


def _file_beside(root: Path, chance: Random) -> None:
    name = chance.choice(["measures/memo.txt", "measures/1-1 - コピー.yaml", "1-1.yaml", "report.yml", "REPORT.YAML"])
    path = year(root, chance) / name
    if path.exists():
        path.unlink()
    else:
        path.write_text("measure: 1-1\n", encoding="utf-8")


def _spelt(root: Path, chance: Random) -> None:
    """Save a file in another way: line ends of Windows, a mark at its beginning, another encoding, half of it."""
    path = chance.choice(sorted(year(root, chance).rglob("*.yaml")))
    text = path.read_text(encoding="utf-8-sig")
    ways: tuple[bytes, ...] = (
        text.replace("\n", "\r\n").encode(),
        text.encode("utf-8-sig"),
        text.encode("cp932", "replace"),
        text[: len(text) // 2].encode(),
    )
    path.write_bytes(chance.choice(ways[:2] if chance.random() < 0.8 else ways[2:]))


def _year_before_gone(root: Path, chance: Random) -> None:
    """Take the year before away, or bring it back."""
    for name, to in ((YEAR, "控え"), ("控え", YEAR)):
        if (root / "inputs" / name).exists():
            (root / "inputs" / name).rename(root / "inputs" / to)
            return


def _template(edit: Callable[[Document, Random], object]) -> Edit:
    """Return an edit of a template in Word."""

    def edited(root: Path, chance: Random) -> None:
        names = ["sheet", "sheet", "contents", "summary", "cover", "targets"]
        path = root / "templates" / f"{chance.choice(names)}.docx"
        if path.is_file():
            document = docx.Document(str(path))
            edit(document, chance)
            document.save(str(path))

    return edited


def _coloured(document: Document, chance: Random) -> None:
    """Give the charts another colour."""
    name, styles = "グラフ 実績", document.styles
    style = styles[name] if name in [one.name for one in styles] else styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.font.color.rgb = RGBColor(chance.choice([0, 0x80]), 0, chance.choice([0, 0x80]))


def _pictured(document: Document, chance: Random) -> None:
    data = io.BytesIO()
    Image.new("RGB", (2, 2), (chance.choice([0, 255]), 0, 0)).save(data, "PNG")
    document.add_picture(io.BytesIO(data.getvalue()), Mm(5))


def _set_in(document: Document, chance: Random) -> None:
    """Set a paragraph in another typeface."""
    chance.choice(document.paragraphs).add_run("字").font.name = chance.choice(
        ["ＭＳ 明朝", "Arial", "BIZ UDPゴシック"]
    )


def _template_replaced(root: Path, chance: Random) -> None:
    """Put another sheet there, with its own time as copies keep it; or none: the program's stands in."""
    path = root / "templates" / chance.choice(["sheet.docx", "contents.docx", "summary.docx"])
    source = chance.choice([_GALLERY / _FORM / path.name, ROOT / "templates" / path.name, Path("/")])
    path.unlink(missing_ok=True)
    if source.is_file():
        shutil.copy2(source, path)


def _store(root: Path, chance: Random) -> None:
    """Lose or spoil some of what was kept, or leave what was used last."""
    files = sorted(path for path in (root / FOLDER).rglob("*") if path.is_file())
    if chance.random() < 0.3:
        Store(root).trim(sum(path.stat().st_size for path in files) // 2)
        return
    another = chance.choice(files).read_bytes() if files else b""
    for path in chance.sample(files, len(files) // 3):
        spoilt = chance.choice([None, b"", path.read_bytes()[:40], another])
        if spoilt is None:
            path.unlink()
        else:
            path.write_bytes(spoilt)


def _output(root: Path, chance: Random) -> None:
    """Remove something that was made."""
    if made := sorted(path for path in (root / "outputs").rglob("*.*") if path.suffix in (".pdf", ".docx", ".png")):
        chance.choice(made).unlink()


EDITS: dict[str, Edit] = {
    "figure": _figure,
    "text": _text,
    "row": _row,
    "target": _target,
    "baseline": _strategy("indicators", "baseline", {"year": "R1"}, {"year": "R1", "value": 150}),
    "note": _strategy("indicators", "note", "雇用保険", "年度末の数", None),
    "unit": _strategy("indicators", "unit", "件", "人", "%"),
    "direction": _strategy("indicators", "direction", "increase", "decrease", "maintain"),
    "decimals": _strategy("indicators", "decimals", 0, 1, 2),
    "name of an indicator": _strategy("indicators", "name", "就業者数", "創業した数"),
    "name of a measure": _strategy("measures", "name", "港の整備", "まちの整備"),
    "name of a goal": _strategy("goals", "name", "働くまち", "住むまち"),
    "department": _strategy("measures", "department", "港湾課", "商工課", ["商工課", "港湾課"]),
    "id of an indicator": _strategy("indicators", "id", "startups", "founders"),
    "shown indicators": _strategy("measures", "indicators", ["startups"], ["routes", "plan"], ["plan", "startups"]),
    "sdgs": _strategy("measures", "sdgs", [], [9], [9, 11]),
    "report": _report,
    "scheme": _scheme,
    "ready scheme": _ready_scheme,
    "form": _form,
    "own field": _own_field,
    "opinions": _opinions,
    "revisions": _revisions,
    "audit": _audit,
    "words": _words,
    "measure added": _measure_added,
    "measure gone": _measure_gone,
    "file gone": _file_gone,
    "file beside": _file_beside,
    "spelling of a file": _spelt,
    "year before": _year_before_gone,
    "template's text": _template(lambda document, chance: document.add_paragraph(f"様式{chance.randint(1, 3)}")),
    "template's colour": _template(_coloured),
    "template's picture": _template(_pictured),
    "template's typeface": _template(_set_in),
    "template replaced": _template_replaced,
    "store": _store,
    "output": _output,
}
"""By what they change."""


def mine(root: Path) -> dict[str, tuple[bytes, int]]:
    """Return all files that a clerk may edit, with their times (ns)."""
    paths = (path for name in ("inputs", "templates") for path in (root / name).rglob("*") if path.is_file())
    return {path.relative_to(root).as_posix(): (path.read_bytes(), path.stat().st_mtime_ns) for path in paths}


def restore(root: Path, files: dict[str, tuple[bytes, int]]) -> None:
    """Put files back as they were, with their times: a backup that is played back."""
    for name in ("inputs", "templates"):
        shutil.rmtree(root / name)
    for name, (data, time) in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        os.utime(path, ns=(time, time))


def untimed(root: Path, before: dict[str, tuple[bytes, int]]) -> None:
    """Give edited files the times that they had, as programs do that keep them."""
    for name, (_, time) in before.items():
        if (root / name).is_file():
            os.utime(root / name, ns=(time, time))
