"""Hold a report that is ready to be filled in, and write it as a workbook, a CSV or a JSON file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from fe_contracts.performance.forms.tables import csv_template, json_template
from fe_contracts.sources import write_atomic

if TYPE_CHECKING:
    from fe_contracts.findings import Finding
    from fe_contracts.performance.forms.form import ReportForm

__all__ = ["FORMATS", "ReportTemplate"]

FORMATS = ("xlsx", "csv", "json")
"""The file formats of a report, the one for people first."""


@dataclass(frozen=True)
class ReportTemplate:
    """A report to be filled in."""

    form: ReportForm
    findings: tuple[Finding, ...] = ()
    """What is the matter with the earlier reports that it was to begin from."""

    @property
    def file_name(self) -> str:
        """Return a name for its file, without the ending: contract, report and period."""
        form = self.form
        said = f"{form.contract}-{form.requirement}-{form.period.label}"
        return "".join(mark if mark.isalnum() or mark in "-_." else "-" for mark in said).strip(".-")

    def to_bytes(self, form: str = "xlsx") -> bytes:
        """Return the file's content: the same form gives the same bytes on any day.

        Raises:
            ValueError: if there is no such format.
        """
        match form:
            case "xlsx":
                from fe_contracts.performance.writing.workbook import workbook_bytes  # openpyxl is slow to load

                return workbook_bytes(self.form)
            case "csv":
                return csv_template(self.form).encode("utf-8-sig")  # the mark lets Excel see that it is UTF-8
            case "json":
                return json_template(self.form).encode()
            case _:
                msg = f"{form!r} is no format of a report: {', '.join(FORMATS)}"
                raise ValueError(msg)

    def save(self, path: Path | str, *, form: str | None = None, overwrite: bool = False) -> Path:
        """Write it and return the path; the format follows the name's ending unless one is named.

        Raises:
            OutputError: if it cannot be written; nothing is left half written.
            ValueError: if there is no such format.
        """
        target = Path(path)
        write_atomic(target, self.to_bytes(form or target.suffix.lower().lstrip(".")), overwrite=overwrite)
        return target
