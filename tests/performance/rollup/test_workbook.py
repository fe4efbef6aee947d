"""The workbook of a roll-up: it opens everywhere, calculates nothing, prints readably, and says whose view it is."""

from __future__ import annotations

import io
import json
import subprocess
import zipfile
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.performance.rollups import HOSTILE, contract, deliverable, outcome, report, rollup_of
from tests.performance.writing.test_libreoffice import saved_by_libreoffice
from tests.tools import require_tool

from fe_contracts.performance.rollup.public import published
from fe_contracts.performance.rollup.rollup import SkippedFile, Timeliness
from fe_contracts.performance.rollup.sheets import sheets_of
from fe_contracts.performance.rollup.suppression import is_small
from fe_contracts.performance.rollup.workbook import rollup_workbook

if TYPE_CHECKING:
    from pathlib import Path

    from fe_contracts.performance.rollup.rollup import RollUp

STARTS = ("=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def sample() -> RollUp:
    """Return two agencies, one of which has small counts, one report late."""
    late = report("Beacon", Timeliness.LATE, 3)
    return rollup_of(
        contract("Alder", [deliverable("Alder", [70, 1300, 60, None])], [outcome("Alder", 90, 60, 30)]),
        contract("Beacon", [deliverable("Beacon", [7, 12, 9, 60])], [outcome("Beacon", 30, 20, 4)], [late]),
    )


def opened(found: RollUp) -> Any:
    return openpyxl.load_workbook(io.BytesIO(rollup_workbook(found)))


def cells(book: Any) -> list[Any]:
    return [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row if cell.value is not None]


def test_the_first_sheet_leads_to_every_other_and_says_for_whom_it_is() -> None:
    for found, said in ((sample(), "NOT FOR PUBLICATION"), (published(sample()), "View to be given to others")):
        book = opened(found)
        assert book.sheetnames == ["Contents", *(plan.title for plan in sheets_of(found))]
        first = book["Contents"]
        assert said in first["A3"].value
        links = {cell.hyperlink.location for row in first.iter_rows() for cell in row if cell.hyperlink}
        assert links == {f"'{title}'!A1" for title in book.sheetnames[1:]}
        feet = {sheet.oddFooter.left.text for sheet in book.worksheets}
        assert len(feet) == 1
        assert ("Not for publication" in feet.pop()) == ("PUBLICATION" in said)


def test_every_sheet_has_filters_frozen_headings_and_its_rows() -> None:
    found = sample()
    book = opened(found)
    for plan in sheets_of(found):
        sheet = book[plan.title]
        assert [cell.value for cell in sheet[3]] == [item.title for item in plan.columns]
        assert sheet.max_row == 3 + len(plan.rows)
        assert sheet.auto_filter.ref == f"A3:{sheet.cell(max(sheet.max_row, 3), len(plan.columns)).coordinate}"
        assert sheet.freeze_panes == sheet.cell(4, plan.frozen + 1).coordinate
        assert (sheet.print_title_rows, sheet.page_setup.orientation) == ("$3:$3", "landscape")
        assert sheet.page_setup.fitToHeight == 0
        assert sheet.sheet_properties.pageSetUpPr.fitToPage


def test_a_sheet_too_wide_for_one_page_goes_over_several_with_its_first_columns_on_each() -> None:
    book = opened(sample())
    wide = {sheet.title: sheet.page_setup.fitToWidth for sheet in book.worksheets}
    assert (wide["Overview"], wide["History"]) == (1, 2)
    assert book["History"].print_title_cols == "$A:$D"
    for sheet in book.worksheets:
        letters = sum(item.width for item in sheet.column_dimensions.values())
        assert letters / sheet.page_setup.fitToWidth <= 230, sheet.title


def test_numbers_are_numbers_days_are_days_and_totals_stand_out() -> None:
    book = opened(sample())
    rows = {row[1].value: row for row in book["Deliverables"].iter_rows(min_row=4)}
    alder, whole = rows["Alder"], rows["All agencies"]
    assert [cell.value for cell in alder[6:9]] == [1430, 150, 953]
    assert [cell.number_format for cell in alder[6:9]] == ["#,##0", "#,##0", '0"%"']
    assert (alder[0].font.bold, whole[0].font.bold) == (False, True)
    day = book["Timeliness"]["F4"]
    assert (day.is_date, day.number_format) == (True, "yyyy-mm-dd")


def test_no_cell_is_a_formula_and_none_begins_like_one() -> None:
    line = replace(deliverable("A", [41, 42, 43, 44]), title=HOSTILE, unit="+1", agency="@SUM(1)", id="-2")
    one = replace(contract("A", [line]), agency=HOSTILE, title="\uff1dx", city="=1+1", number="\t=1")
    found = replace(rollup_of(one), skipped=(SkippedFile("=cmd|' /C calc'!A0", "\r=1"),), notes=("=1+1",))
    for view in (found, published(found)):
        there = cells(opened(view))
        assert all(cell.data_type != "f" for cell in there)
        texts = [cell.value for cell in there if isinstance(cell.value, str)]
        assert [text for text in texts if text.lstrip(" ").startswith(STARTS)] == []
    assert any(text.startswith("'=HYPERLINK") for text in texts)
    with zipfile.ZipFile(io.BytesIO(rollup_workbook(found))) as box:
        assert not [name for name in box.namelist() if "external" in name.lower() or "vba" in name.lower()]
        assert not any(b'TargetMode="External"' in box.read(name) for name in box.namelist())
        assert not any(b"<f>" in box.read(name) for name in box.namelist() if "worksheets/sheet" in name)


@settings(max_examples=25, deadline=None)
@given(st.text(st.characters(blacklist_categories=["Cs"]), max_size=60))
def test_any_text_can_be_written_and_is_text_when_it_is_read(text: str) -> None:
    found = replace(rollup_of(contract("A")), skipped=(SkippedFile(text, "because"),))
    cell = opened(found)["Other files"]["A4"]
    assert cell.data_type in {"s", "n", "inlineStr"}
    assert cell.value is None or isinstance(cell.value, str)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.lists(st.integers(0, 40), min_size=4, max_size=4), min_size=1, max_size=4))
