"""Schedules made by hand, for the tests of what is written from them."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from fe_contracts.findings import Findings
from fe_contracts.model.burden import Burden
from fe_contracts.schedule.burden import Effort, Workload
from fe_contracts.schedule.duties import Certainty, DatedDuty, DutyKind, UndatedDuty
from fe_contracts.schedule.periods import Period
from fe_contracts.schedule.result import Schedule, ScheduledContract

__all__ = ["contract", "duty", "schedule"]

QUARTER = Period(3, dt.date(2027, 7, 1), dt.date(2027, 9, 30), "2027-Q3")


def duty(**more: Any) -> DatedDuty:
    """Return a quarterly report that is due on a Saturday, with some fields changed."""
    given: dict[str, Any] = {
        "uid": "t0.PERF-04.report.R1.P03@FE-1.city.fe-contracts",
        "contract": "FE-1",
        "agency": "Steady Ground",
        "kind": DutyKind.REPORT,
        "title": "Quarterly report",
        "period": QUARTER,
        "due": dt.date(2027, 10, 30),
        "counts_as": dt.date(2027, 11, 1),
        "counts_because": "2027-10-30 is no Business Day (Saturday); the next one counts.",
        "owed_by": "agency",
        "owed_to": "city",
        "clause": "PERF-04",
        "clause_version": "2.0.0",
        "section": "5.4",
        "source": "reports.R1",
        "evidence": "The dated Report.",
        "consequence": "The City may hold the next payment, after notice; and then some.",
        "recipient": "the Contract Manager",
        "term": more.get("contract", "FE-1"),
        "also": ("The match given, by source. (FIN-07, section 6.5)",),
    }
    return DatedDuty(**{**given, **more})


def contract(number: str = "FE-1", **more: Any) -> ScheduledContract:
    """Return a contract of the year 2027."""
    given: dict[str, Any] = {
        "number": number,
        "title": "Pilot",
        "city": "City of Exampleton",
        "agency": "Steady Ground",
        "start": dt.date(2027, 1, 1),
        "end": dt.date(2027, 12, 31),
        "renewal": 0,
        "amendments": 0,
        "as_of": dt.date(2027, 1, 1),
        "key": number,
    }
    return ScheduledContract(**{**given, **more})


def schedule(*duties: DatedDuty, contracts: tuple[ScheduledContract, ...] = (), **more: Any) -> Schedule:
    """Return a schedule of these duties."""
    counts = Burden(4, 5, 13, 7, 3, 2, 1, 1, {"Quarterly report": 4})
    load = Workload("FE-1", "Steady Ground", counts, Decimal("13.0"), 50, Decimal("50.0"), Decimal("22.5"), Effort())
    waiting = UndatedDuty(
        "FE-1", "Steady Ground", "Tell of a claim", "At once.", "both", "both", "GEN-03", "1.0.0", "9.3",
        "GEN-03.claim_notice", "It follows something that may happen.",
    )  # fmt: skip
    given: dict[str, Any] = {"undated": (waiting,), "burden": (load,), "findings": Findings(), "notes": ("A note.",)}
    return Schedule(contracts or (contract(),), duties, **{**given, **more})


WINDOW = {
    "certainty": Certainty.WINDOW,
    "window_start": dt.date(2027, 1, 1),
    "counts_as": None,
    "counts_because": "It is done within the year.",
}
