"""What a written contract holds: text, numbers, references, tables, provenance, properties; and what is refused."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from tests.word.opened import NS, part_text, parts_of, visible_text, xml_of
from tests.word.sample import ODD, long_contract, small_contract, text, value

import fe_contracts
from fe_contracts.document.structure import STRUCTURE
from fe_contracts.document.tree import Article, Clause, Paragraph, Reference, Role, Table, Text, Value, plain_text
from fe_contracts.exceptions import AssemblyError
from fe_contracts.word import inspect, write
from fe_contracts.word.manifest import MANIFEST_NAMESPACE
from fe_contracts.word.numbering import BODY, EXHIBITS
from fe_contracts.word.xml import w

if TYPE_CHECKING:
    from fe_contracts.document.tree import Block, Contract
    from fe_contracts.word import HouseStyle


def _with_blocks(contract: Contract, *blocks: Block) -> Contract:
    clause = Clause("FE-01", "FE-01", "1.0.0", "1.1", (text("Title"),), "FE_01", blocks)
    article = Article("a", "1", (text("Article"),), "Article_a", (clause,))
    return replace(contract, articles=(article,), exhibits=(), confirmations=())


def _squeezed(words: str) -> str:
    return " ".join(words.split())


def _clause_xml(document: bytes, tag: str) -> Any:
    found = xml_of(document).xpath(f"//w:sdt[w:sdtPr/w:tag/@w:val='{tag}']/w:sdtContent", namespaces=NS)
    assert len(found) == 1
    return found[0]


def test_every_block_of_every_clause_stands_in_its_control(contract: Contract, style: HouseStyle) -> None:
    document = write(contract, style)
    for clause in contract.clauses:
        if clause.reserved:
            continue
        inside = _squeezed(visible_text(_clause_xml(document, f"clause:{clause.instance}@{clause.version}")))
        expected = [plain_text(clause.title)]
        for block in clause.blocks:
            if isinstance(block, Table):
                expected += [plain_text(column.title) for column in block.columns]
                expected += [plain_text(cell) for row in block.rows for cell in row.cells]
            else:
                expected.append(plain_text(block.inlines))
        assert inside == _squeezed(" ".join(expected))


def test_a_part_and_a_reserved_section_have_controls_of_their_own(written: bytes) -> None:
    assert "First step." in visible_text(_clause_xml(written, "part:FE-01@1.0.0:scope"))
    assert _squeezed(visible_text(_clause_xml(written, "reserved:FE-03"))) == STRUCTURE["reserved"]


def test_no_number_is_typed(written: bytes, contract: Contract) -> None:
    headings = {"Heading1", "Heading2", "ExhibitHeading", "ExhibitSection"}
    titles = {
        *(plain_text(article.title) for article in contract.articles),
        *(plain_text(clause.title) for clause in contract.clauses),
        *(plain_text(exhibit.title) for exhibit in contract.exhibits),
        *(plain_text(part.title) for part in contract.parts),
    }
    for paragraph in xml_of(written).iter(w("p")):
        named = paragraph.find("w:pPr/w:pStyle", NS)
        if named is not None and named.get(w("val")) in headings:
            assert visible_text(paragraph).strip() in titles


def test_the_lists_are_bound_to_the_styles(written: bytes, plain: HouseStyle) -> None:
    styles, numbering = xml_of(written, "word/styles.xml"), xml_of(written, "word/numbering.xml")
    abstracts = {item.get(w("abstractNumId")): item for item in numbering.iter(w("abstractNum"))}
    numbers = {
        item.get(w("numId")): abstracts[item.find("w:abstractNumId", NS).get(w("val"))]
        for item in numbering.iter(w("num"))
    }
    for levels in (BODY, EXHIBITS):
        bound = set()
        for place, level in enumerate(levels):
            style_id = plain.style_ids[level.style]
            binding = styles.find(f"w:style[@w:styleId='{style_id}']/w:pPr/w:numPr", NS)
            assert binding is not None
            assert binding.findtext("w:ilvl", "", NS) == ""
            depth = binding.find("w:ilvl", NS)
            assert (depth.get(w("val")) if depth is not None else "0") == str(place)
            number = binding.find("w:numId", NS).get(w("val"))
            drawn = numbers[number].find(f"w:lvl[@w:ilvl='{place}']", NS)
            assert drawn.find("w:pStyle", NS).get(w("val")) == style_id
            assert drawn.find("w:lvlText", NS).get(w("val")) == level.text
            bound.add(number)
        assert len(bound) == 1


def test_references_are_fields_with_the_number_cached(written: bytes) -> None:
    xml = part_text(written)
    for target, number in (("FE_02", "1.2"), ("FE_01__adults", "1.1(b)(i)(A)"), ("Exhibit_scope", "Exhibit A")):
        assert (
            f" REF {target} \\w \\h </w:instrText></w:r>"
            '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
            f'<w:r><w:t xml:space="preserve">{number}</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
        ) in xml
        assert f'w:name="{target}"' in xml


def test_the_contents_link_every_heading_and_show_no_page_number(written: bytes, contract: Contract) -> None:
    links = xml_of(written).findall(".//w:hyperlink", NS)
    shown = [(link.get(w("anchor")), "".join(link.itertext())) for link in links]
    assert shown[0] == ("Article_services", "Article 1Services")
    assert ("FE_02", "1.2What counts as success") in shown
    assert ("Exhibit_rates", "Exhibit BRates") in shown
    assert len(shown) == sum(
        (len(contract.articles), len(contract.clauses), len(contract.exhibits), len(contract.parts))
    )
    assert 'TOC \\o "1-2" \\n \\h \\z \\u' in visible_instructions(written)
    assert "updateFields" not in part_text(written, "word/settings.xml")


def visible_instructions(document: bytes) -> str:
    return "".join(item.text or "" for item in xml_of(document).iter(w("instrText")))


def test_a_table_repeats_its_header_and_breaks_no_row(written: bytes) -> None:
    table = xml_of(written).xpath("//w:tbl[w:tblPr/w:tblCaption[starts-with(@w:val, 'Budget by')]]", namespaces=NS)[0]
    rows = table.findall("w:tr", NS)
    assert rows[0].find("w:trPr/w:tblHeader", NS) is not None
    assert all(row.find("w:trPr/w:cantSplit", NS) is not None for row in rows)
    assert table.find("w:tblPr/w:tblCaption", NS).get(w("val")) == 'Budget by line, with "amount" & source'
    assert table.find("w:tblPr/w:tblDescription", NS).get(w("val")) == "Budget line, Amount, Source"
    assert not table.findall(".//w:gridSpan", NS)
    assert not table.findall(".//w:vMerge", NS)
    amounts = {row.findall("w:tc", NS)[1].find("w:p/w:pPr/w:pStyle", NS).get(w("val")) for row in rows[1:]}
    assert amounts == {"TableNumber"}
    assert all(run.find("w:rPr/w:b", NS) is not None for run in rows[-1].iter(w("r")))
    widths = [int(column.get(w("w"))) for column in table.findall("w:tblGrid/w:gridCol", NS)]
    assert sum(widths) == int(table.find("w:tblPr/w:tblW", NS).get(w("w")))


def test_two_tables_in_a_row_stay_two(written: bytes) -> None:
    for table in xml_of(written).iter(w("tbl")):
        following = table.getnext()
        assert following is None or following.tag != w("tbl")


def test_every_value_stands_in_a_control_with_its_name(written: bytes) -> None:
    root = xml_of(written)
    found = {
        (item.find("w:sdtPr/w:tag", NS).get(w("val")), visible_text(item.find("w:sdtContent", NS)))
        for item in root.iter(w("sdt"))
        if item.find("w:sdtPr/w:tag", NS) is not None
        and item.find("w:sdtPr/w:tag", NS).get(w("val")).startswith("param:")
    }
    assert ("param:FE-01/session_minutes", "45 minutes") in found
    assert ("param:FE-01/agency_name", ODD) in found
    assert ("param:FIN-01/budget", "$18,400.50") in found
    assert ("param:FE-02/points", "[CONFIRM: 35 points]") in found


def test_control_ids_are_small_and_unique_and_hidden(written: bytes) -> None:
    root = xml_of(written)
    ids = [int(item.get(w("val"), "0")) for item in root.findall(".//w:sdtPr/w:id", NS)]
    assert sorted(ids) == list(range(1, len(ids) + 1))
    tagged = root.xpath("//w:sdtPr[w:tag]", namespaces=NS)
    assert tagged
    assert all(item.find("w15:appearance", NS) is not None for item in tagged)


def test_a_pending_value_is_marked_and_listed_on_the_confirmation_page(written: bytes) -> None:
    root = xml_of(written)
    marked = root.xpath("//w:r[w:rPr/w:rStyle/@w:val='ToConfirm']", namespaces=NS)
    assert "".join(visible_text(run) for run in marked) == "[CONFIRM: 35 points]"
    body = visible_text(root)
    assert body.index(STRUCTURE["confirm_heading"]) < body.index(STRUCTURE["contents"])
    assert "Whether 35 points is the rise that the city's funder counts." in body


def test_a_draft_says_so_on_cover_header_and_first_page(contract: Contract, style: HouseStyle) -> None:
    reason = "FE-01@1.0.0 is not published."
    document = write(replace(contract, drafts=(reason,)), style)
    assert "DRAFT" in part_text(document, "word/header_default.xml")
    body = visible_text(xml_of(document))
    assert "DRAFT" in body.partition(contract.title)[0]
    assert reason in body
    assert "DRAFT" not in visible_text(xml_of(write(contract, style)))
    assert "DRAFT" not in part_text(write(contract, style), "word/header_default.xml")


def test_signatories_and_form_approval_are_on_the_signature_page(contract: Contract, style: HouseStyle) -> None:
    body = visible_text(xml_of(write(contract, style)))
    for words in (
        "Dana Whitfield",
        "Ordinance 2026-118",
        "R\u00e9gine Alvarez",
        "Approved as to form",
        "City Attorney",
    ):
        assert words in body
    unapproved = visible_text(xml_of(write(replace(contract, form_approval=""), style)))
    assert "Approved as to form" not in unapproved


def test_notices_are_on_the_cover(contract: Contract, style: HouseStyle) -> None:
    body = visible_text(xml_of(write(contract, style)))
    cover = body.partition(STRUCTURE["contents"])[0]
    assert all(notice in cover for notice in contract.notices)


def test_what_is_to_be_confirmed_stands_on_the_first_page_before_the_cover(
    contract: Contract, style: HouseStyle
) -> None:
    root = xml_of(write(contract, style))
    first, *others = root.iter(w("sectPr"))
    before, body = [], root.find(w("body"))
    for block in body:
        before.append(visible_text(block))
        if first in list(block.iter()):
            break
    assert "".join(before).strip().startswith(STRUCTURE["confirm_heading"])
    assert all(item.what in "".join(before) for item in contract.confirmations)
    assert contract.title not in "".join(before)
    assert first.find(w("headerReference")) is None, "the cover's header is the cover's"
    sizes = [section.find(w("pgSz")).get(w("w")) for section in (first, others[-1])]
    assert sizes[0] == sizes[1]


def test_nothing_stands_before_the_cover_where_nothing_is_to_be_confirmed(settled: Contract, style: HouseStyle) -> None:
    body = visible_text(xml_of(write(settled, style)))
    assert STRUCTURE["confirm_heading"] not in body


def test_signatures_stand_between_articles_and_exhibits(written: bytes) -> None:
    body = visible_text(xml_of(written))
    assert body.index("Dana Whitfield") < body.rindex("Scope of services")
    assert body.index("A second line.") < body.index("Dana Whitfield")


def test_pages_are_numbered_in_the_footer(written: bytes) -> None:
    footer = part_text(written, "word/footer_default.xml")
    assert " PAGE " in footer
    assert " NUMPAGES " in footer


def test_the_manifest_travels_inside(written: bytes, contract: Contract) -> None:
    root = xml_of(written, "customXml/item1.xml")
    assert root.tag == f"{{{MANIFEST_NAMESPACE}}}manifest"
    manifest = json.loads(root.text or "")
    assert manifest["values"] == contract.manifest["values"]
    tags = [item["tag"] for item in manifest["fingerprints"]]
    assert tags == [
        "clause:FE-01@1.0.0",
        "clause:FE-02@2.1.0",
        "reserved:FE-03",
        "clause:FIN-01@1.0.0",
        "part:FE-01@1.0.0:scope",
        "part:FIN-01@1.0.0:rates",
    ]
    assert MANIFEST_NAMESPACE in part_text(written, "customXml/itemProps1.xml")


def test_properties_come_from_the_contract_and_from_no_clock(contract: Contract, plain: HouseStyle) -> None:
    core = part_text(write(contract, plain), "docProps/core.xml")
    assert f"<dc:title>{contract.title}</dc:title>" in core
    assert f"<dc:subject>{contract.subtitle}</dc:subject>" in core
    assert "<dc:creator>City of Riverton</dc:creator>" in core
    assert core.count("2027-01-01T00:00:00Z") == 2
    undated = part_text(write(replace(contract, manifest={}), plain), "docProps/core.xml")
    assert undated.count("1980-01-01T00:00:00Z") == 2
    assert "<Application>fe_contracts</Application>" in part_text(write(contract, plain), "docProps/app.xml")


@pytest.mark.parametrize("language", ["en-US", "es-US"])
def test_the_language_is_that_of_the_contract(contract: Contract, plain: HouseStyle, language: str) -> None:
    styles = xml_of(write(replace(contract, language=language), plain), "word/styles.xml")
    assert {item.get(w("val")) for item in styles.iter(w("lang"))} == {language}


def test_right_to_left_words_have_runs_of_their_own(written: bytes) -> None:
    runs = xml_of(written).xpath("//w:r[w:rPr/w:rtl]", namespaces=NS)
    words = {visible_text(run) for run in runs}
    assert words == {"\u05e9\u05dc\u05d5\u05dd \u0645\u0631\u062d\u0628\u0627"}
    assert {run.find("w:rPr/w:lang", NS).get(w("bidi")) for run in runs} == {"he-IL"}


def test_line_breaks_and_tabs_in_text_are_kept(contract: Contract, plain: HouseStyle) -> None:
    document = write(_with_blocks(contract, Paragraph((text("one\ntwo\tthree"),))), plain)
    paragraph = next(p for p in xml_of(document).iter(w("p")) if "one" in visible_text(p))
    assert [item.tag for item in paragraph.iter(w("t"), w("br"), w("tab"))] == [
        w(t) for t in ("t", "br", "t", "tab", "t")
    ]


def test_the_same_contract_gives_the_same_bytes_in_any_process() -> None:
    program = (
        "import hashlib; from sample import small_contract;"
        "from fe_contracts.word import load_house_style, starter_house_style, write;"
        "print(hashlib.sha256(write(small_contract(), load_house_style(starter_house_style('civic')))).hexdigest())"
    )
    paths = os.pathsep.join((str(Path(__file__).parent), str(Path(fe_contracts.__file__).parent.parent)))
    digests = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": paths},
            text=True,
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("0", "1", "4711")
    }
    assert len(digests) == 1


def test_members_have_a_fixed_order_and_no_date(written: bytes) -> None:
    with zipfile.ZipFile(BytesIO(written)) as box:
        assert box.testzip() is None
        names = box.namelist()
        assert names[:2] == ["[Content_Types].xml", "_rels/.rels"]
        assert names[2:] == sorted(names[2:])
        assert {info.date_time for info in box.infolist()} == {(1980, 1, 1, 0, 0, 0)}


@pytest.mark.parametrize("character", ["\x00", "\x0b", "\x1f", "\x7f", "\x85", "\ufffe", "\uffff", "\ud800", "\r"])
@pytest.mark.parametrize("place", ["wording", "value", "cover", "title", "manifest"])
def test_what_a_word_file_cannot_hold_is_refused_and_never_dropped(
    contract: Contract, plain: HouseStyle, character: str, place: str
) -> None:
    bad = f"before{character}after"
    made = {
        "wording": lambda: _with_blocks(contract, Paragraph((text(bad),))),
        "value": lambda: _with_blocks(contract, Paragraph((value("FE-01/x", bad),))),
        "cover": lambda: replace(contract, cover=(("Label", bad),)),
        "title": lambda: replace(contract, title=bad),
        "manifest": lambda: replace(contract, language=bad),
    }[place]()
    with pytest.raises(AssemblyError) as caught:
        write(made, plain)
    assert "WORD010" in str(caught.value)


def test_the_refusal_names_the_text_and_where_it_comes_from(contract: Contract, plain: HouseStyle) -> None:
    with pytest.raises(AssemblyError, match=r"Character 3 of 'ab.x01', which comes from FE-01@1.0.0, is U\+0001"):
        write(_with_blocks(contract, Paragraph((text("ab\x01"),))), plain)


def test_a_number_that_word_would_print_otherwise_is_refused(contract: Contract, plain: HouseStyle) -> None:
    item = Paragraph((text("x"),), Role.ITEM, 0, "(b)", "1.1(b)")
    with pytest.raises(AssemblyError, match=r"WORD020.*'1.1\(b\)'.*'1.1\(a\)'"):
        write(_with_blocks(contract, item), plain)


def test_a_reference_to_nothing_is_refused(contract: Contract, plain: HouseStyle) -> None:
    with pytest.raises(AssemblyError, match=r"WORD021.*'Nowhere'"):
        write(_with_blocks(contract, Paragraph((Reference("Nowhere", (), "9.9"),))), plain)


def test_a_reference_that_says_another_number_is_refused(contract: Contract, plain: HouseStyle) -> None:
    with pytest.raises(AssemblyError, match=r"WORD023.*'FE_01' says '9.9', its target '1.1'"):
        write(_with_blocks(contract, Paragraph((Reference("FE_01", (), "9.9"),))), plain)


def test_an_anchor_that_stands_twice_is_refused(contract: Contract, plain: HouseStyle) -> None:
    items = [Paragraph((text("x"),), Role.ITEM, 0, f"({m})", f"1.1({m})", "Same") for m in "ab"]
    with pytest.raises(AssemblyError, match=r"WORD022.*'Same'"):
        write(_with_blocks(contract, *items), plain)


def test_long_and_odd_anchors_become_bookmarks_that_word_accepts(contract: Contract, plain: HouseStyle) -> None:
    anchors = ["a" * 60, "a" * 61, "9 lives", "caps", "CAPS", "\u00fcber"]
    marks = "abcdef"
    items = [
        Paragraph((text("x"),), Role.ITEM, 0, f"({m})", f"1.1({m})", anchor)
        for m, anchor in zip(marks, anchors, strict=True)
    ]
    items.append(Paragraph(tuple(Reference(a, (), f"1.1({m})") for m, a in zip(marks, anchors, strict=True))))
    document = write(_with_blocks(contract, *items), plain)
    names = [item.get(w("name"), "") for item in xml_of(document).iter(w("bookmarkStart"))]
    assert len({name.lower() for name in names}) == len(names)
    assert all(len(name) <= 40 and name.replace("_", "").isalnum() and name.isascii() for name in names)
    assert all(f" REF {name} " in visible_instructions(document) for name in names if name.startswith("a" * 20))


def test_a_very_long_parameter_name_keeps_a_tag_that_word_accepts(contract: Contract, plain: HouseStyle) -> None:
    names = [f"FE-01/{'x' * 80}{end}" for end in "ab"]
    document = write(_with_blocks(contract, Paragraph(tuple(value(name, "v") for name in names))), plain)
    tags = [item.get(w("val"), "") for item in xml_of(document).iter(w("tag"))]
    assert all(len(tag) <= 64 for tag in tags)
    assert len({tag for tag in tags if tag.startswith("param:")}) == 2


def test_neighbouring_texts_of_one_look_become_one_run(contract: Contract, plain: HouseStyle) -> None:
    document = write(_with_blocks(contract, Paragraph((text("one "), text("two "), text("three", bold=True)))), plain)
    paragraph = next(p for p in xml_of(document).iter(w("p")) if "one two" in visible_text(p))
    assert [visible_text(run) for run in paragraph.iter(w("r"))] == ["one two ", "three"]


def test_a_defined_term_has_its_own_character_style(written: bytes) -> None:
    runs = xml_of(written).xpath("//w:r[w:rPr/w:rStyle/@w:val='DefinedTerm']", namespaces=NS)
    assert "Agency" in visible_text(runs[0])


def test_writing_leaves_the_contract_as_it_was(plain: HouseStyle) -> None:
    contract, again = small_contract(), small_contract()
    write(contract, plain)
    assert contract == again


def test_an_empty_contract_can_be_written(contract: Contract, style: HouseStyle) -> None:
    empty = replace(
        contract, articles=(), exhibits=(), confirmations=(), signatories=(), cover=(), notices=(), manifest={}
    )  # fmt: skip
    assert contract.title in visible_text(xml_of(write(empty, style)))


def test_a_contract_of_thirty_pages_has_every_member_once(plain: HouseStyle) -> None:
    parts = parts_of(write(long_contract(), plain))
    assert len(parts) == len({name.lower() for name in parts})
    assert len(parts["word/document.xml"]) > 300_000


def test_empty_texts_make_no_runs(contract: Contract, plain: HouseStyle) -> None:
    empty = Text("", text("x").origin)
    document = write(_with_blocks(contract, Paragraph((empty, Value("FE-01/x", (empty,)), text("end")))), plain)
    assert '<w:t xml:space="preserve"></w:t>' not in part_text(document)


def test_the_manifest_names_the_house_style_by_its_digest(contract: Contract, style: HouseStyle) -> None:
    record = inspect(write(contract, style)).manifest
    assert record is not None
    assert record["house_style"] == {"digest": f"sha256:{style.digest}"}
