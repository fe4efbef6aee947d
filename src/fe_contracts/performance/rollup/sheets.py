"""Say what stands on each sheet of a roll-up's workbook: headings and rows, no file format."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from fe_contracts.performance.rollup.rollup import Timeliness, View, percent_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from fe_contracts.findings import Finding
    from fe_contracts.performance.forms.form import Value
    from fe_contracts.performance.rollup.rollup import DeliverableGroup, RollUp

__all__ = ["SheetColumn", "SheetPlan", "sheets_of"]


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """One column: its heading, what it holds (text, count, percent, date, hours), and how wide it is."""

    title: str
    kind: str = "text"
    width: int = 12


@dataclass(frozen=True, slots=True)
class SheetPlan:
    """One sheet."""

    title: str
    about: str
    columns: tuple[SheetColumn, ...]
    rows: tuple[tuple[Any, ...], ...]
    frozen: int = 2
    """How many columns stay in sight."""
    totals: frozenset[int] = frozenset()
    """The rows, from 1, that add up others."""


def _columns(*told: str) -> tuple[SheetColumn, ...]:
    """Return columns from texts such as `Agency|text|28`."""
    made = []
    for text in told:
        title, kind, width = (*text.split("|"), "", "")[:3]
        made.append(SheetColumn(title, kind or "text", int(width or 12)))
    return tuple(made)


def sheets_of(found: RollUp) -> tuple[SheetPlan, ...]:
    """Return the sheets, in the order of the questions; those on files and findings only in the internal view."""
    plans = [_overview(found), _by_agency(found), _by_period(found), _outcomes(found), _timeliness(found)]
    plans += [_adoption(found), _burden(found)]
    if found.view is View.INTERNAL:
        plans += [_drifting(found), _history(found), _changes(found), _findings(found), _skipped(found)]
    return tuple(plans)


def _overview(found: RollUp) -> SheetPlan:
    rows = []
    for contract in found.contracts:
        states = [item.state for item in contract.reports]
        due = [state for state in states if state is not Timeliness.AHEAD]
        told = [line for line in contract.deliverables if line.share is not None]
        rows.append(
            (
                contract.agency,
                contract.number,
                contract.title,
                contract.start,
                contract.end,
                len(due),
                states.count(Timeliness.IN_TIME),
                states.count(Timeliness.LATE),
                states.count(Timeliness.MISSING),
                len(told),
                sum(line.below for line in told),
            )
        )
    heads = _columns(
        "Agency||30", "Contract||16", "Title||40", "From|date", "To|date", "Reports due|count", "In time|count",
        "Late|count", "Missing|count", "Deliverables told|count", "Of these, below what is tolerated|count|16",
    )  # fmt: skip
    return SheetPlan("Overview", "Each contract: its reports, and how its deliverables stand", heads, tuple(rows))


def _by_agency(found: RollUp) -> SheetPlan:
    rows: list[tuple[Any, ...]] = []
    totals = set()
    for group in found.deliverables:
        for line in group.lines:
            below = "" if line.share is None else "below" if line.below else "no"
            tolerated = line.tolerance
            rows.append(
                (
                    group.title, line.agency, line.contract, line.id, line.title, line.unit, line.to_date,
                    line.target_to_date, line.share, tolerated, below, line.target_term,
                )
            )  # fmt: skip
        rows.append(
            (
                group.title, "All agencies", "", "", group.title, group.unit, group.to_date, group.target_to_date,
                group.share, None, "", None,
            )
        )  # fmt: skip
        totals.add(len(rows))
    heads = _columns(
        "Deliverable||38", "Agency||30", "Contract||16", "No.||7", "Title in the contract||38", "Unit||14",
        "Done to date|count", "Target to date|count", "Share|percent", "Tolerated from|percent",
        "Below what is tolerated||13", "Target of the term|count",
    )  # fmt: skip
    about = "Each deliverable of each agency, all reports together, against the targets of the periods reported"
    return SheetPlan("Deliverables", about, heads, tuple(rows), 2, frozenset(totals))


def _by_period(found: RollUp) -> SheetPlan:
    rows = tuple(row for group in found.deliverables for row in _periods(group))
    heads = _columns(
        "Deliverable||38", "Agency||30", "Contract||16", "No.||7", "Period||12", "From|date", "To|date",
        "Done in the period|count", "Target of the period|count", "Share|percent", "Reported||10",
    )  # fmt: skip
    return SheetPlan("By period", "Each deliverable of each agency, period by period", heads, rows)


def _periods(group: DeliverableGroup) -> Iterator[tuple[Any, ...]]:
    for line in group.lines:
        for item in line.periods:
            share = percent_of(item.actual.value, item.target)
            yield (
                group.title, line.agency, line.contract, line.id, item.period, item.start, item.end, item.actual,
                item.target, share, "yes" if item.reported else "no",
            )  # fmt: skip


def _outcomes(found: RollUp) -> SheetPlan:
    rows = tuple(
        (
            line.title, line.agency, line.contract, line.id, line.period, line.population, line.measured, line.reached,
            None if line.reached.hidden else line.result, line.target,
        )
        for line in sorted(found.outcomes, key=lambda line: line.group)
    )  # fmt: skip
    heads = _columns(
        "Outcome||32", "Agency||30", "Contract||16", "No.||7", "Last counted in||14", "Population|count",
        "Measured|count", "Reached|count", "Result|percent", "Promise|percent",
    )  # fmt: skip
    return SheetPlan(
        "Outcomes", "Each outcome from the first day of the term, as the last report counts it", heads, rows
    )


def _timeliness(found: RollUp) -> SheetPlan:
    internal = found.view is View.INTERNAL
    rows = tuple(
        (
            item.agency, item.contract, item.requirement, item.report, item.period, item.due, item.received_on,
            item.state.value, item.late_days or None, *((item.versions, item.errors, item.file) if internal else ()),
        )
        for item in found.reports
    )  # fmt: skip
    heads = _columns(
        "Agency||30", "Contract||16", "No.||7", "Report||30", "Period||12", "Due|date", "Came|date", "State||20",
        "Days late, or missing|count",
    )  # fmt: skip
    if internal:
        heads += _columns("Versions|count", "Errors in the last|count", "File that counts||44")
    return SheetPlan("Timeliness", "Each report that was due or came, by the day its first version came", heads, rows)


def _adoption(found: RollUp) -> SheetPlan:
    heads = _columns("Clause||10", "Title||40", "Version||10", *(f"{day}|count" for day in found.adoption_days))
    heads += _columns("Agencies on the last day||60")
    rows = tuple(
        (line.clause, line.title, line.version, *line.by_day, ", ".join(line.agencies)) for line in found.adoption
    )
    return SheetPlan("Adoption", "Contracts in force that carry each version of each clause, by day", heads, rows, 3)


def _burden(found: RollUp) -> SheetPlan:
    rows = []
    for item in found.contracts:
        one = item.burden
        if one is not None:
            rows.append(
                (
                    item.agency, item.number, one.counts.reports_in_term, one.fields_in_term, one.fields_per_year,
                    one.invoices_per_year, one.hours_per_year, f"[{one.effort.confidence}] {one.effort.source}",
                )
            )  # fmt: skip
    heads = _columns(
        "Agency||30", "Contract||16", "Reports in the term|count", "Values in the term|count", "Values a year|hours",
        "Invoices a year|hours", "Hours a year, an estimate|hours|14", "Where the minutes come from||60",
    )  # fmt: skip
    return SheetPlan(
        "Burden", "What reporting asks of each agency: counted, and estimated in hours", heads, tuple(rows)
    )


def _drifting(found: RollUp) -> SheetPlan:
    rows = tuple((item.agency, item.contract, item.about, item.why) for item in found.drifting)
    heads = _columns("Agency||30", "Contract||16", "What||32", "By which measure||100")
    return SheetPlan("Drifting", "Who is drifting, by the rules on the first sheet", heads, rows)


def _history(found: RollUp) -> SheetPlan:
    rows = tuple(
        (
            item.agency, item.contract, item.requirement, item.period, item.version or None, item.state.value,
            item.arrival.received_on, item.arrival.dated_by, item.arrival.file, item.replaces, item.replaced_by,
            len(item.changes) or None, item.errors or None, item.warnings or None, item.arrival.digest,
        )
        for item in found.history
    )  # fmt: skip
    heads = _columns(
        "Agency||30", "Contract||16", "Report||8", "Period||12", "Version|count", "What became of it||16", "Came|date",
        "Says who||14", "File||44", "It replaced||44", "Replaced by||44", "Figures changed|count", "Errors|count",
        "Warnings|count", "SHA-256||68",
    )  # fmt: skip
    return SheetPlan("History", "Every file: which report it is, when it came, what it replaced", heads, rows, 4)


def _told(value: Value) -> Value:
    """Return a figure as it can stand in a column of numbers: a day as words."""
    return value.isoformat() if isinstance(value, dt.date) else value


def _changes(found: RollUp) -> SheetPlan:
    rows = tuple(
        (
            item.agency,
            item.contract,
            item.requirement,
            item.period,
            item.arrival.file,
            one.name,
            _told(one.before),
            _told(one.after),
        )
        for item in found.history
        for one in item.changes
    )
    heads = _columns(
        "Agency||30", "Contract||16", "Report||8", "Period||12", "In file||44", "Figure||36", "Was|count|14",
        "Is|count|14",
    )  # fmt: skip
    return SheetPlan("Corrections", "Every figure that a later version of a report gives otherwise", heads, rows)


def _findings(found: RollUp) -> SheetPlan:
    rows = [_finding("", "", item) for item in found.findings]
    rows += [_finding(one.agency, one.key, item) for one in found.contracts for item in one.findings]
    heads = _columns(
        "Agency||30", "Contract||16", "Weight||10", "Code||13", "Where||50", "What||90", "What to do||70", "Source||30"
    )
    return SheetPlan("Findings", "What was found in the folder, and in the reports that count", heads, tuple(rows), 4)


def _finding(agency: str, contract: str, item: Finding) -> tuple[Any, ...]:
    source = str(item.citation) if item.citation else ""
    return agency, contract, item.severity.value, item.code, str(item.where), item.message, item.remedy, source


def _skipped(found: RollUp) -> SheetPlan:
    rows: Iterable[tuple[Any, ...]] = ((item.file, item.why) for item in found.skipped)
    return SheetPlan(
        "Other files", "Files that are neither a contract nor a report", _columns("File||70", "Why||60"), tuple(rows), 1
    )
