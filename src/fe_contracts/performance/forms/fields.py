"""Make the parts of a report that count services and results: deliverables and outcomes."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from fe_contracts.model.vocabulary import Frequency
from fe_contracts.performance.forms.form import (
    BEFORE,
    FieldKind,
    FieldRole,
    FormField,
    FormRow,
    FormSection,
    Formula,
    FormulaKind,
    SectionKind,
)
from fe_contracts.schedule.periods import periods_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fe_contracts.model.performance import Deliverable, Outcome, ReportRequirement
    from fe_contracts.model.spec import Spec
    from fe_contracts.performance.forms.form import Value
    from fe_contracts.schedule.periods import Period

__all__ = ["ZERO", "Asked", "RowMaker", "before_in_words", "deliverables_section", "outcomes_section", "share_in_words"]

ZERO = Decimal(0)
REACHED, WHY, PLAN = "On target", "Say why", "Say why, with a plan"
"""What a report says of a target."""


@dataclass(frozen=True)
class Asked:
    """What the fields of one report are made from: the spec, the report and its period, the contract's own values."""

    spec: Spec
    requirement: ReportRequirement
    period: Period
    sections: Mapping[str, str]
    """The number of each clause's section; a clause that is not in the contract is not there."""
    values: Mapping[str, Mapping[str, Any]]
    """The typed value of every parameter, by clause id."""
    before: Mapping[str, Value] = field(default_factory=dict)
    """What earlier reports come to, by key, such as deliverable.D5.before; empty where none was given."""

    @property
    def is_first(self) -> bool:
        """Return whether nothing can have been reported before."""
        return self.period.start <= self.spec.term.start_date

    @property
    def is_last(self) -> bool:
        """Return whether the term ends with the period."""
        return self.period.end >= self.spec.term.end_date

    def section(self, clause: str) -> str:
        """Return how the contract's reader finds a clause: section 5.01; empty where it is not in the contract."""
        number = self.sections.get(clause)
        return f"section {number}" if number else ""


class RowMaker:
    """Make the fields of one row under one beginning of their keys."""

    def __init__(self, asked: Asked, section: SectionKind, prefix: str, title: str) -> None:
        self.asked, self.section, self.title = asked, section, title
        self.prefix = prefix
        self.row = prefix.partition(".")[2]

    def key(self, name: str) -> str:
        """Return the key of a field of this row."""
        return f"{self.prefix}.{name}"

    def _made(self, name: str, column: str, kind: FieldKind, **more: Any) -> FormField:
        return FormField(
            self.key(name), f"{self.title}: {column.lower()}", kind, self.section, column, row=self.row, **more
        )

    def given(self, name: str, column: str, kind: FieldKind, value: Value, **more: Any) -> FormField:
        """Return a field that the contract fills."""
        return self._made(name, column, kind, role=FieldRole.GIVEN, value=value, **more)

    def asks(self, name: str, column: str, kind: FieldKind, *, required: bool = True, **more: Any) -> FormField:
        """Return a field that the agency fills; a count or an amount begins at 0 unless said otherwise."""
        if kind.is_number:
            more.setdefault("minimum", ZERO)
        return self._made(name, column, kind, required=required, **more)

    def computed(self, name: str, column: str, kind: FieldKind, formula: Formula, **more: Any) -> FormField:
        """Return a field that follows from others of the row."""
        return self._made(name, column, kind, role=FieldRole.COMPUTED, formula=formula, **more)

    def of(self, kind: FormulaKind, *names: str, **more: Any) -> Formula:
        """Return a formula on fields of this row."""
        return Formula(kind, tuple(self.key(name) for name in names), **more)

    def before(self, kind: FieldKind) -> FormField:
        """Return what earlier reports come to: known, or asked for where no earlier report was at hand."""
        key = self.key("before")
        if self.asked.is_first:
            return self.given("before", BEFORE, kind, 0)
        if key in self.asked.before:
            return self.given("before", BEFORE, kind, self.asked.before[key])
        help_ = "What the last report shows to date. Write 0 if nothing was reported before."
        return self.asks("before", BEFORE, kind, minimum=None if kind is FieldKind.MONEY else ZERO, help=help_)

    def explanation(self, standing: str, column: str, help_: str) -> FormField:
        """Return the field in which the agency says why."""
        return self.asks("explanation", column, FieldKind.TEXT, required=False, explains=self.key(standing), help=help_)


