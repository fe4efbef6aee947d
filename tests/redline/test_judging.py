"""The judge finds every planted fault, at its depth, and nothing where there is none."""

from __future__ import annotations

import pytest
from tests.redline import judging
from tests.redline.judging import WAYS, difference, judge
from tests.redline.small import changed, p, r, small, table

BODY = (
    p(r("The Agency shall report."), '<w:jc w:val="both"/>')
    + table(("a", "b"), ("c", "d"))
    + p(r("It has ") + r("thirty", "<w:b/>") + r(" days."))
    + p('<w:r><w:footnoteReference w:id="1"/></w:r>')
    + '<w:sectPr><w:headerReference w:type="default" r:id="rId-header1"/><w:cols w:num="1"/></w:sectPr>'
)
FILE = small(BODY, header1=p(r("City of A")), footnotes=f'<w:footnote w:id="1">{p(r("A note."))}</w:footnote>')
ROW = "<w:tr>" + "".join(f"<w:tc>{p(r(cell))}</w:tc>" for cell in "cd") + "</w:tr>"
DOCUMENT, HEADER, NOTES = ("word/document.xml", "word/header1.xml", "word/footnotes.xml")
FAULTS = {
    "a lost word": (DOCUMENT, "thirty", "", "text"),
    "another word": (DOCUMENT, "report", "rapport", "text"),
    "a stray paragraph": (DOCUMENT, "<w:sectPr>", "<w:p/><w:sectPr>", "text"),
    "a lost row": (DOCUMENT, ROW, "", "text"),
    "two paragraphs run together": (DOCUMENT, " days.</w:t></w:r></w:p><w:p>", " days.</w:t></w:r>", "text"),
    "a wrong header": (HEADER, "City of A", "City of B", "text"),
    "a lost header": (DOCUMENT, '<w:headerReference w:type="default" r:id="rId-header1"/>', "", "text"),
    "a wrong note": (NOTES, "A note.", "Another.", "text"),
    "a lost note": (DOCUMENT, '<w:footnoteReference w:id="1"/>', "", "text"),
    "a wrong bold": (DOCUMENT, "<w:b/>", "", "runs"),
    "a wrong italic": (DOCUMENT, "<w:b/>", "<w:b/><w:i/>", "runs"),
    "a wrong alignment": (DOCUMENT, '<w:jc w:val="both"/>', "", "properties"),
    "a list that was not there": (DOCUMENT, "<w:jc ", '<w:numPr><w:numId w:val="1"/></w:numPr><w:jc ', "properties"),
    "a wrong column": (DOCUMENT, '<w:cols w:num="1"/>', '<w:cols w:num="2"/>', "properties"),
    "a wrong cell": (DOCUMENT, "<w:tc>", "<w:tc><w:tcPr><w:noWrap/></w:tcPr>", "properties"),
}
DEPTHS = ("text", "runs", "properties")


def test_a_file_against_itself_is_right() -> None:
    verdict = judge(FILE, FILE, FILE)
    assert verdict.holds
    assert verdict.broken == []


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_found_at_its_depth(name: str) -> None:
    part, before, after, depth = FAULTS[name]
    verdict = judge(FILE, FILE, changed(FILE, lambda xml: xml.replace(before, after), part))
    broken = [depth for depth in DEPTHS if not verdict.holds_at(depth)]
    assert not verdict.holds
    assert broken[0] == depth
    if depth == "text":
        assert all(verdict.get(way, "independent") for way in WAYS)


def _tracked(kept: str) -> bytes:
    """A redline in which one word is deleted and another inserted, and what else is given."""
    marks = (
        '<w:del w:id="1" w:author="a"><w:r><w:delText>thirty</w:delText></w:r></w:del>'
        f'<w:ins w:id="2" w:author="a"><w:r><w:t>{kept}</w:t></w:r></w:ins>'
    )
    return small(p(r("It has ") + marks + r(" days.")))


def test_a_right_redline_is_right_both_ways() -> None:
    old, new = (small(p(r(f"It has {word} days."))) for word in ("thirty", "ninety"))
    assert judge(old, new, _tracked("ninety")).holds


def test_a_redline_is_judged_each_way_by_itself() -> None:
    old, new = (small(p(r(f"It has {word} days."))) for word in ("thirty", "ninety"))
    verdict = judge(old, new, _tracked("sixty"))
    assert verdict.get("reject", "text") is None
    assert verdict.get("accept", "text") == ("body, 1 of 1: should be 'It has ninety days.', is 'It has sixty days.'")
    assert verdict.get("accept", "independent") == verdict.get("accept", "text")


def test_the_second_resolver_catches_what_an_equal_error_in_the_first_would_hide(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    old, new = (small(p(r(f"It has {word} days."))) for word in ("thirty", "ninety"))
    wrong = {"reject": lambda _: old, "accept": lambda _: new}
    monkeypatch.setattr(judging, "_RESOLVE", wrong)
    verdict = judge(old, new, _tracked("sixty"))
    assert verdict.get("accept", "text") is None
    assert verdict.get("accept", "independent")
    assert not verdict.holds_at("text")
    assert not verdict.holds


def test_a_resolver_that_leaves_changes_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(judging, "_RESOLVE", dict.fromkeys(WAYS, lambda data: data))
    verdict = judge(FILE, FILE, _tracked("ninety"))
    assert "still holds w:del" in str(verdict.get("reject", "text"))


def test_a_difference_is_told_in_words() -> None:
    assert difference({"body": ["a"]}, {"body": ["a"]}) is None
    assert difference({"body": ["a", "b"]}, {"body": ["a"]}) == "body, 2 of 2: 'b' is missing"
    assert difference({"body": ["a"]}, {"body": ["a", "b"]}) == "body, 2 of 1: 'b' is too much"
    assert difference({"note": ["a"]}, {}) == "note: is not there any more; it should read ['a']"
    assert difference({}, {"note": ["a"]}) == "note: should not be there; it reads ['a']"
    runs = ("a", "", ""), ("b", "b", "")
    assert difference({"body": [runs]}, {"body": [runs[:1]]}) == "body, 1 of 1: run 2 should be ('b', 'b', ''), is None"
