"""Files that a redline was not made for: a right answer, or a refusal with a name; never a crash, never lost text."""

from __future__ import annotations

import io
import itertools
import re
import zipfile
from typing import TYPE_CHECKING

import pytest
from tests.redline.judging import judge
from tests.redline.settling import compared
from tests.redline.settling import text_of as settled
from tests.tools import corpus
from tests.word.revisions.documents import body_of, ins, p, package, r, tbl, tc, tr, xml_of, zipped

from fe_contracts.exceptions import FEContractsError, SourceError, UnsafeFileError
from fe_contracts.word.revisions import accept_changes, redline, reject_changes

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from fe_contracts.word.revisions.redlining import Redline

END = "<w:sectPr/>"
PLAIN = package(p(r("The term is one year.")) + END)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
TYPES = "[Content_Types].xml"


def members(data: bytes) -> dict[str, bytes]:
    """Return the members of a file."""
    with zipfile.ZipFile(io.BytesIO(data)) as box:
        return {name: box.read(name) for name in box.namelist()}


def without(*names: str) -> bytes:
    return zipped({name: data for name, data in members(PLAIN).items() if name not in names})


def replaced(part: str, old: str, new: str, data: bytes = PLAIN) -> bytes:
    files = members(data)
    text = files[part].decode()
    assert old in text
    return zipped({**files, part: text.replace(old, new).encode()})


def twice(name: str) -> bytes:
    file = io.BytesIO(PLAIN)
    with zipfile.ZipFile(file, "a") as box, pytest.warns(UserWarning, match="Duplicate name"):
        box.writestr(name, b"<again/>")
    return file.getvalue()


def refusal(old: bytes | Path, new: bytes | Path = PLAIN) -> str:
    """Return the code of the one reason why a redline is refused."""
    with pytest.raises((UnsafeFileError, SourceError)) as caught:
        redline(old, new)
    codes = {problem.code for problem in caught.value.problems}
    assert len(codes) == 1, caught.value
    assert all(problem.remedy for problem in caught.value.problems)
    return codes.pop()


def text_of(old: bytes, new: bytes) -> tuple[Redline, list[str]]:
    """Return a redline, and in which ways it does not give both texts back, in either order."""
    made = redline(old, new)
    faults = [
        fault
        for one, two in ((old, new), (new, old))
        for verdict in [judge(one, two, redline(one, two).to_bytes())]
        for fault in (*verdict.faults("text"), *verdict.faults("independent"))
    ]
    return made, faults


def said(body: str) -> str:
    """Return the text of a body as it stands, and a bar where a paragraph ends."""
    return "".join(text or "|" for text in re.findall(r"<w:t(?: [^>]*)?>([^<]*)|</w:p>", body))


def lawful(old: str, new: str, one: Mapping[str, str] | None = None, two: Mapping[str, str] | None = None) -> Redline:
    """Return a redline of two bodies, which gives both texts back in either order."""
    made, faults = text_of(package(old + END, one), package(new + END, two))
    assert not faults
    return made


# ------------------------------------------------------------------ what is refused


