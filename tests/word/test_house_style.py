"""What a house style may be, what it may not, and what each refusal says."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from tests.word.opened import edited, part_text, parts_of, visible_text, xml_of, zipped

from fe_contracts.exceptions import HouseStyleError
from fe_contracts.word import load_house_style, starter_house_style, write
from fe_contracts.word.context import NAMES
from fe_contracts.word.styles import REQUIRED
from fe_contracts.word.xml import w

if TYPE_CHECKING:
    from pathlib import Path

    from fe_contracts.document.tree import Contract

_MARKER = '<w:t xml:space="preserve">{{ contract_body }}</w:t>'
_PLAIN = starter_house_style("plain")


def _tagged(tag: str) -> bytes:
    """Return the plain style with a paragraph of text put before the marker."""
    paragraph = f"<w:p><w:r><w:t>{tag}</w:t></w:r></w:p>"
    return edited(_PLAIN, lambda xml: xml.replace("<w:body>", f"<w:body>{paragraph}"))


def _refusal(document: bytes) -> str:
    with pytest.raises(HouseStyleError) as caught:
        load_house_style(document)
    assert all(problem.remedy for problem in caught.value.problems)
    return str(caught.value)


def _without_paragraph(xml: str, words: str) -> str:
    start = xml.rindex("<w:p>", 0, xml.index(words))
    return xml[:start] + xml[xml.index("</w:p>", start) + 6 :]


def test_a_house_style_without_its_marker_is_refused() -> None:
    message = _refusal(edited(_PLAIN, lambda xml: _without_paragraph(xml, "contract_body")))
    assert "HOUSE020" in message
    assert "The marker {{ contract_body }} is missing." in message


def test_a_marker_that_stands_twice_is_refused() -> None:
    assert "HOUSE021" in _refusal(_tagged("{{ contract_body }}"))


@pytest.mark.parametrize("around", ["Here: {{ contract_body }}", "{{ contract_body }} {{ contract.title }}"])
def test_a_marker_that_does_not_stand_alone_is_refused(around: str) -> None:
    assert "HOUSE022" in _refusal(edited(_PLAIN, lambda xml: xml.replace("{{ contract_body }}", around)))


def test_a_marker_in_a_table_is_refused() -> None:
    cell = (
        "<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/></w:tblGrid><w:tr><w:tc><w:p><w:r><w:t>{{ contract_body }}</w:t>"
        "</w:r></w:p></w:tc></w:tr></w:tbl><w:p/>"
    )
    without = edited(_PLAIN, lambda xml: _without_paragraph(xml, "contract_body"))
    assert "HOUSE022" in _refusal(edited(without, lambda xml: xml.replace("<w:body>", f"<w:body>{cell}")))


def test_a_marker_that_word_has_split_over_runs_is_found(contract: Contract) -> None:
    split = '<w:t xml:space="preserve">{{ contract</w:t></w:r><w:proofErr w:type="spellStart"/><w:r><w:t>_body }}</w:t>'
    style = load_house_style(edited(_PLAIN, lambda xml: xml.replace(_MARKER, split)))
    assert "Screen every adult" in part_text(write(contract, style))


def test_a_tag_that_word_has_split_over_runs_is_healed(settled: Contract) -> None:
    document = _tagged("{{ contract</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>.id }}")
    written = write(settled, load_house_style(document))
    assert visible_text(xml_of(written)).strip().startswith(settled.contract_id)


@pytest.mark.parametrize("tag", ["ins", "del", "moveFrom", "moveTo"])
def test_tracked_changes_are_refused(tag: str) -> None:
    change = f'<w:p><w:{tag} w:id="1" w:author="a"><w:r><w:t>x</w:t></w:r></w:{tag}></w:p>'
    message = _refusal(edited(_PLAIN, lambda xml: xml.replace("<w:body>", f"<w:body>{change}")))
    assert "HOUSE030" in message
    assert "Accept or reject all changes" in message


def test_tracked_changes_of_formatting_in_a_header_are_refused() -> None:
    change = '<w:p><w:pPr><w:pPrChange w:id="1" w:author="a"><w:pPr/></w:pPrChange></w:pPr></w:p></w:hdr>'
    document = edited(_PLAIN, lambda xml: xml.replace("</w:hdr>", change), "word/header_default.xml")
    assert "word/header_default.xml: error HOUSE030" in _refusal(document)


def test_comments_are_refused() -> None:
    assert "HOUSE031" in _refusal(_tagged('x</w:t></w:r><w:r><w:commentReference w:id="0"/></w:r><w:r><w:t>'))


@pytest.mark.parametrize(
    "tag",
    [
        "{{ contract.title",
        "{{ contract.title }",
        "{% if draft %}",
        "{% endfor %}",
        "{% for x cover %}{% endfor %}",
        "{{ city | nofilter }}",
        "{{ city is notest }}",
    ],
)
def test_a_broken_tag_is_refused_with_its_part(tag: str) -> None:
    message = _refusal(_tagged(tag))
    assert "word/document.xml: error HOUSE040" in message


def test_a_broken_tag_is_shown() -> None:
    assert "'{% if draft = 1 %} {% endif %}'" in _refusal(_tagged("{% if draft = 1 %}x{% endif %}"))


@pytest.mark.parametrize(
    "tag",
    [
        "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
        "{{ ''.__class__.__mro__[1].__subclasses__() }}",
        "{{ city.upper() }}",
        "{{ 'a' * 1000000000 }}",
        "{{ 2 ** 99999999 }}",
        "{% for i in range(100000000) %}x{% endfor %}",
        "{% include '/etc/passwd' %}",
        "{% import 'x' as y %}",
        "{% macro m() %}{% endmacro %}",
        "{% set city = 1 %}",
        "{{ city | safe }}",
        "{% autoescape false %}{{ city }}{% endautoescape %}",
        "{% raw %}{{ city }}{% endraw %}",
        "{{ city | attr('__class__') }}",
        "{{ city | map('upper') | list }}",
        "{{ " + "(" * 5000 + "1" + ")" * 5000 + " }}",
        "{{ " + "9" * 10000 + " }}",
    ],
)
def test_a_tag_that_could_run_code_or_switch_escaping_off_is_refused(tag: str) -> None:
    assert "HOUSE04" in _refusal(_tagged(tag))


@pytest.mark.parametrize("tag", ["{{ city.__class__ }}", "{{ city['__class__'] }}", "{{ cover.__len__ }}"])
def test_a_tag_that_reaches_behind_a_value_is_refused(tag: str) -> None:
    assert "HOUSE04" in _refusal(_tagged(tag))


def test_an_unknown_name_is_refused_with_the_names_there_are() -> None:
    message = _refusal(_tagged("{{ mayor }}"))
    assert "HOUSE042: A tag uses 'mayor'" in message
    assert ", ".join(NAMES) in message


def test_an_unknown_field_is_refused() -> None:
    message = _refusal(_tagged("{{ contract.headline }}"))
    assert "HOUSE043" in message
    assert "headline" in message


def test_all_problems_are_told_at_once() -> None:
    document = edited(_tagged("{{ mayor }}"), lambda xml: xml.replace("{{ city }}", "{{ governor }}"))
    document = edited(document, lambda xml: xml.replace("{{ contract.id }}", "{{ id }}"), "word/footer_default.xml")
    message = _refusal(document)
    assert "3 problems" in message
    assert all(f"'{name}'" in message for name in ("mayor", "governor", "id"))


def test_a_bookmark_that_a_tag_repeats_is_refused() -> None:
    loop = (
        '{% for fact in cover %}</w:t></w:r><w:bookmarkStart w:id="7" w:name="Twice"/><w:bookmarkEnd w:id="7"/>'
        "<w:r><w:t>{% endfor %}"
    )
    assert "HOUSE050" in _refusal(_tagged(loop))


def test_a_bookmark_that_is_never_closed_is_refused() -> None:
    assert "HOUSE050" in _refusal(_tagged('x</w:t></w:r><w:bookmarkStart w:id="7" w:name="Open"/><w:r><w:t>'))


def test_words_own_bookmark_is_dropped() -> None:
    document = _tagged('x</w:t></w:r><w:bookmarkStart w:id="7" w:name="_GoBack"/><w:bookmarkEnd w:id="7"/><w:r><w:t>')
    assert load_house_style(document).lent == ()


def test_a_tag_that_breaks_the_file_when_filled_is_refused() -> None:
    crossing = "{% if draft %}</w:t></w:r></w:p><w:p><w:r><w:t>{% endif %}x"
    load_house_style(_tagged(crossing))
    assert "HOUSE051" in _refusal(_tagged("{% if draft %}</w:t></w:r></w:p><w:p><w:r>{% endif %}<w:t>x"))


@pytest.mark.parametrize(
    ("document", "code"),
    [
        (b"", "FILE011"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest", "FILE012"),
        (b"no zip at all", "FILE013"),
        (zipped({"a.txt": "x"}), "FILE023"),
    ],
)
def test_what_is_no_word_file_is_refused(document: bytes, code: str) -> None:
    assert code in _refusal(document)


def test_macros_are_refused() -> None:
    assert "macros" in _refusal(zipped({**parts_of(_PLAIN), "word/vbaProject.bin": b"x"}))


def test_a_strict_open_xml_file_is_refused_with_what_to_do() -> None:
    strict = "http://purl.oclc.org/ooxml/wordprocessingml/main"
    document = edited(
        _PLAIN, lambda xml: xml.replace("http://schemas.openxmlformats.org/wordprocessingml/2006/main", strict)
    )
    assert "HOUSE012" in _refusal(document)


def test_a_link_to_a_file_outside_is_refused() -> None:
    link = '<Relationship Id="rIdX" Type="http://x/attachedTemplate" Target="file:///c:/x.dotm" TargetMode="External"/>'
    document = edited(
        _PLAIN, lambda xml: xml.replace("</Relationships>", f"{link}</Relationships>"), "word/_rels/document.xml.rels"
    )
    assert "attachedTemplate" in _refusal(document)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(HouseStyleError, match="HOUSE010"):
        load_house_style(tmp_path / "missing.docx")


def test_an_unknown_name_names_those_that_the_library_brings() -> None:
    with pytest.raises(HouseStyleError, match="It brings: civic, plain"):
        load_house_style("splendid")


def test_a_house_style_is_found_by_name_and_by_path(tmp_path: Path) -> None:
    path = tmp_path / "own.docx"
    path.write_bytes(_PLAIN)
    assert load_house_style("plain").digest == load_house_style(_PLAIN).digest
    assert load_house_style(path).digest == load_house_style(str(path)).digest


def test_the_same_file_is_compiled_once() -> None:
    assert load_house_style(_PLAIN) is load_house_style(bytes(_PLAIN))


def test_every_name_can_be_printed(settled: Contract) -> None:
    tags = (
        "{{ contract.id }}|{{ contract.type }}|{{ contract.language }}|{{ city }}|{{ agency }}|{{ form_approval }}|"
        "{{ draft }}|{{ drafts | join(', ') }}|{{ notices | length }}|{{ signatories[0].name }}|{{ parties[1].role }}|"
        "{{ cover[0].label }}"
    )
    printed = visible_text(xml_of(write(settled, load_house_style(_tagged("{% if city %}" + tags + "{% endif %}")))))
    assert printed.strip().startswith(
        "SAMPLE-2027-014|subcontract|en-US|City of Riverton|Hope House & Partners|City Attorney|False||2|"
        "Dana Whitfield|agency|Contract number"
    )


def test_a_tag_that_only_some_contracts_can_fill_is_refused_when_they_are_written(contract: Contract) -> None:
    style = load_house_style(_tagged("{% if cover %}{{ cover[1].value }}{% endif %}"))
    with pytest.raises(HouseStyleError, match="HOUSE043"):
        write(replace(contract, cover=(("Label", "value"),)), style)


def test_missing_styles_are_lent_from_the_plain_look(contract: Contract) -> None:
    empty = '<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"/>'
    style = load_house_style(zipped({**parts_of(_PLAIN), "word/styles.xml": empty}))
    assert {*REQUIRED} <= {*style.lent}
    styles = {item.get(w("styleId")) for item in xml_of(write(contract, style), "word/styles.xml").iter(w("style"))}
    assert {*style.style_ids.values()} <= styles


def test_a_style_keeps_the_id_that_word_gave_it_in_another_language(contract: Contract) -> None:
    document = edited(_PLAIN, lambda xml: xml.replace('"Heading1"', '"berschrift1"'), "word/styles.xml")
    style = load_house_style(document)
    assert style.lent == ()
    assert '<w:pStyle w:val="berschrift1"/>' in part_text(write(contract, style))


def test_numbers_stand_where_the_house_style_indents_its_styles(contract: Contract) -> None:
    before, after = (f'<w:ind w:left="{left}" w:hanging="{left - 680}"/>' for left in (1190, 999))
    document = edited(_PLAIN, lambda xml: xml.replace(before, after), "word/styles.xml")
    numbering = part_text(write(contract, load_house_style(document)), "word/numbering.xml")
    assert numbering.count(after) == 2


def test_lists_of_the_house_style_keep_their_numbers(contract: Contract) -> None:
    numbering = (
        '<w:numbering xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        '<w:abstractNum w:abstractNumId="4"><w:lvl w:ilvl="0"/></w:abstractNum>'
        '<w:num w:numId="9"><w:abstractNumId w:val="4"/></w:num></w:numbering>'
    )
    parts = parts_of(_PLAIN)
    parts["word/numbering.xml"] = numbering.encode()
    parts["word/_rels/document.xml.rels"] = parts["word/_rels/document.xml.rels"].replace(
        b"</Relationships>",
        b'<Relationship Id="rIdN" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/numbering" '
        b'Target="numbering.xml"/></Relationships>',
    )
    root = xml_of(write(contract, load_house_style(zipped(parts))), "word/numbering.xml")
    assert [item.get(w("numId")) for item in root.iter(w("num"))] == ["9", "10", "11", "12"]
    assert [item.get(w("abstractNumId")) for item in root.iter(w("abstractNum"))] == ["4", "5", "6", "7"]


def test_settings_that_greet_the_reader_are_dropped(contract: Contract) -> None:
    document = edited(
        _PLAIN, lambda xml: xml.replace("<w:zoom", '<w:trackRevisions/><w:updateFields w:val="true"/><w:zoom'),
        "word/settings.xml",
    )  # fmt: skip
    settings = part_text(write(contract, load_house_style(document)), "word/settings.xml")
    assert "updateFields" not in settings
    assert "trackRevisions" not in settings


def test_values_are_escaped_wherever_a_tag_prints_them(contract: Contract) -> None:
    hostile = "</w:t></w:r></w:p><w:p><w:r><w:t>injected & <c>"
    document = write(replace(contract, title=hostile), load_house_style(_PLAIN))
    assert hostile in visible_text(xml_of(document))
    assert hostile in visible_text(xml_of(document, "word/header_default.xml"))


def test_a_house_style_without_exhibits_marker_has_them_after_the_articles(contract: Contract) -> None:
    document = edited(_PLAIN, lambda xml: _without_paragraph(xml, "contract_exhibits"))
    body = visible_text(xml_of(write(contract, load_house_style(document))))
    assert body.rindex("Scope of services") < body.index("Dana Whitfield")


def test_repr_is_short() -> None:
    assert repr(load_house_style("plain")).startswith("HouseStyle('")


def test_a_house_style_of_a_thousand_pages_is_refused() -> None:
    filler = "".join(f"<w:p><w:r><w:t>paragraph {place * 7919}</w:t></w:r></w:p>" for place in range(50_000))
    assert "HOUSE013" in _refusal(edited(_PLAIN, lambda xml: xml.replace("<w:body>", f"<w:body>{filler}")))
