"""Judge an initiative on one day: gather what is known, ask every check, reach a verdict, say what to do next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fe_contracts.findings import Findings
from fe_contracts.governance.readiness.adoption import agencies_of, check_agencies, check_training
from fe_contracts.governance.readiness.advice import advised
from fe_contracts.governance.readiness.case import Case
from fe_contracts.governance.readiness.contracts import agencies_among
from fe_contracts.governance.readiness.dates import check_dates, check_overdue
from fe_contracts.governance.readiness.hearing import heeded
from fe_contracts.governance.readiness.imbalance import check_groundwork, check_length, verdict_of
from fe_contracts.governance.readiness.measure import measured
from fe_contracts.governance.readiness.progress import steps_of
from fe_contracts.governance.readiness.result import Readiness
from fe_contracts.governance.readiness.signing import check_sign_offs
from fe_contracts.governance.readiness.voices import check_roles, check_voices

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from fe_contracts.findings import Finding
    from fe_contracts.governance.readiness.contracts import AdoptedContract, ReceivedReport
    from fe_contracts.model.initiative import Initiative
    from fe_contracts.sources import Loaded

__all__ = ["judge_readiness"]


def judge_readiness(
    initiative: Initiative,
    contracts: Iterable[AdoptedContract],
    *,
    as_of: dt.date,
    reports: Iterable[ReceivedReport] = (),
    origin: Loaded | None = None,
    notes: Iterable[Finding] = (),
) -> Readiness:
    """Return the balance of an initiative on a day, with every finding and what to do next.

    `origin` is what the initiative was read from, so that findings name its lines; `notes` are what was found while
    contracts and reports were read.
    """
    known = tuple(sorted(contracts, key=lambda item: (item.effective, item.id)))
    among = agencies_among(initiative.stakeholders, known)
    steps = steps_of(initiative, known, among, tuple(reports), as_of)
    measure = measured(steps, as_of, initiative.thresholds.margin_points)
    case = Case(initiative, known, as_of, steps, heeded(initiative, as_of), measure, among, origin)
    agencies = agencies_of(case)
    found = [
        *notes,
        *check_length(case),
        *check_groundwork(case),
        *check_voices(case),
        *check_roles(case),
        *check_sign_offs(case),
        *check_training(case, agencies),
        *check_agencies(case, agencies),
        *check_overdue(case),
        *check_dates(case),
    ]
    verdict, reasons, imbalance = verdict_of(case, found)
    findings = Findings((*found, *([imbalance] if imbalance else [])), as_of)
    return Readiness(
        origin.name if origin else "",
        initiative,
        as_of,
        verdict,
        reasons,
        measure,
        steps,
        case.heeded,
        known,
        agencies,
        findings,
        advised(case, agencies, findings.items),
    )
