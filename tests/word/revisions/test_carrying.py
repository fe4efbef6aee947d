"""Copies of old content: every reference rewritten, every id their own, and nothing that may not stand twice."""

from __future__ import annotations

import pytest
from lxml import etree
from tests.word.revisions.carried import MC, W14, element, sides
from tests.word.revisions.documents import NAMESPACES, package, xml_of

from fe_contracts.word.revisions.carrying import Carrier
from fe_contracts.word.revisions.editable import EditablePackage
from fe_contracts.word.xml import OFFICE_REL, w

_WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
_VML = 'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'


def test_plain_text_is_copied_as_it_stands_and_its_source_is_left_alone() -> None:
    both = sides()
    source = element('<w:p><w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">a </w:t></w:r></w:p>')
    before = etree.tostring(source)
    copy = both.carrier.copied(source, old_part=both.old.main, new_part=both.new.main)
    assert copy is not source
    assert etree.tostring(copy, method="c14n") == etree.tostring(source, method="c14n")
    assert etree.tostring(source) == before
    assert both.carrier.notes == []


def test_the_tail_of_an_element_is_not_copied() -> None:
    both = sides()
    parent = element("<w:p><w:r/>tail</w:p>")
    assert both.carrier.copied(parent[0], old_part=both.old.main, new_part=both.new.main).tail is None


@pytest.mark.parametrize(
    "left_out",
    [
        '<w:bookmarkStart w:id="1" w:name="x"/>',
        '<w:bookmarkEnd w:id="1"/>',
        '<w:commentRangeStart w:id="1"/>',
        '<w:r><w:rPr><w:b/></w:rPr><w:commentReference w:id="1"/></w:r>',
        '<w:proofErr w:type="spellStart"/>',
        '<w:permStart w:id="1" w:edGrp="everyone"/>',
    ],
)
def test_what_may_not_stand_twice_is_left_out(left_out: str) -> None:
    copy = sides().copied(f"<w:p>{left_out}<w:r><w:t>a</w:t></w:r></w:p>")
    assert [child.tag for child in copy.iter()] == [w("p"), w("r"), w("t")]


def test_a_run_with_text_beside_a_comment_keeps_its_text() -> None:
    copy = sides().copied('<w:p><w:r><w:t>a</w:t><w:commentReference w:id="1"/></w:r></w:p>')
    assert [child.tag for child in copy.iter()] == [w("p"), w("r"), w("t")]


def test_comments_that_are_not_shown_are_counted_once_each() -> None:
    both = sides()
    for _ in range(2):
        both.copied('<w:p><w:r><w:commentReference w:id="1"/></w:r><w:r><w:commentReference w:id="2"/></w:r></w:p>')
    (note,) = both.carrier.notes
    assert note.code == "REDLINE024"
    assert note.message.endswith(": 2.")
    assert note.where.file == "old.docx"


@pytest.mark.parametrize(
    ("used", "there", "noted"),
    [("REF kept \\h", "", True), ("REF other \\h", "", False), ("REF kept", '<w:bookmarkStart w:name="kept"/>', False)],
)
def test_a_lost_bookmark_is_named_where_something_leads_to_it(used: str, there: str, noted: bool) -> None:  # noqa: FBT001
    field = f"<w:p><w:r><w:instrText> {used} </w:instrText></w:r></w:p>"
    both = sides(body=field, into=f"<w:p>{there}</w:p>")
    both.copied('<w:p><w:bookmarkStart w:id="1" w:name="kept"/></w:p>')
    assert both.codes() == (["REDLINE026"] if noted else [])


def test_ids_of_paragraphs_and_rows_are_left_out() -> None:
    copy = sides().copied(
        '<w:tbl><w:tr w14:paraId="1" w14:textId="2"><w:tc><w:p w14:paraId="3"/></w:tc></w:tr></w:tbl>'
    )
    assert not [name for node in copy.iter() for name, _ in node.items() if W14 in str(name)]


def test_controls_get_ids_of_their_own_and_lose_their_data() -> None:
    control = (
        '<w:sdt><w:sdtPr><w:id w:val="5"/><w:dataBinding w:xpath="/a" w:storeItemID="{1}"/><w:text/></w:sdtPr>'
        "<w:sdtContent><w:r><w:t>a</w:t></w:r></w:sdtContent></w:sdt>"
    )
    both = sides(into='<w:sdt><w:sdtPr><w:id w:val="1"/></w:sdtPr><w:sdtContent><w:p/></w:sdtContent></w:sdt>')
    copies = [both.copied(f"<w:p>{control}{control}</w:p>") for _ in range(2)]
    ids = [item.get(w("val")) for copy in copies for item in copy.iter(w("id"))]
    assert len({*ids, "1"}) == 5
    assert not any(list(copy.iter(w("dataBinding"))) for copy in copies)
    assert both.codes() == ["REDLINE028"]


