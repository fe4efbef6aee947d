"""Make the parts of a report on staff training and milestones."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from fe_contracts.model.vocabulary import MilestoneStatus
from fe_contracts.performance.forms.fields import REACHED, WHY, RowMaker, share_in_words
from fe_contracts.performance.forms.form import FieldKind, FormRow, FormSection, FormulaKind, SectionKind

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from fe_contracts.model.performance import Milestone
    from fe_contracts.performance.forms.fields import Asked
    from fe_contracts.performance.forms.form import FormField

__all__ = ["DONE", "NOT_YET", "PARTLY", "milestones_section", "training_section"]

DONE, PARTLY, NOT_YET = "Reached", "Partly reached", "Not yet"
"""Where a milestone stands, as the agency sees it."""
NOT_DUE = "Not due yet"
"""What is said of a share that is not reached before its day has come."""

_COUNSELORS, _STAFF = "FE-11", "FE-12"
_RECORDED = {
    MilestoneStatus.MET: "Recorded as met",
    MilestoneStatus.PARTIALLY_MET: "Recorded as partially met",
    MilestoneStatus.NOT_MET: "Recorded as not met",
}


def training_section(asked: Asked) -> FormSection | None:
    """Return the part on the training that the contract promises; None where it promises none."""
    rows = []
    if _COUNSELORS in asked.sections:
        rows.append(_counselors(asked, asked.values.get(_COUNSELORS, {})))
    if _STAFF in asked.sections:
        rows.append(_front_line(asked, asked.values.get(_STAFF, {})))
    if not rows:
        return None
    intro = (
        "Count people, not names: the training log stays in your files.",
        "Count those employed on the last day of this period.",
    )
    return FormSection(SectionKind.TRAINING, "Staff training", intro, tuple(rows))


def _fields(
    asked: Asked, clause: str, title: str, share: Decimal, by: dt.date | None, told: tuple[str, str]
) -> tuple[FormField, ...]:
    """Return the fields of one promise of training; `told` says who is employed, and who counts as trained."""
    row = RowMaker(asked, SectionKind.TRAINING, f"training.{clause}", title)
    short = WHY if by is None or by <= asked.period.end else NOT_DUE
    return (
        row.asks("people", "People employed", FieldKind.COUNT, help=told[0]),
        row.asks("trained", "Of these, trained", FieldKind.COUNT, help=told[1]),
        row.computed("share", "Share trained", FieldKind.PERCENT, row.of(FormulaKind.SHARE, "trained", "people")),
        row.given("target", "Promised share", FieldKind.PERCENT, share),
        row.given("by", "Promised by", FieldKind.DATE, by),
        row.computed(
            "standing",
            "Where it stands",
            FieldKind.TEXT,
            row.of(FormulaKind.STANDING, "share", "target", words=(REACHED, short, short)),
        ),
        row.explanation("standing", "Reasons and plan", "Why training is behind, and how you will catch up."),
    )


def _counselors(asked: Asked, values: Mapping[str, Any]) -> FormRow:
    """Return the row on the people who counsel: what each must hold, at all times."""
    title = "Counselors who are qualified"
    told = (
        "Counselors employed on the last day, without new ones who are still within the time that the contract gives.",
        "Of these, with the credential and the hours of training that the contract asks for.",
    )
    fields = _fields(asked, _COUNSELORS, title, Decimal(100), None, told)
    return FormRow(_COUNSELORS, title, fields, _facts(asked, _COUNSELORS, _hours(values, "deadline_days")))


def _hours(values: Mapping[str, Any], deadline: str) -> list[tuple[str, str]]:
    """Return the hours that are promised, and the days a new person has."""
    facts = []
    if (hours := values.get("hours_initial")) is not None:
        facts.append(("First training", f"{hours} hours"))
    if (hours := values.get("hours_annual")) is not None:
        facts.append(("In each later year", f"{hours} hours"))
    if (days := values.get(deadline)) is not None:
        facts.append(("New Counselors qualify within", f"{int(days)} days"))
    return facts


def _front_line(asked: Asked, values: Mapping[str, Any]) -> FormRow:
    """Return the row on front-line staff: which share is trained, and by when."""
    title = "Front-Line Staff trained"
    share, by = Decimal(values.get("pct_trained") or 0), values.get("by") or asked.spec.term.end_date
    told = (
        "Front-Line Staff named in the training plan, employed on the last day of this period.",
        "Of these, trained; without those whose refresher is overdue.",
    )
    fields = _fields(asked, _STAFF, title, share, by, told)
    facts = _hours(values, "")
    if (months := values.get("refresher_months")) is not None:
        facts.append(("Refresher", f"within {months} months"))
    promise = f"At least {share_in_words(share)} by {by:%B} {by.day}, {by.year}"
    return FormRow(_STAFF, title, fields, _facts(asked, _STAFF, [("Promise", promise), *facts]))


def _facts(asked: Asked, clause: str, facts: list[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    return (*facts, ("In the contract", f"Section {asked.sections[clause]}"))


def milestones_section(asked: Asked) -> FormSection | None:
    """Return the part on milestones; None where the contract has none."""
    if not asked.spec.milestones:
        return None
    where = asked.section("PERF-03")
    intro = (
        "Say where each Milestone stands that was due by the end of this period. The others may stay empty."
        + (f" The rules stand in {where} of the contract." if where else ""),
        "Send the evidence with this report if you have not sent it yet. Evidence must not point to a Client.",
    )
    rows = tuple(_milestone(asked, item) for item in asked.spec.milestones)
    return FormSection(SectionKind.MILESTONES, "Milestones", intro, rows)


def _milestone(asked: Asked, item: Milestone) -> FormRow:
    row = RowMaker(asked, SectionKind.MILESTONES, f"milestone.{item.id}", item.title)
    recorded = _RECORDED.get(item.status, "")
    due = item.due_date <= asked.period.end and item.status is not MilestoneStatus.MET
    return FormRow(
        item.id,
        item.title,
        (
            row.given("due", "Due", FieldKind.DATE, item.due_date),
            row.given("wanted", "Evidence named", FieldKind.TEXT, item.evidence),
            row.given("recorded", "In the contract", FieldKind.TEXT, recorded or "Scheduled"),
            row.asks(
                "status",
                "Where it stands",
                FieldKind.CHOICE,
                required=due,
                choices=(DONE, PARTLY, NOT_YET),
                help="Choose from the list.",
            ),
            row.asks(
                "reached_on",
                "Reached on",
                FieldKind.DATE,
                required=False,
                help="The day it was reached, such as 2027-03-15.",
            ),
            row.asks(
                "evidence",
                "Evidence sent",
                FieldKind.TEXT,
                required=False,
                help="What you sent, and when.",
            ),
            row.asks(
                "new_date",
                "New date proposed",
                FieldKind.DATE,
                required=False,
                help="If it is late: the day by which you expect to reach it.",
            ),
            row.asks(
                "explanation",
                "If late: why",
                FieldKind.TEXT,
                required=False,
                explains=row.key("status"),
                help="If it was due and is not reached: why.",
            ),
        ),
    )
