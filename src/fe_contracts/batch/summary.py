"""Write what became of a batch: `summary.csv` for people, `summary.json` for programs."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

from fe_contracts.findings import Severity
from fe_contracts.sources import write_atomic

if TYPE_CHECKING:
    from fe_contracts.batch.outcomes import BatchResult, BatchRow

__all__ = ["COLUMNS", "csv_text", "write_summary"]

COLUMNS = (
    "row", "contract_id", "file", "status", "errors", "warnings", "to_confirm", "findings", "digest",
)  # fmt: skip
"""The headings of `summary.csv`."""


def _harmless(text: str) -> str:
    """Return the text so that a spreadsheet shows it and computes nothing."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text


def _cells(row: BatchRow) -> list[str]:
    counts = (str(row.count(severity)) for severity in (Severity.ERROR, Severity.WARNING, Severity.CONFIRM))
    told = "\n".join(f"{item.code}: {item.message}" for item in row.findings)
    texts = (row.contract_id, row.file, row.status.value, *counts, told, row.digest)
    return [str(row.row), *(_harmless(text) for text in texts)]


def csv_text(result: BatchResult) -> str:
    """Return the summary as a table, one line for each row."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    writer.writerows(_cells(row) for row in result.rows)
    return text.getvalue()


def write_summary(result: BatchResult) -> None:
    """Write both files into the output folder, over those of an earlier run.

    Raises:
        OutputError: if one cannot be written.
    """
    data = json.dumps(result.to_dict(), indent=1, ensure_ascii=False) + "\n"
    write_atomic(result.out / "summary.json", data.encode(), overwrite=True)
    # with a byte order mark, by which Excel knows UTF-8
    write_atomic(result.out / "summary.csv", csv_text(result).encode("utf-8-sig"), overwrite=True)
