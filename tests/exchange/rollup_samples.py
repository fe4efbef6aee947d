"""Make roll-ups that a page must be able to show: as they should be, hostile, empty, large, and without much."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from tests.performance.rollups import HOSTILE, contract, deliverable, outcome, report, rollup_of

from fe_contracts.findings import Finding, Severity, Where
from fe_contracts.model.burden import Burden
from fe_contracts.performance.rollup.history import Arrival, Change, FileState, ReportVersion
from fe_contracts.performance.rollup.public import published
from fe_contracts.performance.rollup.rollup import RollUp, SkippedFile, Timeliness
from fe_contracts.schedule.burden import Effort, Workload

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["SAMPLES", "empty", "hostile", "mixed", "nothing_sent"]

NAMES = ("Alder Street Shelter", "Beacon Hill Housing", "Bridgeway House", "Juniper Place")


def mixed() -> RollUp:
    """Return four agencies: one ahead, one as it should be, one far below, one with small counts."""
    counts: list[list[int | None]] = [[70, 130, 60, 66], [50, 48, 52, 49], [41, 20, 22, None], [7, 12, 9, 60]]
    good, late, missing = Timeliness.IN_TIME, Timeliness.LATE, Timeliness.MISSING
    states = [[good] * 4, [good, good, late, good], [late, late, missing, Timeliness.NO_DAY], [good] * 3]
    made = []
    for place, name in enumerate(NAMES):
        lines = [
            deliverable(name, counts[place]),
            replace(
                deliverable(name, [1, 1, 1, 1], targets=(1, 1, 1, 1), people=False, group="plans"),
                id="D1",
                title="Plan adopted",
            ),
        ]
        reports = [report(name, state, 4 * (state in {late, missing}), number + 1)
                   for number, state in enumerate(states[place])]  # fmt: skip
        versions = {"FE-04": "1.0.0" if place % 2 else "2.0.0", "FE-05": "1.0.0"}
        one = contract(name, lines, [outcome(name, 180 - 40 * place, 90, 30 - 9 * place)], reports, clauses=versions,
                       effective=dt.date(2027, 1 + 3 * place, 1))  # fmt: skip
        one = replace(one, burden=_workload(name, Decimal(60 + 21 * place)))
        finding = Finding("REPORT020", Severity.WARNING, "It came on 2027-05-04.", Where(f"{name}/R1.xlsx"), "Note it.")
        made.append(replace(one, findings=(finding,)))
    return rollup_of(*made)


def _workload(name: str, hours: Decimal) -> Workload:
    counts = Burden(8, 10, 12, 20, 8, 3, 4, 2, {})
    return Workload(name, name, counts, Decimal(12), 300, Decimal(300), hours, Effort())


def nothing_sent() -> RollUp:
    """Return one contract without a deliverable, an outcome or a report."""
    return rollup_of(contract("Alder Street Shelter", clauses={}))


def empty() -> RollUp:
    """Return a folder without a contract."""
    return rollup_of()


def hostile() -> RollUp:
    """Return two agencies of which every text was written by somebody who means harm."""
    line = replace(deliverable("A", [41, 42, 43, 44]), title=HOSTILE, unit=HOSTILE, agency=HOSTILE, id=HOSTILE)
    result = replace(outcome("A", 90, 60, 30), title=HOSTILE, agency=HOSTILE)
    late = replace(report("A", Timeliness.LATE, 3), agency=HOSTILE, report=HOSTILE, requirement=HOSTILE, file=HOSTILE)
    one = contract("A", [line], [result], [late, replace(late, period="2027-Q2")])
    finding = Finding(HOSTILE, Severity.ERROR, HOSTILE, Where(HOSTILE, 3, 2, HOSTILE), HOSTILE)
    one = replace(one, agency=HOSTILE, city=HOSTILE, title=HOSTILE, number=HOSTILE, file=HOSTILE, findings=(finding,))
    made = rollup_of(one, contract("B"), findings=[finding])
    arrival = Arrival(HOSTILE, "0" * 64, dt.date(2027, 5, 2), HOSTILE)
    version = ReportVersion(
        HOSTILE, HOSTILE, HOSTILE, HOSTILE, arrival, FileState.REPLACED, 1, HOSTILE, HOSTILE,
        (Change(HOSTILE, HOSTILE, HOSTILE),),
    )  # fmt: skip
    adoption = tuple(replace(item, title=HOSTILE, agencies=(HOSTILE,)) for item in made.adoption)
    skipped = (SkippedFile(HOSTILE, HOSTILE),)
    return replace(made, history=(version,), adoption=adoption, skipped=skipped, notes=(HOSTILE,))


SAMPLES: dict[str, Callable[[], RollUp]] = {
    "internal": mixed,
    "public": lambda: published(mixed()),
    "nothing sent": nothing_sent,
    "empty": empty,
    "hostile": hostile,
}
