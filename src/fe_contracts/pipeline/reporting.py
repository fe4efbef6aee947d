"""Make the reports that an agency fills in: from a contract and a period to a workbook, a CSV or a JSON file."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from fe_contracts import assembly
from fe_contracts.catalog import load_catalog
from fe_contracts.catalog.wording import ParagraphNode, walk
from fe_contracts.document.tree import Text
from fe_contracts.effective import Trigger
from fe_contracts.exceptions import NotYetInForceError, SeveralReportsError, UnknownPeriodError, UnknownReportError
from fe_contracts.findings import Finding, Severity, Where
from fe_contracts.model.facts import trigger_day
from fe_contracts.model.spec import Spec
from fe_contracts.model.vocabulary import Frequency, RelationshipKind, ReportKind
from fe_contracts.performance.checking.earlier import carried_forward
from fe_contracts.performance.forms.building import ContractFacts, Due, Ordered, build_form
from fe_contracts.performance.forms.filled import FilledReport
from fe_contracts.performance.forms.form import Certification
from fe_contracts.performance.reading.report import read_report
from fe_contracts.performance.writing.template import ReportTemplate
from fe_contracts.pipeline.scheduling import schedule_contracts
from fe_contracts.pipeline.specs import load_spec
from fe_contracts.schedule.periods import find_period

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path
    from typing import Any

    from fe_contracts.catalog import Catalog
    from fe_contracts.model.money import Funding
    from fe_contracts.model.performance import ReportRequirement
    from fe_contracts.performance.forms.form import ReportForm
    from fe_contracts.schedule.periods import Period
    from fe_contracts.schedule.result import Schedule

__all__ = ["ReportForms", "report_form", "report_template", "report_templates"]

_WORDS = "UG280"
"""The requirement that holds the words of 2 CFR 200.415(b), by the day of the award."""
_FINANCIAL = {ReportKind.FINANCIAL, ReportKind.COMBINED, ReportKind.CLOSEOUT}
_WHOLE_TERM = {Frequency.FINAL, Frequency.ONCE}


class ReportForms:
    """Every form of one contract: what the contract says is worked out once, however many forms are asked for."""

    def __init__(self, spec: Spec | Path | str, catalog: Catalog | None = None) -> None:
        self.spec = spec if isinstance(spec, Spec) else load_spec(spec)
        self.catalog = catalog or load_catalog()

    @cached_property
    def facts(self) -> ContractFacts:
        """Return the contract's clauses, their sections and values."""
        return _facts(self.placed)

    @cached_property
    def placed(self) -> tuple[assembly.PlacedClause, ...]:
        """Return the clauses of the contract, each with its section's number and its values."""
        return assembly.outline(self.spec, self.catalog).clauses

    @cached_property
    def schedule(self) -> Schedule:
        """Return every dated duty of the contract, and what reporting under it comes to."""
        return schedule_contracts(self.spec, self.catalog)

    @cached_property
    def _due(self) -> dict[tuple[str, int], Due]:
        """Return the last day of every report, by requirement and number of its period."""
        days: dict[tuple[str, int], Due] = {}
        counted: dict[str, int] = {}
        for duty in self.schedule.duties:
            kind, _, report = duty.source.partition(".")
            if kind != "reports" or duty.owed_by != "agency":
                continue
            counted[report] = counted.get(report, 0) + 1
            number = duty.period.number if duty.period else 1
            days[report, number] = Due(duty.last_day, duty.counts_because)
        return days

    def requirement(self, report: str) -> ReportRequirement:
        """Return a report requirement by its id.

        Raises:
            UnknownReportError: if the contract asks for no such report.
        """
        for item in self.spec.reports:
            if item.id.casefold() == report.strip().casefold():
                return item
        raise UnknownReportError(report, self.spec.contract.id, known=tuple(item.id for item in self.spec.reports))

    def wanted(self, period: str, report: str | None = None) -> tuple[tuple[ReportRequirement, Period], ...]:
        """Return the reports that are meant by a period, or by the one report that is named, with that period of each.

        Raises:
            UnknownReportError: if the contract asks for no such report.
            UnknownPeriodError: if no report has such a period.
        """
        if report is not None:
            requirement = self.requirement(report)
            return ((requirement, find_period(self.spec, requirement, period)),)
        found, missed = [], []
        for requirement in self.spec.reports:
            try:
                meant = find_period(self.spec, requirement, period)
            except UnknownPeriodError as error:
                missed.append(error)
                continue
            if requirement.frequency not in _WHOLE_TERM or period.strip().casefold() == meant.label.casefold():
                found.append((requirement, meant))
        if not found and missed:
            raise missed[0]
        return tuple(found)

    def form(self, requirement: ReportRequirement, period: Period, prior: Iterable[FilledReport] = ()) -> ReportForm:
        """Return the form of one report; `prior` are earlier reports of the same kind, for the figures to date."""
        return self.form_and_findings(requirement, period, prior)[0]

    def form_and_findings(
        self, requirement: ReportRequirement, period: Period, prior: Iterable[FilledReport] = ()
    ) -> tuple[ReportForm, tuple[Finding, ...]]:
        """Return the form of one report, and what is the matter with the earlier ones."""
        due = self._due.get((requirement.id, period.number)) or Due(
            requirement.due_date or period.end + dt.timedelta(days=requirement.due_days),
            "No clause of the contract asks for this report: the day is that of the spec.",
        )
        words = tuple(_certifications(self, requirement))
        blank = build_form(self.spec, self.facts, Ordered(requirement, period, due, words))
        earlier = [item for item in prior if item.identity.get("requirement") == requirement.id]
        if not earlier:
            return blank, ()
        carried = carried_forward(blank, earlier)
        return build_form(
            self.spec, self.facts, Ordered(requirement, period, due, words, carried.before)
        ), carried.findings


