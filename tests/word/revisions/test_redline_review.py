"""What a reviewer found in redlines: changes that were lost, untracked or unsaid, each with the pair that shows it."""

from __future__ import annotations

import re
from time import process_time
from typing import TYPE_CHECKING

import pytest
from tests.redline.judging import judge
from tests.redline.opening import Opened
from tests.redline.small import p, r, small

from fe_contracts.exceptions import UnsafeFileError
from fe_contracts.word.revisions import EditablePackage, Redline, redline

if TYPE_CHECKING:
    from collections.abc import Callable

TEXT = "The agency provides the services that are described in this article."
OTHER = "Payment is due thirty days after the invoice has come."


def control(content: str) -> str:
    return f'<w:sdt><w:sdtPr><w:tag w:val="t"/></w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>'


def section(references: str = "", top: int = 1440, more: str = "") -> str:
    margins = f'<w:pgMar w:top="{top}" w:right="1" w:bottom="1" w:left="1" w:header="1" w:footer="1" w:gutter="0"/>'
    return f"<w:sectPr>{references}{margins}{more}</w:sectPr>"


def header(number: int) -> str:
    return f'<w:headerReference w:type="default" r:id="rId-header{number}"/>'


def note(number: int, text: str) -> str:
    return f'<w:footnote w:id="{number}">{p(r(text))}</w:footnote>'


def reference(number: int, more: str = "") -> str:
    return f'<w:r><w:footnoteReference {more} w:id="{number}"/></w:r>'


def char(kind: str, inside: str = "") -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}">{inside}</w:fldChar></w:r>'


def field(code: str, result: str, form: str = "") -> str:
    return f"{char('begin', form)}<w:r><w:instrText>{code}</w:instrText></w:r>{char('separate')}{result}{char('end')}"


def box(content: str) -> str:
    return (
        '<w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textbox><w:txbxContent>'
        f"{content}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
    )


def shape(fill: str) -> str:
    return (
        '<w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml" type="#_x0000_t202">'
        f'<v:fill type="{fill}"/></v:shape></w:pict></w:r>'
    )


def check_box(checked: bool) -> str:  # noqa: FBT001 - reads well in the table below
    on = "<w:checked/>" if checked else ""
    form = f'<w:ffData><w:name w:val="C"/><w:enabled/><w:checkBox><w:sizeAuto/>{on}</w:checkBox></w:ffData>'
    return field("FORMCHECKBOX", "", form)


def codes(made: Redline) -> set[str]:
    return {found.code for found in made.notes}


def lawful(old: bytes, new: bytes) -> Redline:
    """Return the redline, after the judge has found it right in both directions and seen it track something."""
    made = redline(old, new)
    assert judge(old, new, made.to_bytes()).broken == []
    assert not made.same
    return made


PAIRS = {
    "text that looks like a revision id": (p(r('x w:dirty="yes" y')), p(r('x w:dirty="no" y'))),
    "text that looks like a relationship": (p(r('r:id="rId-link" y')), p(r('r:id="https://a.example" y'))),
    "a form's check box": (p(check_box(checked=True) + r(TEXT)), p(check_box(checked=False) + r(TEXT))),
    "a field without a result, kept": (
        p(r(TEXT) + '<w:fldSimple w:instr="PAGE"/>'),
        p(r(f"{TEXT} Now.") + '<w:fldSimple w:instr="PAGE"/>'),
    ),
    "a field without a result, added": (p(r(TEXT)), p(r(TEXT) + '<w:fldSimple w:instr="PAGE"/>')),
    "a field without a result in a new paragraph": (
        p(r(TEXT)),
        p(r(OTHER) + '<w:fldSimple w:instr="PAGE"/>') + p(r(TEXT)),
    ),
    "a text box in a text box": (
        p(r(TEXT) + box(p(r("outer") + box(p(r("inner old words")))))),
        p(r(TEXT) + box(p(r("outer") + box(p(r("inner new words")))))),
    ),
    "how a shape is filled": (p(shape("solid") + r(TEXT)), p(shape("gradient") + r(TEXT))),
    "a section break added": (p(r(TEXT)) + p(r(OTHER)), p(r(TEXT), section(top=1000)) + p(r(OTHER))),
    "a section break and a word added": (p(r(TEXT)) + p(r(OTHER)), p(r(f"{TEXT} Now."), section()) + p(r(OTHER))),
    "a section break moved": (
        p(r(TEXT), section(top=1000)) + p(r(OTHER)) + p(r("And so on.")),
        p(r(TEXT)) + p(r(OTHER), section(top=1000)) + p(r("And so on.")),
    ),
}


