"""Remember in the output folder what was made from what, so that a killed run goes on where it stopped.

One line of JSON for each contract, written the moment it is finished. A line that was cut off counts as none.
"""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from fe_contracts.exceptions import OutputError
from fe_contracts.findings import Citation, Confidence, Finding, Severity, Where

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType
    from typing import IO, Self

    from fe_contracts.batch.outcomes import BatchRow

__all__ = ["JOURNAL_NAME", "Journal", "Record"]

JOURNAL_NAME = ".fe-batch.jsonl"
"""The journal's file name in the output folder."""


@dataclass(frozen=True, slots=True)
class Record:
    """What an earlier run made under one name."""

    inputs: str
    digest: str
    contract_id: str
    findings: tuple[Finding, ...] = ()


def _finding_of(data: dict[str, Any]) -> Finding:
    """Return the finding that was written as plain data."""
    citation = None
    if data.get("citation"):
        as_of = data.get("citation_as_of")
        citation = Citation(
            data["citation"],
            Confidence(data["confidence"]),
            dt.date.fromisoformat(as_of) if as_of else None,
            data.get("citation_note") or "",
        )
    where = Where(data["file"] or "", data["line"] or 0, data["column"] or 0, data["field"] or "")
    return Finding(
        data["code"],
        Severity(data["severity"]),
        data["message"],
        where,
        data["remedy"] or "",
        citation,
        data["overridden_by"] or "",
    )


def _written(finding: Finding) -> dict[str, Any]:
    """Return the finding as plain data that loses nothing."""
    data = finding.to_dict()
    if finding.citation:
        as_of = finding.citation.as_of
        data |= {
            "citation_as_of": as_of.isoformat() if as_of else None,
            "citation_note": finding.citation.note,
        }
    return data


class Journal:
    """The journal of one output folder, open for writing."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / JOURNAL_NAME
        self.records: dict[str, Record] = {}
        """What was made, by the output's name."""
        self._file: IO[str] | None = None

    def __enter__(self) -> Self:
        """Read what stands there and open the file to add to it.

        Raises:
            OutputError: if the file cannot be read or written.
        """
        try:
            text = self.path.read_text(encoding="utf-8", errors="replace") if self.path.exists() else ""
            self._file = self.path.open("a", encoding="utf-8", newline="\n")
            if text and not text.endswith("\n"):
                self._file.write("\n")  # the run before was killed in the middle of a line
                self._file.flush()
        except OSError as error:
            raise self._failure(error) from None
        for line in text.splitlines():
            try:
                entry = json.loads(line)
                findings = tuple(_finding_of(item) for item in entry["findings"])
                record = Record(entry["inputs"], entry["digest"], entry["contract_id"], findings)
            except (ValueError, KeyError, TypeError):
                continue
            self.records[str(entry["file"])] = record
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the file."""
        if self._file is not None:
            self._file.close()

    def _failure(self, error: OSError) -> OutputError:
        why = f"The journal of the batch cannot be written: {error.strerror or error}."
        return OutputError(self.path, why, "Free some space, or check the folder's permissions; then run it again.")

    def add(self, row: BatchRow) -> None:
        """Record a contract that stands finished in the folder.

        Raises:
            OutputError: if the line cannot be written.
        """
        if self._file is None:
            return
        entry = {
            "file": row.file,
            "inputs": row.inputs,
            "digest": row.digest,
            "contract_id": row.contract_id,
            "findings": [_written(item) for item in row.findings],
        }
        try:
            self._file.write(json.dumps(entry, ensure_ascii=False) + "\n")
            self._file.flush()
        except OSError as error:
            raise self._failure(error) from None
