"""Citations are read as objects, equal however they are written, found in running text with their place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fe_contracts.catalog.citations import Cite, Code, Unit, find_citations, unreadable_citations

LETTERS = st.sampled_from([*"abcdefghjklmnopqrstuwyz", "aa", "bb", "zz"])
NUMBERS = st.integers(1, 99).map(str)
ROMANS = st.sampled_from(["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv"])
CAPITALS = st.sampled_from([*"ABCDEFGH"])
LEVELS = (LETTERS, NUMBERS, ROMANS, CAPITALS)


@st.composite
def sections(draw: st.DrawFn) -> Cite:
    """Draw a section of the CFR or U.S.C. with up to four levels of paragraphs and perhaps a range."""
    names = tuple(draw(level) for level in LEVELS[: draw(st.integers(0, 4))])
    until = draw(st.one_of(st.just(""), LEVELS[len(names) - 1])) if names else ""
    if draw(st.booleans()):
        part = draw(st.integers(1, 2500))
        number = f"{part}.{draw(st.integers(1, 999))}"
        if not names and draw(st.booleans()):
            until = f"{part}.{draw(st.integers(1, 999))}"
        return Cite(Code.CFR, draw(st.integers(1, 50)), number, paragraphs=names, until=until)
    number = f"{draw(st.integers(1, 99999))}{draw(st.sampled_from(['', 'a', 'b-1', 'bb']))}"
    return Cite(Code.USC, draw(st.integers(1, 54)), number, paragraphs=names, until=until)


@st.composite
def others(draw: st.DrawFn) -> Cite:
    """Draw a part, a chapter, a page, an order, a law, a notice or a memorandum."""
    number = st.integers(1, 9999)
    match draw(st.sampled_from(Code)):
        case Code.CFR | Code.USC:
            division = draw(st.sampled_from(["", "Appendix II", "Appendix A", "subpart E"]))
            names = (draw(CAPITALS),) if division.startswith("A") and draw(st.booleans()) else ()
            return Cite(Code.CFR, draw(st.integers(1, 50)), str(draw(number)), Unit.PART, division, names)
        case Code.FR:
            return Cite(Code.FR, draw(st.integers(1, 120)), str(draw(st.integers(1, 99999))))
        case Code.EO:
            return Cite(Code.EO, 0, str(draw(st.integers(1000, 19999))))
        case Code.LAW:
            return Cite(Code.LAW, draw(st.integers(50, 119)), str(draw(number)))
        case Code.HUD:
            office = draw(st.sampled_from(["CPD", "PIH", "FHEO"]))
            return Cite(Code.HUD, 0, f"{office}-{draw(st.integers(10, 29))}-{draw(st.integers(1, 99))}")
        case _:
            return Cite(Code.OMB, 0, f"M-{draw(st.integers(10, 29))}-{draw(st.integers(10, 49))}")


@given(st.one_of(sections(), others()))
def test_what_is_written_is_read_back_the_same(cite: Cite) -> None:
    assert Cite.parse(str(cite)) == cite
    text = f"As {cite} says, and (b) so on."
    (found,) = find_citations(text)
    assert (found.cite, text[found.start : found.end]) == (cite, str(cite))
    assert unreadable_citations(text) == []


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        ("24 C.F.R. § 578.23(c)(4)", "24 CFR 578.23(c)(4)"),
        ("24 CFR Sec. 578.23 (c) (4)", "24 CFR 578.23(c)(4)"),
        ("24 CFR section 578.23(c)(4)", "24 CFR 578.23(c)(4)"),
        ("2 CFR 200.332(b)(1)(i) through (xiv)", "2 CFR 200.332(b)(1)(i)-(xiv)"),
        ("2 CFR 200.332(b)(1)(i)–(xiv)", "2 CFR 200.332(b)(1)(i)-(xiv)"),
        ("2 CFR §§ 200.318–.327", "2 CFR 200.318-200.327"),
        ("2 C.F.R. Part 200.332", "2 CFR 200.332"),
        ("2 CFR 200", "2 CFR part 200"),
        ("2 CFR Part 200, Appendix II(B)", "2 CFR part 200, Appendix II(B)"),
        ("Appendix II(B) to 2 CFR part 200", "2 CFR part 200, Appendix II(B)"),
        ("subpart E of 2 CFR part 200", "2 CFR part 200, subpart E"),
        ("24 CFR chapters I through IX", "24 CFR chapter I-IX"),
        ("42 USC § 2000d-1", "42 U.S.C. 2000d-1"),
        ("31 U.S.C. §§ 3729–3730", "31 U.S.C. 3729-3730"),
        ("85 Fed. Reg. 49,506", "85 FR 49506"),
        ("E.O. 13,166", "Executive Order 13166"),
        ("Executive Order No. 11246", "Executive Order 11246"),
        ("Public Law No. 104–191", "Pub. L. 104-191"),
        ("Notice CPD-17-01", "HUD Notice CPD-17-01"),
        ("OMB Memo M-18-18", "OMB Memorandum M-18-18"),
    ],
)
def test_the_same_section_is_the_same_citation_however_it_is_written(written: str, normal: str) -> None:
    assert Cite.parse(written) == Cite.parse(normal)
    assert str(Cite.parse(written)) == normal


@pytest.mark.parametrize(
    ("text", "cites"),
    [
        (
            "2 CFR 200.328(d), 200.329(c) and 200.344(b) apply",
            ["2 CFR 200.328(d)", "2 CFR 200.329(c)", "2 CFR 200.344(b)"],
        ),
        (
            "24 CFR 578.103(a)(3), (7) and (9)",
            ["24 CFR 578.103(a)(3)", "24 CFR 578.103(a)(7)", "24 CFR 578.103(a)(9)"],
        ),
        (
            "24 CFR 578.53(e)(8)(i) and (ii), (e)(10)",
            ["24 CFR 578.53(e)(8)(i)", "24 CFR 578.53(e)(8)(ii)", "24 CFR 578.53(e)(10)"],
        ),
        ("45 CFR parts 160 and 164, and 30 days later", ["45 CFR part 160", "45 CFR part 164"]),
        ("24 CFR 5.100, 5.111; 28 CFR part 35 (web rule)", ["24 CFR 5.100", "24 CFR 5.111", "28 CFR part 35"]),
        ("EO 11246 and Executive Order 13166", ["Executive Order 11246", "Executive Order 13166"]),
        ("2 CFR 200.501. In 2024 it was $750,000.", ["2 CFR 200.501"]),
        ("48 CFR 2.101, thresholds from June 20, 2018", ["48 CFR 2.101"]),
        ("the Frame 12, page 300 of the CFR, and 200.332(b)", []),
    ],
)
def test_every_citation_of_a_text_is_found(text: str, cites: list[str]) -> None:
    assert [str(item.cite) for item in find_citations(text)] == cites


@pytest.mark.parametrize(
    "text", ["", "200.332(b)", "2 CFR 200.332 and 200.333", "see 2 CFR 200.332", "2 CFR 200.332 says", "99 CFR 5.5"]
)
def test_what_is_not_one_citation_is_refused_with_the_form_to_write(text: str) -> None:
    with pytest.raises(ValueError, match="is not one citation; write it as in"):
        Cite.parse(text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("under 2 CFR 200,332 the City", ["2 CFR 200"]),
        ("see 24 CFR 578(c)(4)", ["24 CFR 578(c)(4)"]),
        ("see 99 CFR 5.5.", ["99 CFR 5.5"]),
        ("2 CFR two hundred", ["2 CFR two"]),
        ("Executive Order 142x4", ["Executive Order 142x4"]),
        ("an Executive Order, the CFR, 2 CFR 200.332 and Public Law", []),
    ],
)
def test_what_looks_like_a_citation_and_is_none_is_told(text: str, words: list[str]) -> None:
    assert [found for found, _ in unreadable_citations(text)] == words


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2 CFR 200.305(b)", "2 CFR 200.305(b)(3)", True),
        ("2 CFR 200.305(b)(2)", "2 CFR 200.305(b)(3)", False),
        ("2 CFR 200.332(b)(1)(vii)-(ix)", "2 CFR 200.332(b)(1)(viii)", True),
        ("2 CFR 200.318-200.327", "2 CFR 200.320", True),
        ("2 CFR 200.318-200.327", "2 CFR 200.328", False),
        ("2 CFR 200.318-200.327", "2 CFR 200.317", False),
        ("2 CFR part 200", "2 CFR 200.320(a)", True),
        ("2 CFR part 200", "24 CFR part 200", False),
        ("2 CFR part 200", "2 CFR part 200, Appendix II", True),
        ("2 CFR part 200, Appendix I", "2 CFR part 200, Appendix II", False),
        ("24 CFR part 578", "24 CFR 576.400", False),
        ("Executive Order 11246", "Executive Order 13166", False),
    ],
)
def test_one_citation_lies_within_another_or_not(one: str, other: str, same: bool) -> None:  # noqa: FBT001 - a column
    assert Cite.parse(one).overlaps(Cite.parse(other)) is same
    assert Cite.parse(other).overlaps(Cite.parse(one)) is same


@given(st.one_of(sections(), others()))
def test_a_citation_lies_within_itself(cite: Cite) -> None:
    assert cite.overlaps(cite)


def test_part_and_section_are_told_apart() -> None:
    assert (Cite.parse("2 CFR 200.332(b)").part, Cite.parse("2 CFR 200.332(b)").section) == ("200", "200.332")
    assert (Cite.parse("24 CFR part 87").part, Cite.parse("24 CFR part 87").section) == ("87", "")
    assert Cite.parse("15 U.S.C. 1681b").part == ""
