"""Give an obligation its day: what it is counted from, what it is called for ever, and whether the day moves."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from fe_contracts.model.clause import DueFrom, Obligation
from fe_contracts.schedule.business_days import BusinessDays
from fe_contracts.schedule.duties import Certainty, DatedDuty, DutyKind, UndatedDuty
from fe_contracts.schedule.naming import KINDS, TITLES
from fe_contracts.schedule.periods import periods_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fe_contracts.model.money import Funding
    from fe_contracts.model.spec import Spec
    from fe_contracts.model.vocabulary import Frequency
    from fe_contracts.schedule.periods import Period

__all__ = ["ClauseInForce", "Dating", "Moves", "ReportLimits", "expected"]

ReportLimits = Mapping[tuple[str, "Frequency"], tuple[int, str]]
"""For a federal fund and a frequency: how many days after its period law wants a report, and the section."""

Moves = str | tuple[dt.date, str] | None
"""How a due day moves: not at all, and why; no further than a day that a section of law sets; or freely."""

_RULE = "FORM-03"
"""The clause that says what happens when a day is no Business Day."""
_NO_RULE = "The contract has no rule on Business Days."


@dataclass(frozen=True, slots=True)
class ClauseInForce:
    """A clause of one contract: where it stands, which duties it makes there, and the values they rest on."""

    instance: str
    clause_id: str
    version: str
    section: str
    fund: Funding | None
    obligations: tuple[Obligation, ...]
    """Only those whose condition holds in this contract."""
    values: Mapping[str, Any]
    marks: Mapping[str, str] = field(default_factory=dict)
    """The confidence mark of each section of law that the clause cites."""

    most: Mapping[str, int] = field(default_factory=dict)
    """The most that the clause allows for each parameter that counts days."""

    def days(self, name: str) -> int | None:
        """Return a parameter that counts days; none where the clause has no such value."""
        value = self.values.get(name)
        return None if value is None else int(value)

    def cited(self, section: str) -> str:
        """Return a section of law with the confidence mark that the clause gives it."""
        mark = self.marks.get(section)
        return f"{section} [{mark}]" if mark else section


class Dating:
    """What every duty of one contract is dated with: its spec, its clauses and its city's Business Days."""

    def __init__(self, spec: Spec, clauses: tuple[ClauseInForce, ...], limits: ReportLimits | None = None) -> None:
        self.spec, self.clauses, self.limits = spec, clauses, limits or {}
        self.start, self.end = spec.term.start_date, spec.term.end_date
        self.agency = spec.agency.short_name or spec.agency.legal_name
        self.days = BusinessDays.of(spec.city) if self.clause(_RULE) else None
        renewed = spec.contract.renews
        self._term = f"t{renewed.renewal if renewed else 0}"
        city = re.sub(r"[^a-z0-9]+", "-", spec.city.name.casefold()).strip("-") or "city"
        self._home = f"{quote(spec.contract.id, safe='')}.{city}.fe-contracts"
        self.key = f"{self._term}@{self._home}"
        """Names this term of this contract among all others."""

    def clause(self, clause_id: str) -> ClauseInForce | None:
        """Return a clause if the contract has it; the first, where it stands once for each fund."""
        return next((clause for clause in self.clauses if clause.clause_id == clause_id), None)

    @property
    def federal(self) -> bool:
        """Return whether any of the money is federal."""
        return any(fund.source.is_federal for fund in self.spec.funding)

    def counted(self, due: dt.date, moves: Moves = None) -> tuple[dt.date | None, str]:
        """Return the day that counts for a due day, or none if it does not move, and why."""
        if isinstance(moves, str):
            return None, moves
        if self.days is None:
            return None, _NO_RULE
        limit = moves
        moved = self.days.on_or_after(due)
        if moved == due:
            return due, ""
        why = f"{due} is no Business Day ({self.days.why_not(due)})"
        if limit is None or moved <= limit[0]:
            return moved, f"{why}; the next one counts."
        if limit[0] <= due:
            return None, f"{why}; the limit of {limit[1]} does not move."
        return limit[0], f"{why}; the day moves no further than the limit of {limit[1]}."

    def duty(
        self,
        clause: ClauseInForce,
        obligation: Obligation,
        due: dt.date,
        *,
        subject: str = "",
        ordinal: str = "",
        title: str = "",
        moves: Moves = None,
        **more: Any,
    ) -> DatedDuty:
        """Return an obligation as a duty that falls on a day.

        `subject` and `ordinal` tell the duties of one obligation apart, and stay the same when the contract changes:
        the id of a report, the number of a period. `in_every_term=True` is for what goes on through renewals.
        """
        key = clause.clause_id, obligation.id
        name = f"{clause.instance}.{obligation.id}"
        steps = [*([] if more.pop("in_every_term", False) else [self._term]), name, subject, ordinal]
        counts_as, because = self.counted(due, moves)
        more.setdefault("term", self.key)
        return DatedDuty(
            uid=f"{quote('.'.join(step for step in steps if step), safe=':')}@{self._home}",
            contract=self.spec.contract.id,
            agency=self.agency,
            kind=more.pop("kind", None) or KINDS.get(key, DutyKind.OTHER),
            title=title or TITLES.get(key) or obligation.what.rstrip("."),
            period=more.pop("period", None),
            due=due,
            counts_as=counts_as,
            counts_because=because,
            owed_by=obligation.who.value,
            owed_to=obligation.to.value,
            clause=clause.instance,
            clause_version=clause.version,
            section=clause.section,
            source=more.pop("source", name),
            evidence=more.pop("evidence", obligation.evidence),
            consequence=obligation.consequence,
            **more,
        )

    def undated(self, clause: ClauseInForce, obligation: Obligation, because: str) -> UndatedDuty:
        """Return an obligation as a duty that has no day, and why it has none."""
        title = TITLES.get((clause.clause_id, obligation.id)) or obligation.what.rstrip(".")
        return UndatedDuty(
            contract=self.spec.contract.id,
            agency=self.agency,
            title=title,
            when=obligation.when,
            owed_by=obligation.who.value,
            owed_to=obligation.to.value,
            clause=clause.instance,
            clause_version=clause.version,
            section=clause.section,
            source=f"{clause.instance}.{obligation.id}",
            because=because,
        )

    def by_its_data(self, clause: ClauseInForce, obligation: Obligation) -> Iterator[DatedDuty | str]:
        """Yield the duties that an obligation's own data gives, or why it gives no day."""
        due = obligation.due
        days = clause.days(due.days) if isinstance(due.days, str) else due.days
        if isinstance(due.days, str) and days is None:
            yield f"The contract gives no value for {due.days}."
        elif due.of is DueFrom.EVENT:
            yield "It follows something that may happen."
        elif due.of is DueFrom.CONTINUOUS:
            yield f"It holds all the time ({due.frequency.value})." if due.frequency else "It holds all the time."
        elif due.of is DueFrom.PERIOD_END:
            yield from self._by_period(clause, obligation, days or 0)
        else:
            first = due.of is DueFrom.TERM_START
            base = self.start if first else self.end
            moves = None if days else f"It is the {'first' if first else 'last'} day of the term."
            yield self.duty(clause, obligation, base + dt.timedelta(days=days or 0), moves=moves)

    def _by_period(self, clause: ClauseInForce, obligation: Obligation, days: int) -> Iterator[DatedDuty | str]:
        frequency = obligation.due.frequency
        if frequency is None:
            yield "It is owed for each Reporting Period, with the Reports."
            return
        for period in periods_of(self.start, self.end, frequency):
            due = period.end + dt.timedelta(days=days)
            yield self.duty(clause, obligation, due, ordinal=_ordinal(period), period=period)


def _ordinal(period: Period) -> str:
    return f"P{period.number:02}"


def expected(because: str, **more: Any) -> dict[str, Any]:
    """Return what a duty has whose day rests on something that has yet to happen."""
    return {"certainty": Certainty.EXPECTED, "note": because, **more}
