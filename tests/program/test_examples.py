"""Every example, from its file to the printed page, judged by programs that are not ours."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest
from lxml import etree
from openxml_audit import OpenXmlValidator
from tests.tools import require_tool
from tests.word.opened import parts_of, visible_text, xml_of
from tests.word.printed import assert_in_order, numbered, pages_of, references

from fe_contracts import AssembledContract, assemble, inspect, load_catalog, load_spec
from fe_contracts.document.structure import STRUCTURE
from fe_contracts.document.tree import OriginKind, Paragraph, Table, blocks_of, plain_text, texts_of
from fe_contracts.word import lint
from fe_contracts.word.xml import w

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ("pilot", "south-bend", "rider", "coc-rapid-rehousing", "esg-prevention")
STYLES = ("plain", "civic")


@cache
def assembled(example: str) -> AssembledContract:
    """Return an example as a contract."""
    return assemble(load_spec(ROOT / "examples" / f"{example}.yaml"), load_catalog(ROOT / "clause_library"))


@cache
def written(example: str, style: str) -> bytes:
    """Return an example as a Word file."""
    return assembled(example).to_bytes(style)


@pytest.fixture(params=[(example, style) for example in EXAMPLES for style in STYLES], ids="-".join)
def made(request: pytest.FixtureRequest) -> tuple[str, str]:
    """Each example in each house style."""
    pair: tuple[str, str] = request.param
    return pair


def test_the_open_xml_sdk_finds_nothing(made: tuple[str, str], tmp_path: Path) -> None:
    validator = require_tool("ooxml-validator")
    path = tmp_path / "contract.docx"
    path.write_bytes(written(*made))
    ran = subprocess.run([validator, str(path)], capture_output=True, text=True, check=False, timeout=120)
    assert json.loads(ran.stdout)["errors"] == []


def test_openxml_audit_finds_nothing(made: tuple[str, str], tmp_path: Path) -> None:
    path = tmp_path / "contract.docx"
    path.write_bytes(written(*made))
    assert [str(error) for error in OpenXmlValidator().validate(path).errors] == []


def test_our_own_lint_finds_nothing(made: tuple[str, str]) -> None:
    assert [str(finding) for finding in lint(written(*made))] == []


def test_libreoffice_prints_every_number_and_reference_as_the_tree_says(made: tuple[str, str], tmp_path: Path) -> None:
    contract = assembled(made[0]).contract
    assert references(contract) >= 20
    assert_in_order(numbered(contract), pages_of(written(*made), tmp_path))


def test_the_same_bytes_come_from_another_process_with_other_hashes(made: tuple[str, str]) -> None:
    program = (
        "import sys, hashlib; from fe_contracts import assemble, load_catalog, load_spec; "
        "spec, library, style = sys.argv[1:]; "
        "made = assemble(load_spec(spec), load_catalog(library)).to_bytes(style); "
        "print(hashlib.sha256(made).hexdigest())"
    )
    arguments = [str(ROOT / "examples" / f"{made[0]}.yaml"), str(ROOT / "clause_library"), made[1]]
    digests = {
        subprocess.run(
            [sys.executable, "-c", program, *arguments],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()
        for seed in ("1", "2")
    }
    assert len(digests) == 1


def test_the_file_holds_every_paragraph_of_the_tree_and_no_other_text(made: tuple[str, str]) -> None:
    contract = assembled(made[0]).contract
    body = xml_of(written(*made)).find(w("body"))
    in_controls = [
        visible_text(paragraph).strip("\n")
        for control in body.findall(w("sdt"))
        if (tag := control.find(f"{w('sdtPr')}/{w('tag')}")) is not None
        and tag.get(w("val"), "").startswith(("clause:", "part:"))
        for paragraph in control.iter(w("p"))
    ]
    wanted: list[str] = []
    for owner in contract.numbered:
        wanted.append(plain_text(owner.title))
        for block in owner.blocks:
            if isinstance(block, Paragraph):
                wanted.append(plain_text(block.inlines))
            else:
                wanted += [plain_text(column.title) for column in block.columns]
                wanted += [plain_text(cell) for row in block.rows for cell in row.cells]
    assert sorted(in_controls) == sorted(wanted)


def test_no_character_is_without_origin(made: tuple[str, str]) -> None:
    contract = assembled(made[0]).contract
    pins = {f"{item.clause_id}@{item.version}" for item in contract.numbered if item.version}
    without = 0
    for block in blocks_of(contract):
        for text in texts_of(block):
            origin = text.origin
            match origin.kind:
                case OriginKind.WORDING:
                    known = origin.source in pins
                case OriginKind.PARAMETER:
                    known = origin.source.partition("/")[0] in pins
                case OriginKind.STRUCTURE:
                    known = STRUCTURE.get(origin.source) == text.text
            without += 0 if known else len(text.text)
    assert without == 0


def test_tables_have_a_header_row_that_repeats(made: tuple[str, str]) -> None:
    contract = assembled(made[0]).contract
    tables = [block for block in blocks_of(contract) if isinstance(block, Table)]
    root = xml_of(written(*made))
    repeating = [row for row in root.iter(w("tr")) if row.find(f"{w('trPr')}/{w('tblHeader')}") is not None]
    assert len(repeating) >= len(tables) > 5


def test_no_number_is_typed(made: tuple[str, str]) -> None:
    contract = assembled(made[0]).contract
    root = xml_of(written(*made))
    numbered_items = [block for block in blocks_of(contract) if isinstance(block, Paragraph) and block.number]
    assert len(numbered_items) > 100
    typed = [
        visible_text(item) for item in root.iter(w("p")) if visible_text(item).startswith(("(a) ", "1.1 ", "(i) "))
    ]
    assert typed == []


def test_every_part_is_well_formed(made: tuple[str, str]) -> None:
    for name, content in parts_of(written(*made)).items():
        if name.endswith((".xml", ".rels")):
            etree.fromstring(content)


def test_inspect_reads_back_what_was_put_in(made: tuple[str, str]) -> None:
    contract = assembled(made[0]).contract
    found = inspect(written(*made))
    assert {item.name for item in found.clauses} >= {f"{item.instance} {item.version}" for item in contract.clauses}
    assert all(item.matches for item in found.clauses)
