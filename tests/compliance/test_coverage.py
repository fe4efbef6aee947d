"""Federal money never stands in a contract without the clauses that federal money needs."""

from __future__ import annotations

import datetime as dt

import pytest
from tests.assembly.specs import HOST, award, make_spec

from fe_contracts.compliance.coverage import check_coverage
from fe_contracts.findings import Citation, Confidence, Severity

LOCAL = {"id": "general", "source": "LOCAL", "name": "General Fund", "amount": "1"}


@pytest.mark.parametrize(
    ("funds", "kind", "clauses", "found"),
    [
        ([LOCAL], "NOT_FEDERAL", set(), []),
        ([LOCAL, award("a", "COC", "2026-01-01")], "SUBRECIPIENT", set(), ["funding[1].source"]),
        ([award("a", "CDBG", "2026-01-01"), LOCAL], "CONTRACTOR", {"FE-01"}, ["funding[0].source"]),
        ([award("a", "OTHER_FEDERAL", "2026-01-01")], "SUBRECIPIENT", {"FED-01"}, []),
        ([award("a", "OTHER_FEDERAL", "2026-01-01")], "SUBRECIPIENT", {"FED-08"}, ["funding[0].source"]),
        ([award("a", "OTHER_FEDERAL", "2026-01-01")], "CONTRACTOR", {"FED-08"}, []),
    ],
)
def test_federal_money_needs_the_clauses_that_it_brings(
    funds: list[object], kind: str, clauses: set[str], found: list[str]
) -> None:
    spec = make_spec({"funding": funds, "relationship.determination": kind})
    findings = [*check_coverage(spec, frozenset(clauses))]
    assert [finding.where.field for finding in findings] == found
    for finding in findings:
        assert (finding.code, finding.severity) == ("COVER010", Severity.ERROR)
        assert finding.citation == Citation("2 CFR 200.332(b)(1)", Confidence.VERIFIED, dt.date(2025, 1, 3))


@pytest.mark.parametrize(("covers", "count"), [([], 1), (["payment"], 1), (["payment", "federal_terms"], 0)])
def test_a_rider_is_silent_where_its_host_contract_holds_the_federal_terms(covers: list[str], count: int) -> None:
    changes = {
        "contract.type": "fe_rider",
        "host_contract": {**HOST, "covers": covers},
        "funding": [award("a", "COC", "2026-01-01")],
    }
    assert len([*check_coverage(make_spec(changes), frozenset({"FE-01"}))]) == count
