"""What content points at is brought along: once, whole, and under the address or with the bytes that it had."""

from __future__ import annotations

import posixpath

import pytest
from tests.tools import corpus
from tests.word.revisions.carried import PNG, Sides, element, of, picture, sides
from tests.word.revisions.documents import package

from fe_contracts.word.revisions.editable import EditablePackage
from fe_contracts.word.xml import OFFICE_REL, w

_R_ID = f"{{{OFFICE_REL}}}id"
_R_EMBED = f"{{{OFFICE_REL}}}embed"
_A = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
_CHART = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"


def _blip(both: Sides, rel_id: str) -> str:
    return both.copied(f'<w:r><a:blip {_A} r:embed="{rel_id}"/></w:r>')[0].get(_R_EMBED, "")


def test_a_picture_comes_along_once() -> None:
    both = sides()
    rel_id = picture(both.old)
    first, second = _blip(both, rel_id), _blip(both, rel_id)
    assert first == second
    again = both.again()
    target = again.relations(again.main)[first].target
    assert (target, again.parts[target], again.content_type(target)) == ("word/media/image1.png", PNG, "image/png")


def test_a_picture_does_not_overwrite_another_of_its_name() -> None:
    both = sides()
    rel_id = picture(both.old)
    picture(both.new, PNG + b"2")
    carried = _blip(both, rel_id)
    assert both.new.relations(both.new.main)[carried].target == "word/media/image2.png"


def test_a_picture_that_is_there_is_used() -> None:
    both = sides()
    rel_id, there = picture(both.old), picture(both.new, name="word/media/photo.png")
    assert _blip(both, rel_id) == there
    assert both.carrier.same_target(both.old.main, rel_id, both.new.main, there)


def test_a_link_keeps_its_address() -> None:
    both = sides()
    both.new.relate(both.new.main, "hyperlink", "https://example.org/new", external=True)
    rel_id = both.old.relate(both.old.main, "hyperlink", "https://example.org/a?b=1&c=2", external=True)
    copy = both.copied(f'<w:hyperlink r:id="{rel_id}" w:anchor="x"/>')
    again = both.again()
    relation = again.relations(again.main)[copy.get(_R_ID, "")]
    assert (relation.target, relation.external) == ("https://example.org/a?b=1&c=2", True)
    assert copy.get(w("anchor")) == "x"


def test_a_link_to_a_place_in_the_document_keeps_its_place() -> None:
    both = sides()
    rel_id = both.old.relate(both.old.main, "hyperlink", "word/#place")
    copy = both.copied(f'<w:hyperlink r:id="{rel_id}"/>')
    rels = both.again().tree("word/_rels/document.xml.rels")
    assert {item.get("Id"): item.get("Target") for item in rels}[copy.get(_R_ID)] == "#place"


@pytest.mark.parametrize("attribute", ["r:id", "o:relid"])
def test_old_drawings_are_read_too(attribute: str) -> None:
    both = sides()
    picture(both.new, PNG + b"2")
    rel_id = picture(both.old)
    vml = 'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
    copy = both.copied(f'<w:pict {vml}><v:imagedata {attribute}="{rel_id}"/></w:pict>')
    (value,) = copy[0].attrib.values()
    assert both.new.parts[both.new.relations(both.new.main)[str(value)].target] == PNG


def _with_chart(workbook: bytes) -> tuple[EditablePackage, str]:
    document = EditablePackage.open(package("<w:p/>"))
    document.add_part("word/charts/chart1.xml", b'<c:chart xmlns:c="urn:c"/>', _CHART)
    document.add_part("word/embeddings/book1.xlsx", workbook, "application/vnd.ms-excel")
    document.relate("word/charts/chart1.xml", "package", "word/embeddings/book1.xlsx")
    document.relate("word/charts/chart1.xml", "hyperlink", 'https://example.org/?a="<&', external=True)
    return document, document.relate(document.main, "chart", "word/charts/chart1.xml")


def test_a_chart_comes_with_its_workbook_under_the_ids_that_it_knows() -> None:
    (old, rel_id), (new, _) = _with_chart(b"old figures"), _with_chart(b"new")
    both = of(old, new)
    copy = both.copied(f'<w:r><c:chart xmlns:c="urn:c" r:id="{rel_id}"/></w:r>')
    again = both.again()
    chart = again.relations(again.main)[copy[0].get(_R_ID, "")].target
    assert chart == "word/charts/chart2.xml"
    assert again.content_type(chart) == _CHART
    there, here = again.relations(chart), old.relations("word/charts/chart1.xml")
    assert {(item.id, item.kind) for item in there.values()} == {(item.id, item.kind) for item in here.values()}
    assert [again.parts[item.target] for item in there.values() if not item.external] == [b"old figures"]
    assert [item.target for item in there.values() if item.external] == ['https://example.org/?a="<&']


def test_a_chart_is_the_same_only_if_its_workbook_is() -> None:
    (old, rel_id), (new, other), (twin, same) = _with_chart(b"old"), _with_chart(b"new"), _with_chart(b"old")
    assert not of(old, new).carrier.same_target(old.main, rel_id, new.main, other)
    both = of(old, twin)
    assert both.carrier.same_target(old.main, rel_id, twin.main, same)
    assert both.copied(f'<w:r><c:chart xmlns:c="urn:c" r:id="{rel_id}"/></w:r>')[0].get(_R_ID) == same


