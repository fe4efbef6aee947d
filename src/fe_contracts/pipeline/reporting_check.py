"""Check the reports that agencies send in: each against its contract, against earlier ones, and by itself."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from fe_contracts.exceptions import NotAReportError, SourceError, UnknownPeriodError, UnsafeFileError
from fe_contracts.findings import Finding, Findings, Severity, Where
from fe_contracts.performance.checking.case import CheckCase
from fe_contracts.performance.checking.earlier import carried_forward
from fe_contracts.performance.checking.identity import other_contract, other_period, unknown_report
from fe_contracts.performance.checking.parts import parts_of
from fe_contracts.performance.checking.privacy import check_privacy
from fe_contracts.performance.checking.report import ReportCheck, findings_of, plain_figures
from fe_contracts.performance.forms.filled import FilledReport
from fe_contracts.performance.forms.personal import masked, personal_in
from fe_contracts.performance.reading.report import read_report
from fe_contracts.pipeline.reporting import ReportForms
from fe_contracts.schedule.periods import find_period, report_periods

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from fe_contracts.catalog import Catalog
    from fe_contracts.model.performance import ReportRequirement
    from fe_contracts.model.spec import Spec
    from fe_contracts.performance.forms.form import ReportForm
    from fe_contracts.schedule.periods import Period

__all__ = ["ReportChecker", "check_report", "check_reports"]

_UNREADABLE = (SourceError, UnsafeFileError, NotAReportError)


class ReportChecker:
    """The check of one contract's reports: what the contract says is worked out once, however many there are."""

    def __init__(self, spec: Spec | Path | str, catalog: Catalog | None = None) -> None:
        self.forms = ReportForms(spec, catalog)
        self._made: dict[tuple[str, int], ReportForm] = {}

    def form_for(self, requirement: ReportRequirement, period: Period) -> ReportForm:
        """Return the form of one report, made once."""
        key = requirement.id, period.number
        if key not in self._made:
            self._made[key] = self.forms.form(requirement, period)
        return self._made[key]

    def read(self, path: Path | str, *, report: str | None = None, period: str | None = None) -> FilledReport:
        """Return what a file says; a field that has lost its name is looked for where its form has it.

        Raises:
            SourceError: if the file cannot be read.
            UnsafeFileError: if it is encrypted, holds macros or links, or is made to do harm.
            NotAReportError: if it is no report that was made from a contract.
        """
        filled = read_report(path)
        if filled.format != "xlsx":
            return filled
        form, _ = self._form(filled, report, period)
        whole = form is None or all(item.key in filled.values for item in form.fields)
        return filled if whole else read_report(path, form)

    def check(
        self,
        source: FilledReport | Path | str,
        *,
        earlier: Iterable[FilledReport] = (),
        received_on: dt.date | None = None,
        report: str | None = None,
        period: str | None = None,
    ) -> ReportCheck:
        """Return what the check of one report finds; see `check_report`."""
        filled = source if isinstance(source, FilledReport) else self.read(source, report=report, period=period)
        form, found = self._form(filled, report, period)
        privacy = check_privacy(filled, form)
        found = [*map(_harmless, (*filled.problems, *found, *privacy.findings))]
        name = self.forms.catalog.name
        if form is None:
            return ReportCheck(filled.name, Findings(tuple(found), received_on, name), None, filled, {}, received_on)
        others = [item for item in earlier if item is not filled]
        before = [item for item in others if _came_before(item, form)]
        carried = carried_forward(form, before) if before else None
        case = CheckCase(
            self.forms.spec,
            self.forms.catalog,
            form,
            filled,
            received_on,
            carried.before if carried else {},
            privacy.refused,
            parts_of(form, others),
        )
        found += [replace(item, severity=Severity.WARNING) for item in (carried.findings if carried else ())]
        found += map(_harmless, findings_of(case))
        findings = Findings(tuple(found), received_on, name)
        return ReportCheck(filled.name, findings, form, filled, plain_figures(case), received_on)

    def _form(
        self, filled: FilledReport, report: str | None, period: str | None
    ) -> tuple[ReportForm | None, list[Finding]]:
        """Return the form that a report is to be held against, or why there is none."""
        spec = self.forms.spec
        if other := other_contract(spec, filled):
            return None, [other]
        said = filled.identity.get("requirement", "")
        wanted = (report or said).strip().casefold()
        requirement = next((item for item in spec.reports if item.id.casefold() == wanted), None)
        if requirement is None:
            return None, [unknown_report(spec, filled)]
        found = list(_not_meant(filled, report, "requirement"))
        meant = _period(spec, requirement, filled, period)
        if period and meant and filled.identity.get("start", meant.start.isoformat()) != meant.start.isoformat():
            found += _not_meant(filled, meant.label, "period")
        if found:
            return None, found
        other_days = other_period(filled, requirement, report_periods(spec, requirement), meant)
        if other_days is not None:
            return None, [other_days]
        if meant is None:
            return None, [unknown_report(spec, replace(filled, identity={}))]
        return self.form_for(requirement, meant), []