@pytest.mark.parametrize("turned", [False, True], ids=["forward", "back"])
@pytest.mark.parametrize("name", PAIRS)
def test_is_tracked_in_both_directions(name: str, turned: bool) -> None:  # noqa: FBT001 - a parameter
    old, new = (small(body + section()) for body in PAIRS[name])
    lawful(*((new, old) if turned else (old, new)))


@pytest.mark.parametrize("turned", [False, True], ids=["forward", "back"])
def test_a_note_that_two_references_share_stays_while_one_of_them_does(turned: bool) -> None:  # noqa: FBT001
    once = small(p(r(TEXT) + reference(2)) + p(r("Another.")) + section(), footnotes=note(2, "a note of its own"))
    twice = small(
        p(r(TEXT) + reference(2)) + p(r(OTHER) + reference(2)) + p(r("Another.")) + section(),
        footnotes=note(2, "a note of its own"),
    )
    lawful(*((twice, once) if turned else (once, twice)))


def test_a_shared_note_that_is_also_reworded_shows_its_change() -> None:
    old = small(
        p(r(TEXT) + reference(2)) + p(r(OTHER) + reference(2)) + section(), footnotes=note(2, "the old note here")
    )
    new = small(p(r(TEXT) + reference(2)) + p(r("Another.")) + section(), footnotes=note(2, "the new note here"))
    made = lawful(old, new)
    notes = EditablePackage.open(made.to_bytes()).parts["word/footnotes.xml"].decode()
    assert re.findall(r"<w:delText[^>]*>([^<]*)<", notes) == ["old"]
    assert notes.count("<w:footnote ") == 1


def test_of_notes_that_say_the_same_only_the_reference_that_went_is_marked() -> None:
    texts = (TEXT, OTHER, "And so on, in the words of a third paragraph.")
    notes = "".join(note(number, "Ibid.") for number in (2, 3, 4))
    old = "".join(p(r(text) + reference(number)) for number, text in enumerate(texts, 2))
    made = lawful(
        small(old + section(), footnotes=notes), small(old.replace(reference(2), "") + section(), footnotes=notes)
    )
    assert {kind: count for kind, count in made.counts.items() if count} == {"deletions": 1}


def test_a_reference_that_gets_its_own_sign_is_another_reference() -> None:
    old = small(p(r(TEXT) + reference(2)) + section(), footnotes=note(2, "a note"))
    new = small(p(r(TEXT) + reference(2, 'w:customMarkFollows="1"') + r("*")) + section(), footnotes=note(2, "a note"))
    lawful(old, new)


def test_the_result_of_a_field_inside_a_fields_code_is_not_cut() -> None:
    inner = field("PAGE", r("1234"))
    code = f"{char('begin')}<w:r><w:instrText>= </w:instrText></w:r>{inner}{char('separate')}{r('13')}{char('end')}"
    made = lawful(small(p(r("a ") + code) + section()), small(p(r("b ") + code) + section()))
    assert ">1234<" in EditablePackage.open(made.to_bytes()).parts["word/document.xml"].decode()


def test_an_empty_control_stays_when_its_paragraph_is_drawn_anew() -> None:
    made = lawful(small(p(r(TEXT) + control("")) + section()), small(p(r(f"{TEXT} Now.") + control("")) + section()))
    assert EditablePackage.open(made.to_bytes()).parts["word/document.xml"].count(b"<w:sdt>") == 1


