"""Do one piece of a roll-up in a process of its own: read one file, or say how one contract stands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from fe_contracts.batch.packing import PackedReport, PackedSpec
from fe_contracts.catalog import Catalog, load_catalog
from fe_contracts.exceptions import FEContractsError, NotAReportError
from fe_contracts.findings import Finding, Severity, Where
from fe_contracts.model.vocabulary import Frequency
from fe_contracts.performance.forms.form import FieldRole
from fe_contracts.performance.forms.personal import harmless
from fe_contracts.performance.reading.report import read_report
from fe_contracts.performance.rollup.history import (
    Arrival,
    FileState,
    ReportVersion,
    in_order,
    is_doubtful,
    versions_of,
)
from fe_contracts.performance.rollup.rollup import RolledContract, SkippedFile
from fe_contracts.performance.rollup.standing import Reported, ReportKey, deliverables_of, due_reports, outcomes_of
from fe_contracts.pipeline.reporting_check import ReportChecker
from fe_contracts.pipeline.specs import spec_of
from fe_contracts.schedule.periods import report_periods
from fe_contracts.sources import read_data

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Sequence

    from fe_contracts.model.performance import ReportRequirement
    from fe_contracts.performance.checking.report import ReportCheck
    from fe_contracts.performance.forms.filled import FilledReport
    from fe_contracts.performance.forms.form import Value
    from fe_contracts.schedule.periods import Period

__all__ = ["ReadFile", "Sent", "Standing", "Term", "TermTask", "catalog_of", "failed", "read_file", "stand"]

_SMALLEST = "DATA-04"
"""The clause that says which counts are too small to publish."""
_FAMILY = "FE-"
_PERSONAL = frozenset({"REPORT001", "REPORT002", "REPORT003"})
_YAML = frozenset({".yaml", ".yml"})


@dataclass(frozen=True)
class ReadFile:
    """What one file turned out to be: a contract, a report, something else, or nothing that can be read."""

    name: str
    spec: PackedSpec | None = None
    report: PackedReport | None = None
    skipped: SkippedFile | None = None
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True)
class Sent:
    """A report with the day it came."""

    report: PackedReport
    arrival: Arrival


@dataclass(frozen=True)
class TermTask:
    """One term of one contract, with all that was sent for it."""

    key: str
    states: tuple[tuple[PackedSpec, str], ...]
    """The contract as it stood, with its file: as signed, and after each amendment that is there."""
    sent: tuple[Sent, ...]
    root: str
    catalog: str
    as_of: dt.date
    smallest: int


@dataclass(frozen=True)
class Standing:
    """How one term of a contract stands, and what was found on the way."""

    contract: RolledContract | None
    findings: tuple[Finding, ...]
    titles: Mapping[str, str]


_Checks = dict[ReportKey, list[tuple[Sent, "ReportCheck"]]]


@cache
def catalog_of(folder: str) -> Catalog:
    """Return the clause library, loaded once in each process."""
    return load_catalog(folder or None)


def failed(name: str, error: Exception, code: str = "ROLLUP003") -> tuple[Finding, ...]:
    """Return why a file cannot be used, as its own problems say it, each with the file's name."""
    problems: tuple[Finding, ...] = getattr(error, "problems", ())
    if problems:
        return tuple(replace(item, where=replace(item.where, file=name)) for item in problems)
    return (Finding(code, Severity.ERROR, f"{error} It is left out.", Where(name), "Correct the file."),)


def read_file(root: str, name: str) -> ReadFile:
    """Return what one file is; whatever is wrong with it becomes a finding."""
    path = Path(root, name)
    suffix = path.suffix.lower()
    try:
        if suffix in _YAML or suffix == ".json":
            loaded = read_data(path)
            if isinstance(loaded.data, Mapping) and {"contract", "agency"} <= loaded.data.keys():
                return ReadFile(name, spec=PackedSpec.of(spec_of(loaded)))
            if suffix in _YAML:
                return ReadFile(name, skipped=SkippedFile(name, "no contract: it has neither contract nor agency"))
        report = read_report(path)
    except NotAReportError:
        return ReadFile(name, skipped=SkippedFile(name, "no report that was made from a contract"))
    except FEContractsError as error:
        return ReadFile(name, findings=failed(name, error))
    except Exception as error:  # noqa: BLE001 - no file may stop the others
        said = f"The file cannot be read: {type(error).__name__}. It is left out."
        return ReadFile(name, findings=(Finding("ROLLUP003", Severity.ERROR, said, Where(name), "Correct the file."),))
    return ReadFile(name, report=PackedReport.of(replace(report, name=name)))


