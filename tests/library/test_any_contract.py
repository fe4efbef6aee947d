"""Whatever a spec asks of the bundled library, a whole contract comes of it or a reason: never a gap, never a crash."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.assembly.origins import texts_without_origin
from tests.assembly.specs import award, changed, with_programs
from tests.library.test_library import ROOT, bundled

from fe_contracts import assembly
from fe_contracts.document.tree import Paragraph, Reference, blocks_of
from fe_contracts.model.spec import Spec
from fe_contracts.model.vocabulary import FundSource, HostSubject, Service
from fe_contracts.sources import read_data, try_checked

BASES = {name: read_data(Path(ROOT) / "examples" / f"{name}.yaml") for name in ("pilot", "rider")}
FLAGS = [
    "agency.victim_service_provider",
    "agency.legal_services",
    "agency.faith_based",
    "agency.hud_approved_housing_counseling",
    "agency.provides_rental_assistance",
    "agency.serves_families",
    "data.hmis",
    "data.comparable_database",
    "data.credit_reports_pulled",
    "data.tax_data_reused",
    "data.publishes_open_data",
    "data.shared_outside",
]
services = st.lists(st.sampled_from([service.value for service in Service]), min_size=1, unique=True)
sources = st.lists(st.sampled_from([source.value for source in FundSource]), min_size=1, max_size=3, unique=True)
subjects = st.lists(st.sampled_from([subject.value for subject in HostSubject]), unique=True)
facts = st.fixed_dictionaries({}, optional={flag: st.booleans() for flag in FLAGS})
payments = st.sampled_from(["REIMBURSE", "ADVANCE", "UNIT", "HOLDBACK", "MILESTONE"])
emptied = st.sets(st.sampled_from(["outcomes", "milestones"]))
out = st.lists(st.sampled_from([clause.id for clause in bundled()]), max_size=3, unique=True)


def payment(model: str) -> dict[str, Any]:
    """Return the terms of one payment model, everything it needs given."""
    rate = {"id": "M1", "description": "Start", "amount": "100.00", "evidence": "Minutes"}
    return {
        "model": model,
        "backup": ["Receipts"],
        **({"advance_percent": "10"} if model == "ADVANCE" else {}),
        **({"holdback_percent": "5"} if model == "HOLDBACK" else {}),
        **({"rates": [rate]} if model in {"UNIT", "MILESTONE"} else {}),
    }


def fund(place: int, source: str) -> dict[str, Any]:
    name = f"fund-{place}"
    if FundSource(source).is_federal:
        return award(name, source, "2026-05-01")
    return {"id": name, "source": source, "name": f"Fund {place}", "amount": "100000.00"}


def spec_of(base: str, changes: dict[str, Any]) -> Spec:
    spec, problems = try_checked(
        BASES[base].__class__(base, with_programs(changed(BASES[base].data, changes)), {}, "sha256:0"), Spec
    )
    assert spec is not None, problems
    return spec


@settings(max_examples=80, deadline=None)
@given(st.sampled_from([*BASES]), services, sources, facts, payments, subjects, out, emptied)
def test_a_contract_is_whole_or_the_reason_is_told(
    base: str,
    offered: list[str],
    funds: list[str],
    flags: dict[str, bool],
    model: str,
    covered: list[str],
    left_out: list[str],
    without: set[str],
) -> None:
    changes: dict[str, Any] = {
        **flags,
        "services.offered": offered,
        "funding": [fund(place, source) for place, source in enumerate(funds)],
        "payment": payment(model),
        "clauses.exclude": [{"clause": clause, "reason": "Not wanted."} for clause in left_out],
    }
    if base == "rider":
        changes["host_contract.covers"] = covered
    changes |= {key: [] for key in without}
    spec = spec_of(base, changes)
    result = assembly.assemble(spec, bundled())
    fatal = [finding for finding in result.findings if finding.code.startswith(assembly.FATAL)]
    if result.contract is None:
        assert fatal
        assert all(finding.remedy and finding.message for finding in fatal)
        return
    assert fatal == []
    assert texts_without_origin(result, spec, bundled()) == []
    owners = (*result.contract.articles, *result.contract.exhibits, *result.contract.numbered)
    paragraphs = [block for block in blocks_of(result.contract) if isinstance(block, Paragraph)]
    anchors = {owner.anchor for owner in owners} | {paragraph.anchor for paragraph in paragraphs}
    inlines = [inline for paragraph in paragraphs for inline in paragraph.inlines]
    assert {inline.target for inline in inlines if isinstance(inline, Reference)} <= anchors
    assert all(paragraph.inlines for paragraph in paragraphs)


@pytest.mark.parametrize("base", BASES)
@pytest.mark.parametrize("model", ["REIMBURSE", "ADVANCE", "UNIT", "HOLDBACK", "MILESTONE"])
@pytest.mark.parametrize("offered", [[service.value] for service in Service])
def test_every_service_under_every_payment_model_makes_a_whole_contract(
    base: str, model: str, offered: list[str]
) -> None:
    spec = spec_of(base, {"services.offered": offered, "payment": payment(model)})
    result = assembly.assemble(spec, bundled())
    assert [str(finding) for finding in result.findings if finding.code.startswith(assembly.FATAL)] == []
