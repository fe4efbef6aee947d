"""A workbook that was made to fill the memory is cut off or refused, and what a report needs of it is still read."""

from __future__ import annotations

import io
import tracemalloc
import zipfile
from typing import TYPE_CHECKING

import pytest
from tests.performance.filling import filled_bytes, form_of, honest, taken

from fe_contracts.exceptions import UnsafeFileError
from fe_contracts.performance.reading.limits import ALL_ELEMENTS, MAX_MARKS, SHEET_ELEMENTS
from fe_contracts.performance.reading.workbook import read_workbook

if TYPE_CHECKING:
    from collections.abc import Callable

    from fe_contracts.performance.forms.filled import FilledReport

STRINGS = b'<Relationship Id="rId99" Type="x/sharedStrings" Target="sharedStrings.xml"/></Relationships>'
SHEET = "xl/worksheets/sheet2.xml"


def changed(change: Callable[[dict[str, bytes]], None]) -> bytes:
    """Return a filled report whose parts were changed."""
    form = form_of()
    values = {item.key: honest(item) for item in form.inputs}
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(filled_bytes(form, values))) as box:
        parts = {name: box.read(name) for name in box.namelist()}
    change(parts)
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as box:
        for name, data in parts.items():
            box.writestr(name, data)
    return out.getvalue()


def many(count: int, text: str) -> bytes:
    """Return a text many times, a number in each, so that it does not pack as tightly as a bomb."""
    return b"".join(text.encode() % (place * 7919 % 1_000_003) for place in range(count))


def read(content: bytes) -> FilledReport:
    return read_workbook(content, "report.xlsx", "")


def test_a_row_without_end_is_cut_off_within_little_memory_and_the_rows_above_are_read() -> None:
    def endless(parts: dict[str, bytes]) -> None:
        row = b'<row r="500">' + many(SHEET_ELEMENTS, '<c r="B9" s="%d"/>') + b"</row></sheetData>"
        parts[SHEET] = parts[SHEET].replace(b"</sheetData>", row)

    content = changed(endless)
    tracemalloc.start()
    report = read(content)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 200_000_000
    assert [(item.code, item.where.field) for item in report.problems] == [("SHEET010", "Deliverables")]
    form = form_of()
    assert taken(form, report, [item.key for item in form.inputs]) == {item.key: honest(item) for item in form.inputs}


def test_elements_inside_each_other_without_end_are_cut_off() -> None:
    report = read(changed(lambda parts: parts.update({SHEET: many(SHEET_ELEMENTS + 9, '<a b="%d">')})))
    assert "SHEET010" in {item.code for item in report.problems}


def test_sheets_without_number_are_cut_off_together() -> None:
    count = 4
    each = ALL_ELEMENTS // count + 20_000

    def add(parts: dict[str, bytes]) -> None:
        space = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
        sheet = b"<worksheet %b><sheetData>%b</sheetData></worksheet>" % (space, many(each, '<x b="%d"/>'))
        book, links = b"", b""
        for place in range(count):
            parts[f"xl/worksheets/sheet9{place}.xml"] = sheet
            book += b'<sheet name="S%d" sheetId="9%d" r:id="rX%d"/>' % (place, place, place)
            links += b'<Relationship Id="rX%d" Type="x/worksheet" Target="worksheets/sheet9%d.xml"/>' % (place, place)
        ns = b'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
        name, rels = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
        parts[name] = parts[name].replace(b"</sheets>", book.replace(b"<sheet ", b"<sheet " + ns) + b"</sheets>")
        parts[rels] = parts[rels].replace(b"</Relationships>", links + b"</Relationships>")

    report = read(changed(add))
    assert [(item.code, item.where.field) for item in report.problems] == [("SHEET010", f"S{count - 1}")]


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/styles.xml", "docProps/custom.xml"])
def test_a_part_that_is_read_as_a_whole_is_refused_when_it_is_too_large(part: str) -> None:
    def swell(parts: dict[str, bytes]) -> None:
        head, mark, tail = parts[part].rpartition(b"</")
        parts[part] = head + many(MAX_MARKS, '<a b="%d"/>') + mark + tail

    with pytest.raises(UnsafeFileError) as refused:
        read(changed(swell))
    assert [(item.code, item.where.field) for item in refused.value.problems] == [("SHEET008", part)]


def test_texts_without_number_are_refused() -> None:
    def swell(parts: dict[str, bytes]) -> None:
        parts["xl/sharedStrings.xml"] = b"<sst>" + many(1_100_000, "<si><t>%d</t></si>") + b"</sst>"
        links = "xl/_rels/workbook.xml.rels"
        parts[links] = parts[links].replace(b"</Relationships>", STRINGS)

    with pytest.raises(UnsafeFileError, match=r"SHEET008.*holds far more than a report does"):
        read(changed(swell))
