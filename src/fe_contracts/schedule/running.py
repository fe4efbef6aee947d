"""Date what a running contract asks for: its start, milestones, training, and the City's visits."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from fe_contracts.model.vocabulary import Frequency, MilestoneStatus
from fe_contracts.schedule.dating import expected
from fe_contracts.schedule.duties import Certainty
from fe_contracts.schedule.periods import Period, periods_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fe_contracts.model.clause import Obligation
    from fe_contracts.schedule.dating import ClauseInForce, Dating
    from fe_contracts.schedule.duties import DatedDuty

__all__ = ["MAKERS"]

_BEFORE = dt.timedelta(days=1)


def _before_services(dating: Dating, clause: ClauseInForce, obligation: Obligation) -> Iterator[DatedDuty | str]:
    """Yield the day before Services begin, by which it must be done."""
    first = dating.spec.service_start
    fixed = f"It must be done before the Services begin on {first}."
    yield dating.duty(clause, obligation, first - _BEFORE, moves=fixed, source="service_start", note=obligation.when)


def _when_services_begin(dating: Dating, clause: ClauseInForce, obligation: Obligation) -> Iterator[DatedDuty | str]:
    """Yield the first day of Services."""
    yield dating.duty(clause, obligation, dating.spec.service_start, source="service_start", note=obligation.when)


def _when_term_begins(dating: Dating, clause: ClauseInForce, obligation: Obligation) -> Iterator[DatedDuty | str]:
    """Yield the first day of the term."""
    yield dating.duty(clause, obligation, dating.start, source="term.start_date", note=obligation.when)


def _employees(dating: Dating, clause: ClauseInForce, obligation: Obligation) -> Iterator[DatedDuty | str]:
    """Yield the notice to employees, unless it was given before signing."""
    sent = clause.values.get("employee_notice_sent")
    if sent is not None:
        yield f"Employees were told on {sent}; each new one is told after the first day of work."
    else:
        yield from dating.by_its_data(clause, obligation)


def _award_elements(dating: Dating, clause: ClauseInForce, obligation: Obligation) -> Iterator[DatedDuty | str]:
    """Yield the day by which the City gives each element of the award information that was not known at signing."""
    award = clause.fund.federal_award if clause.fund else None
    for item in award.unavailable if award else ():
        yield dating.duty(
            clause,
            obligation,
            item.expected_by,
            subject=item.element.value,
            title=f"Award information still missing: element {item.element.value}",
            source=f"funding.{clause.fund.id}.federal_award.unavailable" if clause.fund else "",
            note=f"Best information so far: {item.best_information}",
        )
    if not award or not award.unavailable:
        yield "Nothing was missing at signing."


_STANDING = {
    MilestoneStatus.MET: "Recorded as met.",
    MilestoneStatus.PARTIALLY_MET: "Recorded as partially met.",
    MilestoneStatus.NOT_MET: "Recorded as not met.",
}


def _milestones(dating: Dating, clause: ClauseInForce, obligation: Obligation) -> Iterator[DatedDuty | str]:
    """Yield each milestone, with the evidence named for it."""
    for item in dating.spec.milestones:
        yield dating.duty(
            clause,
            obligation,
            item.due_date,
            subject=item.id,
            title=f"{item.id}: {item.title}",
            source=f"milestones.{item.id}",
            evidence=item.evidence,
            note=_STANDING.get(item.status, ""),
        )
    if not dating.spec.milestones:
        yield "No Milestone is set."


def _answers(dating: Dating, clause: ClauseInForce, obligation: Obligation) -> Iterator[DatedDuty | str]:
    """Yield the City's answer on each milestone that is not yet met, its evidence taken to arrive on the due day."""
    days = clause.days("answer_days")
    if days is None:
        yield "The contract gives no value for answer_days."
        return
    for item in dating.spec.milestones:
        if item.status is MilestoneStatus.MET:
            continue
        sent = dating.counted(item.due_date)[0] or item.due_date
        yield dating.duty(
            clause,
            obligation,
            sent + dt.timedelta(days=days),
            subject=item.id,
            title=f"Answer on milestone {item.id}",
            source=f"milestones.{item.id}",
            **expected(f"Counted from {sent}; sooner if the evidence comes sooner."),
        )
    if not dating.spec.milestones:
        yield "No Milestone is set."


def _training(dating: Dating, clause: ClauseInForce, obligation: Obligation) -> Iterator[DatedDuty | str]:
    """Yield the day by which the agreed share of staff is trained."""
    by = clause.values.get("by") or dating.end
    share = clause.values.get("pct_trained")
    counted = f"At least {share:g} percent of the staff named, counting those employed on that day." if share else ""
    source = f"clauses.parameters.{clause.clause_id}.by" if clause.values.get("by") else "term.end_date"
    moves = None if clause.values.get("by") else "It is counted on the last day of the term."
    yield dating.duty(clause, obligation, by, source=source, moves=moves, note=counted)


def _years(dating: Dating) -> tuple[Period, ...]:
    return periods_of(dating.start, dating.end, Frequency.ANNUAL)


def _further_training(dating: Dating, clause: ClauseInForce, obligation: Obligation) -> Iterator[DatedDuty | str]:
    """Yield the years after the first in which each counselor learns further."""
    hours = clause.days("hours_annual")
    later = _years(dating)[1:]
    for year in later:
        yield dating.duty(
            clause,
            obligation,
            year.end,
            ordinal=f"P{year.number:02}",
            period=year,
            title=f"{hours} hours of further training for each Counselor" if hours else "",
            moves="It is done within the year.",
            certainty=Certainty.WINDOW,
            window_start=year.start,
        )
    if not later:
        yield "It begins with the second year, and the term has one."


def _visits(dating: Dating, clause: ClauseInForce, obligation: Obligation) -> Iterator[DatedDuty | str]:
    """Yield the visits and desk reviews of each year: the contract names the year, and no day in it."""
    counts = {
        "visit": ("Monitoring visit", clause.days("visits_per_year") or 0, "monitoring.visits_per_year"),
        "desk": ("Desk review", clause.days("desk_reviews") or 0, "monitoring.desk_reviews_per_year"),
    }
    notice = clause.days("notice_days")
    for year in _years(dating):
        for name, (title, count, source) in counts.items():
            for number in range(1, count + 1):
                yield dating.duty(
                    clause,
                    obligation,
                    year.end,
                    subject=f"{name}{number}",
                    ordinal=f"P{year.number:02}",
                    title=f"{title} {number} of {count} in year {year.number}",
                    moves="It is done within the year.",
                    period=year,
                    source=source,
                    certainty=Certainty.WINDOW,
                    window_start=year.start,
                    note=f"On any day of the year, told {notice} Business Days before." if name == "visit" else "",
                )
    if not any(count for _, count, _ in counts.values()):
        yield "No visit and no desk review is promised."


MAKERS = {
    ("DATA-03", "access"): _before_services,
    ("FED-03", "give_standards"): _before_services,
    ("FED-04", "give_standards"): _before_services,
    ("GEN-02", "certificates"): _before_services,
    ("PERF-05", "grant_year"): _when_services_begin,
    ("FE-12", "offer_course"): _when_term_begins,
    ("FED-07", "inform_employees"): _employees,
    ("FED-01", "supply"): _award_elements,
    ("PERF-03", "reach"): _milestones,
    ("PERF-03", "answer"): _answers,
    ("FE-12", "train"): _training,
    ("FE-11", "keep_learning"): _further_training,
    ("PERF-06", "monitor"): _visits,
}
"""What dates an obligation whose day its own data cannot give, by clause and obligation."""