def _harmless(finding: Finding) -> Finding:
    """Return a finding without what points to a person, should a file have brought it into the message or the place."""
    if not any(trace.kind.is_refused for trace in personal_in(f"{finding.message} ; {finding.where.field}")):
        return finding
    where = replace(finding.where, field=masked(finding.where.field))
    return replace(finding, message=masked(finding.message), where=where)


def _not_meant(filled: FilledReport, wanted: str | None, name: str) -> Iterator[Finding]:
    """Yield that the file is another report than the one that was asked for."""
    said = filled.identity.get(name, "")
    if wanted and said and said.strip().casefold() != wanted.strip().casefold():
        what = "report" if name == "requirement" else "the report for"
        message = f"The file says that it is {what} {said[:40]!r}; {wanted!r} was asked for."
        yield Finding("REPORT016", Severity.ERROR, message, Where(filled.name, field=name), "Give the right file.")


def _period(spec: Spec, requirement: ReportRequirement, filled: FilledReport, wanted: str | None) -> Period | None:
    """Return the period of a report: the one that is named, else the one that the file says."""
    for text in (wanted, filled.identity.get("period"), filled.identity.get("start")):
        if not text:
            continue
        try:
            return find_period(spec, requirement, text)
        except UnknownPeriodError:
            if text == wanted:
                raise
    return None


def _came_before(report: FilledReport, form: ReportForm) -> bool:
    """Return whether a report is of the same kind and an earlier period; others say nothing of what came before."""
    identity = report.identity
    return (
        identity.get("contract") == form.contract
        and identity.get("requirement") == form.requirement
        and identity.get("end", "9") < form.period.start.isoformat()
    )


def check_report(
    spec: Spec | Path | str,
    source: FilledReport | Path | str,
    *,
    earlier: Iterable[FilledReport | Path | str] = (),
    received_on: dt.date | None = None,
    report: str | None = None,
    period: str | None = None,
    catalog: Catalog | None = None,
) -> ReportCheck:
    """Return what is wrong with a report that came back, or doubtful: nothing is a finding that is not told why.

    `earlier` are reports of the same kind for the periods before: what is reported to date is held against them; and
    reports of other kinds that cover the same days, such as the quarterly ones beside a final report.
    Without `received_on` nothing is said of whether it came in time. `report` and `period` say which one is meant
    where the file does not say it any more.

    Raises:
        SourceError: if the file cannot be read.
        UnsafeFileError: if it is encrypted, holds macros or links to other files, or is made to do harm.
        NotAReportError: if it is no report that was made from a contract.
        UnknownPeriodError: if the report has no period as named.
    """
    checker = ReportChecker(spec, catalog)
    past = [item if isinstance(item, FilledReport) else checker.read(item) for item in earlier]
    return checker.check(source, earlier=past, received_on=received_on, report=report, period=period)


def check_reports(
    spec: Spec | Path | str,
    sources: Sequence[Path | str],
    *,
    earlier: Iterable[FilledReport | Path | str] = (),
    received_on: dt.date | None = None,
    catalog: Catalog | None = None,
) -> tuple[ReportCheck, ...]:
    """Return the check of each of several files; one that cannot be read is told, and the others go on.

    Each is held against `earlier` and against the other files: what is reported to date against the periods before, a
    report on the whole term against those on its parts.
    """
    checker = ReportChecker(spec, catalog)
    read = [_read(checker, path) for path in sources]
    past = [item if isinstance(item, FilledReport) else checker.read(item) for item in earlier]
    past += [item for item in read if isinstance(item, FilledReport)]
    return tuple(
        checker.check(item, earlier=past, received_on=received_on) if isinstance(item, FilledReport) else item
        for item in read
    )


def _read(checker: ReportChecker, path: Path | str) -> FilledReport | ReportCheck:
    """Return what a file says, or why it cannot be read."""
    try:
        return checker.read(path)
    except _UNREADABLE as error:
        return ReportCheck(str(path), Findings(error.problems, None, checker.forms.catalog.name))
