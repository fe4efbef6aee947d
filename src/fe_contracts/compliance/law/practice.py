"""Hold targets and outcomes against what evidence and practice make plausible."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from fe_contracts.compliance.law.federal import blank
from fe_contracts.compliance.rules import Breach, law
from fe_contracts.effective import Trigger
from fe_contracts.model.facts import trigger_day
from fe_contracts.model.vocabulary import Frequency
from fe_contracts.schedule import add_months, periods_of

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from fe_contracts.compliance.rules import Demand, Finished
    from fe_contracts.model.spec import Spec

__all__: list[str] = []


def _range(spec: Spec, demand: Demand, measure: str) -> tuple[Decimal, Decimal] | None:
    """Return the least and the most that is plausible, where anything is known of the measure."""
    if f"{measure}_low" not in demand.requirement.parameters:
        return None
    day = trigger_day(spec, Trigger.SUBAWARD_DATE)[0]
    low, high = (Decimal(str(demand.value(f"{measure}_{end}", day))) for end in ("low", "high"))
    return low, high


@law("PRACTICE010")
def outcome_targets_are_plausible(spec: Spec, demand: Demand) -> Iterator[Breach]:
    """The share of Clients expected to reach an outcome lies where evidence puts it."""
    for place, outcome in enumerate(spec.outcomes):
        known = _range(spec, demand, outcome.measure) if outcome.measure else None
        if known and not known[0] <= outcome.target_percent <= known[1]:
            yield Breach(
                f"outcomes[{place}].target_percent",
                f"{outcome.target_percent:g} % are expected to reach {outcome.title}; evidence speaks for "
                f"{known[0]} to {known[1]} %.",
            )


def _years(start: dt.date, end: dt.date) -> Decimal:
    """Return how many years a term lasts: one from a day to the day before its anniversary, in leap years too."""
    *whole, last = periods_of(start, end, Frequency.ANNUAL)
    year = add_months(last.start, 12) - last.start
    return len(whole) + Decimal((last.end - last.start).days + 1) / year.days


@law("PRACTICE020")
def deliverable_targets_are_plausible(spec: Spec, demand: Demand) -> Iterator[Breach]:
    """Targets for deliverables fit the Counselors paid and the length of the term."""
    if spec.services.counselors is None:
        return
    days = (spec.term.end_date - spec.term.start_date).days + 1
    years = spec.services.counselors * _years(spec.term.start_date, spec.term.end_date)
    for place, item in enumerate(spec.deliverables):
        known = _range(spec, demand, item.measure) if item.measure else None
        if known and not known[0] * years <= item.annual_target <= known[1] * years:
            yield Breach(
                f"deliverables[{place}].annual_target",
                f"{item.annual_target} {item.unit} for {spec.services.counselors:g} Counselors in {days} days; "
                f"practice speaks for {known[0] * years:.0f} to {known[1] * years:.0f}.",
            )


_SAID = ("population", "baseline_rule", "threshold", "evidence", "source_system")


@law("PRACTICE030")
def outcomes_are_said(spec: Spec, demand: Demand) -> Iterator[Breach]:
    """Each outcome says how it is measured."""
    for place, outcome in enumerate(spec.outcomes):
        for name in _SAID:
            value = getattr(outcome, name)
            if blank(value):
                yield Breach(
                    f"outcomes[{place}].{name}",
                    f'The {name.replace("_", " ")} of {outcome.title} is "{value}"; results are held against '
                    f"it ({demand.cite}).",
                )


@law("PRACTICE050")
def services_are_voluntary(finished: Finished, demand: Demand) -> Iterator[Breach]:
    """Services are voluntary."""
    if finished.value("FE-10", "voluntary") is False:
        yield Breach(
            "clauses.parameters.FE-10.voluntary",
            f"Services are a condition of staying in the project; {demand.cite} allows that, many written standards do "
            "not.",
        )
