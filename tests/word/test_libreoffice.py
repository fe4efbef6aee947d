"""A second program reads what we write: every number, every reference, and what of the provenance it saves."""

from __future__ import annotations

import re
import subprocess
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from tests.tools import require_tool
from tests.word.opened import edited
from tests.word.sample import ODD, long_contract, small_contract

from fe_contracts.document.tree import Paragraph, Reference, Table, blocks_of, plain_text
from fe_contracts.word import inspect, to_pdf, write

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from fe_contracts.document.tree import Contract
    from fe_contracts.word import HouseStyle

_CACHED = re.compile(
    r'( REF \w+ \\w \\h </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t[^>]*>)[^<]*'
)


def _printed(document: bytes, folder: Path) -> str:
    """Return the words on the pages, without headers, footers, capitals and more than one space in a row."""
    require_tool("libreoffice")
    pdftotext = require_tool("poppler")
    pdf = to_pdf(document, folder / "out.pdf")
    crop = ["-layout", "-x", "0", "-y", "66", "-W", "612", "-H", "670"]
    ran = subprocess.run([pdftotext, *crop, "-enc", "UTF-8", str(pdf), "-"], capture_output=True, check=True)
    return " ".join(ran.stdout.decode("utf-8").casefold().split())


def _numbered(contract: Contract) -> Iterator[str]:
    """Yield what is printed of every numbered heading and paragraph: its number and its words, references included."""
    for article in contract.articles:
        yield f"Article {article.number} {plain_text(article.title)}"
        for clause in article.clauses:
            yield f"{clause.number} {plain_text(clause.title)}"
            yield from _items(clause.blocks)
    for exhibit in contract.exhibits:
        yield f"Exhibit {exhibit.number} {plain_text(exhibit.title)}"
        for part in exhibit.parts:
            yield f"{part.number} {plain_text(part.title)}"
            yield from _items(part.blocks)


def _items(blocks: tuple[Paragraph | Table, ...]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Paragraph):
            words = f"{block.number} {plain_text(block.inlines)}"
            # a right-to-left word is printed, but the PDF gives its letters back in another order
            yield from (" ".join(piece.split()) for piece in words.split(ODD))


def _references(contract: Contract) -> int:
    return sum(
        isinstance(inline, Reference)
        for block in blocks_of(contract)
        if isinstance(block, Paragraph)
        for inline in block.inlines
    )


def _assert_in_order(wanted: Iterator[str], printed: str) -> None:
    place = printed.index("article 1 ", printed.index("exhibit b"))  # behind the contents
    for words in filter(None, wanted):
        found = printed.find(words.casefold(), place)
        assert found >= 0, f"{words!r} is not printed after {printed[place : place + 80]!r}"
        place = found


@pytest.mark.parametrize("make", [small_contract, long_contract])
def test_every_number_and_reference_is_printed_as_the_tree_says(
    make: object, style: HouseStyle, tmp_path: Path
) -> None:
    contract: Contract = make()  # type: ignore[operator]
    assert _references(contract) > 5
    _assert_in_order(_numbered(contract), _printed(write(contract, style), tmp_path))


def test_libreoffice_computes_the_references_itself(style: HouseStyle, tmp_path: Path) -> None:
    contract = small_contract()
    wrong = edited(write(contract, style), lambda xml: _CACHED.sub(r"\1WRONG", xml))
    printed = _printed(wrong, tmp_path)
    assert "wrong" not in printed
    _assert_in_order(_numbered(contract), printed)


def test_the_contents_list_every_number(plain: HouseStyle, tmp_path: Path) -> None:
    printed = _printed(write(small_contract(), plain), tmp_path)
    assert (
        "Contents Article 1 Services 1.1 Services & scope 1.2 What counts as success 1.3 Reserved Article 2 Money "
        "2.1 Budget Exhibit A Scope of services A.1 Work plan Exhibit B Rates B.1 Rates"
    ).casefold() in printed


def test_a_draft_is_printed_as_one(style: HouseStyle, tmp_path: Path) -> None:
    printed = _printed(write(replace(small_contract(), drafts=("FE-01@1.0.0",)), style), tmp_path)
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
