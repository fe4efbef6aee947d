"""Each lint finds what it is for, and finds nothing in what we write."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from tests.word.opened import edited
from tests.word.sample import long_contract

from fe_contracts.word import lint, write

if TYPE_CHECKING:
    from fe_contracts.document.tree import Contract
    from fe_contracts.word import HouseStyle

_BEGIN, _SEPARATE, _END = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end"))
_PICTURE = (
    '<w:p><w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing">'
    '<wp:docPr id="1" name="Logo"/></wp:inline></w:drawing></w:r></w:p>'
)


def _codes(document: bytes) -> set[str]:
    return {finding.code for finding in lint(document)}


def _last(xml: str, old: str, new: str) -> str:
    before, found, after = xml.rpartition(old)
    assert found
    return f"{before}{new}{after}"


def test_nothing_is_found_in_what_we_write(contract: Contract, style: HouseStyle) -> None:
    assert lint(write(contract, style)) == ()
    assert lint(write(long_contract(), style)) == ()


@pytest.mark.parametrize(
    ("code", "old", "new"),
    [
        ("DOCX010", _BEGIN, ""),
        ("DOCX011", _SEPARATE, _SEPARATE * 2),
        ("DOCX012", _END, ""),
        ("DOCX020", '<w:bookmarkEnd w:id="3"/>', ""),
        ("DOCX021", 'w:name="FE_02"', 'w:name="FE_01"'),
        ("DOCX022", '<w:bookmarkStart w:id="3"', '<w:bookmarkStart w:id="2"'),
        ("DOCX023", "<w:sectPr>", '<w:bookmarkEnd w:id="99"/><w:sectPr>'),
        ("DOCX030", '<w:id w:val="3"/>', '<w:id w:val="2"/>'),
        ("DOCX040", " REF FE_02 ", " REF FE_99 "),
        ("DOCX041", 'w:anchor="FE_02"', 'w:anchor="FE_99"'),
        ("DOCX050", '<w:pStyle w:val="Heading1"/>', '<w:pStyle w:val="Normal"/>'),
        ("DOCX051", "Services &amp; scope</w:t></w:r><w:bookmarkEnd", "</w:t></w:r><w:bookmarkEnd"),
        ("DOCX060", "<w:sectPr>", f"{_PICTURE}<w:sectPr>"),
        ("DOCX061", "<w:sectPr>", "<w:p><w:r><w:txbxContent/></w:r></w:p><w:sectPr>"),
        ("DOCX070", ' xml:space="preserve">. It gives', ">. It gives"),
        ("DOCX080", "<w:tblHeader/>", ""),
    ],
)
def test_each_fault_is_found(written: bytes, code: str, old: str, new: str) -> None:
    assert code in _codes(edited(written, lambda xml: xml.replace(old, new)))


def test_a_control_without_content_is_found(written: bytes) -> None:
    assert "DOCX031" in _codes(
        edited(written, lambda xml: xml.replace("<w:sectPr>", "<w:sdt><w:sdtPr/></w:sdt><w:sectPr>"))
    )


def test_a_table_without_title_is_found(written: bytes) -> None:
    assert "DOCX081" in _codes(edited(written, lambda xml: re.sub(r"<w:tblCaption [^>]*/>", "", xml)))


def test_a_document_without_title_or_language_is_found(written: bytes) -> None:
    assert _codes(edited(written, lambda xml: re.sub(r"<dc:title>.*?</dc:title>", "", xml), "docProps/core.xml")) == {
        "DOCX090"
    }
    assert _codes(edited(written, lambda xml: re.sub(r"<w:lang [^>]*/>", "", xml), "word/styles.xml")) == {"DOCX091"}


def test_a_field_split_over_runs_is_put_together(written: bytes) -> None:
    split = ' REF FE</w:instrText></w:r><w:r><w:instrText xml:space="preserve">_02 '
    assert _codes(edited(written, lambda xml: xml.replace(" REF FE_02 ", split))) == set()
    simple = '<w:p><w:fldSimple w:instr=" REF FE_99 \\h "><w:r><w:t>x</w:t></w:r></w:fldSimple></w:p><w:sectPr>'
    assert _codes(edited(written, lambda xml: _last(xml, "<w:sectPr>", simple))) == {"DOCX040"}
