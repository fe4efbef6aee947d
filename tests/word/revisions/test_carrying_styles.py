"""A style goes by its id, with all that it builds on; a definition that changed is said, as Word cannot track it."""

from __future__ import annotations

from lxml import etree
from tests.word.revisions.carried import Sides, sides

from fe_contracts.word.xml import w


def _style(style_id: str, content: str = "", kind: str = "paragraph", name: str = "") -> str:
    return f'<w:style w:type="{kind}" w:styleId="{style_id}"><w:name w:val="{name or style_id}"/>{content}</w:style>'


_NORMAL = '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'


def _styles(both: Sides) -> dict[str, etree._Element]:
    again = both.again()
    part = again.related(again.main, "styles")
    return {item.get(w("styleId"), ""): item for item in again.tree(part)} if part else {}


def test_a_style_of_both_documents_keeps_its_id() -> None:
    both = sides(
        {"styles": _style("A", '<w:rsid w:val="1"/><w:rPr><w:b/></w:rPr>')},
        {"styles": _style("A", "<w:rPr><w:b/></w:rPr>")},
    )
    assert both.carrier.style("A") == "A"
    assert both.carrier.notes == []
    assert both.new._touched == set()


def test_the_order_of_attributes_and_traces_of_editors_make_no_difference() -> None:
    one = '<w:pPr><w:spacing w:before="1" w:after="2"/></w:pPr><w:qFormat/><w:uiPriority w:val="9"/>'
    two = '<w:uiPriority w:val="1"/><w:pPr><w:spacing w:after="2" w:before="1"/></w:pPr>'
    both = sides({"styles": _style("A", one)}, {"styles": _style("A", two)})
    both.carrier.style("A")
    assert both.carrier.notes == []


def test_a_changed_style_keeps_its_id_and_is_named_once() -> None:
    both = sides({"styles": _style("A", "<w:rPr><w:b/></w:rPr>", name="Body A")}, {"styles": _style("A")})
    assert [both.carrier.style("A"), both.carrier.style("A")] == ["A", "A"]
    (note,) = both.carrier.notes
    assert note.code == "REDLINE021"
    assert "(Body A)" in note.message


def test_a_missing_style_comes_with_its_chain() -> None:
    old = (
        _NORMAL
        + _style("Base", '<w:basedOn w:val="Normal"/>')
        + _style("A", '<w:basedOn w:val="Base"/><w:next w:val="Next"/><w:link w:val="AChar"/><w:rPr><w:b/></w:rPr>')
        + _style("AChar", '<w:link w:val="A"/>', "character")
        + _style("Next")
        + _style("Unused")
    )
    both = sides({"styles": old}, {"styles": _NORMAL})
    copy = both.copied('<w:p><w:pPr><w:pStyle w:val="A"/></w:pPr></w:p>')
    assert next(copy.iter(w("pStyle"))).get(w("val")) == "A"
    made, before = _styles(both), {item.get(w("styleId"), ""): item for item in both.old.tree("word/styles.xml")}
    assert set(made) == {"Normal", "Base", "A", "AChar", "Next"}
    for style_id in ("Base", "A", "AChar", "Next"):
        assert etree.tostring(made[style_id], method="c14n") == etree.tostring(before[style_id], method="c14n")


def test_a_part_for_styles_is_made() -> None:
    both = sides({"styles": _style("A")})
    assert both.carrier.style("A") == "A"
    assert set(_styles(both)) == {"A"}


def test_a_style_of_another_kind_comes_under_another_id_and_name() -> None:
    both = sides(
        {"styles": _style("A") + _style("B", '<w:basedOn w:val="A"/>')}, {"styles": _style("A", kind="character")}
    )
    assert both.carrier.style("B") == "B"
    assert both.carrier.style("A") == "AOld"
    made = _styles(both)
    assert made["B"].find(w("basedOn")).get(w("val")) == "AOld"  # type: ignore[union-attr]  # it is there
    assert made["AOld"].get(w("type")) == "paragraph"
    assert made["AOld"].find(w("name")).get(w("val")) == "A (old)"  # type: ignore[union-attr]  # it is there
    assert both.codes() == ["REDLINE027"]


def test_a_second_default_style_is_not_made() -> None:
    both = sides({"styles": _NORMAL.replace('"Normal"', '"Standard"')}, {"styles": _NORMAL})
    both.carrier.style("Standard")
    assert [style_id for style_id, style in _styles(both).items() if style.get(w("default"))] == ["Normal"]


def test_a_partner_that_has_another_partner_is_let_go() -> None:
    old = _style("A", '<w:link w:val="C"/>') + _style("C", '<w:link w:val="A"/>', "character")
    both = sides({"styles": old}, {"styles": _style("C", '<w:link w:val="Z"/>', "character")})
    both.carrier.style("A")
    assert _styles(both)["A"].find(w("link")) is None


def test_a_style_that_nobody_defines_stays_as_it_is_called() -> None:
    both = sides({"styles": ""}, {"styles": _style("A")})
    assert [both.carrier.style("Ghost"), both.carrier.style("A")] == ["Ghost", "A"]
    assert both.codes() == ["REDLINE021"]


def test_a_style_with_a_list_brings_its_list() -> None:
    old = {
        "styles": _style("L", '<w:pPr><w:numPr><w:numId w:val="4"/></w:numPr></w:pPr>'),
        "numbering": '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:pStyle w:val="L"/></w:lvl>'
        "</w:abstractNum>"
        '<w:num w:numId="4"><w:abstractNumId w:val="0"/></w:num>',
    }
    both = sides(old, {"styles": ""})
    both.carrier.style("L")
    again = both.again()
    assert [item.get(w("val")) for item in again.tree("word/numbering.xml").iter(w("pStyle"))] == ["L"]
    assert [item.get(w("val")) for item in again.tree("word/styles.xml").iter(w("numId"))] == ["4"]


def test_a_review_names_what_differs_throughout() -> None:
    defaults = "<w:docDefaults><w:rPrDefault><w:rPr>{}</w:rPr></w:rPrDefault></w:docDefaults>"
    old = (
        defaults.format("<w:b/>")
        + _NORMAL
        + _style("Base", "<w:rPr><w:b/></w:rPr>")
        + _style("A", '<w:basedOn w:val="Base"/>')
    )
    new = defaults.format("") + _style("Base") + _style("A", '<w:basedOn w:val="Base"/>') + _style("Unused")
    new += _NORMAL.replace('"Normal"', '"Standard"')
    body = '<w:p><w:pPr><w:pStyle w:val="A"/></w:pPr></w:p>'
    both = sides({"styles": old + _style("Unused", "<w:rPr><w:i/></w:rPr>")}, {"styles": new}, body)
    both.carrier.review()
    named = {note.code: note.message for note in both.carrier.notes}
    assert set(named) == {"REDLINE021", "REDLINE022"}
    assert "(Base)" in named["REDLINE021"]
    assert "(document defaults, default paragraph style)" in named["REDLINE022"]
    assert both.new._touched == set()


def test_a_review_of_one_document_with_itself_finds_nothing() -> None:
    styles = {"styles": _NORMAL, "theme": "<a/>", "fontTable": "<b/>"}
    both = sides(styles, styles)
    both.carrier.review()
    assert both.carrier.notes == []


def test_a_review_names_fonts_and_theme_together() -> None:
    both = sides({"theme": "<a/>", "fontTable": "<a/>"}, {"theme": "<b/>", "fontTable": "<b/>"})
    both.carrier.review()
    (note,) = both.carrier.notes
    assert note.code == "REDLINE025"
    assert "theme, font table" in note.message
