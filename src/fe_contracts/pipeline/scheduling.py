"""Compute the schedule of one contract, of several, or of a folder of specs: one bad spec never stops the others."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fe_contracts import assembly
from fe_contracts.catalog import load_catalog
from fe_contracts.exceptions import FEContractsError
from fe_contracts.findings import Finding, Findings, Severity, Where
from fe_contracts.model.clause import ParameterType
from fe_contracts.pipeline.report_limits import ReportLimitsOfLaw
from fe_contracts.pipeline.spec_files import left_out, read_specs
from fe_contracts.pipeline.specs import located
from fe_contracts.schedule.burden import Effort, workload_of
from fe_contracts.schedule.business_days import LAST_YEAR, is_known_state
from fe_contracts.schedule.computing import duties_of
from fe_contracts.schedule.dating import ClauseInForce, Dating
from fe_contracts.schedule.periods import report_periods
from fe_contracts.schedule.result import Schedule, ScheduledContract
from fe_contracts.sources import write_atomic

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from fe_contracts.catalog import Catalog
    from fe_contracts.model.clause import Obligation
    from fe_contracts.model.spec import Spec
    from fe_contracts.pipeline.spec_files import Source
    from fe_contracts.schedule.burden import Workload
    from fe_contracts.schedule.duties import DatedDuty, UndatedDuty

__all__ = ["render_schedule", "save_schedule", "schedule_contracts"]

_ASKS_FOR_REPORTS = "PERF-04"
_RULE = "FORM-03"
_NO_ADVICE = "It is a help to keep the dates of the contract; where they differ, the contract counts."


def schedule_contracts(
    specs: Source | Iterable[Source], catalog: Catalog | None = None, *, effort: Effort | None = None
) -> Schedule:
    """Return every dated duty of one contract or of many, by day, with the reporting burden of each.

    A source is a spec, the file of one, or a folder of them. A spec that cannot be read, or whose contract type is not
    in force, is named in the findings, and the others go on. `effort` says how long reporting takes; the library's
    own minutes are an assumption.
    """
    library, effort = catalog or load_catalog(), effort or Effort()
    found: list[Finding] = []
    work = _Work(library, effort, found)
    for spec, file in read_specs(specs, found):
        work.add(spec, file)
    return work.result()


class _Work:
    """What has been computed so far, contract by contract."""

    def __init__(self, catalog: Catalog, effort: Effort, found: list[Finding]) -> None:
        self.catalog, self.effort, self.found = catalog, effort, found
        self.contracts: list[ScheduledContract] = []
        self.duties: list[DatedDuty] = []
        self.undated: list[UndatedDuty] = []
        self.burden: list[Workload] = []
        self.states: dict[str, bool] = {}
        self.files: dict[tuple[str, str], str] = {}
        self.limits = ReportLimitsOfLaw(catalog)

    def add(self, spec: Spec, file: str) -> None:
        """Add one contract; what keeps it from being scheduled becomes a finding."""
        if self._is_double(spec, file):
            return
        try:
            outline = assembly.outline(spec, self.catalog)
        except FEContractsError as error:
            self.found.append(left_out(str(error), Where(file), "Correct the dates, or use a library of that time."))
            return
        self.found += located(spec, [item for item in outline.findings if item.code.startswith(assembly.FATAL)])
        clauses = tuple(_in_force(item, self.catalog) for item in outline.clauses)
        dating = Dating(spec, clauses, self.limits.of(spec))
        dated, undated = duties_of(dating)
        self.duties += dated
        self.undated += undated
        obligations: list[Obligation] = [duty for clause in clauses for duty in clause.obligations]
        self.burden.append(workload_of(spec, obligations, _fields(spec, outline.clauses), self.effort))
        self.contracts.append(_contract(spec, file, dating.key))
        self.states[spec.city.state] = self.states.get(spec.city.state, False) or bool(spec.city.closed_days)
        self.found += located(spec, _doubts(spec, clauses, dated))

    def _is_double(self, spec: Spec, file: str) -> bool:
        """Return whether the contract stands in the schedule already; its entries would then be there twice."""
        renewed = spec.contract.renews
        key = spec.city.name, f"{spec.contract.id} {renewed.renewal if renewed else 0}"
        if key not in self.files:
            self.files[key] = file
            return False
        said = f"Contract {spec.contract.id} of {spec.city.name} is there already"
        other = f", from {self.files[key]}" if self.files[key] else ""
        remedy = "Leave out one of the two, or give each contract a number of its own."
        self.found.append(left_out(f"{said}{other}.", Where(file, field="contract.id"), remedy, "SCHED012"))
        return True

    def result(self) -> Schedule:
        """Return the schedule, by day and then by contract."""
        order = {item.key: place for place, item in enumerate(self.contracts)}
        sequences = {item.key: item.sequence for item in self.contracts}
        latest: dict[str, DatedDuty] = {}
        for duty in self.duties:  # what goes on from term to term is owed once, as the later term has it
            known = latest.get(duty.uid)
            if known is None or sequences[duty.term] > sequences[known.term]:
                latest[duty.uid] = duty
        duties = sorted(latest.values(), key=lambda item: (item.last_day, order[item.term]))
        return Schedule(
            tuple(self.contracts),
            tuple(duties),
            tuple(self.undated),
            tuple(self.burden),
            Findings(tuple(self.found), catalog=self.catalog.name),
            tuple(self._notes()),
        )

    def _notes(self) -> Iterator[str]:
        if not self.contracts:
            return
        known = sorted(state for state in self.states if is_known_state(state))
        states = f" and of {', '.join(known)}" if known else ""
        yield (
            f"Business Days leave out weekends and the legal holidays of the United States{states}, as the package "
            f"holidays knows them to {LAST_YEAR}."
        )
        if not all(self.states.values()):
            yield "A city's own closed days may differ: list them under city.closed_days in the spec."
        yield f"This is no legal advice. {_NO_ADVICE}"


def _in_force(placed: assembly.PlacedClause, catalog: Catalog) -> ClauseInForce:
    """Return a clause of a contract with the duties that it makes there."""
    decision, version = placed.decision, placed.version
    return ClauseInForce(
        decision.instance,
        decision.clause_id,
        version.number,
        placed.number,
        decision.fund,
        tuple(item for item in version.front.obligations if item.applies_when.judge(placed.facts)),
        placed.values,
        {cite: source.confidence.value for cite, source in catalog[decision.clause_id].identity.sources.items()},
        {
            name: int(item.maximum)
            for name, item in version.front.parameters.items()
            if item.type is ParameterType.DAYS and item.maximum is not None
        },
    )


def _fields(spec: Spec, placed: tuple[assembly.PlacedClause, ...]) -> dict[str, int]:
    """Return how many values each report asks for, by its requirement: those that its form cannot do without.

    The form of the first period is counted; a later one also asks for what was reported before, unless it is filled in.
    """
    from fe_contracts.performance.forms.building import ContractFacts, Due, Ordered, build_form

    facts = ContractFacts(
        {item.decision.instance: item.version.number for item in placed},
        {item.decision.clause_id: item.number for item in placed},
        {item.decision.clause_id: item.values for item in placed},
    )
    counted = {}
    for requirement in spec.reports:
        first = report_periods(spec, requirement)[0]
        form = build_form(spec, facts, Ordered(requirement, first, Due(first.end), ()))
        counted[requirement.id] = sum(field.required for field in form.inputs)
    return counted


def _contract(spec: Spec, file: str, key: str) -> ScheduledContract:
    identity = spec.contract
    amendments = identity.amendments
    return ScheduledContract(
        identity.id,
        identity.title,
        spec.city.name,
        spec.agency.short_name or spec.agency.legal_name,
        spec.term.start_date,
        spec.term.end_date,
        identity.renews.renewal if identity.renews else 0,
        len(amendments),
        amendments[-1].effective_date if amendments else identity.effective_date,
        identity.fictional,
        file,
        key,
    )


def _doubts(spec: Spec, clauses: tuple[ClauseInForce, ...], dated: tuple[DatedDuty, ...]) -> Iterator[Finding]:
    """Yield what makes the days of a contract less sure than they look."""
    names = Counter(clause.clause_id for clause in clauses)
    if not is_known_state(spec.city.state):
        yield Finding(
            "SCHED020",
            Severity.WARNING,
            f"No holidays are known for the state {spec.city.state!r}: only federal holidays are counted.",
            Where(field="city.state"),
            "Correct the state, or list its holidays under city.closed_days.",
        )
    if _RULE not in names:
        yield Finding(
            "SCHED021",
            Severity.WARNING,
            f"The contract does not say what happens when a due date is no Business Day ({_RULE} is not in it): no day "
            "is moved.",
            Where(field="clauses.exclude"),
            f"Take {_RULE} into the contract, or agree on the rule in writing.",
        )
    if _ASKS_FOR_REPORTS not in names:
        yield Finding(
            "SCHED022",
            Severity.WARNING,
            f"The spec lists reports, but no clause asks for them ({_ASKS_FOR_REPORTS} is not in the contract): the "
            "schedule has none.",
            Where(field="reports"),
            f"Take {_ASKS_FOR_REPORTS} into the contract.",
        )
    if any(duty.counts_as and duty.due.year > LAST_YEAR for duty in dated):
        yield Finding(
            "SCHED023",
            Severity.INFO,
            f"Some days lie after {LAST_YEAR}, for which no holidays are known: only weekends are counted there.",
            Where(field="term.end_date"),
        )


def render_schedule(schedule: Schedule, form: str = "table", *, everything: bool = False, **how: Any) -> str:
    """Return a schedule as `table`, `csv`, `json` or `ics`; `everything` adds the duties that have no day.

    `how` goes to the form: `width` to the table, `alarms` (days before) to the calendar.

    Raises:
        ValueError: if there is no such form.
    """
    match form:
        case "table":
            from fe_contracts.exchange.schedule_table import schedule_table

            return schedule_table(schedule, everything=everything, **how)
        case "csv":
            from fe_contracts.exchange.schedule_csv import schedule_csv

            return schedule_csv(schedule, everything=everything)
        case "json":
            return (
                json.dumps({**schedule.to_dict(), "exit_code": schedule.exit_code}, indent=2, ensure_ascii=False) + "\n"
            )
        case "ics":
            from fe_contracts.exchange.schedule_ics import schedule_ics

            return schedule_ics(schedule, **how)
        case _:
            msg = f"{form!r} is no form of a schedule: table, csv, json or ics"
            raise ValueError(msg)


def save_schedule(
    schedule: Schedule, path: Path | str, *, form: str = "table", overwrite: bool = False, **how: Any
) -> Path:
    """Write a schedule to a file and return its path; an existing file is kept unless told otherwise.

    Raises:
        OutputError: if it cannot be written; nothing is left half written.
        ValueError: if there is no such form.
    """
    text = render_schedule(schedule, form, **how)
    write_atomic(path, text.encode("utf-8-sig" if form == "csv" else "utf-8"), overwrite=overwrite)
    return Path(path)
