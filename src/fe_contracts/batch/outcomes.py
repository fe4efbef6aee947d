"""Hold what became of each row of a batch, as data that crosses processes and prints as JSON."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from fe_contracts.findings import Finding, Findings, Severity, Where

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["BatchResult", "BatchRow", "Status", "trouble"]


class Status(StrEnum):
    """What became of a row."""

    MADE = "made"
    """The contract was written."""
    KEPT = "kept"
    """The contract that stood there was left alone: nothing changed since, or a person edited it."""
    REFUSED = "refused"
    """An error stands that no override in the spec records."""
    FAILED = "failed"
    """The row could not be made into a contract."""


def trouble(code: str, message: str, where: Where, remedy: str, severity: Severity = Severity.ERROR) -> Finding:
    """Return a finding on a row itself."""
    return Finding(code, severity, message, where, remedy)


@dataclass(frozen=True, slots=True)
class BatchRow:
    """What became of one row."""

    row: int
    """The row's number as the spreadsheet shows it; in a folder, the spec's place in the order of names."""
    source: str
    """The table, or the spec's file."""
    contract_id: str
    """Empty where the row failed before it was known."""
    file: str
    """The name of the output in the output folder; empty where none could be found."""
    status: Status
    findings: tuple[Finding, ...] = ()
    inputs: str = ""
    """The digest of all that the contract is made from: row, base, catalog, house style, rule packs, engine."""
    digest: str = ""
    """The digest of the file as it stands; empty where there is none."""

    @property
    def good(self) -> bool:
        """Return whether the contract is there and nothing grave stands against it."""
        return self.status in {Status.MADE, Status.KEPT} and not Findings(self.findings).errors

    @property
    def unapproved(self) -> bool:
        """Return whether the contract is marked DRAFT because not every role approved its clauses."""
        return self.good and any(item.code == "APPROVAL010" for item in self.findings)

    def count(self, severity: Severity) -> int:
        """Return how many findings of a severity stand."""
        return sum(item.severity is severity and not item.overridden_by for item in self.findings)

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain data for `summary.json` and `--format json`."""
        return {
            "row": self.row,
            "source": self.source,
            "contract_id": self.contract_id or None,
            "file": self.file or None,
            "status": self.status.value,
            "findings": [item.to_dict() for item in self.findings],
            "inputs": self.inputs or None,
            "digest": self.digest or None,
        }


@dataclass(frozen=True, slots=True)
class BatchResult:
    """All rows of a batch, in their order, and what they were made with."""

    out: Path
    rows: tuple[BatchRow, ...]
    catalog: str
    catalog_digest: str
    house_style: str
    engine: str
    notice: str
    """What every reader of the contracts must know."""

    def __iter__(self) -> Iterator[BatchRow]:
        """Iterate over the rows in their order."""
        return iter(self.rows)

    def __len__(self) -> int:
        """Return how many rows there were."""
        return len(self.rows)

    @property
    def counts(self) -> dict[str, int]:
        """Return how many rows came to each status."""
        found = Counter(row.status for row in self.rows)
        return {status.value: found[status] for status in Status}

    @property
    def troubled(self) -> tuple[BatchRow, ...]:
        """Return the rows that someone must look at."""
        return tuple(row for row in self.rows if not row.good)

    @property
    def drafts(self) -> int:
        """Return how many contracts are marked DRAFT because not every role approved their clauses."""
        return sum(row.unapproved for row in self.rows)

    @property
    def exit_code(self) -> int:
        """Return 0 if every contract is there, else 1."""
        return 1 if self.troubled else 0

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain data for `summary.json` and `--format json`."""
        return {
            "out": self.out.as_posix(),
            "counts": self.counts,
            "drafts": self.drafts,
            "catalog": self.catalog,
            "catalog_digest": self.catalog_digest,
            "house_style": self.house_style,
            "engine": self.engine,
            "notice": self.notice,
            "rows": [row.to_dict() for row in self.rows],
        }