class TestHeaders:
    """A header that several sections show."""

    BODY = staticmethod(lambda first, last: p(r(TEXT), section(first)) + p(r(OTHER)) + section(last))

    def test_that_were_two_become_two_again(self) -> None:
        old = small(self.BODY(header(1), header(2)), header1=p(r("Head one")), header2=p(r("Head two")))
        new = small(self.BODY(header(1), ""), header1=p(r("Head one")))
        made = lawful(old, new)
        assert codes(made) == {"REDLINE030"}

    def test_three_sections_that_take_over_are_told_apart(self) -> None:
        def body(*sections: str) -> str:
            first, second, last = (section(item) for item in sections)
            return p(r(TEXT), first) + p(r(OTHER), second) + p(r("And so on.")) + last

        heads = {f"header{number}": p(r(f"Head {number}")) for number in (1, 2)}
        old = small(body(header(1), header(2), header(1)), **heads)
        new = small(body(header(1), "", ""), header1=p(r("Head 1")))
        lawful(old, new)

    def test_the_header_of_a_section_that_is_gone_does_not_pass_to_the_next(self) -> None:
        old = small(
            p(r(TEXT), section(header(1))) + p(r(OTHER), section(header(2))) + p(r("And so on.")) + section(),
            header1=p(r("Head one")),
            header2=p(r("Head two")),
        )
        new = small(p(r(TEXT), section(header(1))) + p(r("And so on.")) + section(), header1=p(r("Head one")))
        lawful(old, new)

    def test_a_copy_has_no_names_that_the_first_has(self) -> None:
        named = p('<w:bookmarkStart w:id="7" w:name="top"/>' + r("Head one") + '<w:bookmarkEnd w:id="7"/>')
        old = small(self.BODY(header(1), header(2)), header1=named, header2=p(r("Head two")))
        new = small(self.BODY(header(1), ""), header1=named)
        package = EditablePackage.open(lawful(old, new).to_bytes())
        assert sum(data.count(b'w:name="top"') for data in package.parts.values()) == 1


class TestSaid:
    """What the format cannot track is said."""

    def test_a_control_that_no_longer_stands_around_text(self) -> None:
        made = redline(small(control(p(r(TEXT))) + p() + section()), small(p(r(TEXT)) + p() + section()))
        assert codes(made) == {"REDLINE031"}

    def test_a_control_around_words_that_stay(self) -> None:
        old, new = small(p(r(TEXT)) + section()), small(p(control(r(TEXT))) + section())
        assert codes(redline(old, new)) == {"REDLINE034"}
        assert codes(redline(new, old)) == {"REDLINE031"}

    def test_a_control_around_a_row_that_stays(self) -> None:
        def table(*rows: str) -> str:
            return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(rows)}</w:tbl>{p()}{section()}"

        row = f"<w:tr><w:tc>{p(r(TEXT))}</w:tc></w:tr>"
        old, new = small(table(row, row)), small(table(control(row), row))
        assert codes(redline(old, new)) == {"REDLINE034"}
        assert codes(redline(new, old)) == {"REDLINE031"}

    @pytest.mark.parametrize("wrap", [lambda it: it(p(r(TEXT))), lambda it: p(it(r(TEXT)))], ids=["block", "inline"])
    def test_a_control_that_is_unlocked(self, wrap: Callable[[Callable[[str], str]], str]) -> None:
        def locked(content: str) -> str:
            return control(content).replace("</w:sdtPr>", '<w:lock w:val="sdtLocked"/></w:sdtPr>')

        def renamed(content: str) -> str:
            return control(content).replace('"t"', '"u"')

        plain = small(wrap(control) + p() + section())
        assert codes(redline(small(wrap(locked) + p() + section()), plain)) == {"REDLINE036"}
        assert codes(redline(small(wrap(renamed) + p() + section()), plain)) == set()

    def test_settings_that_show_other_headers(self) -> None:
        body = p(r(TEXT)) + section()
        made = redline(small(body, settings="<w:evenAndOddHeaders/>"), small(body, settings='<w:zoom w:percent="90"/>'))
        assert codes(made) == {"REDLINE035"}
        assert "evenAndOddHeaders" in made.notes[0].message
        assert "zoom" not in made.notes[0].message

    def test_settings_of_the_view_are_not(self) -> None:
        body = p(r(TEXT)) + section()
        assert redline(small(body, settings='<w:zoom w:percent="80"/>'), small(body, settings="")).notes == ()

    def test_a_bookmark_that_a_field_of_the_old_document_needs(self) -> None:
        named = p('<w:bookmarkStart w:id="1" w:name="here"/>' + r(TEXT) + '<w:bookmarkEnd w:id="1"/>')
        old = small(named + p(field("REF here", r("4.2"))) + section())
        made = redline(old, small(p(r(TEXT)) + p(r("no")) + section()))
        assert codes(made) == {"REDLINE026"}
        assert "here" in made.notes[0].message