def _facts(clauses: tuple[assembly.PlacedClause, ...]) -> ContractFacts:
    versions: dict[str, str] = {}
    sections: dict[str, str] = {}
    values: dict[str, Mapping[str, Any]] = {}
    for placed in clauses:
        versions[placed.decision.instance] = placed.version.number
        sections.setdefault(placed.decision.clause_id, placed.number)
        values.setdefault(placed.decision.clause_id, placed.values)
    return ContractFacts(versions, sections, values)


def _certifications(forms: ReportForms, requirement: ReportRequirement) -> Iterator[Certification]:
    """Yield the words that are certified: those that law fixes for federal money, and the contract's own on reports."""
    spec = forms.spec
    if requirement.kind in _FINANCIAL and spec.relationship.determination is RelationshipKind.SUBRECIPIENT:
        funds = [fund for fund in spec.federal_funds if not requirement.funds or fund.id in requirement.funds]
        yield from dict.fromkeys(_by_law(forms, fund) for fund in funds)
    said = _said_of_reports(forms)
    if said:
        yield said


def _by_law(forms: ReportForms, fund: Funding) -> Certification:
    """Return the words that law prescribes for a fund, by the day of its award; else who gives them."""
    placed = forms.catalog.requirements.get(_WORDS)
    day = trigger_day(forms.spec, Trigger.AWARD_DATE, fund)[0]
    words = None
    if placed is not None:
        try:
            words = placed.requirement.parameters["certification"].dated.on(day)
        except NotYetInForceError:
            words = None
    if isinstance(words, str):
        return Certification(words, "2 CFR 200.415(b)", by_law=True, label="You certify")
    section = forms.facts.sections.get("FIN-03")
    return Certification(
        "The City gives you the words that 2 CFR 200.415 required when the federal award was made. Send them, signed, "
        "with this report.",
        f"section {section} of the contract" if section else "2 CFR 200.415",
        by_law=False,
        label=f"For {fund.name}",
    )


def _said_of_reports(forms: ReportForms) -> Certification | None:
    """Return what the contract itself says a report must be; None where it has no such clause."""
    for placed in forms.placed:
        if placed.decision.clause_id != "PERF-04":
            continue
        for node in walk(placed.version.wording.nodes):
            if isinstance(node, ParagraphNode) and node.label == "content":
                text = "".join(piece.text for piece in node.pieces if isinstance(piece, Text))
                whole = " ".join(text.split()).partition(". ")[0].rstrip(".:")
                return Certification(f"{whole}.", f"section {placed.number} of the contract", by_law=False)
    return None


def report_form(
    spec: Spec | Path | str,
    period: str,
    *,
    report: str | None = None,
    prior: Iterable[FilledReport | Path | str] = (),
    catalog: Catalog | None = None,
) -> ReportForm:
    """Return what one report asks for: every field, its target, and where the contract says so.

    Raises:
        UnknownReportError: if the contract asks for no such report.
        UnknownPeriodError: if it has no such period.
        SeveralReportsError: if the period has several reports, and none is named.
    """
    return report_template(spec, period, report=report, prior=prior, catalog=catalog).form


def report_template(
    spec: Spec | Path | str,
    period: str,
    *,
    report: str | None = None,
    prior: Iterable[FilledReport | Path | str] = (),
    catalog: Catalog | None = None,
) -> ReportTemplate:
    """Return the one report for a period, ready to be saved as a workbook, a CSV or a JSON file.

    Raises:
        UnknownReportError: if the contract asks for no such report.
        UnknownPeriodError: if it has no such period.
        SeveralReportsError: if the period has several reports, and none is named.
    """
    made = report_templates(spec, period, report=report, prior=prior, catalog=catalog)
    if len(made) > 1:
        raise SeveralReportsError(period, tuple(f"{item.form.requirement} ({item.form.report})" for item in made))
    return made[0]


def report_templates(
    spec: Spec | Path | str,
    period: str,
    *,
    report: str | None = None,
    prior: Iterable[FilledReport | Path | str] = (),
    catalog: Catalog | None = None,
) -> tuple[ReportTemplate, ...]:
    """Return every report for a period, or the one that is named; see `report_template`."""
    forms = ReportForms(spec, catalog)
    wanted = forms.wanted(period, report)
    earlier = [item if isinstance(item, FilledReport) else read_report(item) for item in prior]
    made = tuple(ReportTemplate(*forms.form_and_findings(requirement, meant, earlier)) for requirement, meant in wanted)
    unused = tuple(
        _unused(item) for item in earlier if item.identity.get("requirement") not in {r.id for r, _ in wanted}
    )
    return (replace(made[0], findings=(*unused, *made[0].findings)), *made[1:]) if made else made


def _unused(report: FilledReport) -> Finding:
    """Return that an earlier report is none of the reports that are made."""
    said = f"This is report {report.identity.get('requirement', 'unknown')!r}, which is not made here; it is not used."
    remedy = "Give earlier reports of the same kind."
    return Finding("SHEET032", Severity.WARNING, said, Where(report.name), remedy)