def share_in_words(share: Decimal) -> str:
    """Return a share as people write it: 80 percent."""
    return f"{share.normalize():f} percent"


def before_in_words(asked: Asked, keys: list[str]) -> str:
    """Return who fills in what earlier reports showed."""
    if asked.is_first or all(key in asked.before for key in keys):
        return "What was reported before, the totals and the differences are filled in for you."
    return (
        f'Under "{BEFORE}", write what your last report shows to date; 0 if there was none. The totals and the '
        "differences are filled in for you."
    )


def tolerance_of(asked: Asked) -> Decimal | None:
    """Return the share of the targets to date below which the contract asks for a plan."""
    value = asked.values.get("PERF-01", {}).get("shortfall_pct")
    return None if value is None else Decimal(value)


def _quarters(asked: Asked) -> list[int] | None:
    """Return the contract quarters, from 0, that the period is made of; None where it is not made of whole ones."""
    term = asked.spec.term
    quarters = periods_of(term.start_date, term.end_date, Frequency.QUARTERLY)
    inside = [
        place
        for place, quarter in enumerate(quarters)
        if asked.period.start <= quarter.start and quarter.end <= asked.period.end
    ]
    if not inside:
        return None
    whole = quarters[inside[0]].start == asked.period.start and quarters[inside[-1]].end == asked.period.end
    return inside if whole else None


def _ended(asked: Asked) -> int | None:
    """Return how many contract quarters have ended with the period; None where none ends with it."""
    term = asked.spec.term
    for quarter in periods_of(term.start_date, term.end_date, Frequency.QUARTERLY):
        if quarter.end == asked.period.end:
            return quarter.number
    return None


def _target(item: Deliverable, quarters: list[int] | None) -> int | None:
    """Return the target of some contract quarters; None where none is set for any of them."""
    found = [item.quarterly_targets[place] for place in quarters or () if place < len(item.quarterly_targets)]
    return sum(found) if found else None


def deliverables_section(asked: Asked) -> FormSection:
    """Return the part in which each deliverable is held against its target, for the period and to date."""
    tolerance = tolerance_of(asked)
    quarters, ended = _quarters(asked), _ended(asked)
    where = asked.section("PERF-01")
    intro = [
        "Write what was completed in this period. Count each item once, and only what your files show."
        + (f" What counts stands in {where} of the contract." if where else ""),
        before_in_words(asked, [f"deliverable.{item.id}.before" for item in asked.spec.deliverables]),
    ]
    if quarters is None:
        intro.append(
            "The contract sets its targets by contract quarter. This period is not made of whole contract quarters, so "
            "no target is shown for it."
        )
    intro.append(
        'Where it says "Say why", write the reasons, and what you will do.'
        + (
            f" A count below {share_in_words(tolerance)} of the targets to date needs a plan that says how and by when "
            f"you will catch up{_plan_is_due(asked)}."
            if tolerance is not None and not asked.is_last
            else ""
        )
    )
    rows = tuple(_deliverable(asked, item, quarters, ended, tolerance) for item in asked.spec.deliverables)
    return FormSection(SectionKind.DELIVERABLES, "Deliverables", tuple(intro), rows)


def _plan_is_due(asked: Asked) -> str:
    """Return within how many days the contract wants a plan, in words."""
    days = asked.values.get("PERF-01", {}).get("plan_days")
    return "" if days is None else f", due within {int(days)} days after the quarter ends"


