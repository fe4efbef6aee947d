"""Write the first sheet: who reports what to whom by when, how to fill it in, and what is still to be done."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from fe_contracts.performance.forms.form import FieldKind, FieldRole, FormField, SectionKind
from fe_contracts.performance.writing.formulas import ranges
from fe_contracts.performance.writing.looks import HEIGHTS, STYLE, field_look, put
from fe_contracts.sources.cells import safe_cell

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from openpyxl.worksheet.worksheet import Worksheet

    from fe_contracts.performance.forms.form import FormSection, ReportForm

__all__ = ["COVER", "write_cover"]

COVER = "Start here"
"""What the first sheet is called."""

_WIDTHS = {"A": 3, "B": 24, "C": 62, "D": 20}
_LINE = 98
_HOW = (
    "Go through the sheets from left to right.",
    (
        "Fill in the cells with a thick border and a yellow ground. Their headings say (fill in) or (if needed). All "
        "other cells are locked."
    ),
    "Click a cell to read what belongs there. If there is nothing to count, write 0 and leave no cell empty.",
    "If a figure was wrong in an earlier report, tell the City; do not change this file's locked cells.",
    "On the last sheet, a person who may bind the agency reads the words and signs.",
    "Save the file as an Excel workbook (.xlsx) and send it. The file name does not matter.",
)
_PRIVACY = (
    "Write counts, never people: no names of Clients, birth dates, Social Security numbers or account numbers, and "
    "nothing else that points to one person"
)


def day_in_words(day: dt.date) -> str:
    """Return a day as people write it: April 30, 2027."""
    return f"{day:%B} {day.day}, {day.year}"


def write_cover(form: ReportForm, sheet: Worksheet, places: Mapping[SectionKind, Mapping[str, str]]) -> None:
    """Write the cover of a report; `places` are the cells of each part's fields."""
    for letter, width in _WIDTHS.items():
        sheet.column_dimensions[letter].width = width
    put(sheet["B1"], safe_cell(form.city), STYLE["overline"])
    put(sheet["B2"], safe_cell(form.report), STYLE["title"])
    put(sheet["B3"], _period(form), STYLE["heading"])
    for row, look in ((2, "title"), (3, "heading"), (5, "due")):
        sheet.row_dimensions[row].height = HEIGHTS[look]
    put(sheet["B5"], "Due by", STYLE["heading"])
    put(sheet["C5"], day_in_words(form.due), STYLE["due"])
    row = 6
    if form.due_because:
        row = _lines(sheet, row, form.due_because, "C")
    row = _facts(form, sheet, row + 1)
    row = _how(form, sheet, row + 1)
    row = _parts(form, sheet, row + 1, places)
    sheet.print_area = f"B1:D{row}"


def _period(form: ReportForm) -> str:
    period = form.period
    said = f"{day_in_words(period.start)} to {day_in_words(period.end)}"
    return f"{said} ({period.label})" if period.label not in {"", "term"} else said


def _lines(sheet: Worksheet, row: int, text: str, column: str, look: str = "body") -> int:
    """Write text in as many rows as it needs and return the next free one."""
    for line in textwrap.wrap(text, _LINE):
        put(sheet[f"{column}{row}"], safe_cell(line), STYLE[look])
        row += 1
    return row


def _facts(form: ReportForm, sheet: Worksheet, row: int) -> int:
    changed = f", as amended {form.amendments} times" if form.amendments > 1 else ""
    changed = ", as amended once" if form.amendments == 1 else changed
    facts = [
        ("From", form.agency),
        *zip(("Send it to", *[""] * len(form.send_to)), form.send_to, strict=False),
        ("Contract", f"{form.contract}: {form.title}"),
        ("Contract in force from", f"{day_in_words(form.effective)}{changed}"),
        ("Report", f"{form.requirement}: {form.report}"),
    ]
    if form.fictional:
        facts.append(("Note", "Names and figures of this contract are made up."))
    for name, said in facts:
        put(sheet[f"B{row}"], name, STYLE["strong"])
        row = _lines(sheet, row, said, "C")
    return row