def test_parts_that_point_at_each_other_are_carried() -> None:
    both = sides()
    for number in (1, 2):
        both.old.add_part(f"word/charts/chart{number}.xml", b"<c/>", _CHART)
    both.old.relate("word/charts/chart1.xml", "chart", "word/charts/chart2.xml")
    both.old.relate("word/charts/chart2.xml", "chart", "word/charts/chart1.xml")
    rel_id = both.old.relate(both.old.main, "chart", "word/charts/chart1.xml")
    copy = both.copied(f'<w:r><c:chart xmlns:c="urn:c" r:id="{rel_id}"/></w:r>')
    again = both.again()
    first = again.relations(again.main)[copy[0].get(_R_ID, "")].target
    (second,) = again.relations(first).values()
    (back,) = again.relations(second.target).values()
    assert back.target == first != second.target


def test_a_reference_to_nothing_leads_nowhere_in_the_new_document() -> None:
    both = sides()
    there = picture(both.new)
    copy = both.copied(f'<w:p><w:r><a:blip {_A} r:embed="{there}"/></w:r><w:altChunk r:id="rId77"/></w:p>')
    assert [node.tag for node in copy.iter(w("altChunk"))] == []
    assert _R_EMBED not in copy[0][0].attrib
    assert both.codes() == ["REDLINE020"]


def test_a_reference_to_a_missing_part_is_named() -> None:
    both = sides()
    rel_id = both.old.relate(both.old.main, "image", "word/media/gone.png")
    assert _blip(both, rel_id) == ""
    assert "word/media/gone.png" in both.carrier.notes[0].message


def test_an_empty_reference_stays_empty() -> None:
    both = sides()
    assert _R_EMBED in both.copied(f'<w:r><a:blip {_A} r:embed=""/></w:r>')[0].attrib
    assert both.carrier.notes == []


def test_meaning_tells_addresses_and_contents() -> None:
    both = sides()
    rel_id = picture(both.old)
    link = both.old.relate(both.old.main, "hyperlink", "https://example.org", external=True)
    assert both.carrier.meaning("old", both.old.main, link) == "https://example.org"
    assert both.carrier.meaning("old", both.old.main, rel_id).startswith("image:")
    assert both.carrier.meaning("old", both.old.main, "rId99") == "nothing:rId99"


def test_a_header_comes_with_its_pictures_and_styles() -> None:
    header = '<w:p><w:pPr><w:pStyle w:val="Head"/></w:pPr><w:r><w:t>old head</w:t></w:r></w:p>'
    style = '<w:style w:type="paragraph" w:styleId="Head"><w:name w:val="Head"/></w:style>'
    both = sides({"header": header, "styles": style}, {"header": header, "styles": ""})
    part = both.old.related(both.old.main, "header")
    assert part is not None
    both.old.add_part("word/media/image1.png", PNG, "image/png")
    rel_id = both.old.relate(part, "image", "word/media/image1.png")
    both.old.tree(part)[0].append(element(f'<w:r><a:blip {_A} r:embed="{rel_id}"/></w:r>'))
    shown = next(key for key, item in both.old.relations(both.old.main).items() if item.target == part)
    copy = both.copied(f'<w:sectPr><w:headerReference w:type="default" r:id="{shown}"/></w:sectPr>')
    again = both.again()
    made = again.relations(again.main)[copy[0].get(_R_ID, "")].target
    assert made not in both.old.parts
    assert "old head" in "".join(str(text) for text in again.tree(made).itertext())
    (embedded,) = again.relations(made).values()
    assert again.parts[embedded.target] == PNG
    assert "Head" in [item.get(w("styleId")) for item in again.tree("word/styles.xml")]


@pytest.mark.parametrize("turned", [False, True])
def test_a_diagram_finds_its_drawing(turned: bool) -> None:  # noqa: FBT001
    folder = corpus("pairs") / "WC014-SmartArt-With-Image-Before__WC014-SmartArt-With-Image-After"
    plain = EditablePackage.open(package("<w:p/>"))
    plain.relate(plain.main, "hyperlink", "https://example.org", external=True)
    old = EditablePackage.open(folder / ("after.docx" if turned else "before.docx"))
    both = of(old, plain)
    body = old.tree(old.main)[0]
    shown = next(body.iter("{http://schemas.openxmlformats.org/drawingml/2006/diagram}relIds"))
    copy = both.carrier.copied(shown, old_part=old.main, new_part=plain.main)
    again = both.again()
    relations = again.relations(again.main)
    targets = [relations[str(value)].target for value in copy.attrib.values()]
    assert [posixpath.basename(item) for item in targets] == [
        "data1.xml",
        "layout1.xml",
        "quickStyle1.xml",
        "colors1.xml",
    ]
    pointer = next(
        again.tree(targets[0]).iter("{http://schemas.microsoft.com/office/drawing/2008/diagram}dataModelExt")
    )
    drawing = relations[pointer.get("relId", "")]
    assert drawing.kind.endswith("/diagramDrawing")
    assert again.parts[drawing.target] == old.parts["word/diagrams/drawing1.xml"]
    assert {again.parts[item.target] for item in again.relations(drawing.target).values()} == {
        old.parts["word/media/image1.jpeg"]
    }


def test_a_part_that_points_at_a_missing_one_comes_without_it() -> None:
    old, rel_id = _with_chart(b"figures")
    old.relate("word/charts/chart1.xml", "image", "word/media/gone.png")
    both = of(old, EditablePackage.open(package("<w:p/>")))
    both.copied(f'<w:r><c:chart xmlns:c="urn:c" r:id="{rel_id}"/></w:r>')
    kinds = sorted(item.kind.rpartition("/")[2] for item in both.again().relations("word/charts/chart1.xml").values())
    assert kinds == ["hyperlink", "package"]
    assert "word/media/gone.png" in both.carrier.notes[0].message