def _deliverable(
    asked: Asked, item: Deliverable, quarters: list[int] | None, ended: int | None, tolerance: Decimal | None
) -> FormRow:
    row = RowMaker(asked, SectionKind.DELIVERABLES, f"deliverable.{item.id}", item.title)
    count = FieldKind.COUNT
    to_date = _target(item, list(range(ended))) if ended else None
    last_word = WHY if asked.is_last else PLAN  # after the term no plan can help: the reasons are asked for instead
    return FormRow(
        item.id,
        item.title,
        (
            row.given("unit", "Unit", FieldKind.TEXT, item.unit),
            row.given("target", "Target", count, _target(item, quarters)),
            row.asks("actual", "This period", count, help=f"How many {item.unit} in this period. Write 0 if none."),
            row.computed("variance", "More or less", count, row.of(FormulaKind.DIFFERENCE, "actual", "target")),
            row.before(count),
            row.computed("to_date", "To date", count, row.of(FormulaKind.PLUS, "before", "actual")),
            row.given("target_to_date", "Target to date", count, to_date),
            row.computed(
                "share", "Share of target", FieldKind.PERCENT, row.of(FormulaKind.SHARE, "to_date", "target_to_date")
            ),
            row.given("target_term", "Target of the term", count, item.annual_target),
            row.computed(
                "standing",
                "Where it stands",
                FieldKind.TEXT,
                row.of(
                    FormulaKind.STANDING,
                    "to_date",
                    "target_to_date",
                    percent=tolerance,
                    words=(REACHED, WHY, last_word),
                ),
            ),
            row.explanation("standing", "Reasons and plan", "Why the count is behind, and what you will do by when."),
        ),
    )


def outcomes_section(asked: Asked) -> FormSection:
    """Return the part in which each outcome is counted as the contract defines it."""
    where = asked.section("PERF-02")
    check = asked.values.get("PERF-02", {}).get("check_pct")
    intro = [
        "Count from the first day of the term to the last day of this period. Each Client counts once for each Outcome."
        + (f" The rules stand in {where} of the contract." if where else ""),
        "Clients who could not be measured stay in the population, unless the contract leaves them out.",
    ]
    if check is not None:
        intro.append(
            f"Before you report, someone other than the Client's own worker checks at least "
            f"{share_in_words(Decimal(check))} of the results against the evidence."
        )
    intro.append("Write counts only. Never write a name or a number that points to a Client.")
    rows = tuple(_outcome(asked, item) for item in asked.spec.outcomes)
    return FormSection(SectionKind.OUTCOMES, "Outcomes", tuple(intro), rows)


def _outcome(asked: Asked, item: Outcome) -> FormRow:
    row = RowMaker(asked, SectionKind.OUTCOMES, f"outcome.{item.id}", item.title)
    count = FieldKind.COUNT
    return FormRow(
        item.id,
        item.title,
        (
            row.asks("population", "Population", count, help=f"{item.population}. To date."),
            row.asks(
                "measured",
                "Measured",
                count,
                help=f"Of the population: with a baseline and a later value, taken within {item.follow_up_days} days.",
            ),
            row.computed(
                "not_measured", "Not measured", count, row.of(FormulaKind.DIFFERENCE, "population", "measured")
            ),
            row.asks("reached", "Reached", count, help=f"Of those measured: {item.threshold}."),
            row.computed("result", "Result", FieldKind.PERCENT, row.of(FormulaKind.SHARE, "reached", "population")),
            row.given("target", "Target share", FieldKind.PERCENT, item.target_percent),
            row.computed(
                "standing",
                "Where it stands",
                FieldKind.TEXT,
                row.of(FormulaKind.STANDING, "result", "target", words=(REACHED, WHY, WHY)),
            ),
            row.explanation("standing", "Reasons and next step", "Why the share is lower, and what you will try next."),
        ),
        (
            ("Who is counted", item.population),
            ("Baseline", item.baseline_rule),
            ("Follow-up", f"Within {item.follow_up_days} days after the baseline"),
            ("Reached when", item.threshold),
            ("Evidence", f"{item.evidence} ({item.source_system})"),
            ("Not counted", item.exclusions),
        ),
    )
