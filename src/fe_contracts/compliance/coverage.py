"""Say what a contract would need that the library cannot give: no contract may silently lack it."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from fe_contracts.findings import Citation, Confidence, Finding, Severity, Where
from fe_contracts.model.vocabulary import HostSubject

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fe_contracts.model.spec import Spec

__all__ = ["check_coverage"]

_AWARD_IDENTIFICATION = "FED-01"
_CITATION = Citation("2 CFR 200.332(b)(1)", Confidence.VERIFIED, dt.date(2025, 1, 3))


def check_coverage(spec: Spec, clause_ids: frozenset[str]) -> Iterator[Finding]:
    """Yield an error for federal money in a contract without the clause that identifies the federal award.

    `clause_ids` are the clauses that the contract holds. The section wants fourteen elements of information in
    every subaward; a library without that clause has no other federal clauses either. A rider stays silent where
    its host contract holds the federal terms.
    """
    host = spec.host_contract
    if host is not None and HostSubject.FEDERAL_TERMS in host.covers:
        return
    if spec.federal_funds and _AWARD_IDENTIFICATION not in clause_ids:
        places = (place for place, fund in enumerate(spec.funding) if fund.source.is_federal)
        yield Finding(
            "COVER010",
            Severity.ERROR,
            "The contract uses federal money, and neither the federal award identification nor any other clause of the "
            "federal addendum is in it.",
            Where(field=f"funding[{next(places)}].source"),
            "Use a library that holds the federal clauses, or have counsel add the terms and record an override.",
            _CITATION,
        )
