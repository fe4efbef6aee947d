"""A house style that this program did not make: python-docx's own template, with its leftovers, as a city's file."""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING

import docx
import pytest
from docx.oxml import OxmlElement
from openxml_audit import OpenXmlValidator
from tests.word.opened import edited, part_text, parts_of, visible_text, xml_of, zipped

from fe_contracts.word import inspect, lint, load_house_style, write
from fe_contracts.word.xml import w

if TYPE_CHECKING:
    from pathlib import Path

    from fe_contracts.document.tree import Contract


@pytest.fixture(scope="module")
def foreign() -> bytes:
    """Return a Word file with title, marker, signature table and tags in header and properties."""
    document = docx.Document()
    document.add_heading("{{ contract.title }}", 0)
    document.add_paragraph("{%p for fact in cover %}")
    document.add_paragraph("{{ fact.label }}: {{ fact.value }}", style="List Bullet")
    document.add_paragraph("{%p endfor %}")
    document.add_paragraph("{{ contract_body }}")
    table = document.add_table(rows=3, cols=2)
    table.cell(0, 0).text = "{%tr for signer in signatories %}"
    table.cell(1, 0).text, table.cell(1, 1).text = "{{ signer.name }}", "{{ signer.organization }}"
    table.cell(2, 0).text = "{%tr endfor %}"
    document.sections[0].header.paragraphs[0].text = "{{ city }}"
    document.core_properties.title = "Agreement {{ contract.id }}"
    document.core_properties.keywords = "financial empowerment"
    document.core_properties.author = "Somebody who left long ago"
    target = BytesIO()
    document.save(target)
    return target.getvalue()


def test_it_can_be_used(foreign: bytes, settled: Contract) -> None:
    style = load_house_style(foreign)
    assert "Clause Item 1" in style.lent
    assert "heading 1" not in style.lent
    document = write(settled, style)
    body = visible_text(xml_of(document))
    assert body.lstrip().startswith(settled.title)
    assert "Contract number: SAMPLE-2027-014" in body
    assert "Marcus Oyelaran" in body
    assert all(item.matches for item in inspect(document).clauses)


def test_it_passes_the_audit_and_the_lint(foreign: bytes, contract: Contract, tmp_path: Path) -> None:
    document = write(contract, load_house_style(foreign))
    (tmp_path / "made.docx").write_bytes(document)
    assert [str(error) for error in OpenXmlValidator().validate(tmp_path / "made.docx").errors] == []
    # the signature table is the house style's own
    assert lint_codes(document) <= {"DOCX080", "DOCX081"}


def test_its_leftovers_stay_behind(foreign: bytes, contract: Contract) -> None:
    assert "word/stylesWithEffects.xml" in parts_of(foreign)
    document = write(contract, load_house_style(foreign))
    assert not [name for name in parts_of(document) if "Effects" in name or "thumbnail" in name]
    for part in ("[Content_Types].xml", "_rels/.rels", "word/_rels/document.xml.rels"):
        assert "Effects" not in part_text(document, part)
        assert "thumbnail" not in part_text(document, part)
    assert parts_of(document)["customXml/item1.xml"] == parts_of(foreign)["customXml/item1.xml"]
    assert "urn:fe-contracts" in part_text(document, "customXml/item2.xml")


def test_its_properties_are_those_with_tags_and_none_of_its_author(foreign: bytes, contract: Contract) -> None:
    core = part_text(write(contract, load_house_style(foreign)), "docProps/core.xml")
    assert "<dc:title>Agreement SAMPLE-2027-014</dc:title>" in core
    assert "<cp:keywords>financial empowerment</cp:keywords>" in core
    assert "<dc:creator>City of Riverton</dc:creator>" in core


def test_headings_lose_numbering_of_their_own(foreign: bytes, contract: Contract) -> None:
    name = '<w:name w:val="heading 1"/>'
    own = f'{name}<w:pPr><w:numPr><w:numId w:val="3"/></w:numPr></w:pPr>'
    document = edited(foreign, lambda xml: xml.replace(name, own), "word/styles.xml")
    styles = xml_of(write(contract, load_house_style(document)), "word/styles.xml")
    heading = next(item for item in styles.iter(w("style")) if item.find(w("name")).get(w("val")) == "heading 1")
    assert len(heading.findall(f".//{w('numPr')}")) == 1


def test_a_section_break_on_the_marker_is_kept(foreign: bytes, settled: Contract) -> None:
    document = docx.Document(BytesIO(foreign))
    marker = next(paragraph for paragraph in document.paragraphs if "contract_body" in paragraph.text)
    marker._p.get_or_add_pPr().append(OxmlElement("w:sectPr"))
    target = BytesIO()
    document.save(target)
    root = xml_of(write(settled, load_house_style(target.getvalue())))
    assert len(list(root.iter(w("sectPr")))) == 2


def test_bookmarks_on_the_marker_are_kept(foreign: bytes, contract: Contract) -> None:
    marker = "<w:r><w:t>{{ contract_body }}</w:t></w:r>"
    marked = f'<w:bookmarkStart w:id="5" w:name="Start_of_terms"/>{marker}<w:bookmarkEnd w:id="5"/>'
    document = edited(foreign, lambda xml: xml.replace(marker, marked))
    written = write(contract, load_house_style(document))
    assert 'w:name="Start_of_terms"' in part_text(written)
    assert lint_codes(written) <= {"DOCX080", "DOCX081"}


def lint_codes(document: bytes) -> set[str]:
    return {finding.code for finding in lint(document)}


def test_a_house_style_without_settings_gets_them(foreign: bytes, contract: Contract) -> None:
    parts = {name: data for name, data in parts_of(foreign).items() if name != "word/settings.xml"}
    document = edited(
        zipped(parts),
        lambda xml: re.sub(r'<Relationship [^>]*Target="settings\.xml"[^>]*/>', "", xml),
        "word/_rels/document.xml.rels",
    )
    written = write(contract, load_house_style(document))
    assert "compatibilityMode" in part_text(written, "word/settings.xml")
    assert "/word/settings.xml" in part_text(written, "word/_rels/document.xml.rels")
