"""Read a report that came back: a workbook, a CSV or a JSON file, each into the same values under the same keys.

Nothing in it is calculated, followed or run. Numbers and days are left as the file holds them: what a field makes of
them is said in `values`.
"""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import TYPE_CHECKING

from fe_contracts.exceptions import NotAReportError, SourceError
from fe_contracts.findings import Finding, Severity, Where
from fe_contracts.performance.reading.text import read_csv, read_json
from fe_contracts.performance.reading.workbook import read_workbook
from fe_contracts.sources import read_bytes

if TYPE_CHECKING:
    from collections.abc import Callable

    from fe_contracts.performance.forms.filled import FilledReport
    from fe_contracts.performance.forms.form import ReportForm

__all__ = ["FILE_LIMIT", "read_report"]

FILE_LIMIT = 30_000_000
"""The most bytes of a report that are read."""

_OTHERS = {
    ".xls": "Open it in a spreadsheet program and save it as an Excel workbook (.xlsx).",
    ".xlsm": "Save it as an Excel workbook without macros (.xlsx).",
    ".xlsb": "Save it as an Excel workbook (.xlsx).",
    ".ods": "Save it as an Excel workbook (.xlsx).",
    ".numbers": "Export it as an Excel workbook (.xlsx).",
    ".pdf": "Send the workbook itself, not a print of it.",
}


_ROW_KEY = re.compile(rb"\b(?:deliverable|outcome|training|milestone|budget|narrative|certification)\.[A-Za-z0-9]")
"""What stands in the hidden column of every sheet of a report."""


def read_report(path: Path | str, form: ReportForm | None = None) -> FilledReport:
    """Return what a report that came back says, under the keys of its fields.

    With the form that it was made from, a field whose name and key were lost is found by its row and heading.

    Raises:
        SourceError: if the file cannot be read, or its name ends in what no report ends in.
        UnsafeFileError: if it is encrypted, holds macros or links to other files, or is made to do harm.
        NotAReportError: if it is no report that was made from a contract.
    """
    name, suffix = str(path), Path(path).suffix.lower()
    content = read_bytes(path, limit=FILE_LIMIT)
    digest = hashlib.sha256(content).hexdigest()
    readers: dict[str, Callable[[], FilledReport]] = {
        ".xlsx": lambda: read_workbook(content, name, digest, form),
        ".csv": lambda: read_csv(content, name, digest),
        ".txt": lambda: read_csv(content, name, digest),
        ".tsv": lambda: read_csv(content, name, digest),
        ".json": lambda: read_json(content, name, digest),
    }
    if suffix not in readers:
        said = f"A report is not read from a {suffix} file." if suffix else "The name of the file has no ending."
        remedy = _OTHERS.get(suffix, "Give a report that ends in .xlsx, .csv or .json.")
        raise SourceError(name, [Finding("SHEET005", Severity.ERROR, said, Where(name), remedy)])
    report = readers[suffix]()
    if not report.values:
        said = "This is no report that was made from a contract: none of its fields is here."
        remedy = "Fill in the file that 'fe-contracts report template' made, or leave this one out."
        if suffix != ".json" and _ROW_KEY.search(content):
            said = "This seems to be one sheet of a report, saved as text: the other sheets are not in it."
            remedy = "Send the whole workbook (.xlsx)."
        raise NotAReportError(name, [Finding("SHEET007", Severity.ERROR, said, Where(name), remedy)])
    return report