def stand(task: TermTask) -> Standing:
    """Return how one term of a contract stands by its reports."""
    catalog = catalog_of(task.catalog)
    try:
        return Term(task, catalog).standing()
    except FEContractsError as error:
        return Standing(None, failed(task.states[-1][1], error, "ROLLUP001"), {})
    except Exception as error:  # noqa: BLE001 - no contract may stop the others
        said = f"Its reports cannot be worked through: {type(error).__name__}. The contract is left out."
        remedy = "Take its reports out one by one to find the one that does it, and check that one by itself."
        where = Where(task.states[-1][1])
        return Standing(None, (Finding("ROLLUP001", Severity.ERROR, said, where, remedy),), {})


class Term:
    """The work on one term of a contract."""

    def __init__(self, task: TermTask, catalog: Catalog) -> None:
        self.task, self.catalog = task, catalog
        states = {packed.amendments: packed.unpacked() for packed, _ in task.states}
        packed, self.file = task.states[-1]
        self.spec = states[packed.amendments]
        self.checkers = {amendments: ReportChecker(spec, catalog) for amendments, spec in states.items()}
        self.last = self.checkers[packed.amendments]
        self.agency = self.spec.agency.short_name or self.spec.agency.legal_name
        self.found: list[Finding] = []

    def standing(self) -> Standing:
        """Return what the term comes to."""
        checks, refused = self._checked()
        versions, counting = self._kept(checks)
        forms = {
            (requirement.id, period.number): self.last.form_for(requirement, period)
            for requirement in self.spec.reports
            for period in report_periods(self.spec, requirement)
            if period.end < self.task.as_of or self._is_owed(requirement, period)
        }
        forms |= {key: check.form for key, check in counting.items() if check.form and key not in forms}
        reported = Reported(self.spec, self.task.key, self.agency, forms, counting, versions)
        return Standing(self._contract(reported, refused), tuple(self.found), self._titles())

    def _is_owed(self, requirement: ReportRequirement, period: Period) -> bool:
        """Return whether a report that is owed on one day, within the term, was owed by the day asked about."""
        if requirement.frequency is not Frequency.ONCE:
            return False
        return self.last.form_for(requirement, period).due < self.task.as_of

    def counting(self) -> tuple[ReportCheck, ...]:
        """Return the check of the last version of each report, in the order of the contract's reports and periods."""
        checks, _ = self._checked()
        _, counting = self._kept(checks)
        order = [requirement.id for requirement in self.spec.reports]
        return tuple(counting[key] for key in sorted(counting, key=lambda key: (order.index(key[0]), key[1])))

    def _kept(self, checks: _Checks) -> tuple[dict[ReportKey, tuple[ReportVersion, ...]], dict[ReportKey, ReportCheck]]:
        """Return the history of each report, and the check of the version that counts."""
        versions: dict[ReportKey, tuple[ReportVersion, ...]] = {}
        counting: dict[ReportKey, ReportCheck] = {}
        for key, found in checks.items():
            form = found[0][1].form
            if form is None:
                continue
            arrivals = [sent.arrival for sent, _ in found]
            self._doubt_order(arrivals)
            versions[key] = versions_of(
                (self.task.key, self.agency, key[0], form.period.label),
                arrivals,
                {check.name: _said(check) for _, check in found},
                {check.name: _weighed(check) for _, check in found},
                form.due,
                {
                    item.key: f"{row.id} {row.title}, {item.column}".strip()
                    for section in form.sections
                    for row in section.rows
                    for item in row.fields
                },
            )
            counts = next(item for item in reversed(versions[key]) if item.state is FileState.COUNTS)
            counting[key] = next(check for sent, check in found if sent.arrival is counts.arrival)
            self._remind(sent.arrival.file for sent, check in found if check is not counting[key] and _refused(check))
            self._doubt_worse(versions[key])
        return versions, counting

    def _checked(self) -> tuple[_Checks, list[ReportVersion]]:
        """Return the check of every file, by report and in the order in which they came; and those that are none."""
        by_file = {item.arrival.file: item for item in self.task.sent}
        sent = [by_file[arrival.file] for arrival in in_order(item.arrival for item in self.task.sent)]
        checks: _Checks = defaultdict(list)
        refused = []
        reports = [item.report.unpacked() for item in sent]
        for item, report in zip(sent, reports, strict=True):
            check = self._check(report, item.arrival.received_on, reports)
            if check.form is None:
                refused.append(self._refused(item, check))
                self.found += check.findings
            else:
                checks[check.form.requirement, check.form.period.number].append((item, check))
        return checks, refused

    def _check(self, report: FilledReport, received_on: dt.date | None, earlier: Sequence[FilledReport]) -> ReportCheck:
        said = report.identity.get("amendments", "")
        checker = self.checkers.get(int(said) if said.isdecimal() and len(said) < 4 else -1, self.last)
        check = checker.check(report, earlier=earlier, received_on=received_on)
        lost = check.form is not None and any(field.key not in report.values for field in check.form.fields)
        if lost and report.format == "xlsx":
            again = replace(read_report(Path(self.task.root, report.name), check.form), name=report.name)
            check = checker.check(again, earlier=earlier, received_on=received_on)
        return check

    def _remind(self, files: Iterable[str]) -> None:
        """Say that a file still lies there which another took the place of, because it points to a person."""
        for file in files:
            said = "This version does not count any more, and it holds what points to a person."
            remedy = "Delete this copy as your rules on such data say; note its name and digest from the history first."
            self.found.append(Finding("ROLLUP015", Severity.WARNING, said, Where(file), remedy))

    def _refused(self, item: Sent, check: ReportCheck) -> ReportVersion:
        identity = {key: harmless(said) for key, said in item.report.identity.items()}
        errors, warnings = _weighed(check)
        return ReportVersion(
            self.task.key,
            self.agency,
            identity.get("requirement", "")[:40],
            identity.get("period", "")[:40],
            item.arrival,
            FileState.REFUSED,
            errors=errors,
            warnings=warnings,
        )

    def _doubt_order(self, arrivals: Sequence[Arrival]) -> None:
        for before, after in pairwise(arrivals):
            if by := is_doubtful(before, after):
                said = (
                    f"Nothing but {by} says whether this report came before or after {before.file}: it is taken as the "
                    "later one."
                )
                remedy = "Put the day each came into received.csv, or into the file's name."
                self.found.append(Finding("ROLLUP005", Severity.WARNING, said, Where(after.file), remedy))

    def _doubt_worse(self, versions: Sequence[ReportVersion]) -> None:
        """Say that a correction has errors that what it replaces had not."""
        kept = [item for item in versions if item.version]
        for before, after in pairwise(kept):
            if after.errors and not before.errors:
                said = f"It replaces {before.arrival.file}, which had no errors; this one has {after.errors}."
                remedy = "It counts as it is. Ask the agency for a corrected report."
                self.found.append(Finding("ROLLUP006", Severity.WARNING, said, Where(after.arrival.file), remedy))

    def _contract(self, reported: Reported, refused: Sequence[ReportVersion]) -> RolledContract:
        spec, facts = self.spec, self.last.forms.facts
        history = [item for found in reported.versions.values() for item in found]
        burden = self.last.forms.schedule.burden
        return RolledContract(
            self.task.key,
            spec.contract.id,
            spec.contract.title,
            self.agency,
            spec.city.name,
            spec.term.start_date,
            spec.term.end_date,
            spec.contract.effective_date,
            spec.contract.fictional,
            self.file,
            self._smallest(facts.values.get(_SMALLEST, {}).get("suppress_below")),
            {instance: number for instance, number in facts.versions.items() if instance.startswith(_FAMILY)},
            burden[0] if burden else None,
            tuple(deliverables_of(reported)),
            tuple(outcomes_of(reported)),
            tuple(due_reports(reported, self.task.as_of)),
            (*history, *refused),
            tuple(item for check in reported.checks.values() for item in check.findings),
        )

    def _smallest(self, said: object) -> int:
        if isinstance(said, int):
            return said
        message = (
            f"The contract does not say which counts are too small to publish ({_SMALLEST} is not in it): those below "
            f"{self.task.smallest} are left out."
        )
        remedy = f"Take {_SMALLEST} into the contract, or give the number."
        self.found.append(Finding("ROLLUP008", Severity.INFO, message, Where(self.file, field="clauses"), remedy))
        return self.task.smallest

    def _titles(self) -> dict[str, str]:
        forms = self.last.forms
        return {
            placed.decision.clause_id: placed.version.front.title
            for placed in forms.placed
            if placed.decision.clause_id.startswith(_FAMILY)
        }


def _said(check: ReportCheck) -> dict[str, Value]:
    """Return the figures that a report itself gives, without those that follow from them."""
    known = check.form.by_key if check.form else {}
    return {key: value for key, value in check.figures.items() if known[key].role is not FieldRole.COMPUTED}


def _refused(check: ReportCheck) -> bool:
    """Return whether a report was refused because of what points to a person."""
    return any(item.severity is Severity.ERROR and item.code in _PERSONAL for item in check.findings)


def _weighed(check: ReportCheck) -> tuple[int, int]:
    """Return how many errors and how many warnings a check found."""
    severities = [item.severity for item in check.findings]
    return severities.count(Severity.ERROR), severities.count(Severity.WARNING)
