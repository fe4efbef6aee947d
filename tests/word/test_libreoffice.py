"""A second program reads what we write: every number, every reference, and what of the provenance it saves."""

from __future__ import annotations

import re
import subprocess
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from tests.tools import require_tool
from tests.word.opened import edited
from tests.word.printed import assert_in_order, numbered, pages_of, references
from tests.word.sample import long_contract, small_contract

from fe_contracts.word import inspect, write

if TYPE_CHECKING:
    from pathlib import Path

    from fe_contracts.document.tree import Contract
    from fe_contracts.word import HouseStyle

_CACHED = re.compile(
    r'( REF \w+ \\w \\h </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t[^>]*>)[^<]*'
)


@pytest.mark.parametrize("make", [small_contract, long_contract])
def test_every_number_and_reference_is_printed_as_the_tree_says(
    make: object, style: HouseStyle, tmp_path: Path
) -> None:
    contract: Contract = make()  # type: ignore[operator]
    assert references(contract) > 5
    assert_in_order(numbered(contract), pages_of(write(contract, style), tmp_path))


def test_libreoffice_computes_the_references_itself(style: HouseStyle, tmp_path: Path) -> None:
    contract = small_contract()
    wrong = edited(write(contract, style), lambda xml: _CACHED.sub(r"\1WRONG", xml))
    printed = pages_of(wrong, tmp_path)
    assert "wrong" not in printed
    assert_in_order(numbered(contract), printed)


def test_the_contents_list_every_number(plain: HouseStyle, tmp_path: Path) -> None:
    printed = pages_of(write(small_contract(), plain), tmp_path)
    assert (
        "Contents Article 1 Services 1.1 Services & scope 1.2 What counts as success 1.3 Reserved Article 2 Money "
        "2.1 Budget Exhibit A Scope of services A.1 Work plan Exhibit B Rates B.1 Rates"
    ).casefold() in printed


def test_a_draft_is_printed_as_one(style: HouseStyle, tmp_path: Path) -> None:
    printed = pages_of(write(replace(small_contract(), drafts=("FE-01@1.0.0",)), style), tmp_path)
    assert "draft" in printed
    assert "fe-01@1.0.0" in printed


def _saved_as(document: bytes, folder: Path, suffix: str, filter_name: str) -> Path:
    source = folder / "in.docx"
    source.write_bytes(document)
    return _converted(source, folder / "saved", suffix, filter_name)


def _converted(source: Path, folder: Path, suffix: str, filter_name: str) -> Path:
    """Return the file as LibreOffice saves it."""
    soffice = require_tool("libreoffice")
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    saving = ["--headless", "--convert-to", f"{suffix}:{filter_name}", "--outdir", str(folder)]
    subprocess.run([soffice, profile, *saving, str(source)], capture_output=True, check=True, timeout=120)
    return folder / f"in.{suffix}"


def test_provenance_survives_a_save_in_libreoffice(style: HouseStyle, tmp_path: Path) -> None:
    document = write(small_contract(), style)
    before, after = inspect(document), inspect(_saved_as(document, tmp_path, "docx", "MS Word 2007 XML"))
    assert [(item.name, item.title) for item in after.clauses] == [(item.name, item.title) for item in before.clauses]
    assert {item.found_by.value for item in after.clauses} <= {"tag", "bookmark"}
    assert all(item.matches for item in after.clauses)
    assert after.manifest == before.manifest


def test_a_file_that_was_an_odt_is_read_against_the_manifest_that_was_kept(plain: HouseStyle, tmp_path: Path) -> None:
    document = write(small_contract(), plain)
    odt = _saved_as(document, tmp_path, "odt", "writer8")
    back = _converted(odt, tmp_path / "back", "docx", "MS Word 2007 XML")
    assert inspect(back).manifest is None
    after = inspect(back, manifest=inspect(document).manifest)
    assert {item.found_by.value for item in after.clauses} == {"bookmark"}
    assert all(item.matches for item in after.clauses)


def test_an_edit_saved_in_libreoffice_is_still_told(plain: HouseStyle, tmp_path: Path) -> None:
    document = edited(write(small_contract(), plain), lambda xml: xml.replace("within 30 days", "within 90 days"))
    after = inspect(_saved_as(document, tmp_path, "docx", "MS Word 2007 XML"))
    assert [item.name for item in after.changed] == ["FE-01 1.0.0"]