REFUSED = {
    "no zip": (b"plain text", "FILE013"),
    "empty": (b"", "FILE011"),
    "old Word": (OLE, "FILE012"),
    "truncated": (PLAIN[: len(PLAIN) // 2], "FILE013"),
    "no content types": (without(TYPES), "FILE023"),
    "no relationships": (without("_rels/.rels"), "FILE023"),
    "no document": (without("word/document.xml"), "FILE024"),
    "climbs out": (zipped({**members(PLAIN), "../evil.xml": b"<a/>"}), "FILE016"),
    "bomb": (zipped({**members(PLAIN), "word/big.xml": b"<a>" + b" " * 30_000_000 + b"</a>"}), "FILE019"),
    "DOCTYPE": (replaced("word/document.xml", "<w:document", "<!DOCTYPE x []><w:document"), "FILE021"),
    "external entity": (
        replaced(
            "word/document.xml", "<w:document", '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><w:document'
        ),
        "FILE021",
    ),
    "billion laughs": (
        replaced(
            "word/document.xml",
            "<w:document",
            '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><w:document',
        ),
        "FILE021",
    ),
    "broken XML": (replaced("word/document.xml", "</w:body>", ""), "FILE050"),
    "broken relationships": (replaced("word/_rels/document.xml.rels", "</Relationships>", ""), "FILE050"),
    "strict": (
        replaced(
            "word/document.xml",
            "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
            "http://purl.oclc.org/ooxml/wordprocessingml/main",
        ),
        "FILE025",
    ),
    "other root": (replaced("word/document.xml", "w:document", "w:glossary"), "FILE026"),
    "no body": (replaced("word/document.xml", "w:body", "w:background"), "FILE027"),
    "200 controls in one another": (
        package("<w:sdt><w:sdtContent>" * 200 + p(r("x")) + "</w:sdtContent></w:sdt>" * 200 + END),
        "FILE050",
    ),
    "tracked changes": (package(p(r("a") + ins(r("b"))) + END), "REDLINE010"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_read_is_refused_by_name_on_either_side(name: str) -> None:
    data, code = REFUSED[name]
    assert refusal(data) == refusal(PLAIN, data) == code


def test_a_member_that_is_there_twice_is_refused() -> None:
    assert refusal(twice("word/document.xml")) == "FILE016"


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path / "missing.docx") == "FILE001"
    assert refusal(tmp_path) == "FILE001"


STRAYS = {
    "between paragraphs": p(r("a")) + r("stray words"),
    "in a cell": tbl(tr(tc(r("stray words") + p()))) + p(),
    "in a row": tbl(tr(p(r("stray words")) + tc(p()))) + p(),
    "in a table": f"<w:tbl><w:tblPr/>{p(r('stray words'))}{tr(tc(p()))}</w:tbl>" + p(),
    "in a control, beside its content": f"<w:sdt><w:sdtContent>{p()}</w:sdtContent>{p(r('stray words'))}</w:sdt>" + p(),
    "in a control in a line": p(f"<w:sdt><w:sdtPr/>{r('stray words')}</w:sdt>"),
}


@pytest.mark.parametrize("where", STRAYS)
def test_text_that_stands_where_no_change_can_be_tracked_is_refused_and_not_lost(where: str) -> None:
    strayed = package(STRAYS[where] + END)
    changed = package(STRAYS[where].replace("<w:p/>", p(r("a change"))).replace("<w:sdtPr/>", r("a change")) + END)
    if changed == strayed:
        changed = package(p(r("a change")) + STRAYS[where] + END)
    with pytest.raises(UnsafeFileError, match=r"(?s)the old file.*REDLINE011.*save it again"):
        redline(strayed, changed)
    for old, new, name in ((strayed, PLAIN, "old"), (PLAIN, strayed, "new")):
        try:
            made = redline(old, new).to_bytes()
        except UnsafeFileError as error:
            assert error.name == f"the {name} file"  # noqa: PT017  refused, or right
        else:
            assert said(body_of(reject_changes(made))) == said(xml_of(old))
            assert said(body_of(accept_changes(made))) == said(xml_of(new))
    assert redline(strayed, strayed).same


def test_macros_are_named_as_they_are_when_a_file_is_read() -> None:
    macro = replaced(
        TYPES,
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
        "application/vnd.ms-word.document.macroEnabled.main+xml",
    )
    assert "FILE030" in {note.code for note in redline(macro, PLAIN).notes}


# ------------------------------------------------------------------ what is odd, and has a right answer


def test_a_document_with_itself_is_the_same() -> None:
    made = redline(PLAIN, PLAIN)
    assert made.same
    assert made.to_dict() == {"same": True, "counts": {}, "notes": []}
    assert "w:ins" not in xml_of(made.to_bytes())


@pytest.mark.parametrize("empty", [p(), p() + p(), p(properties="<w:keepNext/>")])
def test_an_empty_document_gives_up_everything_or_gains_it(empty: str) -> None:
    lawful(empty, p(r("Something at last.")) + p(r("And more.")))


def test_a_trailing_empty_paragraph_that_goes_takes_no_text_with_it() -> None:
    lawful(p(r("benefits ") + r("screening")) + p(), p(r("benefits ") + r("screening")))
    lawful(p(r("one")) + p() + p(), p(r("one")) + p(r("two")) + p())


TEXTS = {
    "right to left": ("שלום לכולם 123 أهلا", "שלום לכם 124 أهلا وسهلا"),
    "combining": ("e\u0301te\u0301 cafe\u0301 man\u0303ana", "été cafe\u0301 manana"),
    "families and flags": ("a 👩‍👩‍👧‍👦 b 🇺🇸🇬🇧 c", "a 👩‍👩‍👧 b 🇺🇸 c 👍🏽"),
    "without spaces": ("你好世界合同条款第一条 สวัสดีชาวโลก", "你好世界合同条款第二条 สวัสดีชาวเมือง"),
    "signs": ("\u00a0$1,234.56\u2014§ 4.2(a)\u200b", "\u00a0$1,234.57\u2013§ 4.3(a)\u200b"),
    "directions": ("a \u202ebc\u202c d", "a \u202ebd\u202c d"),
}


@pytest.mark.parametrize("name", TEXTS)
def test_any_script_comes_back_as_it_was(name: str) -> None:
    old, new = TEXTS[name]
    rtl = "<w:rtl/>"
    made = lawful(p(r(old, rtl), properties="<w:bidi/>"), p(r(new, rtl), properties="<w:bidi/>"))
    assert not made.same


def test_nothing_is_cut_inside_an_emoji() -> None:
    made = redline(package(p(r("a 👩‍👩‍👧‍👦 b")) + END), package(p(r("a 👩‍👩‍👧 b")) + END))
    parts = re.findall(r"<w:(?:t|delText)(?: [^>]*)?>([^<]*)<", xml_of(made.to_bytes()))
    assert {part.strip() for part in parts} == {"a", "👩‍👩‍👧‍👦", "👩‍👩‍👧", "b"}


NUMBERS = ("abc", "-5", "0", "2147483647", "99999999999999999999", "1.5", "")


@pytest.mark.parametrize("number", NUMBERS)
def test_ids_that_are_none_do_not_matter_and_ours_are_numbers_of_their_own(number: str) -> None:
    def marked(text: str) -> str:
        start, end = f'<w:bookmarkStart w:id="{number}" w:name="x"/>', f'<w:bookmarkEnd w:id="{number}"/>'
        note = f'<w:r><w:footnoteReference w:id="{number}"/></w:r>'
        inner = f'<w:sdt><w:sdtPr><w:id w:val="{number}"/></w:sdtPr><w:sdtContent>{r(text)}</w:sdtContent></w:sdt>'
        return p(start + inner + note + end)

    notes = {"footnotes": f'<w:footnote w:id="{number}">{p(r("A note."))}</w:footnote>'}
    made = lawful(marked("one two"), marked("one three") + marked("more words here"), notes, notes)
    ids = re.findall(r'<w:(?:ins|del) w:id="(\d+)"', xml_of(made.to_bytes()))
    assert len(ids) == len(set(ids)) > 1
    assert max(map(int, ids)) < 2**31


def test_a_thousand_changes_that_are_there_are_counted_and_done_with_as_told() -> None:
    body = "".join(p(r(f"kept {number}") + ins(r(f"and {number}"))) for number in range(1000))
    full = package(body + END)
    with pytest.raises(UnsafeFileError, match="1,000 tracked changes"):
        redline(full, PLAIN)
    assert redline(full, accept_changes(full).to_bytes(), existing="accept").same
    assert redline(full, reject_changes(full).to_bytes(), existing="reject").same
    accepted = accept_changes(full).to_bytes()
    for old in (accepted, PLAIN):
        kept = redline(old, full, existing="keep").to_bytes()
        assert xml_of(kept).count('w:author="A"') == 1000
        verdict = judge(old, accepted, kept)
        assert not verdict.faults("text")


def test_tables_may_stand_in_tables_and_controls_in_controls() -> None:
    def tables(depth: int, text: str) -> str:
        return p(r(text)) if not depth else tbl(tr(tc(tables(depth - 1, text) + p())))

    def controls(depth: int, inner: str) -> str:
        return f"<w:sdt><w:sdtPr/><w:sdtContent>{controls(depth - 1, inner)}</w:sdtContent></w:sdt>" if depth else inner

    assert lawful(tables(50, "the one word"), tables(50, "the other word")).counts["insertions"] == 1
    lawful(tables(50, "one"), p(r("nothing of it")))
    assert lawful(controls(80, p(r("one"))), controls(80, p(r("two")))).counts["insertions"] == 1
    lawful(p(controls(80, r("one"))), p(controls(80, r("two"))))


def test_a_very_long_word_and_a_very_long_paragraph() -> None:
    word = "".join(chr(97 + number * number % 26) + str(number) for number in range(200_000))
    assert len(word) > 1_000_000
    lawful(p(r(word)), p(r(word + "z")))
    words = [f"word{number * 7919 % 5003}" for number in range(50_000)]
    other = [word if number % 500 else "changed" for number, word in enumerate(words)]
    assert lawful(p(r(" ".join(words))), p(r(" ".join(other)))).counts["insertions"] == 100


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("begin begin a end", "begin c"),
        ("end separate b", "begin instr separate b end"),
        ("begin instr odd b end", "begin instr separate b end"),
        ("begin a", "separate a end"),
    ],
)
def test_fields_that_do_not_end_lose_no_text(old: str, new: str) -> None:
    def paragraph(parts: str) -> str:
        signs = {"instr": "<w:r><w:instrText> PAGE </w:instrText></w:r>"}
        for sign in ("begin", "separate", "end", "odd"):
            signs[sign] = f'<w:r><w:fldChar w:fldCharType="{sign}"/></w:r>'
        return p("".join(signs.get(word) or r(word) for word in parts.split()) + r("and so on"))

    one, two = package(paragraph(old) + END), package(paragraph(new) + END)
    made = redline(one, two)
    for resolved, wanted in ((reject_changes(made.to_bytes()), one), (accept_changes(made.to_bytes()), two)):
        assert said(body_of(resolved)) == said(xml_of(wanted))


def test_references_to_nothing_stay_references_to_nothing() -> None:
    link = '<w:hyperlink r:id="{}">' + r("a link") + "</w:hyperlink>"
    note = '<w:r><w:footnoteReference w:id="{}"/></w:r>'
    assert [note.code for note in lawful(p(link.format("rId98")), p(link.format("rId99") + r(" more"))).notes] == [
        "REDLINE020"
    ]
    lawful(p(r("a") + note.format(7)), p(r("b") + note.format(8)))
    head = '<w:headerReference w:type="default" r:id="rId77"/>'
    made = redline(package(p(r("a")) + f"<w:sectPr>{head}</w:sectPr>"), package(p(r("b")) + END))
    assert not made.same


def test_notes_need_no_separators_and_may_be_empty() -> None:
    def noted(number: int) -> str:
        return p(r("a") + f'<w:r><w:footnoteReference w:id="{number}"/></w:r>')

    def note(number: int, inner: str) -> dict[str, str]:
        return {"footnotes": f'<w:footnote w:id="{number}">{inner}</w:footnote>'}

    lawful(noted(7), noted(1), note(7, p(r("one note"))), note(1, p(r("another note"))))
    lawful(noted(7), noted(1), note(7, ""), note(1, p(r("a note"))))
    lawful(noted(7), p(r("a")), note(7, p(r("one note"))))


def test_a_note_that_is_pointed_at_twice_stays_whole() -> None:
    def noted(times: int) -> str:
        return p(r("Words that stay.")) + p(r("a") + '<w:r><w:footnoteReference w:id="2"/></w:r>') * times

    notes = {"footnotes": f'<w:footnote w:id="2">{p(r("The one note."))}</w:footnote>'}
    lawful(noted(1), noted(2), notes, notes)


def test_the_last_section_counts_wherever_it_stands_and_may_be_missing() -> None:
    wide = '<w:sectPr><w:pgSz w:w="20000" w:h="12240"/></w:sectPr>'
    old, new = package(p(r("a")) + wide), package(p(r("a")))
    for one, two in ((old, new), (new, old)):
        made = redline(one, two)
        assert made.counts["sections"] == 1
        rejected, accepted = body_of(reject_changes(made.to_bytes())), body_of(accept_changes(made.to_bytes()))
        assert ("20000" in rejected, "20000" in accepted) == (one is old, two is old)
    lawful(p(r("a")) + wide + p(r("b")), p(r("a")) + p(r("b")))


def test_of_several_sections_that_a_document_ends_with_the_last_counts_and_shows_what_the_one_before_does() -> None:
    shown = '<w:sectPr><w:headerReference w:type="default" r:id="rId1"/></w:sectPr>'
    first = p(r("a"), properties="<w:sectPr/>") + p(r("b")) + shown
    old, new = (package(body, {"header": p(r("The Contractor"))}) for body in (first, first + END))
    for one, two in ((old, new), (new, old)):
        made = redline(one, two)
        assert made.counts["headers and footers"] == 1
        for resolved, wanted in ((reject_changes(made.to_bytes()), one), (accept_changes(made.to_bytes()), two)):
            texts = [compared(settled(data), headers=False) for data in (resolved.to_bytes(), wanted)]
            assert texts[0] == texts[1]


def test_a_note_that_a_header_refers_to_as_well_stays_whole() -> None:
    def document(inner: str) -> bytes:
        reference = '<w:r><w:endnoteReference w:id="1"/></w:r>'
        head = '<w:sectPr><w:headerReference w:type="default" r:id="rId1"/></w:sectPr>'
        parts = {"header": p(r("June") + inner.format(reference)), "endnotes": note}
        return package(p(r("a") + reference) + head, parts)

    note = f'<w:endnote w:id="1">{p(r("The one note."))}</w:endnote>'
    old, new = document(""), document("{}")
    for one, two in ((old, new), (new, old)):
        made = redline(one, two).to_bytes()
        for resolved in (reject_changes(made), accept_changes(made)):
            assert said(xml_of(resolved.to_bytes(), "word/endnotes.xml")) == "The one note.|"


TABLES = {
    "no rows": "<w:tbl/>",
    "a row without cells": tbl("<w:tr/>", tr(tc(p(r("a"))))),
    "a cell without a paragraph": tbl(tr("<w:tc/>", tc(p(r("a"))))),
    "no grid": f"<w:tbl><w:tr>{tc(p(r('a')))}</w:tr></w:tbl>",
    "cells in tags": f"<w:tbl><w:customXml><w:tr><w:smartTag>{tc(p(r('a')))}</w:smartTag></w:tr></w:customXml></w:tbl>",
}


@pytest.mark.parametrize("name", TABLES)
def test_a_table_that_lacks_something_loses_no_text(name: str) -> None:
    for other in (p(r("nothing like it")), tbl(tr(tc(p(r("a"))), tc(p(r("b")))))):
        one, two = package(TABLES[name] + p(r("end")) + END), package(other + p(r("end")) + END)
        for old, new in ((one, two), (two, one)):
            made = redline(old, new).to_bytes()
            assert said(body_of(reject_changes(made))) == said(xml_of(old))
            assert said(body_of(accept_changes(made))) == said(xml_of(new))


@pytest.mark.parametrize("wrapper", ["w:smartTag", "w:hyperlink", "w:fldSimple", "w:dir", "w:customXml"])
def test_blocks_in_a_wrapper_are_compared_like_others(wrapper: str) -> None:
    def wrapped(text: str) -> bytes:
        return package(f"<{wrapper}>{p(r('A clause of many words.'))}{p(r(text))}</{wrapper}>{p(r('end'))}{END}")

    for old, new in ((wrapped("one"), wrapped("two")), (wrapped("one"), PLAIN), (PLAIN, wrapped("two"))):
        made = redline(old, new).to_bytes()
        for resolved, wanted in ((reject_changes(made), old), (accept_changes(made), new)):
            assert said(body_of(resolved)) == said(xml_of(wanted))


def test_what_stands_between_paragraphs_and_cannot_be_tracked_is_named() -> None:
    formula = "<m:oMathPara><m:oMath><m:r><m:t>a = {}</m:t></m:r></m:oMath></m:oMathPara>"
    old, new = (package(p(r("a")) + formula.format(number) + p(r("b")) + END) for number in (1, 2))
    assert [note.code for note in redline(old, new).notes] == ["REDLINE033"]
    assert not redline(old, old).notes


def test_comments_of_xml_cut_no_text() -> None:
    lawful(p("<!-- here -->" + r("one <!-- and there -->two")), "<?odd thing?>" + p(r("one <?other?>three")))


def test_white_space_that_word_does_not_show_is_none() -> None:
    loose, kept = "<w:r><w:t> a </w:t></w:r>", '<w:r><w:t xml:space="preserve"> a </w:t></w:r>'
    lawful(p(r("x") + loose + r("y")), p(r("x") + kept + r("y")))
    lawful(p(r("x") + loose + r("y")), p(r("something else")))


def test_what_should_stand_in_a_run_is_not_what_does() -> None:
    field = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> PAGE </w:instrText></w:r>{}' + r("1")
    field += '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    between = '<w:fldChar w:fldCharType="separate"/>'
    lawful(p(field.format(f"<w:r>{between}</w:r>")), p(field.format(between)))


# ------------------------------------------------------------------ real files


def test_every_odd_file_is_refused_by_name_or_compared_rightly_with_a_plain_one_and_the_next() -> None:
    readable = [PLAIN]
    refused = 0
    for path in sorted(corpus("odd-files").iterdir()):
        data = path.read_bytes()
        for old, new in ((PLAIN, data), (data, PLAIN)):
            try:
                redline(old, new, existing="accept")
            except FEContractsError as error:
                assert error.problems[0].code in str(error)  # type: ignore[attr-defined]  # noqa: PT017  named
                refused += 1
            else:
                readable.append(data)
    assert refused
    assert len(readable) > 20
    for old, new in itertools.pairwise(readable):
        one, two = (accept_changes(data).to_bytes() for data in (old, new))
        assert not judge(one, two, redline(one, two).to_bytes()).faults("text")


def test_real_contracts_that_have_nothing_to_do_with_each_other_lose_no_word() -> None:
    files = [accept_changes(path).to_bytes() for path in sorted(corpus("contracts").glob("*.docx"), key=_size)[:4]]
    for old, new in itertools.pairwise(files):
        for one, two in ((old, new), (new, old)):
            verdict = judge(one, two, redline(one, two).to_bytes())
            assert not [fault for fault in verdict.faults("text") if "body" in fault or "note" in fault]


def _size(path: Path) -> int:
    return path.stat().st_size