def _how(form: ReportForm, sheet: Worksheet, row: int) -> int:
    put(sheet[f"B{row}"], "How to fill it in", STYLE["heading"])
    row += 1
    for number, step in enumerate(_HOW, start=1):
        put(sheet[f"B{row}"], f"Step {number}", STYLE["strong"])
        row = _lines(sheet, row, step, "C")
    put(sheet[f"B{row}"], "Privacy", STYLE["strong"])
    section = form.section_numbers.get("PERF-04")
    asked = f"{_PRIVACY} (section {section} of the contract)." if section else f"{_PRIVACY}."
    row = _lines(sheet, row, asked, "C", "strong_line")
    put(sheet[f"B{row}"], "What the cells mean", STYLE["strong"])
    sample = FormField("", "", FieldKind.TEXT, SectionKind.NARRATIVE, "")
    put(sheet[f"C{row}"], "Thick border, yellow: you fill it in", {**field_look(sample), "protection": None})
    given = FormField("", "", FieldKind.TEXT, SectionKind.NARRATIVE, "", role=FieldRole.GIVEN)
    put(sheet[f"C{row + 1}"], "Thin border, grey: filled in for you, or calculated", field_look(given))
    return row + 2


def _parts(form: ReportForm, sheet: Worksheet, row: int, places: Mapping[SectionKind, Mapping[str, str]]) -> int:
    """Write a list of the sheets with a link to each and how many cells are still to be filled there."""
    put(sheet[f"B{row}"], "What is in it", STYLE["heading"])
    row += 1
    for letter, head in zip("BCD", ("Sheet", "What it asks", "Still to fill in"), strict=True):
        put(sheet[f"{letter}{row}"], head, STYLE["head"])
    for section in form.sections:
        row += 1
        cell = sheet[f"B{row}"]
        put(cell, section.title, {**STYLE["link"], "border": STYLE["label"]["border"]})
        cell.hyperlink = f"#'{section.title}'!A1"
        put(cell, section.title, {**STYLE["link"], "border": STYLE["label"]["border"]})
        put(sheet[f"C{row}"], _asks(section), STYLE["label"])
        put(sheet[f"D{row}"], _left(section, places[section.kind]), STYLE["label"])
    return row


def _asks(section: FormSection) -> str:
    count = sum(1 for item in section.fields if item.is_input and item.required)
    rows = sum(1 for row in section.rows if not row.is_total)
    cells = f"{_several(count, 'cell')} to fill in"
    match section.kind:
        case SectionKind.DELIVERABLES:
            return f"{_several(rows, 'deliverable')}: what was done, against the target; {cells}"
        case SectionKind.OUTCOMES:
            return f"{_several(rows, 'outcome')}: how many Clients reached each; {cells}"
        case SectionKind.TRAINING:
            return f"How many of your staff are trained; {cells}"
        case SectionKind.MILESTONES:
            return f"{_several(rows, 'milestone')}: where each stands; {cells}"
        case SectionKind.BUDGET:
            return f"Costs by budget line; {cells}"
        case SectionKind.NARRATIVE:
            return f"What figures do not say; {cells}"
        case SectionKind.CERTIFICATION:
            return f"The words to certify; {cells}"


def _several(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _left(section: FormSection, places: Mapping[str, str]) -> str | int:
    """Return a formula that counts the cells of a part that are asked for and still empty."""
    cells = [places[item.key] for item in section.fields if item.is_input and item.required]
    if not cells:
        return 0
    columns: dict[str, list[str]] = {}
    for cell in cells:
        columns.setdefault(cell.rstrip("0123456789"), []).append(cell)
    found = [part for cells in columns.values() for part in ranges(cells)]
    return "=" + "+".join(f"COUNTBLANK('{section.title}'!{part})" for part in found)