def test_drawings_get_small_ids_of_their_own() -> None:
    drawing = f'<w:drawing><wp:inline xmlns:wp="{_WP}"><wp:docPr id="ID" name="a"/></wp:inline></w:drawing>'
    both = sides(into=f"<w:p><w:r>{drawing.replace('ID', '1')}</w:r></w:p>")
    copies = [both.copied(f"<w:r>{drawing.replace('ID', '99')}</w:r>") for _ in range(3)]
    assert [item.get("id") for copy in copies for item in copy.iter(f"{{{_WP}}}docPr")] == ["2", "3", "4"]


def test_shapes_get_ids_of_their_own_and_embedded_objects_still_find_theirs() -> None:
    shown = (
        f'<w:object {_VML}><v:shapetype id="_x0000_t75"/><v:shape id="_x0000_i1025" type="#_x0000_t75"/>'
        '<o:OLEObject Type="Embed" ShapeID="_x0000_i1025"/></w:object>'
    )
    both = sides(into=f"<w:p><w:r>{shown}</w:r></w:p>")
    copies = [both.copied(f"<w:r>{shown}</w:r>") for _ in range(2)]
    ids = [node.get("id") for copy in copies for node in copy.iter() if node.get("id")]
    assert len(set(ids)) == 4
    assert not {"_x0000_t75", "_x0000_i1025"} & set(ids)
    for copy in copies:
        kind, shape, embedded = copy[0]
        assert shape.get("type") == f"#{kind.get('id')}"
        assert embedded.get("ShapeID") == shape.get("id")


def test_shapes_that_are_alone_keep_their_ids() -> None:
    copy = sides().copied(f'<w:pict {_VML}><v:shape id="Text Box 2" type="#_x0000_t202"/></w:pict>')
    assert sorted(copy[0].items()) == [("id", "Text Box 2"), ("type", "#_x0000_t202")]


def test_notes_are_numbered_after_those_of_the_new_document() -> None:
    notes = '<w:footnote w:type="separator" w:id="-1"/><w:footnote w:id="1"/><w:footnote w:id="7"/>'
    both = sides({"footnotes": notes}, {"footnotes": notes})
    copy = both.copied('<w:p><w:r><w:footnoteReference w:id="7"/><w:footnoteReference w:id="1"/></w:r></w:p>')
    assert [item.get(w("id")) for item in copy.iter(w("footnoteReference"))] == ["8", "9"]
    assert both.carrier.note_reference("word/document.xml", "footnote", "7") == "8"
    assert both.carrier.allocated_notes == {("footnote", "7"): "8", ("footnote", "1"): "9"}


def test_the_id_of_a_note_stays_below_what_validators_take() -> None:
    both = sides(new={"endnotes": '<w:endnote w:id="1"/><w:endnote w:id="32767"/>'})
    assert both.carrier.note_reference("word/document.xml", "endnote", "1") == "2"


def test_a_part_for_notes_is_made_with_the_old_separators() -> None:
    notes = (
        '<w:footnote w:type="separator" w:id="0"><w:p><w:r><w:t>rule</w:t></w:r></w:p></w:footnote>'
        '<w:footnote w:type="continuationSeparator" w:id="1"><w:p/></w:footnote>'
        '<w:footnote w:id="2"><w:p/></w:footnote>'
    )
    both = sides({"footnotes": notes}, {"settings": "<w:zoom w:percent='100'/><w:compat/>"})
    assert both.carrier.note_reference(both.old.main, "footnote", "2") == "2"
    part = both.carrier.ensure_notes_part("footnote")
    assert both.carrier.ensure_notes_part("footnote") == part == "word/footnotes.xml"
    again = both.again()
    assert again.related(again.main, "footnotes") == part
    assert [item.get(w("id")) for item in again.tree(part)] == ["0", "1"]
    assert "rule" in xml_of(again, part)
    settings = [etree.QName(item).localname for item in again.tree("word/settings.xml")]
    assert settings == ["zoom", "footnotePr", "compat"]
    assert [item.get(w("id")) for item in again.tree("word/settings.xml")[1]] == ["0", "1"]


