"""Take one contract's reports from a folder: the last version of each, checked, for whoever tells of the contract."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from fe_contracts.batch.packing import PackedSpec
from fe_contracts.batch.rollup_folder import files_in
from fe_contracts.batch.rollup_work import Sent, Term, TermTask, read_file
from fe_contracts.catalog import load_catalog
from fe_contracts.findings import Finding, Findings, Severity, Where
from fe_contracts.pipeline.checked_reports import checked_report
from fe_contracts.pipeline.specs import load_spec

if TYPE_CHECKING:
    from fe_contracts.batch.packing import PackedReport
    from fe_contracts.batch.rollup_folder import FolderFiles
    from fe_contracts.catalog import Catalog
    from fe_contracts.exchange.ocds_results import CheckedReport
    from fe_contracts.model.spec import Spec

__all__ = ["ContractReports", "contract_reports"]


@dataclass(frozen=True)
class ContractReports:
    """What the reports of one contract tell, and what is wrong with their files."""

    reports: tuple[CheckedReport, ...]
    findings: Findings


def contract_reports(
    spec: Spec | Path | str,
    folder: Path | str,
    *,
    as_of: dt.date | None = None,
    catalog: Catalog | None = None,
    smallest: int = 11,
) -> ContractReports:
    """Return what the reports in a folder tell of one contract, each by its last version that came by a day.

    Days of receipt are told as for a roll-up: by `received.csv`, else by names of files and folders; without any, the
    day of the signature stands in. Reports of other contracts and other files are passed by. One that cannot be read,
    or of which nothing says when it came, is a finding. What stands in the reports themselves is not told again: see
    `check_report`.

    Raises:
        SourceError or SpecError: if the contract or the folder cannot be read.
        CatalogError: if the clause library cannot be loaded.
    """
    library = catalog or load_catalog()
    contract = load_spec(spec) if isinstance(spec, Path | str) else spec
    files, packed = files_in(Path(folder)), PackedSpec.of(contract)
    found = list(files.findings)
    task = TermTask(
        packed.number,
        ((packed, str(spec) if isinstance(spec, Path | str) else ""),),
        tuple(_sent(files, packed, as_of or dt.date.max, found)),
        str(folder),
        str(library.folder),
        as_of or dt.date.max,
        smallest,
    )
    term = Term(task, library)
    told = []
    for check in term.counting():
        report = checked_report(check)
        if report is not None:
            told.append(report)
            continue
        said = "Nothing says when this report came, nor when it was signed. It is left out."
        remedy = "Put the day it came into received.csv, or into the file's name."
        found.append(Finding("ROLLUP012", Severity.WARNING, said, Where(check.name), remedy))
    return ContractReports(tuple(told), Findings((*found, *term.found), as_of, library.name))


def _sent(files: FolderFiles, spec: PackedSpec, as_of: dt.date, found: list[Finding]) -> list[Sent]:
    """Return the reports of a contract's term that came by a day."""
    sent = []
    for name in files.may_be_read:
        item = read_file(str(files.root), name)
        found += item.findings
        if item.report is None or not _is_of(item.report, spec):
            continue
        if item.report.identity.get("renewal", "") not in {"", str(spec.renewal)}:
            continue
        arrival = files.arrival_of(item.report)
        if arrival.received_on is None or arrival.received_on <= as_of:
            sent.append(Sent(item.report, arrival))
    return sent


def _is_of(report: PackedReport, spec: PackedSpec) -> bool:
    return report.identity.get("contract", "").strip().casefold() == spec.number.casefold()
