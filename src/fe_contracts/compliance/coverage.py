"""Say what a contract would need that the library cannot give: no contract may silently lack it."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from fe_contracts.findings import Citation, Confidence, Finding, Severity, Where
from fe_contracts.model.vocabulary import HostSubject, RelationshipKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fe_contracts.model.spec import Spec

__all__ = ["check_coverage"]

_ADDENDUM = "FED-"
_AWARD_IDENTIFICATION = "FED-01"
_CITATION = Citation("2 CFR 200.332(b)(1)", Confidence.VERIFIED, dt.date(2025, 1, 3))


def check_coverage(spec: Spec, clause_ids: frozenset[str]) -> Iterator[Finding]:
    """Yield an error for federal money in a contract without the clauses that federal money brings.

    `clause_ids` are the clauses that the contract holds. The section wants fourteen elements of information in
    every subaward; a contractor gets no such page, but other clauses of the federal addendum. A rider stays silent
    where its host contract holds the federal terms.
    """
    host = spec.host_contract
    if host is not None and HostSubject.FEDERAL_TERMS in host.covers:
        return
    if spec.relationship.determination is RelationshipKind.SUBRECIPIENT:
        covered = _AWARD_IDENTIFICATION in clause_ids
    else:
        covered = any(clause_id.startswith(_ADDENDUM) for clause_id in clause_ids)
    if spec.federal_funds and not covered:
        places = (place for place, fund in enumerate(spec.funding) if fund.source.is_federal)
        yield Finding(
            "COVER010",
            Severity.ERROR,
            "The contract uses federal money, and the clauses of the federal addendum that it needs are not in it: "
            "above all the identification of the federal award, in a subaward.",
            Where(field=f"funding[{next(places)}].source"),
            "Use a library that holds the federal clauses, or have counsel add the terms and record an override.",
            _CITATION,
        )