class TestComments:
    """The class of notes about comments on words that stay; those on words that go are REDLINE024."""

    @staticmethod
    def said(text: str, *comments: str, first: int = 0) -> bytes:
        """Return a document with comments on one paragraph of it, and a second paragraph that `text` says."""
        numbered = list(enumerate(comments, first))
        references = "".join(f'<w:r><w:commentReference w:id="{number}"/></w:r>' for number, _ in numbered)
        part = "".join(
            f'<w:comment w:id="{number}" w:author="A"><w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:comment>'
            for number, words in numbered
        )
        body = p(r(TEXT) + references) + p(r(text)) + section()
        return small(body, comments=part) if comments else small(body)

    def test_those_that_only_one_document_has_are_counted(self) -> None:
        made = redline(self.said("one", "Why?", "Since when?"), self.said("two", "Why?", "Who says so?"))
        assert codes(made) == {"REDLINE037"}
        assert "Only the old one has 1, only the new one 1." in made.notes[0].message

    @pytest.mark.parametrize(("old", "new"), [(("Why?",), ()), ((), ("Why?",))])
    def test_documents_that_differ_in_nothing_else_say_so(self, old: tuple[str, ...], new: tuple[str, ...]) -> None:
        made = redline(self.said("one", *old), self.said("one", *new))
        assert made.same
        assert codes(made) == {"REDLINE037"}

    def test_the_same_comments_under_other_numbers_are_no_difference(self) -> None:
        assert codes(redline(self.said("one", "Why?"), self.said("two", "Why?", first=7))) == set()

    def test_those_on_words_that_come_and_go_are_not_counted(self) -> None:
        commented = self.said("one", "Why?")
        plain = small(p(r("one")) + section())
        assert codes(redline(commented, plain)) == {"REDLINE024"}
        assert codes(redline(plain, commented)) == set()


def test_pages_that_only_one_document_describes_are_tracked() -> None:
    old, new = small(p(r(TEXT)) + section()), small(p(r(TEXT)))
    assert dict(redline(old, new).counts) == dict(redline(new, old).counts) == {"sections": 1}


def test_a_wrapped_paragraph_tracks_its_control() -> None:
    made = redline(small(p(r(TEXT)) + p() + section()), small(control(p(r(TEXT))) + p() + section()))
    assert dict(made.counts) == {"controls inserted": 1}


def test_a_cell_that_is_gone_does_not_slip_into_the_control_around_its_neighbour() -> None:
    def row(*cells: str) -> bytes:
        return small(f"<w:tbl><w:tblPr/><w:tblGrid/><w:tr>{''.join(cells)}</w:tr></w:tbl>{p()}{section()}")

    one, two = (f"<w:tc>{p(r(text))}</w:tc>" for text in ("one", "two"))
    old, new = row(control(one), two), row(control(one))
    verdict = judge(old, new, lawful(old, new).to_bytes())
    assert verdict.faults("whole") == []


def test_the_record_of_a_section_points_at_no_printer() -> None:
    settings = section(top=1000, more='<w:printerSettings r:id="rId-styles"/>')
    made = lawful(small(p(r(TEXT)) + settings), small(p(r(TEXT)) + section()))
    assert b"printerSettings" not in EditablePackage.open(made.to_bytes()).parts["word/document.xml"]


def test_printer_settings_alone_are_no_change() -> None:
    body = p(r(TEXT))
    assert redline(small(body + section(more='<w:printerSettings r:id="rId-styles"/>')), small(body + section())).same


