"""The second resolver, by the rules of the standard and by what another program made of real files."""

from __future__ import annotations

import pytest
from tests.redline.corpus import triples
from tests.redline.independent import resolved_text
from tests.redline.reading import read
from tests.redline.small import p, r, small
from tests.tools import corpus


def _mark(kind: str) -> str:
    return f'<w:rPr><w:{kind} w:id="1" w:author="a"/></w:rPr>'


def _in(kind: str, content: str) -> str:
    return f'<w:{kind} w:id="1" w:author="a">{content}</w:{kind}>'


def _row(text: str, held: str = "", cell: str = "") -> str:
    said = f"<w:trPr>{held}</w:trPr>" if held else ""
    shape = f"<w:tcPr>{cell}</w:tcPr>" if cell else ""
    return f"<w:tr>{said}<w:tc>{shape}{p(r(text))}</w:tc><w:tc>{p(r('z'))}</w:tc></w:tr>"


def _table(*rows: str) -> str:
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(rows)}</w:tbl>"


GONE = "<w:r><w:delText>b</w:delText></w:r>"
CASES = {
    "words": (p(r("a") + _in("ins", r("c")) + _in("del", GONE)), ["ab"], ["ac"]),
    "moved words": (p(_in("moveFrom", r("m")) + r("a") + _in("moveTo", r("m"))), ["ma"], ["am"]),
    "inserted and deleted again": (p(r("a") + _in("ins", _in("del", GONE))), ["a"], ["a"]),
    "an inserted mark": (p(r("a"), _mark("ins")) + p(r("b")), ["ab"], ["a", "b"]),
    "a deleted mark": (p(r("a"), _mark("del")) + p(r("b")), ["a", "b"], ["ab"]),
    "a chain of marks": (p(r("a"), _mark("del")) + p(r("b"), _mark("del")) + p(r("c")), ["a", "b", "c"], ["abc"]),
    "an inserted paragraph": (p(r("a")) + p(_in("ins", r("b")), _mark("ins")) + p(r("c")), ["a", "c"], ["a", "b", "c"]),
    "before a table, empty": (p("", _mark("ins")) + _table(_row("t")), ["t", "z"], ["", "t", "z"]),
    "before a table, with words": (p(r("a"), _mark("ins")) + _table(_row("t")), ["a", "t", "z"], ["a", "t", "z"]),
    "an inserted row": (_table(_row("a"), _row("b", _in("ins", ""))), ["a", "z"], ["a", "z", "b", "z"]),
    "a table that goes": (p(r("x")) + _table(_row("a", _in("del", ""))) + p(), ["x", "a", "z", ""], ["x", ""]),
    "an inserted cell": (_table(_row("a", cell=_in("cellIns", ""))), ["z"], ["a", "z"]),
    "in a control": (
        p("<w:sdt><w:sdtContent>" + _in("ins", r("b")) + "</w:sdtContent></w:sdt>" + r("a")),
        ["a"],
        ["ba"],
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_resolves_by_the_rules(name: str) -> None:
    body, old, new = CASES[name]
    data = small(body)
    assert resolved_text(data, accept=False)["body"] == old
    assert resolved_text(data, accept=True)["body"] == new


def test_a_removed_section_break_takes_its_header_along() -> None:
    section = '<w:sectPr><w:headerReference w:type="default" r:id="rId-header{}"/></w:sectPr>'
    held = f"{_mark('ins')}{section.format(1)}"
    data = small(p(r("a"), held) + p(r("b")) + section.format(2), header1=p(r("one")), header2=p(r("two")))
    assert resolved_text(data, accept=False) == {"body": ["ab"], "default header of section 1": ["two"]}
    assert resolved_text(data, accept=True)["default header of section 2"] == ["two"]


def test_agrees_with_what_another_program_made_of_real_files() -> None:
    corpus("redline-triples")
    judged = 0
    for case in triples():
        assert case.redline is not None
        for accept, side in ((False, case.old), (True, case.new)):
            assert resolved_text(case.redline, accept=accept) == read(side).at("text"), (case.name, accept)
            judged += 1
    assert judged >= 36