def test_a_part_for_notes_gets_plain_separators_where_nobody_has_any() -> None:
    both = sides(new={"settings": "<w:footnotePr/><w:endnotePr/>"})
    part = both.carrier.ensure_notes_part("endnote")
    assert [item.get(w("type")) for item in both.new.tree(part)] == ["separator", "continuationSeparator"]
    assert both.carrier.note_reference(both.old.main, "endnote", "2") == "1"
    assert len(both.new.tree("word/settings.xml")) == 2


@pytest.mark.parametrize("kind", ["header", "footer"])
def test_an_empty_header_or_footer_is_made(kind: str) -> None:
    both = sides(new={"header": "<w:p/>"})
    name, rel_id = both.carrier.header_part("header" if kind == "header" else "footer")
    again = both.again()
    relation = again.relations(again.main)[rel_id]
    assert (relation.target, relation.kind) == (name, f"{OFFICE_REL}/{kind}")
    assert again.content_type(name).endswith(f".{kind}+xml")
    assert [child.tag for child in again.tree(name)] == [w("p")]
    assert name in again.stories()


@pytest.mark.parametrize(
    ("xml", "kept"),
    [
        ('<w:pPr><w:keepNext/><w:rPr/><w:sectPr/><w:pPrChange w:id="1"/></w:pPr>', ["keepNext"]),
        ('<w:rPr><w:b/><w:rPrChange w:id="1"><w:rPr/></w:rPrChange></w:rPr>', ["b"]),
        ('<w:sectPr><w:headerReference r:id="rId9"/><w:pgSz/><w:printerSettings r:id="rId9"/></w:sectPr>', ["pgSz"]),
        ('<w:trPr><w:cantSplit/><w:ins w:id="1"/></w:trPr>', ["cantSplit"]),
    ],
)
def test_old_properties_hold_what_a_record_can_hold(xml: str, kept: list[str]) -> None:
    both = sides()
    assert [etree.QName(child).localname for child in both.carrier.properties(element(xml))] == kept
    assert both.carrier.notes == []


def _with_root(attributes: str, body: str = "<w:p/>") -> EditablePackage:
    text = f"<w:document {NAMESPACES} {attributes}><w:body>{body}</w:body></w:document>"
    document = EditablePackage.open(package("<w:p/>"))
    document._parts[document.main] = text.encode()
    document._trees.clear()
    return document


def test_what_an_older_reader_may_skip_stays_so() -> None:
    old, new = _with_root('mc:Ignorable="w14 q" xmlns:q="urn:q"'), EditablePackage.open(package("<w:p><w:r/></w:p>"))
    carrier = Carrier(old, new)
    source = element("<w:r><w:rPr><w14:glow/></w:rPr></w:r>")
    copy = carrier.copied(source, old_part=old.main, new_part=new.main)
    new.tree(new.main)[0][0].append(copy)
    new.touch(new.main)
    root = EditablePackage.open(new.to_bytes()).tree(new.main)
    prefixes = root.get(f"{{{MC}}}Ignorable", "").split()
    assert [root.nsmap[prefix] for prefix in prefixes] == [W14]


def test_what_a_choice_requires_is_spelled_as_the_new_part_spells_it() -> None:
    old = _with_root('xmlns:n="urn:shape"')
    new = _with_root('xmlns:other="urn:shape" xmlns:n="urn:else"')
    carrier = Carrier(old, new)
    source = element('<w:r><mc:AlternateContent><mc:Choice Requires="n wps"/></mc:AlternateContent></w:r>')
    copy = carrier.copied(source, old_part=old.main, new_part=new.main)
    assert copy[0][0].get("Requires") == "other wps"


def test_a_prefix_that_the_new_part_lacks_is_declared_there() -> None:
    old, new = _with_root('xmlns:n="urn:shape"'), _with_root('xmlns:n="urn:else"')
    inner = "<w:r><mc:AlternateContent><mc:Choice Requires='wps'/></mc:AlternateContent></w:r>"
    new.tree(new.main)[0].append(element(inner))
    source = element('<w:r><mc:AlternateContent><mc:Choice Requires="n"/></mc:AlternateContent></w:r>')
    copy = Carrier(old, new).copied(source, old_part=old.main, new_part=new.main)
    new.tree(new.main)[0].append(copy)
    root = EditablePackage.open(new.to_bytes()).tree(new.main)
    required = [choice.nsmap[choice.get("Requires", "")] for choice in root.iter(f"{{{MC}}}Choice")]
    assert required[1] == "urn:shape"
    assert required[0].endswith("wordprocessingShape")


def test_a_choice_that_nobody_understands_stays_as_it_is() -> None:
    copy = sides().copied('<w:r><mc:AlternateContent><mc:Choice Requires="what"/></mc:AlternateContent></w:r>')
    assert copy[0][0].get("Requires") == "what"