def test_many_changes_in_one_paragraph_take_time_in_step() -> None:
    """Every word replaced, with a word between: once, counting what a paragraph holds made this quadratic."""

    def seconds(count: int) -> float:
        old, new = (small(p(r(" ".join(f"{it}{n} the" for n in range(count)))) + section()) for it in "ab")
        begun = process_time()
        redline(old, new)
        return process_time() - begun

    seconds(100)
    assert seconds(8000) < 24 * max(seconds(1000), 0.01)


class TestNumbers:
    """Every mark has a number of its own."""

    def test_is_none_that_a_bookmark_of_the_highest_number_has(self) -> None:
        top = 2**31 - 2
        named = "".join(
            f'<w:bookmarkStart w:id="{number}" w:name="b{number}"/><w:bookmarkEnd w:id="{number}"/>'
            for number in (1, 2, top)
        )
        made = lawful(small(p(named + r("a b c")) + section()), small(p(named + r("a x c")) + section()))
        xml = EditablePackage.open(made.to_bytes()).parts["word/document.xml"].decode()
        marks = re.findall(r'<w:(?:ins|del) w:id="(\d+)"', xml)
        assert len(set(marks)) == 2
        assert not {"1", "2", str(top)} & set(marks)

    def test_is_none_that_a_record_of_somebody_else_has(self) -> None:
        record = '<w:pPrChange w:id="9" w:author="B" w:date="2026-01-01T00:00:00Z"><w:pPr/></w:pPrChange>'
        old, new = small(p(r("a b c")) + section()), small(p(r("a x c"), f'<w:jc w:val="end"/>{record}') + section())
        xml = EditablePackage.open(redline(old, new, existing="keep").to_bytes()).parts["word/document.xml"].decode()
        numbers = re.findall(r'<w:(?:ins|del|pPrChange) w:id="(\d+)"', xml)
        assert len(numbers) == len(set(numbers)) == 3


class TestRefused:
    """Changes that a file tracks already are seen in whatever form they are written."""

    def test_without_an_author(self) -> None:
        marked = small(p(f'<w:ins w:id="1">{r("new")}</w:ins>' + r(" words")) + section())
        with pytest.raises(UnsafeFileError, match="REDLINE010"):
            redline(small(p(r("words")) + section()), marked)

    def test_in_an_encoding_of_two_bytes(self) -> None:
        marked = small(p(f'<w:ins w:id="1" w:author="A">{r("new")}</w:ins>' + r(" words")) + section())
        wide = _recoded(marked, "utf-16")
        assert Opened(wide).parts["word/document.xml"][:2] in {b"\xff\xfe", b"\xfe\xff"}
        with pytest.raises(UnsafeFileError, match="REDLINE010"):
            redline(small(p(r("words")) + section()), wide)

    def test_an_encoding_of_two_bytes_is_no_change(self) -> None:
        plain = small(p(r(TEXT)) + section())
        assert redline(plain, _recoded(plain, "utf-16")).same

    @pytest.mark.parametrize("author", ["", "  ", "A\x00B", "A\nB", "A\ufffe"])
    def test_an_author_that_no_file_can_hold(self, author: str) -> None:
        plain = small(p(r(TEXT)) + section())
        with pytest.raises(ValueError, match="author"):
            redline(plain, plain, author=author)

    @pytest.mark.parametrize("date", ["", "tomorrow", "2027-01-31", "2027-01-31T00:00", "2027-01-31T00:00:00Z\n"])
    def test_a_date_that_no_file_can_hold(self, date: str) -> None:
        plain = small(p(r(TEXT)) + section())
        with pytest.raises(ValueError, match="date"):
            redline(plain, plain, date=date)


def _recoded(data: bytes, encoding: str) -> bytes:
    """Return a file whose main part is in another encoding."""
    import io
    import zipfile

    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in Opened(data).parts.items():
            if name == "word/document.xml":
                text = re.sub(r"^<\?xml[^>]*\?>\s*", "", content.decode())
                archive.writestr(name, f'<?xml version="1.0" encoding="{encoding}"?>{text}'.encode(encoding))
            else:
                archive.writestr(name, content)
    return stream.getvalue()
