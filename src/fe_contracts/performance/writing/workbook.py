"""Write a form as a workbook: a cover, a sheet for each part, a name for every field, and which contract it is of."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from typing import TYPE_CHECKING, Any, Final

from openpyxl import Workbook
from openpyxl.packaging.custom import StringProperty
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.properties import PageSetupProperties

from fe_contracts.performance.forms.form import IDENTITY
from fe_contracts.performance.forms.keys import name_of
from fe_contracts.performance.writing.cover import COVER, write_cover
from fe_contracts.performance.writing.sheets import mark_fixed, tables_of, write_section
from fe_contracts.sources.cells import safe_cell

if TYPE_CHECKING:
    from collections.abc import Mapping

    from openpyxl.worksheet.worksheet import Worksheet

    from fe_contracts.performance.forms.form import ReportForm

__all__ = ["IDENTITY_SHEET", "PROPERTY_PREFIX", "workbook_bytes"]

IDENTITY_SHEET: Final = "fe_contracts"
"""The sheet that nobody sees, in which the workbook says what report it is."""
PROPERTY_PREFIX: Final = "fe_contracts."
"""How the document properties begin that say the same."""

_ZIP_DAY: Final = (1980, 1, 1, 0, 0, 0)
_MODIFIED: Final = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*(</dcterms:modified>)")
_FONT: Final = re.compile(rb"(<font>)(.*?)(</font>)", re.DOTALL)
_ORDER: Final = (
    b"b", b"i", b"strike", b"condense", b"extend", b"outline", b"shadow", b"u", b"vertAlign", b"sz", b"color", b"name",
    b"family", b"charset", b"scheme",
)  # fmt: skip
_LEAST = 0.4


def workbook_bytes(form: ReportForm) -> bytes:
    """Return the form as an .xlsx file: the same form gives the same bytes on any day."""
    book = Workbook()
    cover = book.worksheets[0]
    cover.title = COVER
    places = {section.kind: write_section(form, section, book.create_sheet(section.title)) for section in form.sections}
    write_cover(form, cover, places)
    mark_fixed(cover)
    for section in form.sections:
        _name(book, section.title, places[section.kind])
    for number, sheet in enumerate(book.worksheets, start=1):
        _protect(sheet)
        _page(form, sheet)
        _announce(book, sheet, number)
    _identify(form, book)
    made = io.BytesIO()
    book.save(made)
    return _same_bytes(made.getvalue(), _stamp(form))


def _name(book: Workbook, title: str, places: Mapping[str, str]) -> None:
    """Give each field's cell a name: it stays with the cell when rows are put in and sheets are renamed."""
    known: set[str] = set()
    for key, place in places.items():
        name = name_of(key)
        if name is None or name.casefold() in known:  # names do not tell large letters from small ones
            continue
        known.add(name.casefold())
        letters = place.rstrip("0123456789")
        book.defined_names[name] = DefinedName(name, attr_text=f"'{title}'!${letters}${place[len(letters) :]}")


def _announce(book: Workbook, sheet: Worksheet, number: int) -> None:
    """Name each table's corner so that a screen reader says a cell's row and heading with it (JAWS, NVDA)."""
    regions = tables_of(sheet)
    for place, (first, last) in enumerate(regions, start=1):
        name = f"TitleRegion{number}{place}.{first.lower()}.{last.lower()}.{number}"
        letters = first.rstrip("0123456789")
        book.defined_names[name] = DefinedName(name, attr_text=f"'{sheet.title}'!${letters}${first[len(letters) :]}")


def _protect(sheet: Worksheet) -> None:
    """Lock all but the cells to be filled in, without a password: it keeps from slips, not from people."""
    guard = sheet.protection
    guard.sheet = True
    guard.formatColumns = guard.formatRows = False  # in this list, False is what may be done


def _page(form: ReportForm, sheet: Worksheet) -> None:
    """Set the page: landscape letter paper, as wide as the sheet, contract and page number at the foot."""
    sheet.sheet_view.showGridLines = False
    sheet.page_setup.orientation = "portrait" if sheet.title == COVER else "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_LETTER
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    margins = sheet.page_margins
    margins.left = margins.right = _LEAST
    margins.top, margins.bottom = 0.5, 0.7
    foot: Any = sheet.oddFooter
    foot.left.text = _footer(f"{form.contract}, {form.requirement}, {form.period.label}")
    foot.center.text = _footer(form.agency)
    foot.right.text = "Page &P of &N"
    for part in (foot.left, foot.center, foot.right):
        part.size = 8


def _footer(text: str) -> str:
    """Return text for a footer, where an ampersand begins a code."""
    return text[:80].replace("&", "&&")


def _identify(form: ReportForm, book: Any) -> None:
    """Say what report it is: in the document properties, and on a sheet that nobody sees."""
    properties = book.properties
    properties.title = f"{form.report}, {form.period.label}: {form.agency}"
    properties.subject = f"{form.contract}: {form.title}"
    properties.creator = form.city
    properties.lastModifiedBy = form.city
    properties.language = "en-US"
    properties.created = properties.modified = _stamp(form)
    sheet = book.create_sheet(IDENTITY_SHEET)
    sheet.sheet_state = "veryHidden"
    for row, name in enumerate(IDENTITY, start=1):
        said = form.identity[name]
        book.custom_doc_props.append(StringProperty(name=f"{PROPERTY_PREFIX}{name}", value=said))
        sheet.cell(row, 1, name)
        cell: Any = sheet.cell(row, 2, safe_cell(said))
        cell.data_type = "s"
    sheet.protection.sheet = True


def _in_order(font: re.Match[bytes]) -> bytes:
    """Return a font with its parts in the order of the standard, which openpyxl does not keep."""
    parts = re.findall(rb"<(\w+)[^>]*/>", font[2])
    whole = [found[0] for found in re.finditer(rb"<\w+[^>]*/>", font[2])]
    order = sorted(zip(parts, whole, strict=True), key=lambda item: _ORDER.index(item[0]))
    return font[1] + b"".join(part for _, part in order) + font[3]


def _stamp(form: ReportForm) -> dt.datetime:
    """Return the one time that the file carries: nothing in it tells when it was made."""
    return dt.datetime(form.effective.year, form.effective.month, form.effective.day)  # noqa: DTZ001 - no time at all


def _same_bytes(content: bytes, stamp: dt.datetime) -> bytes:
    """Return the package with the day of its making taken out, its members in one order."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as box, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as out:
        for name in box.namelist():
            data = box.read(name)
            if name == "docProps/core.xml":
                said = f"{stamp.isoformat()}Z".encode()
                data = _MODIFIED.sub(rb"\g<1>" + said + rb"\g<2>", data)
            elif name == "xl/styles.xml":
                data = _FONT.sub(_in_order, data)
            info = zipfile.ZipInfo(name, _ZIP_DAY)
            info.compress_type, info.external_attr, info.create_system = zipfile.ZIP_DEFLATED, 0o600 << 16, 0
            out.writestr(info, data)
    return made.getvalue()
