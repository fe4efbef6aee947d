"""What a redline promises, one promise a test, on documents small enough to see why."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from tests.redline.judging import judge
from tests.redline.small import p, r, small, table

from fe_contracts.findings import Severity
from fe_contracts.word.revisions import EditablePackage, Existing, Redline, redline
from fe_contracts.word.revisions.redlining import AUTHOR, DATE
from fe_contracts.word.xml import w

if TYPE_CHECKING:
    from pathlib import Path

    from lxml import etree

ONE = "The agency provides the services that are described in this article."
TWO = "Payment is due thirty days after the invoice has come."
THREE = "Either party may end this agreement with sixty days of notice."
END = (
    '<w:sectPr><w:pgMar w:top="1440" w:right="1" w:bottom="1" w:left="1" w:header="1" w:footer="1" w:gutter="0"/>'
    "</w:sectPr>"
)
_MARKS = "ins del moveFrom moveTo rPrChange pPrChange sectPrChange tblPrChange trPrChange tcPrChange cellIns cellDel"


@dataclass(frozen=True)
class Drawn:
    """A redline, found lawful, and its trees."""

    made: Redline
    package: EditablePackage

    def tree(self, part: str = "document") -> etree._Element:
        return self.package.tree(f"word/{part}.xml")

    def said(self, mark: str, part: str = "document") -> list[str]:
        """Return the text in each mark of a kind that holds some."""
        marks = self.tree(part).iter(w(mark))
        texts = ("".join(text.text or "" for text in item.iter(w("t"), w("delText"))) for item in marks)
        return [text for text in texts if text]

    def count(self, name: str, part: str = "document") -> int:
        return len(list(self.tree(part).iter(w(name))))


def drawn(old: str, new: str, before: dict[str, str] | None = None, after: dict[str, str] | None = None) -> Drawn:
    """Return the redline of two bodies, after the judge found that it gives both back."""
    one, two = small(old + END, **(before or {})), small(new + END, **(after or {}))
    made = redline(one, two)
    data = made.to_bytes()
    assert judge(one, two, data).broken == []
    return Drawn(made, EditablePackage.open(data))


class TestWords:
    """Text is cut where a lawyer would cut it."""

    def test_a_word_is_replaced_whole(self) -> None:
        made = drawn(p(r("The agency reports monthly.")), p(r("The agency reports quarterly.")))
        assert (made.said("del"), made.said("ins")) == (["monthly"], ["quarterly"])

    @pytest.mark.parametrize(
        ("old", "new"),
        [
            ("1,250.00", "1,350.00"),
            ("$239,454", "$301,454"),
            ("30%", "35%"),
            ("June 30, 2027", "June 30, 2028"),
            ("12/31/2027", "12/31/2028"),
            ("e\u0301tude", "etude"),
            ("👩‍👩‍👧", "👩‍👩‍👦"),
        ],
    )
    def test_a_number_a_date_an_amount_is_never_cut(self, old: str, new: str) -> None:
        made = drawn(p(r(f"It is {old} in all.")), p(r(f"It is {new} in all.")))
        assert (made.said("del"), made.said("ins")) == ([old], [new])

    def test_a_defined_term_is_never_cut(self) -> None:
        defined = p(r("“Financial Counselor” and “Financial Coach” are staff."))
        made = drawn(defined + p(r("The Financial Counselor meets.")), defined + p(r("The Financial Coach meets.")))
        assert (made.said("del"), made.said("ins")) == (["Financial Counselor"], ["Financial Coach"])

    def test_words_before_and_after_stay_unmarked(self) -> None:
        made = drawn(p(r(ONE)), p(r(ONE.replace("services", "new services"))))
        assert [text.strip() for text in made.said("ins")] == ["new"]
        assert made.said("del") == []

    def test_text_from_right_to_left(self) -> None:
        look = "<w:rtl/>"
        made = drawn(p(r("שלום עולם טוב", look), "<w:bidi/>"), p(r("שלום עולם רע", look), "<w:bidi/>"))
        assert (made.said("del"), made.said("ins")) == (["טוב"], ["רע"])
        assert all(run.find(f"{w('rPr')}/{w('rtl')}") is not None for run in made.tree().iter(w("r")))


class TestParagraphs:
    """Paragraphs are split, merged, added, moved."""

    def test_a_split_marks_no_word(self) -> None:
        made = drawn(p(r(f"{ONE} {TWO}")), p(r(ONE)) + p(r(TWO)))
        assert (made.said("del"), made.said("ins")) in (([" "], []), ([], []))
        assert made.made.counts["paragraph marks inserted"] == 1

    def test_a_merge_marks_no_word(self) -> None:
        made = drawn(p(r(ONE)) + p(r(TWO)), p(r(f"{ONE} {TWO}")))
        assert (made.said("del"), made.said("ins")) in (([], [" "]), ([], []))
        assert made.made.counts["paragraph marks deleted"] == 1

    def test_a_paragraph_added_at_the_end_does_not_mark_the_last_mark(self) -> None:
        made = drawn(p(r(ONE)), p(r(ONE)) + p(r(TWO)))
        last = list(made.tree().iter(w("p")))[-1]
        assert last.find(f"{w('pPr')}/{w('rPr')}/{w('ins')}") is None
        assert made.said("ins") == [TWO]

    def test_a_paragraph_removed_stands_as_deleted(self) -> None:
        made = drawn(p(r(ONE)) + p(r(TWO)) + p(r(THREE)), p(r(ONE)) + p(r(THREE)))
        assert made.said("del") == [TWO]
        assert dict(made.made.counts) == {"paragraphs deleted": 1}

    def test_a_paragraph_that_moved_is_a_move(self) -> None:
        four = "The city keeps its own records of what was agreed on here."
        old, new = (ONE, TWO, THREE, four), (TWO, THREE, ONE, four)
        made = drawn("".join(p(r(text)) for text in old), "".join(p(r(text)) for text in new))
        assert (made.said("moveFrom"), made.said("moveTo")) == ([ONE], [ONE])
        assert made.said("ins") == made.said("del") == []
        names = [item.get(w("name")) for item in made.tree().iter(w("moveFromRangeStart"), w("moveToRangeStart"))]
        assert len(names) == 2
        assert len(set(names)) == 1


class TestLooks:
    """Formatting without a changed word marks no word."""

    def test_of_a_run(self) -> None:
        made = drawn(p(r(ONE)), p(r(ONE, "<w:b/>")))
        assert (made.count("rPrChange"), made.said("ins"), made.said("del")) == (1, [], [])

    def test_of_some_words_of_a_run(self) -> None:
        made = drawn(p(r("one two three")), p(r("one ") + r("two", "<w:b/>") + r(" three")))
        [change] = made.tree().iter(w("rPrChange"))
        run = next(change.iterancestors(w("r")))
        assert [text.text for text in run.iter(w("t"))] == ["two"]

    def test_of_a_paragraph(self) -> None:
        made = drawn(p(r(ONE), '<w:pStyle w:val="Heading1"/>'), p(r(ONE), '<w:pStyle w:val="Heading2"/>'))
        [change] = made.tree().iter(w("pPrChange"))
        assert [style.get(w("val")) for style in change.iter(w("pStyle"))] == ["Heading1"]
        assert dict(made.made.counts) == {"paragraph properties": 1}

    def test_of_a_paragraph_mark(self) -> None:
        made = drawn(p(r(ONE)), p(r(ONE), "<w:rPr><w:b/></w:rPr>"))
        assert dict(made.made.counts) == {"formatting": 1}
        assert [item.tag for item in next(made.tree().iter(w("rPrChange"))).iterancestors()][:2] == [w("rPr"), w("pPr")]


def link(anchor: str, text: str) -> str:
    return f'<w:hyperlink w:anchor="{anchor}">{r(text)}</w:hyperlink>'


def field(code: str, result: str) -> str:
    def char(kind: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    return f"{char('begin')}<w:r><w:instrText>{code}</w:instrText></w:r>{char('separate')}{r(result)}{char('end')}"


def control(content: str, tag: str = "t") -> str:
    return f'<w:sdt><w:sdtPr><w:tag w:val="{tag}"/></w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>'


def box(content: str) -> str:
    return (
        '<w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textbox><w:txbxContent>'
        f"{content}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
    )


class TestThings:
    """Links, fields, controls, boxes, pictures."""

    def test_a_link_that_leads_elsewhere_is_another_text(self) -> None:
        made = drawn(p(r("see ") + link("a", "section 4")), p(r("see ") + link("b", "section 4")))
        assert (made.said("del"), made.said("ins")) == (["section 4"], ["section 4"])

    def test_the_result_of_a_field_changes_within_the_field(self) -> None:
        made = drawn(p(r("see ") + field("REF a", "4.2")), p(r("see ") + field("REF a", "4.3")))
        assert (made.said("del"), made.said("ins")) == (["4.2"], ["4.3"])
        assert [item.get(w("fldCharType")) for item in made.tree().iter(w("fldChar"))] == ["begin", "separate", "end"]

    def test_a_field_that_computes_something_else_is_replaced_whole(self) -> None:
        made = drawn(p(r("see ") + field("REF a", "4.2")), p(r("see ") + field("REF b", "4.2")))
        kinds = [item.get(w("fldCharType")) for item in made.tree().iter(w("fldChar"))]
        assert kinds == ["begin", "separate", "end"] * 2

    def test_the_text_of_a_control_changes_inside_it(self) -> None:
        made = drawn(p(r("for ") + control(r("30")) + r(" days")), p(r("for ") + control(r("45")) + r(" days")))
        [content] = made.tree().iter(w("sdtContent"))
        assert [text.text for text in content.iter(w("delText"), w("t"))] == ["30", "45"]

    def test_a_control_that_came_goes_on_reject(self) -> None:
        made = drawn(p(r("for days")), p(r("for ") + control(r("45")) + r(" days")))
        assert "".join(made.said("ins")).split() == ["45"]

    def test_a_control_around_paragraphs_is_tracked(self) -> None:
        made = drawn(p(r(ONE)) + p(), p(r(ONE)) + control(p(r(TWO))) + p())
        assert made.made.counts["controls inserted"] == 1

    def test_a_control_around_paragraphs_stays_whole(self) -> None:
        made = drawn(control(p(r(ONE)) + p(r(TWO))) + p(), control(p(r(f"{ONE} Now.")) + p(r(TWO))) + p())
        assert made.count("sdt") == 1
        assert len(list(next(made.tree().iter(w("sdtContent"))).iterchildren(w("p")))) == 2

    def test_a_control_that_is_gone_is_named(self) -> None:
        made = drawn(control(p(r(ONE))) + p(r(TWO)), p(r(TWO)))
        assert [(note.code, note.severity) for note in made.made.notes] == [("REDLINE031", Severity.INFO)]

    def test_the_text_of_a_box_changes_inside_it(self) -> None:
        made = drawn(p(r(ONE) + box(p(r("the old text")))), p(r(ONE) + box(p(r("the new text")))))
        assert (made.said("del"), made.said("ins")) == (["old"], ["new"])
        assert made.count("txbxContent") == 1

    def test_both_sides_of_an_alternative_change(self) -> None:
        def both(text: str) -> str:
            held = f"<w:txbxContent>{p(r(text))}</w:txbxContent>"
            choice = f'<mc:Choice Requires="wps"><w:drawing><wps:txbx>{held}</wps:txbx></w:drawing></mc:Choice>'
            shape = f'<v:textbox xmlns:v="urn:schemas-microsoft-com:vml">{held}</v:textbox>'
            back = f"<mc:Fallback><w:pict>{shape}</w:pict></mc:Fallback>"
            spaces = (
                'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
                'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
            )
            return p(r(ONE) + f"<w:r><mc:AlternateContent {spaces}>{choice}{back}</mc:AlternateContent></w:r>")

        made = drawn(both("the old text"), both("the new text"))
        assert (made.said("del"), made.said("ins")) == (["old"] * 2, ["new"] * 2)

    def test_a_symbol_that_is_swapped_is_tracked(self) -> None:
        def box_of(code: str) -> str:
            return p(r(ONE) + f'<w:r><w:sym w:font="Wingdings" w:char="{code}"/></w:r>')

        made = drawn(box_of("F0A8"), box_of("F0FE"))
        assert [item.get(w("char")) for item in made.tree().iter(w("sym"))] == ["F0A8", "F0FE"]


def note(number: int, text: str) -> str:
    return f'<w:footnote w:id="{number}">{p(r(text))}</w:footnote>'


def reference(number: int) -> str:
    return f'<w:r><w:footnoteReference w:id="{number}"/></w:r>'


class TestNotes:
    """Footnotes."""

    def test_the_text_of_a_note_changes_in_the_note(self) -> None:
        body = p(r(ONE) + reference(2))
        made = drawn(body, body, {"footnotes": note(2, "the old note")}, {"footnotes": note(2, "the new note")})
        assert (made.said("del", "footnotes"), made.said("ins", "footnotes")) == (["old"], ["new"])
        assert made.count("ins") == 0

    def test_another_number_is_no_change(self) -> None:
        made = drawn(
            p(r(ONE) + reference(2)), p(r(ONE) + reference(7)), {"footnotes": note(2, "a")}, {"footnotes": note(7, "a")}
        )
        assert made.made.same

    def test_a_note_that_came(self) -> None:
        made = drawn(p(r(ONE)), p(r(ONE) + reference(2)), {}, {"footnotes": note(2, "a new note")})
        assert len(list(next(made.tree().iter(w("ins"))).iter(w("footnoteReference")))) == 1

    def test_a_note_that_went_is_brought_along(self) -> None:
        made = drawn(p(r(ONE) + reference(2)), p(r(ONE)), {"footnotes": note(2, "an old note")}, {})
        part = made.package.related(made.package.main, "footnotes")
        assert part is not None
        assert b"an old note" in made.package.parts[part]


def head(number: int) -> str:
    return END.replace("<w:sectPr>", f'<w:sectPr><w:headerReference w:type="default" r:id="rId-header{number}"/>')


class TestPages:
    """Headers and sections."""

    def pair(self, old: str, new: str, before: dict[str, str], after: dict[str, str]) -> Drawn:
        one, two = small(p(r(ONE)) + old, **before), small(p(r(ONE)) + new, **after)
        made = redline(one, two)
        assert judge(one, two, made.to_bytes()).broken == []
        return Drawn(made, EditablePackage.open(made.to_bytes()))

    def test_the_text_of_a_header_changes_in_the_header(self) -> None:
        made = self.pair(head(1), head(1), {"header1": p(r("Draft of May"))}, {"header1": p(r("Draft of June"))})
        assert (made.said("del", "header1"), made.said("ins", "header1")) == (["May"], ["June"])

    def test_a_header_that_only_the_new_document_has(self) -> None:
        made = self.pair(END, head(1), {}, {"header1": p(r("Draft"))})
        assert made.said("ins", "header1") == ["Draft"]
        assert [found.code for found in made.made.notes] == ["REDLINE030"]

    def test_a_header_that_only_the_old_document_had(self) -> None:
        made = self.pair(head(1), END, {"header1": p(r("Draft"))}, {})
        assert made.made.counts["headers and footers"] == 1
        assert [found.code for found in made.made.notes] == ["REDLINE030"]

    def test_the_margins_of_a_section(self) -> None:
        made = self.pair(END.replace("1440", "720"), END, {}, {})
        [change] = made.tree().iter(w("sectPrChange"))
        assert [margins.get(w("top")) for margins in change.iter(w("pgMar"))] == ["720"]


ROWS = (("Item", "Amount"), ("Staff costs of the agency", "100"), ("Rent of the offices", "200"))


class TestTables:
    """Rows, columns, cells."""

    def test_a_row_that_came(self) -> None:
        made = drawn(table(*ROWS) + p(), table(*ROWS, ("Travel of the staff", "50")) + p())
        assert dict(made.made.counts) == {"rows inserted": 1}

    def test_a_row_that_went(self) -> None:
        made = drawn(table(*ROWS) + p(), table(*ROWS[:2]) + p())
        assert dict(made.made.counts) == {"rows deleted": 1}

    def test_a_row_that_moved(self) -> None:
        long = tuple((f"Number {name} of the items in this list", str(number)) for number, name in enumerate("ABCD"))
        made = drawn(table(*long) + p(), table(*long[1:], long[0]) + p())
        assert made.made.counts["rows moved"] == 1
        assert made.said("ins") == made.said("del") == []

    def test_a_column_that_came(self) -> None:
        wide = tuple((*row, extra) for row, extra in zip(ROWS, ("Note", "fixed", "open"), strict=True))
        made = drawn(table(*ROWS) + p(), table(*wide) + p())
        assert (made.count("cellIns"), made.count("cellDel")) == (3, 0)

    def test_a_column_that_went(self) -> None:
        made = drawn(table(*ROWS) + p(), table(*(row[:1] for row in ROWS)) + p())
        assert (made.count("cellIns"), made.count("cellDel")) == (0, 3)

    def test_the_text_of_a_cell(self) -> None:
        made = drawn(table(*ROWS) + p(), table(*ROWS[:2], ("Rent of the offices", "250")) + p())
        assert (made.said("del"), made.said("ins")) == (["200"], ["250"])

    def test_cells_that_are_merged(self) -> None:
        def merged(span: str) -> str:
            first = f"<w:tr><w:tc><w:tcPr>{span}</w:tcPr>{p(r('Staff costs of the agency'))}</w:tc></w:tr>"
            return f"<w:tbl><w:tblPr/><w:tblGrid/>{first}</w:tbl>{p()}"

        made = drawn(merged(""), merged('<w:gridSpan w:val="2"/>'))
        assert (made.count("tcPrChange"), made.said("ins")) == (1, [])

    def test_the_properties_of_a_table(self) -> None:
        made = drawn(table(*ROWS) + p(), table(*ROWS, held='<w:jc w:val="center"/>') + p())
        assert dict(made.made.counts) == {"table properties": 1}
        assert made.count("tblPrChange") == 1


class TestWhole:
    """What holds for every redline."""

    OLD = p(r(ONE)) + p(r(TWO, "<w:i/>")) + table(*ROWS) + p(r(THREE)) + END
    NEW = (
        p('<w:bookmarkStart w:id="1" w:name="here"/>' + r(ONE) + '<w:bookmarkEnd w:id="1"/>')
        + p(r(TWO.replace("thirty", "fifteen"), "<w:b/>"), '<w:jc w:val="end"/>')
        + table(*ROWS[:2], ("Travel of the staff", "50"))
        + p('<w:commentRangeStart w:id="0"/>' + r(f"{THREE} Now.") + '<w:commentRangeEnd w:id="0"/>')
        + END
    )

    def test_bookmarks_and_comments_of_the_new_document_stay(self) -> None:
        package = EditablePackage.open(redline(small(self.OLD), small(self.NEW)).to_bytes())
        tree = package.tree(package.main)
        for name in ("bookmarkStart", "bookmarkEnd", "commentRangeStart", "commentRangeEnd"):
            assert len(list(tree.iter(w(name)))) == 1

    def test_the_same_files_give_the_same_bytes(self) -> None:
        old, new = small(self.OLD), small(self.NEW)
        assert redline(old, new).to_bytes() == redline(old, new).to_bytes()

    def test_a_document_against_itself_is_the_same_and_untouched(self) -> None:
        data = small(self.NEW)
        made = redline(data, data)
        assert made.same
        assert EditablePackage.open(made.to_bytes()).parts == EditablePackage.open(data).parts

    def test_the_inputs_stay_as_they_were(self, tmp_path: Path) -> None:
        old, new = tmp_path / "old.docx", tmp_path / "new.docx"
        old.write_bytes(small(self.OLD))
        new.write_bytes(small(self.NEW))
        redline(old, new).save(tmp_path / "redline.docx")
        assert (old.read_bytes(), new.read_bytes()) == (small(self.OLD), small(self.NEW))

    def test_a_paragraph_that_stays_keeps_its_xml(self) -> None:
        odd = (
            '<w:p w:rsidR="00AB12CD"><w:pPr><w:spacing w:after="7"/></w:pPr><w:proofErr w:type="spellStart"/>'
            f"<w:r><w:t>{ONE[:9]}</w:t></w:r><w:r><w:t>{ONE[9:]}</w:t></w:r></w:p>"
        )
        plain = p(r(ONE), '<w:spacing w:after="7"/>')
        data = redline(small(plain + p(r(TWO)) + END), small(odd + p(r(f"{TWO} Now.")) + END)).to_bytes()
        package = EditablePackage.open(data)
        assert odd.encode() in package.parts[package.main]

    def test_author_and_date_stand_in_every_mark(self) -> None:
        made = redline(small(self.OLD), small(self.NEW), author="City of Exampleton", date="2027-01-31T00:00:00Z")
        assert _signed(made) == {("City of Exampleton", "2027-01-31T00:00:00Z")}

    def test_no_clock_is_read(self) -> None:
        assert _signed(redline(small(self.OLD), small(self.NEW))) == {(AUTHOR, DATE)}

    def test_every_mark_has_a_number_of_its_own(self) -> None:
        package = EditablePackage.open(redline(small(self.OLD), small(self.NEW)).to_bytes())
        tags = [w(name) for name in f"{_MARKS} bookmarkStart commentRangeStart".split()]
        numbers = [item.get(w("id")) for item in package.tree(package.main).iter(*tags)]
        assert len(numbers) > 6
        assert len(numbers) == len(set(numbers))

    def test_the_summary_counts_what_is_drawn(self) -> None:
        told = redline(small(self.OLD), small(self.NEW)).to_dict()
        assert told["same"] is False
        assert told["counts"]["insertions"] >= 2
        assert 0 not in told["counts"].values()


def _signed(made: Redline) -> set[tuple[str | None, str | None]]:
    package = EditablePackage.open(made.to_bytes())
    tags = [w(name) for name in _MARKS.split()]
    return {(item.get(w("author")), item.get(w("date"))) for item in package.tree(package.main).iter(*tags)}


class TestExisting:
    """Changes that a file tracks already."""

    MARKED = p(r("one ") + f'<w:ins w:id="1" w:author="B" w:date="{DATE}">{r("two ")}</w:ins>' + r("three")) + END

    @pytest.mark.parametrize(("choice", "inserted"), [("accept", ["two "]), ("reject", [])])
    def test_are_settled_first(self, choice: str, inserted: list[str]) -> None:
        made = redline(small(p(r("one three")) + END), small(self.MARKED), existing=choice)
        package = EditablePackage.open(made.to_bytes())
        marks = package.tree(package.main).iter(w("ins"))
        assert [text.text for item in marks for text in item.iter(w("t"))] == inserted
        assert {item.get(w("author")) for item in package.tree(package.main).iter(w("ins"))} <= {AUTHOR}

    def test_are_kept_beside_ours(self) -> None:
        made = redline(
            small(p(r("one two three")) + END),
            small(self.MARKED.replace("three", "four")),
            existing=Existing.KEEP,
        )
        package = EditablePackage.open(made.to_bytes())
        authors = [item.get(w("author"), "") for item in package.tree(package.main).iter(w("ins"))]
        assert sorted(authors) == ["B", AUTHOR]

    def test_an_unknown_choice_is_an_error(self) -> None:
        with pytest.raises(ValueError, match="maybe"):
            redline(small(END), small(END), existing="maybe")


def test_what_findings_are_made_of_is_loaded_only_where_there_is_something_to_say(tmp_path: Path) -> None:
    paths = [tmp_path / name for name in ("old.docx", "new.docx")]
    for path, text in zip(paths, (ONE, TWO), strict=True):
        path.write_bytes(small(p(r(text)) + END))
    program = (
        "import sys; from fe_contracts import redline; "
        f"notes = redline(*map(str, {[str(path) for path in paths]!r})).notes; "
        "print(notes, 'fe_contracts.findings' in sys.modules, 'pydantic' in sys.modules)"
    )
    said = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
    assert said.split() == ["()", "False", "False"]
