"""Each kind of tracked change, accepted and rejected."""

from __future__ import annotations

import pytest
from tests.word.revisions.documents import body_of, dele, ins, p, package, r, tbl, tc, tr, xml_of

from fe_contracts.word.revisions.editable import EditablePackage
from fe_contracts.word.revisions.resolving import Side, accept_changes, reject_changes, resolve, tracked

END = "<w:sectPr/>"
CASES = {
    "inserted and deleted text": (p(r("a") + ins(r("b")) + dele("c")), p(r("a") + r("b")), p(r("a") + r("c"))),
    "what was inserted and deleted again is in neither reading": (
        p(r("a") + ins(dele("b"))), p(r("a")), p(r("a")),
    ),
    "what was inserted into deleted text is in neither reading": (
        p(r("a") + f'<w:del w:id="9">{ins(r("b"))}<w:r><w:delText>c</w:delText></w:r></w:del>'),
        p(r("a")),
        p(r("a") + r("c")),
    ),
    "a move, with the marks of its extent": (
        p('<w:moveFromRangeStart w:id="1" w:name="m"/><w:moveFrom w:id="2">' + r("a") + "</w:moveFrom>"
          '<w:moveFromRangeEnd w:id="1"/>' + r("b") + '<w:moveToRangeStart w:id="3" w:name="m"/><w:moveTo w:id="4">'
          + r("a") + '</w:moveTo><w:moveToRangeEnd w:id="3"/>'),
        p(r("b") + r("a")),
        p(r("a") + r("b")),
    ),
    "an inserted paragraph": (p(r("a")) + p(ins(r("b")), "ins") + p(r("c")),
                              p(r("a")) + p(r("b")) + p(r("c")), p(r("a")) + p(r("c"))),
    "a deleted paragraph mark: the next paragraph's properties stay": (
        p(r("a"), "del", '<w:jc w:val="left"/>') + p(r("b"), "", '<w:jc w:val="right"/>'),
        p(r("a") + r("b"), "", '<w:jc w:val="right"/>'),
        p(r("a"), "", '<w:jc w:val="left"/>') + p(r("b"), "", '<w:jc w:val="right"/>'),
    ),
    "a chain of deleted marks": (
        p(r("a"), "del") + p(dele("x"), "del") + p(r("b"), "del") + p(r("c"), "", "<w:keepNext/>"),
        p(r("a") + r("b") + r("c"), "", "<w:keepNext/>"),
        p(r("a")) + p(r("x")) + p(r("b")) + p(r("c"), "", "<w:keepNext/>"),
    ),
    "a moved paragraph mark": (
        p('<w:moveFrom w:id="1">' + r("a") + "</w:moveFrom>", "moveFrom") + p(r("b")), p(r("b")), p(r("a")) + p(r("b")),
    ),
    "a deleted mark before a table: text stays a paragraph": (
        p(r("a"), "del", "<w:keepNext/>") + tbl(tr(tc(p()))) + p(),
        p(r("a"), "", "<w:keepNext/>") + tbl(tr(tc(p()))) + p(),
        p(r("a"), "", "<w:keepNext/>") + tbl(tr(tc(p()))) + p(),
    ),
    "a deleted paragraph before a table vanishes": (
        p(dele("a"), "del") + tbl(tr(tc(p()))) + p(), tbl(tr(tc(p()))) + p(), p(r("a")) + tbl(tr(tc(p()))) + p(),
    ),
    "a cell keeps its last paragraph": (
        tbl(tr(tc(p(dele("a"), "del")))) + p(), tbl(tr(tc(p()))) + p(), tbl(tr(tc(p(r("a"))))) + p(),
    ),
    "a cell must end with a paragraph": (
        tbl(tr(tc(tbl(tr(tc(p()))) + p(ins(r("a")), "ins")))) + p(),
        tbl(tr(tc(tbl(tr(tc(p()))) + p(r("a"))))) + p(),
        tbl(tr(tc(tbl(tr(tc(p()))) + p()))) + p(),
    ),
    "a deleted row": (
        tbl(tr(tc(p(r("a")))), tr(tc(p(dele("b"), "del")), mark="del")) + p(),
        tbl(tr(tc(p(r("a"))))) + p(),
        tbl(tr(tc(p(r("a")))), tr(tc(p(r("b"))))) + p(),
    ),
    "a table whose rows all go": (
        p(r("x")) + tbl(tr(tc(p(ins(r("a")), "ins")), mark="ins")) + p(r("y")),
        p(r("x")) + tbl(tr(tc(p(r("a"))))) + p(r("y")),
        p(r("x")) + p(r("y")),
    ),
    "a nested table that goes leaves its cell a paragraph": (
        tbl(tr(tc(tbl(tr(tc(p()), mark="del"))))) + p(),
        tbl(tr(tc(p()))) + p(),
        tbl(tr(tc(tbl(tr(tc(p())))))) + p(),
    ),
    "inserted and deleted cells": (
        tbl(tr(tc(p(r("a"))), tc(p(r("b")), '<w:cellIns w:id="1"/>'), tc(p(r("c")), '<w:cellDel w:id="2"/>'))) + p(),
        tbl(tr(tc(p(r("a"))), tc(p(r("b"))))) + p(),
        tbl(tr(tc(p(r("a"))), tc(p(r("c"))))) + p(),
    ),
    "a row whose cells all go": (
        tbl(tr(tc(p(r("a")))), tr(tc(p(r("b")), '<w:cellIns w:id="1"/>'))) + p(),
        tbl(tr(tc(p(r("a")))), tr(tc(p(r("b"))))) + p(),
        tbl(tr(tc(p(r("a"))))) + p(),
    ),
    "merged cells": (
        tbl(tr(tc(p(), '<w:tcW w:w="9"/><w:cellMerge w:id="1" w:vMerge="cont" w:vMergeOrig="rest"/>'))) + p(),
        tbl(tr(tc(p(), '<w:tcW w:w="9"/><w:vMerge w:val="continue"/>'))) + p(),
        tbl(tr(tc(p(), '<w:tcW w:w="9"/><w:vMerge w:val="restart"/>'))) + p(),
    ),
    "a cell that was not merged before": (
        tbl(tr(tc(p(), '<w:vMerge w:val="restart"/><w:cellMerge w:id="1" w:vMerge="rest"/>'))) + p(),
        tbl(tr(tc(p(), '<w:vMerge w:val="restart"/>'))) + p(),
        tbl(tr(tc(p()))) + p(),
    ),
    "formatting": (
        p(r("a", '<w:b/><w:rPrChange w:id="1"><w:rPr><w:i/></w:rPr></w:rPrChange>')),
        p(r("a", "<w:b/>")), p(r("a", "<w:i/>")),
    ),
    "formatting where there was none, and none where there was some": (
        p(r("a", '<w:b/><w:rPrChange w:id="1"><w:rPr/></w:rPrChange>')
          + r("b", '<w:rPrChange w:id="1"><w:rPr><w:i/></w:rPr></w:rPrChange>')),
        p(r("a", "<w:b/>") + r("b")), p(r("a") + r("b", "<w:i/>")),
    ),
    "paragraph properties: those of the mark and the section stay": (
        "<w:p><w:pPr><w:keepNext/><w:rPr><w:b/></w:rPr><w:sectPr/>"
        '<w:pPrChange w:id="1"><w:pPr><w:keepLines/></w:pPr></w:pPrChange></w:pPr></w:p>' + p(),
        "<w:p><w:pPr><w:keepNext/><w:rPr><w:b/></w:rPr><w:sectPr/></w:pPr></w:p>" + p(),
        "<w:p><w:pPr><w:keepLines/><w:rPr><w:b/></w:rPr><w:sectPr/></w:pPr></w:p>" + p(),
    ),
    "the formatting of an inserted mark": (
        '<w:p><w:pPr><w:rPr><w:ins w:id="1"/><w:b/><w:rPrChange w:id="2"><w:rPr><w:ins w:id="3"/><w:i/></w:rPr>'
        "</w:rPrChange></w:rPr></w:pPr></w:p>" + p(r("x")),
        "<w:p><w:pPr><w:rPr><w:b/></w:rPr></w:pPr></w:p>" + p(r("x")),
        p(r("x")),
    ),
    "inserted numbering": (
        p(r("a"), "", '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/><w:ins w:id="1"/></w:numPr>'),
        p(r("a"), "", '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'),
        p(r("a")),
    ),
    "properties of tables, rows and cells": (
        "<w:tbl><w:tblPr><w:jc/><w:tblPrChange><w:tblPr><w:bidiVisual/></w:tblPr></w:tblPrChange></w:tblPr>"
        "<w:tblGrid><w:gridCol/><w:tblGridChange><w:tblGrid/></w:tblGridChange></w:tblGrid>"
        "<w:tr><w:tblPrEx><w:jc/><w:tblPrExChange><w:tblPrEx/></w:tblPrExChange></w:tblPrEx>"
        "<w:trPr><w:trPrChange><w:trPr><w:hidden/></w:trPr></w:trPrChange></w:trPr><w:tc><w:tcPr><w:noWrap/><w:tcPrChange>"
        '<w:tcPr><w:cellDel w:id="8"/><w:hideMark/></w:tcPr></w:tcPrChange></w:tcPr><w:p/></w:tc></w:tr></w:tbl>' + p(),
        "<w:tbl><w:tblPr><w:jc/></w:tblPr><w:tblGrid><w:gridCol/></w:tblGrid><w:tr><w:tblPrEx><w:jc/></w:tblPrEx>"
        "<w:tc><w:tcPr><w:noWrap/></w:tcPr><w:p/></w:tc></w:tr></w:tbl>" + p(),
        "<w:tbl><w:tblPr><w:bidiVisual/></w:tblPr><w:tblGrid/><w:tr><w:trPr><w:hidden/></w:trPr>"
        "<w:tc><w:tcPr><w:hideMark/></w:tcPr><w:p/></w:tc></w:tr></w:tbl>" + p(),
    ),
    "an inserted link is not left empty": (
        p(r("a") + f"<w:hyperlink>{ins(r('b'))}</w:hyperlink>"),
        p(r("a") + f"<w:hyperlink>{r('b')}</w:hyperlink>"),
        p(r("a")),
    ),
    "a deleted control goes, its content stays": (
        p('<w:customXmlDelRangeStart w:id="1"/><w:sdt><w:sdtPr/><w:sdtContent><w:customXmlDelRangeEnd w:id="1"/>'
          + r("a") + '<w:customXmlDelRangeStart w:id="2"/></w:sdtContent></w:sdt><w:customXmlDelRangeEnd w:id="2"/>'),
        p(r("a")),
        p(f"<w:sdt><w:sdtPr/><w:sdtContent>{r('a')}</w:sdtContent></w:sdt>"),
    ),
    "an inserted control goes with inserted content": (
        '<w:customXmlInsRangeStart w:id="1"/><w:sdt><w:sdtPr/><w:sdtContent><w:customXmlInsRangeEnd w:id="1"/>'
        + p(ins(r("a")), "ins") + '<w:customXmlInsRangeStart w:id="2"/></w:sdtContent></w:sdt>'
        '<w:customXmlInsRangeEnd w:id="2"/>' + p(r("b")),
        f"<w:sdt><w:sdtPr/><w:sdtContent>{p(r('a'))}</w:sdtContent></w:sdt>" + p(r("b")),
        p(r("b")),
    ),
    "a control that is left empty goes": (
        p(r("a")) + f"<w:sdt><w:sdtPr/><w:sdtContent>{p(dele('b'), 'del')}</w:sdtContent></w:sdt>" + p(r("c")),
        p(r("a")) + p(r("c")),
        p(r("a")) + f"<w:sdt><w:sdtPr/><w:sdtContent>{p(r('b'))}</w:sdtContent></w:sdt>" + p(r("c")),
    ),
    "text runs on into a control": (
        p(r("a"), "del") + f"<w:sdt><w:sdtPr/><w:sdtContent>{p(r('b'))}</w:sdtContent></w:sdt>",
        f"<w:sdt><w:sdtPr/><w:sdtContent>{p(r('a') + r('b'))}</w:sdtContent></w:sdt>",
        p(r("a")) + f"<w:sdt><w:sdtPr/><w:sdtContent>{p(r('b'))}</w:sdtContent></w:sdt>",
    ),
    "a bookmark with one end in what goes is kept": (
        p('<w:bookmarkStart w:id="1"/>' + r("a") + ins(r("b") + '<w:bookmarkEnd w:id="1"/>')),
        p('<w:bookmarkStart w:id="1"/>' + r("a") + r("b") + '<w:bookmarkEnd w:id="1"/>'),
        p('<w:bookmarkStart w:id="1"/>' + r("a") + '<w:bookmarkEnd w:id="1"/>'),
    ),
    "a bookmark around what goes, goes": (
        p(r("a") + '<w:bookmarkStart w:id="1"/>' + ins(r("b")) + '<w:bookmarkEnd w:id="1"/>'),
        p(r("a") + '<w:bookmarkStart w:id="1"/>' + r("b") + '<w:bookmarkEnd w:id="1"/>'),
        p(r("a")),
    ),
    "a bookmark at a point stays": (
        p('<w:bookmarkStart w:id="1"/><w:bookmarkEnd w:id="1"/>' + ins(r("b"))),
        p('<w:bookmarkStart w:id="1"/><w:bookmarkEnd w:id="1"/>' + r("b")),
        p('<w:bookmarkStart w:id="1"/><w:bookmarkEnd w:id="1"/>'),
    ),
    "a deleted field, its switch left unmarked": (
        p('<w:del w:id="1"><w:r><w:fldChar w:fldCharType="begin"/><w:delInstrText>REF x</w:delInstrText></w:r></w:del>'
          '<w:r><w:instrText>MERGEFORMAT</w:instrText></w:r><w:del w:id="2"><w:r><w:fldChar w:fldCharType="end"/></w:r>'
          "</w:del>" + r("a")),
        p(r("a")),
        p('<w:r><w:fldChar w:fldCharType="begin"/><w:instrText>REF x</w:instrText></w:r>'
          '<w:r><w:instrText>MERGEFORMAT</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>' + r("a")),
    ),
    "a run that is marked in its properties": (
        p(r("a", '<w:ins w:id="1"/>') + r("b", '<w:del w:id="2"/><w:b/>')), p(r("a")), p(r("b", "<w:b/>")),
    ),
    "formulas: a deleted fraction, an inserted run": (
        p('<m:oMath><m:f><m:fPr><m:ctrlPr><w:del w:id="1"><w:rPr/></w:del></m:ctrlPr></m:fPr><m:num><m:r><m:t>1</m:t>'
          '</m:r></m:num><m:den><w:del w:id="2"><m:r><m:t>2</m:t></m:r></w:del></m:den></m:f><m:r><w:ins w:id="3">'
          "<w:rPr/></w:ins><m:t>+</m:t></m:r></m:oMath>"),
        p("<m:oMath><m:r><m:t>1</m:t></m:r><m:r><w:rPr/><m:t>+</m:t></m:r></m:oMath>"),
        p("<m:oMath><m:f><m:fPr><m:ctrlPr><w:rPr/></m:ctrlPr></m:fPr><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den>"
          "<m:r><m:t>2</m:t></m:r></m:den></m:f></m:oMath>"),
    ),
    "a text box, in both of its forms": (
        p("<w:r><mc:AlternateContent>" + "".join(
            f"<mc:{kind}><w:txbxContent>{p(ins(r('b')) + r('a'))}</w:txbxContent></mc:{kind}>"
            for kind in ("Choice", "Fallback")) + "</mc:AlternateContent></w:r>"),
        p("<w:r><mc:AlternateContent>" + "".join(
            f"<mc:{kind}><w:txbxContent>{p(r('b') + r('a'))}</w:txbxContent></mc:{kind}>"
            for kind in ("Choice", "Fallback")) + "</mc:AlternateContent></w:r>"),
        p("<w:r><mc:AlternateContent>" + "".join(
            f"<mc:{kind}><w:txbxContent>{p(r('a'))}</w:txbxContent></mc:{kind}>"
            for kind in ("Choice", "Fallback")) + "</mc:AlternateContent></w:r>"),
    ),
    "an inserted paragraph before alternatives of paragraphs vanishes": (
        p(ins(r("a")), "ins")
        + "<mc:AlternateContent><mc:Fallback>" + p(r("b")) + "</mc:Fallback></mc:AlternateContent>",
        p(r("a")) + "<mc:AlternateContent><mc:Fallback>" + p(r("b")) + "</mc:Fallback></mc:AlternateContent>",
        "<mc:AlternateContent><mc:Fallback>" + p(r("b")) + "</mc:Fallback></mc:AlternateContent>",
    ),
    "no paragraph is left of all": (p(ins(r("a")), "ins"), p(r("a")), p()),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_accepting_gives_the_new_reading_and_rejecting_the_old(name: str) -> None:
    redline, new, old = CASES[name]
    document = package(redline + END)
    assert body_of(accept_changes(document)) == new + END
    assert body_of(reject_changes(document)) == old + END


@pytest.mark.parametrize("name", CASES)
def test_nothing_tracked_is_left_and_a_second_time_changes_nothing(name: str) -> None:
    document = package(CASES[name][0] + END)
    for resolved in (accept_changes, reject_changes):
        once = resolved(document)
        assert once.counts
        assert tracked(EditablePackage.open(once.to_bytes())) == {}
        again = resolved(once.to_bytes())
        assert again.counts == {}
        assert again.to_bytes() == once.to_bytes()


def test_a_section_change_leaves_headers_and_footers() -> None:
    section = (
        '<w:sectPr><w:headerReference r:id="rId9"/><w:cols w:num="2"/>'
        '<w:sectPrChange w:id="1"><w:sectPr><w:cols w:num="1"/></w:sectPr></w:sectPrChange></w:sectPr>'
    )
    document = package(p(r("a")) + section)
    assert body_of(accept_changes(document)).endswith('<w:headerReference r:id="rId9"/><w:cols w:num="2"/></w:sectPr>')
    assert body_of(reject_changes(document)).endswith('<w:headerReference r:id="rId9"/><w:cols w:num="1"/></w:sectPr>')


def test_a_section_break_that_goes_hands_its_headers_to_the_next_section() -> None:
    first = (
        '<w:sectPr><w:headerReference w:type="default" r:id="rId1"/>'
        '<w:footerReference w:type="default" r:id="rId2"/><w:cols/></w:sectPr>'
    )
    broken = f'<w:p><w:pPr><w:rPr><w:del w:id="1"/></w:rPr>{first}</w:pPr>{r("a")}</w:p>'
    last = '<w:sectPr><w:footerReference w:type="default" r:id="rId3"/><w:pgSz/></w:sectPr>'
    document = package(broken + p(r("b")) + last)
    assert body_of(accept_changes(document)) == p(r("a") + r("b")) + (
        '<w:sectPr><w:headerReference w:type="default" r:id="rId1"/>'
        '<w:footerReference w:type="default" r:id="rId3"/><w:pgSz/></w:sectPr>'
    )
    assert first in body_of(reject_changes(document))


def test_notes_whose_reference_went_go_and_separators_stay() -> None:
    notes = '<w:footnote w:type="separator" w:id="0"><w:p/></w:footnote>' + "".join(
        f'<w:footnote w:id="{number}">{p(r(str(number)))}</w:footnote>' for number in (1, 2)
    )
    reference = '<w:r><w:footnoteReference w:id="{}"/></w:r>'
    document = package(p(reference.format(1) + ins(reference.format(2)) + r("a")), {"footnotes": notes})
    kept = xml_of(reject_changes(document).to_bytes(), "word/footnotes.xml")
    assert 'w:id="0"' in kept
    assert 'w:id="1"' in kept
    assert 'w:id="2"' not in kept
    assert 'w:id="2"' in xml_of(accept_changes(document).to_bytes(), "word/footnotes.xml")


def test_every_part_with_text_is_resolved() -> None:
    change = p(ins(r("new")) + dele("old"))
    parts = {
        "header": change,
        "footer": change,
        "comments": f'<w:comment w:id="1">{change}</w:comment>',
        "endnotes": f'<w:endnote w:id="1">{change}</w:endnote>',
        "styles": "<w:style><w:rPr><w:b/><w:rPrChange><w:rPr/></w:rPrChange></w:rPr></w:style>",
    }
    resolved = accept_changes(package(change, parts))
    assert resolved.counts == {"insertions": 5, "deletions": 5, "formatting": 1}
    for part in ("document", *parts):
        content = xml_of(resolved.to_bytes(), f"word/{part}.xml")
        assert "old" not in content
        assert "Change" not in content
    assert "new" in xml_of(resolved.to_bytes(), "word/header.xml")


def test_parts_without_changes_stay_byte_for_byte() -> None:
    document = package(p(ins(r("a"))), {"header": p(r("h")), "styles": "<w:style/>"})
    before, after = EditablePackage.open(document), EditablePackage.open(reject_changes(document).to_bytes())
    assert {part for part in before.parts if before.parts[part] != after.parts[part]} == {"word/document.xml"}


def test_changes_are_counted_by_kind_and_a_move_once() -> None:
    moved = "".join(
        f'<w:{way}RangeStart w:id="{number}" w:name="m1"/><w:{way} w:id="9">{r("x")}</w:{way}>'
        f'<w:{way}RangeEnd w:id="{number}"/>'
        for number, way in enumerate(("moveFrom", "moveTo"))
    )
    document = package(p(moved + ins(r("a"))) + tbl(tr(tc(p()), mark="ins")) + p("", "del") + p())
    opened = EditablePackage.open(document)
    assert tracked(opened) == {"insertions": 1, "deletions": 1, "moves": 1, "table_rows": 1}
    assert resolve(opened, Side.REJECT) == {"insertions": 1, "deletions": 1, "moves": 1, "table_rows": 1}
    assert tracked(opened) == {}


def codes(document: bytes) -> list[str]:
    return [note.code for note in reject_changes(document).notes]


def test_what_cannot_be_resolved_is_named() -> None:
    conflict = f'<w14:conflictIns w:id="1">{r("a")}</w14:conflictIns>'
    endless = f'<w:customXmlInsRangeStart w:id="1"/><w:sdt><w:sdtContent>{r("a")}</w:sdtContent></w:sdt>'
    number = '<w:numPr><w:numId w:val="1"/><w:numberingChange w:id="1" w:original="%1:3:0:."/></w:numPr>'
    half = ins('<w:r><w:fldChar w:fldCharType="begin"/></w:r>') + '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    assert codes(package(p(conflict))) == ["RESOLVE010"]
    assert codes(package(p(endless))) == ["RESOLVE011"]
    assert codes(package(p(r("a"), "", number))) == ["RESOLVE012"]
    assert codes(package(p(half))) == ["RESOLVE013"]
    assert codes(package(p(ins(r("a"))))) == []
    assert r("a") in body_of(reject_changes(package(p(endless))))  # nothing is lost with the range


@pytest.mark.parametrize(
    "stray",
    [
        '<w:cellDel w:id="1"/><w:cellIns w:id="2"/>',
        '<w:trPr><w:del w:id="1"/><w:ins w:id="2"/></w:trPr>',
        '<w:rPrChange w:id="1"><w:rPr/></w:rPrChange>',
        "<w:tblGridChange/><w:sectPrChange/>",
        '<w:rPr><w:del w:id="1"/><w:ins w:id="1"/></w:rPr>',
    ],
)
def test_a_mark_where_none_belongs_takes_no_text_with_it(stray: str) -> None:
    document = package(p(r("a") + stray) + p(r("b")) + END)
    for resolved in (accept_changes, reject_changes):
        body = body_of(resolved(document))
        assert r("a") in body
        assert r("b") in body
        assert tracked(EditablePackage.open(resolved(document).to_bytes())) == {}


def test_what_is_recorded_of_older_changes_does_not_come_back() -> None:
    old = '<w:pPr><w:numPr><w:numId w:val="1"/><w:ins w:id="1"/></w:numPr><w:rPr><w:del w:id="2"/></w:rPr></w:pPr>'
    changed = f'<w:p><w:pPr><w:keepNext/><w:pPrChange w:id="3">{old}</w:pPrChange></w:pPr></w:p>'
    document = package(changed + p(r("b")) + END)
    numbered = '<w:p><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:p>'
    assert reject_changes(document).counts == {"paragraph_properties": 1}
    assert body_of(reject_changes(document)) == numbered + p(r("b")) + END
