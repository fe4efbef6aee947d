"""What people write beside the cells of a report is not lost on those who must know what was sent."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

from openpyxl.comments import Comment
from tests.performance.filling import cells_of, filled_bytes, form_of, open_book

from fe_contracts.performance.reading.beside_cells import beside_cells
from fe_contracts.performance.reading.report import read_report
from fe_contracts.performance.writing.template import ReportTemplate

if TYPE_CHECKING:
    from pathlib import Path

THREADED = b"""<ThreadedComments xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments">
<threadedComment ref="F9" id="{1}"><text>Mrs. Doe came twice</text></threadedComment></ThreadedComments>"""
DRAWING = b"""<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><xdr:sp><xdr:txBody><a:p><a:r><a:t>Ask</a:t></a:r>
<a:r><a:t> Mrs. Doe</a:t></a:r></a:p></xdr:txBody></xdr:sp></xdr:wsDr>"""


def test_a_note_on_a_cell_is_read_and_the_cell_keeps_its_value(tmp_path: Path) -> None:
    form = form_of()
    book = open_book(form)
    cell = cells_of(book)["deliverable.D1.actual"]
    cell.value, cell.comment = 3, Comment("123-45-6789 came twice", "Someone")
    book.save(tmp_path / "a.xlsx")
    report = read_report(tmp_path / "a.xlsx")
    assert report.values["deliverable.D1.actual"].value == 3
    assert [(item.where.field, item.text) for item in report.extra] == [
        (f"a note at Deliverables!{cell.coordinate}", "123-45-6789 came twice")
    ]


def test_comments_and_text_boxes_are_read() -> None:
    parts = {"xl/threadedComments/threadedComment1.xml": THREADED, "xl/drawings/drawing1.xml": DRAWING}
    assert list(beside_cells(parts)) == [
        ("a text box", "Ask Mrs. Doe"),
        ("a comment at F9", "Mrs. Doe came twice"),
    ]


def test_at_most_a_hundred_are_read_and_a_broken_part_says_nothing() -> None:
    many = b"<comments>" + b'<comment ref="A1"><text><t>x</t></text></comment>' * 500 + b"</comments>"
    assert len(list(beside_cells({"xl/comments1.xml": many}))) == 100
    assert list(beside_cells({"xl/comments1.xml": b"<comments><comment>"})) == []


def test_a_report_as_it_is_made_has_nothing_beside_its_cells() -> None:
    with zipfile.ZipFile(io.BytesIO(ReportTemplate(form_of()).to_bytes())) as box:
        assert list(beside_cells({name: box.read(name) for name in box.namelist()})) == []
    with zipfile.ZipFile(io.BytesIO(filled_bytes(form_of(), {}))) as box:
        assert list(beside_cells({name: box.read(name) for name in box.namelist()})) == []
