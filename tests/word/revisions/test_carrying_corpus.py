"""Real documents, carried into each other: what arrives is what was there, and validators find nothing new."""

from __future__ import annotations

import hashlib
import json
import subprocess
from typing import TYPE_CHECKING

import pytest
from tests.tools import corpus, require_tool
from tests.word.revisions.carried import Sides, carry_everything, of

from fe_contracts.word.revisions.carrying_styles import STYLE_REFERENCES
from fe_contracts.word.revisions.editable import EditablePackage
from fe_contracts.word.xml import OFFICE_REL, w

if TYPE_CHECKING:
    from pathlib import Path

_PAIRS = [
    "WC012-Math-Before__WC012-Math-After",
    "WC014-SmartArt-With-Image-Before__WC014-SmartArt-With-Image-After",
    "WC017-Image__WC017-Image-After",
    "WC019-Hyperlink-Before__WC019-Hyperlink-After-2",
    "WC035-Endnote-Before__WC035-Endnote-After",
    "WC035-Footnote-After__WC035-Footnote-Before",
    "WC044-Text-Box__WC044-Text-Box-Mod",
    "WC062-New-Char-Style-Added__WC062-New-Char-Style-Added-Mod",
]
_STRANGERS = [
    ("odd-files/WordWithAttachments.docx", "contracts/common-paper-csa-with-sla.docx"),
    ("odd-files/ComplexNumberedLists.docx", "contracts/bonterms-mutual-nda.docx"),
    ("contracts/USDS-HowTo8a.docx", "odd-files/stress006.docx"),
    ("contracts/DigitalServiceSOO.docx", "odd-files/NoHeadFoot.docx"),
]
_SHARED = {"word/styles.xml", "word/numbering.xml", "[Content_Types].xml", "word/settings.xml"}


@pytest.fixture(params=[*(f"{pair}/{turn}" for pair in _PAIRS for turn in ("on", "back")), *map(str, range(4))])
def files(request: pytest.FixtureRequest) -> tuple[Path, Path]:
    """A real old document and a real new one."""
    pair, _, turn = request.param.partition("/")
    if not turn:
        old, new = _STRANGERS[int(pair)]
        return corpus("odd-files").parent / old, corpus("odd-files").parent / new
    folder = corpus("pairs") / pair
    names = ("before.docx", "after.docx") if turn == "on" else ("after.docx", "before.docx")
    return folder / names[0], folder / names[1]


def _opened(files: tuple[Path, Path]) -> Sides:
    return of(EditablePackage.open(files[0]), EditablePackage.open(files[1]))


def _targets(package: EditablePackage) -> set[str]:
    """Return what the text of a document points at: addresses, and digests of parts without relationships."""
    body = package.tree(package.main)[-1]
    relations = package.relations(package.main)
    used = {str(v) for n in body.iter() for k, v in n.items() if str(k).startswith(f"{{{OFFICE_REL}}}") and v}
    found = set()
    for relation in (relations[rel_id] for rel_id in used):
        if relation.external:
            found.add(relation.target)
        elif relation.kind.rpartition("/")[2] not in {"header", "footer", "diagramData"}:
            found.add(hashlib.sha256(package.parts[relation.target]).hexdigest())
    return found


def test_what_text_points_at_arrives(files: tuple[Path, Path]) -> None:
    both = _opened(files)
    body = both.old.tree(both.old.main)[-1]
    for section in body.findall(w("sectPr")):
        body.remove(section)
    wanted = _targets(both.old)
    carry_everything(both)
    assert wanted <= _targets(both.again())


def test_no_style_and_no_list_goes_undefined(files: tuple[Path, Path]) -> None:
    both = _opened(files)
    before = _undefined(both.old) + _undefined(both.new)
    carry_everything(both)
    assert _undefined(both.again()) == before


def _undefined(package: EditablePackage) -> int:
    """Return how many references of the text to styles and lists lead to none."""
    found = 0
    kinds = {"styles": (("style", "styleId"), STYLE_REFERENCES), "numbering": (("num", "numId"), (w("numId"),))}
    for kind, ((tag, name), references) in kinds.items():
        part = package.related(package.main, kind)
        defined = {item.get(w(name)) for item in package.tree(part).iter(w(tag))} if part else set()
        used = [item.get(w("val")) for item in package.tree(package.main).iter(*references)]
        found += sum(value not in defined and value != "0" for value in used)
    return found


def test_carrying_twice_gives_the_same_file(files: tuple[Path, Path]) -> None:
    made = []
    for _ in range(2):
        both = _opened(files)
        carry_everything(both)
        made.append(both.new.to_bytes())
    assert made[0] == made[1]


def test_parts_of_the_new_document_stay_as_they_were(files: tuple[Path, Path]) -> None:
    both = _opened(files)
    before = dict(both.new.parts)
    notes = {both.new.related(both.new.main, kind) for kind in ("footnotes", "endnotes")}
    carry_everything(both)
    after = both.again().parts
    changed = {name for name, data in before.items() if after[name] != data}
    assert {name for name in changed if not name.endswith(".rels")} <= _SHARED | notes | {both.new.main}


def test_the_open_xml_sdk_finds_nothing_new(files: tuple[Path, Path], tmp_path: Path) -> None:
    validator = require_tool("ooxml-validator")

    def errors(path: Path) -> set[str]:
        ran = subprocess.run([validator, str(path)], capture_output=True, text=True, check=False, timeout=120)
        return {error["description"] for error in json.loads(ran.stdout)["errors"]}

    both = _opened(files)
    carry_everything(both)
    both.carrier.review()
    made = tmp_path / "carried.docx"
    made.write_bytes(both.new.to_bytes())
    assert errors(made) - errors(files[0]) - errors(files[1]) == set()
