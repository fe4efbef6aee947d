"""The two counts of words."""

from __future__ import annotations

import pytest
from tests.redline.minimal import marked, minimal_words
from tests.redline.small import p, r, small

INS = '<w:ins w:id="1" w:author="a">{}</w:ins>'.format
DEL = '<w:del w:id="1" w:author="a">{}</w:del>'.format
GONE = "<w:r><w:delText>{}</w:delText></w:r>".format
CASES = {
    "nothing": (p(r("one two")), 0),
    "a word inserted": (p(r("one ") + INS(r("two "))), 1),
    "a word over two runs": (p(INS(r("tw") + r("o", "<w:b/>"))), 1),
    "a word over two marks": (p(INS(r("tw")) + INS(r("o"))), 1),
    "two paragraphs": (p(INS(r("tw"))) + p(INS(r("o"))), 2),
    "a word deleted and one inserted": (p(DEL(GONE("one")) + INS(r("two"))), 2),
    "words that stay between": (p(INS(r("one")) + r("two") + INS(r("three"))), 2),
    "what was inserted and deleted again": (p(INS(DEL(GONE("one two")))), 2),
    "a move": (p(f'<w:moveFrom w:id="1">{r("one")}</w:moveFrom><w:moveTo w:id="2">{r("one")}</w:moveTo>'), 0),
    "a tab between": (p(INS(r("one") + "<w:r><w:tab/></w:r>" + r("two"))), 2),
    "a picture": (p(INS("<w:r><w:drawing/></w:r>")), 0),
    "a text box, written twice": (
        p(
            '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:txbxContent>'
            + p(INS(r("one")))
            + "</w:txbxContent>"
            "</mc:Choice><mc:Fallback><w:txbxContent>" + p(INS(r("one"))) + "</w:txbxContent></mc:Fallback>"
            "</mc:AlternateContent></w:r>"
        ),
        1,
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_words_marked(name: str) -> None:
    body, count = CASES[name]
    assert marked(small(body)) == count


def test_words_marked_in_margins_and_notes_count() -> None:
    notes = f'<w:footnote w:id="1">{p(INS(r("a b")))}</w:footnote>'
    assert marked(small(p(r("x")), header1=p(INS(r("one"))), footnotes=notes)) == 3


def test_a_minimal_edit_script_over_all_stories() -> None:
    old = small(p(r("one two three")) + p(r("four")), header1=p(r("head")))
    assert minimal_words(old, old) == 0
    assert minimal_words(old, small(p(r("one 2 three")) + p(r("four")), header1=p(r("head")))) == 2
    assert minimal_words(old, small(p(r("one two three four")))) == 0
    page = '<w:sectPr><w:headerReference w:type="default" r:id="rId-header1"/></w:sectPr>'
    assert minimal_words(small(p(r("a")) + page, header1=p(r("x y"))), small(p(r("a")) + page, header1=p(r("x")))) == 1
