"""Say how one contract stands: each deliverable and outcome against its target, each report against its day."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

from fe_contracts.model.vocabulary import Track
from fe_contracts.performance.rollup.rollup import (
    NOTHING,
    Amount,
    Count,
    DeliverableLine,
    DueReport,
    OutcomeLine,
    PeriodCount,
    Timeliness,
)

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping, Sequence

    from fe_contracts.model.performance import Deliverable
    from fe_contracts.model.spec import Spec
    from fe_contracts.performance.checking.report import ReportCheck
    from fe_contracts.performance.forms.form import ReportForm, Value
    from fe_contracts.performance.rollup.history import ReportVersion

__all__ = ["ReportKey", "Reported", "counts_people", "deliverables_of", "due_reports", "outcomes_of"]

ReportKey = tuple[str, int]
"""A report requirement and the number of its period."""

_THINGS = re.compile(
    r"\b(meetings?|plans?|procedures?|polic(y|ies)|agreements?|documents?|forms?|reports?|trainings?|workshops?|events?|"
    r"classes|materials?|curricul(um|a)|sites?|locations?|centers?|branches|groups?|weeks?|months?|days|hours)\b",
    re.IGNORECASE,
)
"""What a deliverable of the process counts where nobody stands behind a count."""


@dataclass(frozen=True)
class Reported:
    """One contract's forms, and the report that counts for each of them."""

    spec: Spec
    key: str
    """Names this term of this contract."""
    agency: str
    forms: Mapping[ReportKey, ReportForm]
    """The form of every period that has ended by the day asked about, or was reported."""
    checks: Mapping[ReportKey, ReportCheck] = field(default_factory=dict)
    """The check of the report that counts."""
    versions: Mapping[ReportKey, Sequence[ReportVersion]] = field(default_factory=dict)

    def figures(self, key: ReportKey) -> Mapping[str, Value]:
        """Return what the report that counts says; nothing where none came."""
        check = self.checks.get(key)
        return check.figures if check else {}


def counts_people(item: Deliverable) -> bool:
    """Return whether a deliverable's counts can point to people.

    All do but what prepares the work and counts things, such as meetings or procedures: whatever else is counted may be
    people, by whichever name.
    """
    if item.measure is not None or item.track is not Track.PROCESS:
        return True
    return not _THINGS.search(item.unit)


def _number(value: Value) -> Amount | None:
    return value if isinstance(value, int | Decimal) and not isinstance(value, bool) else None


def deliverables_of(reported: Reported) -> Iterator[DeliverableLine]:
    """Yield each deliverable, counted by the reports that ask for it most often."""
    for item in reported.spec.deliverables:
        field_key = f"deliverable.{item.id}.actual"
        asking: dict[str, list[ReportKey]] = {}
        for key, form in reported.forms.items():
            if field_key in form.by_key:
                asking.setdefault(key[0], []).append(key)
        if asking:
            most = max(asking.values(), key=len)
            yield _deliverable(reported, item, sorted(most, key=lambda key: key[1]))


def _deliverable(reported: Reported, item: Deliverable, keys: list[ReportKey]) -> DeliverableLine:
    periods: list[PeriodCount] = []
    sum_actual: Amount = 0
    sum_target: Amount = 0
    came, gap = False, False
    target_to_date: Amount | None = None
    measured: Amount | None = None
    for key in keys:
        form, row = reported.forms[key], f"deliverable.{item.id}"
        actual = _number(reported.figures(key).get(f"{row}.actual"))
        target = _number(form.by_key[f"{row}.target"].value)
        said = _number(form.by_key[f"{row}.target_to_date"].value)
        reported_now = actual is not None
        if actual is not None:
            came = True
            sum_actual += actual
            sum_target += target or 0
            until_now = None if said is None else said if not gap else sum_target or None
            if until_now is not None:  # a period that ends within a quarter has no target to date of its own
                target_to_date, measured = until_now, sum_actual
        else:
            gap = True
            until_now = None
        periods.append(
            PeriodCount(
                form.period.label,
                form.period.start,
                form.period.end,
                Count(actual),
                target,
                Count(sum_actual) if reported_now else NOTHING,
                until_now,
                reported_now,
            )
        )
    tolerance = next((form.tolerance for key in keys if (form := reported.forms[key]).tolerance is not None), None)
    return DeliverableLine(
        reported.key,
        reported.agency,
        item.id,
        item.title,
        item.unit,
        item.measure.value if item.measure else f"{item.title} ({item.unit})".casefold(),
        counts_people(item),
        tuple(periods),
        Count(sum_actual) if came else NOTHING,
        target_to_date,
        item.annual_target,
        tolerance,
        None if measured == sum_actual else measured,
    )


def outcomes_of(reported: Reported) -> Iterator[OutcomeLine]:
    """Yield each outcome as the last report that counts it has it; nothing for one that none counts."""
    latest = sorted(reported.checks, key=lambda key: (reported.forms[key].period.end, key))
    for item in reported.spec.outcomes:
        row = f"outcome.{item.id}"
        for key in reversed(latest):
            figures = reported.figures(key)
            if f"{row}.population" in figures:
                yield OutcomeLine(
                    reported.key,
                    reported.agency,
                    item.id,
                    item.title,
                    item.measure.value if item.measure else item.title.casefold(),
                    reported.forms[key].period.label,
                    Count(_number(figures.get(f"{row}.population"))),
                    Count(_number(figures.get(f"{row}.measured"))),
                    Count(_number(figures.get(f"{row}.reached"))),
                    item.target_percent,
                )
                break


def due_reports(reported: Reported, as_of: dt.date) -> Iterator[DueReport]:
    """Yield every report whose period has ended or that came, with the day it came and how it stands."""
    for key, form in reported.forms.items():
        versions = [item for item in reported.versions.get(key, ()) if item.version]
        last = versions[-1] if versions else None
        day = _first_day([item.arrival.received_on for item in versions], form.due)
        state, days = _state(form.due, day, as_of, came=bool(versions))
        yield DueReport(
            reported.key,
            reported.agency,
            form.requirement,
            form.report,
            form.period.label,
            form.period.end,
            form.due,
            day,
            state,
            days,
            last.arrival.file if last else "",
            len(versions),
            last.errors if last else 0,
            last.warnings if last else 0,
        )


def _first_day(days: list[dt.date | None], due: dt.date) -> dt.date | None:
    """Return the day on which a report came first, by its versions in order; None where that is not known.

    A version without a day may have come before the others: they then say that the report was in time, never that it
    was late.
    """
    known = [day for day in days if day is not None]
    if not known or (days[0] is None and known[0] > due):
        return None
    return known[0]


def _state(due: dt.date, received_on: dt.date | None, as_of: dt.date, *, came: bool) -> tuple[Timeliness, int]:
    """Return where a report stands by its first version: a correction later does not make it late."""
    if came and received_on is None:
        return Timeliness.NO_DAY, 0
    if received_on is not None:
        late = (received_on - due).days
        return (Timeliness.LATE, late) if late > 0 else (Timeliness.IN_TIME, 0)
    overdue = (as_of - due).days
    return (Timeliness.MISSING, overdue) if overdue > 0 else (Timeliness.AHEAD, 0)