def test_the_public_workbook_shows_no_small_count_of_people(counts: list[list[int]]) -> None:
    found = rollup_of(*(contract(f"A{place}", [deliverable(f"A{place}", row)]) for place, row in enumerate(counts)))
    book = opened(published(found))
    shown = [row[6].value for row in book["Deliverables"].iter_rows(min_row=4)]
    shown += [row[7].value for row in book["By period"].iter_rows(min_row=4)]
    assert len(shown) == 5 * len(counts) + 1
    assert not [value for value in shown if isinstance(value, int) and is_small(value, 11)]
    assert {value for value in shown if not isinstance(value, int)} <= {"*"}
    stars = [row for row in book["Deliverables"].iter_rows(min_row=4) if row[6].value == "*"]
    assert all(row[8].value is None for row in stars)


def test_a_share_is_left_out_with_its_count() -> None:
    book = opened(published(sample()))
    for title, done, share in (("By period", 7, 9), ("Outcomes", 7, 8)):
        rows = [*book[title].iter_rows(min_row=4, values_only=True)]
        assert any(row[done] == "*" for row in rows)
        assert all((row[share] is None) == (row[done] in {"*", None}) for row in rows)


def test_the_same_roll_up_gives_the_same_bytes_and_carries_no_name_of_a_person() -> None:
    assert rollup_workbook(sample()) == rollup_workbook(sample())
    properties = opened(sample()).properties
    assert (properties.creator, properties.lastModifiedBy) == ("Exampleton", "Exampleton")
    assert "2028-02-01" in properties.title


@pytest.mark.parametrize("view", ["internal", "public", "empty"])
def test_it_is_a_valid_workbook(view: str, tmp_path: Path) -> None:
    validator = require_tool("ooxml-validator")
    found = {"internal": sample(), "public": published(sample()), "empty": rollup_of()}[view]
    path = tmp_path / "rollup.xlsx"
    path.write_bytes(rollup_workbook(found))
    done = subprocess.run([validator, str(path)], capture_output=True, text=True, check=False, timeout=120)
    told = json.loads(done.stdout)
    assert told["ok"], told["errors"][:3]


def test_libreoffice_opens_it_and_sees_the_same(tmp_path: Path) -> None:
    path = tmp_path / "rollup.xlsx"
    path.write_bytes(rollup_workbook(sample()))
    saved = openpyxl.load_workbook(saved_by_libreoffice(path, tmp_path))
    ours = openpyxl.load_workbook(path)
    assert saved.sheetnames == ours.sheetnames
    for title in ours.sheetnames:
        told = [[cell for cell in row if cell is not None] for row in ours[title].iter_rows(values_only=True)]
        seen = [[cell for cell in row if cell is not None] for row in saved[title].iter_rows(values_only=True)]
        assert [row for row in seen if row] == [row for row in told if row], title
        assert saved[title].auto_filter.ref == ours[title].auto_filter.ref
