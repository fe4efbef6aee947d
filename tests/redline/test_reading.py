"""What the reader says is the same, and what it says is not."""

from __future__ import annotations

import pytest
from tests.redline.judging import LAW
from tests.redline.opening import Opened
from tests.redline.reading import StillMarkedError, read, words
from tests.redline.small import p, r, small, table

BOX = (
    '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:wsp><wps:txbx>'
    "<w:txbxContent>{0}</w:txbxContent>"
    "</wps:txbx></wps:wsp></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox><w:txbxContent>{0}</w:txbxContent>"
    "</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
)
FIELD = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>REF a</w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r>{}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
)
CONTROL = '<w:sdt><w:sdtPr><w:id w:val="1"/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>'
PICTURE = '<w:r><w:drawing><a:blip r:embed="{}"/></w:drawing></w:r>'
LINK = '<w:hyperlink r:id="rId-link">{}</w:hyperlink>'

SAME = {
    "a text cut into runs": (p(r("ab")), p(r("a") + r("b"))),
    "an empty bag of properties": (p(r("a")), "<w:p><w:pPr><w:rPr/></w:pPr><w:r><w:rPr/><w:t>a</w:t></w:r></w:p>"),
    "ids of saved sessions": (p(r("a")), '<w:p w:rsidR="00AB"><w:r w:rsidRPr="00AC"><w:t>a</w:t></w:r></w:p>'),
    "the proofing language": (p(r("a")), p(r("a", '<w:lang w:val="en-US"/>') + '<w:proofErr w:type="spellEnd"/>')),
    "the order of properties": (
        p(r("a", "<w:b/><w:i/>")),
        p(r("a", "<w:i/><w:b/>")),
    ),
    "ways to say yes": (p(r("a", "<w:b/>")), p(r("a", '<w:b w:val="1"/>'))),
    "a simple field and a complex one": (
        p(f'<w:fldSimple w:instr=" REF a ">{r("1")}</w:fldSimple>'),
        p(FIELD.format(r("1"))),
    ),
    "a control around a paragraph": (p(r("a")), CONTROL.format(p(r("a")))),
    "a control in a line": (p(r("a") + r("b")), p(r("a") + CONTROL.format(r("b")))),
    "outer blanks that are not kept": (p(r("a")), "<w:p><w:r><w:t> a </w:t></w:r></w:p>"),
}
OTHER = {
    "a word": ("text", p(r("a")), p(r("b"))),
    "a kept blank": ("text", p(r("a")), p(r("a "))),
    "a tab and a blank": ("text", p(r("a b")), p(r("a") + "<w:r><w:tab/></w:r>" + r("b"))),
    "an empty paragraph more": ("text", p(r("a")), p(r("a")) + p()),
    "a row": ("text", table(("a",), ("b",)), table(("a",))),
    "a word in a box": ("text", p(BOX.format(p(r("a")))), p(BOX.format(p(r("b"))))),
    "bold": ("runs", p(r("a")), p(r("a", "<w:b/>"))),
    "bold on another letter": ("runs", p(r("a", "<w:b/>") + r("b")), p(r("a") + r("b", "<w:b/>"))),
    "a link": ("runs", p(r("a")), p(LINK.format(r("a")))),
    "the code of a field": ("runs", p(FIELD.format(r("1"))), p(FIELD.format(r("1")).replace("REF a", "REF b"))),
    "where a field ends": ("runs", p(FIELD.format(r("1")) + r("2")), p(FIELD.format(r("1") + r("2")))),
    "alignment": ("properties", p(r("a")), p(r("a"), '<w:jc w:val="right"/>')),
    "the look of a mark": ("properties", p(r("a")), p(r("a"), "<w:rPr><w:b/></w:rPr>")),
    "a list": (
        "properties",
        p(r("a"), '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'),
        p(r("a"), '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="2"/></w:numPr>'),
    ),
    "a table's properties": ("properties", table(("a",)), table(("a",), held='<w:jc w:val="center"/>')),
    "two cells for one with two paragraphs": (
        "properties",
        table(("a", "b")),
        f"<w:tbl><w:tblPr/><w:tblGrid/><w:tr><w:tc>{p(r('a'))}{p(r('b'))}</w:tc></w:tr></w:tbl>",
    ),
    "a page": ("properties", p(r("a")) + "<w:sectPr/>", p(r("a")) + '<w:sectPr><w:cols w:num="2"/></w:sectPr>'),
}


@pytest.mark.parametrize("name", SAME)
def test_is_the_same(name: str) -> None:
    one, two = (read(small(body)) for body in SAME[name])
    assert all(one.at(depth) == two.at(depth) for depth in LAW)


@pytest.mark.parametrize("name", OTHER)
def test_is_not_the_same_at_its_depth_and_is_above(name: str) -> None:
    depth, *bodies = OTHER[name]
    one, two = (read(small(body)) for body in bodies)
    assert one.at(depth) != two.at(depth)
    above = {"text": (), "runs": ("text",), "properties": ("text", "runs")}[depth]
    assert all(one.at(other) == two.at(other) for other in above)


def test_a_line_is_read_as_it_is_shown() -> None:
    body = p(
        r("a")
        + LINK.format(r("b"))
        + FIELD.format(r("c"))
        + "<w:r><w:noBreakHyphen/><w:br/></w:r>"
        + CONTROL.format(r("d"))
    )
    assert read(small(body)).stories["body"].text == ["abc‑\nd"]


def test_a_field_may_go_on_over_paragraphs() -> None:
    whole = FIELD.format(r("a") + "</w:p><w:p>" + r("b"))
    assert read(small(f"<w:p>{whole}</w:p>")).stories["body"].text == ["a", "b"]


def test_a_text_box_is_read_once_after_its_paragraph() -> None:
    text = read(small(p(r("x") + BOX.format(p(r("in")) + p(r("side")))) + p(r("y")))).stories["body"].text
    assert [line for line in text if "\ue003" not in line] == ["in", "side", "y"]
    assert words(text[0]) == ["x"]


def test_nested_tables_are_read_in_order() -> None:
    inside = table(("b", "c"))
    body = f"<w:tbl><w:tblPr/><w:tblGrid/><w:tr><w:tc>{p(r('a'))}{inside}{p(r('d'))}</w:tc></w:tr></w:tbl>"
    assert read(small(body)).stories["body"].text == ["a", "b", "c", "d"]


def test_notes_are_read_in_the_order_of_their_references() -> None:
    refer = '<w:r><w:footnoteReference w:id="{}"/></w:r>'.format
    notes = "".join(
        f'<w:footnote w:id="{id_}">{p(r(text))}</w:footnote>' for id_, text in ((1, "one"), (2, "two"), (3, "-"))
    )
    stories = read(small(p(refer(2)) + p(refer(1)), footnotes=notes)).stories
    assert [stories[f"footnote {number}"].text for number in (1, 2)] == [["two"], ["one"]]
    assert len(stories) == 3


def _margins(first: str, second: str, settings: str = "") -> dict[str, list[object]]:
    body = p(r("a"), f"<w:sectPr>{first}</w:sectPr>") + p(r("b")) + f"<w:sectPr>{second}</w:sectPr>"
    parts = {"header1": p(r("one")), "header2": p(r("two")), "header3": p()}
    return read(small(body, **parts, settings=settings)).at("text")


def _reference(kind: str, part: str) -> str:
    return f'<w:headerReference w:type="{kind}" r:id="rId-{part}"/>'


def test_a_header_is_taken_over_from_the_section_before() -> None:
    found = _margins(_reference("default", "header1"), "")
    assert [found[f"default header of section {number}"] for number in (1, 2)] == [["one"], ["one"]]


def test_a_header_that_is_never_shown_is_not_read() -> None:
    first = _reference("first", "header2") + _reference("even", "header1")
    assert set(_margins(first, "")) == {"body"}
    assert set(_margins(first, "<w:titlePg/>")) == {"body", "first header of section 2"}
    assert "even header of section 1" in _margins(first, "", "<w:evenAndOddHeaders/>")


def test_an_empty_header_reads_as_none() -> None:
    assert set(_margins(_reference("default", "header3"), "")) == {"body"}


def test_a_picture_is_told_by_what_it_shows() -> None:
    body = p(PICTURE.format("rId-header1"))
    one, two, three = (
        read(small(body.replace("rId-header1", f"rId-{name}"), header1=p(r("x")), header2=p(r("x")), header3=p()))
        for name in ("header1", "header2", "header3")
    )
    assert one == two != three


def test_two_lists_of_one_kind_are_told_apart() -> None:
    def numbered(*numbers: int) -> bytes:
        return small(
            "".join(p(r("a"), f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{n}"/></w:numPr>') for n in numbers)
        )

    def as_one(data: bytes) -> list[str]:
        text = Opened(data).parts["word/numbering.xml"].decode()
        assert 'w:numId="3"' in text
        return read(data).stories["body"].properties

    going_on, again = as_one(numbered(1, 1)), as_one(numbered(1, 2))
    assert going_on[0] == going_on[1]
    assert again[0] != again[1]
    assert read(numbered(1)).at("properties") != read(numbered(3)).at("properties")


@pytest.mark.parametrize(
    "mark",
    [
        p('<w:ins w:id="1" w:author="a">' + r("a") + "</w:ins>"),
        p(r("a"), '<w:rPr><w:del w:id="1" w:author="a"/></w:rPr>'),
        p(r("a"), '<w:pPrChange w:id="1" w:author="a"><w:pPr/></w:pPrChange>'),
        p("<w:r><w:delText>a</w:delText></w:r>"),
    ],
)
def test_a_file_with_tracked_changes_is_refused(mark: str) -> None:
    with pytest.raises(StillMarkedError, match=r"document\.xml still holds w:"):
        read(small(mark))


def test_words_leave_out_pictures_and_note_marks() -> None:
    assert words("one\ue001 \ue003picture abc\ue004two\tthree") == ["one", "two", "three"]


def test_controls_bookmarks_and_comments_are_told_beside_the_law() -> None:
    mark = '<w:bookmarkStart w:id="1" w:name="here"/>{}<w:bookmarkEnd w:id="1"/>'.format
    one, two = (read(small(body)) for body in (p(r("a") + CONTROL.format(mark(r("b")))), p(r("a") + r("b"))))
    assert all(one.at(depth) == two.at(depth) for depth in LAW)
    assert one.stories["body"].whole == ["bookmark here around b", "control without a name around b"]
    assert two.stories["body"].whole == []


def test_a_text_box_whose_second_face_says_something_else_is_told() -> None:
    box = BOX.format(p(r("a")))
    first, _, second = box.partition("</mc:Choice>")
    odd = f"{first}</mc:Choice>{second.replace('>a<', '>b<')}"
    assert read(small(p(box))).stories["body"].whole == []
    assert "with other words: b" in read(small(p(odd))).stories["body"].whole[0]
